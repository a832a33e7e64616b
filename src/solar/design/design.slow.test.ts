import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { PROJECT_TERMS } from '../../../test/support/project-terms.ts';
import { solarOptimizeSchema } from '../../contracts/solar/optimize.schema.ts';
import { normalizeSolarOptimize, toDesignRequest } from '../../services/solar/design.ts';
import { NO_COMPONENTS } from '../../services/solar/system.ts';
import { annualEnergyKwh } from '../year/candidate.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../library/component.ts';
import { someModules } from '../../../test/support/bundled-components.ts';
import { findInverter, findModule } from '../../services/solar/bundled.ts';
import type { PreparedSite } from '../year/simulate.ts';
import { prepareSite, simulateYear } from '../year/simulate.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { SolarDesignRequest } from './design.ts';
import { SolarDesignSearch } from './search.ts';

let site: PreparedSite;
beforeAll(() => {
  site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), DEFAULT_PREPARATION);
});

const plane: SolarDesignRequest['variables'] = {
  tilt_deg: { lower: 0, upper: 60 },
  azimuth_deg: { lower: 90, upper: 270 },
};
/** A request with the API's defaults for a system of 100 kW. */
function requestOf(change: Partial<SolarDesignRequest>): SolarDesignRequest {
  const tilt_deg = { lower: 0, upper: 60 };
  const body = solarOptimizeSchema.parse({
    weather_id: `wth_${'0'.repeat(26)}`,
    system: { dc_capacity_kw: 100 },
    variables: { tilt_deg },
  });
  const input = normalizeSolarOptimize(body, site.weather, NO_COMPONENTS);
  return { ...toDesignRequest(input, 1), variables: { tilt_deg }, ...change };
}
function run(change: Partial<SolarDesignRequest>): SolarDesignSearch {
  const search = new SolarDesignSearch([site], requestOf(change));
  search.run();
  return search;
}

test('every method finds the tilt and azimuth of most energy', () => {
  const fine = run({
    variables: plane,
    objectives: ['energy'],
    method: 'grid_search',
    steps: { tilt_deg: 1, azimuth_deg: 5 },
  }).result();
  expect(fine.evaluations).toBe(61 * 37);
  expect(run({ objectives: ['energy'], iterations: 1 }).front).toEqual([]);
  expect(fine.best.values.tilt_deg).toBeGreaterThan(28);
  expect(fine.best.values.tilt_deg).toBeLessThan(38);
  const nsga2 = run({ variables: plane, objectives: ['energy'], populationSize: 20, iterations: 25 }).result();
  const bayesian = run({ variables: plane, objectives: ['energy'], method: 'bayesian', iterations: 30 }).result();
  for (const { best } of [nsga2, bayesian])
    expect(best.annualEnergyKwh).toBeGreaterThan(fine.best.annualEnergyKwh * (1 - 1e-4));
});

test('the trade-off of yield and land: each point with its economics, tighter rows below, wider above', () => {
  const search = run({
    variables: { gcr: { lower: 0.2, upper: 0.8 } },
    objectives: ['specific_yield', 'land_use'],
    populationSize: 12,
    iterations: 6,
  });
  const { pareto, convergence, sensitivity, assumptions, best } = search.result();
  expect(pareto.length).toBeGreaterThan(6);
  expect(search.front).toEqual(pareto.map(({ objectives }) => objectives));
  for (const [k, point] of pareto.slice(1).entries()) {
    expect(point.landAreaM2).toBeLessThan(pareto[k].landAreaM2);
    expect(point.specificYieldKwhPerKw).toBeLessThan(pareto[k].specificYieldKwhPerKw);
    expect(point.economics.lcoeRealPerKwh).toBeGreaterThan(0);
  }
  expect(convergence).toHaveLength(6);
  // One variable: the first generation already lies on the front, so the volume only wobbles with the spacing.
  for (const { hypervolume } of convergence) expect(hypervolume).toBeGreaterThan(0.95);
  expect(sensitivity.map(({ name }) => name)).toEqual(expect.arrayContaining(['gcr', 'capital_cost', 'price_per_kwh']));
  expect(assumptions).toMatchObject({ seed: 1, economics: { years: 25, pricePerKwh: 0.05, costs: { perKwDc: 800 } } });
  expect(best.economics.cashFlows).toHaveLength(26);
});

