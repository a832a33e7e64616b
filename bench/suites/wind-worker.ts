/** One of the threads of bench/wind.ts and bench/iea37.ts: on each request it repeats the work that it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EnergyInput } from '../../src/wind/energy/energy.ts';
import { EnergyModel, emptySums } from '../../src/wind/energy/energy.ts';
import type { LayoutProblem } from '../../src/wind/layout/layout-problem.ts';
import { isAnnealed, stepsOfStart } from '../../src/wind/layout/annealing-effort.ts';
import { LayoutSearch } from '../../src/wind/layout/layout-search.ts';
import { threadComputeMs } from '../../src/compute/thread-clock.ts';

export type WorkerTask =
  | { readonly kind: 'energy'; readonly input: EnergyInput; readonly part: number; readonly parts: number }
  | { readonly kind: 'layout'; readonly problem: LayoutProblem; readonly seconds: number };

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
/** The same where annealing leaves more to improve */
const ANNEALED_RESERVE = 0.12;
const PASS = { rounds: 6, iterations: 60, tolerance: 1e-10 };

/** One search that ends when its thread has computed for the given time, with the final improvement. */
function layoutPart({ problem, seconds }: Extract<WorkerTask, { kind: 'layout' }>): void {
  const start = threadComputeMs();
  const usedS = () => (threadComputeMs() - start) / 1000;
  if (!isAnnealed(problem)) {
    const search = new LayoutSearch(problem);
    const searchS = seconds - Math.min(MAX_RESERVE_S, RESERVE * seconds);
    while (!search.done) search.step(usedS() / searchS);
    search.polish();
    answer(search, usedS());
    return;
  }
  const searchS = (1 - ANNEALED_RESERVE) * seconds;
  const search = new LayoutSearch({ ...problem, starts: startsIn(searchS, problem) });
  while (!search.done) search.step(usedS() / searchS);
  let isBetter = true;
  while (isBetter && usedS() < seconds) isBetter = search.polish(PASS, 1);
  answer(search, usedS());
}

const answer = (search: LayoutSearch, computeS: number): void =>
  port.postMessage({ ...search.best()!, steps: search.steps, computeS });

/** Returns how many starts have time, by that of two steps. */
function startsIn(seconds: number, problem: LayoutProblem): number {
  const trial = new LayoutSearch({ ...problem, starts: 1 });
  trial.step();
  const before = threadComputeMs();
  trial.step();
  const stepS = (threadComputeMs() - before) / 1000;
  return Math.max(1, Math.round(seconds / (stepS * stepsOfStart(problem))));
}

if (task.kind === 'energy') energyPart(task);
else layoutPart(task);
