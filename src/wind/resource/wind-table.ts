/** Finds the table in a text file of measurements: its separator and decimal sign, its header, units and first record. */
import { windError } from '../check.ts';
import { isClockCell, isCompactTimeCell, isTimeCell } from './wind-time.ts';

export const SEPARATORS = { tab: '\t', semicolon: ';', comma: ',', space: ' ' } as const;
export type SeparatorName = keyof typeof SEPARATORS;
export type DecimalSign = 'point' | 'comma';

export interface TableOptions {
  readonly separator?: SeparatorName;
  readonly decimal?: DecimalSign;
}

export interface WindTable {
  readonly separator: SeparatorName;
  readonly decimal: DecimalSign;
  /** Names of the columns, as in the file */
  readonly names: readonly string[];
  /** Units and statistics, where lines below the names state them; otherwise empty */
  readonly units: readonly string[];
  readonly statistics: readonly string[];
  /** Lines above the names */
  readonly preamble: readonly string[];
  /** Line of the names, from 1 */
  readonly headerLine: number;
  /** Columns whose cells are the time, joined by a blank; or year, month, day, hour and minute */
  readonly timeColumns: readonly number[];
  readonly isTimeInParts: boolean;
  readonly n: number;
  /** Cells of a record */
  readonly cellsOf: (record: number) => readonly string[];
  /** Line of a record in the file, from 1 */
  readonly lineOf: (record: number) => number;
}

