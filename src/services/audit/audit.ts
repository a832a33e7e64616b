/** Entries of the audit log: the transaction of an act writes them, and nobody changes them. chain.ts puts them in order. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import type { ActorKind, AuditType } from '../../contracts/audit/audit.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { AuditEventRow } from '../../adapters/database/tables/audit.ts';

/** Who acts, and what is personal about the request. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string | null;
  readonly personal: Readonly<Record<string, unknown>>;
}

const SYSTEM: Actor = { kind: 'system', id: null, personal: {} };
const actors = new AsyncLocalStorage<Actor>();

/** Runs work in the name of somebody; what is done outside of it, the platform does itself. */
export const actingAs = <T>(actor: Actor, work: () => T): T => actors.run(actor, work);

/** Runs work in the name of the platform itself, whoever has sent the request. */
export const asPlatform = <T>(work: () => T): T => actors.run(SYSTEM, work);

export interface Act {
  readonly orgId: string;
  readonly type: AuditType;
  readonly targetId?: string;
  /** Nothing personal: it is kept for ever. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly personal?: Readonly<Record<string, unknown>>;
  /** The person of a request that had no credentials yet */
  readonly actorId?: string;
  readonly dedupeKey?: string;
}

/** Writes an entry; if the transaction of the act is rolled back, there is none. */
export async function audit(tx: Queryable, { orgId, type, targetId, details, actorId, dedupeKey, ...act }: Act) {
  const actor = actors.getStore() ?? SYSTEM;
  const personal = { ...actor.personal, ...act.personal };
  const salt = randomBytes(16);
  const hash = Object.keys(personal).length === 0 ? null : personalHash(salt, personal);
  await tx.query(
    `WITH event AS (
       INSERT INTO audit_events (id, org_id, created_at, type, actor_kind, actor_id, target_id, details, personal_hash, dedupe_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (dedupe_key) DO NOTHING RETURNING id, org_id),
     personal AS (
       INSERT INTO audit_personal (event_id, org_id, salt, content)
       SELECT id, org_id, $11, $12 FROM event WHERE $9::bytea IS NOT NULL)
     INSERT INTO audit_waiting (event_id) SELECT id FROM event`,
    [
      newId('audit'),
      orgId,
      new Date(),
      type,
      actorId === undefined ? actor.kind : 'user',
      actorId ?? actor.id,
      targetId ?? null,
      details ?? {},
      hash,
      dedupeKey ?? null,
      salt,
      personal,
    ],
  );
}

/** Members in the order of their names, because PostgreSQL keeps an order of its own. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

export const personalHash = (salt: Buffer, content: object): Buffer =>
  createHash('sha256').update(salt).update(canonical(content)).digest();

export interface AuditFilter {
  readonly type?: AuditType;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit: number;
  /** Id of the last entry of the page before */
  readonly before?: string;
}

/** An entry as answers show it */
export type ListedAuditEvent = Omit<AuditEventRow, 'personal_hash' | 'dedupe_key'> & {
  readonly personal: Record<string, unknown> | null;
  readonly is_erased: boolean;
  readonly sequence: number | null;
  readonly hash: string | null;
};

/** Lists entries, newest first. @param orgId undefined: of all organizations */
export function listAudit(
  database: Queryable,
  orgId: string | undefined,
  { type, actorId, targetId, since, until, limit, before }: AuditFilter,
): Promise<ListedAuditEvent[]> {
  return database.query<ListedAuditEvent>(
    `SELECT e.id, e.org_id, e.created_at, e.type, e.actor_kind, e.actor_id, e.target_id, e.details, p.content AS personal,
       e.personal_hash IS NOT NULL AND p.event_id IS NULL AS is_erased, l.sequence, encode(l.hash, 'hex') AS hash
     FROM audit_events e LEFT JOIN audit_personal p ON p.event_id = e.id LEFT JOIN audit_links l ON l.event_id = e.id
     WHERE ($1::text IS NULL OR e.org_id = $1) AND ($2::text IS NULL OR e.type = $2) AND ($3::text IS NULL OR e.actor_id = $3)
       AND ($4::text IS NULL OR e.target_id = $4) AND ($5::timestamptz IS NULL OR e.created_at >= $5)
       AND ($6::timestamptz IS NULL OR e.created_at < $6) AND ($7::text IS NULL OR e.id < $7) ORDER BY e.id DESC LIMIT $8`,
    [
      orgId ?? null,
      type ?? null,
      actorId ?? null,
      targetId ?? null,
      since ?? null,
      until ?? null,
      before ?? null,
      limit,
    ],
  );
}
