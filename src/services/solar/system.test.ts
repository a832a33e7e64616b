import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { schemaError } from '../../contracts/common/schema-errors.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../solar/library/component.ts';
import { libraryInverters, libraryModules } from '../../solar/library/library.ts';
import { samPvwatts } from '../../solar/power/sam-pvwatts.ts';
import { prepareSite, simulateYear, WATERFALL_STEPS } from '../../solar/year/simulate.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import { parseWeather } from '../../weather/parse.ts';
import { resolveSystem, toSolarSystem } from './system.ts';

const site = prepareSite(
  parseWeather(readFileSync(new URL('../../../data/weather/723170TYA.CSV.gz', import.meta.url)), {
    name: 'greensboro',
  }),
  DEFAULT_PREPARATION,
);
const [MODULE] = libraryModules().map(moduleOfLibrary);
const [INVERTER] = libraryInverters().map(inverterOfLibrary);
const components = {
  module: (id: string) => (id === MODULE.id ? MODULE : undefined),
  inverter: (id: string) => (id === INVERTER.id ? INVERTER : undefined),
  horizon: () => undefined,
};
const resolved = (body: object): SolarSystemBody =>
  resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100, ...body }), components, '/system');
const energy = (body: object): number => simulateYear(site, toSolarSystem(resolved(body))).acAnnualKwh;

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
    expect((module.modules_per_string * module.n_strings * MODULE.powerW) / 1000).toBeCloseTo(100, 9);
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

  test('takes every bundled component, and refuses more strings than its schema allows', () => {
    const { module: moduleSchema, inverter: inverterSchema } = solarSystemSchema.shape;
    for (const module of libraryModules().map(moduleOfLibrary)) {
      const found = { ...components, module: () => module };
      const body = solarSystemSchema.parse({ dc_capacity_kw: 100, module: { type: 'library', id: module.id } });
      expect(moduleSchema.safeParse(resolveSystem(body, found, '/system').module).success).toBe(true);
    }
    for (const inverter of libraryInverters().map(inverterOfLibrary)) {
      const found = { ...components, inverter: () => inverter };
      const parts = { module: { type: 'library', id: MODULE.id }, inverter: { type: 'library', id: inverter.id } };
      const body = solarSystemSchema.parse({ dc_capacity_kw: 100, ...parts });
      expect(inverterSchema.safeParse(resolveSystem(body, found, '/system').inverter).success).toBe(true);
    }
    const strings = 1e-7;
    const few = { dc_capacity_kw: (strings * MODULE.powerW) / 1000, module: { type: 'library', id: MODULE.id } };
    const body = { ...solarSystemSchema.parse({ ...few, dc_capacity_kw: 1 }), dc_capacity_kw: few.dc_capacity_kw };
    expect(() => resolveSystem(body, components, '/system')).toThrow(
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
