import { expect, test } from '@jest/globals';
import { guardPayload, MAX_PAYLOAD_BYTES } from './payload-guard.ts';

test('lets ids and summaries through, nothing too', () => {
  const result = { jobId: 'job_1', status: 'succeeded' };
  expect(guardPayload('result of solarAnalyze', result)).toBe(result);
  expect(guardPayload('result of closeJob', undefined)).toBeUndefined();
});

test('names the largest field of what is too large', () => {
  const hourly = Array.from({ length: 60_000 }, (_, i) => i);
  expect(() => guardPayload('result of solarAnalyze', { jobId: 'job_1', hourly })).toThrow(
    /^The result of solarAnalyze has \d+ bytes, \d+ of them in hourly; expected at most 262144$/,
  );
  expect(() => guardPayload('result of x', 'y'.repeat(MAX_PAYLOAD_BYTES))).toThrow(/bytes/);
});
