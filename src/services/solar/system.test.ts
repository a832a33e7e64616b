import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { schemaError } from '../../contracts/common/schema-errors.ts';
import { solarOptimizeSchema } from '../../contracts/solar/optimize.schema.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../solar/library/component.ts';
import { A_MODULE, AN_INVERTER, someInverters, someModules } from '../../../test/support/bundled-components.ts';
import { samPvwatts } from '../../solar/power/sam-pvwatts.ts';
import { prepareSite, simulateYear } from '../../solar/year/simulate.ts';
import { WATERFALL_STEPS } from '../../solar/year/waterfall.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import type { SolarWarningCode } from '../../contracts/solar/warnings.ts';
import { normalizeSolarOptimize } from './design.ts';
import { type Components, NO_COMPONENTS, resolveSystem } from './system.ts';
import { toSolarSystem } from './engine-system.ts';

const site = prepareSite(
  parseWeather(readFileSync(new URL('../../../data/weather/723170TYA.CSV.gz', import.meta.url)), {
    name: 'greensboro',
  }),
  DEFAULT_PREPARATION,
);
const MODULE = moduleOfLibrary(A_MODULE);
const INVERTER = inverterOfLibrary(AN_INVERTER);
const components = {
  ...NO_COMPONENTS,
  modules: new Map([[MODULE.id, MODULE]]),
  inverters: new Map([[INVERTER.id, INVERTER]]),
};
const resolved = (body: object, found: Components = components): SolarSystemBody =>
  resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100, ...body }), found, '/system', { latitudeDeg: 36 });
const energy = (body: object): number => simulateYear(site, toSolarSystem(resolved(body))).acAnnualKwh;

test('strings are checked at the coldest cell, and one that is warmer than the weather is doubted', () => {
  const warnings = (min_cell_temp_c: number, minTempAirC: number): (string | number)[][] => {
    const found: Warning<SolarWarningCode>[] = [];
    const body = { dc_capacity_kw: 100, module: { type: 'library', id: MODULE.id }, min_cell_temp_c };
    resolveSystem(solarSystemSchema.parse(body), components, '/system', { latitudeDeg: 36, minTempAirC }, found);
    return found.filter(({ code }) => code === 'solar.coldest_cell_warm').map(({ values }) => Object.values(values));
  };
  expect(warnings(40, -12)).toEqual([[40, -12]]);
  expect([warnings(-5, -12), warnings(-12, -12), warnings(20, 18)]).toEqual([[], [], []]);
});

test('a search for the P90 needs a stated uncertainty', () => {
  const body = {
    weather_id: `wth_${'0'.repeat(26)}`,
    variables: { tilt_deg: { lower: 10, upper: 30 } },
    objectives: ['energy_p90'],
  };
  expect(solarOptimizeSchema.safeParse(body).error).toBeUndefined();
  expect(() => solarOptimizeSchema.parse({ ...body, uncertainty_pct: { model: 0 } })).toThrow('there is no P90');
});

