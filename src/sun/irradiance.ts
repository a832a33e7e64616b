/**
 * Irradiance of one instant: extraterrestrial, air mass, clear sky, decomposition of global into direct and diffuse,
 * and the brightness of Perez's sky. Angles in degrees, irradiance in W/m2. While the sun is down, the air mass is NaN;
 * callers count these steps and never count them as energy.
 */
import { DIRINT_FACTORS } from './dirint-terms.ts';

const RAD = Math.PI / 180;
const cosd = (deg: number): number => Math.cos(deg * RAD);

/**
 * Returns the extraterrestrial normal irradiance by Spencer's series.
 * @param dayOfYear 1 to 366
 * @param solarConstantWm2 [W/m2]; default 1366.1, ASTM E-490
 * @see Spencer 1971, Fourier series representation of the position of the sun
 */
export function extraRadiationSpencer(dayOfYear: number, solarConstantWm2 = 1366.1): number {
  const b = ((2 * Math.PI) / 365) * (dayOfYear - 1);
  return (
    solarConstantWm2 *
    (1.00011 + 0.034221 * Math.cos(b) + 0.00128 * Math.sin(b) + 0.000719 * Math.cos(2 * b) + 7.7e-5 * Math.sin(2 * b))
  );
}

/**
 * Returns the extraterrestrial normal irradiance [W/m2] by ASCE's cosine. @see Allen 2005, ASCE standardized reference
 * evapotranspiration
 */
export const extraRadiationAsce = (dayOfYear: number, solarConstantWm2 = 1366.1): number =>
  solarConstantWm2 * (1 + 0.033 * Math.cos(((2 * Math.PI) / 365) * dayOfYear));

/** Returns the extraterrestrial normal irradiance [W/m2] from the distance that SPA gives [AU]. */
export const extraRadiationFromDistance = (distanceAu: number, solarConstantWm2 = 1366.1): number =>
  solarConstantWm2 / (distanceAu * distanceAu);

/**
 * Returns the relative air mass at sea level; NaN beyond 90 degrees.
 * @param apparentZenithDeg refracted zenith [deg]
 * @see Kasten and Young 1989, doi:10.1364/AO.28.004735
 */
export const relativeAirmass = (apparentZenithDeg: number): number =>
  apparentZenithDeg > 90
    ? Number.NaN
    : 1 / (cosd(apparentZenithDeg) + 0.50572 * (6.07995 + (90 - apparentZenithDeg)) ** -1.6364);

/** Returns the relative air mass by Kasten 1966, which DISC was fitted with; true zenith [deg]; NaN beyond 90. */
const relativeAirmassKasten1966 = (zenithDeg: number): number =>
  zenithDeg > 90 ? Number.NaN : 1 / (cosd(zenithDeg) + 0.15 * (93.885 - zenithDeg) ** -1.253);

/** Returns the air mass at a place's pressure [Pa]. */
export const absoluteAirmass = (airmassRelative: number, pressurePa = 101_325): number =>
  (airmassRelative * pressurePa) / 101_325;

/** Returns the pressure of the standard atmosphere [Pa] at an altitude [m]. */
export const pressureAtAltitude = (altitudeM: number): number =>
  100 * ((44_331.514 - altitudeM) / 11_880.516) ** (1 / 0.1902632);

export interface Irradiance {
  readonly ghiWm2: number;
  readonly dniWm2: number;
  readonly dhiWm2: number;
}

/**
 * Computes clear-sky irradiance by Ineichen and Perez. All three are 0 when the sun is down.
 * @param linkeTurbidity at air mass 2 [1], about 2 (clean) to 7 (polluted)
 * @param dniExtraWm2 extraterrestrial normal irradiance [W/m2]
 * @see Ineichen and Perez 2002, doi:10.1016/S0038-092X(02)00045-2
 */
