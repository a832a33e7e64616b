/** Reads and rolls up what organizations have used. The transactions of the acts write it, see jobs.ts; journal.ts, API calls. */
import type { UsageGroup, UsageInterval, UsageMetric } from '../../contracts/metering/usage.ts';
import type { Database } from '../../adapters/database/database.ts';

export interface UsageFilter {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly interval: UsageInterval;
  readonly groupBy: UsageGroup;
  readonly metric?: UsageMetric;
  /** Person or key */
  readonly caller?: string;
}
export interface UsageRow {
  readonly starts_at: Date;
  readonly metric: UsageMetric;
  readonly group: string | null;
  readonly amount: number;
}

const GROUP_COLUMNS: Readonly<Record<UsageGroup, string>> = { none: 'NULL::text', kind: 'kind', caller: 'caller' };

/** Returns usage by time (UTC). What is rolled up counts by its hour, what is not yet by its instant. */
export function readUsage(
  database: Database,
  orgId: string,
  { startsAt, endsAt, interval, groupBy, metric, caller }: UsageFilter,
): Promise<UsageRow[]> {
  return database.query<UsageRow>(
    `WITH used AS (
       SELECT at, metric, kind, caller, amount FROM usage_records WHERE org_id = $1 AND at >= $2 AND at < $3
       UNION ALL SELECT hour, metric, kind, caller, amount FROM usage_hours WHERE org_id = $1 AND hour >= $2 AND hour < $3)
     SELECT date_trunc($4, at, 'UTC') AS starts_at, metric, ${GROUP_COLUMNS[groupBy]} AS "group", sum(amount) AS amount
     FROM used WHERE ($5::text IS NULL OR metric = $5) AND ($6::text IS NULL OR caller = $6)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [orgId, startsAt, endsAt, interval, metric ?? null, caller ?? null],
  );
}

/** Adds the acts of hours that are over to their hours, in one statement: each counts once, whenever this ends. @returns their number */
export async function rollUpUsage(database: Database): Promise<number> {
  const [{ n }] = await database.query<{ n: number }>(
    `WITH moved AS (DELETE FROM usage_records WHERE at < date_trunc('hour', now(), 'UTC') RETURNING *),
       added AS (
         INSERT INTO usage_hours (org_id, hour, metric, kind, caller, amount)
         SELECT org_id, date_trunc('hour', at, 'UTC'), metric, kind, caller, sum(amount) FROM moved GROUP BY 1, 2, 3, 4, 5
         ON CONFLICT (org_id, hour, metric, kind, caller) DO UPDATE SET amount = usage_hours.amount + excluded.amount)
     SELECT count(*)::int AS n FROM moved`,
  );
  return n;
}
