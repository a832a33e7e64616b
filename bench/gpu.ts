/** Measures the sweep of solar designs on a GPU beside two threads of the processor, and compares their energies. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { GpuDevice } from '../src/compute/gpu/device.ts';
import { builtModule, ComputePool, moduleTasks } from '../src/compute/pool.ts';
import { sweptEnergiesKwh } from '../src/solar/year/sweep.ts';
import type * as designs from './gpu-designs.ts';
import { benchSite, type DesignKind, designsOf } from './gpu-designs.ts';

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

const inThread = moduleTasks<typeof designs>(builtModule(import.meta.url, './gpu-designs'));

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
    seed,
  };
  for (const kind of KINDS) {
    const systems = designsOf({ kind, count, seed });
    const site = benchSite();
    // The first round compiles, and brings the year to the device.
    let energies: number[] = [];
    let gpuPerS = 0;
    const begun = performance.now();
    for (let round = 0; round < ROUNDS && performance.now() - begun < LIMIT_MS; round++) {
      energies = [];
      const started = performance.now();
      while (energies.length < count && performance.now() - started < LIMIT_MS) {
        const from = energies.length;
        energies.push(...(await sweptEnergiesKwh(gpu, site, systems.slice(from, from + batchOf(from, started)))));
      }
      gpuPerS = Math.max(gpuPerS, (1000 * energies.length) / (performance.now() - started));
    }
    const parts = await Promise.all(
      Array.from({ length: THREADS }, (_, from) =>
        inThread(pool, 'energiesOf', { kind, count, seed, from, every: THREADS, limitMs: LIMIT_MS }),
      ),
    );
    const cpuPerS = parts.reduce((sum, part) => sum + (1000 * part.energies.size) / part.ms, 0);
    let error = 0;
    for (const part of parts)
      for (const [i, energy] of part.energies)
        if (i < energies.length) error = Math.max(error, Math.abs(energies[i] / energy - 1));
    results[`${kind}_gpu_designs_per_s`] = gpuPerS;
    results[`${kind}_cpu_designs_per_s`] = cpuPerS;
    results[`${kind}_ratio`] = gpuPerS / cpuPerS;
    results[`${kind}_error`] = error;
  }
  results.memory_bytes = gpu.memoryBytes;
  gpu.release();
  await pool.close();
  writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  if (json) print(JSON.stringify(results));
  else for (const [name, value] of Object.entries(results)) print(`${name.padEnd(24)} ${value}`);
}

/** A software device takes long for a large batch. */
const batchOf = (done: number, started: number): number =>
  done === 0 ? 64 : Math.min(BATCH, Math.max(64, Math.floor((10_000 * done) / (performance.now() - started))));
