/** Spectral mismatch: how a module responds to sunlight whose spectrum differs from the reference spectrum. */

/** First Solar's coefficients. @see Lee and Panchula 2016, doi:10.1109/PVSC.2016.7749836 */
const FIRST_SOLAR = {
  cdte: [0.86273, -0.038948, -0.012506, 0.098871, 0.084658, -0.0042948],
  monosi: [0.85914, -0.02088, -0.0058853, 0.12029, 0.026814, -0.001781],
  multisi: [0.8409, -0.027539, -0.0079224, 0.1357, 0.038024, -0.0021218],
  cigs: [0.85252, -0.022314, -0.0047216, 0.13666, 0.013342, -0.0008945],
  asi: [1.12094, -0.04762, -0.0083627, -0.10443, 0.098382, -0.0033818],
} as const;
export type SpectralModule = keyof typeof FIRST_SOLAR;
/**
 * Returns First Solar's model by precipitable water and air mass.
 * @param waterCm precipitable water [cm]; at least 0.1 is used, above 8 the model does not hold and gives NaN
 * @param airmassAbsolute 0.58 to 10 is used
 * @returns factor of the effective irradiance [1]
 * @see Lee and Panchula 2016, doi:10.1109/PVSC.2016.7749836
 */
export function spectralFirstSolar(waterCm: number, airmassAbsolute: number, module: SpectralModule): number {
  if (waterCm > 8) return Number.NaN;
  const water = Math.max(waterCm, 0.1);
  const airmass = Math.max(Math.min(airmassAbsolute, 10), 0.58);
  const c = FIRST_SOLAR[module];
  return (
    c[0] +
    c[1] * airmass +
    c[2] * water +
    c[3] * Math.sqrt(airmass) +
    c[4] * Math.sqrt(water) +
    (c[5] * airmass) / Math.sqrt(water)
  );
}

/** Returns the relative humidity by Magnus' equation [%]. @param dewPointC [degC] */
export function relativeHumidity(tempAirC: number, dewPointC: number): number {
  const pressure = (t: number): number => 6.112 * Math.exp((17.62 * t) / (243.12 + t));
  return (100 * pressure(dewPointC)) / pressure(tempAirC);
}

/**
 * Returns the precipitable water [cm], at least 0.1. @see Gueymard 1994, doi:10.1016/0038-092X(94)90226-7; Keogh and
 * Blakers 2004
 */
export function precipitableWater(tempAirC: number, relativeHumidityPct: number): number {
  const t = tempAirC + 273.15;
  const theta = t / 273.15;
  const height = 0.4976 + 1.5265 * theta + Math.exp(13.6897 * theta - 14.9188 * theta ** 3);
  const vapour =
    ((216.7 * relativeHumidityPct) / (100 * t)) *
    Math.exp(22.33 - 49.14 * (100 / t) - 10.922 * (100 / t) ** 2 - (0.39015 * t) / 100);
  return Math.max(0.1 * height * vapour, 0.1);
}

/**
 * Returns De Soto's polynomial of air mass for polycrystalline silicon, never below 0.
 * @param airmass relative air mass, corrected for height by exp(-0.0001184 m) [1]
 * @see De Soto, Klein and Beckman 2006, doi:10.1016/j.solener.2005.06.010, table A1
 */
export const spectralDeSoto = (airmass: number): number =>
  Math.max(0.918093 + airmass * (0.086257 + airmass * (-0.024459 + airmass * (0.002816 - 0.000126 * airmass))), 0);
