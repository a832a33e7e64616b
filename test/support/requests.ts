/** Small valid requests and files of tests that are about the API, not about yields. */
import { readFileSync } from 'node:fs';

export const TMY = readFileSync('data/weather/723170TYA.CSV.gz');
export const SYSTEM = { dc_capacity_kw: 100 };
export const WIND = {
  resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
  turbines: [{ id: 'v80' }],
  layout: { x_m: [0], y_m: [0] },
};
export const CURVE = {
  name: 'own',
  rotor_diameter_m: 100,
  hub_height_m: 90,
  wind_speed_m_s: [3, 12, 25],
  power_kw: [0, 3000, 3000],
  thrust_coefficient: [0.8, 0.5, 0.1],
};
