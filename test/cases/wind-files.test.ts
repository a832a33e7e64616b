/**
 * Files of WAsP and of the Global Wind Atlas give the numbers that windkit and wind-stats read from them.
 * test/fixtures/cases/wind/files/make-files.py writes the values; test/fixtures/cases/wind-sources.md names the sources.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { analyzeFarm } from '../support/wind-runs.ts';
import { windSummarySchema } from '../../src/contracts/wind/library.schema.ts';
import { windAnalyzeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { analysisPlan } from '../../src/services/wind/analysis.ts';
import { layoutPlan } from '../../src/services/wind/layout.ts';
import { resourceWarnings, windWarnings } from '../../src/services/wind/plausibility/wind.ts';
import { inlineClimate, withAreas } from '../../src/services/wind/setup.ts';
import { windOptimizeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { describeWindFile, readWindFile } from '../../src/wind/library-tasks.ts';
import type { WindFileOptions } from '../../src/wind/library-tasks.ts';
import { windClimate } from '../../src/wind/resource/climate.ts';
import { climateAt, parseLib } from '../../src/wind/resource/generalised-climate.ts';
import { parseRsf } from '../../src/wind/resource/wasp.ts';
import { weibullMean } from '../../src/wind/resource/weibull.ts';
import { turbineOfCurve } from '../../src/services/wind/turbine-choice.ts';
import { densityWarnings } from '../../src/services/wind/plausibility/curves.ts';
import { readWtg } from '../../src/services/wind/thread-tasks.ts';
import { curveAtDensity } from '../../src/wind/resource/air-density.ts';
import { powerKw, thrustCoefficient, type TurbineSpec } from '../../src/wind/turbine/turbine.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { withGeometry } from '../../src/wind/turbine/turbine.ts';

const folder = 'test/fixtures/cases/wind/files';
const text = (name: string) => readFileSync(`${folder}/${name}`, 'utf8');
const values = JSON.parse(text('values.json'));
const inputOf = (content: string, options: WindFileOptions = {}) => ({
  bytes: new TextEncoder().encode(content),
  isDeflated: false,
  options,
});
const describeFile = (content: string, options?: WindFileOptions) => describeWindFile(inputOf(content, options));

const closeTo = (actual: readonly number[], expected: readonly number[], digits = 7) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], digits);
  });
};

/** Returns the plan of an analysis in the wind of a file. */
function planOf(content: string, resource: object, change: object, hubHeightM = 100) {
  const { reference, roughness_m: roughnessM } = resource as {
    reference?: { x_m: number; y_m: number };
    roughness_m?: number;
  };
  const climate = windClimate({
    source: {
      kind: 'file',
      file: inputOf(content),
      reference: reference && { xM: reference.x_m, yM: reference.y_m },
      roughnessM,
      hubHeightM,
    },
  });
  const body = windAnalyzeSchema.parse({
    resource: { type: 'upload', resource_id: 'wrs_00000000000000000000000000', ...resource },
    turbines: [{ id: 'v80' }],
    ...change,
  });
  const specs = body.turbines.map(({ hub_height_m: hub = hubHeightM }) =>
    withGeometry(publicTurbine('v80'), { hubHeightM: hub }),
  );
  return { plan: analysisPlan(body, specs, climate), climate };
}

