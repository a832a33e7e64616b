import { expect, test } from '@jest/globals';
import { FlorisWake } from './floris/wake.ts';
import { FlowSolver } from './flow-solver.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import type { Deflection, SuperposedWakeModel } from './wake-models.ts';
import { FLORIS_GAUSS, wakeModel } from './wake-models.ts';

const RADIANS = Math.PI / 180;

/** FLORIS 4.7's deflection models called with a yaw of 20 deg, 8 % turbulence, a thrust coefficient of 0.76, a rotor of 80 m. */
const FLORIS_M = {
  gauss: [-12.457709620518132, -19.917294113182102, -24.712987460750064, -31.461617363407264],
  jimenez: [-22.617999361111984, -32.65226587440016, -40.321253916779206, -53.38820550366508],
};

test.each(['gauss', 'jimenez'] as const)('%s shifts a wake as FLORIS does', (deflection) => {
  const wake = new FlorisWake({ ...FLORIS_GAUSS, deflection });
  wake.set(80, 0.76, 20 * RADIANS, 20 * RADIANS, 0.08, 0.08);
  [3, 5, 7, 12].forEach((diameters, k) => {
    wake.at(80 * diameters);
    expect(wake.deflection).toBeCloseTo(FLORIS_M[deflection][k], 9);
  });
});

const V80 = publicTurbine('v80');

/** Deficit at a turbine 7 diameters behind one that is yawed by 20 deg, moved to the side [m/s], and the first one's state. */
function deficitBehind(deflection: Deflection | undefined, sideM: number) {
  const model = { ...(wakeModel('bastankhah_k00325') as SuperposedWakeModel), deflection };
  const solver = new FlowSolver({ turbines: [V80], xM: [0, sideM], yM: [0, -560] }, model, 1);
  solver.solve(0, { wsMPerS: [9], ti: 0.08 }, { yawDeg: [20, 0] });
  const { order, deficit, ct } = solver.state;
  return { deficit: deficit[order.indexOf(1)], ct: ct[order.indexOf(0)] };
}

test('wakes of the other models bend by it too, to the side to which they bend by Jimenez', () => {
  const { ct } = deficitBehind('gauss', 0);
  const wake = new FlorisWake(FLORIS_GAUSS);
  wake.set(80, ct / Math.cos(20 * RADIANS), 20 * RADIANS, 20 * RADIANS, 0.08, 0.08);
  wake.at(560);
  const largest = (deflection: Deflection | undefined) =>
    [-40, -20, 20, 40].sort((a, b) => deficitBehind(deflection, b).deficit - deficitBehind(deflection, a).deficit)[0];
  expect(Math.sign(largest('gauss'))).toBe(Math.sign(largest(undefined)));
  const side = Math.sign(largest('gauss')) * Math.abs(wake.deflection);
  // A bell around the shifted axis.
  for (const off of [10, 35]) {
    const [left, right] = [deficitBehind('gauss', side - off), deficitBehind('gauss', side + off)];
    expect(left.deficit).toBeCloseTo(right.deficit, 9);
    expect(left.deficit).toBeLessThan(deficitBehind('gauss', side).deficit);
  }
});
