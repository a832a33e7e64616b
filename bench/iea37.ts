/** IEA Wind Task 37, case study 1: a layout from random starts in a given time, on two threads. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { AppError } from '../src/contracts/common/app-error.ts';
import { IEA37_RADII, IEA37_SPACING_M, iea37Input } from '../src/wind/formats/iea37.ts';
import { iea37Yaml } from '../src/wind/formats/iea37-yaml.ts';
import { layoutObjective } from '../src/wind/layout/layout-objective.ts';
import type { Layout } from '../src/wind/layout/layout-search.ts';
import { CompiledSite, requireFeasible } from '../src/wind/layout/layout-site.ts';
import { startWorker } from './wind.ts';

const THREADS = 2;
const KWH_PER_MWH = 1e3;
const FEASIBLE_M = 1e-6;

export interface Iea37Options {
  readonly turbines: number;
  readonly radiusM?: number;
  readonly seconds: number;
  readonly seed: number;
  readonly json: boolean;
  /** File for the layout in the task's YAML */
  readonly out?: string;
}

export async function runIea37(options: Iea37Options, print: (text: string) => void): Promise<void> {
  const { turbines, seconds, seed } = options;
  const radiusM = options.radiusM ?? IEA37_RADII[turbines];
  if (!(Number.isInteger(turbines) && turbines >= 1 && turbines <= 1000))
    throw new AppError('wind.invalid_input', `turbines is ${turbines}; expected a whole number from 1 to 1000`);
  if (!(radiusM > 0))
    throw new AppError(
      'wind.invalid_input',
      `the task has no radius for ${turbines} turbines, only for ${Object.keys(IEA37_RADII).join(', ')}; give --radius-m`,
    );
  if (!(seconds > 0 && seconds <= 86_400))
    throw new AppError('wind.invalid_input', `seconds is ${seconds}; expected more than 0, at most 86400`);
  const site = new CompiledSite({ zones: [{ xM: 0, yM: 0, radiusM }], minSpacingM: IEA37_SPACING_M });
  site.requireCapacity(turbines);
  const start = performance.now();
  const layouts = await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const worker = startWorker({ kind: 'iea37', turbines, radiusM, seed: THREADS * seed + thread, seconds });
      return once(worker, 'message').then(([layout]) => layout as Layout);
    }),
  );
  const best = layouts.reduce((a, b) => (b.score > a.score ? b : a));
  requireFeasible(site, best.xM, best.yM, FEASIBLE_M);
  const aepMwh = layoutObjective(iea37Input(best.xM, best.yM)).value(best.xM, best.yM) / KWH_PER_MWH;
  const elapsed = (performance.now() - start) / 1000;
  if (options.out) await writeFile(options.out, iea37Yaml(best.xM, best.yM));
  if (options.json) {
    const layout = { x: best.xM, y: best.yM };
    print(JSON.stringify({ turbines, seed, aep_mwh: aepMwh, seconds: elapsed, layout }));
  } else print(`${turbines} turbines, seed ${seed}: ${aepMwh.toFixed(3)} MWh a year in ${elapsed.toFixed(1)} s`);
}
