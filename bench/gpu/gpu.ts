/** Measures solar designs and wind layouts on a GPU beside two threads of the processor, and compares their energies. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { GpuDevice } from '../../src/compute/gpu/device.ts';
import { builtModule, ComputePool, moduleTasks } from '../../src/compute/pool.ts';
import { DeviceFarm, type DeviceLayout } from '../../src/wind/energy/device-farm.ts';
import { COOLING, movesAt } from '../../src/wind/layout/annealing.ts';
import { DeviceMoves } from '../../src/wind/layout/device-moves.ts';
import { farthestM } from '../../src/wind/layout/layout-problem.ts';
import { CompiledSite } from '../../src/wind/layout/layout-site.ts';
import { SingleMoves } from '../../src/wind/layout/single-moves.ts';
import { sweptEnergiesKwh } from '../../src/solar/year/sweep.ts';
import type * as designs from './designs.ts';
import { benchSite, type DesignKind, designsOf } from './designs.ts';
import type * as layouts from './layouts.ts';
import { layoutProblem, layoutsOf } from './layouts.ts';

export interface GpuBenchOptions {
  readonly designs: number;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

const THREADS = 2;
const KINDS: readonly DesignKind[] = ['racks', 'rows'];
/** Time that the processor, and the device, may take for one kind [ms]; what is not done then counts by its rate */
const LIMIT_MS = 60_000;
const ROUNDS = 5;
/** Designs in a call of a fast device */
const BATCH = 10_000;

const inThread = moduleTasks<typeof designs>(builtModule(import.meta.url, './designs'));
const inWindThread = moduleTasks<typeof layouts>(builtModule(import.meta.url, './layouts'));

const LAYOUTS = 4096;
/** Time that the processor, and the device, may take for one wake model [ms] */
const WIND_LIMIT_MS = 30_000;
const WAKE_MODELS = ['noj_k004', 'bastankhah_k00325', 'niayifar_crespo'];
/** Share of the cooling that is over: as many moves are made as in the middle of a search */
const MOVES_AT = 0.5;
/** Moves of each layout in a call */
const MOVES = 160;
/** Rounds of moves of a fast device, of which the fastest counts */
const MOVE_ROUNDS = 3;

/** What a device and the processor compute of many designs. */
interface Contest {
  readonly count: number;
  readonly limitMs: number;
  onDevice(from: number, to: number): Promise<ArrayLike<number>>;
  onThread(part: { readonly from: number; readonly every: number; readonly limitMs: number }): Promise<{
    readonly energies: ReadonlyMap<number, number>;
    readonly ms: number;
  }>;
}

/** Returns designs a second on both, their ratio, and the largest difference of an energy. */
async function contest({ count, limitMs, onDevice, onThread }: Contest) {
  // The first round compiles, and brings the year to the device.
  let energies: number[] = [];
  let gpuPerS = 0;
  const begun = performance.now();
  for (let round = 0; round < ROUNDS && performance.now() - begun < limitMs; round++) {
    energies = [];
    const started = performance.now();
    while (energies.length < count && performance.now() - started < limitMs) {
      const from = energies.length;
      energies.push(...Array.from(await onDevice(from, Math.min(count, from + batchOf(from, started)))));
    }
    gpuPerS = Math.max(gpuPerS, (1000 * energies.length) / (performance.now() - started));
  }
  const parts = await Promise.all(
    Array.from({ length: THREADS }, (_, from) => onThread({ from, every: THREADS, limitMs })),
  );
  const cpuPerS = parts.reduce((sum, part) => sum + (1000 * part.energies.size) / part.ms, 0);
  let error = 0;
  for (const part of parts)
    for (const [i, energy] of part.energies)
      if (i < energies.length) error = Math.max(error, Math.abs(energies[i] / energy - 1));
  return { gpuPerS, cpuPerS, error };
}

