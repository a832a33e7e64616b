/** Each warning about photovoltaic plants is said where it belongs, and not of a good plant beside it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Warning } from '../../src/contracts/common/warnings.ts';
import { solarOptimizeSchema } from '../../src/contracts/solar/optimize.schema.ts';
import type { SolarDesignAnswer } from '../../src/contracts/solar/result.schema.ts';
import { solarSystemSchema } from '../../src/contracts/solar/system.schema.ts';
import { SOLAR_WARNINGS, type SolarWarningCode } from '../../src/contracts/solar/warnings.ts';
import { findInverter, findModule } from '../../src/services/solar/bundled.ts';
import { normalizeSolarOptimize, solarDesignAnswer, toDesignRequest } from '../../src/services/solar/design.ts';
import { toSolarSystem } from '../../src/services/solar/engine-system.ts';
import { resultWarnings as windowWarnings } from '../../src/services/solar/result.ts';
import { NO_COMPONENTS, resolveSystem, type SystemPlace } from '../../src/services/solar/system.ts';
import { bestDesignWarnings, degradationWarnings } from '../../src/services/solar/warnings.ts';
import { SolarDesignSearch } from '../../src/solar/design/search.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../src/solar/library/component.ts';
import { describeComponentFile } from '../../src/solar/library/library-tasks.ts';
import { placeWarnings, resultWarnings, systemWarnings } from '../../src/solar/plausibility.ts';
import { prepareSite } from '../../src/solar/year/simulate.ts';
import type { WeatherRow } from '../../src/adapters/database/tables/weather.ts';
import { searchWarnings } from '../../src/services/solar/warnings.ts';
import { describeWeather } from '../../src/weather/tasks.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { DEFAULT_PREPARATION } from '../support/default-system.ts';
import { WEATHER, weatherFile } from '../support/fixtures.ts';
import { figuresOf } from '../support/solar-figures.ts';
import { testWarningPairs, type WarningPair } from '../support/warning-pairs.ts';

type Fields = Readonly<Record<string, unknown>>;
const codes = (warnings: readonly { readonly code: string }[]): readonly string[] => warnings.map(({ code }) => code);
const year = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const PLACE: SystemPlace = { latitudeDeg: year.latitudeDeg, minTempAirC: -8 };
const YEAR = {
  ...{ latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273, step_minutes: 60 },
  summary: describeWeather(year).summary as WeatherRow['summary'],
};
const MODULE = 'Aleo_Solar_P18Y265';
const INVERTER = 'SMA America: STP50-US-40 [480V]';
const components = {
  ...NO_COMPONENTS,
  modules: { get: (id: string) => moduleOfLibrary(findModule(id)!) },
  inverters: { get: (id: string) => inverterOfLibrary(findInverter(id)!) },
};
const strings = (change: Fields = {}): Fields => ({ module: { type: 'library', id: MODULE, ...change } });
const inverters = (change: Fields = {}): Fields => ({ inverter: { type: 'library', id: INVERTER, ...change } });

/** Doubts about a system as a request states it */
function stated(change: Fields): readonly string[] {
  const warnings: Warning<SolarWarningCode>[] = [];
  const body = solarSystemSchema.parse({ dc_capacity_kw: 100, ...change });
  const resolved = resolveSystem(body, components, '/system', PLACE, warnings);
  const place = { latitudeDeg: PLACE.latitudeDeg, stepMinutes: 60 };
  return codes([...warnings, ...systemWarnings(toSolarSystem(resolved), place, '/system')]);
}
const plant = (fault: Fields, good: Fields = {}): WarningPair => [() => stated(fault), () => stated(good)];

/** Doubts about a computed year */
function computed(change: Fields, energyFactor = 1): readonly string[] {
  const body = solarSystemSchema.parse({ dc_capacity_kw: 100, ...change });
  const system = toSolarSystem(resolveSystem(body, NO_COMPONENTS, '/system', PLACE, []));
  const figures = figuresOf(system, year);
  const ac = figures.annual_energy_kwh * energyFactor;
  return codes(resultWarnings(system, { ...figures, annual_energy_kwh: ac }, 60, '/system'));
}
const result = (fault: Fields, good: Fields = {}): WarningPair => [() => computed(fault), () => computed(good)];

