import type { ErrorCode } from './error-codes.ts';
import type { ProblemDetails } from './problem-details.schema.ts';

export interface AppErrorOptions {
  /** JSON pointer of the offending field, `/latitude_deg` */
  readonly pointer?: string;
  /** What the caller can do about it. */
  readonly fix?: string;
  readonly cause?: unknown;
  /** Additional public members of the problem document. */
  readonly details?: ProblemDetails;
  /** Seconds for `Retry-After`. */
  readonly retryAfterS?: number;
}

/** The only error class of the platform: a stable code from a closed union and a message that customers may read. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly pointer?: string;
  readonly fix?: string;
  readonly details?: ProblemDetails;
  readonly retryAfterS?: number;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.pointer = options.pointer;
    this.fix = options.fix;
    this.details = options.details;
    this.retryAfterS = options.retryAfterS;
  }
}
