import { describe, expect, test } from '@jest/globals';
import { isSame, remembered } from './remembered.ts';

describe('remembered', () => {
  test('makes a value once for the same content, and again when it was not used for long', () => {
    let made = 0;
    const sum = remembered(({ values }: { values: ArrayLike<number> }) => {
      made++;
      return Array.from(values).reduce((total, value) => total + value, 0);
    }, 2);
    expect([sum({ values: [1, 2] }), sum({ values: [1, 2] }), made]).toEqual([3, 3, 1]);
    sum({ values: [3] });
    expect([sum({ values: [1, 2] }), made]).toEqual([3, 2]);
    sum({ values: [4] });
    expect([sum({ values: [3] }), made]).toEqual([3, 4]);
  });
});

describe('isSame', () => {
  test.each([
    [1, 1, true],
    [Number.NaN, Number.NaN, true],
    ['a', 'b', false],
    [null, {}, false],
    [[1, [2]], [1, [2]], true],
    [[1], [1, 2], false],
    [Float64Array.of(1, 2), Float64Array.of(1, 2), true],
    [Float64Array.of(1, 2), Float32Array.of(1, 2), false],
    [Float64Array.of(1), [1], false],
    [{ a: 1, b: undefined }, { a: 1 }, false],
    [{ a: 1, b: undefined }, { a: 1, c: undefined }, false],
    [{ a: { b: [1] } }, { a: { b: [1] } }, true],
    [{ a: { b: [1] } }, { a: { b: [2] } }, false],
  ])('%p and %p: %p', (a, b, same) => {
    expect(isSame(a, b)).toBe(same);
  });
});