export function clearSkyIneichen(
  apparentZenithDeg: number,
  airmassAbsolute: number,
  linkeTurbidity: number,
  altitudeM: number,
  dniExtraWm2: number,
): Irradiance {
  if (Number.isNaN(airmassAbsolute)) return { ghiWm2: 0, dniWm2: 0, dhiWm2: 0 };
  const cosZenith = Math.max(cosd(apparentZenithDeg), 0);
  const fh1 = Math.exp(-altitudeM / 8000);
  const fh2 = Math.exp(-altitudeM / 1250);
  const cg1 = 5.09e-5 * altitudeM + 0.868;
  const cg2 = 3.92e-5 * altitudeM + 0.0387;
  const ghiWm2 = cg1 * dniExtraWm2 * cosZenith * Math.exp(-cg2 * airmassAbsolute * (fh1 + fh2 * (linkeTurbidity - 1)));
  const beam = dniExtraWm2 * (0.664 + 0.163 / fh1) * Math.exp(-0.09 * airmassAbsolute * (linkeTurbidity - 1));
  const bound = (1 - (0.1 - 0.2 * Math.exp(-linkeTurbidity)) / (0.1 + 0.882 / fh1)) / cosZenith;
  const dniWm2 = Math.min(beam, ghiWm2 * Math.min(Math.max(bound, 0), 1e20));
  return { ghiWm2, dniWm2, dhiWm2: ghiWm2 - dniWm2 * cosZenith };
}

/** Returns the clear-sky global irradiance [W/m2]. @see Haurwitz 1945, doi:10.1175/1520-0469(1945)002<0154:IIRTCA>2.0.CO;2 */
export function clearSkyHaurwitz(apparentZenithDeg: number): number {
  const cosZenith = cosd(apparentZenithDeg);
  return cosZenith > 0 ? 1098 * cosZenith * Math.exp(-0.059 / cosZenith) : 0;
}

/** Minimum cosine of the zenith for the clearness index, so that kt does not grow without limit at sunrise. */
export const MIN_COS_ZENITH = 0.065;
/** Beyond this zenith [deg] decomposition gives no direct irradiance. */
const MAX_DECOMPOSITION_ZENITH_DEG = 87;

const clearnessIndex = (ghiWm2: number, zenithDeg: number, extraWm2: number): number =>
  Math.min(Math.max(ghiWm2 / (extraWm2 * Math.max(cosd(zenithDeg), MIN_COS_ZENITH)), 0), 1);

/**
 * Computes direct and diffuse from global irradiance.
 * @param zenithDeg true zenith [deg]
 * @returns kt [1]; beyond 87 degrees all is diffuse
 * @see Erbs, Klein and Duffie 1982, doi:10.1016/0038-092X(82)90302-4
 */
export function decomposeErbs(ghiWm2: number, zenithDeg: number, dayOfYear: number): Irradiance & { kt: number } {
  const kt = clearnessIndex(ghiWm2, zenithDeg, extraRadiationSpencer(dayOfYear));
  let fraction = 1 - 0.09 * kt;
  if (kt > 0.8) fraction = 0.165;
  else if (kt > 0.22) fraction = 0.9511 + kt * (-0.1604 + kt * (4.388 + kt * (-16.638 + kt * 12.336)));
  const dhiWm2 = fraction * ghiWm2;
  const dniWm2 = (ghiWm2 - dhiWm2) / cosd(zenithDeg);
  return zenithDeg > MAX_DECOMPOSITION_ZENITH_DEG || ghiWm2 < 0 || dniWm2 < 0
    ? { ghiWm2, dniWm2: 0, dhiWm2: ghiWm2, kt }
    : { ghiWm2, dniWm2, dhiWm2, kt };
}

/**
 * Computes direct normal from global irradiance by DISC.
 * @param pressurePa site pressure [Pa]
 * @returns with the absolute air mass, at most 12; NaN with the sun down
 * @see Maxwell 1987, SERI/TR-215-3087
 */
export function decomposeDisc(
  ghiWm2: number,
  zenithDeg: number,
  dayOfYear: number,
  pressurePa = 101_325,
): { dniWm2: number; kt: number; airmass: number } {
  const extra = extraRadiationSpencer(dayOfYear, DISC_SOLAR_CONSTANT);
  const kt = clearnessIndex(ghiWm2, zenithDeg, extra);
  const airmass = Math.min(discAirmass(zenithDeg, pressurePa), MAX_DISC_AIRMASS);
  const dniWm2 = discNormal(kt, airmass) * extra;
  return { dniWm2: zenithDeg > MAX_DECOMPOSITION_ZENITH_DEG || ghiWm2 < 0 || !(dniWm2 > 0) ? 0 : dniWm2, kt, airmass };
}

