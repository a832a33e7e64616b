/** Incidence angle modifiers: transmittance of a module's cover relative to normal incidence, 1 at 0 degrees. */
const RAD = Math.PI / 180;

/** Polished glass of ordinary modules. */
export const GLASS = { refractiveIndex: 1.526, extinctionPerM: 4, thicknessM: 0.002 } as const;

/** Transmittances of a boundary between media, parallel and perpendicular, by Fresnel. */
function reflectances(n1: number, n2: number, cos1: number, cos2: number): [s: number, p: number] {
  return [
    ((n1 * cos1 - n2 * cos2) / (n1 * cos1 + n2 * cos2)) ** 2,
    ((n1 * cos2 - n2 * cos1) / (n1 * cos2 + n2 * cos1)) ** 2,
  ];
}

/**
 * Physical model: Fresnel's reflection, Snell's refraction and Bouguer's absorption, with an optional antireflective layer.
 * @param aoiDeg angle of incidence [deg]; 0 from 90 on
 * @param coatingIndex refractive index of the layer; none if absent
 * @see De Soto, Klein and Beckman 2006, doi:10.1016/j.solener.2005.06.010
 */
export function iamPhysical(
  aoiDeg: number,
  glass: { refractiveIndex: number; extinctionPerM: number; thicknessM: number } = GLASS,
  coatingIndex?: number,
): number {
  if (Math.abs(aoiDeg) >= 90) return 0;
  const n3 = glass.refractiveIndex;
  const n2 = coatingIndex ?? n3;
  const cos1 = Math.cos(aoiDeg * RAD);
  const sin1 = Math.sqrt(1 - cos1 * cos1);
  const cos2 = Math.sqrt(1 - (sin1 / n2) ** 2);
  const cos3 = Math.sqrt(1 - (sin1 / n3) ** 2);
  const through = (outer: number, inner: number): number => ((1 - outer) * (1 - inner)) / (1 - outer * inner);
  const [outerS, outerP] = reflectances(1, n2, cos1, cos2);
  const [innerS, innerP] = n2 === n3 ? [0, 0] : reflectances(n2, n3, cos2, cos3);
  const path = glass.extinctionPerM * glass.thicknessM;
  const outer0 = ((1 - n2) / (1 + n2)) ** 2;
  const inner0 = ((n2 - n3) / (n2 + n3)) ** 2;
  const slanted = ((through(outerS, innerS) + through(outerP, innerP)) / 2) * Math.exp(-path / cos3);
  return slanted / (through(outer0, inner0) * Math.exp(-path));
}

/**
 * ASHRAE's one-parameter model, never below 0.
 * @param b [1]; default 0.05
 * @see Souka and Safwat 1966, doi:10.1016/0038-092X(66)90004-1
 */
export const iamAshrae = (aoiDeg: number, b = 0.05): number =>
  Math.abs(aoiDeg) >= 90 ? 0 : Math.max(0, 1 - b * (1 / Math.cos(aoiDeg * RAD) - 1));

/**
 * Martin and Ruiz's angular losses.
 * @param ar [1], 0.08 to 0.25; default 0.16
 * @see Martin and Ruiz 2001, doi:10.1016/S0927-0248(00)00408-6
 */
export const iamMartinRuiz = (aoiDeg: number, ar = 0.16): number =>
  Math.abs(aoiDeg) >= 90 ? 0 : (1 - Math.exp(-Math.cos(aoiDeg * RAD) / ar)) / (1 - Math.exp(-1 / ar));