const weatherAt = { latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273 };
const siteAt =
  (latitude_deg: number, elevation_m: number | null = null) =>
  () =>
    codes(placeWarnings({ latitude_deg, longitude_deg: -79.95, elevation_m }, weatherAt, '/site_id'));

const PAN = readFileSync('test/fixtures/cases/solar_module_iam_profile.PAN', 'utf8');
const file = (text: string) => () =>
  codes(describeComponentFile({ kind: 'module', name: 'case.PAN', bytes: Buffer.from(text) }).warnings);

/** Codes of the best design of a search */
function best(change: Fields): readonly string[] {
  const body = solarOptimizeSchema.parse({
    weather_id: `wth_${'0'.repeat(26)}`,
    method: 'grid_search',
    n_grid_points: 3,
    ...change,
  });
  const input = normalizeSolarOptimize(body, PLACE, components);
  const search = new SolarDesignSearch([prepareSite(year, DEFAULT_PREPARATION)], toDesignRequest(input, 1));
  search.run();
  const answer = solarDesignAnswer(input, { seed: 1, engine_version: 'x' }, search.result()) as SolarDesignAnswer;
  return codes(bestDesignWarnings(input, JSON.parse(JSON.stringify(answer)), [YEAR]));
}
/** Codes of a search before it begins */
function asked(change: Fields): readonly string[] {
  const body = solarOptimizeSchema.parse({ weather_id: `wth_${'0'.repeat(26)}`, ...change });
  return codes(searchWarnings(normalizeSolarOptimize(body, PLACE, components), { site: null, years: [YEAR] }));
}
const tilts = (lower: number, upper: number): Fields => ({ variables: { tilt_deg: { lower, upper } } });
const sizes = { variables: { dc_capacity_kw: { lower: 100, upper: 1000 } }, objectives: ['energy'] };
const aged = (yearOfLife: number) =>
  codes(degradationWarnings({ degradation: { pct_per_year: 0.5, year: yearOfLife } }, 0.005));
const side = (azimuth_deg: number, share_pct: number) => ({
  share_pct,
  mounting: { type: 'roof', tilt_deg: 15, azimuth_deg },
});
/** Doubts about the window of the inverter, with strings of so many modules */
const window = (modules_per_string: number) => () => {
  const n_strings = 5;
  const dc_capacity_kw = 0.265 * modules_per_string * n_strings;
  const body = solarSystemSchema.parse({
    dc_capacity_kw,
    ...strings({ modules_per_string, n_strings }),
    ...inverters(),
  });
  const { waterfall } = figuresOf(toSolarSystem(resolveSystem(body, components, '/system', PLACE, [])), year);
  type Result = Parameters<typeof windowWarnings>[0];
  return codes(windowWarnings({ systems: [{ system_index: 0, waterfall }] } as Result));
};

