import { expect, test } from '@jest/globals';
import { flowMapPicture } from './figures.ts';

test('the picture of a stored flow map shows the wind, the turbine and the areas that lose speed', () => {
  const [columns, rows] = [3, 2];
  const svg = flowMapPicture({
    columns: {
      x_m: Float64Array.from([0, 500, 1000, 0, 500, 1000]),
      y_m: Float64Array.from([0, 0, 0, 600, 600, 600]),
      // A quarter of the speed is lost in the east of the southern row.
      wind_speed_m_s: Float64Array.from([8, 8, 6, 8, 8, 8]),
    },
    meta: { n_x: columns, n_y: rows, freestream_m_s: 8, wind_direction_deg: 270, turbines: [[500, 300, 100]] },
  });
  expect(svg).toContain('wind from 270° at 8.00\u00a0m/s; the lowest speed is 6.00\u00a0m/s.</title>');
  expect(svg).toContain('>Wind from 270° at 8.00\u00a0m/s</text>');
  expect(svg).toContain('>30\u00a0% and more</text>');
  // 480 points for 1000 m: the rotor is 48 long and runs south to north in the middle.
  expect(svg).toContain('M240 168L240 120');
  const areas = [...svg.matchAll(/<path d="([^"]*)" fill-rule="evenodd"/g)].map(([, d]) => d);
  expect(areas.map((d) => d !== '')).toEqual([true, true, true, true, true, false]);
  // All areas are in the east, at the bottom.
  for (const d of areas) for (const [, x] of d.matchAll(/[ML]([\d.]+) /g)) expect(Number(x)).toBeGreaterThan(240);
});
