import { describe, expect, test } from '@jest/globals';
import { Random } from '../../statistics/random.ts';
import { ConstantThrustEnergy } from '../energy/constant-thrust-energy.ts';
import { EnergyModel } from '../energy/energy.ts';
import { hullAreaKm2 } from './hull-area.ts';
import { iea37Input } from '../formats/iea37.ts';
import type { LayoutGoalTerms } from './layout-objective.ts';
import { layoutObjective } from './layout-objective.ts';
import { wakeModel } from '../wakes/wake-models.ts';

const random = Random.fromSeed(11);
const x = Float64Array.from({ length: 20 }, () => 2400 * random.uniform());
const y = Float64Array.from({ length: 20 }, () => 2400 * random.uniform());

describe('constant thrust', () => {
  test('the IEA37 case takes the quick way, other models do not', () => {
    const input = iea37Input(x, y);
    expect(layoutObjective(input)).toBeInstanceOf(ConstantThrustEnergy);
    expect(layoutObjective({ ...input, model: wakeModel('noj_k004') })).not.toBeInstanceOf(ConstantThrustEnergy);
  });

  test.each([
    ['all directions', [0, 22.5, 45, 180, 225, 270]],
    ['one direction', [33]],
  ])('value and gradient are those of the general solver: %s', (_, directions) => {
    const rose = {
      directionsDeg: Float64Array.from(directions),
      speedsMPerS: Float64Array.of(7.2, 9.8, 12),
      probability: Float64Array.from({ length: 3 * directions.length }, (_, i) => (1 + (i % 4)) / 60),
    };
    const input = { ...iea37Input(x, y), rose };
    const quick = new ConstantThrustEnergy(input);
    const general = new EnergyModel(input);
    const own = [new Float64Array(20), new Float64Array(20)];
    const other = { x: new Float64Array(20), y: new Float64Array(20) };
    expect(quick.value(x, y) / general.net()).toBeCloseTo(1, 8);
    expect(quick.valueAndGradient(x, y, own[0], own[1]) / general.netWithGradient(other)).toBeCloseTo(1, 8);
    const largest = Math.max(...other.x.map(Math.abs), ...other.y.map(Math.abs));
    for (let i = 0; i < 20; i++) {
      expect(Math.abs(own[0][i] - other.x[i]) / largest).toBeLessThan(1e-7);
      expect(Math.abs(own[1][i] - other.y[i]) / largest).toBeLessThan(1e-7);
    }
  });
});

describe('goals', () => {
  const input = { ...iea37Input(x, y), model: wakeModel('bastankhah_k00325') };
  const cases: [string, LayoutGoalTerms][] = [
    ['energy', {}],
    ['energy over cost', { cables: { costShare: 1e-4, substations: [[500, -300]] } }],
    ['energy over area', { goal: 'energy_per_area', marginM: 150 }],
    ['cable length', { goal: 'cable_length' }],
  ];
  test.each(cases)('%s: the gradient is that of central differences', (_, terms) => {
    const objective = layoutObjective(input, terms);
    const [gx, gy] = [new Float64Array(20), new Float64Array(20)];
    expect(objective.valueAndGradient(x, y, gx, gy) / objective.value(x, y)).toBeCloseTo(1, 12);
    const largest = Math.max(...gx.map(Math.abs), ...gy.map(Math.abs));
    const step = 1e-3;
    for (let i = 0; i < 20; i++)
      for (const [places, gradient] of [
        [x, gx],
        [y, gy],
      ]) {
        const kept = places[i];
        places[i] = kept + step;
        const above = objective.value(x, y);
        places[i] = kept - step;
        const below = objective.value(x, y);
        places[i] = kept;
        expect(Math.abs((above - below) / (2 * step) - gradient[i]) / largest).toBeLessThan(1e-5);
      }
  });

  test('the area of a square kilometre grown by 100 m is known', () => {
    const area = hullAreaKm2([0, 1000, 1000, 0, 500], [0, 0, 1000, 1000, 500], 100);
    expect(area).toBeCloseTo(1 + 0.4 + Math.PI * 0.01, 12);
    expect(hullAreaKm2([7, 1007], [3, 3], 100)).toBeCloseTo(0.2 + Math.PI * 0.01, 12);
  });
});
