/** Shared by every endpoint that starts a job: stores the job with its outbox row, and answers where to follow it. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { JobKind } from '../contracts/jobs/jobs.ts';
import type { JobView } from '../contracts/jobs/jobs.schema.ts';
import type { Principal } from '../contracts/common/scopes.ts';
import type { JobRow } from '../adapters/database/entities.ts';
import { type Jobs, publicNames } from '../services/jobs/jobs.ts';
import { checked } from './endpoint.ts';

const idempotencyKey = z.string().min(1).max(255).optional();

/** A job as its owner sees it; the stored input and result follow the schemas of the kind. */
export const jobView = ({ org_id: _org, event_seq: _seq, ...shown }: JobRow) =>
  publicNames(shown) as unknown as JobView;

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

/** @throws AppError `idempotency.key_reused` if the request's Idempotency-Key was used with another input */
export async function submitJob(
  jobs: Jobs,
  { principal, request, response }: { principal: Principal; request: Request; response: Response },
  job: { kind: JobKind; input: object; seed?: number },
): Promise<JobView> {
  const created = await jobs.create({
    orgId: principal.orgId,
    kind: job.kind,
    input: { ...job.input },
    seed: job.seed,
    createdBy: principal.id,
    idempotencyKey: idempotencyKeyOf(request),
  });
  return acceptedJob(response, created);
}