test("the evaluated energy is the engine's own, and land and budget hold", () => {
  const { best } = run({
    variables: { ...plane, dc_capacity_kw: { lower: 100, upper: 20_000 } },
    tracker: 'either',
    objectives: ['npv'],
    economics: { ...PROJECT_TERMS, pricePerKwh: 0.12 },
    constraints: { maxLandAreaM2: 50_000, budget: 2e6 },
    populationSize: 24,
    iterations: 20,
  }).result();
  expect(best.landAreaM2).toBeLessThanOrEqual(50_000);
  expect(best.economics.capitalCost).toBeLessThanOrEqual(2e6);
  expect(Math.max(best.landAreaM2 / 50_000, best.economics.capitalCost / 2e6)).toBeGreaterThan(0.97);
  const dcCapacityKw = best.values.dc_capacity_kw as number;
  if (best.values.mounting === 'fixed') {
    const tiltDeg = best.values.tilt_deg as number;
    const azimuthDeg = best.values.azimuth_deg as number;
    const mounting = { type: 'fixed', tiltDeg, azimuthDeg } as const;
    expect(best.annualEnergyKwh).toBe(annualEnergyKwh(site, { ...DEFAULT_SYSTEM, dcCapacityKw, mounting }));
  }
});

test.each(['nsga2', 'bayesian', 'grid_search'] as const)(
  '%s goes on from a stored state to the same bits',
  (method) => {
    const request = requestOf({
      variables: { ...plane, dc_ac_ratio: { lower: 1, upper: 1.6 } },
      objectives: ['lcoe', 'energy'],
      method,
      populationSize: 30,
      iterations: method === 'bayesian' ? 16 : 5,
      gridPoints: 5,
      seed: 7,
    });
    const undisturbed = run(request).result();
    let search = new SolarDesignSearch([site], request);
    for (let k = 0; !search.done; k++) {
      search.step();
      if (k % 2 === 0)
        search = SolarDesignSearch.fromState([site], request, JSON.parse(JSON.stringify(search.state())));
    }
    expect(search.result()).toEqual(undisturbed);
  },
);

test('chooses among modules of the library: the efficient one needs less land, a dear one loses on cost', () => {
  const modules = someModules(300).sort((a, b) => a.efficiency - b.efficiency);
  const chosen = [modules[0], modules[modules.length - 1]].map(moduleOfLibrary);
  const names = chosen.map(({ name }) => name);
  const request = {
    variables: { tilt_deg: { lower: 20, upper: 40 } },
    modules: chosen,
    method: 'grid_search',
    gridPoints: 2,
  } as const;
  const compact = run({ ...request, objectives: ['land_use'] }).result().best;
  expect(compact.values.module).toBe(names[1]);
  expect(compact.landAreaM2).toBeCloseTo(
    (compact.dcCapacityKw / modules[modules.length - 1].efficiency / 0.4) * 1.25,
    6,
  );
  const cheap = run({ ...request, objectives: ['lcoe'], moduleCostsPerKwDc: { [names[1]]: 2000 } }).result().best;
  expect(cheap.values.module).toBe(names[0]);
  expect(() => run({ ...request, moduleCostsPerKwDc: { nothing: 1 } })).toThrow(
    expect.objectContaining({
      pointer: '/economics/costs/modules_per_kw_dc',
      message: `economics.costs.modules_per_kw_dc is for nothing; expected ${names.join(', ')}`,
    }),
  );
});

test('stops when requested and keeps the best so far', () => {
  const search = new SolarDesignSearch([site], requestOf({ variables: plane, objectives: ['energy'] }));
  let steps = 0;
  search.run(() => steps++ >= 3);
  expect(search.evaluations).toBe(60);
  expect(search.result().isComplete).toBe(false);
});

test('several years: energies are their means, and P-values come from the years themselves', () => {
  const { weather } = site;
  const dim = (part: number): PreparedSite =>
    prepareSite(
      {
        ...weather,
        ghiWm2: weather.ghiWm2.map((x) => x * part),
        dniWm2: weather.dniWm2.map((x) => x * part),
        dhiWm2: weather.dhiWm2.map((x) => x * part),
      },
      DEFAULT_PREPARATION,
    );
  const years = [dim(0.9), site, dim(0.95)];
  const request = requestOf({
    variables: { tilt_deg: { lower: 20, upper: 40 } },
    objectives: ['energy'],
    method: 'grid_search',
    gridPoints: 3,
    uncertaintyPct: {},
  });
  const search = new SolarDesignSearch(years, request);
  search.run();
  const { best, assumptions } = search.result();
  const mounting = { type: 'fixed', tiltDeg: best.values.tilt_deg as number, azimuthDeg: 180 } as const;
  expect(best.yearlyEnergyKwh).toEqual(years.map((year) => annualEnergyKwh(year, { ...DEFAULT_SYSTEM, mounting })));
  expect(best.annualEnergyKwh).toBeCloseTo(best.yearlyEnergyKwh.reduce((a, b) => a + b) / 3, 6);
  expect(best.exceedance.empirical?.p50Kwh).toBeCloseTo(best.yearlyEnergyKwh[2], 6);
  expect(best.exceedance.oneYear).toBeNull();
  const uncertain = new SolarDesignSearch(years, {
    ...request,
    objectives: ['energy_p90', 'energy'],
    uncertaintyPct: { model: 3 },
  });
  uncertain.run();
  const { objectives, exceedance, annualEnergyKwh: meanKwh } = uncertain.result().best;
  expect(objectives.energy_p90).toBe(exceedance.oneYear!.p90Kwh);
  expect(exceedance.oneYear!.p90Kwh).toBeLessThan(meanKwh);
  expect(assumptions).toMatchObject({ uncertaintyPct: {}, interannualPct: 4 });
  expect(() => new SolarDesignSearch([], request)).toThrow('0 years of weather');
});

