import { describe, expect, test } from '@jest/globals';
import { Random } from '../../statistics/random.ts';
import { expNegative } from './fast-exp.ts';
import { discMeanWithSlopes, discOverlap, gaussianDiscMean } from './rotor-average.ts';

/** Mean over the disc by the midpoint rule in polar coordinates. */
function byQuadrature(a: number, c: number): number {
  const rings = 400;
  const spokes = 400;
  let sum = 0;
  for (let i = 0; i < rings; i++) {
    const r = (a * (i + 0.5)) / rings;
    for (let k = 0; k < spokes; k++) {
      const angle = (2 * Math.PI * (k + 0.5)) / spokes;
      sum += r * Math.exp(-0.5 * (r * r + c * c + 2 * r * c * Math.cos(angle)));
    }
  }
  return (sum * 2) / (rings * spokes * a);
}

test('discs that hardly touch or are hardly apart have a share and finite slopes', () => {
  const random = Random.fromSeed(1);
  const out = { share: 0, byRadius: 0, byDistance: 0 };
  let partial = 0;
  for (let k = 0; k < 1_000; k++) {
    const [wake, rotor] = [150 + 300 * random.uniform(), 50 + 100 * random.uniform()];
    for (const [edge, full] of [
      [wake + rotor, 0],
      [Math.abs(wake - rotor), 1],
    ])
      for (const distance of [edge * (1 - 2 ** -53), edge, edge * (1 + 2 ** -52)]) {
        const { share, byRadius, byDistance } = discOverlap(wake, rotor, distance, out);
        expect(Math.abs(share - full)).toBeLessThan(1e-12);
        expect(Number.isFinite(byRadius / (share || 1)) && Number.isFinite(byDistance / (share || 1))).toBe(true);
        if (share !== 0 && share !== 1) partial++;
      }
  }
  expect(partial).toBeGreaterThan(100);
});

describe('mean of a Gaussian over a disc', () => {
  test.each([
    [0.3, 0],
    [1, 0.5],
    [1.5, 2],
    [2.5, 3.2],
    [0.7, 5],
    [6, 7],
  ])('radius %p at distance %p agrees with quadrature', (a, c) => {
    expect(gaussianDiscMean(a, c) / byQuadrature(a, c)).toBeCloseTo(1, 4);
  });

  test('the table agrees with the exact mean to 3e-6 of the peak and its derivatives are its own', () => {
    let worst = 0;
    let worstSlope = 0;
    const at = { value: 0, byA: 0, byC: 0 };
    const near = { value: 0, byA: 0, byC: 0 };
    const h = 1e-6;
    for (let a = 0.0131; a < 3.4; a += 0.0717)
      for (let c = 0.0017; c < 10.9; c += 0.0913) {
        const { value, byA, byC } = discMeanWithSlopes(a, c, at);
        worst = Math.max(worst, Math.abs(value - gaussianDiscMean(a, c)));
        const alongA = (discMeanWithSlopes(a + h, c, near).value - discMeanWithSlopes(a - h, c, near).value) / (2 * h);
        const alongC = (discMeanWithSlopes(a, c + h, near).value - discMeanWithSlopes(a, c - h, near).value) / (2 * h);
        worstSlope = Math.max(worstSlope, Math.abs(alongA - byA), Math.abs(alongC - byC));
      }
    expect(worst).toBeLessThan(3e-6);
    expect(worstSlope).toBeLessThan(1e-7);
  });
});

describe('overlap of two discs', () => {
  const out = { share: 0, byRadius: 0, byDistance: 0 };

  test('is 1 inside, 0 outside, and half of it where the wake edge runs through the middle of a small rotor', () => {
    expect(discOverlap(100, 40, 30, out).share).toBe(1);
    expect(discOverlap(30, 40, 5, out).share).toBe(1);
    expect(discOverlap(100, 40, 141, out).share).toBe(0);
    expect(discOverlap(1e5, 40, 1e5, out).share).toBeCloseTo(0.5, 3);
  });

  test('has the derivatives of its own share', () => {
    const near = { share: 0, byRadius: 0, byDistance: 0 };
    const h = 1e-4;
    const { byRadius, byDistance } = discOverlap(70, 40, 65, out);
    const difference = (dr: number, dd: number) => discOverlap(70 + dr, 40, 65 + dd, near).share;
    expect((difference(h, 0) - difference(-h, 0)) / (2 * h)).toBeCloseTo(byRadius, 9);
    expect((difference(0, h) - difference(0, -h)) / (2 * h)).toBeCloseTo(byDistance, 9);
  });
});

test('expNegative agrees with Math.exp to 3e-14', () => {
  for (let x = 0; x < 44; x += 0.00731) expect(Math.abs(expNegative(x) / Math.exp(-x) - 1)).toBeLessThan(3e-14);
  expect(expNegative(1e9)).toBe(0);
});