describe('gwa3.lib, a wind climate of the Global Wind Atlas', () => {
  const lib = parseLib(text('gwa3.lib'));

  test('is read as windkit reads it', () => {
    expect(lib.place).toEqual({
      longitudeDeg: values.lib.coordinates.west_east,
      latitudeDeg: values.lib.coordinates.south_north,
    });
    expect([lib.roughnessM, lib.heightsM]).toEqual([values.lib.roughness_m, values.lib.height_m]);
    lib.frequency.forEach((row, r) => {
      closeTo(row, values.lib.frequency[r]);
    });
    expect(lib.weibull.map((heights) => heights.map((row) => row.map(({ scaleMPerS }) => scaleMPerS)))).toEqual(
      values.lib.scale_m_s,
    );
    expect(lib.weibull.map((heights) => heights.map((row) => row.map(({ shape }) => shape)))).toEqual(values.lib.shape);
  });

  test('is interpolated to height and roughness as wind-stats does', () => {
    for (const expected of values.lib.at) {
      const { frequency, weibull } = climateAt(lib, expected.roughness_m, expected.height_m);
      // The file's percentages are rounded; here each roughness sums to 1 before they are mixed.
      closeTo(frequency, expected.frequency, 6);
      closeTo(
        weibull.map(({ scaleMPerS }) => scaleMPerS),
        expected.scale_m_s,
      );
      closeTo(
        weibull.map(({ shape }) => shape),
        expected.shape,
      );
    }
  });

  test('water is the first roughness, and each sector may have a roughness of its own', () => {
    const water = climateAt(lib, 0, 100);
    expect(water.weibull[0].scaleMPerS).toBe(7.44);
    const rough = climateAt(lib, 1.5, 100);
    const mixed = climateAt(lib, [0, ...Array<number>(11).fill(1.5)], 100);
    expect(mixed.weibull[0]).toEqual(water.weibull[0]);
    expect(mixed.weibull[1]).toEqual(rough.weibull[1]);
    // Between water, 0.0002 m, and 0.03 m by the logarithm
    const [half] = climateAt(lib, Math.sqrt(0.0002 * 0.03), 100).weibull;
    expect(half.scaleMPerS).toBeCloseTo((7.44 + 6.8) / 2, 9);
  });

  test('is recognised and summarised without a doubt', () => {
    const { format, summary, warnings } = describeFile(text('gwa3.lib'));
    expect(format).toBe('lib');
    expect(() => windSummarySchema.parse(summary)).not.toThrow();
    expect(summary).toMatchObject({ longitude_deg: 5.583, latitude_deg: 48.444, n_sectors: 12 });
    expect(warnings).toEqual([]);
  });

  test('serves an analysis at each hub height with the speeds of the file', () => {
    const { plan, climate } = planOf(
      text('gwa3.lib'),
      { roughness_m: 0.1 },
      {
        turbines: [{ id: 'v80' }, { id: 'v80', hub_height_m: 150 }],
        layout: { longitude_deg: [5.58, 5.6], latitude_deg: [48.44, 48.44], turbine_index: [0, 1] },
        bins: { max_speed_m_s: 45, min_speed_m_s: 0, speed_step_m_s: 0.25 },
      },
    );
    const analysis = analyzeFarm({ ...plan.spec.farm, losses: {} })!;
    const meanAt = (heightM: number) => {
      const { frequency, weibull } = climateAt(lib, 0.1, heightM);
      return frequency.reduce((sum, share, s) => sum + share * weibullMean(weibull[s]), 0);
    };
    expect(analysis.turbines[0].meanSpeedMPerS / meanAt(100)).toBeCloseTo(1, 2);
    expect(analysis.turbines[1].meanSpeedMPerS / meanAt(150)).toBeCloseTo(1, 2);
    const doubts = resourceWarnings(plan.farm, plan.projection, climate);
    expect(doubts.map(({ code }) => code)).toEqual(['wind.land_flat']);
    const elsewhere = planOf(
      text('gwa3.lib'),
      { roughness_m: 0.1 },
      { layout: { longitude_deg: [6.5], latitude_deg: [48.44] } },
    );
    const far = resourceWarnings(elsewhere.plan.farm, elsewhere.plan.projection, elsewhere.climate);
    expect(far).toContainEqual(expect.objectContaining({ code: 'wind.resource_far', severity: 'severe' }));
  });

  test('damaged files and roughness lengths that cannot be are refused', () => {
    const lines = text('gwa3.lib').split('\n');
    const refused = (change: (copy: string[]) => void) => {
      const copy = [...lines];
      change(copy);
      return () => parseLib(copy.join('\n'));
    };
    expect(refused((copy) => copy.splice(50))).toThrow('the file ends before line 51');
    expect(refused((copy) => (copy[5] = copy[5].replace('5.75', '5,7x')))).toThrow("line 6: '7x' is not a number");
    expect(refused((copy) => (copy[5] = copy[5].replace('5.75', '0')))).toThrow(
      'line 6: A is 0 and k 2.025 in sector 0',
    );
    expect(refused((copy) => (copy[3] = ' 50 10 100 150 200'))).toThrow('line 4: the height 10 is not in rising order');
    expect(refused((copy) => copy.push('1 2 3'))).toThrow('the file has more lines than line 2 says');
    expect(refused((copy) => (copy[4] = copy[4].replaceAll(/\d\.\d\d/g, '0.00').replaceAll(/\d(?=0\.)/g, '')))).toThrow(
      'line 5: a frequency is below 0, or all of them are 0',
    );
    for (const [roughness, reason] of [
      [undefined, 'expected roughness_m'],
      [2, 'roughness lengths up to 1.5 m'],
      [[0.1, 0.2], 'has 2 values; expected 1 or 12'],
    ] as const)
      expect(() => planOf(text('gwa3.lib'), { roughness_m: roughness }, { layout: { x_m: [0], y_m: [0] } })).toThrow(
        expect.objectContaining({ pointer: '/resource/roughness_m', message: expect.stringContaining(reason) }),
      );
  });
});

