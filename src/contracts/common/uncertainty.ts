/**
 * Default uncertainty of a yield from satellite irradiance [%], to be replaced by the project's own values. The combined
 * uncertainty is 6 %, which is the size that studies such as Thevenard and Pelland 2013 (doi:10.1016/j.solener.2011.05.006)
 * report.
 */
export const USUAL_UNCERTAINTY_PCT: Readonly<Record<string, number>> = {
  irradiance: 4,
  transposition: 2,
  temperature_and_module: 3,
  soiling_and_snow: 2,
  shading: 1,
  inverter: 1,
  availability: 1,
};
