/** What the endpoints that start jobs read and answer. */
import type { Response } from 'express';
import type { JobSummary } from '../contracts/jobs/jobs.schema.ts';
import type { JobSummaryRow } from '../adapters/database/tables/jobs.ts';
import { publicNames, type ShownJob } from '../services/jobs/jobs.ts';
import { sendJson } from './stream.ts';

/** Sends a job as its owner sees it. Its input and result may have megabytes, which are sent as they are stored. */
export const sendJob = (response: Response, { job, input, result }: ShownJob): Promise<void> =>
  sendJson(response, jobSummaryView(job), { input, result });

/** Returns a job as lists show it. */
export function jobSummaryView(job: JobSummaryRow): JobSummary {
  const { org_id: _org, event_seq: _seq, time_limited, attempts, evaluations, ...shown } = job;
  return { ...shown, ...publicNames({ time_limited, attempts, evaluations }) };
}

/** Sends a job with where to follow it. */
export function sendAccepted(response: Response, job: ShownJob): Promise<void> {
  response.status(202).setHeader('location', `/v1/jobs/${job.job.id}`);
  return sendJob(response, job);
}
