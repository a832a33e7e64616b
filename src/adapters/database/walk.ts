/** Visits all rows of a query in pages, however many there are. */
import type { Queryable } from './database.ts';

const PAGE = 500;
/** Rows that are visited at the same time: each visit waits for another server most of the time. */
const AT_ONCE = 20;

/**
 * Visits each row once, in the order of the ids. A visit may change its row so that the query no longer has it.
 * @param sql a query with the column `id` and a WHERE clause, without an order
 * @returns the number of rows
 */
export async function walk<Row extends { readonly id: string }>(
  database: Queryable,
  sql: string,
  visit: (row: Row) => Promise<void>,
): Promise<number> {
  let after = '';
  for (let visited = 0; ; ) {
    const rows = await database.query<Row>(`${sql} AND id > $1 ORDER BY id LIMIT ${PAGE}`, [after]);
    for (let i = 0; i < rows.length; i += AT_ONCE) await Promise.all(rows.slice(i, i + AT_ONCE).map(visit));
    visited += rows.length;
    if (rows.length < PAGE) return visited;
    after = rows[rows.length - 1].id;
  }
}
