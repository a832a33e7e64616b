import { describe, expect, test } from '@jest/globals';
import { analyzeFarm } from '../../../test/support/wind-runs.ts';
import { encodeWeather } from '../../weather/weather-bytes.ts';
import { windClimate } from '../../wind/resource/climate.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../contracts/wind/requests.schema.ts';
import { withGeometry } from '../../wind/turbine/turbine.ts';
import { publicTurbine } from '../../wind/turbine/turbine-library.ts';
import { analysisPlan, requireFeasibleAnalysis } from './analysis.ts';
import { feasibleIterations, layoutPlan } from './layout.ts';
import { inDirections } from '../../wind/resource/wind-rose.ts';
import { inlineClimate, wakeModelOf, withAreas } from './setup.ts';

const V80 = publicTurbine('v80');
const WIND = { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] };
const analyze = (body: object): WindAnalyzeInput =>
  windAnalyzeSchema.parse({
    resource: WIND,
    turbines: [{ id: 'v80' }],
    layout: { x_m: [0, 500], y_m: [0, 0] },
    ...body,
  });
const circle = (radius_m: number) => ({
  type: 'Feature',
  unit: 'm',
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties: { radius_m },
});
const optimize = (body: object): WindOptimizeInput =>
  withAreas(
    windOptimizeSchema.parse({
      resource: WIND,
      turbines: [{ id: 'v80' }],
      boundary: circle(1000),
      n_turbines: 4,
      ...body,
    }),
    null,
  );
const yieldOf = (body: object, specs = [V80], climate = inlineClimate(analyze(body).resource)!) =>
  analyzeFarm(analysisPlan(analyze(body), specs, climate).spec.farm)!;
const fileOf = (text: string, options = {}) => ({ bytes: new TextEncoder().encode(text), isDeflated: false, options });

