/** Rows of the cases about photovoltaic systems: each test has the name of its row, and the right value with its source. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Warning } from '../../src/contracts/common/warnings.ts';
import { solarOptimizeSchema } from '../../src/contracts/solar/optimize.schema.ts';
import { solarSystemSchema } from '../../src/contracts/solar/system.schema.ts';
import type { SolarWarningCode } from '../../src/contracts/solar/warnings.ts';
import {
  designWarnings,
  normalizeSolarOptimize,
  solarDesignAnswer,
  toDesignRequest,
} from '../../src/services/solar/design.ts';
import { NO_COMPONENTS, resolveSystem, type SystemPlace } from '../../src/services/solar/system.ts';
import { toSolarSystem } from '../../src/services/solar/engine-system.ts';
import {
  type InverterComponent,
  inverterOfLibrary,
  type ModuleComponent,
  moduleOfLibrary,
} from '../../src/solar/library/component.ts';
import { describeComponentFile } from '../../src/solar/library/library-tasks.ts';
import { findInverter, findModule } from '../../src/services/solar/bundled.ts';
import { currentAt, diodeParameters } from '../../src/solar/power/single-diode.ts';
import { annualEnergyKwh } from '../../src/solar/year/candidate.ts';
import { inverterOf } from '../../src/solar/year/models.ts';
import { SolarDesignSearch } from '../../src/solar/design/search.ts';
import { ashraeIamByCosine, marionIam, martinRuizIamByCosine } from '../../src/solar/irradiance/iam.ts';
import { prepareSite, simulateYear } from '../../src/solar/year/simulate.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { DEFAULT_PREPARATION } from '../support/default-system.ts';
import { WEATHER, weatherFile } from '../support/fixtures.ts';

const siteOf = (name: string) => prepareSite(parseWeather(weatherFile(name), { name }), DEFAULT_PREPARATION);
const site = siteOf(WEATHER.greensboro);
const place = { latitudeDeg: site.weather.latitudeDeg };
const caseFile = (name: string): string => readFileSync(`test/fixtures/cases/${name}`, 'utf8');
const caseRequest = (name: string) => ({ ...JSON.parse(caseFile(name)), weather_id: `wth_${'0'.repeat(26)}` });

/** The bundled library, and what describeComponentFile reads from the files of the cases */
const fileComponent = (kind: 'module' | 'inverter', name: string) =>
  describeComponentFile({ kind, name, bytes: Buffer.from(caseFile(name)) });
const components = {
  ...NO_COMPONENTS,
  modules: {
    get: (id: string) =>
      id.endsWith('.PAN')
        ? (fileComponent('module', id).items[0] as ModuleComponent)
        : moduleOfLibrary(findModule(id)!),
  },
  inverters: {
    get: (id: string) =>
      id.endsWith('.OND')
        ? (fileComponent('inverter', id).items[0] as InverterComponent)
        : inverterOfLibrary(findInverter(id)!),
  },
};
/** Aleo Solar P18Y265 at 1000 W/m2 and -23.9 degC [V]: pvlib 0.16.1, calcparams_cec and singlediode */
const V_OC_COLD = 43.95789508049438;
/** The same module, held at 32 V at 25 degC [W]: pvlib 0.16.1, i_from_v */
const P_AT_32_V = 259.6845020373941;
/** Lowest air temperature of Chicago O'Hare's TMY3 year [degC]: cold, as at many places */
const COLD = { ...place, minTempAirC: -23.9 };
const resolvedOf = (body: object, at: SystemPlace = place, warnings: Warning<SolarWarningCode>[] = []) =>
  resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100, ...body }), components, '/system', at, warnings);
