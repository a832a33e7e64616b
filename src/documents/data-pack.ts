/**
 * The numbers of a document: a workbook, and a zip of CSV and JSON files. Both contain fixed times, so that the same
 * data give the same bytes.
 */
import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import writeWorkbook, { type Cell, type CellObject, type SheetData } from 'write-excel-file/universal';
import type { DataSheet } from './model.ts';

/** Date of every entry; zip knows no earlier time. */
const ZIP_TIME = '1980-01-01T00:00:00';
/** Number of rows that are in memory as text at the same time. */
const ROWS_PER_PIECE = 256;

type Value = number | string | null;

const isInstant = (sheet: DataSheet, name: string): boolean => sheet.instants?.includes(name) ?? false;
const instant = (ms: number): string => new Date(ms).toISOString();

const rowsOf = ({ columns }: DataSheet): number => Math.max(0, ...columns.map(({ values }) => values.length));
const isMissing = (value: Value): value is null =>
  value === null || (typeof value === 'number' && !Number.isFinite(value));

/** Yields the text of the rows from `first` to before `end`, some hundred rows in each. */
function* pieces(first: number, end: number, row: (i: number) => string): Generator<string> {
  for (let i = first; i < end; i += ROWS_PER_PIECE) {
    let piece = '';
    for (let k = i; k < Math.min(end, i + ROWS_PER_PIECE); k++) piece += row(k);
    yield piece;
  }
}

function* csv(sheet: DataSheet): Generator<string> {
  const { columns } = sheet;
  const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const shown = (name: string, value: Value): string => {
    if (isMissing(value)) return '';
    if (typeof value === 'string') return quoted(value);
    return isInstant(sheet, name) ? instant(value) : String(value);
  };
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  yield line(columns.map(({ name }) => quoted(name)));
  yield* pieces(0, rowsOf(sheet), (i) => line(columns.map(({ name, values }) => shown(name, values[i] ?? null))));
}

/** Returns a zip of files. Their text is written in pieces, so that years of hourly values are never in memory as text. */
function zipped(files: Iterable<readonly [name: string, text: Iterable<string>]>, level: 1 | 6): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, text] of files) {
    const file = new ZipDeflate(name, { level });
    file.mtime = ZIP_TIME;
    zip.add(file);
    for (const piece of text) file.push(strToU8(piece));
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

/** Writes a zip with one CSV file for each sheet and the inputs as JSON. */
export function dataPack(sheets: readonly DataSheet[], json: Readonly<Record<string, unknown>>): Uint8Array {
  return zipped(
    [
      ...sheets.map((sheet) => [`${sheet.name}.csv`, csv(sheet)] as const),
      ...Object.entries(json).map(([name, value]) => [name, [`${JSON.stringify(value, null, 1)}\n`]] as const),
    ],
    6,
  );
}

/** Tells whether a sheet is a long time series, whose cells would take a hundred bytes each. */
const isSeries = ({ columns }: DataSheet): boolean => columns.every(({ values }) => ArrayBuffer.isView(values));

/** Writes an Excel workbook with one worksheet for each sheet. */
export async function workbook(sheets: readonly DataSheet[]): Promise<Uint8Array> {
  const shown = sheets.filter(({ workbookRows }) => workbookRows !== 0);
  const lengthOf = (sheet: DataSheet): number =>
    Math.min(sheet.workbookRows ?? Number.POSITIVE_INFINITY, rowsOf(sheet));
  const made = shown.map((sheet) => {
    const { columns } = sheet;
    const cell = (name: string, value: Value): Cell => {
      if (isMissing(value)) return null;
      return typeof value === 'number' && isInstant(sheet, name) ? new Date(value) : value;
    };
    const head = columns.map(
      ({ name }): CellObject => ({ value: name, type: String, fontWeight: 'bold', bottomBorderStyle: 'thin' }),
    );
    const data: SheetData = [head];
    // For a series, one row of zeros, which shows the form of its rows.
    if (isSeries(sheet)) data.push(columns.map(({ name }) => cell(name, 0)));
    else
      for (let i = 0; i < lengthOf(sheet); i++)
        data.push(columns.map(({ name, values }) => cell(name, values[i] ?? null)));
    return {
      data,
      // Excel takes 31 characters.
      sheet: sheet.name.slice(0, 31),
      columns: columns.map(({ name }) => ({ width: Math.max(12, isInstant(sheet, name) ? 17 : name.length + 2) })),
      stickyRowsCount: 1,
      dateFormat: 'yyyy-mm-dd hh:mm',
    };
  });
  const blob = await writeWorkbook(made).toBlob();
  // Written with the time of day in every entry: packed again without.
  const files = Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer())));
  const series = new Map<string, DataSheet>(
    shown.flatMap((sheet, k) => (isSeries(sheet) ? [[`xl/worksheets/sheet${k + 1}.xml`, sheet] as const] : [])),
  );
  return zipped(
    files.map(([name, bytes]) => {
      const text = strFromU8(bytes);
      const sheet = series.get(name);
      return [name, sheet ? seriesXml(text, sheet, lengthOf(sheet)) : [text]] as const;
    }),
    1,
  );
}

/** Returns the XML of a sheet, in which the rows of a series replace a row of zeros. */
function* seriesXml(xml: string, sheet: DataSheet, length: number): Generator<string> {
  const [model] = xml.match(/<row r="2".*?<\/row>/s) ?? [''];
  const cells = [...model.matchAll(/<c r="([A-Z]+)2"([^>]*)><v>([^<]*)<\/v><\/c>/g)].map(
    ([, letters, style, zero], k) => ({ letters, style, day0: Number(zero), ...sheet.columns[k] }),
  );
  if (cells.length !== sheet.columns.length) throw new Error(`no row to write the sheet ${sheet.name} by`);
  const [head, tail] = xml.split(model);
  yield head;
  yield* pieces(0, length, (i) => {
    let row = `<row r="${i + 2}">`;
    for (const { letters, style, day0, name, values } of cells) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      // Days, counted by Excel from before the epoch.
      row += `<c r="${letters}${i + 2}"${style}><v>${isInstant(sheet, name) ? value / 86_400_000 + day0 : value}</v></c>`;
    }
    return `${row}</row>`;
  });
  yield tail;
}
