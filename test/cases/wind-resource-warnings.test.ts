/** Each warning about wind resources is said of the file that has the fault, and not of a good one beside it. */
import { readFileSync } from 'node:fs';
import { RESOURCE_WARNINGS } from '../../src/contracts/wind/resource-warnings.ts';
import { resourceWarnings } from '../../src/services/wind/plausibility/wind.ts';
import { normalProbability } from '../../src/statistics/normal.ts';
import { Random } from '../../src/statistics/random.ts';
import { localProjection } from '../../src/geometry/projection.ts';
import { describeWindFile, type WindFileOptions } from '../../src/wind/library-tasks.ts';
import { windClimate } from '../../src/wind/resource/climate.ts';
import type { Farm } from '../../src/wind/turbine/farm.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { testWarningPairs, type WarningPair } from '../support/warning-pairs.ts';

interface Row {
  readonly ws: number;
  readonly lower: number;
  readonly wd: number;
  readonly std: number;
  readonly temp: number;
}
type Change = (row: Row, i: number) => Row | null;
const HEIGHTS = { heightM: 70, lowerHeightM: 40 };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const codesOf = (bytes: Uint8Array, options: WindFileOptions = HEIGHTS): readonly string[] =>
  describeWindFile({ bytes, isDeflated: false, options }).warnings.map(({ code }) => code);

/** Hours whose wind has a Weibull distribution (A 8, k 2) and seasons, as a good mast measures it; null leaves a record out */
function mast(change: Change, hours: number): Uint8Array {
  const random = Random.fromSeed(11);
  let state = 0;
  const rows = Array.from({ length: hours }, (_, i) => {
    state = 0.93 * state + Math.sqrt(1 - 0.93 ** 2) * random.normal();
    const quantile = Math.min(Math.max(normalProbability(state), 1e-6), 1 - 1e-6);
    const season = Math.cos((2 * Math.PI * i) / 8760);
    const ws = 8 * (-Math.log(1 - quantile)) ** 0.5 * (1 + 0.1 * season);
    const row = change(
      {
        ws,
        lower: ws * (40 / 70) ** (0.2 + 0.02 * random.normal()),
        wd: (((240 + 70 * random.normal()) % 360) + 360) % 360,
        std: 0.11 * ws * (1 + 0.2 * Math.abs(random.normal())),
        temp: 8 - 9 * season + random.normal(),
      },
      i,
    );
    if (!row) return [];
    const cells = [row.ws.toFixed(2), row.wd.toFixed(0), row.lower.toFixed(2), row.std.toFixed(3), row.temp.toFixed(1)];
    return [`${new Date(Date.UTC(2023, 0, 1, i)).toISOString()},${cells.join(',')}`];
  });
  const names = 'time,wind_speed_m_s,wind_direction_deg,wind_speed_lower_m_s,wind_speed_std_m_s,temp_air_c';
  return bytesOf([names, ...rows.flat()].join('\n'));
}
const same: Change = (row) => row;
/** A year with a fault; good: the year as it was, or with a smaller one */
const series = (fault: Change, good: Change = same): WarningPair => [
  () => codesOf(mast(fault, 8760)),
  () => codesOf(mast(good, 8760)),
];
const lasting = (days: number, goodDays: number, change: Change = same): WarningPair => [
  () => codesOf(mast(change, 24 * days)),
  () => codesOf(mast(change, 24 * goodDays)),
];
/** A change of some hours */
const from =
  (first: number, hours: number, change: Change): Change =>
  (row, i) =>
    i >= first && i < first + hours ? change(row, i) : row;
const scaled =
  (factor: number): Change =>
  (row) => ({
    ...row,
    ws: row.ws * factor,
    lower: row.lower * factor,
    std: row.std * factor,
  });
const files = (fault: string, good: string): WarningPair => [
  () => codesOf(bytesOf(fault)),
  () => codesOf(bytesOf(good)),
];

const TAB_ROWS = ['5 400 300 400 400', '10 500 600 500 500', '15 100 100 100 100'];
const tab = (frequencies: string, rows: readonly string[] = TAB_ROWS) =>
  `x\n50 8 60\n4 1 0\n${frequencies}\n${rows.join('\n')}\n`;
/** By 0.5 1.225 8^3 Gamma(1 + 3/2), A of 8 and k of 2 have 417 W/m2 */
const wrg = (head: string, points: readonly string[], power = 417) =>
  [head, ...points.map((place) => `P ${place} 0 70 8.0 2.00 ${power} 2 600 80 200 400 85 210`)].join('\n');
const TWO = ['0 0', '100 0'];

const windFile = (name: string) => readFileSync(`test/fixtures/cases/wind/files/${name}`);
/** Codes of a file with one turbine, at a place in degrees or in the coordinates of the file */
function placed(
  name: string,
  place: { readonly degrees: readonly [number, number] } | { readonly metres: readonly [number, number] },
) {
  const file = { bytes: windFile(name), isDeflated: false, options: {} };
  const climate = windClimate({ source: { kind: 'file', file, minMonths: 10, roughnessM: 0.1 } });
  const [x, y] = 'metres' in place ? place.metres : [0, 0];
  const farm: Farm = { turbines: [publicTurbine('v80')], xM: Float64Array.of(x), yM: Float64Array.of(y) };
  const projection = 'degrees' in place ? localProjection(...place.degrees) : null;
  return resourceWarnings(farm, projection, climate).map(({ code }) => code);
}