describe('places.rsf, a resource of single places', () => {
  const { points, grid } = parseRsf(text('places.rsf'));

  test('is read as windkit reads it', () => {
    expect(grid).toBeNull();
    points.forEach((point, i) => {
      expect([point.xM, point.yM, point.heightM]).toEqual([
        values.rsf.coordinates.west_east[i],
        values.rsf.coordinates.south_north[i],
        values.rsf.coordinates.height[i],
      ]);
      expect([point.all.scaleMPerS, point.all.shape, point.elevationM]).toEqual([
        values.rsf.A_combined[i],
        values.rsf.k_combined[i],
        values.rsf.site_elev[i],
      ]);
      closeTo(
        point.weibull.map(({ scaleMPerS }) => scaleMPerS),
        values.rsf.A[i],
      );
      closeTo(
        point.weibull.map(({ shape }) => shape),
        values.rsf.k[i],
      );
      const total = values.rsf.wdfreq[i].reduce((sum: number, share: number) => sum + share, 0);
      closeTo(
        point.frequency,
        values.rsf.wdfreq[i].map((share: number) => share / total),
      );
    });
  });

  test('gives each turbine the wind of its own place', () => {
    const { xM, yM } = { xM: points.map(({ xM }) => xM), yM: points.map(({ yM }) => yM) };
    const apart = {
      wake: { superposition: 'linear' },
      bins: { min_speed_m_s: 0, max_speed_m_s: 40, speed_step_m_s: 0.1 },
    };
    const { plan, climate } = planOf(text('places.rsf'), {}, { layout: { x_m: xM, y_m: yM }, ...apart }, 94);
    const { turbines } = analyzeFarm(plan.spec.farm)!;
    turbines.forEach(({ meanSpeedMPerS, grossKwh }, i) => {
      const { frequency, weibull } = points[i];
      const mean = frequency.reduce((sum, share, s) => sum + share * weibullMean(weibull[s]), 0);
      expect(meanSpeedMPerS / mean).toBeCloseTo(1, 2);
      const single = planOf(
        text('places.rsf'),
        { reference: { x_m: xM[i], y_m: yM[i] } },
        { layout: { x_m: [xM[i]], y_m: [yM[i]] }, ...apart },
        94,
      );
      expect(analyzeFarm(single.plan.spec.farm)!.grossKwh / grossKwh).toBeCloseTo(1, 3);
    });
    expect(resourceWarnings(plan.farm, null, climate)).toEqual([]);
    const beside = planOf(text('places.rsf'), {}, { layout: { x_m: [xM[0] - 300], y_m: [yM[0]] } }, 94);
    expect(resourceWarnings(beside.plan.farm, null, beside.climate)).toMatchObject([
      { code: 'wind.point_far', values: { turbine: 0, distance_m: 300 } },
    ]);
  });

  test('is refused for turbines of another UTM zone, and for a search', () => {
    expect(() => planOf(text('places.rsf'), {}, { layout: { x_m: [500_000], y_m: [6_504_714] } })).toThrow(
      expect.objectContaining({ pointer: '/layout', message: expect.stringContaining('km from the nearest point') }),
    );
    const search = windOptimizeSchema.parse({
      resource: { type: 'upload', resource_id: 'wrs_00000000000000000000000000' },
      turbines: [{ id: 'v80' }],
      n_turbines: 2,
      boundary: {
        type: 'Polygon',
        unit: 'm',
        coordinates: [
          [
            [262_800, 6_504_600],
            [265_200, 6_504_600],
            [265_200, 6_505_500],
          ],
        ],
      },
    });
    const climate = windClimate({ source: { kind: 'file', file: inputOf(text('places.rsf')) } });
    expect(() => layoutPlan(withAreas(search, null), [publicTurbine('v80')], climate, 1)).toThrow('expected a grid');
  });

  test('is recognised; points that fill a grid are one', () => {
    const { format, summary, warnings } = describeFile(text('places.rsf'));
    expect(format).toBe('rsf');
    expect(() => windSummarySchema.parse(summary)).not.toThrow();
    expect(summary).toMatchObject({ height_m: 94, n_points: 6, n_sectors: 12 });
    expect(warnings).toEqual([]);
    const [row] = text('places.rsf').split('\n');
    const at = (x: number, y: number, height = '94.0') =>
      row.replace('262878.0', `${x}.0`).replace('6504714.0', `${y}.0`).replace('94.0', height);
    const rows = [200_000, 200_100, 200_200].flatMap((x) => [6_500_000, 6_500_100].map((y) => at(x, y)));
    const file = readWindFile(inputOf(rows.join('\n')));
    expect(file).toMatchObject({ format: 'rsf', grid: { columns: 3, rows: 2, minX: 200_000, cellM: 100 } });
    const heights = [...rows, at(200_000, 6_500_000, '80.0')].join('\n');
    expect(() => describeFile(heights)).toThrow('the points are at 80, 94 m; expected height_m');
    expect(describeFile(heights, { heightM: 94 }).summary).toMatchObject({ height_m: 94, n_points: 6 });
    expect(() => describeFile([...rows, rows[2]].join('\n'))).toThrow(
      'line 7: the point at 200100, 6500000 m is in line 3',
    );
  });
});

