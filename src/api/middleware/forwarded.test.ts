import { expect, jest, test } from '@jest/globals';
import type { Request, Response } from 'express';
import type { Logger } from '../../adapters/observability/logger.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { noticeForwarded } from './forwarded.ts';

test('an ignored X-Forwarded-For is counted, and warned of once an hour', async () => {
  const warning = jest.fn();
  const log = { warning } as unknown as Logger;
  let now = 0;
  const request = (hops: number, headers: object) => {
    const next = jest.fn();
    middleware[hops]({ headers } as Request, {} as Response, next);
    expect(next).toHaveBeenCalledTimes(1);
  };
  const middleware = [0, 1].map((hops) => noticeForwarded(log, hops, () => now));
  const forwarded = { 'x-forwarded-for': '192.0.2.1' };
  for (const at of [0, 1, 3_599_999]) {
    now = at;
    request(0, forwarded);
  }
  request(0, {});
  request(1, forwarded);
  expect(warning).toHaveBeenCalledTimes(1);
  now = 3_600_000;
  request(0, forwarded);
  expect(warning).toHaveBeenCalledTimes(2);
  expect((await metrics.forwardedIgnored.get()).values[0].value).toBe(4);
});
