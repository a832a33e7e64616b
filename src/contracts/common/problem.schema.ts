/** The body of every error: RFC 9457 problem details. */
import { z } from 'zod';
import type { ErrorCode } from './error-codes.ts';
import { ERROR_CODES } from './error-codes.ts';

export const errorCodeSchema = z
  .enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'Error code for programs; each code has a page at /docs/errors/{code}' });

const text = (description: string) => z.string().optional().describe(description);
const whole = (description: string) => z.int().optional().describe(description);

export const problemSchema = z
  .strictObject({
    type: z.string().describe('Page of the error code, relative to the API: /docs/errors/{code}'),
    title: z.string().describe('Title of the error code; the same for every error with this code'),
    status: z.int().min(400).max(599).describe('HTTP status'),
    code: errorCodeSchema,
    detail: z
      .string()
      .describe('What is wrong with this request: the quantity, the value received and the range allowed'),
    pointer: text(
      'JSON pointer of the invalid field in the body; /query/... and /headers/... point to query parameters and headers',
    ),
    fix: text('What you can do about the error'),
    request_id: z.string().describe('Request id, the same as in X-Request-Id; quote it when you contact us'),
    errors: z
      .array(z.strictObject({ pointer: z.string(), message: z.string() }))
      .optional()
      .describe('request.invalid: every invalid field, at most 20'),
    line: whole('Files: line, from 1'),
    column: whole(
      'Files: column of the error, counted from 1: the cell of a delimited line or the character of any other line',
    ),
    field: text('Files: the field as the file names it, or the quantity'),
    reason: text('Files: why the field cannot be read'),
    members: z
      .array(z.string())
      .optional()
      .describe('Files: the top-level members of a JSON document whose format was not recognised'),
    max_bytes: whole('Files: the limit that was exceeded'),
    policy: text('rate_limit.exceeded: the limit that was reached, with the name that it has in RateLimit-Policy'),
    provider: text("Providers: the provider's name"),
    provider_status: whole("Providers: HTTP status of the provider's answer"),
    attempts: whole('Providers: how many requests were sent to the provider'),
    estimated_seconds: z.number().optional().describe('job.too_large: estimated compute time of the job [s]'),
    limit_seconds: z.number().optional().describe('job.too_large: compute time limit of a job [s]'),
    estimated_bytes: whole('job.too_large: estimated memory of the job'),
    limit_bytes: whole('job.too_large: memory limit of a job'),
    n_evaluations: whole('job.too_large: number of designs that the search would compute'),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457)' });
export type Problem = z.output<typeof problemSchema>;
/** Members that a problem document may have in addition to the standard ones. */
export type ProblemDetails = Readonly<
  Omit<Problem, 'type' | 'title' | 'status' | 'code' | 'detail' | 'pointer' | 'fix' | 'request_id'>
>;
