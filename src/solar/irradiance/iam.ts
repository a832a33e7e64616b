/** Incidence angle modifiers: transmittance of a module's cover relative to normal incidence, 1 at 0 degrees. */
const RAD = Math.PI / 180;

/** Modifier by the cosine of the angle of incidence, above 0 to 1. */
export type IamByCosine = (cosine: number) => number;

export interface Cover {
  readonly refractiveIndex: number;
  readonly extinctionPerM: number;
  readonly thicknessM: number;
}

/** Polished glass of ordinary modules. */
export const GLASS: Cover = { refractiveIndex: 1.526, extinctionPerM: 4, thicknessM: 0.002 };

/** Returns the reflectances of a boundary between media, perpendicular and parallel, by Fresnel. */
function reflectances(n1: number, n2: number, cos1: number, cos2: number): [s: number, p: number] {
  return [
    ((n1 * cos1 - n2 * cos2) / (n1 * cos1 + n2 * cos2)) ** 2,
    ((n1 * cos2 - n2 * cos1) / (n1 * cos2 + n2 * cos1)) ** 2,
  ];
}

/** Returns the transmittance of a cover without coating, by the cosine and divided by that at normal incidence. */
function bareCover({ refractiveIndex: n, extinctionPerM, thicknessM }: Cover): IamByCosine {
  const path = extinctionPerM * thicknessM;
  const normal = 1 - ((1 - n) / (1 + n)) ** 2;
  const perIndex2 = 1 / (n * n);
  // exp(path - path / cosInside) by its series where the exponent is small, as in every real cover: 1e-15 up to 0.03.
  const isThin = path * (1 / Math.sqrt(1 - perIndex2) - 1) < 0.03;
  return (cosine) => {
    const inside = Math.sqrt(1 - (1 - cosine * cosine) * perIndex2);
    const s = (cosine - n * inside) / (cosine + n * inside);
    const p = (inside - n * cosine) / (inside + n * cosine);
    const x = path - path / inside;
    const absorbed = isThin
      ? 1 + x * (1 + (x / 2) * (1 + (x / 3) * (1 + (x / 4) * (1 + (x / 5) * (1 + x / 6)))))
      : Math.exp(x);
    return ((1 - (s * s + p * p) / 2) / normal) * absorbed;
  };
}

/** Returns `physicalIam` of one cover as a function of the cosine; the loop over a year calls it. */
export function physicalIamByCosine(cover: Cover = GLASS, coatingIndex?: number): IamByCosine {
  const n3 = cover.refractiveIndex;
  const n2 = coatingIndex ?? n3;
  if (n2 === n3) return bareCover(cover);
  const through = (outer: number, inner: number): number => ((1 - outer) * (1 - inner)) / (1 - outer * inner);
  const path = cover.extinctionPerM * cover.thicknessM;
  const normal = through(((1 - n2) / (1 + n2)) ** 2, ((n2 - n3) / (n2 + n3)) ** 2) * Math.exp(-path);
  return (cos1) => {
    const sin2 = 1 - cos1 * cos1;
    const cos2 = Math.sqrt(1 - sin2 / (n2 * n2));
    const cos3 = Math.sqrt(1 - sin2 / (n3 * n3));
    const [outerS, outerP] = reflectances(1, n2, cos1, cos2);
    const [innerS, innerP] = reflectances(n2, n3, cos2, cos3);
    return (((through(outerS, innerS) + through(outerP, innerP)) / 2) * Math.exp(-path / cos3)) / normal;
  };
}

/**
 * Returns the physical model: Fresnel's reflection, Snell's refraction and Bouguer's absorption, with an optional
 * antireflective layer.
 * @param aoiDeg angle of incidence [deg]; 0 from 90 on
 * @param coatingIndex refractive index of the layer; none if absent
 * @see De Soto, Klein and Beckman 2006, doi:10.1016/j.solener.2005.06.010
 */
export const physicalIam = (aoiDeg: number, glass: Cover = GLASS, coatingIndex?: number): number =>
  Math.abs(aoiDeg) >= 90 ? 0 : physicalIamByCosine(glass, coatingIndex)(Math.cos(aoiDeg * RAD));

/**
 * Returns ASHRAE's one-parameter model, never below 0.
 * @param b [1]
 * @see Souka and Safwat 1966, doi:10.1016/0038-092X(66)90004-1
 */
export const ashraeIam = (aoiDeg: number, b: number): number =>
  Math.abs(aoiDeg) >= 90 ? 0 : ashraeIamByCosine(b)(Math.cos(aoiDeg * RAD));

/** Returns `ashraeIam` by the cosine. */
export const ashraeIamByCosine =
  (b: number): IamByCosine =>
  (cosine) =>
    Math.max(0, 1 - b * (1 / cosine - 1));

/**
 * Returns Martin and Ruiz's angular losses.
 * @param ar [1], 0.08 to 0.25
 * @see Martin and Ruiz 2001, doi:10.1016/S0927-0248(00)00408-6
 */
export const martinRuizIam = (aoiDeg: number, ar: number): number =>
  Math.abs(aoiDeg) >= 90 ? 0 : martinRuizIamByCosine(ar)(Math.cos(aoiDeg * RAD));

/** Returns `martinRuizIam` by the cosine. */
export function martinRuizIamByCosine(ar: number): IamByCosine {
  const normal = 1 - Math.exp(-1 / ar);
  return (cosine) => (1 - Math.exp(-cosine / ar)) / normal;
}

/**
 * Returns a measured modifier: linear between the angles [deg], which rise, constant beyond both ends, and 0 from 90
 * degrees on.
 */
