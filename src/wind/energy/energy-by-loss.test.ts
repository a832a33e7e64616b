import { expect, test } from '@jest/globals';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { powerKw } from '../turbine/turbine.ts';
import { EnergyByLoss } from './energy-by-loss.ts';
import { HOURS_PER_YEAR } from './energy.ts';

const speedsMPerS = [2.5, 4, 7.3, 10, 14, 24.9, 25, 26];
const probability = [...speedsMPerS.map((_, s) => (s + 1) / 100), ...speedsMPerS.map((_, s) => (9 - s) / 100)];
const ratios = [0, 1.1, 1, 0.9, 0.5, 0.2, 0.1, 0];

test.each(['v80', 'iea37_335'])('%s: energy and slope are those of its power curve at every loss', (name) => {
  const turbine = publicTurbine(name);
  const energyOf = new EnergyByLoss(turbine.curve, { speedsMPerS, probability, directions: 2, ratios });
  const direct = (d: number, loss: number) =>
    speedsMPerS.reduce(
      (sum, u, s) =>
        sum + HOURS_PER_YEAR * probability[d * speedsMPerS.length + s] * powerKw(turbine, u * (1 - ratios[s] * loss)),
      0,
    );
  for (const d of [0, 1]) {
    expect(energyOf.free(d)).toBeCloseTo(direct(d, 0), 6);
    for (let loss = 0.0007; loss < 1; loss += 0.0131) {
      expect(energyOf.at(d, loss)).toBeCloseTo(direct(d, loss), 5);
      expect(energyOf.withSlope(d, loss)).toBe(energyOf.at(d, loss));
      const h = 1e-7;
      const difference = (direct(d, loss + h) - direct(d, loss - h)) / (2 * h);
      expect(Math.abs(energyOf.slope - difference)).toBeLessThan(1e-5 * energyOf.free(d));
    }
  }
});
