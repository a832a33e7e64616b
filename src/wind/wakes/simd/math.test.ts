import { expect, test } from '@jest/globals';
import * as scalar from '../fast-exp.ts';
import { Arena } from './arena.ts';
import { Assembly, i32, load } from './assembler.ts';
import { expNegative, log } from './math.ts';

const arena = new Arena(10_000);
const table = arena.copy(scalar.EXP_TABLE).byteOffset;
const given = arena.array(2);
const found = arena.array(2);
const assembly = new Assembly();
const pair = load('v128', given.byteOffset, i32(0));
assembly.define('exp', [], null, (code) => code.store(found.byteOffset, i32(0), expNegative(code, table, pair)));
assembly.define('log', [], null, (code) => code.store(found.byteOffset, i32(0), log(code, pair)));
const functions = arena.instantiate<{ exp: () => void; log: () => void }>(assembly.bytes(), {});

function both(call: () => void, first: number, second: number): number[] {
  given.set([first, second]);
  call();
  return [...found];
}

test('exp of pairs has the bits of the scalar one', () => {
  for (let x = 0; x < 50; x += 0.0137)
    expect(both(functions.exp, x, 3.1 * x)).toEqual([scalar.expNegative(x), scalar.expNegative(3.1 * x)]);
  expect(both(functions.exp, Number.POSITIVE_INFINITY, 1e300)).toEqual([0, 0]);
});

test('log of pairs has the bits of the scalar one, which agrees with Math.log to 1e-15', () => {
  for (let x = 1e-300; x < 1e300; x *= 1.37) {
    expect(both(functions.log, x, 1 / x)).toEqual([scalar.log(x), scalar.log(1 / x)]);
    for (const y of [x, 1 / x, 1 + Math.min(x, 1 / x)])
      expect(Math.abs(scalar.log(y) - Math.log(y))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(y))));
  }
});