describe('.wtg, turbines of WAsP', () => {
  const bytesOf = (content: string) => new TextEncoder().encode(content);
  const specOf = (content: string, options: object = {}) =>
    turbineOfCurve(readWtg({ bytes: bytesOf(content), ...options }).curve);

  test('curves are those that windkit reads', () => {
    for (const [file, expected] of Object.entries<WtgValues>(values.wtg)) {
      const { curve, notUsed } = readWtg({ bytes: bytesOf(text(file)) });
      expect(curve).toMatchObject({
        name: expected.name,
        rotor_diameter_m: expected.rotor_diameter_m,
        hub_height_m: expected.heights_m[0],
      });
      const tables = [curve, ...(curve.density_curves ?? [])];
      expect(tables).toHaveLength(expected.tables.length);
      tables.forEach((table, i) => {
        const { air_density_kg_m3, wind_speed_m_s, power_w, thrust_coefficient } = expected.tables[i];
        expect(table.air_density_kg_m3).toBe(air_density_kg_m3);
        expect(curve.wind_speed_m_s).toEqual(wind_speed_m_s);
        expect(table.power_kw.map((kw) => 1000 * kw)).toEqual(power_w);
        expect(table.thrust_coefficient).toEqual(thrust_coefficient);
      });
      expect(notUsed).toEqual([]);
    }
  });

  test('v112.wtg: the curve of a site lies between those of its file', () => {
    const spec = specOf(text('v112.wtg'));
    expect(powerKw(curveAtDensity(spec, 0.95), 8)).toBe(1053);
    // The whole file publishes 1,110 kW at 8 m/s and 2,987 kW at 12 m/s for 1 kg/m3, with Ct 0.513.
    const { densityCurves: _, ...single } = spec;
    const offBy = (at: number, published: number, turbine: TurbineSpec) =>
      Math.abs(powerKw(curveAtDensity(turbine, 1), at) / published - 1);
    expect(offBy(8, 1110, spec)).toBeLessThan(0.002);
    expect(offBy(12, 2987, spec)).toBeLessThan(0.004);
    expect(offBy(12, 2987, single)).toBeGreaterThan(0.02);
    expect(thrustCoefficient(curveAtDensity(spec, 1), 12)).toBeCloseTo(0.513, 2);
    // Beyond its tables the nearest one is corrected.
    const thin = curveAtDensity(spec, 0.9);
    expect(powerKw(thin, 8) / powerKw(curveAtDensity(spec, 0.95), 8)).toBeCloseTo(0.9 / 0.95, 2);
    expect(densityWarnings(spec, thin, '')).toEqual([]);
    expect(densityWarnings(single, curveAtDensity(single, 0.9), '')).toMatchObject([
      { code: 'wind.density_correction_large' },
    ]);
  });

  test('what the turbine does not have is listed: another mode, a table that ends before cut-out', () => {
    const content = text('v112.wtg');
    const quiet = content.replace(
      'AirDensity="0.95" MaximumNoiseLevel="106.5"',
      'AirDensity="0.95" MaximumNoiseLevel="104"',
    );
    const { curve, notUsed } = readWtg({ bytes: bytesOf(quiet) });
    expect(curve.density_curves).toHaveLength(2);
    expect(notUsed).toEqual([
      { path: 'PerformanceTable[1]', reason: expect.stringContaining('another mode (noise 104, pitch 999.0)') },
    ]);
    const own = readWtg({ bytes: bytesOf(quiet), table: 1, hubHeightM: 119, name: 'Quiet' });
    expect(own.curve).toMatchObject({ name: 'Quiet', air_density_kg_m3: 0.95, hub_height_m: 119 });
    expect(own.curve.density_curves).toBeUndefined();
    const late = readWtg({ bytes: bytesOf(content.replace('HighSpeedCutOut="25.0"', 'HighSpeedCutOut="28.0"')) });
    expect(late.notUsed[0].reason).toContain('the table ends at 25 m/s');
    const early = readWtg({ bytes: bytesOf(content.replaceAll('HighSpeedCutOut="25.0"', 'HighSpeedCutOut="22"')) });
    expect(early.curve.wind_speed_m_s.at(-1)).toBe(22);
    expect(powerKw(turbineOfCurve(early.curve), 24)).toBe(0);
  });

  test('damaged files are refused with their line', () => {
    const content = text('v112.wtg');
    for (const [changed, reason] of [
      [content.replace('PowerOutput="133000.0"', 'PowerOutput="x"'), "line 6: DataPoint PowerOutput is 'x'"],
      [content.replace('WindSpeed="4.0"', 'WindSpeed="3.2"'), 'line 6: WindSpeed is 3.2 after 3.5'],
      [content.replace('WindSpeed="4.0" ', ''), "line 6: DataPoint WindSpeed is ''"],
      [content.slice(0, 9000), 'not well-formed XML'],
      [content.replace('<Wind', '<!DOCTYPE x [<!ENTITY a "b">]><Wind'), 'DOCTYPE'],
      ['<kml/>', 'begins with kml; expected WindTurbineGenerator'],
      ['<WindTurbineGenerator/>', '0 PerformanceTables'],
      ['no XML', 'not well-formed XML'],
      [`<a>${'<b>'.repeat(100)}`, '64 levels'],
    ])
      expect(() => readWtg({ bytes: bytesOf(changed) })).toThrow(
        expect.objectContaining({ code: 'wind.invalid_input', message: expect.stringContaining(reason) }),
      );
    expect(() => readWtg({ bytes: bytesOf(content), table: 9 })).toThrow('the file has 4 tables');
  });
});

