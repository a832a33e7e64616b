import { expect, test } from '@jest/globals';
import { parseConfig } from '../adapters/config/config.ts';
import { LARGE_BODIES } from '../contracts/large-bodies.ts';
import { jobSchema } from '../contracts/jobs/jobs.schema.ts';
import { endpointsOf } from './app.ts';
import { deprecationsOf } from './deprecation.ts';
import { bodyLimitOf } from './endpoint.ts';
import { INLINE_LIMIT } from './middleware/request-body.ts';
import type { Services } from './services.ts';

const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);

test('each body that may be large has its schema in the list that compute threads know', () => {
  const large = endpoints.filter((one) => one.body !== undefined && bodyLimitOf(one) > INLINE_LIMIT);
  expect(large.map(({ id }) => id).sort()).toEqual(Object.keys(LARGE_BODIES).sort());
  for (const { id, body } of large) expect([id, LARGE_BODIES[id] === body]).toEqual([id, true]);
});

test('what anybody can send has 16 kB', () => {
  const open = endpoints.filter((one) => one.scope === 'public' && one.body !== undefined);
  expect(open.map(({ id }) => id)).toEqual(expect.arrayContaining(['login', 'register', 'refreshSession', 'logout']));
  for (const one of open) expect([one.id, bodyLimitOf(one)]).toEqual([one.id, 16 * 1024]);
});

test('a job is answered as it is stored, so no deprecated field of it could be found for a header', () => {
  expect(deprecationsOf(jobSchema, 'output')).toBeNull();
});
