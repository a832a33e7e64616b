import { expect, test } from '@jest/globals';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import { solarAnalyzeSchema } from '../../contracts/solar/analyze.schema.ts';
import { NO_COMPONENTS } from './system.ts';
import { prepareAnalysis } from './thread-tasks.ts';

const azimuthDeg = Array.from({ length: 3600 }, (_, i) => i / 10);
const HORIZON = `cmp_${'0'.repeat(26)}`;
const horizons = new Map([[HORIZON, { azimuthDeg, elevationDeg: azimuthDeg.map((azimuth) => azimuth / 7) }]]);
const years = [{ latitude_deg: 45, longitude_deg: 8, elevation_m: 100, step_minutes: 60, summary: {} }] as WeatherRow[];
const prepared = (systems: number) => {
  const system = { dc_capacity_kw: 1, far_horizon: { horizon_id: HORIZON } };
  const given = { weather_id: `wth_${'0'.repeat(26)}`, systems: new Array(systems).fill(system) };
  const components = { ...NO_COMPONENTS, horizons };
  return prepareAnalysis({ body: solarAnalyzeSchema.parse(given), components, site: null, years, limitS: 900 });
};

test('systems that name one long horizon are stored with it, up to 16 MB together', () => {
  const { systems } = JSON.parse(prepared(2).input);
  expect(systems).toHaveLength(2);
  expect(systems[1].far_horizon.azimuth_deg).toEqual(azimuthDeg);
  expect(() => prepared(300)).toThrow(expect.objectContaining({ code: 'request.too_large', pointer: '/systems' }));
});
