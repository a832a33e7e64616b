import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { windSummarySchema } from '../contracts/wind/library.schema.ts';
import { describeWindFile, readWindFile } from './library-tasks.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const describe = (text: string, heightM?: number) =>
  describeWindFile({ bytes: bytesOf(text), isDeflated: false, options: { heightM } });

/** 400 hours with a gap of three, an iced spell of ten and two missing speeds. */
function csv(): string {
  const rows = ['time,wind_speed_m_s,wind_direction_deg,temp_air_c'];
  for (let hour = 0; hour < 400; hour++) {
    if (hour >= 50 && hour < 53) continue;
    const time = new Date(Date.UTC(2025, 0, 1, hour)).toISOString();
    const speed = hour < 110 && hour >= 100 ? 4.2 : (7 + 4 * Math.sin(hour * 0.7) + (hour % 7) * 0.1).toFixed(3);
    rows.push(`${time},${hour === 10 || hour === 20 ? '' : speed},${(hour * 17) % 360},${hour < 200 ? -3 : 8}`);
  }
  return rows.join('\n');
}

test('a CSV is recognised, its gaps and iced records are reported and left out', () => {
  const { format, summary } = describe(csv(), 80);
  expect(format).toBe('csv');
  expect(summary).toMatchObject({ height_m: 80, n_records: 397, n_gaps: 1, extreme_50_year_m_s: null });
  expect(summary.n_records_by_flag).toEqual({ ok: 385, missing: 2, out_of_range: 0, stuck: 0, icing: 10 });
  expect(summary.wind_speed_mean_m_s).toBeCloseTo(7.3, 0);
});

test('a year of empty cells has no maximum: the extreme wind is that of the other years', () => {
  const rows = Array.from({ length: 6 * 365 }, (_, day) => {
    const time = new Date(Date.UTC(2001, 0, 1 + day));
    const speed = (9 + 4 * Math.sin(day * 0.7) + 3 * Math.sin(day * 0.013)).toFixed(3);
    return { year: time.getUTCFullYear(), line: (cell = speed) => `${time.toISOString()},${cell},${(day * 17) % 360}` };
  });
  const extremeOf = (lines: string[]) =>
    describe(['time,wind_speed_m_s,wind_direction_deg', ...lines].join('\n'), 80).summary.extreme_50_year_m_s;
  const without = extremeOf(rows.filter(({ year }) => year !== 2003).map(({ line }) => line()));
  expect(without).toBeGreaterThan(15);
  expect(extremeOf(rows.map(({ year, line }) => line(year === 2003 ? '' : undefined)))).toBe(without);
});

test('standard deviations become turbulence by sector, in the form that the API promises', () => {
  const lines = csv().split('\n');
  const text = lines.map((line, i) => `${line},${i === 0 ? 'wind_speed_std_m_s' : '0.9'}`).join('\n');
  const { summary } = describe(text, 80);
  expect(() => windSummarySchema.parse(summary)).not.toThrow();
  expect(() => windSummarySchema.parse(describe(csv(), 80).summary)).not.toThrow();
  const rows = summary.turbulence as { turbulence_intensity: number }[];
  expect(rows).toHaveLength(12);
  for (const { turbulence_intensity: ti } of rows) expect(ti).toBeCloseTo(0.14, 1);
});

test('what is wrong is named with its line', () => {
  expect(() => describe(csv())).toThrow('height_m is missing; a CSV needs it');
  expect(() => describe(csv().replace('wind_direction_deg', 'vane'), 80)).toThrow(
    'there is no column wind_direction_deg',
  );
  expect(() => describe(csv().replace(',7.', ',x7.'), 80)).toThrow(/line \d+: wind_speed_m_s is 'x7/);
  expect(() => describe('hello')).toThrow('the file is none of CSV, .tab, .wrg and .grd');
});

test('a column by its old name is refused with the new one, an optional column too', () => {
  const renamed = (head: string) => csv().replace(/^.*/, head);
  expect(() => describe(renamed('time,wind_speed_ms,wind_direction_deg,temperature_c'), 80)).toThrow(
    'line 1: column "wind_speed_ms" is now "wind_speed_m_s", "temperature_c" is now "temp_air_c"',
  );
  for (const [old, now] of [
    ['wind_speed_lower_ms', 'wind_speed_lower_m_s'],
    ['wind_speed_std_ms', 'wind_speed_std_m_s'],
  ])
    expect(() => describe(renamed(`time,wind_speed_m_s,wind_direction_deg,${old}`), 80)).toThrow(
      `"${old}" is now "${now}"`,
    );
});

test('a file packed by gzip is refused as such', () => {
  const bytes = gzipSync(csv());
  expect(() => describeWindFile({ bytes, isDeflated: false, options: { heightM: 80 } })).toThrow('packed by gzip');
});

test('.grd files of several sectors and .tab files are recognised; a stored file reads as it did', () => {
  const grid = (mean: number) => `DSAA\n2 2\n0 1000\n0 500\n5 9\n${mean} ${mean}\n${mean + 1} ${mean + 1}\n`;
  expect(describe(grid(6) + grid(7)).summary).toMatchObject({ n_sectors: 2, n_x: 2, max_x_m: 1000 });
  const tab = 'Mast A\n55.1 8.2 60\n2 1 0\n50 50\n5 400 300\n10 600 700\n';
  expect(describe(tab)).toMatchObject({
    format: 'tab',
    summary: { height_m: 60, n_sectors: 2, frequency: [0.5, 0.5] },
  });
  const stored = readWindFile({ bytes: deflateSync(tab), isDeflated: true, options: {} });
  expect(stored).toEqual(readWindFile({ bytes: bytesOf(tab), isDeflated: false, options: {} }));
});
