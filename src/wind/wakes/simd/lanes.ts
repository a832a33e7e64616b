/** Loops over the cases of a turbine, two at a time. */
import type { Code, Local, Value } from './assembler.ts';
import { and, load, loadTwice, pairOfBits } from './assembler.ts';

/** Reads and writes two neighbouring cases, or the last one of an odd number in both lanes. */
export interface Lanes {
  readonly count: 1 | 2;
  load(array: Float64Array, pointer: Value): Value;
  store(array: Float64Array, pointer: Value, value: Value): void;
  /** What a sum over all cases gets of a pair. */
  term(value: Value): Value;
}

const FIRST_LANE = pairOfBits(0xffffffffffffffffn, 0n);

/**
 * Repeats a body for all cases, two at a time.
 * @param cases how many
 * @param body receives the case's place in bytes
 */
export function forCases(code: Code, cases: number, body: (s: Local, lanes: Lanes) => void): void {
  const s = code.let('i32');
  const paired = 8 * (cases - (cases % 2));
  code.for(s, 0, paired, 16, () =>
    body(s, {
      count: 2,
      load: (array, pointer) => load('v128', array.byteOffset, pointer),
      store: (array, pointer, value) => code.store(array.byteOffset, pointer, value),
      term: (value) => value,
    }),
  );
  if (cases % 2 === 0) return;
  code.set(s, paired);
  body(s, {
    count: 1,
    load: (array, pointer) => loadTwice(array.byteOffset, pointer),
    store: (array, pointer, value) => code.storeLane(array.byteOffset, pointer, value, 0),
    term: (value) => and(value, FIRST_LANE),
  });
}