describe('a system of the API', () => {
  test('that names nothing but its power is PVWatts, to the bit', () => {
    expect(energy({})).toBe(simulateYear(site, { ...DEFAULT_SYSTEM, dcCapacityKw: 100 }).acAnnualKwh);
  });

  test.each([
    ['transposition', { transposition: 'isotropic' }],
    ['iam', { iam: { type: 'martin_ruiz' } }],
    ['temperature', { temperature: { type: 'noct_sam' } }],
    ['sapm construction', { temperature: { type: 'sapm', construction: 'insulated_back_glass_polymer' } }],
    ['rows', { rows: { model: 'electrical', gcr: 0.5 } }],
    ['bifacial', { bifacial: { bifaciality: 0.7, gcr: 0.4 } }],
    ['horizon', { far_horizon: { azimuth_deg: [0, 180], elevation_deg: [10, 15] } }],
    ['Kimber soiling', { soiling: { type: 'kimber', daily_rain_mm: new Array(365).fill(0) } }],
    [
      'Marion snow',
      { snow: { type: 'marion', snowfall_cm: Array.from({ length: 8760 }, (_, i) => (i % 96 === 0 ? 5 : 0)) } },
    ],
    ['degradation', { degradation: { year: 10 } }],
    ['availability', { availability_pct: 90 }],
    ['export limit', { export_limit_kw: 40 }],
    ['two axes', { mounting: { type: 'two_axis' } }],
    ['linear inverter', { inverter: { type: 'linear' } }],
    ['library parts', { module: { type: 'library', id: MODULE.id }, inverter: { type: 'library', id: INVERTER.id } }],
  ])('with %s differs from PVWatts and closes its waterfall', (_, body) => {
    const year = simulateYear(site, toSolarSystem(resolved(body)));
    expect(Math.abs(year.acAnnualKwh / energy({}) - 1)).toBeGreaterThan(1e-4);
    const total = year.waterfall.steps.reduce((sum, { changeKwh }) => sum + changeKwh, year.waterfall.startKwh);
    expect(Math.abs(total / year.acAnnualKwh - 1)).toBeLessThan(1e-9);
    for (const { name } of year.waterfall.steps) expect(WATERFALL_STEPS).toContain(name);
  });

  test.each(['fixed', 'roof', 'one_axis', 'two_axis'])(
    'of the preset PVWatts v8 on %s shows the models that it chose, and they give its energy',
    (type) => {
      const body = resolved({ preset: { type: 'pvwatts_v8', gcr: 0.5 }, mounting: { type } });
      expect(body).toMatchObject({ iam: { type: 'sam' }, temperature: { type: 'noct_sam' }, module: { type: 'cec' } });
      expect(body.preset).toBeUndefined();
      expect(solarSystemSchema.parse(body)).toEqual(body);
      const plain = toSolarSystem(resolved({ mounting: { type } }));
      const direct = simulateYear(site, samPvwatts(plain, { kind: 'standard', gcr: 0.5 }));
      expect(simulateYear(site, toSolarSystem(body)).acAnnualKwh).toBeCloseTo(direct.acAnnualKwh, 8);
    },
  );

  test("takes the weather's own albedo where it has one", () => {
    const body = resolved({ mounting: { type: 'fixed', tilt_deg: 60 }, albedo: 0.2, albedo_source: 'weather' });
    const snowy = { ...site, weather: { ...site.weather, albedo: new Float64Array(8760).fill(0.7) } };
    const bare = { ...site, weather: { ...site.weather, albedo: undefined } };
    const stated = (albedo: number): number => energy({ mounting: { type: 'fixed', tilt_deg: 60 }, albedo });
    expect(simulateYear(snowy, toSolarSystem(body)).acAnnualKwh).toBe(stated(0.7));
    expect(simulateYear(bare, toSolarSystem(body)).acAnnualKwh).toBe(stated(0.2));
  });

  test('takes strings that suit the inverter and give the stated power', () => {
    const { module } = resolved({
      module: { type: 'library', id: MODULE.id },
      inverter: { type: 'library', id: INVERTER.id },
    });
    if (module.type !== 'cec') throw new Error(module.type);
    expect(Number.isInteger(module.n_strings)).toBe(true);
    expect((module.modules_per_string * module.n_strings * MODULE.powerW) / 1000).toBeCloseTo(100, 0);
    expect(module.modules_per_string * MODULE.vOcV).toBeLessThan(INVERTER.maxDcV!);
  });

  test('refuses an unknown component and parts that do not fit, naming the field', () => {
    expect(() => resolved({ module: { type: 'library', id: 'nothing' } })).toThrow(
      expect.objectContaining({ code: 'request.not_found', pointer: '/system/module/id' }),
    );
    expect(() => resolved({ inverter: { type: 'library', id: INVERTER.id } })).toThrow(/sandia/);
    expect(() => resolved({ bifacial: { bifaciality: 0.7 } })).toThrow(
      expect.objectContaining({ pointer: '/system/bifacial/gcr' }),
    );
    expect(() => resolved({ iam: { type: 'points', angle_deg: [0, 50, 40], modifier: [1, 1, 1] } })).toThrow(
      expect.objectContaining({
        pointer: '/system/iam/angle_deg/2',
        message: 'iam.angle_deg.2 is 40 after 50; expected rising angles',
      }),
    );
    const { inverter } = resolved({
      module: { type: 'library', id: MODULE.id },
      inverter: { type: 'library', id: INVERTER.id },
    });
    if (inverter.type !== 'sandia') throw new Error(inverter.type);
    const parameters = { ...inverter.parameters, pdco: inverter.parameters.paco / 2 };
    expect(() =>
      resolved({ module: { type: 'library', id: MODULE.id }, inverter: { ...inverter, parameters } }),
    ).toThrow(
      expect.objectContaining({
        pointer: '/system/inverter/parameters/pdco',
        message: expect.stringContaining('inverter.parameters.pdco is'),
      }),
    );
  });

  test('refuses inverters of another size than the plant, in analyses and searches', () => {
    const [large] = someInverters(2000)
      .map(inverterOfLibrary)
      .sort((a, b) => b.powerW - a.powerW);
    const found = { ...components, inverters: new Map([[large.id, large]]) };
    const refusal = {
      code: 'solar.invalid_input',
      message: expect.stringMatching(/ kW AC for 3\.5 kW DC, a DC\/AC ratio of 0\.00\d+; expected 0\.1 to 10/),
    };
    const system = { dc_capacity_kw: 3.5, inverter: { type: 'library', id: large.id } };
    expect(() => resolved(system, found)).toThrow(expect.objectContaining({ ...refusal, pointer: '/system/inverter' }));
    const search = solarOptimizeSchema.parse({
      weather_id: `wth_${'0'.repeat(26)}`,
      system: { dc_capacity_kw: 3.5 },
      variables: { tilt_deg: { lower: 0, upper: 60 }, inverter: [large.id] },
      objectives: ['energy'],
    });
    expect(() => normalizeSolarOptimize(search, { latitudeDeg: 36 }, found)).toThrow(
      expect.objectContaining({ ...refusal, pointer: '/variables/inverter/0' }),
    );
  });

  test('takes bundled components, and refuses more strings than its schema allows', () => {
    const { module: moduleSchema, inverter: inverterSchema } = solarSystemSchema.shape;
    for (const module of someModules(300).map(moduleOfLibrary)) {
      const found = { ...components, modules: { get: () => module } };
      const body = solarSystemSchema.parse({ dc_capacity_kw: 100, module: { type: 'library', id: module.id } });
      expect(moduleSchema.safeParse(resolveSystem(body, found, '/system', { latitudeDeg: 36 }).module).success).toBe(
        true,
      );
    }
    // Inverters of single modules bear little voltage.
    const [lowVoltage] = someModules(300)
      .map(moduleOfLibrary)
      .sort((a, b) => a.vOcV - b.vOcV);
    for (const inverter of someInverters(200).map(inverterOfLibrary)) {
      const found = { ...components, modules: { get: () => lowVoltage }, inverters: { get: () => inverter } };
      const parts = { module: { type: 'library', id: MODULE.id }, inverter: { type: 'library', id: inverter.id } };
      const dc_capacity_kw = Math.max(100, inverter.powerW / 1000);
      const body = solarSystemSchema.parse({ dc_capacity_kw, ...parts });
      expect(
        inverterSchema.safeParse(resolveSystem(body, found, '/system', { latitudeDeg: 36 }).inverter).success,
      ).toBe(true);
    }
    const module = { type: 'library' as const, id: MODULE.id, n_strings: 1e-7 };
    const body = { ...solarSystemSchema.parse({ dc_capacity_kw: 1 }), module };
    expect(() => resolveSystem(body, components, '/system', { latitudeDeg: 36 })).toThrow(
      expect.objectContaining({ code: 'solar.invalid_input', pointer: '/system/module/n_strings' }),
    );
  });

  test.each<[object, string, string]>([
    [{ dc_ac_ratio: 11 }, '/dc_ac_ratio', 'dc_ac_ratio is 11; expected 0.1 to 10'],
    [{ albedo: 2 }, '/albedo', 'albedo is 2; expected 0 to 1'],
    [{ export_limit_kw: -1 }, '/export_limit_kw', 'export_limit_kw is -1; expected 0 to 1000000000'],
    [{ bifacial: { bifaciality: 2, gcr: 0.4 } }, '/bifacial/bifaciality', 'bifaciality is 2; expected 0 to 1'],
    [
      { iam: { type: 'points', angle_deg: [0, 50], modifier: [1, 1.3] } },
      '/iam/modifier/1',
      'modifier.1 is 1.3; expected 0 to 1.2',
    ],
    [
      { transposition: 'none' },
      '/transposition',
      'transposition is "none"; expected one of "perez", "perez_sam", "hay_davies", "isotropic"',
    ],
    [
      { mounting: { type: 'pole', tilt_deg: 1, azimuth_deg: 1 } },
      '/mounting/type',
      'type is "pole"; expected one of "fixed", "roof", "one_axis", "two_axis"',
    ],
  ])('out of range is refused with quantity, value and range: %j', (change, pointer, message) => {
    const { error } = solarSystemSchema.safeParse({ dc_capacity_kw: 100, ...change }, { error: schemaError });
    expect(error?.issues.map(({ path }) => `/${path.join('/')}`)).toEqual([pointer]);
    expect(error?.issues[0].message).toBe(message);
  });

  test('names survive the way from snake to camel and back', () => {
    const names = { r_sh0_ohm: 1, i_l_ref_a: [{ delta_t_k: 2 }], u0: null };
    expect(camelKeys(names)).toEqual({ rSh0Ohm: 1, iLRefA: [{ deltaTK: 2 }], u0: null });
    expect(snakeKeys(camelKeys(names))).toEqual(names);
  });
});

