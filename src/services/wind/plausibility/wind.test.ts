import { expect, test } from '@jest/globals';
import { WIND_WARNINGS } from '../../../contracts/wind/warnings.ts';
import { warningText } from '../../../contracts/common/warnings.ts';
import { windAnalyzeSchema } from '../../../contracts/wind/requests.schema.ts';
import { Random } from '../../../statistics/random.ts';
import type { FarmAnalysis } from '../../../wind/energy/analyze-farm.ts';
import { NO_CLIMATE, type WindClimate } from '../../../wind/resource/climate.ts';
import { windStrength } from '../../../wind/resource/wind-strength.ts';
import { withGeometry } from '../../../wind/turbine/turbine.ts';
import { publicTurbine } from '../../../wind/turbine/turbine-library.ts';
import { hubWindWarnings, windWarnings } from './wind.ts';

const HEIGHT_M = 60;
const HUB_M = 100;
const DAY_MS = 86_400_000;

/** Rayleigh wind with a mean of 10.6 m/s below a highest speed, on the first days of each year, of one turbulence intensity. */
function measured(highest: readonly number[], days: number, stepMinutes: number, intensity = 0.1): WindClimate {
  const random = Random.fromSeed(1);
  const stepMs = stepMinutes * 60_000;
  const years = highest.flatMap((peak, year) =>
    Array.from({ length: (days * DAY_MS) / stepMs }, (_, i) => ({
      ms: Date.UTC(2021 + year, 0, 1) + i * stepMs,
      ws: i === 1000 ? peak : Math.min(12 * Math.sqrt(-Math.log(1 - random.uniform())), peak),
    })),
  );
  const records = {
    wsMPerS: Float64Array.from(years, ({ ws }) => ws),
    timeMs: Float64Array.from(years, ({ ms }) => ms),
    stdMPerS: Float64Array.from(years, ({ ws }) => intensity * ws),
    stepMs,
  };
  return { ...NO_CLIMATE, heightM: HEIGHT_M, strength: windStrength(records) };
}

const request = (iec_class?: string) =>
  windAnalyzeSchema.parse({
    resource: { type: 'upload', resource_id: 'wrs_00000000000000000000000000' },
    turbines: [{ id: 'v80', iec_class }],
    layout: { x_m: [0], y_m: [0] },
  });
const doubtsOf = (climate: WindClimate, iec_class?: string) =>
  windWarnings(request(iec_class), [withGeometry(publicTurbine('v80'), { hubHeightM: HUB_M })], climate).filter(
    ({ code }) => code === 'wind.class_exceeded',
  );

test('the 50-year wind of a measurement is compared with the class, at the height of the measurement', () => {
  // Gumbel by probability-weighted moments: b0 = 40, b1 = (38 x 0 + 40 / 2 + 42) / 3, scale (2 b1 - b0) / ln 2.
  const climate = measured([38, 40, 42], 365, 60);
  const scale = ((2 * (20 + 42)) / 3 - 40) / Math.LN2;
  const v50 = 40 - 0.5772156649 * scale - scale * Math.log(-Math.log(1 - 1 / 50));
  expect(climate.strength!.extreme50MPerS).toBeCloseTo(v50, 6);
  const limit = 42.5 * (HEIGHT_M / HUB_M) ** 0.11;
  expect(v50).toBeGreaterThan(limit);
  expect(v50).toBeLessThan(50 * (HEIGHT_M / HUB_M) ** 0.11);
  const [doubt, ...others] = doubtsOf(climate, 'IIB');
  expect(others).toEqual([]);
  expect(doubt).toMatchObject({
    pointer: '/turbines/0',
    values: { quantity: 'extreme_50_year', value_m_s: climate.strength!.extreme50MPerS, iec_class: 'IIB' },
  });
  expect(doubt.values.limit_m_s).toBeCloseTo(limit, 9);
  expect(doubt.message).toBe(
    '50-year wind at the height of the measurement: 46.4 m/s. Class IIB of IEC 61400-1 covers 40.18.',
  );
  expect(warningText(WIND_WARNINGS['wind.class_exceeded'], doubt.values, 'de')).toBe(
    '50-Jahres-Wind in der Höhe der Messung: 46,4 m/s. Klasse IIB der IEC 61400-1 reicht bis 40,18.',
  );
  for (const fits of ['IB', undefined]) expect(doubtsOf(climate, fits)).toEqual([]);
});

test('turbulence at 15 m/s is compared with the category: nine of ten records stay below 1.123 times 15 I_ref', () => {
  const of = (intensity: number, iec_class?: string) =>
    doubtsOf(measured([30], 30, 10, intensity), iec_class).map(({ values }) => values);
  expect(of(0.15, 'IIIB')).toEqual([]);
  expect(of(0.17, 'IIIB')).toEqual([
    {
      quantity: 'std_at_15',
      value_m_s: expect.closeTo(0.17 * 15, 0),
      iec_class: 'IIIB',
      limit_m_s: expect.closeTo(0.14 * 16.85, 9),
    },
  ]);
  expect(of(0.17)).toEqual([]);
  expect(of(0.22)).toMatchObject([{ quantity: 'std_at_15', iec_class: 'A+' }]);
});

test('records shorter than 10 minutes have other extremes: they are not compared', () => {
  const { strength } = measured([60, 61, 62], 365, 5, 0.3);
  expect(strength).toMatchObject({ extreme50MPerS: null, std15MPerS: null });
});

test('the mean wind is compared with the weakest stated class, otherwise with class I', () => {
  const analysis = (meanSpeedMPerS: number) =>
    ({ turbines: [{ meanSpeedMPerS }], sectors: [{ frequency: 1, directionDeg: 0 }] }) as unknown as FarmAnalysis;
  const codes = (mean: number, iec_class?: string) =>
    hubWindWarnings(request(iec_class), analysis(mean)).map(({ code, values }) => [code, values.limit_m_s]);
  expect(codes(8)).toEqual([]);
  expect(codes(9)).toEqual([]);
  expect(codes(10.5)).toEqual([['wind.above_turbine_class', undefined]]);
  expect(codes(8.4, 'IIA')).toEqual([]);
  expect(codes(8.6, 'IIA')).toEqual([['wind.class_exceeded', 8.5]]);
  expect(codes(7.6, 'IIIC')).toEqual([['wind.class_exceeded', 7.5]]);
});
