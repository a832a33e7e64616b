/** Pages of rows that may be large: a page ends early where its rows would be too much for memory. */
import type { ObjectLiteral } from 'typeorm';
import type { Database } from './database.ts';

/** Stored bytes of a page; areas and horizons are compressed to a third. */
const MAX_PAGE_BYTES = 512 * 1024;

export interface PageBySize {
  readonly table: 'sites' | 'library_items';
  /** Condition on the rows, with parameters from $1 on */
  readonly where: string;
  readonly parameters: readonly unknown[];
  /** Columns that may be large */
  readonly columns: readonly string[];
  readonly limit: number;
  /** Id of the last row of the page before */
  readonly before?: string;
}

/** Returns rows in falling order of their ids: at least one if there is any, and whether others follow. */
export async function pageBySize<Row extends ObjectLiteral & { readonly id: string }>(
  database: Database,
  { table, where, parameters, columns, limit, before }: PageBySize,
): Promise<{ rows: Row[]; hasMore: boolean }> {
  const size = columns.map((column) => `coalesce(pg_column_size(${column}), 0)`).join(' + ');
  const at = parameters.length;
  const ids = await database.query<{ id: string; size: number }>(
    `SELECT id, ${size} AS size FROM ${table} WHERE ${where} AND ($${at + 1}::text IS NULL OR id < $${at + 1})
     ORDER BY id DESC LIMIT $${at + 2}`,
    [...parameters, before ?? null, limit + 1],
  );
  let bytes = 0;
  let count = 0;
  for (const { size: own } of ids.slice(0, limit)) {
    bytes += own;
    if (count > 0 && bytes > MAX_PAGE_BYTES) break;
    count++;
  }
  const rows = await database.query<Row>(`SELECT * FROM ${table} WHERE id = ANY($1) ORDER BY id DESC`, [
    ids.slice(0, count).map(({ id }) => id),
  ]);
  return { rows, hasMore: count < ids.length };
}
