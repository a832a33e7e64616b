import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM, KIMBER } from '../../../test/support/default-system.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import { dailyRainOf, snowfallOf, townsendMonthsOf } from './surface-weather.ts';
import type { SnowChoice, SoilingChoice, SolarSystem } from '../system.ts';
import { checkSystem } from '../system.ts';

/** A day in January and one in December with snow, and rain of 3 mm in the first three hours of each fortieth day. */
let weather: WeatherYear;
beforeAll(() => {
  const year = parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });
  const snowDepthCm = new Float64Array(8760);
  for (let i = 240; i < 400; i++) snowDepthCm[i] = i < 242 ? 6 : 12;
  for (let i = 8200; i < 8300; i++) snowDepthCm[i] = 2;
  const rainMm = Float64Array.from({ length: 8760 }, (_, i) => (i % 960 < 3 ? 3 : 0));
  weather = { ...year, tempAirC: year.tempAirC.map((temp) => temp - 15), snowDepthCm, rainMm };
});
const yearOf = (change: Partial<SolarSystem>, of = weather) =>
  simulateYear(prepareSite(of, DEFAULT_PREPARATION), { ...DEFAULT_SYSTEM, ...change });
const changeOf = (change: Partial<SolarSystem>, name: string): number =>
  yearOf(change).waterfall.steps.find((step) => step.name === name)!.changeKwh;
const row = { slantHeightM: 2, lowerEdgeHeightM: 1, stringFactor: 1 };
const { dailyRainMm: _, ...kimber } = KIMBER;

describe('rain and snow of the weather', () => {
  test('are snowfall by the growth of the depth, events above an inch, and rain by days', () => {
    const fallen = snowfallOf(weather.snowDepthCm!);
    expect([...fallen].flatMap((cm, i) => (cm > 0 ? [[i, cm]] : []))).toEqual([
      [240, 6],
      [242, 6],
      [8200, 2],
    ]);
    const { snowTotalCm, snowEvents, relativeHumidityPct } = townsendMonthsOf(weather);
    expect(snowTotalCm).toEqual([12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(snowEvents).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(relativeHumidityPct.every((pct) => pct > 20 && pct <= 100)).toBe(true);
    expect([...dailyRainOf(weather)].slice(0, 12)).toEqual([9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('give the same loss as lists of the same rain and snow', () => {
    const soiling = (given: object): Partial<SolarSystem> => ({ soiling: { ...kimber, ...given } as SoilingChoice });
    const soiled = changeOf(soiling({}), 'soiling');
    expect(soiled).toBeLessThan(0);
    expect(soiled).toBe(changeOf(soiling({ dailyRainMm: [...dailyRainOf(weather)] }), 'soiling'));
    const marion = (given: object): Partial<SolarSystem> => ({
      snow: { type: 'marion', nStringsAlongSlant: 1, ...given } as SnowChoice,
    });
    const depth = weather.snowDepthCm!;
    const covered = changeOf(marion({}), 'snow');
    expect(covered).toBeLessThan(0);
    expect(covered).toBe(changeOf(marion({ snowfallCm: [...snowfallOf(depth)], snowDepthCm: [...depth] }), 'snow'));
    const townsend = (given: object): Partial<SolarSystem> => ({ snow: { type: 'townsend', ...row, ...given } });
    expect(changeOf(townsend({}), 'snow')).toBe(changeOf(townsend(townsendMonthsOf(weather)), 'snow'));
  });

  test('are missed by name where neither the request nor the weather has them', () => {
    const { snowDepthCm: _snow, rainMm: _rain, ...bare } = weather;
    const snow: SnowChoice = { type: 'marion', nStringsAlongSlant: 1 };
    expect(() => yearOf({ snow }, bare)).toThrow('snow.snowfall_cm is absent and the weather has no snow depth');
    expect(() => yearOf({ soiling: kimber }, bare)).toThrow(
      'soiling.daily_rain_mm is absent and the weather has no rain',
    );
    const some: SnowChoice = { type: 'townsend', ...row, snowEvents: new Array(12).fill(1) };
    expect(() => checkSystem({ ...DEFAULT_SYSTEM, snow: some })).toThrow('expected all or none');
  });
});
