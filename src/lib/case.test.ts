import { expect, test } from '@jest/globals';
import { camelKeys, snakeKeys } from './case.ts';

test('names survive the way from JSON to code and back, units too', () => {
  const body = {
    hub_height_m: 1,
    wind_speed_m_s: [{ p50_kwh: 2 }],
    ghi_w_m2: null,
    d2_mu_tau_v: 3,
    power_density_w_m2: { min_ms: 4 },
  };
  const code = camelKeys(body);
  expect(code).toEqual({
    hubHeightM: 1,
    windSpeedMPerS: [{ p50Kwh: 2 }],
    ghiWm2: null,
    d2MuTauV: 3,
    powerDensityWm2: { minMs: 4 },
  });
  expect(snakeKeys(code)).toEqual(body);
});

test('typed arrays become lists', () => {
  expect(snakeKeys({ yearsKwh: Float64Array.of(1, 2) })).toEqual({ years_kwh: [1, 2] });
});
