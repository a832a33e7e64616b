import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { AppError } from './app-error.ts';
import { checked } from './checked.ts';

function refusal(schema: z.ZodType, value: unknown): AppError {
  try {
    checked(schema, value);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was accepted');
}
/** Bytes of the answer that a refusal becomes. */
const sizeOf = ({ message, pointer, details }: AppError): number =>
  JSON.stringify({ message, pointer, details }).length;

test('of a thousand faults twenty are listed', () => {
  const error = refusal(z.array(z.number()), new Array(1000).fill('x'));
  expect(error).toMatchObject({ code: 'request.invalid', pointer: '/0' });
  expect(error.details?.errors).toHaveLength(20);
});

test('of thousands of unknown fields five are named, and their number', () => {
  const error = refusal(z.strictObject({}), Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`f${i}`, 0])));
  expect(error.message).toContain('"f0", "f1", "f2", "f3", "f4" and 3995 more');
  expect(sizeOf(error)).toBeLessThan(1000);
});

test('long values and names make no long answer', () => {
  const long = 'x'.repeat(100_000);
  const schema = z.record(z.string(), z.number());
  expect(sizeOf(refusal(schema, { [long]: 'x' }))).toBeLessThan(3000);
  expect(sizeOf(refusal(z.strictObject({}), { [long]: 1 }))).toBeLessThan(3000);
  expect(sizeOf(refusal(z.enum(['a']), long))).toBeLessThan(3000);
});
