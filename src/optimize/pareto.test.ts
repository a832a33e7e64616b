import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hypervolume } from './hypervolume.ts';
import { crowdingDistances, nonDominatedRanks } from './pareto.ts';

const coordinate = fc.integer({ min: 0, max: 6 });
const cloud = (m: number) =>
  fc.array(fc.array(coordinate, { minLength: m, maxLength: m }), { minLength: 1, maxLength: 25 });

test.each([1, 2, 3, 4])('ranks of %i objectives equal those of peeling front after front', (m) => {
  const dominates = (a: number[], b: number[]) => a.every((v, k) => v <= b[k]) && a.some((v, k) => v < b[k]);
  fc.assert(
    fc.property(cloud(m), (points) => {
      const expected = points.map(() => -1);
      for (let rank = 0; expected.includes(-1); rank++) {
        const left = points.flatMap((_, i) => (expected[i] === -1 ? [i] : []));
        for (const i of left) if (!left.some((j) => dominates(points[j], points[i]))) expected[i] = rank;
      }
      expect([...nonDominatedRanks(points.flat(), m)]).toEqual(expected);
    }),
  );
});

test.each([2, 3])('hypervolume of whole-number points in %i objectives equals the count of dominated cells', (m) => {
  fc.assert(
    fc.property(cloud(m), (points) => {
      let cells = 0;
      for (let x = 0; x < 5; x++)
        for (let y = 0; y < 5; y++)
          for (let z = 0; z < (m === 3 ? 5 : 1); z++)
            if (points.some((p) => p[0] <= x && p[1] <= y && (m === 2 || p[2] <= z))) cells++;
      expect(hypervolume(points, Array(m).fill(5))).toBe(cells);
    }),
  );
});

/** Sum over all subsets of the volume that their members dominate together, odd sizes added, even ones subtracted. */
function byInclusionExclusion(points: readonly number[][], reference: readonly number[]): number {
  let total = 0;
  for (let subset = 1; subset < 2 ** points.length; subset++) {
    const members = points.filter((_, i) => subset & (1 << i));
    const volume = reference.reduce((v, r, k) => v * Math.max(0, r - Math.max(...members.map((p) => p[k]))), 1);
    total += members.length % 2 === 1 ? volume : -volume;
  }
  return total;
}

const real = fc.double({ min: -2, max: 3, noNaN: true });
const realCloud = (m: number, maxLength: number) =>
  fc.array(fc.array(real, { minLength: m, maxLength: m }), { minLength: 1, maxLength });

test.each([2, 3])('hypervolume of real points in %i objectives equals inclusion and exclusion', (m) => {
  fc.assert(
    fc.property(realCloud(m, 9), (points) => {
      const reference = [2, 2.5, 1.5].slice(0, m);
      const expected = byInclusionExclusion(points, reference);
      expect(Math.abs(hypervolume(points, reference) - expected)).toBeLessThan(1e-10 * Math.max(1, expected));
    }),
  );
});

test.each([2, 3])('ranks, crowding and hypervolume do not depend on the order of the %i objectives', (m) => {
  fc.assert(
    fc.property(realCloud(m, 30), (points) => {
      const distinct = points.filter((p, i) => points.findIndex((q) => q.some((v, k) => v === p[k])) === i);
      const turned = (list: readonly number[]) => [...list.slice(1), list[0]];
      const reference = [2, 2.5, 1.5].slice(0, m);
      const ranks = nonDominatedRanks(distinct.flat(), m);
      expect([...nonDominatedRanks(distinct.flatMap(turned), m)]).toEqual([...ranks]);
      const front = distinct.filter((_, i) => ranks[i] === 0);
      const crowding = crowdingDistances(front.flat(), m);
      for (const [i, distance] of crowdingDistances(front.flatMap(turned), m).entries())
        if (Number.isFinite(distance)) expect(distance).toBeCloseTo(crowding[i], 12);
        else expect(crowding[i]).toBe(distance);
      const volume = hypervolume(distinct, reference);
      expect(Math.abs(hypervolume(distinct.map(turned), turned(reference)) - volume)).toBeLessThan(
        1e-10 * Math.max(1, volume),
      );
    }),
  );
});

test('hypervolume refuses more than three objectives', () => {
  expect(() => hypervolume([], [1, 1, 1, 1])).toThrow('reference_point has 4 objectives; expected 2 or 3');
});
