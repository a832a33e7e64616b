import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { GUMBEL_FITS, WEIBULL_FITS } from '../contracts/wind/fits.ts';
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

test('the upload chooses how Weibull distributions and the extreme wind are fitted', () => {
  const rows = Array.from({ length: 4 * 365 }, (_, day) => {
    const time = new Date(Date.UTC(2001, 0, 1 + day)).toISOString();
    return `${time},${(9 + 4 * Math.sin(day * 0.7) + 3 * Math.sin(day * 0.013)).toFixed(3)},${(day * 17) % 360}`;
  });
  const bytes = bytesOf(['time,wind_speed_m_s,wind_direction_deg', ...rows].join('\n'));
  const summaryOf = (options: object) =>
    describeWindFile({ bytes, isDeflated: false, options: { heightM: 80, ...options } }).summary;
  const shapes = WEIBULL_FITS.map((weibullFit) => {
    const [north] = summaryOf({ weibullFit }).sectors as { shape: number }[];
    return north.shape;
  });
  expect(new Set(shapes).size).toBe(WEIBULL_FITS.length);
  const extremes = GUMBEL_FITS.map((extremeWindFit) => summaryOf({ extremeWindFit }).extreme_50_year_m_s as number);
  expect(new Set(extremes).size).toBe(GUMBEL_FITS.length);
  for (const extreme of extremes) expect(Math.abs(extreme / extremes[0] - 1)).toBeLessThan(0.05);
  expect(summaryOf({})).toEqual(summaryOf({ weibullFit: 'mle', extremeWindFit: 'pwm' }));
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

test('a file of equal speeds is described without a Weibull distribution', () => {
  const rows = Array.from({ length: 4 }, (_, hour) => `${new Date(Date.UTC(2025, 0, 1, hour)).toISOString()},8,270`);
  const { summary } = describe(['time,wind_speed_m_s,wind_direction_deg', ...rows].join('\n'), 80);
  expect(summary).toMatchObject({ wind_speed_mean_m_s: 8, weibull_mle: null, weibull_wasp: null });
  expect(windSummarySchema.safeParse(summary).error).toBeUndefined();
});

test('years with equal highest speeds have no extreme wind', () => {
  const rows = Array.from({ length: 3 * 365 }, (_, day) => {
    const time = new Date(Date.UTC(2001, 0, 1 + day));
    return `${time.toISOString()},${day % 365 === 7 ? 25 : (9 + 4 * Math.sin(day * 0.7)).toFixed(3)},${(day * 17) % 360}`;
  });
  const { summary } = describe(['time,wind_speed_m_s,wind_direction_deg', ...rows].join('\n'), 80);
  expect(summary.extreme_50_year_m_s).toBeNull();
});

test('what is wrong is named with its line', () => {
  expect(() => describe(csv())).toThrow('height_m is missing; a CSV needs it');
  expect(() => describe(csv().replace('wind_direction_deg', 'vane'), 80)).toThrow(
    'there is no column wind_direction_deg',
  );
  expect(() => describe(csv().replace(',7.', ',x7.'), 80)).toThrow(/line \d+: wind_speed_m_s is 'x7/);
  expect(() => describe('hello')).toThrow('the file is none of .tab, .wrg, .grd and a table of measurements');
});

test('columns by their names before 0.1.0 are read too', () => {
  const old = csv().replace(/^.*/, 'time,wind_speed_ms,wind_direction_deg,temperature_c');
  expect(describe(old, 80).summary).toEqual({
    ...describe(csv(), 80).summary,
    columns: { wind_speed_m_s: 'wind_speed_ms', wind_direction_deg: 'wind_direction_deg', temp_air_c: 'temperature_c' },
  });
});

test('a file packed by gzip is refused as such', () => {
  const bytes = gzipSync(csv());
  expect(() => describeWindFile({ bytes, isDeflated: false, options: { heightM: 80 } })).toThrow('packed by gzip');
});

test.each([
  ['PK\x03\x04\0', 'is a zip'],
  ['CDF\x01\0', 'is netCDF'],
  ['\x89HDF\r\n', 'is netCDF'],
  ['\xff\xfeM\0', 'is UTF-16'],
  [
    '<?xml version="1.0"?>\n<!-- WAsP -->\n<RveaGeneralisedMeanWindClimate FormatVersion="1.0"></RveaGeneralisedMeanWindClimate>',
    'a generalised one (.gwc) as .lib',
  ],
  [
    '\xef\xbb\xbf <WindTurbineGenerator FormatVersion="1.0"></WindTurbineGenerator>',
    '/v1/wind/turbines/files reads a .wtg',
  ],
])('%j is refused with what is expected in its place', (text, reason) => {
  const bytes = Buffer.from(text, 'latin1');
  for (const format of [undefined, 'tab', 'csv'] as const)
    expect(() => describeWindFile({ bytes, isDeflated: false, format, options: { heightM: 80 } })).toThrow(reason);
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
