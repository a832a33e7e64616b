/** Jobs that compute for some ten seconds, long enough to be interrupted. */

const SECTORS = [
  { frequency: 0.2, scale_m_s: 8.6, shape: 2.1 },
  { frequency: 0.3, scale_m_s: 9.4, shape: 2.3 },
  { frequency: 0.1, scale_m_s: 8.1, shape: 1.9 },
  { frequency: 0.4, scale_m_s: 10.2, shape: 2.4 },
];

/** 1,000 systems over 50 years: some 15 s. */
export const longAnalysis = (weatherId: string, years = 50) => ({
  weather_ids: Array.from({ length: years }, () => weatherId),
  systems: Array.from({ length: 1000 }, (_, i) => ({
    dc_capacity_kw: 100,
    mounting: { type: 'fixed', tilt_deg: i * 0.09 },
  })),
});

/** 20,000 designs: some 15 s. */
export const longSearch = (weatherId: string) => ({
  weather_id: weatherId,
  variables: {
    tilt_deg: { lower: 0, upper: 60 },
    dc_ac_ratio: { lower: 1, upper: 2 },
    gcr: { lower: 0.2, upper: 0.7 },
    tracker: 'either',
  },
  objectives: ['lcoe', 'land_use'],
  constraints: { max_land_area_m2: 25_000 },
  population_size: 40,
  n_iterations: 500,
  seed: 7,
});

/** An area as GeoJSON, in metres. */
export const circle = (x_m: number, y_m: number, radius_m: number) => ({
  type: 'Feature',
  unit: 'm',
  geometry: { type: 'Point', coordinates: [x_m, y_m] },
  properties: { radius_m },
});

export const LAYOUT_SEARCH = {
  resource: { type: 'weibull', sectors: SECTORS },
  turbines: [{ id: 'v80' }],
  boundary: circle(0, 0, 1500),
  n_turbines: 12,
  search_bins: { direction_step_deg: 10 },
  seed: 7,
};

/** Layouts of 25 turbines, two searches: some 8 s on two threads. */
export const LONG_LAYOUT_SEARCH = { ...LAYOUT_SEARCH, n_turbines: 25, n_iterations: 1200, n_starts: 2 };
