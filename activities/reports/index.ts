import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import type { ReportDependencies } from './write.ts';
import { writeReport } from './write.ts';

/** Activities of the queue `reports`. */
export interface ReportActivities {
  report(input: JobWorkflowInput): Promise<JobWorkflowResult>;
}

export const reportActivities = (dependencies: ReportDependencies): ReportActivities => ({
  report: (input) => writeReport(input, dependencies),
});
