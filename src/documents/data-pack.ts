/** The numbers of a document: a workbook, and a zip of CSV and JSON files. Both with fixed times inside, so that bytes repeat. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import writeWorkbook, { type Cell, type CellObject, type SheetData } from 'write-excel-file/universal';
import type { DataSheet } from './model.ts';

/** Of every entry; zip knows no earlier time. */
const ZIP_TIME = '1980-01-01T00:00:00';

type Value = number | string | null;

const isInstant = (sheet: DataSheet, name: string): boolean => sheet.instants?.includes(name) ?? false;
const instant = (ms: number): string => new Date(ms).toISOString();

function csv(sheet: DataSheet): string {
  const { columns } = sheet;
  const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const shown = (name: string, value: Value): string => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
    if (typeof value === 'string') return quoted(value);
    return isInstant(sheet, name) ? instant(value) : String(value);
  };
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = [
    columns.map(({ name }) => quoted(isInstant(sheet, name) ? name.replace(/_ms$/, '_utc') : name)).join(','),
  ];
  for (let i = 0; i < length; i++)
    lines.push(columns.map(({ name, values }) => shown(name, values[i] ?? null)).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

const zipped = (files: Record<string, Uint8Array>, level: 1 | 6): Uint8Array =>
  zipSync(files, { level, mtime: ZIP_TIME });

export function dataPack(sheets: readonly DataSheet[], json: Readonly<Record<string, unknown>>): Uint8Array {
  return zipped(
    Object.fromEntries([
      ...sheets.map((sheet) => [`${sheet.name}.csv`, strToU8(csv(sheet))] as const),
      ...Object.entries(json).map(([name, value]) => [name, strToU8(`${JSON.stringify(value, null, 1)}\n`)] as const),
    ]),
    6,
  );
}

export async function workbook(sheets: readonly DataSheet[]): Promise<Uint8Array> {
  const made = sheets
    .filter(({ workbookRows }) => workbookRows !== 0)
    .map((sheet) => {
      const { columns, workbookRows = Number.POSITIVE_INFINITY } = sheet;
      const length = Math.min(workbookRows, Math.max(0, ...columns.map(({ values }) => values.length)));
      const head = columns.map(
        ({ name }): CellObject => ({ value: name, type: String, fontWeight: 'bold', bottomBorderStyle: 'thin' }),
      );
      const data: SheetData = [head];
      for (let i = 0; i < length; i++)
        data.push(
          columns.map(({ name, values }): Cell => {
            const value = values[i] ?? null;
            if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return null;
            return typeof value === 'number' && isInstant(sheet, name) ? new Date(value) : value;
          }),
        );
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
  return zipped(unzipSync(new Uint8Array(await blob.arrayBuffer())), 1);
}
