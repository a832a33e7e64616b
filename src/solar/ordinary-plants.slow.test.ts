import { describe, expect, test } from '@jest/globals';
import { BIFACIAL, DEFAULT_SYSTEM, ROWS, TRACKER } from '../../test/support/default-system.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { figuresOf } from '../../test/support/solar-figures.ts';
import { PLACES, syntheticYear } from '../../test/support/synthetic-weather.ts';
import { parseWeather } from '../weather/parse.ts';
import { qualityWarnings } from '../weather/quality-warnings.ts';
import { weatherQuality } from '../weather/quality.ts';
import type { WeatherYear } from '../weather/series.ts';
import { resultWarnings, systemWarnings } from './plausibility.ts';
import { samPvwatts } from './power/sam-pvwatts.ts';
import type { SolarSystem } from './system.ts';

/** Ordinary plants: racks, roofs to the east and west, trackers, two faces, other ratios and models. */
function ordinaryPlants(latitudeDeg: number): SolarSystem[] {
  const azimuthDeg = latitudeDeg >= 0 ? 180 : 0;
  const tiltDeg = Math.min(45, Math.max(10, Math.round(0.8 * Math.abs(latitudeDeg))));
  const rack = { type: 'fixed', tiltDeg, azimuthDeg } as const;
  const plain = { ...DEFAULT_SYSTEM, mounting: rack };
  return [
    plain,
    { ...plain, dcCapacityKw: 8, mounting: { type: 'roof', tiltDeg: 30, azimuthDeg: 90 } },
    { ...plain, dcCapacityKw: 250, mounting: { type: 'roof', tiltDeg: 10, azimuthDeg: 270 } },
    { ...plain, dcCapacityKw: 50_000, mounting: TRACKER, dcAcRatio: 1.3 },
    { ...plain, dcCapacityKw: 120_000, mounting: TRACKER, bifacial: { ...BIFACIAL, gcr: 0.4 }, albedo: 0.25 },
    { ...plain, rows: { ...ROWS, gcr: 0.5 }, dcAcRatio: 1.1 },
    { ...samPvwatts(plain, { kind: 'premium', gcr: 0.4 }), dcAcRatio: 1 },
    { ...plain, dcAcRatio: 1.5, temperature: { type: 'faiman', u0: 25, u1: 6.84 }, transposition: 'hay_davies' },
  ];
}

const doubtsOf = (system: SolarSystem, year: WeatherYear) => {
  const { latitudeDeg, stepMinutes } = year;
  return [
    ...systemWarnings(system, { latitudeDeg, stepMinutes }, '/system'),
    ...resultWarnings(system, figuresOf(system, year), stepMinutes, '/system'),
  ];
};

const real = Object.entries(WEATHER).map(([name, file]) => ({
  name,
  year: () => parseWeather(weatherFile(file), { name }),
}));
const synthetic = PLACES.map((place, seed) => ({ name: place.name, year: () => syntheticYear(place, seed + 1) }));

describe('ordinary plants with the weather of', () => {
  test.each([...real, ...synthetic])('$name have no severe warning, and the weather none at all', ({ year }) => {
    const weather = year();
    expect(qualityWarnings(weather, weatherQuality(weather))).toEqual([]);
    const doubts = ordinaryPlants(weather.latitudeDeg).flatMap((system) => doubtsOf(system, weather));
    expect(doubts.filter(({ severity }) => severity === 'severe')).toEqual([]);
    // What is said of ordinary plants is at most that hourly means hide clipping.
    expect(new Set(doubts.map(({ code }) => code).filter((code) => code !== 'solar.subhourly_clipping'))).toEqual(
      new Set(),
    );
  });
});
