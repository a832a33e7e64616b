import { describe, expect, test } from '@jest/globals';
import { BINS } from '../../../test/support/wind-bins.ts';
import { slopeOfNet, superposedModel } from '../../../test/support/wind-runs.ts';
import { Random } from '../../statistics/random.ts';
import { EnergyModel, emptySums, total } from './energy.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import type { SuperposedWakeModel } from '../wakes/wake-models.ts';
import { WAKE_MODELS, wakeModel } from '../wakes/wake-models.ts';
import type { WindRose } from '../resource/wind-rose.ts';
import { roseOfWeibull } from '../resource/wind-rose.ts';

const SITE = {
  frequency: [0.1, 0.3, 0.2, 0.4],
  weibull: [
    { scaleMPerS: 9.2, shape: 2.4 },
    { scaleMPerS: 9.8, shape: 2.5 },
    { scaleMPerS: 10.4, shape: 2.6 },
    { scaleMPerS: 11.3, shape: 2.3 },
  ],
};

function randomFarm(n: number, seed: number, sizeM: number) {
  const random = Random.fromSeed(seed);
  const place = () => Array.from({ length: n }, () => Math.round(random.uniform() * sizeM * 10) / 10);
  return { xM: place(), yM: place() };
}

describe('gradient of the energy', () => {
  // A power-of-two speed grid off the curves' knots: no knot lies within a step of the differences.
  const rose: WindRose = {
    directionsDeg: Float64Array.from({ length: 12 }, (_, d) => 3.7 + 30 * d),
    speedsMPerS: Float64Array.of(7.317, 9.877, 11.283),
    probability: Float64Array.from({ length: 36 }, (_, i) => (1 + (i % 5)) / 120),
  };

  /** A hill in the west, another in the south for the other half of the winds. */
  const resourceGrid = {
    columns: 9,
    rows: 9,
    minX: -500,
    minY: -500,
    stepX: 450,
    stepY: 450,
    factors: [0, 1].map((s) =>
      Float64Array.from({ length: 81 }, (_, p) => 1 + 0.024 * Math.sin(0.7 * (s ? p % 9 : Math.floor(p / 9)) + p / 40)),
    ),
    frequency: [0, 1].map((s) => Float64Array.from({ length: 81 }, (_, p) => 1 + 0.1 * Math.cos(p * 0.3 + s))),
  };

  const blocked = ['noj_k004', 'bastankhah2014_k004', 'niayifar_crespo'].map((name) => ({
    ...superposedModel(name),
    name: `${name} with blockage`,
    blockage: 'self_similar' as const,
  }));
  const frandsen: SuperposedWakeModel = {
    ...superposedModel('niayifar_crespo'),
    name: 'niayifar with stf2017',
    turbulence: { kind: 'stf2017', c: [1.5, 0.8] },
  };
  const cases = [...WAKE_MODELS, frandsen, ...blocked].flatMap((model) => [
    [model.name, 'even', model] as const,
    [model.name, 'hilly', model] as const,
  ]);
  test.each(cases)('%s, %s site: exact to 1e-6 of its largest component', (_, site, model) => {
    const farm = {
      ...randomFarm(14, 5, 2600),
      turbines: [publicTurbine('dtu10mw'), publicTurbine('nrel_5MW')],
      kind: Array.from({ length: 14 }, (_, i) => i % 2),
    };
    const grid = site === 'hilly' ? resourceGrid : undefined;
    const hubFactors = grid && [[1, 0.97]];
    const energy = new EnergyModel({ farm, model, rose, ti: 0.08, resourceGrid: grid, hubFactors });
    const gradient = { x: new Float64Array(14), y: new Float64Array(14) };
    const value = energy.netWithGradient(gradient);
    expect(value / total(energy.energies().netByTurbine)).toBeCloseTo(1, 12);
    const largest = Math.max(...gradient.x.map(Math.abs), ...gradient.y.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    const h = 1e-3;
    for (let i = 0; i < 14; i++)
      for (const axis of ['x', 'y'] as const) {
        const difference = slopeOfNet(energy, farm, { axis, i, h });
        expect(Math.abs(difference - gradient[axis][i]) / largest).toBeLessThan(1e-6);
      }
  });
});

describe('energies', () => {
  const farm = { ...randomFarm(9, 3, 3000), turbines: [publicTurbine('v80')] };
  const rose = roseOfWeibull(SITE, { ...BINS, directionStepDeg: 5 });

  test.each(WAKE_MODELS.map((model) => model.name))('%s: parts of the directions add up to the whole', (name) => {
    const energy = new EnergyModel({ farm, model: wakeModel(name), rose, ti: 0.1 });
    const parts = emptySums(9, 72);
    energy.addDirections(40, 72, parts);
    energy.addDirections(0, 40, parts);
    const whole = energy.energies();
    expect(total(parts.netByTurbine) / total(whole.netByTurbine)).toBeCloseTo(1, 12);
    expect(total(whole.netByDirection) / total(whole.netByTurbine)).toBeCloseTo(1, 12);
    expect(total(whole.netByTurbine)).toBeLessThan(total(whole.grossByTurbine));
  });

  test('a turn of farm and wind together changes nothing', () => {
    const turned = { ...farm, xM: farm.yM.map((y) => 5e5 + y), yM: farm.xM.map((x) => 6e6 - x) };
    const wind = { ...rose, directionsDeg: rose.directionsDeg.map((d) => (d + 90) % 360) };
    const model = wakeModel('niayifar_crespo');
    const plain = new EnergyModel({ farm, model, rose, ti: 0.1 }).net();
    expect(new EnergyModel({ farm: turned, model, rose: wind, ti: 0.1 }).net() / plain).toBeCloseTo(1, 8);
  });

  test.each(['bastankhah_k00325', 'floris_gauss'])(
    '%s: a yawed farm without wakes loses by the cosine alone',
    (name) => {
      const alone = { xM: [0, 5e5], yM: [0, 5e5], turbines: farm.turbines };
      const energy = new EnergyModel({ farm: alone, model: wakeModel(name), rose, ti: 0.1 });
      const still = energy.energies(Array(72).fill([0, 0]));
      expect(still.netByTurbine[0] / energy.energies().netByTurbine[0]).toBeCloseTo(1, 12);
      const yawed = energy.energies(Array(72).fill([20, 0]));
      expect(yawed.netByTurbine[0] / still.netByTurbine[0]).toBeLessThan(0.96);
      expect(yawed.netByTurbine[1] / still.netByTurbine[1]).toBeCloseTo(1, 6);
      expect(() => energy.energies([[0, 0]])).toThrow('yaw has 1 directions; expected 72');
    },
  );

  test('speed-ups act by sector and turbine', () => {
    const model = wakeModel('noj_k004');
    const factors = [Array(9).fill(1), Array(9).fill(1.05), Array(9).fill(1), Array(9).fill(0.97)];
    const plain = new EnergyModel({ farm, model, rose, ti: 0.1 }).energies();
    const varied = new EnergyModel({ farm, model, rose, ti: 0.1, speedups: { factors } }).energies();
    expect(varied.grossByDirection[18]).toBeGreaterThan(plain.grossByDirection[18]);
    expect(varied.grossByDirection[0]).toBeCloseTo(plain.grossByDirection[0], 6);
    expect(varied.grossByDirection[54]).toBeLessThan(plain.grossByDirection[54]);
  });

  test('refuses what cannot be computed, with quantity and value', () => {
    const model = wakeModel('noj_k004');
    const energy = (change: object) => () => new EnergyModel({ farm, model, rose, ti: 0.1, ...change });
    expect(energy({ ti: 0 })).toThrow('ti is 0; expected above 0');
    expect(energy({ ti: [0.1] })).toThrow('ti has 1 values; expected one, or 72');
    expect(energy({ farm: { ...farm, xM: [1] } })).toThrow('x has 1 values; expected 9, as many as y');
    expect(energy({ farm: { ...farm, turbines: [publicTurbine('V90/2000')] } })).toThrow('no thrust coefficients');
    expect(() => wakeModel('jensen')).toThrow('wake_model jensen is not known; known are noj_k004');
  });
});
