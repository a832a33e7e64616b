/** Answers errors as RFC 9457 problem documents. Unexpected errors are logged completely and answered without details. */
import type { ErrorRequestHandler } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';
import { ERROR_CODES } from '../../contracts/jobs/error-codes.ts';
import type { Logger } from '../../adapters/observability/logger.ts';

/** Errors of Express and its body parsers, by their `type`. */
const PARSER_ERRORS: Readonly<Record<string, (message: string) => AppError>> = {
  'entity.parse.failed': (message) =>
    new AppError('request.malformed', `The body is not valid JSON: ${message}`, {
      fix: 'Send JSON in UTF-8 with content-type application/json.',
    }),
  'entity.too.large': () => new AppError('request.too_large', 'The body is larger than this endpoint accepts'),
  'encoding.unsupported': (message) => new AppError('request.unsupported_media_type', message),
  'charset.unsupported': (message) => new AppError('request.unsupported_media_type', message),
  'request.aborted': () => new AppError('request.malformed', 'The request ended before its body was complete'),
  'request.size.invalid': () =>
    new AppError('request.malformed', 'The body does not have the length that content-length says'),
};

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { type, status, message } = error as { type?: string; status?: number; message?: string };
  const known = type === undefined ? undefined : PARSER_ERRORS[type];
  if (known) return known(message ?? '');
  if (error instanceof URIError || status === 400)
    return new AppError('request.malformed', 'The request cannot be read', { cause: error });
  return new AppError('internal', 'An internal error occurred; quote the request id when you report it', {
    cause: error,
  });
}

/** Characters of a message, which may quote what was sent. */
const MAX_DETAIL = 2_000;

/** Returns the body of an error answer. */
export function problemOf(
  { code, message, pointer, fix, details }: AppError,
  requestId: string,
  traceId?: string,
): object {
  const { status, title } = ERROR_CODES[code];
  const core = {
    type: `/docs/errors/${code}`,
    title,
    status,
    code,
    detail: message.slice(0, MAX_DETAIL),
    pointer,
    fix,
  };
  return { ...core, ...details, ...core, request_id: requestId, trace_id: traceId };
}

/** Answers an error as a problem document and logs server errors. */
export const problemHandler =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, next) => {
    const problem = toAppError(error);
    const requestId = response.locals.requestId as string;
    const { status } = ERROR_CODES[problem.code];
    response.locals.problemCode = problem.code;
    // The error of a provider does not count as an error of the service.
    if (status >= 500)
      log.log(problem.code.startsWith('provider.') ? 'warning' : 'error', problem.message, {
        request_id: requestId,
        path: request.path,
        code: problem.code,
        error,
      });
    if (response.headersSent) {
      next(error); // ends the connection, so that the client cannot mistake a partial answer for a complete one
      return;
    }
    if (problem.retryAfterS !== undefined) response.setHeader('retry-after', String(problem.retryAfterS));
    if (status === 401) response.setHeader('www-authenticate', 'Bearer');
    // A connection that ends while the caller still sends would take this answer with it; the rest of the body is dropped.
    if (!request.complete) response.setHeader('connection', 'keep-alive');
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(problem, requestId, response.locals.traceId as string | undefined)));
  };
