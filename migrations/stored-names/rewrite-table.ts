/** Rewrites the rows of a table in batches. */
import type { QueryRunner } from 'typeorm';

/** Rows in memory at a time: an input or a result may have some megabytes. */
const BATCH = 20;

interface Table<Row> {
  readonly table: string;
  /** Columns that name a row, in the order in which rows are read */
  readonly key: readonly (keyof Row & string)[];
  readonly columns: readonly (keyof Row & string)[];
  readonly where?: string;
  /** Changes the row in place, which is then written. */
  readonly change: (row: Row) => void;
}

/** Reads a table in batches, in the order of its key, and writes each row that changed. */
export async function rewrite<Row extends object>(
  runner: QueryRunner,
  { table, key, columns, where = 'true', change }: Table<Row>,
): Promise<void> {
  const names = (list: readonly string[]) => list.map((name) => `"${name}"`).join(', ');
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => `$${from + i}`).join(', ');
  let after: unknown[] | null = null;
  for (;;) {
    const behind = after ? `AND (${names(key)}) > (${numbers(1, key.length)})` : '';
    const rows: Row[] = await runner.query(
      `SELECT ${names([...key, ...columns])} FROM "${table}" WHERE ${where} ${behind} ORDER BY ${names(key)} LIMIT ${BATCH}`,
      after ?? [],
    );
    for (const row of rows) {
      const before = columns.map((column) => stored(row[column]));
      change(row);
      const now = columns.map((column) => stored(row[column]));
      const changed = columns.filter((_, i) => !isSame(before[i], now[i]));
      if (changed.length === 0) continue;
      await runner.query(
        `UPDATE "${table}" SET ${changed.map((column, i) => `"${column}" = $${key.length + 1 + i}`).join(', ')}
         WHERE (${names(key)}) = (${numbers(1, key.length)})`,
        [...key.map((column) => row[column]), ...changed.map((column) => now[columns.indexOf(column)])],
      );
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = key.map((column) => last[column]);
  }
}

/** Bytes as they are, JSON as text. */
const stored = (value: unknown): Buffer | string => (Buffer.isBuffer(value) ? value : JSON.stringify(value));
const isSame = (a: Buffer | string, b: Buffer | string): boolean =>
  Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : a === b;
