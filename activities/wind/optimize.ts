/**
 * `POST /v1/wind/optimize`: runs searches for layouts in parallel, each with its own seed, and then computes the yield of the
 * best one.
 */
import { newControl } from '../../src/compute/pool.ts';
import type { WindClimate } from '../../src/wind/resource/climate.ts';
import type { WindLayoutResult, WindLayoutState } from '../../src/wind/tasks.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { WindOptimizeInput } from '../../src/contracts/wind/requests.schema.ts';
import type { LayoutPlan } from '../../src/services/wind/layout.ts';
import { finalAnalysis, layoutPlan } from '../../src/services/wind/layout.ts';
import { bestRun, layoutResult } from '../../src/services/wind/layout-result.ts';
import { loadWind } from '../../src/services/wind/load.ts';
import type { FarmAnalysis } from '../../src/wind/energy/analyze-farm.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { runCompute } from '../run-compute.ts';
import { packState, unpackState } from '../../src/series/checkpoint.ts';

const SLICE_MS = 400;
/** Searches of a job that run at a time. */
const SIDE_BY_SIDE = 2;

interface RunState {
  readonly state: WindLayoutState | null;
  readonly progress: number;
  readonly done: boolean;
  readonly result: WindLayoutResult | null;
}
const UNBEGUN: RunState = { state: null, progress: 0, done: false, result: null };

export function optimizeWind(input: JobWorkflowInput, dependencies: ComputeDependencies): Promise<JobWorkflowResult> {
  return runCompute(input, dependencies, async ({ run, control, stopping, keep }, sources) => {
    const body = run.job.input as unknown as WindOptimizeInput;
    const { specs, climate } = await loadWind(input.orgId, body, sources);
    const plan = layoutPlan(body, specs, climate, run.job.seed);
    const runs: RunState[] = unpackState<RunState[]>(run.checkpoint?.data) ?? plan.runs.map(() => UNBEGUN);
    const results = () => runs.map(({ result }) => result);
    const fraction = () => runs.reduce((sum, { progress }) => sum + progress, 0) / runs.length;
    const evaluations = () => runs.reduce((sum, { result }) => sum + (result?.steps ?? 0), 0);
    const save = () => {
      const best = bestRun(body, plan, results());
      return {
        state: { fraction: fraction() },
        data: packState(runs),
        progress: best ? { best_score: best.layout.score, best_run: best.run } : {},
      };
    };
    for (;;) {
      const open = runs.flatMap(({ done }, i) => (done ? [] : [i])).slice(0, SIDE_BY_SIDE);
      if (open.length === 0 || stopping()) break;
      await Promise.all(open.map(slice));
      await keep(fraction(), save, evaluations());
    }
    const best = bestRun(body, plan, results());
    const analysis = best && (await analyse(body, plan, climate, best, stopping() === 'cancelled', sources));
    return {
      result: layoutResult(body, plan, results(), best && analysis ? { ...best, analysis } : null),
      series: new Map(),
    };

    async function slice(i: number): Promise<void> {
      const { result } = await sources.pool.run('windLayout', {
        spec: plan.runs[i].spec,
        state: runs[i].state,
        budgetMs: SLICE_MS,
        control,
      });
      // A finished search only needs its result.
      runs[i] = { ...result, state: result.done ? null : result.state };
    }
  });
}

/** Yield of the best layout; after a cancellation it is analysed at once, with the search's coarse bins. */
async function analyse(
  body: WindOptimizeInput,
  plan: LayoutPlan,
  climate: WindClimate,
  best: NonNullable<ReturnType<typeof bestRun>>,
  isHurried: boolean,
  { pool }: ComputeDependencies,
): Promise<FarmAnalysis> {
  const bins = isHurried ? body.search_bins : body.bins;
  const farm = finalAnalysis(body, plan.candidates[best.candidate], climate, best.layout, bins);
  const { result } = await pool.run('windAnalysis', {
    spec: { farm, steering: null, maps: [] },
    state: null,
    budgetMs: Number.POSITIVE_INFINITY,
    control: newControl(),
  });
  return result.result!.analysis;
}
