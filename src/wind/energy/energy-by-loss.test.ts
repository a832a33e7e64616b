import { expect, test } from '@jest/globals';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { powerKw, tableCurve } from '../turbine/turbine.ts';
import { EnergyByLoss, thinned } from './energy-by-loss.ts';
import { HOURS_PER_YEAR } from './energy.ts';

const speedsMPerS = [2.5, 4, 7.3, 10, 14, 24.9, 25, 26];
const probability = [...speedsMPerS.map((_, s) => (s + 1) / 100), ...speedsMPerS.map((_, s) => (9 - s) / 100)];
const ratios = [0, 1.1, 1, 0.9, 0.5, 0.2, 0.1, 0];

test.each(['v80', 'iea37_335'])('%s: energy and slope are those of its power curve at every loss', (name) => {
  const turbine = publicTurbine(name);
  const energyOf = new EnergyByLoss({ curve: turbine.curve, speedsMPerS, probability, directions: 2, ratios });
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

test('a thinned curve keeps the rows that its lines need, and its power within the tolerance', () => {
  const wsMPerS = Array.from({ length: 2501 }, (_, i) => i / 100);
  const power = (u: number) => (u < 4 ? 0 : Math.min(1000 * ((u - 4) / 7) ** 3, 1000));
  const curve = tableCurve(
    wsMPerS,
    wsMPerS.map(power),
    wsMPerS.map(() => 0.8),
  );
  const few = thinned(curve, 1e-4);
  if (few.kind !== 'table') throw new Error('a table stays a table');
  expect(few.wsMPerS.length).toBeLessThan(100);
  const at = (u: number) => {
    const k = few.wsMPerS.findIndex((one) => one >= u);
    if (few.wsMPerS[k] === u) return few.powerKw[k];
    const share = (u - few.wsMPerS[k - 1]) / (few.wsMPerS[k] - few.wsMPerS[k - 1]);
    return few.powerKw[k - 1] + share * (few.powerKw[k] - few.powerKw[k - 1]);
  };
  for (const u of wsMPerS) expect(Math.abs(at(u) - power(u))).toBeLessThanOrEqual(0.1 + 1e-9);
  expect(few.ct).toEqual(few.wsMPerS.map(() => 0.8));

  const corners = tableCurve([0, 1, 2, 3], [0, 1, 1, 0], [0, 0, 0, 0]);
  expect(thinned(corners, 1e-4)).toEqual(corners);
});
