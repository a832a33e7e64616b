import { describe, expect, test } from '@jest/globals';
import { BINS, NO_LOSSES } from '../../../test/support/wind-bins.ts';
import { analyzeFarm } from '../../../test/support/wind-runs.ts';
import type { AnalyzeFarmInput } from './analyze-farm.ts';
import { roseOfWeibull } from '../resource/wind-rose.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';

const INPUT: AnalyzeFarmInput = {
  ...NO_LOSSES,
  farm: { xM: [0, 560, 1120], yM: [0, 0, 0], turbines: [publicTurbine('v80')] },
  model: wakeModel('bastankhah_k00325'),
  resource: {
    kind: 'rose',
    rose: roseOfWeibull(
      {
        frequency: [0.25, 0.25, 0.25, 0.25],
        weibull: [8, 9, 9.5, 10].map((scaleMPerS) => ({ scaleMPerS, shape: 2.2 })),
      },
      { ...BINS, directionStepDeg: 10 },
    ),
  },
  ti: 0.1,
  losses: { availability: 0.03, electrical: 0.02, environmental: 0.01 },
  uncertaintyPct: { wind: 5, wakes: 3, power_curve: 4 },
};

describe('farm analysis', () => {
  const analysis = analyzeFarm(INPUT)!;

  test('the loss chain leads from gross to net', () => {
    const { lossChain, grossKwh, wakedKwh, netKwh } = analysis;
    expect(lossChain.map((step) => step.name)).toEqual(['wakes', 'availability', 'electrical', 'environmental']);
    expect(lossChain[0].afterKwh).toBeCloseTo(wakedKwh, 3);
    expect(lossChain[3].afterKwh).toBeCloseTo(netKwh, 3);
    expect(grossKwh - lossChain.reduce((sum, step) => sum + step.lossKwh, 0)).toBeCloseTo(netKwh, 3);
    expect(netKwh / wakedKwh).toBeCloseTo(0.97 * 0.98 * 0.99, 12);
  });

  test('sectors and turbines add up to the farm', () => {
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(analysis.sectors.map((s) => s.wakedKwh)) / analysis.wakedKwh).toBeCloseTo(1, 12);
    expect(sum(analysis.turbines.map((t) => t.netKwh)) / analysis.netKwh).toBeCloseTo(1, 12);
    expect(sum(analysis.turbines.map((t) => t.grossKwh)) / analysis.grossKwh).toBeCloseTo(1, 12);
    expect(analysis.turbines[1].wakeLoss).toBeGreaterThan(analysis.turbines[0].wakeLoss);
    // The row runs west to east: winds across it meet no wakes.
    expect(analysis.sectors[3].wakeLoss).toBeGreaterThan(0.05);
    expect(analysis.sectors[0].wakeLoss).toBeCloseTo(0, 6);
  });

  test('exceedance levels fall, and one year varies more than twenty', () => {
    const { uncertaintyPct, longTerm, oneYear, twentyYears } = analysis.exceedance;
    const { p50Kwh, p75Kwh, p90Kwh, p99Kwh } = longTerm!;
    expect(uncertaintyPct).toBeCloseTo(100 * Math.sqrt(0.05 ** 2 + 0.03 ** 2 + 0.04 ** 2), 10);
    expect(p50Kwh).toBe(analysis.netKwh);
    expect(p90Kwh / p50Kwh).toBeCloseTo(1 - (1.2815515655446004 * uncertaintyPct) / 100, 12);
    expect([p50Kwh, p75Kwh, p90Kwh, p99Kwh]).toEqual([p50Kwh, p75Kwh, p90Kwh, p99Kwh].sort((a, b) => b - a));
    expect(oneYear!.p90Kwh).toBeLessThan(twentyYears!.p90Kwh);
    expect(twentyYears!.p90Kwh).toBeLessThan(p90Kwh);
  });

  test('a series drawn from the rose gives the yield of the rose', () => {
    const wsMPerS: number[] = [];
    const wdDeg: number[] = [];
    for (let d = 0; d < 36; d++)
      for (let q = 0; q < 200; q++) {
        const scale = [8, 9, 9.5, 10][Math.floor(d / 9 + 0.5) % 4];
        wdDeg.push(10 * d);
        wsMPerS.push(scale * (-Math.log(1 - (q + 0.5) / 200)) ** (1 / 2.2));
      }
    const found = analyzeFarm({ ...INPUT, resource: { kind: 'series', wsMPerS, wdDeg, stepHours: 1 } })!;
    expect(found.netKwh / analysis.netKwh).toBeCloseTo(1, 2);
    expect(found.powerKw).toHaveLength(7200);
  });

  test('thinner air gives less', () => {
    expect(analyzeFarm({ ...INPUT, airDensityKgM3: 1.1 })!.grossKwh).toBeLessThan(analysis.grossKwh);
  });

  test('reports progress up to 1 and stops when asked to', () => {
    const shares: number[] = [];
    analyzeFarm(INPUT, { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(analyzeFarm(INPUT, { shouldStop: () => shares.length > 0 })).toBeNull();
  });

  test('refuses impossible input before any work, with the numbers', () => {
    expect(() => analyzeFarm({ ...INPUT, losses: { availability: Number.NaN } })).toThrow('losses.availability is NaN');
    expect(() => analyzeFarm({ ...INPUT, sectors: 2.5 })).toThrow('sectors is 2.5; expected a whole number');
    expect(() => analyzeFarm({ ...INPUT, ti: [] })).toThrow('ti has no values');
    expect(() => analyzeFarm({ ...INPUT, airDensityKgM3: 0 })).toThrow('air_density_kg_m3 is 0; expected above 0');
  });
});
