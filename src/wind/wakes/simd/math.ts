/** The functions of fast-exp.ts for pairs of doubles: the same operations in the same order, so the bits are the same. */
import { EXP_LIMIT, EXP_PER_UNIT, LOG_SERIES, ROUND } from '../fast-exp.ts';
import type { Code, Value } from './assembler.ts';
import {
  add,
  addBits,
  and,
  div,
  least,
  loadSecond,
  loadTwice,
  lowBits,
  lt,
  mul,
  pairOf,
  pairOfBits,
  shiftLeft,
  shiftRightBits,
  sub,
  subBits,
} from './assembler.ts';

/** Computes exp(-x) for x >= 0. @param table address of EXP_TABLE */
export function expNegative(code: Code, table: number, x: Value): Value {
  const given = code.let(x);
  const near = code.let(least(given, EXP_LIMIT));
  const shifted = code.let(add(mul(near, EXP_PER_UNIT), ROUND));
  const t = code.let(sub(near, mul(sub(shifted, ROUND), 1 / EXP_PER_UNIT)));
  const place = (lane: 0 | 1) => shiftLeft(lowBits(shifted, lane), 3);
  const entry = loadSecond(loadTwice(table, place(0)), table, place(1));
  let series: Value = pairOf(1 / 120);
  for (const coefficient of [1 / 24, 1 / 6, 1 / 2, 1, 1]) series = sub(coefficient, mul(t, series));
  return and(mul(entry, series), lt(given, EXP_LIMIT));
}

/** Computes log(x) for x > 0. */
export function log(code: Code, x: Value): Value {
  const given = code.let(x);
  const shifted = code.let(addBits(given, pairOfBits(0x95f62n << 32n)));
  const biased = shiftRightBits(shifted, 52);
  // The whole number as the last bits of a double: 2^52 + biased.
  const k = sub(addBits(biased, pairOf(2 ** 52)), 2 ** 52 + 1023);
  const exponent = subBits(and(shifted, pairOfBits(0xfff00000n << 32n)), pairOfBits(0x3ff00000n << 32n));
  const m = code.let(subBits(given, exponent));
  const s = code.let(div(sub(m, 1), add(m, 1)));
  const z = code.let(mul(s, s));
  let series: Value = pairOf(LOG_SERIES[6]);
  for (const coefficient of LOG_SERIES.slice(0, 6).reverse()) series = add(coefficient, mul(z, series));
  return add(mul(k, Math.LN2), mul(s, add(2, mul(z, series))));
}
