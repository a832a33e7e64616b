/** One of the threads of bench/wind.ts and bench/iea37.ts: on each request it repeats the work that it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EnergyInput } from '../src/wind/energy/energy.ts';
import { EnergyModel, emptySums } from '../src/wind/energy/energy.ts';
import { IEA37_SPACING_M, iea37Input } from '../src/wind/formats/iea37.ts';
import { LayoutSearch } from '../src/wind/layout/layout-search.ts';

export type WorkerTask =
  | { readonly kind: 'energy'; readonly input: EnergyInput; readonly part: number; readonly parts: number }
  | {
      readonly kind: 'iea37';
      readonly turbines: number;
      readonly radiusM: number;
      readonly seed: number;
      readonly seconds: number;
    };

const task = workerData as WorkerTask;
const port = parentPort!;

/** Takes every n-th direction: neighbouring directions cost about the same, so the parts do too. */
function energyPart({ input, part, parts }: Extract<WorkerTask, { kind: 'energy' }>): void {
  const energy = new EnergyModel(input);
  const turbines = input.farm.xM.length;
  const gradient = { x: new Float64Array(turbines), y: new Float64Array(turbines) };
  port.on('message', (withGradient: boolean) => {
    const sums = emptySums(turbines, energy.directions);
    gradient.x.fill(0);
    gradient.y.fill(0);
    let net = 0;
    for (let d = part; d < energy.directions; d += parts)
      if (withGradient) net += energy.netWithGradient(gradient, d, d + 1);
      else energy.addDirections(d, d + 1, sums);
    if (!withGradient) for (const value of sums.netByTurbine) net += value;
    port.postMessage(net);
  });
  port.postMessage(0);
}

/** Share of the time, and seconds, that are reserved for the start of the thread and the final improvement. */
const RESERVE = 0.02;
const MAX_RESERVE_S = 2;

/** One search that ends within the given time, including the final improvement. */
function iea37Part({ turbines, radiusM, seed, seconds }: Extract<WorkerTask, { kind: 'iea37' }>): void {
  const nowhere = new Float64Array(turbines);
  const search = new LayoutSearch({
    energy: iea37Input(nowhere, nowhere),
    site: { zones: [{ xM: 0, yM: 0, radiusM }], minSpacingM: IEA37_SPACING_M },
    seed,
    maxSteps: 1e9,
    fixed: 0,
    method: 'gradient',
    startFromFarm: false,
  });
  const start = performance.now();
  const searchMs = 1000 * (seconds - Math.min(MAX_RESERVE_S, RESERVE * seconds));
  const share = () => (performance.now() - start) / searchMs;
  while (share() < 1) search.step(Math.min(1, share()));
  search.polish();
  port.postMessage({ ...search.best()!, steps: search.steps });
}

if (task.kind === 'energy') energyPart(task);
else iea37Part(task);
