import { expect, test } from '@jest/globals';
import { reasonOf } from './reason-of.ts';

test('a reason is one line with the causes and what to do', () => {
  const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')]), { message: '' });
  expect(reasonOf(new Error('no database', { cause: refused }))).toBe('no database: connect ECONNREFUSED 127.0.0.1:1');
  expect(reasonOf(new Error('two problems:\n  A\n  B'))).toBe('two problems: A B');
  expect(reasonOf(new Error('twice', { cause: new Error('twice') }))).toBe('twice');
  expect(reasonOf(Object.assign(new Error('absent'), { fix: 'Set it.' }))).toBe('absent. Set it.');
  expect(reasonOf(Object.assign(new Error(''), { code: 'EPERM' }))).toBe('EPERM');
  expect(reasonOf('text')).toBe('text');
});
