/**
 * The chain of an organization's audit entries. A relay puts entries that are committed into it, so that no request waits for
 * another's entry. Who changes, removes or inserts an entry later has to change every hash after it.
 */
import { createHash } from 'node:crypto';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { AuditEventRow } from '../../adapters/database/tables/audit.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import { canonical, personalHash } from './audit.ts';

const LOCK = 719_202_612;
const BATCH = 200;
const POLL_MS = 1_000;

type Entry = Omit<AuditEventRow, 'dedupe_key'>;
const ENTRY = 'e.id, e.org_id, e.created_at, e.type, e.actor_kind, e.actor_id, e.target_id, e.details, e.personal_hash';

/** Hash of an entry at a place of the chain. */
function linkHash(before: Buffer | null, sequence: number, { personal_hash, created_at, ...entry }: Entry): Buffer {
  const content = {
    ...entry,
    created_at: created_at.toISOString(),
    personal_hash: personal_hash?.toString('hex') ?? null,
    sequence,
  };
  return createHash('sha256')
    .update(before ?? '')
    .update(canonical(content))
    .digest();
}

export interface ChainedEntry extends Entry {
  readonly sequence: number;
  readonly hash: Buffer;
}

/**
 * Chains entries that wait, at most a batch of them; does nothing while another process does it.
 * @param onChained called for each entry in the transaction
 * @returns their number
 */
export function chainAudit(
  database: Database,
  onChained: (tx: Queryable, entry: ChainedEntry) => Promise<unknown> = async () => undefined,
): Promise<number> {
  return database.transaction(async (tx) => {
    const [{ free }] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [LOCK]);
    if (!free) return 0;
    const entries = await tx.query<Entry>(
      `SELECT ${ENTRY} FROM audit_waiting w JOIN audit_events e ON e.id = w.event_id ORDER BY e.id LIMIT ${BATCH}`,
    );
    if (entries.length === 0) return 0;
    const orgIds = [...new Set(entries.map(({ org_id }) => org_id))];
    const heads = await tx.query<{ org_id: string; sequence: number; hash: Buffer }>(
      `SELECT DISTINCT ON (org_id) org_id, sequence, hash FROM audit_links WHERE org_id = ANY($1)
       ORDER BY org_id, sequence DESC`,
      [orgIds],
    );
    const last = new Map(heads.map((head) => [head.org_id, head]));
    const chained = entries.map((entry) => {
      const before = last.get(entry.org_id);
      const sequence = (before?.sequence ?? 0) + 1;
      const link = { org_id: entry.org_id, sequence, hash: linkHash(before?.hash ?? null, sequence, entry) };
      last.set(entry.org_id, link);
      return { ...entry, ...link };
    });
    await tx.query(
      `INSERT INTO audit_links (org_id, sequence, event_id, hash)
       SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::bytea[])`,
      [
        chained.map(({ org_id }) => org_id),
        chained.map(({ sequence }) => sequence),
        chained.map(({ id }) => id),
        chained.map(({ hash }) => hash),
      ],
    );
    await tx.query('DELETE FROM audit_waiting WHERE event_id = ANY($1)', [entries.map(({ id }) => id)]);
    for (const entry of chained) await onChained(tx, entry);
    return entries.length;
  });
}

/** Chains entries each second, in one process of all at a time. */
export class AuditRelay {
  readonly #chain: () => Promise<number>;
  readonly #log: Logger;
  #timer?: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  constructor(database: Database, log: Logger, onChained: Parameters<typeof chainAudit>[1]) {
    this.#chain = () => chainAudit(database, onChained);
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.#drain().finally(() => {
        this.#running = undefined;
      });
    }, POLL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while ((await this.#chain()) === BATCH);
    } catch (error) {
      this.#log.warning('Audit entries are not chained yet; trying again within a second', { error });
    }
  }
}

export interface AuditVerdict {
  readonly org_id: string;
  readonly n_entries: number;
  /** Entries whose personal content was erased */
  readonly n_erased: number;
  /** Entries that are not in the chain yet */
  readonly n_waiting: number;
  /** Hash of the last entry: who notes it elsewhere also notices an end that was cut off */
  readonly head: string | null;
  readonly faults: readonly string[];
}

type Linked = Omit<Entry, 'id'> & {
  readonly id: string | null;
  readonly link_org: string;
  readonly event_id: string;
  readonly sequence: number;
  readonly hash: Buffer;
  readonly salt: Buffer | null;
  readonly content: object | null;
};

/** Reads the chains of all organizations, or of one, from the begin to the end. */
export async function verifyAudit(database: Queryable, orgId?: string): Promise<AuditVerdict[]> {
  const organizations = await database.query<{ org_id: string; n_waiting: number; n_lost: number }>(
    `SELECT e.org_id, count(*) FILTER (WHERE l.event_id IS NULL AND w.event_id IS NOT NULL)::int AS n_waiting,
       count(*) FILTER (WHERE l.event_id IS NULL AND w.event_id IS NULL)::int AS n_lost
     FROM audit_events e LEFT JOIN audit_links l ON l.event_id = e.id LEFT JOIN audit_waiting w ON w.event_id = e.id
     WHERE $1::text IS NULL OR e.org_id = $1 GROUP BY 1
     UNION SELECT DISTINCT org_id, 0, 0 FROM audit_links l WHERE ($1::text IS NULL OR org_id = $1)
       AND NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.org_id = l.org_id) ORDER BY 1`,
    [orgId ?? null],
  );
  const verdicts: AuditVerdict[] = [];
  for (const { org_id, n_waiting, n_lost } of organizations) {
    const { faults, ...found } = await verifyOne(database, org_id);
    const lost = n_lost > 0 ? [`${n_lost} entries are neither in the chain nor wait for it`] : [];
    verdicts.push({ org_id, ...found, n_waiting, faults: [...faults, ...lost] });
  }
  return verdicts;
}

async function verifyOne(database: Queryable, orgId: string) {
  const faults: string[] = [];
  let before: Buffer | null = null;
  let sequence = 0;
  let erased = 0;
  for (;;) {
    const links: Linked[] = await database.query<Linked>(
      `SELECT l.org_id AS link_org, l.sequence, l.event_id, l.hash, ${ENTRY}, p.salt, p.content
       FROM audit_links l LEFT JOIN audit_events e ON e.id = l.event_id LEFT JOIN audit_personal p ON p.event_id = e.id
       WHERE l.org_id = $1 AND l.sequence > $2 ORDER BY l.sequence LIMIT 1000`,
      [orgId, sequence],
    );
    if (links.length === 0)
      return { n_entries: sequence, n_erased: erased, head: before?.toString('hex') ?? null, faults };
    for (const { link_org: _, sequence: at, event_id, hash, salt, content, id, ...entry } of links) {
      if (at !== sequence + 1) faults.push(`entries ${sequence + 1} to ${at - 1} are missing`);
      if (id === null) faults.push(`entry ${at} (${event_id}) is missing`);
      else if (!linkHash(before, at, { ...entry, id }).equals(hash)) faults.push(`entry ${at} (${id}) was changed`);
      if (id !== null && entry.personal_hash !== null) {
        if (salt === null || content === null) erased++;
        else if (!personalHash(salt, content).equals(entry.personal_hash))
          faults.push(`personal content of entry ${at} (${id}) was changed`);
      }
      before = hash;
      sequence = at;
    }
  }
}