testWarningPairs(SOLAR_WARNINGS, {
  'solar.file_assumption': [file(PAN.replace(/^\s*muPmpReq=.*\n/m, '')), file(PAN)],
  'solar.file_fields_unused': [
    file(PAN),
    file(
      PAN.split(/\r?\n/)
        .filter(
          (line) =>
            !/PNomTolUp|muVocSpec|VMax|Absorb|ARev|BRev|RDiode|VRevDiode|CellArea|SandiaAMCorr|RelEffic/.test(line),
        )
        .join('\n'),
    ),
  ],
  'solar.beam_reflection_only': plant(
    { iam: { type: 'physical' } },
    { iam: { type: 'physical', include_diffuse: true } },
  ),
  'solar.capacity_moved': plant(
    { dc_capacity_kw: 4.9, ...strings({ modules_per_string: 14 }) },
    { dc_capacity_kw: 7.42, ...strings({ modules_per_string: 14 }) },
  ),
  'solar.ratio_moved': plant(
    { dc_capacity_kw: 157, dc_ac_ratio: 1.25, ...strings(), ...inverters() },
    { dc_capacity_kw: 120.2, dc_ac_ratio: 1.2, ...strings(), ...inverters() },
  ),
  'solar.subarray_share_moved': plant(
    {
      ...strings({ modules_per_string: 14, n_strings: 3 }),
      dc_capacity_kw: 11.13,
      subarrays: [side(90, 50), side(270, 50)],
    },
    {
      ...strings({ modules_per_string: 14, n_strings: 4 }),
      dc_capacity_kw: 14.84,
      subarrays: [side(90, 50), side(270, 50)],
    },
  ),
  'solar.fractional_units': plant(
    { ...strings({ modules_per_string: 14, n_strings: 4.5 }), dc_capacity_kw: 16.695 },
    { ...strings({ modules_per_string: 14, n_strings: 4 }), dc_capacity_kw: 14.84 },
  ),
  'solar.coldest_cell_warm': plant(
    { ...strings({ modules_per_string: 14 }), min_cell_temp_c: 10 },
    { ...strings({ modules_per_string: 14 }), min_cell_temp_c: -5 },
  ),
  'solar.mpp_window': [window(10), window(19)],
  'solar.preset_bifacial': plant(
    { preset: { type: 'pvwatts_v8' }, bifacial: { bifaciality: 0.7, gcr: 0.4 } },
    { preset: { type: 'pvwatts_v8' } },
  ),
  'solar.value_unusual': plant({ albedo: 0.7 }, { albedo: 0.3 }),
  'solar.value_implausible': plant({ dc_ac_ratio: 6 }, { dc_ac_ratio: 1.5 }),
  'solar.faces_away_from_equator': plant(
    { mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 0 } },
    { mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 250 } },
  ),
  'solar.subarrays_equal': plant(
    { subarrays: [side(90, 40), side(90, 60)] },
    { subarrays: [side(90, 40), side(270, 60)] },
  ),
  'solar.search_short': [
    () => asked({ ...tilts(10, 40), method: 'nsga2', n_iterations: 1, population_size: 4 }),
    () => asked({ ...tilts(10, 40), method: 'nsga2' }),
  ],
  'solar.nothing_varies': [() => asked(tilts(25, 25)), () => asked(tilts(25, 26))],
  'solar.tracker_axis': plant(
    { mounting: { type: 'one_axis', axis_azimuth_deg: 90 } },
    { mounting: { type: 'one_axis', axis_azimuth_deg: 200 } },
  ),
  'solar.losses_as_fractions': plant(
    {
      losses_pct: {
        soiling: 0.02,
        shading: 0.03,
        mismatch: 0.02,
        wiring: 0.02,
        connections: 0.005,
        lid: 0.015,
        nameplate_rating: 0.01,
        availability: 0.03,
      },
    },
    {
      losses_pct: {
        soiling: 1,
        shading: 0,
        mismatch: 0.5,
        wiring: 1,
        connections: 0.1,
        lid: 1,
        nameplate_rating: 0,
        availability: 1,
      },
    },
  ),
  'solar.hourly_means_on_steep_plane': plant(
    { mounting: { type: 'fixed', tilt_deg: 90, azimuth_deg: 180 } },
    { mounting: { type: 'fixed', tilt_deg: 60, azimuth_deg: 180 } },
  ),
  'solar.ac_over_dc': [() => computed({}, 1.1), () => computed({})],
  'solar.subhourly_clipping': result({ dc_ac_ratio: 1.6 }, { dc_ac_ratio: 1.2 }),
  'solar.auxiliaries_large': plant({ auxiliaries: { constant_kw: 20 } }, { auxiliaries: { constant_kw: 0.5 } }),
  'solar.export_limit_share': result({ export_limit_kw: 10 }, { export_limit_kw: 70 }),
  'solar.objective_prefers_size': [() => best(sizes), () => best({ ...sizes, constraints: { export_limit_kw: 300 } })],
  'solar.weather_far': [siteAt(36.6), siteAt(36.2)],
  'solar.weather_of_another_place': [siteAt(38.9), siteAt(36.2)],
  'solar.weather_elevation': [siteAt(36.1, 1500), siteAt(36.1, 350)],
  'solar.degradation_twice': [() => aged(10), () => aged(1)],
});