describe('wind at the hubs', () => {
  test('speeds from another height come up by the power law, and by the log law where asked', () => {
    const at = (body: object) => yieldOf({ resource: { ...WIND, height_m: 10 }, ...body }).turbines[0].meanSpeedMPerS;
    // Bins of the hub's wind are the same in both, so means of what lies in them compare as the distributions do.
    const power = yieldOf({ resource: { ...WIND, sectors: [{ ...WIND.sectors[0], scale_m_s: 9 * 7 ** (1 / 7) }] } });
    expect(at({})).toBeCloseTo(power.turbines[0].meanSpeedMPerS, 9);
    const factor = Math.log(70 / 0.1) / Math.log(10 / 0.1);
    const log = yieldOf({ resource: { ...WIND, sectors: [{ ...WIND.sectors[0], scale_m_s: 9 * factor }] } });
    expect(at({ shear: { model: 'log', roughness_m: 0.1 } })).toBeCloseTo(log.turbines[0].meanSpeedMPerS, 9);
    expect(() => yieldOf({ shear: { model: 'fitted' } })).toThrow('speeds at two heights');
  });

  test('two measured heights give each sector its own law; sectors that fit none take the mean', () => {
    const rows = ['time,wind_speed_m_s,wind_speed_lower_m_s,wind_direction_deg'];
    // North is smooth, east is rough, in the south the lower speed is the larger one.
    const lower = [Math.log(40 / 0.001) / Math.log(60 / 0.001), Math.log(40 / 0.1) / Math.log(60 / 0.1), 1.05];
    for (let hour = 0; hour < 90; hour++)
      rows.push(
        `${new Date(Date.UTC(2025, 0, 1, hour)).toISOString()},${8 + (hour % 4)},${(8 + (hour % 4)) * lower[hour % 3]},${90 * (hour % 3)}`,
      );
    const file = fileOf(rows.join('\n'), { heightM: 60, lowerHeightM: 40 });
    const climate = windClimate({ source: { kind: 'file', file } });
    const body = analyze({ resource: { type: 'series', wind_speed_m_s: [8], wind_direction_deg: [0] } });
    const speeds = (law: string) => {
      const { spec } = analysisPlan({ ...body, shear: { model: 'fitted', law } as never }, [V80], climate);
      return (spec.farm.resource as { wsMPerS: ArrayLike<number> }).wsMPerS;
    };
    const up = (z0: number) => Math.log(70 / z0) / Math.log(60 / z0);
    const log = speeds('log');
    expect(log[0] / 8).toBeCloseTo(up(0.001), 9);
    expect(log[1] / 9).toBeCloseTo(up(0.1), 9);
    expect(log[2] / 10).toBeCloseTo(up(0.01), 9);
    expect(speeds('power')[1] / 9).toBeCloseTo((70 / 60) ** (-Math.log(lower[1]) / Math.log(60 / 40)), 9);
  });

  test('a higher tower in the farm sees more wind', () => {
    const specs = [V80, withGeometry(V80, { hubHeightM: 140 })];
    const { turbines } = yieldOf({ layout: { x_m: [0, 0], y_m: [0, 9000], turbine_index: [0, 1] } }, specs);
    expect(turbines[1].meanSpeedMPerS / turbines[0].meanSpeedMPerS).toBeCloseTo(2 ** (1 / 7), 9);
    expect(turbines[1].grossKwh).toBeGreaterThan(1.05 * turbines[0].grossKwh);
  });

  test('curves are moved to the density of the air at the hub, by the standard or by windPRO', () => {
    const gross = (body: object) => yieldOf(body).grossKwh;
    // ISA at 1,570 m: 1.0507 kg/m3 (ISO 2533).
    const high = { air: { elevation_m: 1500 } };
    expect(gross(high) / gross({ air_density_kg_m3: 1.0507 })).toBeCloseTo(1, 3);
    expect(gross({ air: { elevation_m: 1500, temp_air_c: 30, relative_humidity_pct: 100 } })).toBeLessThan(gross(high));
    const iec = { density_correction: 'iec_61400_12_1' };
    // At the curve's own density both leave it, above it windPRO's speeds move further.
    expect(gross({ air_density_kg_m3: 1.225, ...iec })).toBeCloseTo(gross({}), 6);
    expect(gross({ air_density_kg_m3: 1, ...iec })).toBeGreaterThan(gross({ air_density_kg_m3: 1 }));
    const analytic = publicTurbine('iea37_335');
    expect(yieldOf({ air_density_kg_m3: 1, ...iec }, [analytic]).grossKwh).toBeLessThan(
      yieldOf({}, [analytic]).grossKwh,
    );
    expect(() => yieldOf({ air_density_kg_m3: 1 }, [analytic])).toThrow('has an analytic curve');
    expect(() => yieldOf({ ...high, air_density_kg_m3: 1.1 })).toThrow('expected air or air_density_kg_m3, got both');
    const [{ spec }] = layoutPlan(optimize(high), [V80], inlineClimate(optimize(high).resource)!, 1).runs;
    if (spec.kind !== 'search') throw new Error('expected a search');
    expect(spec.problem.energy.farm.turbines[0].refAirDensityKgM3).toBeCloseTo(1.0507, 3);
  });

  test('speed-ups by sector and turbine stand in the request', () => {
    const plain = yieldOf({});
    const varied = yieldOf({ speedups: { factors: [[1, 1.1]] } });
    expect(varied.turbines[0].meanSpeedMPerS).toBeCloseTo(plain.turbines[0].meanSpeedMPerS, 9);
    expect(varied.turbines[1].meanSpeedMPerS / plain.turbines[1].meanSpeedMPerS).toBeCloseTo(1.1, 9);
    expect(() => yieldOf({ speedups: { factors: [[1]] } })).toThrow('expected 2 values, one a turbine; got 1');
  });

  test('turbulence comes by sector from measured standard deviations', () => {
    const lines = Array.from({ length: 48 }, (_, i) => {
      const day = new Date(Date.UTC(2023, 0, 1, i)).toISOString();
      return `${day},${8 + (i % 5) / 10},${i % 2 ? 90 : 270},${i % 2 ? 0.8 : 1.6}`;
    });
    const csv = ['time,wind_speed_m_s,wind_direction_deg,wind_speed_std_m_s', ...lines].join('\n');
    const climate = windClimate({ source: { kind: 'file', file: fileOf(csv, { heightM: 70 }) } });
    const body = analyze({ turbulence_intensity: 'measured' });
    const ti = analysisPlan(body, [V80], climate).spec.farm.ti as readonly number[];
    expect(ti).toHaveLength(12);
    expect(ti[3]).toBeCloseTo(ti[9] / 2, 2);
    expect(ti[0]).toBeCloseTo((ti[3] + ti[9]) / 2, 12);
    expect(() => yieldOf({ turbulence_intensity: 'measured' })).toThrow(
      'needs an uploaded CSV with wind_speed_std_m_s',
    );
  });

  test('parts of a wake model are exchanged, those of FLORIS not', () => {
    const model = wakeModelOf(analyze({ wake: { model: 'noj_k004', superposition: 'linear', turbulence: 'stf2017' } }));
    expect(model).toMatchObject({ superposition: 'linear', turbulence: { kind: 'stf2017' } });
    const floris = analyze({ wake: { model: 'floris_gauss', superposition: 'max' } });
    expect(() => wakeModelOf(floris)).toThrow('defined with its own superposition');
    expect(wakeModelOf(analyze({ wake: { deflection: 'gauss' } }))).toMatchObject({
      kind: 'superposed',
      deflection: 'gauss',
    });
    const curled = analyze({ wake: { model: 'floris_gch', deflection: 'jimenez' } });
    expect(() => wakeModelOf(curled)).toThrow('expected gauss, or floris_gauss');
  });

  test('sectors of a .tab are spread over finer directions without gaining or losing wind', () => {
    const tab = 'Mast\n55 8 60\n4 1 0\n40 10 20 30\n5 400 300 500 100\n10 600 700 500 900\n';
    const climate = windClimate({ source: { kind: 'file', file: fileOf(tab) } });
    if (climate.resource?.kind !== 'rose') throw new Error('expected a rose');
    const fine = inDirections(climate.resource.rose, 10, 'nearest');
    expect(fine.directionsDeg).toHaveLength(36);
    const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
    expect(sum(fine.probability)).toBeCloseTo(1, 12);
    // North is the sector from 315 to 45 degrees: nine of 36 directions with 40 % together.
    const north = [...fine.directionsDeg.keys()].filter(
      (d) => fine.directionsDeg[d] >= 315 || fine.directionsDeg[d] < 45,
    );
    expect(north).toHaveLength(9);
    expect(sum(north.map((d) => fine.probability[2 * d] + fine.probability[2 * d + 1]))).toBeCloseTo(0.4, 12);
  });
});

