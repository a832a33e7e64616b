/** What a careless change looks like: a timer before the activity that released workflows began with. */
import { sleep } from '@temporalio/workflow';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import * as released from '../../workflows/index.ts';

export async function solarAnalyze(input: JobWorkflowInput): Promise<JobWorkflowResult> {
  await sleep(1_000);
  return released.solarAnalyze(input);
}
