/** What traces and logs say about a job. */
import { inSpan, recordSpan, SpanKind } from '../../adapters/observability/tracing.ts';
import { withLogFields } from '../../adapters/observability/logger.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';

type Named = Pick<JobRow, 'id' | 'kind' | 'org_id'>;

export const jobAttributes = ({ id, kind, org_id }: Named) => ({
  'tessellate.job_id': id,
  'tessellate.job_kind': kind,
  'tessellate.organization': org_id,
});

/** Runs an attempt at a job as a span of its trace; the lines that it logs name the job. */
export const tracedAttempt = <T>(
  job: Named & Pick<JobRow, 'traceparent' | 'request_id' | 'attempts'>,
  work: () => Promise<T>,
): Promise<T> =>
  withLogFields({ job_id: job.id, org_id: job.org_id, request_id: job.request_id }, () =>
    inSpan(
      `activity ${job.kind}`,
      {
        kind: SpanKind.CONSUMER,
        parent: job.traceparent,
        attributes: { ...jobAttributes(job), 'tessellate.attempt': job.attempts ?? 1 },
      },
      work,
    ),
  );

/** Records the workflow of a job that has ended, from its acceptance to now. */
export const traceWorkflow = (
  job: Named & Pick<JobRow, 'traceparent' | 'created_at'>,
  status: JobRow['status'],
): void =>
  recordSpan(`workflow ${job.kind}`, {
    kind: SpanKind.INTERNAL,
    parent: job.traceparent,
    attributes: { ...jobAttributes(job), 'tessellate.job_status': status },
    startedAt: job.created_at,
    isFailed: status === 'failed',
  });
