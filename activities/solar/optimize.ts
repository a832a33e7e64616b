/** `POST /v1/solar/optimize`: a search for the best design, slice by slice, resumable from any of them. */
import { AppError } from '../../src/contracts/common/app-error.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import { decodeColumns, encodeColumns } from '../../src/series/columns.ts';
import type { SolarOptimizeInput } from '../../src/services/solar/design.ts';
import { solarDesignAnswer, toDesignRequest } from '../../src/services/solar/design.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { runCompute } from '../run-compute.ts';
import { weatherOf } from './weather.ts';

/** Time between two checks of limits and checkpoints [ms]; a cancellation stops a slice at once. */
const SLICE_MS = 1_000;

export function optimizeSolar(input: JobWorkflowInput, dependencies: ComputeDependencies): Promise<JobWorkflowResult> {
  return runCompute(input, dependencies, async ({ run, control, stopping, keep }, { pool, weather: datasets }) => {
    const jobInput = run.job.input as unknown as SolarOptimizeInput;
    const { seed } = run.job;
    const weather = await weatherOf(jobInput.weather_ids, input.orgId, { weather: datasets });
    const common = {
      weather,
      options: { decomposition: jobInput.decomposition, edgeSteps: jobInput.edge_steps },
      request: toDesignRequest(jobInput, seed),
      control,
    };
    let state = run.checkpoint?.data ? (decodeColumns(run.checkpoint.data).meta.search as string) : undefined;
    let done = false;
    while (!done && !stopping()) {
      const { result } = await pool.run('solarDesignSlice', {
        ...common,
        state,
        sliceMs: SLICE_MS,
      });
      ({ state, done } = result);
      const { progress, iteration, evaluations, best } = result;
      const save = () => ({
        state: { iteration, evaluations },
        data: encodeColumns({}, { search: result.state }),
        progress: { iteration, evaluations, best },
      });
      await keep(progress, save, evaluations);
    }
    const slice = await pool.run('solarDesignResult', { ...common, state, sliceMs: 0 }).catch((error: unknown) => {
      // What a customer cancels may have found nothing yet.
      if (stopping() === 'cancelled' && error instanceof AppError && error.code === 'optimize.infeasible')
        return undefined;
      throw error;
    });
    return { result: solarDesignAnswer(jobInput, run.job, slice?.result), series: new Map() };
  });
}
