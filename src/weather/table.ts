/**
 * Tables of text with any separator and decimal sign. It splits lines into strings, which takes ten times as long as the byte
 * scanner of `scan.ts`; formats with commas and points use that one.
 */
import { brokenFile, quoted } from './broken.ts';
import type { ScannedRows } from './scan.ts';
import type { ValueColumn } from './value-column.ts';
import { admit, OutsideValues } from './value-column.ts';
import { MISSING_TEXT } from './scan.ts';
import { splitCells } from './header.ts';
import type { TableTime } from './table-time.ts';

export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', space: ' ' } as const;
export type SeparatorName = keyof typeof SEPARATORS;
export type DecimalSign = 'point' | 'comma';

export interface TableOptions {
  readonly name: string;
  readonly separator: SeparatorName;
  readonly decimal: DecimalSign;
  /** A row has at least this many cells. */
  readonly minCells: number;
  /** Reads the time of a row; undefined if it is none. */
  readonly timeOf: (cells: readonly string[]) => TableTime | undefined;
  /** For messages: what a time looks like, and which cell of a row has it (0-based). */
  readonly timeText: string;
  readonly timeCell: number;
  /** Line of a row, from 1; default: the rows follow each other from the first on. */
  readonly lineOf?: (row: number) => number;
}

/** Returns the lines of a text file. */
export const linesOf = (bytes: Uint8Array): string[] => new TextDecoder('utf-8').decode(bytes).split(/\r\n|\n|\r/);

/** Splits a line into trimmed cells without quotes. */
export function cellsOf(line: string, separator: SeparatorName): string[] {
  if (separator === 'space') return line.trim().split(/\s+/);
  if (line.includes('"')) return splitCells(line, SEPARATORS[separator]);
  return line.split(SEPARATORS[separator]).map((cell) => cell.trim());
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Returns the number in a cell: NaN for an empty one or a word for a missing value, undefined for anything else. */
export function numberOf(cell: string, decimal: DecimalSign): number | undefined {
  if (cell === '' || MISSING_TEXT.test(cell)) return Number.NaN;
  const text = decimal === 'comma' ? cell.replace(',', '.') : cell;
  return NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * Reads the rows of a table; empty lines at its end and lines that start with # are skipped.
 * @param lines of the file  @param first index of the first row
 * @throws AppError `weather.malformed` with line, column, field and reason
 */
export function readTable(
  lines: readonly string[],
  first: number,
  columns: readonly (ValueColumn | undefined)[],
  { name, separator, decimal, minCells, timeOf, timeText, timeCell, lineOf }: TableOptions,
): ScannedRows {
  let last = lines.length;
  while (last > first && (lines[last - 1].trim() === '' || lines[last - 1].startsWith('#'))) last--;
  const count = last - first;
  const [year, month, day] = [new Int32Array(count), new Uint8Array(count), new Uint8Array(count)];
  const minute = new Int32Array(count);
  const outside = new OutsideValues(name);
  const read = columns.flatMap((column, at) =>
    column === undefined ? [] : [{ column, at, values: new Float64Array(count) }],
  );
  for (let row = 0; row < count; row++) {
    const line = lineOf?.(row) ?? first + row + 1;
    const text = lines[first + row];
    if (text.trim() === '') throw brokenFile(name, { line }, 'an empty line stands between records');
    const cells = cellsOf(text, separator);
    if (cells.length < minCells)
      throw brokenFile(
        name,
        { line, column: cells.length },
        `the row has ${cells.length} cells; expected at least ${minCells}`,
      );
    const time = timeOf(cells);
    if (time === undefined)
      throw brokenFile(
        name,
        { line, column: timeCell + 1, field: 'time' },
        `${quoted(cells[timeCell] ?? '')} is not a time like ${timeText}`,
      );
    year[row] = time.year;
    month[row] = time.month;
    day[row] = time.day;
    minute[row] = time.minute;
    for (const { column, at, values } of read) {
      const cell = cells[at] ?? '';
      const raw = numberOf(cell, decimal);
      const place = { line, column: at + 1, field: column.field };
      if (raw === undefined)
        throw brokenFile(
          name,
          place,
          `${quoted(cell)} is not a number (leave the cell empty where a value is missing)`,
        );
      let value = Number.isNaN(raw) ? raw : admit(column, raw);
      if (value === Number.POSITIVE_INFINITY) value = outside.settle(column, raw, quoted(cell), place);
      values[row] = value;
    }
  }
  return {
    count,
    firstLine: first + 1,
    year,
    month,
    day,
    minute,
    values: Object.fromEntries(read.map(({ column, values }) => [column.key, values])),
    outside,
  };
}
