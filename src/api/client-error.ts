/** Requests that Node's HTTP parser rejects never reach the application; this module answers them with a problem document. */
import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import { AppError } from '../contracts/common/app-error.ts';
import { ERROR_CODES } from '../contracts/jobs/error-codes.ts';
import { problemOf } from './middleware/problem.ts';

/** The longest query that the endpoints allow, each character encoded, fits with room for headers [bytes]. */
export const MAX_HEADER_BYTES = 64 * 1024;

function refusalOf(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError(
      'request.headers_too_large',
      `The headers are larger than ${MAX_HEADER_BYTES / 1024} KB together`,
    );
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('request.timeout', 'The request did not arrive within the time limit of headers or bodies');
  return new AppError('request.malformed', 'The request is not valid HTTP');
}

export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const requestId = `req_${randomUUID()}`;
    const refusal = refusalOf(error.code);
    const { status } = ERROR_CODES[refusal.code];
    const body = JSON.stringify(problemOf(refusal, requestId));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