export const pointsIamByCosine =
  (angleDeg: readonly number[], modifier: readonly number[]): IamByCosine =>
  (cosine) => {
    const angle = Math.acos(Math.min(cosine, 1)) / RAD;
    const last = angleDeg.length - 1;
    if (angle <= angleDeg[0]) return modifier[0];
    if (angle >= angleDeg[last]) return angle >= 90 ? 0 : modifier[last];
    let i = 1;
    while (angleDeg[i] < angle) i++;
    const part = (angle - angleDeg[i - 1]) / (angleDeg[i] - angleDeg[i - 1]);
    return modifier[i - 1] + part * (modifier[i] - modifier[i - 1]);
  };

/**
 * Returns the effective angle of incidence of the isotropic sky on a plane [deg]. @see Duffie and Beckman 2013,
 * equation 5.4.2
 */
export const effectiveSkyAngle = (tiltDeg: number): number => 59.7 - 0.1388 * tiltDeg + 0.001497 * tiltDeg ** 2;
/** Returns the effective angle of incidence of the light from the ground [deg]. @see Duffie and Beckman 2013, equation 5.4.1 */
export const effectiveGroundAngle = (tiltDeg: number): number => 90 - 0.5788 * tiltDeg + 0.002693 * tiltDeg ** 2;

/** Zenith angles and step of the regions that Marion integrates over [deg] */
const MARION_REGIONS = {
  sky: { from: 0, to: 90, step: 1 },
  horizon: { from: 89.5, to: 90, step: 0.1 },
  ground: { from: 90, to: 180, step: 1 },
} as const;
export type DiffuseRegion = keyof typeof MARION_REGIONS;

/**
 * Returns the modifier of uniform light from a region, by Marion's integration over its solid angle.
 * @param beam modifier by the cosine of the angle of incidence
 * @returns [1]; 0 if the plane faces none of the region
 * @see Marion 2017, doi:10.1016/j.solener.2017.03.027; the same as pvlib 0.16's iam.marion_integrate
 */
export function marionIam(beam: IamByCosine, tiltDeg: number, region: DiffuseRegion): number {
  const cosTilt = Math.cos(tiltDeg * RAD);
  const sinTilt = Math.sin(tiltDeg * RAD);
  const { from, to, step } = MARION_REGIONS[region];
  const rings = Math.round((to - from) / step);
  let transmitted = 0;
  let received = 0;
  for (let ring = 0; ring < rings; ring++) {
    const lower = (from + ring * step) * RAD;
    const zenith = lower + (step / 2) * RAD;
    const area = Math.cos(lower) - Math.cos(lower + step * RAD);
    const along = cosTilt * Math.cos(zenith);
    const across = sinTilt * Math.sin(zenith);
    // The other half of the ring is the mirror image of this one.
    for (let azimuth = step / 2; azimuth < 180; azimuth += step) {
      const cosine = along + across * Math.cos(azimuth * RAD);
      if (cosine <= 1e-15) continue;
      transmitted += beam(cosine) * cosine * area;
      received += cosine * area;
    }
  }
  return received > 0 ? transmitted / received : 0;
}

/** Modifiers of the three parts of irradiance on a plane [1]. */
export interface CoverModifiers {
  /** Modifier of beam irradiance by the cosine of the angle of incidence. */
  readonly beam: IamByCosine;
  /** Modifiers of sky and ground irradiance by the tilt [deg]. */
  readonly sky: (tiltDeg: number) => number;
  readonly ground: (tiltDeg: number) => number;
  /**
   * Modifier of the band at the horizon by the tilt [deg]. With it the light around the sun has the modifier of the beam, and
   * `sky` is that of the uniform dome only. Without it `sky` is that of all three.
   */
  readonly horizon?: (tiltDeg: number) => number;
}

const SAM_COATING = { index: 1.3, extinctionPerM: 4, thicknessM: 2e-5 } as const;

/** Returns the transmittance of one boundary and the layer behind it, and the cosine of the angle inside for the next layer. */
function layer(cosine: number, outside: number, inside: number, path: number): [transmittance: number, cosine: number] {
  const cos2 = Math.sqrt(1 - (1 - cosine * cosine) * (outside / inside) ** 2);
  const [s, p] = reflectances(outside, inside, cosine, cos2);
  return [(1 - (s + p) / 2) * Math.exp(-path / cos2), cos2];
}

/**
 * Returns the cover of NREL's SAM: glass with an antireflective layer for the beam, bare glass for sky and ground, each
 * relative to the coated cover as SAM writes it at 1 degree and never above 1. It transmits some 0.6 % more than
 * `physicalIamByCosine` with a coating.
 * @see Gilman et al. 2018, NREL/TP-6A20-67399, section 9.1; SSC's lib_pv_incidence_modifier
 */
export function samCover(): CoverModifiers {
  const glassPath = GLASS.extinctionPerM * GLASS.thicknessM;
  const coatingPath = SAM_COATING.extinctionPerM * SAM_COATING.thicknessM;
  const [coating, inCoating] = layer(Math.cos(RAD), 1, SAM_COATING.index, coatingPath);
  const normal = coating * layer(inCoating, 1, GLASS.refractiveIndex, glassPath)[0];
  const bare = (deg: number): number =>
    Math.min(layer(Math.cos(deg * RAD), 1, GLASS.refractiveIndex, glassPath)[0] / normal, 1);
  const lowest = Math.cos(89 * RAD);
  return {
    beam(cosine) {
      const [outer, inner] = layer(Math.max(cosine, lowest), 1, SAM_COATING.index, coatingPath);
      const glass = layer(inner, SAM_COATING.index, GLASS.refractiveIndex, glassPath)[0];
      return Math.min((outer * glass) / normal, 1);
    },
    sky: (tiltDeg) => bare(effectiveSkyAngle(tiltDeg)),
    ground: (tiltDeg) => bare(effectiveGroundAngle(tiltDeg)),
  };
}