/** Lines in which the first record must be */
const MAX_HEADER_LINES = 400;
/** Columns in which the time must be */
const MAX_TIME_COLUMNS = 8;
/** Records that show the decimal sign */
const SAMPLE_RECORDS = 500;
const MAX_RECORDS = 2_000_000;

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;
/** What loggers write for a missing value */
const NO_VALUE = /^(nan|inf|-inf|na|n\/a|null|none|-+|#n\/a|\*+|missing)?$/i;
const DATE_PARTS = ['year', 'month', 'day', 'hour', 'minute'];

/** Tells whether a cell is empty or a word for a missing value. */
export const isMissingCell = (cell: string): boolean => NO_VALUE.test(cell);

function splitLine(line: string, separator: SeparatorName): string[] {
  if (separator === 'space') return line.trim().split(/\s+/).map(unquoted);
  const sign = SEPARATORS[separator];
  if (!line.includes('"')) return line.split(sign).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === sign && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}
const unquoted = (cell: string) => cell.replace(/^"(.*)"$/, '$1');

/** Returns the columns of the time in a record; null if the cells are not a record. */
function timeColumnsOf(cells: readonly string[]): readonly number[] | null {
  if (cells.length < 3) return null;
  const others = cells.filter((cell) => NUMBER.test(cell) || isMissingCell(cell)).length;
  if (others < 1) return null;
  const at = cells.slice(0, MAX_TIME_COLUMNS).findIndex(isTimeCell);
  if (at >= 0) return isClockCell(cells[at + 1] ?? '') ? timeAndHalf(cells, at) : [at];
  return isCompactTimeCell(cells[0]) ? (isClockCell(cells[1]) ? timeAndHalf(cells, 0) : [0]) : null;
}

/** Returns the columns of a date, a time of the day, and AM or PM, which blanks may separate too. */
const timeAndHalf = (cells: readonly string[], at: number): number[] =>
  /^[ap]\.?m\.?$/i.test(cells[at + 2] ?? '') ? [at, at + 1, at + 2] : [at, at + 1];

/** Tells whether cells name the year, the month and the day apart. */
const datePartsOf = (names: readonly string[]): number[] => {
  const columns = DATE_PARTS.map((part) => names.findIndex((name) => name.toLowerCase() === part));
  return columns.slice(0, 3).every((at) => at >= 0) ? columns.filter((at) => at >= 0) : [];
};

interface Records {
  readonly separator: SeparatorName;
  /** Index of the line of the first record */
  readonly first: number;
  readonly timeColumns: readonly number[];
  readonly isTimeInParts: boolean;
}

function findRecords(lines: readonly string[], separators: readonly SeparatorName[]): Records | null {
  const end = Math.min(lines.length, MAX_HEADER_LINES);
  for (const separator of separators) {
    let parts: number[] = [];
    for (let first = 0; first < end; first++) {
      if (lines[first].trim() === '') continue;
      const cells = splitLine(lines[first], separator);
      if (parts.length > 0 && parts.every((at) => /^\d+$/.test(cells[at] ?? '')))
        return { separator, first, timeColumns: parts, isTimeInParts: true };
      const timeColumns = timeColumnsOf(cells);
      if (timeColumns) return { separator, first, timeColumns, isTimeInParts: false };
      const named = datePartsOf(cells);
      if (named.length > 0) parts = named;
    }
  }
  return null;
}

/**
 * Finds the table of a text file. The first record is the first line with a time and numbers; the names are above it, with
 * lines of units between them in files of loggers.
 * @throws AppError where the file has no record or no names
 */
export function findTable(text: string, { separator, decimal }: TableOptions): WindTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const names = Object.keys(SEPARATORS) as SeparatorName[];
  const records = findRecords(lines, separator ? [separator] : names);
  if (!records) throw noRecords(lines);
  const { first } = records;
  const firstCells = splitLine(lines[first], records.separator);
  const width = firstCells.length;
  // Records may end with a separator that the names lack.
  const isNamesWidth = (cells: readonly string[]) =>
    cells.length === width || (cells.length === width - 1 && firstCells[width - 1] === '');
  const isToa5 = /^"?TOA5"?,/.test(lines[0]);
  let header = first;
  while (
    header > (isToa5 ? 1 : 0) &&
    header > first - 4 &&
    isNamesWidth(splitLine(lines[header - 1], records.separator))
  )
    header--;
  // Names of dates of two columns may be one: "Date & Time".
  const isJoined =
    header === first &&
    first > 0 &&
    splitLine(lines[first - 1], records.separator).length === width - records.timeColumns.length + 1;
  if (isJoined) header--;
  const head = splitLine(lines[header], records.separator);
  if (header === first)
    throw windError(
      `line ${first + 1} is a record, and no line above it names its ${width} columns; expected a line of names`,
      '/file',
    );
  const [start] = records.timeColumns;
  const spread = (cells: readonly string[]) =>
    isNamesWidth(cells)
      ? Array.from({ length: width }, (_, i) => cells[i] ?? '')
      : [...cells.slice(0, start), ...records.timeColumns.map(() => cells[start]), ...cells.slice(start + 1)];
  let last = lines.length - 1;
  while (last > first && lines[last].trim() === '') last--;
  const n = last - first + 1;
  if (n > MAX_RECORDS) throw windError(`the file has ${n} records; expected at most ${MAX_RECORDS}`, '/file');
  const below = Array.from({ length: first - header - 1 }, (_, i) =>
    splitLine(lines[header + 1 + i], records.separator),
  );
  const columns = spread(head);
  return {
    separator: records.separator,
    decimal: decimal ?? decimalOf(lines, first, last, records.separator),
    names: columns,
    units: below[0] ?? columns.map(() => ''),
    statistics: below[1] ?? columns.map(() => ''),
    preamble: lines.slice(0, header),
    headerLine: header + 1,
    timeColumns: records.timeColumns,
    isTimeInParts: records.isTimeInParts,
    n,
    cellsOf(record) {
      const cells = splitLine(lines[first + record], records.separator);
      if (cells.length !== width && !(cells.length === width + 1 && cells[width] === ''))
        throw windError(`line ${first + record + 1} has ${cells.length} cells; expected ${width}`, '/file');
      return cells;
    },
    lineOf: (record) => first + record + 1,
  };
}

function noRecords(lines: readonly string[]) {
  const sample = lines.find((line) => line.trim() !== '') ?? '';
  return windError(
    `the file is none of .tab, .wrg, .grd and a table of measurements: no line of the first ${MAX_HEADER_LINES} has a time and numbers between tabs, semicolons, commas or blanks; it begins with '${sample.slice(0, 60)}'`,
    '/file',
  );
}

/** Returns the decimal sign that the first records show. */
function decimalOf(lines: readonly string[], first: number, last: number, separator: SeparatorName): DecimalSign {
  for (let i = first; i <= Math.min(last, first + SAMPLE_RECORDS); i++) {
    const cells = splitLine(lines[i], separator);
    if (cells.some((cell) => /\d\.\d/.test(cell) && NUMBER.test(cell))) return 'point';
    if (cells.some((cell) => DECIMAL_COMMA.test(cell))) return 'comma';
  }
  return 'point';
}
