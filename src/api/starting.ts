/** The answers of an API process that waits for its parts: 503, so that no balancer and no release counts it as healthy. */
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { AppError } from '../contracts/common/app-error.ts';
import { problemOf } from './middleware/problem.ts';

const RETRY_AFTER_S = 5;
const STARTING = new AppError('service.unavailable', 'The API is starting: it waits for its database', {
  fix: `Send the request again after ${RETRY_AFTER_S} s.`,
});

export const answerStarting: RequestListener = (_request, response) => {
  const requestId = `req_${randomUUID()}`;
  response
    .writeHead(503, {
      'content-type': 'application/problem+json',
      'retry-after': String(RETRY_AFTER_S),
      'x-request-id': requestId,
    })
    .end(JSON.stringify(problemOf(STARTING, requestId)));
};
