import { describe, expect, test } from '@jest/globals';
import { BINS, NO_LOSSES } from '../../../test/support/wind-bins.ts';
import { analyzeFarm, slopeOfNet } from '../../../test/support/wind-runs.ts';
import { EnergyModel } from '../energy/energy.ts';
import { speedupsAt, speedupsOfWrg } from './resource-grid.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import type { WindResourceGrid } from './wasp.ts';
import { roseOfWeibull } from './wind-rose.ts';

const { sin, cos, round } = Math;

/** 3 x 3 places of which each sector has its own frequency, A and k, rounded as in a .wrg. */
const grid: WindResourceGrid = {
  columns: 3,
  rows: 3,
  minX: 0,
  minY: 0,
  cellM: 1000,
  points: [0, 1, 2].flatMap((i) =>
    [0, 1, 2].map((j) => {
      const shares = [0, 1, 2, 3].map((s) => round(1000 * (0.25 + 0.1 * sin(s + 1) + 0.03 * cos(2 * i + 3 * j + s))));
      const sum = shares.reduce((a, b) => a + b);
      return {
        xM: 1000 * i,
        yM: 1000 * j,
        elevationM: 0,
        heightM: 70,
        all: { scaleMPerS: 8, shape: 2 },
        powerDensityWm2: 400,
        frequency: shares.map((share) => share / sum),
        frequencySum: sum,
        weibull: [0, 1, 2, 3].map((s) => ({
          scaleMPerS: round(10 * (8 + 1.2 * sin(i + 0.7 * j + s) + 0.3 * s)) / 10,
          shape: round(100 * (2.1 + 0.25 * cos(1.3 * i + j + 2 * s))) / 100,
        })),
      };
    }),
  ),
};
const middle = grid.points[4];
const site = { frequency: middle.frequency, weibull: middle.weibull };
const v80 = publicTurbine('v80');
if (v80.curve.kind !== 'table') throw new Error('expected a table');
/** PyWake holds the last row above it: its V80 does not stop at 25 m/s. */
const unstopped = { ...v80, curve: { ...v80.curve, above: { powerKw: 2000, ct: 0.053 } } };
const farm = {
  xM: [150, 700, 1000, 1400, 1900, 1650],
  yM: [300, 320, 1000, 1250, 1700, 400],
  turbines: [unstopped],
};
const resourceGrid = speedupsOfWrg(grid, middle);
const model = wakeModel('bastankhah_k00325');

/**
 * PyWake 2.6.20 [kWh]: XRSite with use_WS_bins, as WaspGridSite has it, Sector_frequency, Weibull_A and Weibull_k on
 * (x, y, wd), linear in place and nearest in wd, Speedup by turbine = A gamma(1 + 1/k) over that of the grid's middle;
 * PropagateDownwind with BastankhahGaussianDeficit(use_effective_ws=False) and SquaredSum, wd every 10 degrees, ws 3 to 25.
 */
const PYWAKE_NET = [
  6906061.592687738, 6779385.834159189, 6273034.327403733, 5925136.28789742, 5495082.834336449, 6212600.791248507,
];
const PYWAKE_GROSS = [
  7045185.983776907, 6932769.757667524, 6504617.125570855, 6093049.0412151385, 5567981.850847951, 6305780.273931083,
];

