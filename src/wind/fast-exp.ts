/** exp(-x) for inner loops: a table of 64 values a unit and a polynomial between; relative error below 3e-14. */
const PER_UNIT = 64;
/** From here on the result is 0; exp(-45) is 3e-20. */
const LIMIT = 45;

const TABLE = Float64Array.from({ length: LIMIT * PER_UNIT + 1 }, (_, i) => Math.exp(-i / PER_UNIT));

/** @param x >= 0 */
export function expNegative(x: number): number {
  if (!(x < LIMIT)) return 0;
  const i = (x * PER_UNIT) | 0;
  const t = x - i * (1 / PER_UNIT);
  return TABLE[i] * (1 - t * (1 - t * (1 / 2 - t * (1 / 6 - t * (1 / 24 - t * (1 / 120))))));
}
