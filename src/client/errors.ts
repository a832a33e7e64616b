import type { ErrorCode, Problem as WholeProblem } from './api.ts';

/** The problem document of an answer (RFC 9457), with the members that the API sent; a proxy sends none. */
export type Problem = Partial<WholeProblem>;

/** The API answered with a problem. Decide by `code`; the message is for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode | undefined;
  readonly problem: Problem;
  /** Quote it when you contact support. */
  readonly requestId: string | undefined;

  constructor(status: number, problem: Problem) {
    super([problem.detail ?? problem.title ?? `The API answered ${status}`, problem.fix].filter(Boolean).join('. '));
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
    this.requestId = problem.request_id;
  }
}

/** No answer came: the API was not reached, the connection broke, or the time for one attempt was over. */
export class ConnectionError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ConnectionError';
  }
}
