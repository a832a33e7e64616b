import { describe, expect, test } from '@jest/globals';
import { superposedModel } from '../../../test/support/wind-runs.ts';
import { flowMap } from './flow-map.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import { SeriesModel } from './series-energy.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';

const farm = { xM: [0, 560], yM: [0, 0], turbines: [publicTurbine('v80')] };

describe('flow map', () => {
  test.each(['bastankhah_k00325', 'floris_gauss'])('%s: at the rotor centre it is the model itself', (name) => {
    const model = wakeModel(name);
    const area = { minX: -100, maxX: 900, minY: -400, maxY: 400 };
    const map = flowMap({ farm, model, directionDeg: 270, wsMPerS: 9, ti: 0.1, area, nX: 101, nY: 81 });
    const at = (x: number, y: number) => map.wsMPerS[((y + 400) / 10) * 101 + (x + 100) / 10];
    expect(at(-50, 0)).toBe(9);
    expect(at(300, 300)).toBeCloseTo(9, 3);
    expect(at(300, 0)).toBeLessThan(6);
    expect(at(700, 0)).toBeLessThan(at(500, 0));
    expect(at(300, 40)).toBeCloseTo(at(300, -40), 9);
  });

  test('yaw moves the wake to one side', () => {
    const area = { minX: 300, maxX: 500, minY: -100, maxY: 100 };
    const map = flowMap({
      farm,
      model: wakeModel('bastankhah_k00325'),
      directionDeg: 270,
      wsMPerS: 9,
      ti: 0.1,
      area,
      nX: 3,
      nY: 3,
      yawDeg: [25, 0],
    });
    expect(map.wsMPerS[0]).not.toBeCloseTo(map.wsMPerS[6], 2);
  });

  test('refuses areas and sizes that make no map', () => {
    const input = { farm, model: wakeModel('noj_k004'), directionDeg: 270, wsMPerS: 9, ti: 0.1, nX: 20, nY: 20 };
    expect(() => flowMap({ ...input, nX: 4000, nY: 4000 })).toThrow('16000000 points; expected at most 1000000');
    expect(() => flowMap({ ...input, area: { minX: 1, maxX: 0, minY: 0, maxY: 1 } })).toThrow('expected rising bounds');
  });
});

test('a series gives each step what the solver gives for its wind', () => {
  const model = superposedModel('niayifar_crespo');
  const series = new SeriesModel({
    ...{ farm, model, stepHours: 1 },
    ...{ wsMPerS: [8, 10, 2], wdDeg: [270, 275, 90], ti: [0.1, 0.08, 0.12] },
  });
  series.addSteps(0, 2);
  series.addSteps(2, 3);
  const solver = new FlowSolver(farm, model, 1);
  solver.solve(275, { wsMPerS: [10], ti: 0.08 });
  expect(series.sums.netKw[1]).toBe(solver.state.power[0] + solver.state.power[1]);
  expect(series.sums.grossKw[1]).toBe(2 * solver.state.power[0]);
  expect(series.sums.netKw[2]).toBe(0);
  expect(series.sums.netByTurbine[1]).toBeLessThan(series.sums.netByTurbine[0]);
});

test('yaw of several speeds at a time is refused', () => {
  const solver = new FlowSolver(farm, superposedModel('noj_k004'), 2);
  const free = { wsMPerS: [8, 9], ti: 0.1 };
  expect(() => solver.solve(270, free, { yawDeg: [10, 0] })).toThrow('yaw with 2 speeds at a time; expected 1');
});