describe('subarrays of the API', () => {
  const half = (azimuth_deg: number, more: object = {}) => ({
    share_pct: 50,
    mounting: { type: 'roof', tilt_deg: 10, azimuth_deg },
    ...more,
  });
  const library = { module: { type: 'library', id: MODULE.id } };

  test('take what they do not state from the system, and come back the same', () => {
    const body = resolved({
      mounting: { type: 'fixed', tilt_deg: 30 },
      rows: { model: 'linear', gcr: 0.4 },
      subarrays: [half(90), { share_pct: 50, name: 'south' }],
    });
    expect(body.subarrays?.[1]).toEqual({
      share_pct: 50,
      name: 'south',
      mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 180 },
    });
    expect(body.subarray_mpp).toBe('own');
    expect(resolved(body)).toEqual(body);
    const year = simulateYear(site, toSolarSystem(body));
    expect(year.subarrays).toHaveLength(2);
    expect(year.subarrays[1].poaAnnualKwhM2).toBeLessThan(year.subarrays[1].poaUnshadedAnnualKwhM2);
  });

  test('have whole strings by their shares, which a warning tells where they move', () => {
    const warnings: Warning<SolarWarningCode>[] = [];
    const body = resolveSystem(
      solarSystemSchema.parse({
        dc_capacity_kw: (7 * 10 * MODULE.powerW) / 1000,
        module: { ...library.module, modules_per_string: 10 },
        subarrays: [half(90), half(270)],
      }),
      components,
      '/system',
      { latitudeDeg: 36 },
      warnings,
    );
    expect(body.subarrays?.map(({ n_strings }) => n_strings)).toEqual([4, 3]);
    expect(body.subarrays?.[0].share_pct).toBeCloseTo(400 / 7, 10);
    expect(warnings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['solar.subarray_share_moved', '/system/subarrays/0/share_pct'],
      ['solar.subarray_share_moved', '/system/subarrays/1/share_pct'],
    ]);
    expect(resolved(body)).toEqual(body);
  });

  test('state their strings, of different lengths too', () => {
    const body = resolved({
      dc_capacity_kw: ((3 * 10 + 2 * 12) * MODULE.powerW) / 1000,
      module: { ...library.module, modules_per_string: 10 },
      subarrays: [
        half(90, { share_pct: undefined, n_strings: 3 }),
        half(270, { share_pct: undefined, n_strings: 2, modules_per_string: 12 }),
      ],
    });
    expect(body.module).toMatchObject({ n_strings: 5, modules_per_string: 10 });
    expect(body.subarrays?.map(({ share_pct }) => share_pct)).toEqual([(100 * 30) / 54, (100 * 24) / 54]);
    expect(body.dc_capacity_kw).toBeCloseTo((54 * MODULE.powerW) / 1000, 9);
  });

  test.each([
    [{ subarrays: [half(90), half(270, { share_pct: 40 })] }, 'subarrays have shares of 90 % together; expected 100'],
    [{ subarrays: [half(90), half(270, { share_pct: undefined })] }, 'subarrays.1.share_pct is absent'],
    [{ subarrays: [half(90), half(270, { n_strings: 3 })] }, 'subarrays.1 states strings; expected share_pct'],
    [{ ...library, subarrays: [half(90), half(270, { n_strings: 3 })] }, 'subarrays.0.n_strings is absent'],
    [{ subarray_mpp: 'shared', subarrays: [half(90), half(270)] }, 'subarray_mpp is shared; expected own'],
    [{ subarray_mpp: 'shared' }, 'subarray_mpp is given without subarrays'],
    [{ preset: { type: 'pvwatts_v8' }, subarrays: [half(90), half(270)] }, 'PVWatts has one orientation'],
    [
      { subarrays: [half(90), half(270, { rows: { model: 'linear' } })] },
      'subarrays.1.rows.gcr is absent; expected, because the mounting roof has none',
    ],
  ])('are refused where they do not fit: %j', (body, reason) => {
    expect(() => resolved(body)).toThrow(reason);
  });
});
