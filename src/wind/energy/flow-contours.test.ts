import { expect, test } from '@jest/globals';
import { flowContours } from './flow-contours.ts';
import { flowMap } from './flow-map.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';

const DEFICITS = [0.02, 0.05, 0.1, 0.2];
const map = flowMap({
  farm: { xM: [0, 500], yM: [0, 40], turbines: [publicTurbine('v80')] },
  model: wakeModel('bastankhah_k00325'),
  directionDeg: 270,
  wsMPerS: 10,
  ti: 0.1,
  area: { minX: -400, maxX: 2000, minY: -400, maxY: 400 },
  nX: 241,
  nY: 81,
});
const contours = flowContours(map, DEFICITS);

/** Of the map, speeds between its points linear. */
function deficitAt(x: number, y: number): number {
  const [column, row] = [(x - map.xM[0]) / 10, (y - map.yM[0]) / 10];
  const [c, r] = [Math.min(239, Math.floor(column)), Math.min(79, Math.floor(row))];
  const at = (i: number, j: number): number => 1 - map.wsMPerS[j * 241 + i] / map.freeMPerS;
  const [u, v] = [column - c, row - r];
  return (1 - v) * ((1 - u) * at(c, r) + u * at(c + 1, r)) + v * ((1 - u) * at(c, r + 1) + u * at(c + 1, r + 1));
}

/** Of rings filled by the even-odd rule, holes negative as they turn the other way. */
const areaOf = (rings: (typeof contours)[number]['rings']): number =>
  Math.abs(
    rings.reduce(
      (sum, ring) => sum + ring.slice(1).reduce((part, [x, y], k) => part + (ring[k][0] * y - x * ring[k][1]) / 2, 0),
      0,
    ),
  );

test('lines lie where the wind has lost their share', () => {
  expect(contours.map(({ deficit }) => deficit)).toEqual(DEFICITS);
  for (const { deficit, rings } of contours) {
    const inside = rings.flat().filter(([x, y]) => x > -395 && x < 1995 && Math.abs(y) < 395);
    expect(inside.length).toBeGreaterThan(50);
    // Near a rotor the speed jumps from one point to the next.
    const errors = inside.map(([x, y]) => Math.abs(deficitAt(x, y) - deficit)).sort((a, b) => a - b);
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(1e-6);
  }
});

test('areas of greater losses are smaller, and as large as the points that lose so much', () => {
  const areas = contours.map(({ rings }) => areaOf(rings));
  for (const [k, { deficit }] of contours.entries()) {
    if (k > 0) expect(areas[k]).toBeLessThan(areas[k - 1]);
    const points = map.wsMPerS.filter((ws) => 1 - ws / map.freeMPerS >= deficit).length;
    expect(areas[k] / (points * 100)).toBeGreaterThan(0.97);
    expect(areas[k] / (points * 100)).toBeLessThan(1.03);
  }
});
