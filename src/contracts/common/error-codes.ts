/**
 * The error codes of the platform. A technology declares its own ones in its kinds.ts and adds them to `TechnologyErrorCodes`;
 * contracts/jobs/error-codes.ts has all of them. Each code has its page `docs/errors/<code>.md`.
 */
export interface ErrorCodeInfo {
  readonly status: number;
  readonly title: string;
  /** Never retried by a workflow */
  readonly final: boolean;
}

export const COMMON_ERROR_CODES = {
  'request.invalid': { status: 422, title: 'The request does not match its schema', final: true },
  'request.malformed': { status: 400, title: 'The request body cannot be read', final: true },
  'request.too_large': { status: 413, title: 'The request body is too large', final: true },
  'request.timeout': { status: 408, title: 'The request did not arrive in time', final: false },
  'request.headers_too_large': { status: 431, title: 'The request headers are too large', final: true },
  'request.unsupported_media_type': {
    status: 415,
    title: 'The content type is not accepted at this path',
    final: true,
  },
  'request.not_found': { status: 404, title: 'The resource does not exist', final: true },
  'request.method_not_allowed': { status: 405, title: 'The method is not allowed at this path', final: true },
  'request.conflict': { status: 409, title: 'The request conflicts with the current state', final: true },
  'auth.missing': { status: 401, title: 'The request has no credentials', final: true },
  'auth.invalid': { status: 401, title: 'The credentials are not valid', final: true },
  'auth.expired': { status: 401, title: 'The token has expired', final: true },
  'auth.token_reused': { status: 401, title: 'The refresh token has been used before', final: true },
  'auth.forbidden': { status: 403, title: 'The credentials lack the required scope', final: true },
  'auth.second_factor_required': { status: 401, title: 'The login takes a second factor too', final: true },
  'auth.second_factor_missing': { status: 403, title: 'The organization requires a second factor', final: true },
  'auth.link_invalid': { status: 422, title: 'The link is not valid or has been used', final: true },
  'auth.sign_in_refused': { status: 403, title: 'The sign-in at the identity provider opens no account', final: true },
  'auth.provider_required': {
    status: 403,
    title: 'The organization requires the sign-in at its identity provider',
    final: true,
  },
  'auth.unconfirmed': { status: 403, title: 'No owner has confirmed an email address yet', final: true },
  'organization.suspended': { status: 403, title: 'The organization is suspended', final: true },
  'auth.cross_site': { status: 403, title: 'The request comes from another site', final: true },
  'auth.address_refused': { status: 403, title: 'The API key may not be used from this address', final: true },
  'auth.email_taken': { status: 409, title: 'The email address already has an account', final: true },
  'plan.feature_missing': { status: 403, title: 'The plan does not include this', final: true },
  'plan.limit_reached': { status: 403, title: 'A limit of the plan is reached', final: true },
  'usage.budget_reached': { status: 403, title: 'A budget of the organization is reached', final: true },
  'rate_limit.exceeded': { status: 429, title: 'Too many requests', final: false },
  'idempotency.in_progress': { status: 409, title: 'The first request with this key is running', final: false },
  'idempotency.key_reused': { status: 409, title: 'The idempotency key belongs to another request', final: true },
  'weather.unrecognised_format': { status: 422, title: 'The weather file format was not recognised', final: true },
  'weather.malformed': { status: 422, title: 'The weather file is malformed', final: true },
  'weather.gap_too_long': { status: 422, title: 'The weather file has a gap that is too long', final: true },
  'weather.incomplete_year': { status: 422, title: 'The weather file does not hold a whole year', final: true },
  'weather.too_large': { status: 413, title: 'The weather file is too large', final: true },
  'provider.unavailable': { status: 502, title: 'The weather provider cannot be reached', final: false },
  'provider.timeout': { status: 504, title: 'The weather provider did not answer in time', final: false },
  'provider.rate_limited': { status: 503, title: "The weather provider's request limit was reached", final: false },
  'provider.rejected': { status: 422, title: 'The weather provider rejected the request', final: true },
  'provider.malformed_answer': { status: 502, title: "The weather provider's answer cannot be read", final: false },
  'provider.unconfigured': { status: 422, title: 'The weather provider is not configured', final: true },
  'provider.sign_in_failed': { status: 502, title: 'The identity provider cannot be used', final: false },
  'job.not_finished': { status: 409, title: 'The job has not finished', final: true },
  'job.already_finished': { status: 409, title: 'The job has already ended', final: true },
  'job.time_limit': { status: 422, title: 'The job reached its time limit', final: true },
  'job.too_large': { status: 422, title: 'The job is too large', final: true },
  'job.lost': { status: 500, title: 'The workflow of the job ended without a result', final: true },
  'job.payload_too_large': { status: 422, title: 'A workflow payload is too large', final: true },
  'optimize.invalid_input': { status: 422, title: 'The search settings are not valid', final: true },
  'optimize.infeasible': { status: 422, title: 'No design satisfies the constraints', final: true },
  'gpu.unavailable': { status: 409, title: 'No GPU worker is available', final: true },
  'finance.invalid_input': { status: 422, title: 'The economics inputs are not valid', final: true },
  'webhook.target_refused': { status: 422, title: 'The webhook address is refused', final: true },
  'mail.signature_invalid': { status: 400, title: 'The signature of the events is not valid', final: true },
  'billing.signature_invalid': { status: 400, title: 'The signature of the event is not valid', final: true },
  'feature.disabled': { status: 404, title: 'The feature is switched off', final: true },
  'service.unavailable': { status: 503, title: 'A part of the service is unavailable', final: false },
  internal: { status: 500, title: 'An internal error occurred', final: false },
} as const satisfies Readonly<Record<string, ErrorCodeInfo>>;

/** The codes of each technology by its name: its kinds.ts merges a property into this interface. */
// biome-ignore lint/suspicious/noEmptyInterface: the technologies' properties are merged into it
export interface TechnologyErrorCodes {}

type Declared = { [Name in keyof TechnologyErrorCodes]: keyof TechnologyErrorCodes[Name] }[keyof TechnologyErrorCodes];
/** Every public error code. */
export type ErrorCode = keyof typeof COMMON_ERROR_CODES | Declared;
