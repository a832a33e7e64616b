/** All data of an organization as a zip, which is written piece by piece and never in memory as a whole. */
import { Zip, ZipDeflate } from 'fflate';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import { type Column, headerOf, shownName } from '../../series/columns.ts';

/** What each file has: rows of a table without secrets, one JSON object on each line */
interface Table {
  readonly name: string;
  readonly table: string;
  /** Members that are left out: secrets, and bytes that have files of their own */
  readonly without?: readonly string[];
  /** Further members, from `t` */
  readonly more?: string;
  /** Default: t.org_id = $1 */
  readonly where?: string;
}

const TABLES: readonly Table[] = [
  {
    name: 'organization',
    table: 'organizations',
    where: 't.id = $1',
    more: `(SELECT to_jsonb(i) - 'org_id' - 'sealed_client_secret' FROM identity_providers i WHERE i.org_id = t.id) AS identity_provider`,
  },
  {
    name: 'people',
    table: 'users',
    without: ['password_hash', 'sealed_totp_secret', 'last_totp_step'],
    more: `(SELECT jsonb_agg(to_jsonb(i) - 'user_id' ORDER BY i.issuer) FROM person_identities i WHERE i.user_id = t.id) AS identities`,
  },
  {
    name: 'logins',
    table: 'refresh_tokens',
    without: ['token_hash'],
    where: 't.user_id IN (SELECT id FROM users WHERE org_id = $1)',
  },
  { name: 'invitations', table: 'invitations', without: ['token_hash'] },
  { name: 'api-keys', table: 'api_keys', without: ['key_hash'] },
  { name: 'sites', table: 'sites' },
  { name: 'weather', table: 'weather_datasets' },
  { name: 'library', table: 'library_items' },
  { name: 'turbines', table: 'wind_turbines' },
  { name: 'wind-resources', table: 'wind_resources' },
  {
    name: 'jobs',
    table: 'jobs',
    more: `(SELECT jsonb_agg(to_jsonb(e) - 'job_id' ORDER BY e.seq) FROM job_events e WHERE e.job_id = t.id) AS events`,
  },
  { name: 'reports', table: 'reports', without: ['logo'] },
  {
    name: 'webhooks',
    table: 'webhooks',
    without: ['secret', 'previous_secret', 'headers', 'sealed_headers'],
  },
  {
    name: 'webhook-deliveries',
    table: 'webhook_deliveries',
    more: `(SELECT jsonb_agg(to_jsonb(a) - 'delivery_id' ORDER BY a.round, a.attempt) FROM webhook_attempts a
      WHERE a.delivery_id = t.id) AS attempts`,
  },
  { name: 'mails', table: 'mails' },
  { name: 'budgets', table: 'budgets' },
  {
    name: 'audit-events',
    table: 'audit_events',
    without: ['personal_hash', 'dedupe_key'],
    more: '(SELECT p.content FROM audit_personal p WHERE p.event_id = t.id) AS personal',
  },
];

/** Files of bytes: of each row one, by its id */
const SERIES = [
  {
    ids: 'SELECT id FROM weather_datasets WHERE org_id = $1',
    files: `SELECT 'weather' AS folder, '' AS name, data FROM weather_series WHERE weather_id = $1`,
  },
  {
    ids: 'SELECT id FROM jobs WHERE org_id = $1',
    files: `SELECT 'jobs' AS folder, name, data FROM job_series WHERE job_id = $1 ORDER BY name`,
  },
] as const;
const FILES = [
  {
    ids: 'SELECT id FROM reports WHERE org_id = $1',
    files: `SELECT 'reports' AS folder, name, data FROM report_files WHERE report_id = $1`,
  },
  {
    ids: 'SELECT id FROM wind_resources WHERE org_id = $1',
    files: `SELECT 'wind-resources' AS folder, 'file' AS name, data FROM wind_resource_files WHERE resource_id = $1`,
  },
] as const;

/** A zip without the extension for larger ones has at most this many bytes. */
const MAX_BYTES = 2 ** 32 - 2 ** 20;
/** Bytes that are compressed in one turn */
const PIECE = 64 * 1024;