const systemOf = (body: object, at: SystemPlace = place) => toSolarSystem(resolvedOf(body, at));
const codesOf = (body: object, at: SystemPlace = place): string[] => {
  const warnings: Warning<SolarWarningCode>[] = [];
  resolvedOf(body, at, warnings);
  return warnings.map(({ code }) => code);
};
const yearOf = (body: object) => simulateYear(site, systemOf(body));
/** Share that a step of the waterfall takes of what is before it [%] */
function stepPct(body: object, name: string): number {
  const { steps, startKwh } = yearOf(body).waterfall;
  const k = steps.findIndex((step) => step.name === name);
  return (100 * steps[k].changeKwh) / (k === 0 ? startKwh : steps[k - 1].leftKwh);
}

describe('solar_request_optimize_bifacial_gcr: the rear of a design has the spacing of its rows', () => {
  test.each([
    ['fixed', { type: 'fixed', tilt_deg: 30 }],
    ['roof', { type: 'roof', tilt_deg: 15 }],
    ['one_axis', { type: 'one_axis', gcr: 0.4 }],
  ])('%s', (_, mounting) => {
    const body = caseRequest('solar_request_optimize_bifacial_gcr.json');
    const search = new SolarDesignSearch(
      [site],
      toDesignRequest(
        normalizeSolarOptimize(
          solarOptimizeSchema.parse({ ...body, system: { ...body.system, mounting } }),
          place,
          NO_COMPONENTS,
        ),
        1,
      ),
    );
    for (const gcr of [0.2, 0.4, 0.7]) {
      const isTracker = mounting.type === 'one_axis';
      const asked = {
        ...body.system,
        mounting: isTracker ? { ...mounting, gcr } : mounting,
        bifacial: { bifaciality: 0.7, gcr },
        ...(isTracker ? {} : { rows: { model: 'linear', gcr } }),
      };
      const found = simulateYear(site, search.plantOf({ gcr })).acAnnualKwh;
      expect(found).toBeCloseTo(yearOf(asked).acAnnualKwh, 6);
    }
  });
});

test('{"dc_capacity_kw": 100} at 34 S faces the equator', () => {
  expect(systemOf({}, { latitudeDeg: -34 }).mounting).toMatchObject({ azimuthDeg: 0 });
  expect(systemOf({}, { latitudeDeg: 34 }).mounting).toMatchObject({ azimuthDeg: 180 });
  const tracker = { mounting: { type: 'one_axis', axis_tilt_deg: 10 } };
  expect(systemOf(tracker, { latitudeDeg: -34 }).mounting).toMatchObject({ axisAzimuthDeg: 0 });
  const stated = { mounting: { type: 'fixed', tilt_deg: 20, azimuth_deg: 180 } };
  expect(systemOf(stated, { latitudeDeg: -34 }).mounting).toMatchObject({ azimuthDeg: 180 });
});