test('subarrays keep their azimuths; their tilt, capacity and whole strings vary', () => {
  const [east, west] = [90, 270].map((azimuthDeg) => ({
    sharePct: azimuthDeg === 90 ? 60 : 40,
    mounting: { type: 'roof', tiltDeg: 20, azimuthDeg } as const,
  }));
  const system = { ...DEFAULT_SYSTEM, subarrays: [east, west] };
  const few = { system, objectives: ['energy'], method: 'grid_search', gridPoints: 3 } as const;
  const { best } = run({ ...few, variables: { tilt_deg: { lower: 5, upper: 45 } } }).result();
  expect(best.system.subarrays).toEqual(
    [east, west].map((one) => ({ ...one, mounting: { ...one.mounting, tiltDeg: best.values.tilt_deg } })),
  );
  expect(simulateYear(site, best.system).acAnnualKwh).toBe(best.annualEnergyKwh);
  const module = moduleOfLibrary(findModule('Canadian Solar Inc. CS6X-310P')!);
  const chosen = run({
    ...few,
    modules: [module],
    variables: { dc_capacity_kw: { lower: 1.7, upper: 1.7 } },
  }).result().best.system;
  expect(chosen.subarrays?.map(({ nStrings }) => nStrings)).toEqual([3, 2]);
  expect(chosen.dcCapacityKw).toBeCloseTo((5 * module.powerW) / 1000, 9);
  expect(() => run({ ...few, variables: plane })).toThrow('variables.azimuth_deg cannot vary with subarrays');
});

test('an export limit is never exceeded and costs energy', () => {
  const variables = { tilt_deg: { lower: 10, upper: 40 } };
  const few = { variables, objectives: ['energy'], method: 'grid_search', gridPoints: 3 } as const;
  const free = run(few).result().best.annualEnergyKwh;
  const limited = run({ ...few, constraints: { exportLimitKw: 40 } }).result().best.annualEnergyKwh;
  expect(limited).toBeLessThan(free);
  expect(limited).toBeLessThan(40 * 8760);
});

describe('refuses', () => {
  test('a search too large, before it starts, with the estimate and what to lower', () => {
    const request = requestOf({ variables: plane, populationSize: 1000, iterations: 10_000 });
    expect(() => new SolarDesignSearch([site], request)).toThrow(
      /needs 10000000 evaluations, about \d+ s and \d+ MB; at most 600 s and 250 MB: lower population_size or n_iterations/,
    );
  });
  const stated = findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!;
  const tracker = { type: 'two_axis', maxTiltDeg: 90 } as const;
  test.each<[Partial<SolarDesignRequest>, string]>([
    [{ variables: {} }, 'variables is empty'],
    [{ variables: { tilt_deg: { lower: 60, upper: 0 } } }, 'tilt_deg has the bounds 60 to 0; expected finite numbers'],
    [{ variables: { gcr: { lower: 0, upper: 1 } } }, 'variables.gcr.lower is 0; expected above 0'],
    [{ variables: plane, tracker: 'always' }, 'variables.tilt_deg varies, but every design is a tracker'],
    [{ system: { ...DEFAULT_SYSTEM, mounting: tracker } }, 'system.mounting.type is two_axis; expected fixed'],
    [
      { inverters: [{ ...inverterOfLibrary(stated), unit: { type: 'sandia', inverter: stated.sandia } }] },
      'variables.inverter holds inverters whose efficiency depends',
    ],
    [{ gcr: 0 }, 'gcr is 0; expected above 0'],
    [{ landFactor: Number.NaN }, 'land_factor is NaN; expected a finite number'],
    [{ constraints: { maxLandAreaM2: 0 } }, 'constraints.max_land_area_m2 is 0; expected above 0'],
  ])('%j', (change, message) => {
    expect(() => new SolarDesignSearch([site], requestOf(change))).toThrow(message);
  });
  test('a site where nothing fits, by the constraint that is broken', () => {
    const search = run({ variables: plane, constraints: { maxLandAreaM2: 10 }, populationSize: 8, iterations: 2 });
    expect(() => search.result()).toThrow('no design of 16 keeps to land_area');
  });
});
