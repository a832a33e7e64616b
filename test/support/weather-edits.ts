/** Changes of weather files as test/fixtures/odd-requests describes them. */
import { WEATHER, weatherText } from './fixtures.ts';

/** The records of an edit, the first is 1; all if left out */
interface Rows {
  readonly from_row?: number;
  readonly to_row?: number;
}
export type WeatherEdit =
  | { readonly line: number; readonly column: number; readonly value: string }
  | { readonly swap: readonly [string, string] }
  | ({ readonly columns: readonly string[]; readonly rows_later: number } & Rows)
  | ({
      readonly column: string;
      readonly times?: number;
      readonly plus?: number;
      readonly is?: string;
      readonly minus?: string;
    } & Rows);

/** Returns the text of a csv file with edits. The column names are in the last line before the records. */
export function editedWeather(name: keyof typeof WEATHER, edits: readonly WeatherEdit[]): string {
  const rows = weatherText(WEATHER[name])
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const names = rows.findIndex((row) => row.some((cell) => /GHI|Gb\(n\)/.test(cell)));
  const indexOf = (column: string): number => {
    const index = rows[names].indexOf(column);
    if (index < 0) throw new Error(`${name} has no column ${column}; it has ${rows[names].join(', ')}`);
    return index;
  };
  for (const edit of edits) {
    if ('line' in edit) {
      rows[edit.line - 1][edit.column - 1] = edit.value;
      continue;
    }
    if ('columns' in edit) {
      const { from_row = 1, to_row = rows.length - names - 2, rows_later } = edit;
      const length = to_row - from_row + 1;
      for (const at of edit.columns.map(indexOf)) {
        const cells = rows.slice(names + from_row, names + to_row + 1).map((row) => row[at]);
        cells.forEach((cell, k) => {
          rows[names + from_row + ((k + rows_later) % length)][at] = cell;
        });
      }
      continue;
    }
    const { from_row = 1, to_row = rows.length } = 'swap' in edit ? {} : edit;
    for (const row of rows.slice(names + from_row, names + to_row + 1)) {
      if (row.length < rows[names].length) continue;
      if ('swap' in edit) {
        const [a, b] = edit.swap.map(indexOf);
        [row[a], row[b]] = [row[b], row[a]];
        continue;
      }
      const { column, times = 1, plus = 0, is = column, minus } = edit;
      const value = Number(row[indexOf(is)]) * times + plus - (minus === undefined ? 0 : Number(row[indexOf(minus)]));
      row[indexOf(column)] = String(Number(Math.max(value, -90).toFixed(3)));
    }
  }
  return rows.map((row) => row.join(',')).join('\n');
}