test('a short measurement is carried to the year of its reference', () => {
  const hours = 8760;
  const start = Date.UTC(2024, 11, 31, 23);
  const reference = Float64Array.from({ length: hours }, (_, h) => 6 + 3 * Math.sin(h * 0.11) + (h > 4000 ? 1 : 0));
  const year = {
    latitudeDeg: 50,
    longitudeDeg: 8,
    elevationM: 0,
    utcOffsetH: 0,
    stepMinutes: 60,
    timeMs: Float64Array.from({ length: hours }, (_, h) => start + h * 3.6e6 + 1.8e6),
    windSpeedMPerS: reference,
    windDirectionDeg: Float64Array.from({ length: hours }, (_, h) => (h * 7) % 360),
    tempAirC: new Float64Array(hours),
  };
  const rows = ['time,wind_speed_m_s,wind_direction_deg'];
  for (let h = 100; h < 900; h++)
    for (const half of [0, 1])
      rows.push(
        `${new Date(start + h * 3.6e6 + half * 1.8e6).toISOString()},${1.2 * reference[h] + 0.5 + (half ? 0.1 : -0.1)},${(h + 180 * half) % 360}`,
      );
  const climate = windClimate({
    source: {
      kind: 'file',
      file: fileOf(rows.join('\n'), { heightM: 80 }),
      longTerm: { years: [encodeWeather(year as never)], method: 'linear' },
    },
  });
  expect(climate.longTerm).toMatchObject({
    n: 800,
    slope: expect.closeTo(1.2, 9),
    interceptMPerS: expect.closeTo(0.5, 9),
  });
  const mean = reference.reduce((sum, ws) => sum + ws, 0) / hours;
  expect(climate.longTerm!.longTermMPerS).toBeCloseTo(1.2 * mean + 0.5, 9);
  expect(climate.heightM).toBe(80);
  expect(climate.resource).toMatchObject({ kind: 'series', stepHours: 1 });
  const elsewhere = { ...year, timeMs: year.timeMs.map((time) => time + 4e11) };
  const apart = { kind: 'file' as const, file: fileOf(rows.join('\n'), { heightM: 80 }) };
  expect(() =>
    windClimate({ source: { ...apart, longTerm: { years: [encodeWeather(elsewhere as never)], method: 'linear' } } }),
  ).toThrow('have 0 steps in common; expected at least 100');
});