describe('IAM ashrae, martin_ruiz, points act on diffuse light too', () => {
  // pvlib 0.16.1: iam.marion_diffuse('ashrae', tilt, b=0.05) and ('martin_ruiz', tilt, a_r=0.16)
  test.each([
    [10, 0.9560993040502485, 0.6460966287848435, 0.46577932856902154, 0.9552473818959684, 0.4417199983699135],
    [20, 0.9596085829811408, 0.8329070417832541, 0.719823559106309, 0.960253199122132, 0.6649820465828431],
    [60, 0.9627083168778782, 0.9611032728010757, 0.9214001344066235, 0.9633445726833562, 0.9153792876163181],
    [90, 0.952373147393824, 0.9726497992481187, 0.9523731473938242, 0.951341058948119, 0.9513410589481192],
  ])('integrals on a plane of %s degrees are those of pvlib', (tilt, sky, horizon, ground, martinSky, martinGround) => {
    const [ashrae, martin] = [ashraeIamByCosine(0.05), martinRuizIamByCosine(0.16)];
    expect(marionIam(ashrae, tilt, 'sky')).toBeCloseTo(sky, 9);
    expect(marionIam(ashrae, tilt, 'horizon')).toBeCloseTo(horizon, 9);
    expect(marionIam(ashrae, tilt, 'ground')).toBeCloseTo(ground, 9);
    expect(marionIam(martin, tilt, 'sky')).toBeCloseTo(martinSky, 9);
    expect(marionIam(martin, tilt, 'ground')).toBeCloseTo(martinGround, 9);
  });

  // pvlib 0.16.1 with the same weather: perez(return_components=True), circumsolar at the beam's angle of incidence, isotropic,
  // horizon and ground by marion_diffuse; rack of 20 degrees, tracker of 60 degrees with backtracking and a gcr of 0.4
  const tracker = { type: 'one_axis', max_angle_deg: 60, gcr: 0.4 };
  test.each([
    ['ashrae', { type: 'fixed', tilt_deg: 20 }, -2.8745423022683125, -1.2715606544740021],
    ['martin_ruiz', { type: 'fixed', tilt_deg: 20 }, -2.6430668326100637, -1.041579120095537],
    ['ashrae', tracker, -1.9442824527473035, -0.6962527089608206],
    ['martin_ruiz', tracker, -1.6641322459579055, -0.4466884429922935],
  ])('%s of a year on %j', (type, mounting, all, beam) => {
    expect(stepPct({ mounting, iam: { type } }, 'reflection')).toBeCloseTo(all, 3);
    expect(stepPct({ mounting, iam: { type, include_diffuse: false } }, 'reflection')).toBeCloseTo(beam, 3);
  });

  test('points of a curve give what the curve gives', () => {
    const angle_deg = Array.from({ length: 91 }, (_, k) => k);
    const modifier = angle_deg.map((deg) =>
      deg === 90 ? 0 : martinRuizIamByCosine(0.16)(Math.cos((deg * Math.PI) / 180)),
    );
    const points = stepPct({ iam: { type: 'points', angle_deg, modifier } }, 'reflection');
    expect(Math.abs(points - stepPct({ iam: { type: 'martin_ruiz' } }, 'reflection'))).toBeLessThan(0.005);
  });
});

test('rows or a horizon lower the PR as the same loss in percent does', () => {
  const losses_pct = { shading: 0 };
  const open = yearOf({ losses_pct });
  const rows = yearOf({ losses_pct, rows: { model: 'electrical', gcr: 0.6 } });
  const horizon = yearOf({ losses_pct, far_horizon: { azimuth_deg: [0, 180], elevation_deg: [15, 15] } });
  for (const shaded of [rows, horizon]) {
    // PVsyst: PR = E_Grid / (GlobInc PnomPV), where GlobInc is before any shade
    expect(shaded.poaUnshadedAnnualKwhM2).toBe(open.poaUnshadedAnnualKwhM2);
    expect(shaded.performanceRatio / open.performanceRatio).toBeCloseTo(shaded.acAnnualKwh / open.acAnnualKwh, 9);
    expect(shaded.performanceRatio).toBeLessThan(open.performanceRatio - 0.01);
  }
  const fraction = yearOf({ losses_pct: { shading: 10 } });
  expect(fraction.performanceRatio / open.performanceRatio).toBeCloseTo(fraction.acAnnualKwh / open.acAnnualKwh, 9);
});

