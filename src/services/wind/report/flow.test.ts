import { expect, test } from '@jest/globals';
import { windAnalysis } from '../../../../test/support/report-jobs.ts';
import { flowMap } from '../../../wind/energy/flow-map.ts';
import { prevailingFlow } from './flow.ts';

const job = windAnalysis();

test('the map holds the farm with room for its wakes, in the shape of its figure, in the prevailing wind', () => {
  const { map } = prevailingFlow(job)!;
  const { minX, maxX, minY, maxY } = map.area;
  expect([minY, maxY]).toEqual([-480, 560 + 480]);
  expect((maxX - minX) / (maxY - minY)).toBeCloseTo(1.65, 9);
  expect((minX + maxX) / 2).toBeCloseTo(500, 9);
  expect(map.directionDeg).toBe(240);
  // Turbine 5 stands behind turbine 1.
  const { wsMPerS, freeMPerS } = flowMap({
    ...map,
    area: { minX: 549, maxX: 551, minY: 559, maxY: 561 },
    nX: 3,
    nY: 3,
  });
  expect(freeMPerS).toBe(map.wsMPerS);
  expect(wsMPerS[4]).toBeLessThan(freeMPerS);
});

test('farms of many turbines get fewer points, and none more than a thread computes at once', () => {
  const n = 2000;
  const x_m = Array.from({ length: n }, (_, k) => (k % 50) * 400);
  const y_m = Array.from({ length: n }, (_, k) => Math.floor(k / 50) * 400);
  const result = { ...job.job.result, layout: { x_m, y_m } } as typeof job.job.result;
  const { map } = prevailingFlow({
    ...job,
    job: { ...job.job, result } as typeof job.job,
    body: { ...job.body, layout: { x_m, y_m } } as never,
  })!;
  expect(map.farm.xM).toHaveLength(n);
  expect(map.nX * map.nY).toBeGreaterThan(5_000);
  expect(map.nX * map.nY).toBeLessThan(8_000);
});
