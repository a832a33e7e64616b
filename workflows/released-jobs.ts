/**
 * Types of job workflows that were released before the default one. Their inputs did not name the queue, so each type keeps
 * its own queue: running and recorded workflows continue. New kinds need nothing here.
 */
import type { JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import runJob from './run-job.ts';

const onQueue =
  (queue: string) =>
  (input: JobWorkflowInput): Promise<JobWorkflowResult> =>
    runJob({ queue, ...input });

export const solarAnalyze = onQueue('solar');
export const solarOptimize = onQueue('solar');
export const windAnalyze = onQueue('wind');
export const windOptimize = onQueue('wind');
export const report = onQueue('reports');