test('losses_pct: each named loss shows what it takes of what is before it, in the order printed', () => {
  const asStored = (losses: object) =>
    // The database orders the fields of an object by the length of their names.
    Object.fromEntries(Object.entries(losses).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
  const system = systemOf({ losses_pct: { mismatch: 10, lid: 50 } });
  const { steps } = simulateYear(site, { ...system, lossesPct: asStored(system.lossesPct) as never }).waterfall;
  const shown = Object.fromEntries(
    steps.map(({ name, changeKwh }, k) => [name, k === 0 ? 0 : (100 * changeKwh) / steps[k - 1].leftKwh]),
  );
  expect(shown.loss_mismatch).toBeCloseTo(-10, 9);
  expect(shown.loss_lid).toBeCloseTo(-50, 9);
  expect(shown.loss_soiling).toBeCloseTo(-2, 9);
  expect(shown.loss_wiring).toBeCloseTo(-2, 9);
  const named = steps.map(({ name }) => name).filter((name) => name.startsWith('loss_'));
  expect(named.slice(0, 4)).toEqual(['loss_soiling', 'loss_shading', 'loss_snow', 'loss_mismatch']);
});

test('rows: electrical, blocks: 1 takes the whole beam of a touched string; near shading in percent is off beside rows', () => {
  const beamless = yearOf({ losses_pct: { shading: 0 }, rows: { model: 'fixed_fraction', fraction: 1 } });
  const rows = (model: string, n_blocks: number) => yearOf({ rows: { model, gcr: 0.95, n_rows: 1e6, n_blocks } });
  const poa = (model: string, n_blocks: number) => rows(model, n_blocks).poaAnnualKwhM2;
  expect(poa('electrical', 1)).toBeLessThan(poa('martinez', 1));
  expect(poa('electrical', 1)).toBeLessThan(poa('electrical', 3));
  // Many blocks switch off no more than the shadow covers.
  expect(poa('electrical', 1000) / poa('linear', 1)).toBeCloseTo(1, 3);
  expect(poa('electrical', 1)).toBeGreaterThan(beamless.poaAnnualKwhM2 * 0.5);
  expect(systemOf({}).lossesPct.shading).toBe(3);
  expect(systemOf({ rows: { model: 'linear', gcr: 0.4 } }).lossesPct.shading).toBe(0);
  expect(systemOf({ rows: { model: 'linear', gcr: 0.4 }, losses_pct: { shading: 1 } }).lossesPct.shading).toBe(1);
  // PVWatts v8 has its total of losses, 14.08 %, beside its rows.
  expect(systemOf({ preset: { type: 'pvwatts_v8' } }).lossesPct.shading).toBe(3);
});

describe('request_ac_over_dc: strings fit the voltages of the inverter', () => {
  const { system } = caseRequest('solar_request_ac_over_dc.json');
  const inverter = { type: 'library', id: 'SMA America: STP50-US-40 [480V]' };
  const withModules = (modules_per_string: number) => ({
    inverter,
    module: { type: 'library', id: 'Aleo_Solar_P18Y265', modules_per_string },
  });

  test('80 modules are refused with the voltage in the cold and the longest string that fits', () => {
    const longest = Math.floor(findInverter(inverter.id)!.maxDcV / V_OC_COLD);
    expect(() => systemOf(system, COLD)).toThrow(
      `modules_per_string is 80: at -23.9 degC the string has ${(80 * V_OC_COLD).toFixed(0)} V without load, the inverter bears ${findInverter(inverter.id)!.maxDcV} V; expected at most ${longest} modules`,
    );
    expect(systemOf(withModules(longest), COLD).module).toMatchObject({ modulesPerString: longest });
    expect(() => systemOf(withModules(longest + 1), COLD)).toThrow('expected at most');
    // Warmth leaves room for more.
    expect(systemOf(withModules(longest + 1), { ...COLD, minTempAirC: 25 }).module).toBeTruthy();
  });

  test('the default string fits in the cold', () => {
    const { modulesPerString } = systemOf({ inverter, module: { type: 'library', id: 'Aleo_Solar_P18Y265' } }, COLD)
      .module as { modulesPerString: number };
    expect(modulesPerString * V_OC_COLD).toBeLessThan(findInverter(inverter.id)!.maxDcV);
  });

  test('below the MPP window the inverter holds the voltage at its edge, with a step of the waterfall', () => {
    // The window begins at 500 V: 12 modules have less without load, 16 are below it under load, 18 on hot days only.
    const none = yearOf(withModules(12));
    expect(none.acAnnualKwh).toBeLessThanOrEqual(0);
    const [short, long] = [16, 18].map((modules) => stepPct(withModules(modules), 'mpp_window'));
    expect(short).toBeLessThan(-5);
    expect(long).toBeGreaterThan(short / 4);
    const unit = { type: 'cec', module: findModule('Aleo_Solar_P18Y265')!.cec } as const;
    expect(32 * currentAt(diodeParameters(unit, 1000, 25), 32)).toBeCloseTo(P_AT_32_V, 6);
  });

  test('AC is never above DC', () => {
    for (const modules of [8, 18]) {
      const { acKw, dcKw } = yearOf(withModules(modules));
      expect(acKw.every((ac, i) => ac <= dcKw[i])).toBe(true);
    }
    const perfect = yearOf({ inverter_efficiency: 1, dc_ac_ratio: 1 });
    expect(perfect.acKw.every((ac, i) => ac <= perfect.dcKw[i])).toBe(true);
    expect(annualEnergyKwh(site, systemOf({ inverter_efficiency: 1, dc_ac_ratio: 1 }))).toBeCloseTo(
      perfect.acAnnualKwh,
      5,
    );
  });
});

describe('request_capacity_contradiction: capacity and strings agree', () => {
  const { system } = caseRequest('solar_request_capacity_contradiction.json');
  test('1,000 kW stated, 74 kW of modules is refused', () => {
    expect(() => systemOf(system)).toThrow('dc_capacity_kw is 1000; expected 74.2694 within 1 %');
    expect(systemOf({ ...system, dc_capacity_kw: 74.9 }).dcCapacityKw).toBe(74.9);
    expect(() => systemOf({ ...system, dc_capacity_kw: 75.1 })).toThrow('within 1 %');
  });

  test('strings are whole, and what was built is stated', () => {
    const module = { type: 'library', id: 'Aleo_Solar_P18Y265', modules_per_string: 28 };
    const built = systemOf({ dc_capacity_kw: 1000, module });
    expect(built.module).toMatchObject({ nStrings: 135, modulesPerString: 28 });
    expect(built.dcCapacityKw).toBeCloseTo((135 * 28 * 265.248) / 1000, 9);
    expect(codesOf({ dc_capacity_kw: 1000, module })).toEqual([]);
    expect(codesOf({ dc_capacity_kw: 10, module })).toEqual(['solar.capacity_moved']);
    expect(codesOf({ dc_capacity_kw: 70, module: { ...module, n_strings: 9.43 } })).toEqual(['solar.fractional_units']);
  });

  test('inverters are whole, and a ratio that moved is said', () => {
    const inverter = { type: 'library', id: 'SMA America: STP50-US-40 [480V]' };
    const module = { type: 'library', id: 'Aleo_Solar_P18Y265' };
    const asked = { dc_capacity_kw: 90, dc_ac_ratio: 1.2, inverter, module };
    const built = systemOf(asked);
    expect(built.dcAcRatio).toBeCloseTo(built.dcCapacityKw / 100, 2);
    expect(codesOf(asked)).toContain('solar.ratio_moved');
    // The resolved system is the same system.
    const again = resolvedOf(asked);
    expect(simulateYear(site, systemOf(again)).acAnnualKwh).toBe(simulateYear(site, built).acAnnualKwh);
    expect(codesOf(again)).toEqual(['solar.beam_reflection_only']);
  });
});

describe('inverter_pmaxout.OND', () => {
  const { items, warnings } = fileComponent('inverter', 'solar_inverter_pmaxout.OND');
  const [{ unit }] = items as InverterComponent[];

  test('has the power of the file over the temperature of the air', () => {
    // The file: PMaxOUT at TPMax, PNomConv at TPNom, PLim1 at TPLim1, PLimAbs at TPLimAbs
    const limit = inverterOf({ ...systemOf({}), inverter: { ...unit, nInverters: 1 } as never });
    expect(limit.limitKw(-10)).toBe(1689);
    expect(limit.limitKw(30)).toBe(1689);
    expect(limit.limitKw(40)).toBeCloseTo((1689 + 1520) / 2, 9);
    expect(limit.limitKw(50)).toBe(1520);
    expect(limit.limitKw(55)).toBe(1294.7);
    expect(limit.limitKw(60)).toBe(1182.13);
    expect(limit.limitKw(61)).toBe(0);
  });

  test('names the fields that no model uses', () => {
    const [unused] = warnings.filter(({ code }) => code === 'solar.file_fields_unused');
    expect(String(unused.values.fields).split(', ')).toEqual(
      expect.arrayContaining(['Aux_Loss', 'IMaxDC', 'TanPhiMax']),
    );
    expect(unused.values.fields).not.toContain('PMaxOUT');
  });
});

describe('module_iam_profile.PAN', () => {
  const name = 'solar_module_iam_profile.PAN';
  const module = { type: 'library', id: name };
  const profile = {
    type: 'points',
    angleDeg: [10, 20, 30, 40, 50, 60, 70, 80, 90],
    modifier: [1, 1, 1, 1, 1, 0.99, 0.93, 0.74, 0],
    includeDiffuse: true,
  };

  test('its incidence profile is used unless the request states a model', () => {
    expect(systemOf({ module }).iam).toEqual(profile);
    expect(systemOf({ module, iam: { type: 'physical' } }).iam).toMatchObject({ type: 'physical' });
    expect(systemOf({}).iam).toEqual({ type: 'physical', includeDiffuse: false });
  });

  test('what the file says and the model does not use is in warnings', () => {
    const [unused] = fileComponent('module', name).warnings.filter(({ code }) => code === 'solar.file_fields_unused');
    expect(String(unused.values.fields).split(', ')).toEqual(
      expect.arrayContaining(['muVocSpec', 'SandiaAMCorr', 'RelEffic200', 'VMaxIEC']),
    );
  });

  test('IAM and LIDLoss of a PAN are used', () => {
    const text = caseFile(name).replace(/ {2}PVObject_IAM=[\s\S]*End of PVObject pvIAM\r?\n/, '');
    const read = (lines: string) => {
      const bytes = Buffer.from(text.replace('  CellArea=137.1', `  CellArea=137.1\n${lines}`));
      const [item] = describeComponentFile({ kind: 'module', name: 'a.PAN', bytes }).items as ModuleComponent[];
      return { iam: item.iam, lidPct: item.lidPct };
    };
    expect(read('  IAM=0.50\n  LIDLoss=30')).toEqual({
      iam: { type: 'ashrae', b: 0.5, includeDiffuse: true },
      lidPct: 30,
    });
    expect(read('')).toEqual({ iam: undefined, lidPct: undefined });
    const lossy = { ...components, modules: { get: () => ({ ...components.modules.get(name), lidPct: 30 }) } };
    const resolved = resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100, module }), lossy, '/system', place);
    expect(resolved.losses_pct.lid).toBe(30);
    expect(systemOf({ module }).lossesPct.lid).toBe(1.5);
  });
});

