/** Guards of the wind engine: bad input becomes an error that names quantity, value and range. */
import { AppError } from '../contracts/common/app-error.ts';

/** The error of an input that cannot be computed. */
export function windError(message: string, pointer?: string, details?: Record<string, unknown>): AppError {
  return new AppError('wind.invalid_input', message, { pointer, details });
}

/**
 * Requires a finite number between two bounds, both included.
 * @param name quantity with its unit, as in the request: `hub_height_m`
 */
export function requireRange(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw windError(`${name} is ${value}; expected ${low} to ${high}`, `/${name.replaceAll('.', '/')}`);
}

/** Requires finite numbers, at least `least` of them. */
export function requireFinite(name: string, values: ArrayLike<number>, least = 1): void {
  if (values.length < least) throw windError(`${name} has ${values.length} values; expected at least ${least}`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw windError(`${name}[${i}] is ${values[i]}; expected a finite number`);
}

/** Requires two series of one length. */
export function requireSameLength(nameA: string, a: ArrayLike<number>, nameB: string, b: ArrayLike<number>): void {
  if (a.length !== b.length)
    throw windError(`${nameA} has ${a.length} values and ${nameB} has ${b.length}; expected equal lengths`);
}
