/** The wind engine on Horns Rev 1 (80 turbines, 360 directions, 23 speeds) with two threads, and on IEA Task 37's case. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnergyInput } from '../../src/wind/energy/energy.ts';
import { EnergyModel } from '../../src/wind/energy/energy.ts';
import { iea37Input } from '../../src/wind/formats/iea37.ts';
import { layoutObjective } from '../../src/wind/layout/layout-objective.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { wakeModel } from '../../src/wind/wakes/wake-models.ts';
import { roseOfWeibull } from '../../src/wind/resource/wind-rose.ts';
import { BINS } from './inputs.ts';
import { ROOT } from '../../test/support/fixtures.ts';
import type { Benchmark } from './suite.ts';
import type { WorkerTask } from './wind-worker.ts';

const THREADS = 2;
const WARM_UP = 4;

// biome-ignore lint/suspicious/noExplicitAny: the reference files have many shapes
const referenceJson = (name: string): any =>
  JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'reference', 'wind', name), 'utf8'));

/** Horns Rev 1 as defined in aep.json. */
export function hornsRev(model: string): EnergyInput {
  const { site } = referenceJson('aep.json');
  const { layouts } = referenceJson('wakes.json');
  const layout = layouts.find((l: { layout: string }) => l.layout === 'hornsrev1');
  return {
    farm: { xM: layout.x, yM: layout.y, turbines: [publicTurbine('v80')] },
    model: wakeModel(model),
    rose: roseOfWeibull(
      {
        frequency: site.frequency,
        weibull: site.A.map((scaleMPerS: number, i: number) => ({ scaleMPerS, shape: site.k[i] })),
      },
      BINS,
    ),
    ti: layout.ti0,
  };
}

/** 1,000 turbines of Horns Rev 1's kind, seven diameters apart, in its wind. */
function thousandTurbines(): EnergyInput {
  const { farm, model, rose, ti } = hornsRev('bastankhah_k00325');
  const speeds = rose.speedsMPerS.length;
  const every = 5;
  const spacingM = 560;
  return {
    model,
    ti,
    rose: {
      directionsDeg: rose.directionsDeg.filter((_, d) => d % every === 0),
      speedsMPerS: rose.speedsMPerS,
      probability: rose.probability.filter((_, at) => Math.floor(at / speeds) % every === 0).map((p) => every * p),
    },
    farm: {
      turbines: farm.turbines,
      xM: Float64Array.from({ length: 1000 }, (_, i) => spacingM * (i % 40)),
      yM: Float64Array.from({ length: 1000 }, (_, i) => spacingM * Math.floor(i / 40)),
    },
  };
}

export const startWorker = (workerData: WorkerTask): Worker =>
  new Worker(new URL(`./wind-worker${extname(import.meta.url)}`, import.meta.url), { workerData });

const nextMessage = async (worker: Worker): Promise<unknown> => (await once(worker, 'message'))[0];

/** A farm's energy on several threads that are kept. */
export class EnergyThreads {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  static async start(input: EnergyInput): Promise<EnergyThreads> {
    const parts = THREADS;
    const workers = Array.from({ length: parts }, (_, part) => startWorker({ kind: 'energy', input, part, parts }));
    await Promise.all(workers.map(nextMessage));
    return new EnergyThreads(workers);
  }

  /** Net energy [kWh a year]. */
  async run(withGradient: boolean): Promise<number> {
    const parts = this.#workers.map(nextMessage);
    for (const worker of this.#workers) worker.postMessage(withGradient);
    const sums = (await Promise.all(parts)) as number[];
    return sums.reduce((a, b) => a + b, 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Milliseconds of each of `rounds` runs, after a warm-up. */
async function timeEnergy(threads: EnergyThreads, rounds: number, withGradient: boolean): Promise<number[]> {
  const samples: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const start = performance.now();
    await threads.run(withGradient);
    if (round >= 0) samples.push(performance.now() - start);
  }
  return samples;
}

const aep80 = (name: string, model: string, rounds: number): Benchmark => ({
  name,
  unit: 'ms',
  async run() {
    const threads = await EnergyThreads.start(hornsRev(model));
    try {
      return await timeEnergy(threads, rounds, false);
    } finally {
      await threads.stop();
    }
  },
});

const median = (samples: number[]): number => samples.sort((a, b) => a - b)[samples.length >> 1];

/** Microseconds of one call, by batches of `batch`. */
function timeCall(batches: number, batch: number, call: () => void): number[] {
  const samples: number[] = [];
  for (let round = -10; round < batches; round++) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) call();
    if (round >= 0) samples.push((1000 * (performance.now() - start)) / batch);
  }
  return samples;
}

function iea37Baseline() {
  const { baseline } = referenceJson('iea37.json').cases[0];
  return { x: Float64Array.from(baseline.x), y: Float64Array.from(baseline.y) };
}

export const benchmarks: readonly Benchmark[] = [
  aep80('wind.aep80_jensen_ms', 'noj_k004', 40),
  aep80('wind.aep80_gauss_ms', 'bastankhah_k00325', 40),
  aep80('wind.aep80_turbopark_ms', 'turbopark_nygaard2022', 20),
  aep80('wind.aep80_niayifar_ms', 'niayifar_crespo', 20),
  {
    name: 'wind.aep1000_ns_per_pair',
    unit: 'ns',
    // 1,000 turbines, 72 directions, 23 speeds, on one thread: by ordered pair, direction and speed.
    async run() {
      const energy = new EnergyModel(thousandTurbines());
      const samples: number[] = [];
      for (let round = -1; round < 3; round++) {
        const start = performance.now();
        energy.net();
        if (round >= 0) samples.push((1e6 * (performance.now() - start)) / (1000 * 999 * 72 * 23));
      }
      return samples;
    },
  },
  {
    name: 'wind.aep1000_memory_mb',
    unit: 'MB',
    // Largest of this process so far, other benchmarks' part included: value and gradient of the same farm.
    async run() {
      const energy = new EnergyModel(thousandTurbines());
      energy.netWithGradient({ x: new Float64Array(1000), y: new Float64Array(1000) }, 0, 4);
      return [process.resourceUsage().maxRSS / 1024];
    },
  },
  {
    name: 'wind.gradient_ratio',
    unit: 'times',
    async run() {
      const threads = await EnergyThreads.start(hornsRev('bastankhah_k00325'));
      try {
        const samples: number[] = [];
        for (let round = 0; round < 5; round++) {
          const value = median(await timeEnergy(threads, 10, false));
          samples.push(median(await timeEnergy(threads, 10, true)) / value);
        }
        return samples;
      } finally {
        await threads.stop();
      }
    },
  },
  {
    name: 'wind.iea37_eval_us',
    unit: 'us',
    async run() {
      const { x, y } = iea37Baseline();
      const objective = layoutObjective(iea37Input(x, y));
      return timeCall(50, 500, () => objective.value(x, y));
    },
  },
  {
    name: 'wind.iea37_gradient_us',
    unit: 'us',
    async run() {
      const { x, y } = iea37Baseline();
      const objective = layoutObjective(iea37Input(x, y));
      const [gradientX, gradientY] = [new Float64Array(16), new Float64Array(16)];
      return timeCall(50, 500, () => objective.valueAndGradient(x, y, gradientX, gradientY));
    },
  },
];