test('preset pvwatts_v8 with bifacial says where it ends; physical without diffuse says so', () => {
  const preset = { type: 'pvwatts_v8' };
  expect(codesOf({ preset, bifacial: { bifaciality: 0.7, gcr: 0.4 } })).toEqual(['solar.preset_bifacial']);
  expect(codesOf({ preset })).toEqual([]);
  expect(codesOf({ iam: { type: 'physical' } })).toEqual(['solar.beam_reflection_only']);
  expect(codesOf({ iam: { type: 'physical', include_diffuse: true } })).toEqual([]);
  expect(codesOf({})).toEqual([]);
});

test('albedo by months is that of each month', () => {
  const months = (value: number) => new Array(12).fill(value);
  const energy = (body: object) => yearOf(body).acAnnualKwh;
  expect(energy({ albedo_monthly: months(0.3) })).toBeCloseTo(energy({ albedo: 0.3 }), 6);
  const january = [0.8, ...months(0.2).slice(1)];
  const [snow, bare] = [yearOf({ albedo_monthly: january }), yearOf({})];
  expect(snow.acMonthlyKwh[0]).toBeGreaterThan(bare.acMonthlyKwh[0] * 1.005);
  expect(snow.acMonthlyKwh[1]).toBeCloseTo(bare.acMonthlyKwh[1], 6);
});