export async function benchGpu(options: GpuBenchOptions, print: (text: string) => void): Promise<void> {
  const { designs: count, seed, out, json } = options;
  const gpu = await GpuDevice.open();
  const pool = new ComputePool({ threads: THREADS, maxTasksPerThread: Number.POSITIVE_INFINITY });
  const results: Record<string, number | string> = {
    device: gpu.name,
    vendor: gpu.description.vendor,
    architecture: gpu.description.architecture,
    processor: cpus()[0]?.model ?? 'unknown',
    designs: count,
    steps: benchSite().weather.timeMs.length,
    layouts: LAYOUTS,
    seed,
  };
  const add = (name: string, what: string, { gpuPerS, cpuPerS, error }: Awaited<ReturnType<typeof contest>>): void => {
    results[`${name}_gpu_${what}_per_s`] = gpuPerS;
    results[`${name}_cpu_${what}_per_s`] = cpuPerS;
    results[`${name}_ratio`] = gpuPerS / cpuPerS;
    results[`${name}_error`] = error;
  };
  for (const kind of KINDS) {
    const systems = designsOf({ kind, count, seed });
    const site = benchSite();
    const measured = await contest({
      count,
      limitMs: LIMIT_MS,
      onDevice: (from, to) => sweptEnergiesKwh(gpu, site, systems.slice(from, to)),
      onThread: (part) => inThread(pool, 'energiesOf', { kind, count, seed, ...part }),
    });
    add(kind, 'designs', measured);
  }
  const all = layoutsOf({ count: LAYOUTS, seed });
  for (const model of WAKE_MODELS) {
    const farm = new DeviceFarm(layoutProblem(model).energy);
    const measured = await contest({
      count: LAYOUTS,
      limitMs: WIND_LIMIT_MS,
      onDevice: (from, to) => farm.netKwh(gpu, all.slice(from, to)),
      onThread: (part) => inWindThread(pool, 'energiesOf', { model, count: LAYOUTS, seed, ...part }),
    });
    add(model, 'layouts', measured);
  }
  add('moves', 'moves', await measureMoves(gpu, pool, all, seed));
  results.memory_bytes = gpu.memoryBytes;
  gpu.release();
  await pool.close();
  writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  if (json) print(JSON.stringify(results));
  else for (const [name, value] of Object.entries(results)) print(`${name.padEnd(40)} ${value}`);
}

/** Returns moves of single turbines a second, in all layouts at a time; the error is that of the energies after them. */
async function measureMoves(gpu: GpuDevice, pool: ComputePool, all: readonly DeviceLayout[], seed: number) {
  const problem = layoutProblem(WAKE_MODELS[1]);
  const site = new CompiledSite(problem.site);
  const moves = new DeviceMoves(problem, site);
  const moving = all.map(({ xM, yM }, k) => ({ places: moves.toPlaces(xM, yM), seed: seed + k }));
  const call = { first: 0, count: MOVES, ...movesAt(COOLING, MOVES_AT, Math.sqrt(site.areaM2 / moves.turbines)) };
  const [first] = await moves.run(gpu, moving.slice(0, 1), call);
  let gpuPerS = 0;
  const begun = performance.now();
  for (let round = 0; round < MOVE_ROUNDS && performance.now() - begun < WIND_LIMIT_MS; round++) {
    const started = performance.now();
    let done = 0;
    while (done < moving.length && performance.now() - started < WIND_LIMIT_MS) {
      const to = Math.min(moving.length, done + batchOf(done, started));
      await moves.run(gpu, moving.slice(done, to), call);
      done = to;
    }
    gpuPerS = Math.max(gpuPerS, (1000 * done * MOVES) / (performance.now() - started));
  }
  const rates = await Promise.all(
    Array.from({ length: THREADS }, () =>
      inWindThread(pool, 'movesPerS', { model: WAKE_MODELS[1], seed, limitMs: WIND_LIMIT_MS / 10, share: MOVES_AT }),
    ),
  );
  const exact = new SingleMoves(problem.energy, farthestM(problem, site));
  const { x, y } = moves.toLayout(first.places);
  exact.place(x, y);
  const cpuPerS = rates.reduce((sum, rate) => sum + rate, 0);
  return { gpuPerS, cpuPerS, error: Math.abs(first.energyKwh / exact.energy - 1) };
}

/** A software device takes long for a large batch. */
const batchOf = (done: number, started: number): number =>
  done === 0 ? 64 : Math.min(BATCH, Math.max(64, Math.floor((10_000 * done) / (performance.now() - started))));
