import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { analyzeSolar } from './analyze.ts';
import { optimizeSolar } from './optimize.ts';

/** Activities of the queue `solar`. */
export interface SolarActivities {
  solarAnalyze(input: JobWorkflowInput): Promise<JobWorkflowResult>;
  solarOptimize(input: JobWorkflowInput): Promise<JobWorkflowResult>;
}

export const solarActivities = (dependencies: ComputeDependencies): SolarActivities => ({
  solarAnalyze: (input) => analyzeSolar(input, dependencies),
  solarOptimize: (input) => optimizeSolar(input, dependencies),
});