type Decode = (data: Buffer, names: readonly string[]) => Promise<readonly Column[]>;
type CsvOf = (columns: readonly { readonly name: string; readonly values: Column }[]) => Iterable<string>;

/**
 * Yields the zip. A job that is deleted meanwhile is left out.
 * @param decode unpacks stored series, outside of the event loop
 * @throws AppError `service.unavailable` where it gets larger than a zip can be
 */
export async function* exportOrganization(
  database: Database,
  orgId: string,
  { decode, csvOf }: { readonly decode: Decode; readonly csvOf: CsvOf },
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    waiting.push(piece);
  });
  function* taken(): Generator<Uint8Array> {
    for (const piece of waiting) {
      bytes += piece.length;
      if (bytes > MAX_BYTES)
        throw new AppError('service.unavailable', 'The data have more than 4 GB, which a zip does not hold', {
          fix: 'Delete jobs that you do not need, or write to the operator of this installation.',
        });
      yield piece;
    }
    waiting = [];
  }
  async function* file(name: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for await (const piece of pieces)
      for (let from = 0; from < piece.length; from += PIECE) {
        entry.push(piece.subarray(from, from + PIECE));
        yield* taken();
      }
    entry.push(new Uint8Array(), true);
    yield* taken();
  }

  for (const table of TABLES) yield* file(`${table.name}.jsonl`, rowsOf(database, orgId, table));
  yield* file('usage.jsonl', usageOf(database, orgId));
  for (const kind of [...SERIES, ...FILES])
    for await (const id of idsOf(database, orgId, kind.ids)) {
      const rows = await database.query<{ folder: string; name: string; data: Buffer }>(kind.files, [id]);
      for (const { folder, name, data } of rows) {
        const isSeries = (SERIES as readonly unknown[]).includes(kind);
        const path = `${folder}/${id}${name && `/${name.replaceAll('/', '_')}`}${isSeries ? '.csv' : ''}`;
        yield* file(path, isSeries ? lines(csvOf(await columnsOf(data, decode))) : [data]);
      }
    }
  zip.end();
  yield* taken();
}

const encoder = new TextEncoder();
function* lines(texts: Iterable<string>): Generator<Uint8Array> {
  for (const text of texts) yield encoder.encode(text);
}

async function columnsOf(data: Buffer, decode: Decode) {
  const names = headerOf(data).fields.map(({ name }) => name);
  const values = await decode(data, names);
  return names.map((name, i) => ({ name: shownName(name), values: values[i] }));
}

/** Rows may have megabytes, so they are read one by one. */
async function* rowsOf(
  database: Database,
  orgId: string,
  { table, without = [], more, where = 't.org_id = $1' }: Table,
): AsyncGenerator<Uint8Array> {
  const left = without.map((name) => `'${name}'`).join(', ');
  const own = `to_jsonb(t) - ARRAY[${left}]::text[]`;
  const row = more === undefined ? own : `${own} || (SELECT to_jsonb(more) FROM (SELECT ${more}) more)`;
  for (let after = ''; ; ) {
    const [found] = await database.query<{ id: string; row: string }>(
      `SELECT t.id, (${row})::text AS row FROM ${table} t WHERE ${where} AND t.id > $2 ORDER BY t.id LIMIT 1`,
      [orgId, after],
    );
    if (!found) return;
    yield encoder.encode(`${found.row}\n`);
    after = found.id;
  }
}

async function* usageOf(database: Database, orgId: string): AsyncGenerator<Uint8Array> {
  const rows = await database.query<{ row: string }>(
    `SELECT to_jsonb(u)::text AS row FROM usage_hours u WHERE org_id = $1 ORDER BY hour, metric, kind, caller`,
    [orgId],
  );
  for (const { row } of rows) yield encoder.encode(`${row}\n`);
}

async function* idsOf(database: Database, orgId: string, sql: string): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const rows = await database.query<{ id: string }>(`${sql} AND id > $2 ORDER BY id LIMIT 100`, [orgId, after]);
    for (const { id } of rows) yield id;
    if (rows.length === 0) return;
    after = rows[rows.length - 1].id;
  }
}