describe("the search's best design given to solar/analyze is the same plant", () => {
  const run = (body: object) => {
    const given = solarOptimizeSchema.parse({
      weather_id: `wth_${'0'.repeat(26)}`,
      objectives: ['energy'],
      method: 'grid_search',
      n_grid_points: 3,
      ...body,
    });
    const input = normalizeSolarOptimize(given, place, components);
    const search = new SolarDesignSearch([site], toDesignRequest(input, 1));
    search.run();
    // As it is stored and answered
    const stored = JSON.parse(
      JSON.stringify(solarDesignAnswer(input, { seed: 1, engine_version: 'x' }, search.result())),
    );
    return { ...stored, warnings: designWarnings(stored) };
  };
  const library = { module: ['Aleo_Solar_P18Y265'], inverter: ['SMA America: STP50-US-40 [480V]'] };

  test.each<[string, object]>([
    ['PVWatts', { variables: { tilt_deg: { lower: 10, upper: 50 }, dc_ac_ratio: { lower: 1, upper: 1.5 } } }],
    [
      'modules and inverters to choose from',
      {
        system: { dc_capacity_kw: 157 },
        variables: { ...library, dc_ac_ratio: { lower: 1.05, upper: 1.5 }, gcr: { lower: 0.3, upper: 0.6 } },
      },
    ],
    [
      'a stated inverter of a library and the rear of trackers',
      {
        system: {
          dc_capacity_kw: 157,
          mounting: { type: 'one_axis' },
          module: { type: 'library', id: library.module[0] },
          inverter: { type: 'library', id: library.inverter[0] },
          bifacial: { bifaciality: 0.7 },
          albedo_monthly: new Array(12).fill(0.25),
        },
        variables: { gcr: { lower: 0.3, upper: 0.6 } },
      },
    ],
    [
      "a file's module with its reflection",
      { variables: { module: ['solar_module_iam_profile.PAN'], tilt_deg: { lower: 10, upper: 50 } } },
    ],
  ])('%s', (_, body) => {
    const { best } = run(body);
    const analyzed = simulateYear(site, systemOf(best.system));
    expect(analyzed.acAnnualKwh / best.annual_energy_kwh).toBeCloseTo(1, 12);
    expect(systemOf(best.system)).toMatchObject({ dcCapacityKw: best.dc_capacity_kw, dcAcRatio: best.dc_ac_ratio });
    expect(best.dc_ac_ratio).toBeCloseTo(best.dc_capacity_kw / best.ac_capacity_kw, 9);
  });

  test('inverters and strings are whole, the ratio is what was built, and a ratio that moved is said', () => {
    const { best, warnings } = run({
      system: { dc_capacity_kw: 157 },
      variables: { ...library, dc_ac_ratio: { lower: 1.25, upper: 1.25 } },
    });
    // 157 kW / 1.25 = 125.6 kW: three inverters of 50.072 kW, 1.046
    expect(best.system.inverter.n_inverters).toBe(3);
    expect(Number.isInteger(best.system.module.n_strings)).toBe(true);
    expect(best.dc_ac_ratio).toBeCloseTo(best.dc_capacity_kw / 150.216, 9);
    expect(warnings).toMatchObject([{ code: 'solar.ratio_moved', values: { n_inverters: 3, asked_ratio: 1.25 } }]);
  });

  test('an inverter that bears less than one module in the cold is refused', () => {
    const low = {
      ...components,
      inverters: { get: () => ({ ...inverterOfLibrary(findInverter(library.inverter[0])!), maxDcV: 35 }) },
    };
    const given = { weather_id: `wth_${'0'.repeat(26)}`, variables: library };
    const input = normalizeSolarOptimize(solarOptimizeSchema.parse(given), COLD, low);
    expect(() => new SolarDesignSearch([site], toDesignRequest(input, 1))).toThrow('for 35 V; one module');
  });
});
