import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BIFACIAL, DEFAULT_SYSTEM, KIMBER, TRACKER } from '../../test/support/default-system.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { figuresOf } from '../../test/support/solar-figures.ts';
import { parseWeather } from '../weather/parse.ts';
import { placeWarnings, resultWarnings, systemWarnings, uncertaintyWarnings, USUAL_SOLAR } from './plausibility.ts';
import { totalLossPct } from './power/pvwatts.ts';
import type { SolarSystem } from './system.ts';

describe('a plant that a reader would ask about', () => {
  const place = { latitudeDeg: 36.1, stepMinutes: 60 };
  const codesOf = (changes: Partial<SolarSystem>, latitudeDeg = 36.1): string[] =>
    systemWarnings({ ...DEFAULT_SYSTEM, ...changes }, { ...place, latitudeDeg }, '/system').map(({ code }) => code);
  const facing = (tiltDeg: number, azimuthDeg: number): Partial<SolarSystem> => ({
    mounting: { type: 'fixed', tiltDeg, azimuthDeg },
  });

  test('faces away from the equator in either half of the earth', () => {
    expect(codesOf(facing(30, 0))).toEqual(['solar.faces_away_from_equator']);
    expect(codesOf(facing(30, 355))).toEqual(['solar.faces_away_from_equator']);
    expect(codesOf(facing(30, 180), -34)).toEqual(['solar.faces_away_from_equator']);
    expect([codesOf(facing(30, 0), -34), codesOf(facing(5, 0)), codesOf(facing(30, 0), 4)]).toEqual([[], [], []]);
  });

  test('has a side of a roof that faces away only if no other side faces the sun', () => {
    const side = (azimuthDeg: number, tiltDeg = 30) => ({
      sharePct: 50,
      mounting: { type: 'roof', tiltDeg, azimuthDeg } as const,
    });
    expect(codesOf({ subarrays: [side(0), side(180)] })).toEqual([]);
    expect(codesOf({ subarrays: [side(90), side(270)] })).toEqual([]);
    expect(codesOf({ subarrays: [side(0), side(350)] })).toEqual(new Array(2).fill('solar.faces_away_from_equator'));
    const [flat] = systemWarnings({ ...DEFAULT_SYSTEM, subarrays: [side(90), side(270, 1)] }, place, '/system');
    expect(flat.pointer).toBe('/system/subarrays/1/mounting/tilt_deg');
  });

  test('has cables, a transformer or auxiliaries that lose more than such things do', () => {
    const transformer = { ironPct: 0.1, copperPct: 1, isOffAtNight: false };
    const ordinary = { wiring: { dcPct: 1.5, acPct: 1 }, transformer, auxiliaries: { constantKw: 0.5, nightKw: 0.2 } };
    expect(codesOf(ordinary)).toEqual([]);
    expect(codesOf({ auxiliaries: { constantKw: 500, nightKw: 0 } })).toEqual(['solar.auxiliaries_large']);
    expect(codesOf({ transformer: { ...transformer, ironPct: 3 } })).toEqual(['solar.value_implausible']);
    expect(codesOf({ wiring: { dcPct: 8, acPct: 1 } })).toEqual(['solar.value_unusual']);
    expect(codesOf({ lossesPct: { ...DEFAULT_SYSTEM.lossesPct, nameplateRating: -0.8, lid: -2 } })).toEqual([]);
    expect(codesOf({ lossesPct: { ...DEFAULT_SYSTEM.lossesPct, nameplateRating: -4 } })).toEqual([
      'solar.value_unusual',
    ]);
  });

  test('has values outside their range, each at its own field', () => {
    const found = systemWarnings(
      {
        ...DEFAULT_SYSTEM,
        ...facing(0.61, 180),
        gammaPerK: -0.02,
        inverterEfficiency: 0.55,
        temperature: { type: 'faiman', u0: 2, u1: 0 },
        lossesPct: { ...DEFAULT_SYSTEM.lossesPct, wiring: 75 },
      },
      place,
      '/systems/3',
    );
    expect(found.map(({ code, pointer, values }) => [code, pointer, values.name])).toEqual([
      ['solar.value_unusual', '/systems/3/mounting/tilt_deg', 'mounting.tilt_deg'],
      ['solar.value_implausible', '/systems/3/gamma_per_k', 'gamma_per_k'],
      ['solar.value_implausible', '/systems/3/inverter_efficiency', 'inverter_efficiency'],
      ['solar.value_implausible', '/systems/3/temperature', 'cell_temperature_rise_k'],
      ['solar.value_implausible', '/systems/3/losses_pct', 'losses_pct'],
      ['solar.value_implausible', '/systems/3/losses_pct/wiring', 'losses_pct.wiring'],
    ]);
  });

  test('has losses as fractions, a tracker from east to west, or a wall with hourly means', () => {
    const fractions = { ...DEFAULT_SYSTEM.lossesPct };
    for (const name of Object.keys(fractions) as (keyof typeof fractions)[]) fractions[name] /= 100;
    expect(totalLossPct(fractions)).toBeLessThan(0.2);
    expect(codesOf({ lossesPct: fractions })).toEqual(['solar.losses_as_fractions', 'solar.value_implausible']);
    expect(codesOf({ mounting: { ...TRACKER, axisAzimuthDeg: 90 } })).toEqual(['solar.tracker_axis']);
    expect(codesOf(facing(90, 90))).toEqual(['solar.hourly_means_on_steep_plane', 'solar.value_unusual']);
    expect(systemWarnings({ ...DEFAULT_SYSTEM, ...facing(90, 90) }, { ...place, stepMinutes: 15 }, '')).toHaveLength(1);
  });

  test('has a result that cannot be, clips, or is limited by its export', () => {
    const year = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
    const results = (changes: Partial<SolarSystem>): string[] => {
      const system = { ...DEFAULT_SYSTEM, ...changes };
      return resultWarnings(system, figuresOf(system, year), 60, '').map(({ code }) => code);
    };
    expect(results({})).toEqual([]);
    expect(results({ dcAcRatio: 1.6 })).toEqual(['solar.subhourly_clipping']);
    expect(results({ exportLimitKw: 1 })).toContain('solar.export_limit_share');
    expect(results({ curtailmentPct: 50 })).toEqual(['solar.value_implausible']);
    const figures = figuresOf(DEFAULT_SYSTEM, year);
    const over = { ...figures, annual_energy_kwh: figures.annual_dc_energy_kwh * 1.014 };
    expect(resultWarnings(DEFAULT_SYSTEM, over, 60, '/system')).toMatchObject([
      { code: 'solar.ac_over_dc', severity: 'severe', pointer: '/system' },
    ]);
  });

  test('has no uncertainty, or one in fractions', () => {
    const names = (uncertainty: Record<string, number>, interannual: number, nYears = 1) =>
      uncertaintyWarnings(uncertainty, interannual, nYears).map(({ pointer, code }) => [pointer, code]);
    expect(names({ resource: 5, model: 3 }, 4)).toEqual([]);
    expect(names({ resource: 0.05 }, 0.04)).toEqual([
      ['/uncertainty_pct', 'solar.value_implausible'],
      ['/interannual_pct', 'solar.value_implausible'],
    ]);
    expect(names({ resource: 5 }, 0, 10)).toEqual([]);
  });

  test('has weather from elsewhere, with the distance', () => {
    const weather = { latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273 };
    const at = (latitude_deg: number, longitude_deg: number, elevation_m: number | null = null) =>
      placeWarnings({ latitude_deg, longitude_deg, elevation_m }, weather, '/site_id').map(({ code, values }) => [
        code,
        values.distance_km ?? values.elevation_m,
      ]);
    expect(at(36.2, -79.9, 300)).toEqual([]);
    // By geographiclib 2.0 on WGS84: 71.14 and 403.4 km; the sphere is within 0.6 %.
    expect(at(36.1, -79.16)).toEqual([['solar.weather_far', 71]]);
    const [[code, km]] = at(38.9, -77.04);
    expect([code, Math.abs(Number(km) / 403.4 - 1) < 0.006]).toEqual(['solar.weather_of_another_place', true]);
    expect(at(36.1, -79.9, 3200)).toEqual([['solar.weather_elevation', 3200]]);
  });
});