interface WtgValues {
  readonly name: string;
  readonly rotor_diameter_m: number;
  readonly heights_m: readonly number[];
  readonly tables: readonly {
    readonly air_density_kg_m3: number;
    readonly wind_speed_m_s: readonly number[];
    readonly power_w: readonly number[];
    readonly thrust_coefficient: readonly number[];
  }[];
}

test('an inline rose: bins of an analysis and of a search that a table does not use are named', () => {
  const resource = {
    type: 'rose',
    wind_direction_deg: [10, 200],
    wind_speed_m_s: [6, 12],
    frequency: [
      [0.3, 0.2],
      [0.4, 0.1],
    ],
  };
  const boundary = {
    type: 'Polygon',
    unit: 'm',
    coordinates: [
      [
        [0, 0],
        [3000, 0],
        [3000, 3000],
        [0, 3000],
      ],
    ],
  };
  const body = windOptimizeSchema.parse({
    ...{ resource, boundary, n_turbines: 2, turbines: [{ id: 'v80' }] },
    bins: { speed_step_m_s: 0.5 },
    search_bins: { direction_step_deg: 10, min_speed_m_s: 5 },
  });
  const input = withAreas(body, null);
  const options = (changed: typeof input) =>
    windWarnings(changed, [publicTurbine('v80')], inlineClimate(changed.resource)!)
      .filter(({ code }) => code === 'wind.option_without_effect')
      .map(({ values: { option } }) => option);
  expect(options(input)).toEqual([
    'bins.speed_step_m_s',
    'search_bins.min_speed_m_s',
    'search_bins.direction_step_deg',
  ]);
  const { bins, search_bins } = windOptimizeSchema.parse({ ...body, bins: {}, search_bins: undefined });
  expect(options({ ...input, bins, search_bins })).toEqual([]);
});
