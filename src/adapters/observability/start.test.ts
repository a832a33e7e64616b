import { expect, jest, test } from '@jest/globals';
import type { Logger } from './logger.ts';
import { patiently } from './start.ts';

const warning = jest.fn();
const patience = {
  limitS: 1.5,
  log: { warning } as unknown as Logger,
  isPassing: (error: unknown) => (error as Error).message === 'away',
};

test('waits while the error passes, says so, and gives up after the limit', async () => {
  const failures = [new Error('away')];
  const once = async () => {
    const failure = failures.pop();
    if (failure) throw failure;
    return 'here';
  };
  expect(await patiently('PostgreSQL', once, patience)).toBe('here');
  expect(warning.mock.calls).toEqual([
    ['PostgreSQL is not ready; the next attempt is in 1 s', { reason: 'away', waited_s: 0 }],
  ]);
  await expect(patiently('PostgreSQL', () => Promise.reject(new Error('away')), patience)).rejects.toThrow(
    'PostgreSQL was not ready within 1.5 s',
  );
});

test('an error that does not pass ends the wait at once', async () => {
  const refused = () => Promise.reject(new Error('wrong password'));
  await expect(patiently('PostgreSQL', refused, patience)).rejects.toThrow('wrong password');
});