describe('models with a value of another unit', () => {
  const months = (value: number): number[] => new Array(12).fill(value);
  const townsend = { slantHeightM: 2, lowerEdgeHeightM: 1, stringFactor: 1, snowEvents: months(1) };
  const rain = (mm: number): number[] => new Array(365).fill(mm);
  const namesOf = (changes: Partial<SolarSystem>) =>
    systemWarnings({ ...DEFAULT_SYSTEM, ...changes }, { latitudeDeg: 36, stepMinutes: 60 }, '/s').map(
      ({ code, pointer, values }) => values.name ?? `${code} ${pointer}`,
    );

  test.each<[string, Partial<SolarSystem>, Partial<SolarSystem>, string]>([
    ['snow on the ground all year', { albedoMonthly: months(0.95) }, { albedoMonthly: months(0.25) }, 'albedo'],
    [
      'soiling as a fraction',
      { soiling: { type: 'monthly', pct: months(0.02) } },
      { soiling: { type: 'monthly', pct: months(2) } },
      'soiling.pct',
    ],
    [
      'degradation as a fraction',
      { degradation: { pctPerYear: 0.005, year: 15 } },
      { degradation: { pctPerYear: 0.5, year: 15 } },
      'degradation.pct_per_year',
    ],
    [
      'rain in metres',
      { soiling: { ...KIMBER, dailyRainMm: rain(0.002) } },
      { soiling: { ...KIMBER, dailyRainMm: rain(2) } },
      'soiling.rain_mm_per_year',
    ],
    [
      'growth of soiling in percent',
      { soiling: { ...KIMBER, dailyRainMm: rain(2), lossPerDay: 0.15 } },
      { soiling: { ...KIMBER, dailyRainMm: rain(2) } },
      'soiling.loss_per_day',
    ],
    [
      'humidity as a fraction',
      { snow: { type: 'townsend', ...townsend, snowTotalCm: months(5), relativeHumidityPct: months(0.7) } },
      { snow: { type: 'townsend', ...townsend, snowTotalCm: months(5), relativeHumidityPct: months(70) } },
      'snow.relative_humidity_pct',
    ],
    [
      'snow in millimetres',
      { snow: { type: 'townsend', ...townsend, snowTotalCm: months(200), relativeHumidityPct: months(70) } },
      { snow: { type: 'townsend', ...townsend, snowTotalCm: months(20), relativeHumidityPct: months(70) } },
      'snow.snow_cm_per_year',
    ],
    [
      'reflection ten times too strong',
      { iam: { type: 'ashrae', b: 0.5, includeDiffuse: true } },
      { iam: { type: 'ashrae', b: 0.05, includeDiffuse: true } },
      'iam.b',
    ],
    [
      'reflection a tenth of the usual one',
      { iam: { type: 'martin_ruiz', ar: 0.016, includeDiffuse: true } },
      { iam: { type: 'martin_ruiz', ar: 0.16, includeDiffuse: true } },
      'iam.ar',
    ],
    [
      'INOCT of a module without air',
      { temperature: { type: 'fuentes', installedNoctC: 80 } },
      { temperature: { type: 'fuentes', installedNoctC: 45 } },
      'temperature.installed_noct_c',
    ],
    [
      'rows half a metre apart',
      { bifacial: { ...BIFACIAL, gcr: 0.4, pitchM: 0.5 } },
      { bifacial: { ...BIFACIAL, gcr: 0.4 } },
      'bifacial.pitch_m',
    ],
    [
      'a structure that hides the rear',
      { bifacial: { ...BIFACIAL, gcr: 0.4, backShading: 0.9 } },
      { bifacial: { ...BIFACIAL, gcr: 0.4 } },
      'bifacial.back_shading',
    ],
    [
      'an axis of 60 degrees',
      { mounting: { ...TRACKER, axisTiltDeg: 60 } },
      { mounting: { ...TRACKER, axisTiltDeg: 20 } },
      'mounting.axis_tilt_deg',
    ],
    [
      'a slope of 45 degrees',
      { mounting: { ...TRACKER, crossAxisTiltDeg: 45 } },
      { mounting: { ...TRACKER, crossAxisTiltDeg: -7 } },
      'mounting.cross_axis_tilt_deg',
    ],
    [
      'a two-axis tracker that stays flat',
      { mounting: { type: 'two_axis', maxTiltDeg: 5 } },
      { mounting: { type: 'two_axis', maxTiltDeg: 90 } },
      'mounting.max_tilt_deg',
    ],
    [
      'a tilted axis away from the equator',
      { mounting: { ...TRACKER, axisTiltDeg: 20, axisAzimuthDeg: 0 } },
      { mounting: { ...TRACKER, axisAzimuthDeg: 0 } },
      'solar.faces_away_from_equator /s/mounting/axis_azimuth_deg',
    ],
  ])('%s is doubted, and the usual value is not', (_, odd, usual, name) => {
    expect(namesOf(odd)).toEqual([name]);
    expect(namesOf(usual)).toEqual([]);
  });
});

test('the page of unusual values has each range with its source', () => {
  const page = readFileSync('docs/warnings/solar.value_unusual.md', 'utf8');
  for (const [name, { usual, possible, source }] of Object.entries(USUAL_SOLAR))
    expect(page).toContain(
      `| \`${name}\` | ${usual[0]} to ${usual[1]} | ${possible[0]} to ${possible[1]} | ${source} |`,
    );
});
