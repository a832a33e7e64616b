/** The solar engine on one year of hours, single thread. */
import { sunPositions } from '../src/solar/spa.ts';
import type { Benchmark } from './suites.ts';

const HOURS = Float64Array.from({ length: 8760 }, (_, hour) => Date.UTC(2021, 0, 1, 0, 30) + hour * 3_600_000);
const OBSERVER = { latitudeDeg: 36.1, longitudeDeg: -79.95, elevationM: 273 };

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
    name: 'solar.spa_full_ms',
    unit: 'ms',
    run: async () => time(30, () => sunPositions(HOURS, OBSERVER, { method: 'full' })),
  },
  { name: 'solar.spa_fast_ms', unit: 'ms', run: async () => time(200, () => sunPositions(HOURS, OBSERVER)) },
];
