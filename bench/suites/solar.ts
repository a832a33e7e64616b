/** The solar engine on one year of hours, single thread unless a name says otherwise. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { annualEnergyKwh } from '../../src/solar/year/candidate.ts';
import { samPvwatts } from '../../src/solar/power/sam-pvwatts.ts';
import { prepareSite, simulateYear } from '../../src/solar/year/simulate.ts';
import { MaximumPower } from '../../src/solar/power/single-diode.ts';
import { sunPositions } from '../../src/sun/spa.ts';
import { PREPARATION, SYSTEM } from './inputs.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import type { Benchmark } from './suite.ts';

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

const SWEEP = 1000;
const THREADS = 2;

/** Milliseconds for 1,000 orientations on two threads that know the site. */
async function sweep(rounds: number): Promise<number[]> {
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL('./solar-sweep-worker.js', import.meta.url)),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const samples: number[] = [];
    for (let round = -2; round < rounds; round++) {
      const start = performance.now();
      const answers = workers.map((worker, k) => {
        worker.postMessage({ from: (k * SWEEP) / THREADS, to: ((k + 1) * SWEEP) / THREADS });
        return once(worker, 'message');
      });
      await Promise.all(answers);
      if (round >= 0) samples.push(performance.now() - start);
    }
    return samples;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Canadian Solar CS6X-310P, from SAM's CEC library of 2019-03-05. */
const CEC_MODULE = {
  alphaScAPerK: -0.004304,
  aRefV: 1.559073,
  iLRefA: 9.097388,
  iORefA: 2.766528e-12,
  rSOhm: 0.429443,
  rShRefOhm: 224.251984,
  adjustPct: -18.547718,
};

/** Maximum power points a second over irradiances of 5 to 1,200 W/m2 and cells of -10 to 70 degC. */
function cecPointsPerSecond(rounds: number): number[] {
  const points = 200_000;
  const solver = new MaximumPower(CEC_MODULE);
  const milliseconds = time(rounds, () => {
    for (let k = 0; k < points; k++) solver.solve(5 + ((k * 7) % 1196), -10 + ((k * 3) % 81));
  });
  return milliseconds.map((elapsed) => (points / elapsed) * 1000);
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'solar.annual_full_ms',
    unit: 'ms',
    async run() {
      const weather = greensboro();
      return time(50, () => simulateYear(prepareSite(weather, PREPARATION), SYSTEM));
    },
  },
  {
    name: 'solar.annual_repeat_ms',
    unit: 'ms',
    async run() {
      const site = prepareSite(greensboro(), PREPARATION);
      return time(100, () => simulateYear(site, SYSTEM));
    },
  },
  {
    name: 'solar.annual_sam_ms',
    unit: 'ms',
    async run() {
      const site = prepareSite(greensboro(), PREPARATION);
      const system = samPvwatts(SYSTEM, { kind: 'standard', gcr: 0.4 });
      return time(40, () => simulateYear(site, system));
    },
  },
  {
    name: 'solar.candidate_ms',
    unit: 'ms',
    async run() {
      const site = prepareSite(greensboro(), PREPARATION);
      let candidate = 0;
      return time(1000, () => {
        candidate++;
        const mounting = { type: 'fixed', tiltDeg: candidate % 91, azimuthDeg: 90 + (candidate % 181) } as const;
        annualEnergyKwh(site, { ...SYSTEM, mounting });
      });
    },
  },
  {
    name: 'solar.candidate_tracker_ms',
    unit: 'ms',
    async run() {
      const site = prepareSite(greensboro(), PREPARATION);
      let candidate = 0;
      return time(500, () => {
        candidate++;
        const mounting = {
          type: 'one_axis',
          axisTiltDeg: 0,
          axisAzimuthDeg: 180,
          maxAngleDeg: 60,
          backtrack: true,
          gcr: 0.2 + (candidate % 50) / 100,
          crossAxisTiltDeg: 0,
        } as const;
        annualEnergyKwh(site, { ...SYSTEM, mounting });
      });
    },
  },
  { name: 'solar.sweep_1000_ms', unit: 'ms', run: () => sweep(9) },
  { name: 'solar.cec_points_per_second', unit: '1/s', run: async () => cecPointsPerSecond(10) },
  {
    name: 'solar.spa_full_ms',
    unit: 'ms',
    run: async () => time(30, () => sunPositions(HOURS, OBSERVER, { method: 'full' })),
  },
  { name: 'solar.spa_fast_ms', unit: 'ms', run: async () => time(200, () => sunPositions(HOURS, OBSERVER)) },
];
