/**
 * What a search gains on a regular grid of many turbines, by the API with its defaults on the embedded platform. Each turbine of the
 * grid stands in the middle of a square of the area.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { AnalyzeWindRequest, OptimizeWindRequest } from '../../src/client/api.ts';
import { withEmbedded } from '../embedded-client.ts';

const MODELS = { gaussian: 'bastankhah_k00325', jensen: 'noj_k004' } as const;
const DIAMETER_M = 242.24;
const SPACING_DIAMETERS = 7;
const ASPECT = 1.25;
const KB_PER_MB = 1024;
const MS_PER_S = 1e3;

/** Largest memory of the processes that run workers [MB] */
function workerMemoryMb(): number {
  const peaks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const isWorker = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes('main.js worker');
        return isWorker ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) : 0;
      } catch {
        return 0; // The process has ended meanwhile.
      }
    });
  return Math.max(...peaks) / KB_PER_MB;
}

/** Prints one line of JSON: energies before and after, and the gain. */
export async function runLargeLayout(
  options: { readonly turbines: number; readonly model: keyof typeof MODELS; readonly seed: number },
  print: (text: string) => void,
): Promise<void> {
  const { turbines: n, model, seed } = options;
  const columns = Math.ceil(Math.sqrt(n * ASPECT));
  const step = SPACING_DIAMETERS * DIAMETER_M;
  const layout = {
    x_m: Array.from({ length: n }, (_, i) => ((i % columns) + 0.5) * step),
    y_m: Array.from({ length: n }, (_, i) => (Math.floor(i / columns) + 0.5) * step),
  };
  const [east, north] = [columns * step, Math.ceil(n / columns) * step];
  const common = {
    // Winds from all sides, most from the south-west
    resource: {
      type: 'weibull',
      sectors: [6, 5, 5, 6, 7, 7, 9, 13, 15, 12, 8, 7].map((pct) => ({
        frequency: pct / 100,
        scale_m_s: 9.5,
        shape: 2.2,
      })),
    },
    turbines: [{ id: 'iea_15MW' }],
    wake: { model: MODELS[model] },
    bins: { direction_step_deg: 5 },
  } satisfies Partial<AnalyzeWindRequest & OptimizeWindRequest>;
  const { before, after, seconds, worker_memory_mb } = await withEmbedded(async (client) => {
    const analysis = await client.waitForJob(await client.submit('/v1/wind/analyze', { ...common, layout }));
    const start = performance.now();
    const search = await client.waitForJob(
      await client.submit('/v1/wind/optimize', {
        ...common,
        boundary: {
          type: 'Polygon',
          unit: 'm',
          coordinates: [
            [
              [0, 0],
              [east, 0],
              [east, north],
              [0, north],
              [0, 0],
            ],
          ],
        },
        n_turbines: n,
        start_layout: layout,
        seed,
      }),
    );
    const s = (performance.now() - start) / MS_PER_S;
    return { before: analysis, after: search, seconds: s, worker_memory_mb: Math.round(workerMemoryMb()) };
  });
  const best = after.result?.best;
  if (!best || !before.result || !('annual_energy_with_wakes_kwh' in before.result))
    throw new Error(`${JSON.stringify([before.error, after.error])}`);
  const grid_kwh = before.result.annual_energy_with_wakes_kwh;
  const best_kwh = best.annual_energy_with_wakes_kwh;
  const gain_pct = (best_kwh / grid_kwh - 1) * 100;
  const row = { model, turbines: n, seed, grid_gwh: grid_kwh / 1e6, best_gwh: best_kwh / 1e6, gain_pct };
  print(
    JSON.stringify({
      ...row,
      is_time_limited: after.is_time_limited,
      compute_s: after.compute_s,
      seconds,
      worker_memory_mb,
    }),
  );
}