describe('site-varying wind', () => {
  const row = (x: number, y: number, a: number, shares: string) =>
    `P ${x} ${y} 0 70 8.0 2.00 500 2 ${shares
      .split(' ')
      .map((f) => `${f} ${a} 200`)
      .join(' ')}`;
  const wrg = [
    '2 2 0 0 1000',
    row(0, 0, 80, '70 30'),
    row(1000, 0, 90, '50 50'),
    row(0, 1000, 80, '70 30'),
    row(1000, 1000, 90, '50 50'),
  ].join('\n');

  test('each turbine of a .wrg has the energy of its own point', () => {
    const climate = windClimate({ source: { kind: 'file', file: fileOf(wrg), reference: { xM: 0, yM: 0 } } });
    const upload = { type: 'upload', resource_id: `wrs_${'0'.repeat(26)}` };
    const body = {
      resource: upload,
      layout: { x_m: [0, 1000], y_m: [0, 0] },
      bins: { speed_step_m_s: 0.25, max_speed_m_s: 30, min_speed_m_s: 0.25 },
    };
    const { turbines } = yieldOf(body, [V80], climate);
    const alone = (scale: number, shares: number[]) =>
      yieldOf({
        ...body,
        resource: { type: 'weibull', sectors: shares.map((frequency) => ({ frequency, scale_m_s: scale, shape: 2 })) },
        layout: { x_m: [0], y_m: [0] },
      }).grossKwh;
    expect(turbines[0].grossKwh / alone(8, [0.7, 0.3])).toBeCloseTo(1, 9);
    expect(turbines[1].grossKwh / alone(9, [0.5, 0.5])).toBeCloseTo(1, 3);
  });

  test('a .grd beside a wind of one place speeds it up relative to that place', () => {
    const grd = 'DSAA\n2 2\n0 1000\n0 1000\n6 9\n6 9\n6 9\n';
    const read = windClimate({ speedups: { file: fileOf(grd), reference: { xM: 0, yM: 0 } } });
    const climate = { ...inlineClimate(analyze({}).resource)!, grid: read.grid };
    const { turbines } = yieldOf({ layout: { x_m: [0, 500], y_m: [0, 0] } }, [V80], climate);
    expect(turbines[1].meanSpeedMPerS / turbines[0].meanSpeedMPerS).toBeCloseTo(1.25, 9);
    expect(() => windClimate({ source: { kind: 'file', file: fileOf(grd) } })).toThrow('expected it as speedups');
  });
});

test('a long stored series of a large farm is refused before it is read', () => {
  const side = Array.from({ length: 400 }, (_, i) => i);
  const layout = { x_m: side.map((i) => (i % 20) * 600), y_m: side.map((i) => Math.floor(i / 20) * 600) };
  const plan = analysisPlan(analyze({ layout }), [V80], inlineClimate(analyze({}).resource)!);
  requireFeasibleAnalysis(plan, analyze({ layout }), 300, 8760);
  expect(() => requireFeasibleAnalysis(plan, analyze({ layout }), 300, 50 * 8760)).toThrow('compute time');
  requireFeasibleAnalysis(plan, { ...analyze({ layout }), mode: 'binned' }, 300, 50 * 8760);
});

