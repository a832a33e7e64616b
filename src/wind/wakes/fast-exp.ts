/**
 * exp(-x) and log(x) for inner loops, using only additions and multiplications: their twins in simd/math.ts give the same bits.
 */

/** Entries of exp's table a unit */
export const EXP_PER_UNIT = 32;
/** From here on the result is 0; exp(-45) is 3e-20. */
export const EXP_LIMIT = 45;
/** Adding and subtracting it rounds to a whole number. */
export const ROUND = 1.5 * 2 ** 52;

export const EXP_TABLE = Float64Array.from({ length: EXP_LIMIT * EXP_PER_UNIT + 1 }, (_, i) =>
  Math.exp(-i / EXP_PER_UNIT),
);

/**
 * Computes exp(-x) by a table and, to the nearest entry, a polynomial: relative error below 3e-14.
 * @param x >= 0
 */
export function expNegative(x: number): number {
  if (!(x < EXP_LIMIT)) return 0;
  const i = x * EXP_PER_UNIT + ROUND - ROUND;
  const t = x - i * (1 / EXP_PER_UNIT);
  return EXP_TABLE[i] * (1 - t * (1 - t * (1 / 2 - t * (1 / 6 - t * (1 / 24 - t * (1 / 120))))));
}

/** The polynomial of fdlibm's e_log.c, lowest power first. */
export const LOG_SERIES = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
] as const;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/**
 * Computes the natural logarithm with an error below 1e-15 of the larger of the result and 1.
 * @param x > 0, not below 1e-300
 */
export function log(x: number): number {
  double[0] = x;
  // x = 2^k m with m between sqrt(1/2) and sqrt(2).
  const shifted = words[1] + 0x95f62;
  const k = (shifted >>> 20) - 1023;
  words[1] -= (shifted & 0xfff00000) - 0x3ff00000;
  const m = double[0];
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const [l1, l2, l3, l4, l5, l6, l7] = LOG_SERIES;
  const series = z * (l1 + z * (l2 + z * (l3 + z * (l4 + z * (l5 + z * (l6 + z * l7))))));
  return k * Math.LN2 + s * (2 + series);
}
