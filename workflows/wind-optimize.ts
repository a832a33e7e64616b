import { proxyActivities } from '@temporalio/workflow';
import type { WindActivities } from '../activities/wind/index.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { computeOptions } from './compute-options.ts';
import { runJob } from './run-job.ts';

const { windOptimize: optimize } = proxyActivities<WindActivities>(computeOptions('wind'));

export const windOptimize = (input: JobWorkflowInput): Promise<JobWorkflowResult> => runJob(input, optimize);
