/** What the endpoints that start jobs read and answer. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { JobSummary, JobView } from '../contracts/jobs/jobs.schema.ts';
import type { JobRow, JobSummaryRow } from '../adapters/database/tables/jobs.ts';
import { publicNames } from '../services/jobs/jobs.ts';
import { checked } from '../contracts/common/checked.ts';

const idempotencyKey = z.string().min(1).max(255).optional();

/** Returns a job as its owner sees it. */
export function jobView(job: JobRow): JobView {
  const { org_id: _org, event_seq: _seq, time_limited, attempts, evaluations, ...shown } = job;
  return { ...shown, ...publicNames({ time_limited, attempts, evaluations }) };
}

/** Returns a job as lists show it. */
export function jobSummaryView(job: JobSummaryRow): JobSummary {
  const { org_id: _org, event_seq: _seq, time_limited, attempts, evaluations, ...shown } = job;
  return { ...shown, ...publicNames({ time_limited, attempts, evaluations }) };
}

/** Reads the request's Idempotency-Key. @throws AppError `request.invalid` */
export const idempotencyKeyOf = (request: Request): string | undefined =>
  checked(idempotencyKey, request.get('idempotency-key'), '/headers/idempotency-key');

/** Sets the headers: where to follow the job, and whether an earlier request created it. */
export function acceptedJob(
  response: Response,
  { job, replayed }: { readonly job: JobRow; readonly replayed: boolean },
): ReturnType<typeof jobView> {
  response.setHeader('location', `/v1/jobs/${job.id}`);
  if (replayed) response.setHeader('idempotency-replayed', 'true');
  return jobView(job);
}
