/** The body of every error: RFC 9457 problem details. */
import { z } from 'zod';
import type { ErrorCode } from '../common/error-codes.ts';
import { problemDetails } from '../common/problem-details.schema.ts';
import { ERROR_CODES } from './error-codes.ts';

export const errorCodeSchema = z
  .enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'Error code for programs; each code has a page at /docs/errors/{code}' });

/** Why a job failed. */
export const jobErrorSchema = z
  .strictObject({
    code: errorCodeSchema,
    message: z.string(),
    request_id: z
      .string()
      .optional()
      .describe('Only with an error of ours: id of the request that created the job; quote it when you contact us'),
  })
  .meta({ id: 'JobError' });

const text = (description: string) => z.string().optional().describe(description);

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
      'JSON pointer: the invalid field in the body; /query/... and /headers/... point to query parameters and headers',
    ),
    fix: text('What you can do about the error'),
    request_id: z.string().describe('Request id, the same as in X-Request-Id; quote it when you contact us'),
    trace_id: text('Id of the trace in which the installation recorded the request, if it records traces'),
    ...problemDetails,
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457)' });
