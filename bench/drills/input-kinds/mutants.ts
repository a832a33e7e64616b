/** What drill-inputs does to good files of rows: each mutation is what real files of this trade suffer. */
import type { Random } from '../../../src/statistics/random.ts';

/** A file of rows below some header lines, split into cells */
export interface Table {
  readonly header: readonly string[][];
  readonly rows: readonly string[][];
}

/** Reads a comma-separated text. @param nHeader lines above the rows, the last of which names the columns */
export function tableOf(text: string, nHeader: number): Table {
  const lines = text.trimEnd().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return { header: cells.slice(0, nHeader), rows: cells.slice(nHeader) };
}

export const textOf = ({ header, rows }: Table, separator = ',', end = '\n'): string =>
  [...header, ...rows].map((cells) => cells.join(separator)).join(end) + end;

/** A number from a range, uniform */
export const between = (random: Random, least: number, most: number): number =>
  least + random.uniform() * (most - least);
export const wholeBetween = (random: Random, least: number, most: number): number =>
  least + Math.min(most - least, Math.floor(random.uniform() * (most - least + 1)));
export const oneOf = <Item>(random: Random, items: readonly Item[]): Item =>
  items[wholeBetween(random, 0, items.length - 1)];

/** Changes the cells of a column. @param change returns the new text of a cell */
export const withColumn = (table: Table, column: number, change: (cell: string, row: number) => string): Table => ({
  ...table,
  rows: table.rows.map((cells, row) => cells.map((cell, at) => (at === column ? change(cell, row) : cell))),
});

/** Changes the numbers of columns. */
export const scaled = (table: Table, columns: readonly number[], change: (value: number) => number): Table =>
  columns.reduce((changed, column) => withColumn(changed, column, (cell) => change(Number(cell)).toFixed(3)), table);

export const bytesOf = (table: Table): Uint8Array => Buffer.from(textOf(table));

export const withSwapped = (table: Table, a: number, b: number): Table => ({
  ...table,
  rows: table.rows.map((cells) => cells.map((_, at) => cells[at === a ? b : at === b ? a : at])),
});

const MARKS = ['9999', '-9999', '99.9', '-999', '999', 'NaN', 'NA', 'null', '', '#N/A', '---'];

/** Writes marks of missing values into a share of a column's cells, scattered or in one run. */
export function withMarks(table: Table, column: number, random: Random): { table: Table; title: string } {
  const mark = oneOf(random, MARKS);
  const share = oneOf(random, [0.001, 0.01, 0.05, 0.3]);
  const isRun = random.uniform() < 0.3;
  const count = Math.max(1, Math.round(share * table.rows.length));
  const first = wholeBetween(random, 0, table.rows.length - count);
  const isMarked = (row: number) => (isRun ? row >= first && row < first + count : random.uniform() < share);
  return {
    title: `mark ${JSON.stringify(mark)} in ${share * 100} % of column ${column + 1}${isRun ? ', in one run' : ''}`,
    table: withColumn(table, column, (cell, row) => (isMarked(row) ? mark : cell)),
  };
}

/** Repeats, drops, reverses or shuffles rows. */
export function withOtherRows(table: Table, random: Random): { table: Table; title: string } {
  const { rows } = table;
  const at = wholeBetween(random, 1, rows.length - 2);
  const length = oneOf(random, [1, 3, 24, 24 * 30]);
  const changes: readonly (readonly [string, () => string[][]])[] = [
    [`${length} rows from ${at} twice`, () => [...rows.slice(0, at + length), ...rows.slice(at)]],
    [`without ${length} rows from ${at}`, () => [...rows.slice(0, at), ...rows.slice(at + length)]],
    ['rows in reverse', () => [...rows].reverse()],
    [
      `rows ${at} and the next in the other order`,
      () => rows.map((_, k) => rows[k === at ? at + 1 : k === at + 1 ? at : k]),
    ],
    [`cut after row ${at}`, () => rows.slice(0, at)],
    [
      `row ${at} cut in the middle`,
      () => rows.map((cells, k) => (k === at ? cells.slice(0, Math.ceil(cells.length / 2)) : cells)),
    ],
    [`row ${at} with one cell more`, () => rows.map((cells, k) => (k === at ? ['0', ...cells] : cells))],
  ];
  const [title, change] = oneOf(random, changes);
  return { title, table: { ...table, rows: change() } };
}

/** Writes a table as other programs do: separators, decimal signs, ends of lines, encodings. */
export function inOtherWriting(table: Table, random: Random): { bytes: Uint8Array; title: string } {
  const separator = oneOf(random, [',', ';', '\t', ', ', '|']);
  const hasComma = separator !== ',' && separator !== ', ' && random.uniform() < 0.5;
  const isQuoted = random.uniform() < 0.3;
  const end = oneOf(random, ['\n', '\r\n', '\r']);
  const encoding = oneOf(random, ['utf8', 'utf8 with a mark', 'utf16', 'latin1']);
  const written = (cell: string): string => {
    const decimal = hasComma && /^-?\d*\.\d+$/.test(cell) ? cell.replace('.', ',') : cell;
    return isQuoted ? `"${decimal}"` : decimal;
  };
  const text = textOf(
    { header: table.header.map((cells) => cells.map(written)), rows: table.rows.map((cells) => cells.map(written)) },
    separator,
    end,
  );
  const title = `separator ${JSON.stringify(separator)}${hasComma ? ', decimal commas' : ''}${isQuoted ? ', quoted' : ''}, ends ${JSON.stringify(end)}, ${encoding}`;
  const encoded: Record<string, () => Buffer> = {
    utf8: () => Buffer.from(text),
    'utf8 with a mark': () => Buffer.from(`\uFEFF${text}`),
    utf16: () => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    latin1: () => Buffer.from(text, 'latin1'),
  };
  return { title, bytes: encoded[encoding]() };
}