/** Solar constant and largest air mass of DISC [W/m2, 1] */
export const DISC_SOLAR_CONSTANT = 1370;
export const MAX_DISC_AIRMASS = 12;

/** Returns the absolute air mass of DISC [1]; NaN with the sun down. */
export const discAirmass = (zenithDeg: number, pressurePa: number): number =>
  absoluteAirmass(relativeAirmassKasten1966(zenithDeg), pressurePa);

/** Returns DISC's direct normal irradiance as a share of the extraterrestrial one [1]. */
export function discNormal(kt: number, airmass: number): number {
  const cloudy = kt <= 0.6;
  const a = cloudy
    ? 0.512 + kt * (-1.56 + kt * (2.286 - 2.222 * kt))
    : -5.743 + kt * (21.77 + kt * (-27.49 + 11.56 * kt));
  const b = cloudy ? 0.37 + 0.962 * kt : 41.4 + kt * (-118.5 + kt * (66.05 + 31.9 * kt));
  const c = cloudy ? -0.28 + kt * (0.932 - 2.048 * kt) : -47.01 + kt * (184.2 + kt * (-222 + 73.81 * kt));
  const clear = 0.866 + airmass * (-0.122 + airmass * (0.0121 + airmass * (-0.000653 + 1.4e-5 * airmass)));
  return clear - (a + b * Math.exp(c * airmass));
}

/** Returns the clearness index that no longer depends on the zenith divided by the clearness index. @see Perez et al. 1992, equation 1 */
export const zenithIndependence = (airmass: number): number =>
  1 / (1.031 * Math.exp(-1.4 / (0.9 + 9.4 / airmass)) + 0.1);

const DIRINT_CLEARNESS = [0.24, 0.4, 0.56, 0.7, 0.8];
const DIRINT_ZENITH_DEG = [25, 40, 55, 70, 80];
const DIRINT_STABILITY = [0.015, 0.035, 0.07, 0.15, 0.3];
const DIRINT_WATER_CM = [1, 2, 3];
const UNSTATED_STABILITY = 6;
const UNSTATED_WATER = 4;

/** Returns the index of the interval between the edges that contains the value. */
function binOf(value: number, edges: readonly number[]): number {
  let bin = 0;
  while (bin < edges.length && value >= edges[bin]) bin++;
  return bin;
}

export interface DirintOptions {
  /** Site pressure [Pa]; default 101325 */
  readonly pressurePa?: number;
  /**
   * Whether to use the change of clearness from step to step, as the model does; default true. For steps of up to 90
   * minutes; the series must then be in order.
   */
  readonly stability?: boolean;
  /** Dew point [degC], length n; NaN where unknown. */
  readonly dewPointC?: ArrayLike<number>;
}

/**
 * Computes direct normal from a series of global irradiance by DIRINT: DISC with corrections by clearness, its change,
 * zenith and water.
 * @param ghiWm2 [W/m2], >= 0, length n
 * @param zenithDeg true zenith [deg], length n
 * @param dayOfYear 1 to 366, length n
 * @returns [W/m2], length n; NaN with the sun down, 0 beyond 87 degrees
 * @see Perez et al. 1992, Dynamic global-to-direct irradiance conversion models, ASHRAE Transactions 98
 */
export function decomposeDirint(
  ghiWm2: ArrayLike<number>,
  zenithDeg: ArrayLike<number>,
  dayOfYear: ArrayLike<number>,
  { pressurePa = 101_325, stability = true, dewPointC }: DirintOptions = {},
): Float64Array {
  const n = ghiWm2.length;
  const dniWm2 = new Float64Array(n);
  // Clearness freed of its dependence on the zenith, equation 1.
  const clearness = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const disc = decomposeDisc(ghiWm2[i], zenithDeg[i], dayOfYear[i], pressurePa);
    dniWm2[i] = disc.dniWm2;
    clearness[i] = Math.min(Math.max(disc.kt * zenithIndependence(disc.airmass), 0), 1);
  }
  const factor = dirintFactors(clearness, zenithDeg, { stability, dewPointC });
  for (let i = 0; i < n; i++) dniWm2[i] *= factor(i);
  return dniWm2;
}