describe('plans of layout searches', () => {
  const climate = inlineClimate(analyze({}).resource)!;

  test('each type, number and start is a search; fixed turbines keep their kinds', () => {
    const specs = [V80, publicTurbine('nrel_5MW')];
    const body = optimize({ turbines: [{ id: 'v80' }, { id: 'nrel_5MW' }], n_turbines: [3, 4], n_starts: 3 });
    const plan = layoutPlan(body, specs, climate, 5);
    expect(plan.candidates.map(({ type, count }) => [type, count])).toEqual([
      [0, 3],
      [0, 4],
      [1, 3],
      [1, 4],
    ]);
    expect(plan.runs).toHaveLength(12);
    expect(new Set(plan.runs.map(({ seed }) => seed)).size).toBe(3);
    expect(plan.site.minSpacingM).toBeCloseTo(3 * 125.88, 9);
    const fixed = { x_m: [0, 700], y_m: [0, 0], turbine_index: [1, 0] };
    const withFixed = layoutPlan(
      optimize({ ...body, fixed_layout: fixed, n_turbines: 2, n_starts: 1 }),
      specs,
      climate,
      5,
    );
    expect(withFixed.candidates[0].farm.kind).toEqual([0, 0, 1, 0]);
    expect(() =>
      layoutPlan(optimize({ fixed_layout: { ...fixed, turbine_index: [2, 0] } }), [V80], climate, 5),
    ).toThrow('fixed_layout.turbine_index is 2');
  });

  test('a search that could not end is refused with the number that fits', () => {
    const body = optimize({ n_turbines: 20, n_iterations: 50_000 });
    const plan = layoutPlan(body, [V80], climate, 5);
    const refusal = (() => {
      try {
        feasibleIterations(plan, body, 300);
      } catch (error) {
        return error as { code: string; pointer: string; fix: string };
      }
      return undefined;
    })();
    expect(refusal).toMatchObject({ code: 'job.too_large', pointer: '/n_iterations' });
    for (const field of ['n_starts', 'n_turbines', 'search_bins', 'wake.model']) expect(refusal!.fix).toContain(field);
    const most = Number(/at most (\d+)/.exec(refusal!.fix)![1]);
    const fitting = { ...body, n_iterations: most };
    expect(feasibleIterations(layoutPlan(fitting, [V80], climate, 5), fitting, 300)).toBe(most);
    // Left open, the number is the method's default, or what fits.
    const open = (n_turbines: number) => {
      const free = optimize({ n_turbines, boundary: circle(5000) });
      return feasibleIterations(layoutPlan(free, [V80], climate, 5), free, 300);
    };
    expect(open(10)).toBe(1300);
    expect(open(80)).toBeGreaterThan(500);
    expect(open(80)).toBeLessThan(8000);
  });

  test.each([
    ['greedy', 'bastankhah_k00325', 200],
    ['random_search', 'floris_gauss', 300],
    ['random_search', 'floris_gch', 100],
    ['annealing', 'turbopark_nygaard2022', 1000],
  ])('%s with %s and %i turbines has the time for a step', (method, model, n_turbines) => {
    const large = optimize({ method, wake: { model }, n_turbines, n_starts: 1, boundary: circle(30_000) });
    expect(feasibleIterations(layoutPlan(large, [V80], climate, 5), large, 300)).toBeGreaterThan(0);
  });

  test('the faults of an initial layout point to it, and name turbines that stand already as such', () => {
    const start = (x_m: number[], y_m: number[], fixed = [{ x: 0, y: 0 }]) =>
      optimize({
        n_turbines: 2,
        boundary: circle(2000),
        start_layout: { x_m, y_m },
        fixed_layout: { x_m: fixed.map(({ x }) => x), y_m: fixed.map(({ y }) => y) },
      });
    const refusal = (body: ReturnType<typeof start>) => {
      const plan = layoutPlan(body, [V80], climate, 5);
      return () => feasibleIterations(plan, body, 300);
    };
    const outside = expect.objectContaining({
      pointer: '/start_layout',
      message: expect.stringMatching(/^turbine 1 .* outside/),
    });
    expect(refusal(start([500, 2500], [500, 0]))).toThrow(outside);
    const near = expect.objectContaining({
      pointer: '/start_layout',
      message: expect.stringMatching(/^turbine 1 and fixed turbine 0 are 50\.000 m apart/),
    });
    expect(refusal(start([500, 50], [500, 0]))).toThrow(near);
  });

  test('a search has at most 1,000 turbines, with those that stand already', () => {
    const places = (n: number) => ({ x_m: Array.from({ length: n }, (_, i) => 500 * i), y_m: Array(n).fill(0) });
    expect(() => optimize({ n_turbines: 2, fixed_layout: places(999) })).toThrow(
      '1001 turbines; expected at most 1000',
    );
    expect(() => optimize({ n_turbines: 1, fixed_layout: places(999) })).not.toThrow();
  });
});
