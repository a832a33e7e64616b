/** `POST /v1/wind/analyze`: yield, wake steering, flow maps, economics. */
import type { WindAnalysisResult, WindAnalysisSpec, WindAnalysisState } from '../../src/wind/tasks.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { WindAnalyzeInput } from '../../src/contracts/wind/requests.schema.ts';
import { encodeColumns } from '../../src/series/columns.ts';
import { analysisPlan, analysisResult } from '../../src/services/wind/analysis.ts';
import { loadWind } from '../../src/services/wind/load.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { runCompute } from '../run-compute.ts';
import { packState, unpackState } from '../../src/series/checkpoint.ts';

/** Short enough for cancels and checkpoints, long enough to cost nothing [ms]. */
const SLICE_MS = 400;

export function analyzeWind(input: JobWorkflowInput, dependencies: ComputeDependencies): Promise<JobWorkflowResult> {
  return runCompute(input, dependencies, async ({ run, control, stopping, keep }, sources) => {
    const body = run.job.input as unknown as WindAnalyzeInput;
    const { specs, climate } = await loadWind(input.orgId, body, sources);
    const plan = analysisPlan(body, specs, climate);
    const spec: WindAnalysisSpec = plan.spec;
    let state = unpackState<WindAnalysisState>(run.checkpoint?.data);
    let progress = 0;
    let analysis: WindAnalysisResult | null = null;
    while (!analysis && !stopping()) {
      const { result: slice } = await sources.pool.run('windAnalysis', {
        spec,
        state,
        budgetMs: SLICE_MS,
        control,
      });
      ({ state, progress, result: analysis } = slice);
      await keep(progress, () => ({ state: { progress }, data: packState(state!) }));
    }
    if (!analysis) return { result: { is_complete: false, fraction: progress }, series: new Map() };
    const { result, series } = analysisResult(body, plan, climate, analysis);
    const encoded = [...series].map(([name, { columns, meta }]) => [name, encodeColumns(columns, meta)] as const);
    return { result, series: new Map(encoded) };
  });
}
