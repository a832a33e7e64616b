/** What the endpoints that start jobs read and answer. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { JobSummary } from '../contracts/jobs/jobs.schema.ts';
import type { JobSummaryRow } from '../adapters/database/tables/jobs.ts';
import { publicNames, type ShownJob } from '../services/jobs/jobs.ts';
import { checked } from '../contracts/common/checked.ts';
import { sendJson } from './stream.ts';

const idempotencyKey = z.string().min(1).max(255).optional();

/** Sends a job as its owner sees it. Its input and result may have megabytes, which are sent as they are stored. */
export const sendJob = (response: Response, { job, input, result }: ShownJob): Promise<void> =>
  sendJson(response, jobSummaryView(job), { input, result });

/** Returns a job as lists show it. */
export function jobSummaryView(job: JobSummaryRow): JobSummary {
  const { org_id: _org, event_seq: _seq, time_limited, attempts, evaluations, ...shown } = job;
  return { ...shown, ...publicNames({ time_limited, attempts, evaluations }) };
}

/** Reads the request's Idempotency-Key. @throws AppError `request.invalid` */
export const idempotencyKeyOf = (request: Request): string | undefined =>
  checked(idempotencyKey, request.get('idempotency-key'), '/headers/idempotency-key');

/** Sends a job with where to follow it, and whether an earlier request created it. */
export function sendAccepted(response: Response, job: ShownJob & { readonly replayed: boolean }): Promise<void> {
  response.status(202).setHeader('location', `/v1/jobs/${job.job.id}`);
  if (job.replayed) response.setHeader('idempotency-replayed', 'true');
  return sendJob(response, job);
}
