import { describe, expect, test } from '@jest/globals';
import { BINS } from '../../../test/support/wind-bins.ts';
import { superposedModel } from '../../../test/support/wind-runs.ts';
import { EnergyModel } from '../energy/energy.ts';
import { flowMap } from '../energy/flow-map.ts';
import { FlowSolver } from './flow-solver.ts';
import { LayoutSearch } from '../layout/layout-search.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { roseOfWeibull } from '../resource/wind-rose.ts';

const farm = { xM: [0, 300, 900, 450, 1300], yM: [0, 40, -60, 500, 30], turbines: [publicTurbine('v80')] };
const model = { ...superposedModel('bastankhah_k00325'), blockage: 'self_similar' as const };

/**
 * PyWake 2.6.20: All2AllIterative with BastankhahGaussianDeficit(k=0.0324555), SquaredSum, and
 * SelfSimilarityDeficit(upstream_only=True) in a LinearSum, convergence_tolerance 1e-12; winds from 270 and 300 degrees.
 */
const PYWAKE = [
  {
    direction: 270,
    byCase: [
      [6.277105777522083, 5.066590659011679, 5.862262231815179, 6.296546496057778, 5.407497140384345],
      [9.66478476920793, 7.815034634148332, 9.030699593689741, 9.694664742876444, 8.32781008277554],
    ],
  },
  {
    direction: 300,
    byCase: [
      [6.283117437700514, 6.294444341648159, 6.292834236871946, 6.295082781466945, 5.550093454453874],
      [9.674326173210046, 9.691522112857848, 9.688932673499684, 9.692484668548763, 8.550692888393979],
    ],
  },
];

describe('self-similar blockage', () => {
  test.each(PYWAKE)("effective speeds are PyWake's, wind from $direction", ({ direction, byCase }) => {
    const solver = new FlowSolver(farm, model, 2);
    solver.solve(direction, { wsMPerS: [6.3, 9.7], ti: 0.1 });
    const { order, uEff } = solver.state;
    order.forEach((turbine, k) => {
      for (let s = 0; s < 2; s++) expect(Math.abs(uEff[2 * k + s] - byCase[s][turbine])).toBeLessThan(1e-8);
    });
  });

  test("speeds of the flow in front of the farm are PyWake's", () => {
    const map = flowMap({
      farm,
      model,
      directionDeg: 270,
      wsMPerS: 9.7,
      ti: 0.1,
      area: { minX: -160, maxX: -60, minY: 0, maxY: 30 },
      nX: 2,
      nY: 2,
    });
    expect(map.wsMPerS[0]).toBeCloseTo(9.588885079938278, 8);
    expect(map.wsMPerS[3]).toBeCloseTo(9.253600399172573, 8);
  });

  test('a search by gradients takes it, and finds more than the layout it began with', () => {
    const rose = roseOfWeibull(
      { frequency: [0.2, 0.3, 0.1, 0.4], weibull: Array(4).fill({ scaleMPerS: 9, shape: 2 }) },
      { ...BINS, directionStepDeg: 30, speedStepMPerS: 4 },
    );
    const energy = { farm, model, rose, ti: 0.1 };
    const site = { zones: [{ xM: 500, yM: 200, radiusM: 1200 }], minSpacingM: 200 };
    const before = new EnergyModel(energy).net();
    const search = new LayoutSearch({
      energy,
      site,
      seed: 1,
      method: 'gradient',
      startFromFarm: true,
      fixed: 0,
      maxSteps: 2000,
    });
    search.step();
    expect(search.best()!.score).toBeGreaterThan(1.01 * before);
  });
});
