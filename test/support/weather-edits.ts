/** Changes of weather files as test/fixtures/odd-requests describes them. */
import { WEATHER, weatherText } from './fixtures.ts';

export type WeatherEdit =
  | { readonly line: number; readonly column: number; readonly value: string }
  | { readonly swap: readonly [string, string] }
  | {
      readonly column: string;
      readonly times?: number;
      readonly plus?: number;
      readonly is?: string;
      readonly minus?: string;
    };

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
    for (const row of rows.slice(names + 1)) {
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
