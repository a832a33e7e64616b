/** Checks values that clients send by the schemas of the contracts. */
import type { z } from 'zod';
import { AppError } from './app-error.ts';
import type { ErrorCode } from './error-codes.ts';
import { refusalsOf, schemaError } from './schema-errors.ts';

/** Faults that an answer lists; whoever has more learns of the rest when these are mended. */
const MAX_FAULTS = 20;
/** Faults of which the listed ones are chosen */
const MAX_READ = 200;
/** Characters of a fault's message and of its pointer, which may quote what was sent. */
const MAX_MESSAGE = 500;
const MAX_POINTER = 300;

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 4).toWellFormed()} ...`;

const isRenamed = ({ message }: { readonly message: string }): boolean => message.includes('" is now "');

/**
 * Parses a value. @throws AppError, `request.invalid` unless `code` is another, with the pointer of the first invalid field and the first invalid fields in
 * `errors`
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, root = '', code: ErrorCode = 'request.invalid'): T {
  const parsed = schema.safeParse(value, { error: schemaError });
  if (parsed.success) return parsed.data;
  const refusals = refusalsOf(parsed.error.issues.slice(0, MAX_READ));
  // Old names come first: that their new ones are missing follows from them.
  refusals.sort((a, b) => Number(isRenamed(b)) - Number(isRenamed(a)));
  const errors = refusals.slice(0, MAX_FAULTS).map(({ path, message }) => ({
    pointer: shortened(
      `${root}/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
      MAX_POINTER,
    ),
    message: shortened(message, MAX_MESSAGE),
  }));
  throw new AppError(code, `${errors[0].pointer}: ${errors[0].message}`, {
    pointer: errors[0].pointer,
    details: { errors },
  });
}
