/** IEA Wind Task 37, case studies 1, 3 and 4: a layout from random starts in a given time, on two threads. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { AppError } from '../../src/contracts/common/app-error.ts';
import type { EnergyInput } from '../../src/wind/energy/energy.ts';
import { IEA37_RADII, IEA37_SPACING_M, iea37Input } from '../../src/wind/formats/iea37.ts';
import { iea37Yaml } from '../../src/wind/formats/iea37-yaml.ts';
import { layoutObjective } from '../../src/wind/layout/layout-objective.ts';
import type { LayoutMethod } from '../../src/wind/layout/layout-problem.ts';
import type { Layout } from '../../src/wind/layout/layout-search.ts';
import { CompiledSite, type LayoutSite, requireFeasible } from '../../src/wind/layout/layout-site.ts';
import { iea37Case } from './iea37-cases.ts';
import { startWorker } from '../suites/wind.ts';

const THREADS = 2;
const KWH_PER_MWH = 1e3;
const FEASIBLE_M = 1e-6;

export interface Iea37Options {
  /** Case study; default 1 */
  readonly case?: number;
  /** Case study 1: number of turbines */
  readonly turbines?: number;
  readonly radiusM?: number;
  /** What each of the two threads computes; time in which others have the processor does not count */
  readonly seconds: number;
  readonly seed: number;
  readonly json: boolean;
  /** File for the layout in the task's YAML */
  readonly out?: string;
}

interface Task {
  /** First fields of the result */
  readonly head: { readonly turbines: number } | { readonly case: number };
  readonly turbines: number;
  readonly site: LayoutSite;
  readonly method: LayoutMethod;
  readonly input: (xM: ArrayLike<number>, yM: ArrayLike<number>) => EnergyInput;
}

export interface Solved {
  readonly head: Task['head'];
  readonly turbines: number;
  readonly layout: Layout;
  readonly aepMwh: number;
  /** Wall clock, and what the busier thread computed */
  readonly seconds: number;
  readonly computeS: number;
}

/** Searches from random starts on two threads, and evaluates the best layout. */
export async function solveIea37(options: Omit<Iea37Options, 'json'>): Promise<Solved> {
  const { seconds, seed } = options;
  const { head, turbines, site, method, input } = taskOf(options);
  if (!(seconds > 0 && seconds <= 86_400))
    throw new AppError('wind.invalid_input', `seconds is ${seconds}; expected more than 0, at most 86400`);
  const compiled = new CompiledSite(site);
  compiled.requireCapacity(turbines);
  const start = performance.now();
  const nowhere = new Float64Array(turbines);
  const layouts = await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const worker = startWorker({
        kind: 'layout',
        seconds,
        problem: {
          energy: input(nowhere, nowhere),
          site,
          method,
          seed: THREADS * seed + thread,
          maxSteps: 1e9,
          fixed: 0,
          startFromFarm: false,
        },
      });
      return once(worker, 'message').then(([layout]) => layout as Layout & { readonly computeS: number });
    }),
  );
  const best = layouts.reduce((a, b) => (b.score > a.score ? b : a));
  requireFeasible(compiled, best.xM, best.yM, FEASIBLE_M);
  const aepMwh = layoutObjective(input(best.xM, best.yM)).value(best.xM, best.yM) / KWH_PER_MWH;
  return {
    head,
    turbines,
    layout: best,
    aepMwh,
    seconds: (performance.now() - start) / 1000,
    computeS: Math.max(...layouts.map(({ computeS }) => computeS)),
  };
}

export async function runIea37(options: Iea37Options, print: (text: string) => void): Promise<void> {
  const { seed } = options;
  const { head, turbines, layout: best, aepMwh, seconds: elapsed, computeS: computed } = await solveIea37(options);
  if (options.out) await writeFile(options.out, iea37Yaml(best.xM, best.yM));
  if (options.json) {
    const layout = { x: best.xM, y: best.yM };
    print(JSON.stringify({ ...head, seed, aep_mwh: aepMwh, seconds: elapsed, compute_s: computed, layout }));
  } else
    print(
      `${turbines} turbines, seed ${seed}: ${aepMwh.toFixed(3)} MWh a year; each thread computed ${computed.toFixed(1)} s ` +
        `in ${elapsed.toFixed(1)} s`,
    );
}

/** @throws AppError that names the option which is missing or wrong */
function taskOf({ case: number = 1, turbines, radiusM, out }: Omit<Iea37Options, 'json'>): Task {
  if (number === 3 || number === 4) {
    if (turbines !== undefined || radiusM !== undefined || out !== undefined)
      throw new AppError('wind.invalid_input', `case ${number} states its turbines and area; leave out other options`);
    const task = iea37Case(number);
    return { head: { case: number }, turbines: task.turbines, site: task.site, method: 'annealing', input: task.input };
  }
  if (number !== 1) throw new AppError('wind.invalid_input', `case is ${number}; expected 1, 3 or 4`);
  if (turbines === undefined || !(Number.isInteger(turbines) && turbines >= 1 && turbines <= 1000))
    throw new AppError('wind.invalid_input', `turbines is ${turbines}; expected a whole number from 1 to 1000`);
  const radius = radiusM ?? IEA37_RADII[turbines];
  if (!(radius > 0))
    throw new AppError(
      'wind.invalid_input',
      `the task has no radius for ${turbines} turbines, only for ${Object.keys(IEA37_RADII).join(', ')}; give --radius-m`,
    );
  return {
    head: { turbines },
    turbines,
    site: { zones: [{ xM: 0, yM: 0, radiusM: radius }], minSpacingM: IEA37_SPACING_M },
    method: 'gradient',
    input: iea37Input,
  };
}
