import { proxyActivities } from '@temporalio/workflow';
import type { SolarActivities } from '../activities/solar/index.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { computeOptions } from './compute-options.ts';
import { runJob } from './run-job.ts';

const { solarAnalyze: analyze } = proxyActivities<SolarActivities>(computeOptions('solar'));

export const solarAnalyze = (input: JobWorkflowInput): Promise<JobWorkflowResult> => runJob(input, analyze);