/**
 * Returns the factor of each step by which DIRINT differs from DISC.
 * @param clearness clearness index that does not depend on the zenith [1], length n
 * @returns [1]; NaN with the sun down, above a clearness of 1, and where neither neighbour has one
 */
export function dirintFactors(
  clearness: ArrayLike<number>,
  zenithDeg: ArrayLike<number>,
  { stability = true, dewPointC }: Pick<DirintOptions, 'stability' | 'dewPointC'>,
): (i: number) => number {
  const n = clearness.length;
  return (i) => {
    const before = i > 0 ? Math.abs(clearness[i] - clearness[i - 1]) : Number.NaN;
    const after = i < n - 1 ? Math.abs(clearness[i] - clearness[i + 1]) : Number.NaN;
    // At the ends of a day, its one neighbour replaces the missing one.
    const change = Number.isNaN(before) ? after : Number.isNaN(after) ? before : (before + after) / 2;
    if (!(clearness[i] <= 1) || (stability && Number.isNaN(change))) return Number.NaN;
    const dewPoint = dewPointC ? dewPointC[i] : Number.NaN;
    const water = Number.isNaN(dewPoint) ? UNSTATED_WATER : binOf(Math.exp(0.07 * dewPoint - 0.075), DIRINT_WATER_CM);
    const stable = stability ? binOf(change, DIRINT_STABILITY) : UNSTATED_STABILITY;
    const cell = binOf(clearness[i], DIRINT_CLEARNESS) * 6 + binOf(zenithDeg[i], DIRINT_ZENITH_DEG);
    return DIRINT_FACTORS[(cell * 7 + stable) * 5 + water];
  };
}

// Perez 1990, table 6: F11, F12, F13, F21, F22, F23 for each bin of clearness.
const PEREZ_BIN_EDGES = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2];
const PEREZ = [
  [-0.008, 0.588, -0.062, -0.06, 0.072, -0.022],
  [0.13, 0.683, -0.151, -0.019, 0.066, -0.029],
  [0.33, 0.487, -0.221, 0.055, -0.064, -0.026],
  [0.568, 0.187, -0.295, 0.109, -0.152, -0.014],
  [0.873, -0.392, -0.362, 0.226, -0.462, 0.001],
  [1.132, -1.237, -0.412, 0.288, -0.823, 0.056],
  [1.06, -1.6, -0.359, 0.264, -1.127, 0.131],
  [0.678, -0.327, -0.25, 0.156, -1.377, 0.251],
] as const;

/**
 * Returns the brightness of the circumsolar region (F1, at least 0) and of the horizon (F2). They only depend on the site.
 * @returns [NaN, NaN] without diffuse irradiance or when the sun is down
 */
export function perezBrightness(
  apparentZenithDeg: number,
  dhiWm2: number,
  dniWm2: number,
  dniExtraWm2: number,
  airmassRelative: number,
): readonly [f1: number, f2: number] {
  const z = apparentZenithDeg * RAD;
  const kz3 = 1.041 * z ** 3;
  const clearness = ((dhiWm2 + dniWm2) / dhiWm2 + kz3) / (1 + kz3);
  if (!(clearness >= 0) || Number.isNaN(airmassRelative)) return [Number.NaN, Number.NaN];
  let bin = 0;
  while (bin < 7 && clearness >= PEREZ_BIN_EDGES[bin]) bin++;
  const brightness = (dhiWm2 * airmassRelative) / dniExtraWm2;
  const [f11, f12, f13, f21, f22, f23] = PEREZ[bin];
  return [Math.max(f11 + f12 * brightness + f13 * z, 0), f21 + f22 * brightness + f23 * z];
}
