/** Case studies 3 and 4 by `POST /v1/wind/optimize` with its defaults, on the embedded platform. */
import type { OptimizeWindRequest } from '../../src/client/api.ts';
import { layoutObjective } from '../../src/wind/layout/layout-objective.ts';
import { CompiledSite, requireFeasible } from '../../src/wind/layout/layout-site.ts';
import { withEmbedded } from '../embedded-client.ts';
import { type CaseNumber, iea37Case } from './iea37-cases.ts';

const KWH_PER_MWH = 1e3;
const MS_PER_S = 1e3;
/** Positions in answers are rounded to millimetres. */
const FEASIBLE_M = 2e-3;

/** Prints one line of JSON: the energy of the answered layout, evaluated here. */
export async function runIea37Api(
  options: { readonly case: CaseNumber; readonly seed: number; readonly request: Partial<OptimizeWindRequest> },
  print: (text: string) => void,
): Promise<void> {
  const task = iea37Case(options.case);
  const { job, seconds } = await withEmbedded(async (client) => {
    const start = performance.now();
    const body = { ...task.request, ...options.request, seed: options.seed };
    const ended = await client.waitForJob(await client.submit('/v1/wind/optimize', body));
    return { job: ended, seconds: (performance.now() - start) / MS_PER_S };
  });
  const best = job.result?.best;
  if (!best) throw new Error(`the job ${job.status}: ${JSON.stringify(job.error)}`);
  const { x_m: x, y_m: y } = best.layout;
  requireFeasible(new CompiledSite(task.site), x, y, FEASIBLE_M);
  const aep_mwh = layoutObjective(task.input(x, y)).value(x, y) / KWH_PER_MWH;
  print(JSON.stringify({ case: options.case, seed: options.seed, aep_mwh, seconds, layout: { x, y } }));
}
