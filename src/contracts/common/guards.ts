/**
 * Guards of the engine: they refuse what would break a computation, such as a division by zero, NaN or an endless loop. The ranges
 * of quantities are not theirs: the schemas of requests own them.
 */
import { snakeName } from '../../lib/case.ts';
import { AppError } from './app-error.ts';
import type { ErrorCode } from './error-codes.ts';

/**
 * The guards of one room, with its error code. They take the engine's names, with dots between levels, and refuse in the names of
 * requests.
 */
export class Guards {
  readonly #code: ErrorCode;

  constructor(code: ErrorCode) {
    this.#code = code;
  }

  refuse(name: string, problem: string): never {
    const path = name.split('.').map(snakeName);
    throw new AppError(this.#code, `${path.join('.')} ${problem}`, { pointer: `/${path.join('/')}` });
  }

  /** Requires that a number, and each number inside lists and objects, is finite. */
  requireFinite(name: string, value: unknown): void {
    const path = pathToNonFinite(value);
    if (!path) return;
    const number = path.reduce((at: unknown, key) => (at as Readonly<Record<string, unknown>>)[key], value);
    this.refuse([name, ...path].filter((part) => part !== '').join('.'), `is ${number}; expected a finite number`);
  }

  /** Requires a finite number above a bound. */
  requireAbove(name: string, value: number, bound: number): void {
    if (!(value > bound && value < Number.POSITIVE_INFINITY)) this.refuse(name, `is ${value}; expected above ${bound}`);
  }

  requirePositive(name: string, value: number): void {
    this.requireAbove(name, value, 0);
  }

  /** Requires a number of at least 0, or a list of such numbers. */
  requireNotNegative(name: string, value: number | ArrayLike<number>): void {
    if (typeof value !== 'number')
      for (let i = 0; i < value.length; i++) this.requireNotNegative(`${name}.${i}`, value[i]);
    else if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) this.refuse(name, `is ${value}; expected at least 0`);
  }

  /** Requires a whole number of at least `least`. */
  requireCount(name: string, value: number, least: number): void {
    if (!(Number.isSafeInteger(value) && value >= least))
      this.refuse(name, `is ${value}; expected a whole number of at least ${least}`);
  }

  /** Requires a list of one of these lengths. */
  requireLength(name: string, values: ArrayLike<unknown>, lengths: readonly number[]): void {
    if (!lengths.includes(values.length))
      this.refuse(name, `has ${values.length} values; expected ${lengths.join(' or ')}`);
  }

  /** Requires at least `least` values, all finite. */
  requireList(name: string, values: ArrayLike<number>, least = 1): void {
    if (values.length < least) this.refuse(name, `has ${values.length} values; expected at least ${least}`);
    this.requireFinite(name, values);
  }

  requireSameLength(name: string, values: ArrayLike<number>, otherName: string, other: ArrayLike<number>): void {
    if (values.length !== other.length)
      this.refuse(name, `has ${values.length} values; expected ${other.length}, as many as ${otherName}`);
  }
}

/** Returns the path to the first number that is not finite; null where all are. */
function pathToNonFinite(value: unknown): (string | number)[] | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : [];
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as ArrayLike<unknown>;
    for (let i = 0; i < list.length; i++) {
      const path = pathToNonFinite(list[i]);
      if (path) return [i, ...path];
    }
    return null;
  }
  // Searches check a system for each design: for-in is faster than entries.
  for (const key in value) {
    const path = pathToNonFinite((value as Readonly<Record<string, unknown>>)[key]);
    if (path) return [key, ...path];
  }
  return null;
}
