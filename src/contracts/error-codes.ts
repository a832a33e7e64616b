/**
 * Every public error code, with its HTTP status and title. `final` errors are never retried by a workflow.
 * Each code has its page `docs/errors/<code>.md`.
 */
export const ERROR_CODES = {
  'request.invalid': { status: 422, title: 'The request does not fit its schema', final: true },
  'request.malformed': { status: 400, title: 'The request body cannot be read', final: true },
  'request.too_large': { status: 413, title: 'The request body is too large', final: true },
  'request.unsupported_media_type': { status: 415, title: 'The content type is not accepted here', final: true },
  'request.not_found': { status: 404, title: 'No such resource', final: true },
  'request.method_not_allowed': { status: 405, title: 'The method is not allowed here', final: true },
  'request.conflict': { status: 409, title: 'The request conflicts with the present state', final: true },
  'auth.missing': { status: 401, title: 'No credentials were sent', final: true },
  'auth.invalid': { status: 401, title: 'The credentials are not valid', final: true },
  'auth.expired': { status: 401, title: 'The token has expired', final: true },
  'auth.token_reused': { status: 401, title: 'The refresh token was used before', final: true },
  'auth.forbidden': { status: 403, title: 'The credentials lack the needed scope', final: true },
  'auth.email_taken': { status: 409, title: 'The email address has an account', final: true },
  'rate_limit.exceeded': { status: 429, title: 'Too many requests', final: false },
  'idempotency.key_reused': { status: 409, title: 'The idempotency key belongs to another request', final: true },
  'idempotency.in_progress': { status: 409, title: 'A request with this idempotency key is in progress', final: false },
  'weather.unrecognised_format': { status: 422, title: 'The weather file format was not recognised', final: true },
  'weather.malformed': { status: 422, title: 'The weather file is broken', final: true },
  'weather.gap_too_long': { status: 422, title: 'The weather file has a gap that is too long', final: true },
  'weather.provider_failed': { status: 502, title: 'The weather provider did not answer as expected', final: false },
  'weather.provider_unconfigured': { status: 422, title: 'The weather provider is not configured', final: true },
  'job.not_finished': { status: 409, title: 'The job has not finished', final: true },
  'job.already_finished': { status: 409, title: 'The job has ended', final: true },
  'job.time_limit': { status: 422, title: 'The job reached its time limit', final: true },
  'job.too_large': { status: 422, title: 'The job is too large', final: true },
  'job.lost': { status: 500, title: 'The workflow of the job ended without a result', final: true },
  'job.payload_too_large': { status: 422, title: 'A workflow payload is too large', final: true },
  'solar.invalid_input': { status: 422, title: 'The solar system cannot be computed', final: true },
  'wind.invalid_input': { status: 422, title: 'The wind farm cannot be computed', final: true },
  'optimize.invalid_input': { status: 422, title: 'The search cannot be run', final: true },
  'optimize.infeasible': { status: 422, title: 'No design satisfies the constraints', final: true },
  'finance.invalid_input': { status: 422, title: 'The economics cannot be computed', final: true },
  'feature.disabled': { status: 403, title: 'The feature is switched off', final: true },
  'service.unavailable': { status: 503, title: 'A part of the service is away', final: false },
  internal: { status: 500, title: 'Something went wrong on our side', final: false },
} as const satisfies Record<string, { status: number; title: string; final: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;
