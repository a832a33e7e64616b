import { proxyActivities } from '@temporalio/workflow';
import type { ReportActivities } from '../activities/reports/index.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { computeOptions } from './compute-options.ts';
import { runJob } from './run-job.ts';

const { report: write } = proxyActivities<ReportActivities>(computeOptions('reports'));

export const report = (input: JobWorkflowInput): Promise<JobWorkflowResult> => runJob(input, write);
