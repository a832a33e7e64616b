/** Guards of the wind engine. */
import { AppError } from '../contracts/common/app-error.ts';
import { Guards } from '../contracts/common/guards.ts';

export const guard: Guards = new Guards('wind.invalid_input');

/** Returns the error of an input that cannot be computed. */
export function windError(message: string, pointer?: string, details?: Record<string, unknown>): AppError {
  return new AppError('wind.invalid_input', message, { pointer, details });
}
