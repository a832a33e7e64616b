/** The solar engine on one year of hours, single thread. */
import { prepareSite, simulateYear } from '../src/solar/simulate.ts';
import { sunPositions } from '../src/solar/spa.ts';
import { DEFAULT_SYSTEM } from '../src/solar/system.ts';
import { parseWeather } from '../src/weather/parse.ts';
import { WEATHER, weatherFile } from '../test/support/fixtures.ts';
import type { Benchmark } from './suites.ts';

const HOURS = Float64Array.from({ length: 8760 }, (_, hour) => Date.UTC(2021, 0, 1, 0, 30) + hour * 3_600_000);
const OBSERVER = { latitudeDeg: 36.1, longitudeDeg: -79.95, elevationM: 273 };

const greensboro = () => parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });

/** Milliseconds of each of `rounds` runs, after a warm-up of a fifth as many. */
function time(rounds: number, work: () => void): number[] {
  const samples: number[] = [];
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    const start = performance.now();
    work();
    if (round >= 0) samples.push(performance.now() - start);
  }
  return samples;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'solar.annual_full_ms',
    unit: 'ms',
    async run() {
      const weather = greensboro();
      return time(50, () => simulateYear(prepareSite(weather), DEFAULT_SYSTEM));
    },
  },
  {
    name: 'solar.annual_repeat_ms',
    unit: 'ms',
    async run() {
      const site = prepareSite(greensboro());
      return time(100, () => simulateYear(site, DEFAULT_SYSTEM));
    },
  },
  {
    name: 'solar.spa_full_ms',
    unit: 'ms',
    run: async () => time(30, () => sunPositions(HOURS, OBSERVER, { method: 'full' })),
  },
  { name: 'solar.spa_fast_ms', unit: 'ms', run: async () => time(200, () => sunPositions(HOURS, OBSERVER)) },
];
