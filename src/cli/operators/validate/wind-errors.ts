import type { QuantityResult } from './types.ts';

/** Collects the errors of each quantity and summarises them: the mean, the largest, and the place of the largest. */
export class ErrorTable {
  private readonly rows = new Map<
    string,
    { errors: number[]; places: string[]; tolerance: number; measure: QuantityResult['measure'] }
  >();

  add(quantity: string, error: number, tolerance: number, measure: string, place: string): void {
    let row = this.rows.get(quantity);
    if (!row) {
      row = { errors: [], places: [], tolerance, measure };
      this.rows.set(quantity, row);
    }
    row.errors.push(error);
    row.places.push(place);
  }

  /** Returns the relative error; expected zeros are compared with `floor` as their size. */
  relative(quantity: string, computed: number, expected: number, tolerance: number, place: string, floor = 1e-9): void {
    const error = Math.abs(computed - expected) / Math.max(Math.abs(expected), floor);
    this.add(quantity, error, tolerance, 'relative', place);
  }

  absolute(quantity: string, computed: number, expected: number, tolerance: number, place: string): void {
    this.add(quantity, Math.abs(computed - expected), tolerance, 'absolute', place);
  }

  results(): QuantityResult[] {
    return [...this.rows].map(([quantity, { errors, places, tolerance, measure }]) => {
      // NaN must win: it is the worst error of all.
      const worst = errors.reduce((best, error, i) => (errors[best] >= error ? best : i), 0);
      return {
        quantity,
        rows: errors.length,
        meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        maxError: errors.some(Number.isNaN) ? Number.NaN : errors[worst],
        tolerance,
        measure,
        worst: places[worst],
      };
    });
  }
}

/** Returns the keys of an object that no comparison read: `notCovered` of a file. */
export const unknownKeys = (object: Record<string, unknown>, known: readonly string[], prefix = ''): string[] =>
  Object.keys(object)
    .filter((key) => !known.includes(key))
    .map((key) => `${prefix}${key}`);
