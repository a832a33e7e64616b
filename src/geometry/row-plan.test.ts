import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Point } from './projection.ts';
import { type Row, rowsIn } from './row-plan.ts';

const box = (west: number, south: number, east: number, north: number) => ({
  outer: [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ] as Point[],
});
const lengthOf = ([[x0, y0], [x1, y1]]: Row): number => Math.hypot(x1 - x0, y1 - y0);
const total = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + lengthOf(row), 0);

test('a square is filled from edge to edge, wherever the rows face', () => {
  for (const azimuthDeg of [0, 90, 180, 270]) {
    const rows = rowsIn([box(0, 0, 100, 100)], [], { azimuthDeg, pitchM: 10, depthM: 4 });
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(lengthOf(row)).toBeCloseTo(100, 4);
  }
  const [[from, to]] = rowsIn([box(0, 0, 100, 50)], [], { azimuthDeg: 180, pitchM: 10, depthM: 4 });
  // Rows that face south run from west to east.
  expect(from[1]).toBeCloseTo(to[1], 9);
});

test('rows keep off exclusions, holes and circles with all of their depth', () => {
  const shape = { azimuthDeg: 180, pitchM: 10, depthM: 4 };
  const whole = total(rowsIn([box(0, 0, 100, 100)], [], shape));
  // The exclusion lies in the strip of one row, beside its middle.
  expect(whole - total(rowsIn([box(0, 0, 100, 100)], [box(40, 47, 60, 48)], shape))).toBeCloseTo(20, 4);
  const holed = { ...box(0, 0, 100, 100), holes: [box(40, 0.5, 60, 99.5).outer] };
  expect(whole - total(rowsIn([holed], [], shape))).toBeCloseTo(200, 4);
  const round = rowsIn([box(0, 0, 100, 100)], [{ xM: 50, yM: 50, radiusM: 30 }], shape);
  for (const [[x0, y0], [x1]] of round)
    for (const x of [x0, x1])
      for (const y of [y0 - 2, y0 + 2]) expect(Math.hypot(x - 50, y - 50)).toBeGreaterThan(29.99);
});

test('areas that touch are one for a row, and what is too small has none', () => {
  const shape = { azimuthDeg: 180, pitchM: 10, depthM: 4 };
  expect(rowsIn([box(0, 0, 50, 4), box(50, 0, 100, 4)], [], shape).map(lengthOf)).toEqual([expect.closeTo(100, 4)]);
  expect(rowsIn([box(0, 0, 50, 3)], [], shape)).toEqual([]);
});

test('no row of a triangle leaves it', () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }));
  fc.assert(
    fc.property(corner, corner, corner, fc.integer({ min: 0, max: 359 }), (a, b, c, azimuthDeg) => {
      const doubled = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
      const depthM = 4;
      const rows = rowsIn([{ outer: [a, b, c] }], [], { azimuthDeg, pitchM: 9, depthM });
      const side = ([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number =>
        (Math.sign(doubled) * ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0))) / Math.hypot(x1 - x0, y1 - y0);
      const [east, north] = [Math.sin((azimuthDeg * Math.PI) / 180), Math.cos((azimuthDeg * Math.PI) / 180)];
      const edges = [
        [a, b],
        [b, c],
        [c, a],
      ] as const;
      const inside = rows
        .flat()
        .flatMap(([x, y]) =>
          [-depthM / 2, depthM / 2].flatMap((half) =>
            edges.map(([from, to]) => side([x + half * east, y + half * north], from, to)),
          ),
        );
      expect(Math.min(0, ...inside)).toBeGreaterThan(-1e-3);
      expect(total(rows) * depthM).toBeLessThanOrEqual(Math.abs(doubled) / 2 + 1e-3);
    }),
  );
});
