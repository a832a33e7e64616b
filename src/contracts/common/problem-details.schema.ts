/** Members that a problem document (RFC 9457) may have in addition to the standard ones. */
import { z } from 'zod';

const whole = (description: string) => z.int().optional().describe(description);
const text = (description: string) => z.string().optional().describe(description);

export const problemDetails = {
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
  plans: z.array(z.string()).optional().describe('plan.feature_missing: plans that include the feature'),
  provider: text("Providers: the provider's name"),
  provider_status: whole("Providers: HTTP status of the provider's answer"),
  n_requests: whole('Providers: how many requests were sent to the provider'),
  estimated_s: z.number().optional().describe('Estimated compute time of the job [s] (job.too_large)'),
  limit_s: z.number().optional().describe('Compute time limit of a job [s] (job.too_large)'),
  estimated_bytes: whole('job.too_large: estimated memory of the job'),
  limit_bytes: whole('job.too_large: memory limit of a job'),
  n_evaluations: whole('Number of evaluations that the search would need (job.too_large)'),
};
export type ProblemDetails = Readonly<z.output<z.ZodObject<typeof problemDetails>>>;