describe('frequencies, A and k that vary over the site', () => {
  const resource = { kind: 'rose', rose: roseOfWeibull(site, { ...BINS, directionStepDeg: 10 }) } as const;
  const found = analyzeFarm({ ...NO_LOSSES, farm, model, ti: 0.1, resource, resourceGrid })!;

  test("energies of each turbine, with wakes and without, are PyWake's", () => {
    found.turbines.forEach(({ wakedKwh, grossKwh }, i) => {
      expect(Math.abs(wakedKwh / PYWAKE_NET[i] - 1)).toBeLessThan(1e-8);
      expect(Math.abs(grossKwh / PYWAKE_GROSS[i] - 1)).toBeLessThan(1e-8);
    });
  });

  test("a turbine at a point of the grid has that point's own distributions, wherever the reference is", () => {
    const at = grid.points[6];
    const single = { xM: [at.xM], yM: [at.yM], turbines: farm.turbines };
    const bins = { ...BINS, directionStepDeg: 10, speedStepMPerS: 0.05, minSpeedMPerS: 0.5, maxSpeedMPerS: 40 };
    const input = { ...NO_LOSSES, farm: single, model, ti: 0.1 };
    const here = analyzeFarm({ ...input, resource: { kind: 'rose', rose: roseOfWeibull(at, bins) } })!;
    const elsewhere = { kind: 'rose', rose: roseOfWeibull(site, bins) } as const;
    const there = analyzeFarm({ ...input, resource: elsewhere, resourceGrid })!;
    expect(there.netKwh / here.netKwh).toBeCloseTo(1, 4);
    expect(there.turbines[0].meanSpeedMPerS / here.turbines[0].meanSpeedMPerS).toBeCloseTo(1, 3);
  });

  test.each(['bastankhah_k00325', 'floris_gauss'])('%s: the gradient follows them, exact to 1e-6', (name) => {
    const rose = roseOfWeibull(site, {
      ...BINS,
      directionStepDeg: 30,
      minSpeedMPerS: 5.37,
      maxSpeedMPerS: 11.37,
      speedStepMPerS: 1.5,
    });
    const hubFactors = [[1.013]];
    const energy = new EnergyModel({ farm, model: wakeModel(name), rose, ti: 0.08, resourceGrid, hubFactors });
    const gradient = { x: new Float64Array(6), y: new Float64Array(6) };
    const value = energy.netWithGradient(gradient);
    expect(value / energy.net()).toBeCloseTo(1, 12);
    const largest = Math.max(...gradient.x.map(Math.abs), ...gradient.y.map(Math.abs));
    const h = 1e-2;
    // The third turbine stands on a node of the grid, where the slope to one side counts.
    for (const i of [0, 1, 3, 4, 5])
      for (const axis of ['x', 'y'] as const) {
        const difference = slopeOfNet(energy, farm, { axis, i, h });
        expect(Math.abs(difference - gradient[axis][i]) / largest).toBeLessThan(1e-6);
      }
  });
});

test('a series keeps its steps, and tells what the frequencies of the places would change', () => {
  const wsMPerS = Float64Array.from({ length: 400 }, (_, i) => 4 + (i % 9));
  const wdDeg = Float64Array.from({ length: 400 }, (_, i) => (i * 90) % 360);
  const series = { kind: 'series', wsMPerS, wdDeg, stepHours: 1 } as const;
  const input = { ...NO_LOSSES, farm, model, ti: 0.1 };
  const found = analyzeFarm({ ...input, resource: series, resourceGrid })!;
  const { weibull: _, frequency, factors } = speedupsAt(resourceGrid, farm.xM, farm.yM);
  const even = analyzeFarm({ ...input, resource: series, speedups: { factors } })!;
  expect([found.wakedKwh, even.frequencyEffect]).toEqual([even.wakedKwh, null]);
  // Each sector blows a quarter of the time, on its own from the other ones.
  const own = farm.xM.map((_, i) => {
    const sectors = [0, 1, 2, 3].map((s) => {
      const only = {
        kind: 'series',
        stepHours: 1,
        wsMPerS: wsMPerS.filter((_, k) => k % 4 === s),
        wdDeg: wdDeg.filter((d) => d === 90 * s),
      } as const;
      return analyzeFarm({ ...input, resource: only, speedups: { factors } })!.turbines[i].wakedKwh;
    });
    const often = frequency!.map((row) => row[i]);
    return sectors.reduce((sum, kwh, s) => sum + kwh * often[s], 0) / often.reduce((a, b) => a + b, 0);
  });
  const effect = own.reduce((a, b) => a + b, 0) / even.wakedKwh - 1;
  expect(found.frequencyEffect).toBeCloseTo(effect, 10);
  expect(Math.abs(effect)).toBeGreaterThan(1e-4);
});
