/** The body of every error: RFC 9457 problem details. */
import { z } from 'zod';
import type { ErrorCode } from './error-codes.ts';
import { ERROR_CODES } from './error-codes.ts';

export const errorCodeSchema = z
  .enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'What went wrong, for programs; each has a page at /docs/errors/{code}' });

const text = (description: string) => z.string().optional().describe(description);
const whole = (description: string) => z.int().optional().describe(description);

export const problemSchema = z
  .strictObject({
    type: z.string().describe('Page of the code, relative to the API: /docs/errors/{code}'),
    title: z.string().describe('The same for every error of a code'),
    status: z.int().min(400).max(599).describe('HTTP status'),
    code: errorCodeSchema,
    detail: z.string().describe('What was wrong this time: quantity, value received, range allowed'),
    pointer: text('JSON pointer of the offending field in the body; /query/... and /headers/... beside it'),
    fix: text('What to do about it'),
    request_id: z.string().describe('As in X-Request-Id; quote it when asking for help'),
    errors: z
      .array(z.strictObject({ pointer: z.string(), message: z.string() }))
      .optional()
      .describe('request.invalid: every wrong field, at most 20'),
    line: whole('Files: line, from 1'),
    column: whole('Files: cell of a delimited line, or character of another, from 1'),
    field: text("Files: the field by the file's own name, or the quantity"),
    reason: text('Files: why it cannot be read'),
    members: z.array(z.string()).optional().describe('Files: members of a JSON document that is none of the known'),
    max_bytes: whole('Files: the limit'),
    policy: text('rate_limit.exceeded: the limit that was reached, as in RateLimit-Policy'),
    provider: text('Providers: its name'),
    provider_status: whole('Providers: HTTP status of its answer'),
    attempts: whole('Providers: how often it was asked'),
    estimated_seconds: z.number().optional().describe('job.too_large: compute time that it would take [s]'),
    limit_seconds: z.number().optional().describe('job.too_large: compute time that a job has [s]'),
    estimated_bytes: whole('job.too_large: memory that it would take'),
    limit_bytes: whole('job.too_large: memory that a job has'),
    evaluations: whole('job.too_large: designs that the search would compute'),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457)' });
export type Problem = z.output<typeof problemSchema>;
/** What a problem has beside its core. */
export type ProblemDetails = Readonly<
  Omit<Problem, 'type' | 'title' | 'status' | 'code' | 'detail' | 'pointer' | 'fix' | 'request_id'>
>;
