import { expect, test } from '@jest/globals';
import { BINS } from '../../../test/support/wind-bins.ts';
import { hubWindOfRose, hubWindOfSeries, hubWindOfWeibull } from './hub-wind.ts';
import { weibullCdf, weibullPdf } from './weibull.ts';
import { roseOfWeibull } from './wind-rose.ts';

const site = {
  frequency: [0.1, 0.2, 0.3, 0.4],
  weibull: [
    { scaleMPerS: 7, shape: 1.8 },
    { scaleMPerS: 8, shape: 2 },
    { scaleMPerS: 9, shape: 2.2 },
    { scaleMPerS: 10, shape: 2.4 },
  ],
};

test('distributions keep their shape and take the scale of the hub', () => {
  const { sectors, all } = hubWindOfWeibull(site, 1.1);
  expect(all).toBeNull();
  expect(sectors.map(({ directionDeg }) => directionDeg)).toEqual([0, 90, 180, 270]);
  sectors.forEach(({ weibull, below }, k) => {
    expect(weibull!.scaleMPerS).toBeCloseTo(1.1 * site.weibull[k].scaleMPerS, 12);
    expect(weibull!.shape).toBe(site.weibull[k].shape);
    expect(below(11)).toBeCloseTo(weibullCdf(site.weibull[k], 10), 12);
  });
});

test('the density over all directions is the sum of the sectors by their frequency', () => {
  const expected = site.weibull.reduce((sum, weibull, k) => sum + site.frequency[k] * weibullPdf(weibull, 8), 0);
  expect(hubWindOfWeibull(site, 1).density!(8)).toBeCloseTo(expected, 12);
});

test('fits to a table give back the distributions that it was made from', () => {
  const rose = roseOfWeibull(site, { ...BINS, minSpeedMPerS: 0.25, maxSpeedMPerS: 40, speedStepMPerS: 0.5 });
  const { sectors } = hubWindOfRose(rose, 4);
  sectors.forEach(({ frequency, weibull }, k) => {
    expect(frequency).toBeCloseTo(site.frequency[k], 3);
    expect(weibull!.scaleMPerS / site.weibull[k].scaleMPerS).toBeCloseTo(1, 2);
    expect(weibull!.shape / site.weibull[k].shape).toBeCloseTo(1, 1);
  });
});

test('equal speeds have a histogram and no distribution', () => {
  const speeds = new Array(30).fill(8.4);
  const ofSeries = hubWindOfSeries(
    speeds,
    speeds.map((_, i) => (i * 30) % 360),
    12,
  );
  const ofRose = hubWindOfRose(
    {
      directionsDeg: Float64Array.of(0, 180),
      speedsMPerS: Float64Array.of(8.4),
      probability: Float64Array.of(0.5, 0.5),
    },
    12,
  );
  for (const { all, density, bins, sectors } of [ofSeries, ofRose]) {
    expect([all, density]).toEqual([null, null]);
    expect(sectors.every(({ weibull }) => weibull === null)).toBe(true);
    expect(bins.reduce((sum, { density: one }) => sum + one, 0)).toBeCloseTo(1, 12);
  }
});