const withLine = (name: string, line: number, factor: number): Uint8Array =>
  bytesOf(
    windFile(name)
      .toString()
      .split('\n')
      .map((text, k) => (k === line ? text.replace(/[\d.]+/g, (value) => String(Number(value) * factor)) : text))
      .join('\n'),
  );

testWarningPairs(RESOURCE_WARNINGS, {
  'wind.records_left_out': series(from(4000, 100, (row) => ({ ...row, ws: 6.3, temp: 15 }))),
  'wind.values_excluded': series((row, i) => (i % 100 === 0 ? { ...row, temp: 999 } : row)),
  'wind.sensor_stuck': series(
    from(4000, 100, (row) => ({ ...row, ws: 6.3, temp: 15 })),
    from(4000, 3, (row) => ({ ...row, ws: 6.3, temp: 15 })),
  ),
  'wind.sensor_iced': series(
    from(100, 80, (row) => ({ ...row, ws: 4.2, temp: -3 })),
    from(100, 80, (row) => ({ ...row, temp: -3 })),
  ),
  'wind.calm_long': series(
    from(100, 72, (row) => ({ ...row, ws: 0 })),
    from(100, 20, (row) => ({ ...row, ws: 0 })),
  ),
  'wind.coverage_low': series(
    (row, i) => (i % 24 < 4 ? null : row),
    (row, i) => (i % 24 < 2 ? null : row),
  ),
  'wind.measurement_short': lasting(100, 330),
  'wind.months_missing': lasting(330, 365),
  'wind.seasons_uneven': lasting(365 + 110, 730, (row, i) =>
    scaled(1 + 0.2 * Math.cos((2 * Math.PI * i) / 8760))(row, i),
  ),
  'wind.years_not_whole': lasting(365 + 110, 368),
  'wind.gap_long': [
    () =>
      codesOf(
        mast(
          from(24 * 40, 24 * 30, () => null),
          24 * 730,
        ),
      ),
    () =>
      codesOf(
        mast(
          from(24 * 40, 24 * 14, () => null),
          24 * 730,
        ),
      ),
  ],
  'wind.file_histogram_incomplete': files(tab('25 25 25 25', TAB_ROWS.slice(0, 2)), tab('25 25 25 25')),
  'wind.file_bins_uneven': files(
    tab('25 25 25 25', ['2 100 100 100 100', '4 200 200 200 200', '8 300 300 300 300', '10 400 400 400 400']),
    tab('25 25 25 25', ['2 100 100 100 100', '4 200 200 200 200', '6 300 300 300 300', '8 400 400 400 400']),
  ),
  'wind.speed_unit_doubtful': series(scaled(2.5), scaled(1.4)),
  'wind.direction_unit_doubtful': series((row) => ({ ...row, wd: (row.wd * Math.PI) / 180 })),
  'wind.measured_shear_unusual': series(
    (row) => ({ ...row, ws: row.lower, lower: row.ws }),
    (row) => ({ ...row, lower: row.ws * 0.8 }),
  ),
  'wind.measured_turbulence_unusual': series(
    (row) => ({ ...row, std: 1.4 * row.ws }),
    (row) => ({ ...row, std: 0.2 * row.ws }),
  ),
  'wind.weibull_fit_poor': series((row, i) => ({
    ...row,
    ws: i % 2 === 0 ? 0.4 + 0.02 * row.ws : 1.6 * row.ws,
    lower: row.lower,
  })),
  'wind.file_frequencies_scaled': files(tab('25 0 0 25'), tab('25 25 24.9 25')),
  'wind.grid_one_point': files(wrg('1 1 0 0 100', ['0 0']), wrg('2 1 0 0 100', TWO)),
  'wind.grid_incomplete': files(wrg('2 1 0 0 100', ['0 0']), wrg('2 1 0 0 100', TWO)),
  'wind.land_flat': [
    () => placed('gwa3.lib', { degrees: [5.58, 48.44] }),
    () => placed('places.rsf', { metres: [0, 0] }),
  ],
  'wind.resource_far': [
    () => placed('gwa3.lib', { degrees: [6.6, 48.44] }),
    () => placed('gwa3.lib', { degrees: [5.6, 48.5] }),
  ],
  'wind.point_far': [
    () => placed('places.rsf', { metres: pointOf(300) }),
    () => placed('places.rsf', { metres: pointOf(40) }),
  ],
  'wind.grid_power_mismatch': files(wrg('2 1 0 0 100', TWO, 900), wrg('2 1 0 0 100', TWO, 430)),
  // A of the sectors in m/s in place of tenths, and as it is
  'wind.grid_sectors_mismatch': [
    () => codesOf(bytesOf(wrg('2 1 0 0 100', TWO).replaceAll(' 80 200 400 85 ', ' 8 200 400 8.5 '))),
    () => [...codesOf(bytesOf(wrg('2 1 0 0 100', TWO))), ...codesOf(windFile('places.rsf'), {})],
  ],
  // Heights in feet, and as the file has them
  'wind.file_lengths_doubtful': [() => codesOf(withLine('gwa3.lib', 3, 3.281)), () => codesOf(windFile('gwa3.lib'))],
});

/** A place west of the first point of places.rsf */
function pointOf(west: number): readonly [number, number] {
  const file = { bytes: windFile('places.rsf'), isDeflated: false, options: {} };
  const [{ xM, yM }] = windClimate({ source: { kind: 'file', file, minMonths: 10 } }).points!;
  return [xM - west, yM];
}