describe('the best design of a search', () => {
  test.each<[string, Fields, Fields]>([
    ['/variables/dc_ac_ratio', { dc_ac_ratio: { lower: 2.5, upper: 3 } }, { dc_ac_ratio: { lower: 1, upper: 1.5 } }],
    ['/variables/gcr', { gcr: { lower: 0.92, upper: 0.95 } }, { gcr: { lower: 0.3, upper: 0.5 } }],
    ['/variables/tilt_deg', { tilt_deg: { lower: 75, upper: 90 } }, { tilt_deg: { lower: 20, upper: 40 } }],
  ])('is doubted at %s where the bounds are odd', (_, odd, usual) => {
    expect(best({ variables: odd }).filter((code) => code.startsWith('solar.value'))).not.toEqual([]);
    expect(best({ variables: usual }).filter((code) => code.startsWith('solar.'))).toEqual([]);
  });

  test.each<[Fields, string]>([
    [{ method: 'nsga2', steps: { tilt_deg: 5 } }, 'steps belong to method grid_search; expected no steps with nsga2'],
    [{ steps: { gcr: 0.1 } }, 'gcr is no variable with bounds'],
    [{ steps: { tilt_deg: 80 } }, 'the step of tilt_deg is 80; expected at most the distance of its bounds, 30'],
  ])('is not searched with %j', (change, message) => {
    expect(() => best({ variables: { tilt_deg: { lower: 10, upper: 40 } }, ...change })).toThrow(message);
  });
});

describe('rain and snow of the weather that are 0 all year', () => {
  const said = (system: Fields, facts: Fields): readonly string[] => {
    const body = solarSystemSchema.parse({ dc_capacity_kw: 100, ...system });
    const place = { latitudeDeg: 36.1, stepMinutes: 60, ...facts };
    const values = systemWarnings(
      toSolarSystem(resolveSystem(body, components, '/system', PLACE, [])),
      place,
      '/system',
    );
    return values.flatMap(({ pointer }) => (/soiling|snow/.test(pointer ?? '') ? [pointer!] : []));
  };
  const kimber = { soiling: { type: 'kimber' } };
  const marion = { snow: { type: 'marion' } };

  test.each<[Fields, Fields, readonly string[]]>([
    [kimber, { rainMm: 0 }, ['/system/soiling/daily_rain_mm']],
    [kimber, { rainMm: 30_000 }, ['/system/soiling/daily_rain_mm']],
    [kimber, { rainMm: 900 }, []],
    [{}, { rainMm: 0 }, []],
    [marion, { snowDepthMaxCm: 0, minTempAirC: -8 }, ['/system/snow']],
    [marion, { snowDepthMaxCm: 0, minTempAirC: 3 }, []],
    [marion, { snowDepthMaxCm: 20, minTempAirC: -8 }, []],
    [{}, { snowDepthMaxCm: 0, minTempAirC: -8 }, []],
  ])('%j with %j: %j', (system, facts, pointers) => {
    expect(said(system, facts)).toEqual(pointers);
  });

  test('are in the summary of a dataset', () => {
    const rainMm = new Float64Array(8760).fill(0.1);
    const { summary } = describeWeather({ ...year, rainMm, snowDepthCm: rainMm });
    expect([summary.rain_annual_mm, summary.snow_depth_max_cm]).toEqual([expect.closeTo(876, 9), 0.1]);
  });
});

test('a present value without a price is doubted', () => {
  const free = { variables: { dc_ac_ratio: { lower: 1, upper: 1.5 } }, economics: { price_per_kwh: 0 } };
  expect(best({ ...free, objectives: ['npv'] })).toContain('finance.price_and_cost');
  expect(best({ ...free, objectives: ['lcoe'] })).not.toContain('finance.price_and_cost');
});

test('a steep rack of a plant that faces away is said, a flat one is not', () => {
  const north = (tilt_deg: number) => ({
    subarrays: [0, 180].map((azimuth_deg) => ({
      share_pct: 50,
      mounting: { type: 'fixed', tilt_deg, azimuth_deg },
    })),
  });
  expect(stated(north(35))).toContain('solar.faces_away_from_equator');
  expect(stated(north(15))).not.toContain('solar.faces_away_from_equator');
});
