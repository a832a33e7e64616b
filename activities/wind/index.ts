import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { analyzeWind } from './analyze.ts';
import { optimizeWind } from './optimize.ts';

/** Activities of the queue `wind`. */
export interface WindActivities {
  windAnalyze(input: JobWorkflowInput): Promise<JobWorkflowResult>;
  windOptimize(input: JobWorkflowInput): Promise<JobWorkflowResult>;
}

export const windActivities = (dependencies: ComputeDependencies): WindActivities => ({
  windAnalyze: (input) => analyzeWind(input, dependencies),
  windOptimize: (input) => optimizeWind(input, dependencies),
});
