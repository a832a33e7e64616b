import { expect, test } from '@jest/globals';
import { layoutSvg, windRoseSvg } from './layout-svg.ts';

test('a layout is drawn to scale with north up, its boundary, its cables and its length', () => {
  const svg = layoutSvg({
    xM: [0, 1000, 1000],
    yM: [0, 0, 500],
    diameterM: [100, 100, 100],
    isFixed: [false, false, true],
    site: {
      zones: [
        {
          outer: [
            [0, 0],
            [1000, 0],
            [1000, 500],
            [0, 500],
          ],
        },
      ],
    },
  });
  // 760 units for 1000 m: rotors of 38 units radius; the northern turbine is above the others.
  const rotors = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="38" fill="(#\w+)"/g)].map((m) => m.slice(1));
  expect(rotors).toEqual([
    ['20', '400', '#1f5f8b'],
    ['780', '400', '#1f5f8b'],
    ['780', '20', '#bbbbbb'],
  ]);
  expect(svg).toContain('3 turbines, 1.50 km of cables');
  expect(svg).toContain('M20 400L780 400M780 400L780 20');
  expect(svg).toContain('>200 m</text>');
});

test('a wedge of the rose is as long as its wind is frequent', () => {
  const svg = windRoseSvg([
    { directionDeg: 0, frequency: 0.1, meanSpeedMPerS: 7 },
    { directionDeg: 90, frequency: 0.2, meanSpeedMPerS: 8.25 },
    { directionDeg: 180, frequency: 0.3, meanSpeedMPerS: 9 },
    { directionDeg: 270, frequency: 0.4, meanSpeedMPerS: 10 },
  ]);
  const radii = [...svg.matchAll(/A([\d.]+) /g)].map(([, r]) => Number(r));
  expect(radii).toEqual([47.5, 95, 142.5, 190]);
  expect(svg).toContain('8.3 m/s');
  expect(svg).toContain('>40 %</text>');
});
