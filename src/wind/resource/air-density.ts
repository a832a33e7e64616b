/** Air density and its effect on the power curve (IEC 61400-12-1). */
import { guard, windError } from '../check.ts';
import type { TableCurve, TurbineSpec } from '../turbine/turbine.ts';

/** Gas constants of dry air and of water vapour [J/kg/K], IEC 61400-12-1:2017 clause 9.1.5 */
const R_DRY = 287.05;
const R_VAPOUR = 461.5;
const ZERO_CELSIUS_K = 273.15;

/**
 * Returns the density of moist air [kg/m3]. IEC 61400-12-1:2017, equation 12.
 * @param temperatureC [degC]  @param pressurePa [Pa]  @param relativeHumidity 0 to 1; 0 gives dry air
 */
export function airDensity(temperatureC: number, pressurePa: number, relativeHumidity = 0): number {
  guard.requireAbove('temperatureC', temperatureC, -ZERO_CELSIUS_K);
  guard.requirePositive('pressurePa', pressurePa);
  guard.requireFinite('relativeHumidity', relativeHumidity);
  const kelvin = temperatureC + ZERO_CELSIUS_K;
  const vapourPa = 2.05e-5 * Math.exp(0.0631846 * kelvin);
  return (pressurePa / R_DRY - relativeHumidity * vapourPa * (1 / R_DRY - 1 / R_VAPOUR)) / kelvin;
}

/** Returns the pressure of the standard atmosphere [Pa] at an elevation [m]. ISO 2533. */
export function standardPressurePa(elevationM: number): number {
  const ratio = 1 - 2.25577e-5 * elevationM;
  if (!(ratio > 0)) guard.refuse('elevationM', `is ${elevationM}; expected a place within the atmosphere`);
  return 101325 * ratio ** 5.25588;
}

/** Returns the temperature at hub height [K], which falls by 6.5 K per kilometre. */
export const temperatureAtHubK = (temperatureK: number, heightM: number, hubHeightM: number): number =>
  temperatureK - 0.0065 * (hubHeightM - heightM);

/** How a curve is corrected to another density: by IEC 61400-12-1, or as in windPRO. */
export type DensityCorrection = 'iec_61400_12_1' | 'site_specific';

/** Each speed v of a curve becomes v (rho0/rho)^p(v). */
const EXPONENTS: Readonly<Record<DensityCorrection, (v: number) => number>> = {
  iec_61400_12_1: () => 1 / 3,
  site_specific: (v) => (v <= 7.5 ? 1 / 3 : v >= 12.5 ? 2 / 3 : 1 / 3 + (v - 7.5) / 15),
};

/**
 * Returns a curve corrected to a site's density. IEC 61400-12-1:2017, 9.1.5, for pitch control: every speed v becomes v
 * (rho0/rho)^(1/3), cut-out too. Site-specific (default): the exponent is 1/3 up to 7.5 m/s and 2/3 from 12.5 m/s,
 * linear between; 0 outside.
 * @param densityKgM3 [kg/m3]
 * @throws AppError for the site-specific correction of an analytic curve
 * @see Svenningsen 2010, Power curve air density correction, windPRO
 */
export function siteSpecificCurve(
  turbine: TurbineSpec,
  densityKgM3: number,
  correction: DensityCorrection = 'site_specific',
): TurbineSpec {
  guard.requirePositive('airDensityKgM3', densityKgM3);
  const { curve } = turbine;
  const ratio = turbine.refAirDensityKgM3 / densityKgM3;
  const moved = (v: number) => v * ratio ** EXPONENTS[correction](v);
  const atSite = { ...turbine, refAirDensityKgM3: densityKgM3 };
  if (curve.kind === 'cubic') {
    if (correction === 'site_specific')
      throw windError(
        `turbine ${turbine.name} has an analytic curve; the site-specific correction needs a table, iec_61400_12_1 does not`,
      );
    const [cutInMPerS, ratedMPerS, cutOutMPerS] = [curve.cutInMPerS, curve.ratedMPerS, curve.cutOutMPerS].map(moved);
    return { ...atSite, curve: { ...curve, cutInMPerS, ratedMPerS, cutOutMPerS } };
  }
  return {
    ...atSite,
    curve: {
      ...curve,
      wsMPerS: curve.wsMPerS.map(moved),
      below: { powerKw: 0, ct: curve.below.ct },
      above: { powerKw: 0, ct: curve.above.ct },
    },
  };
}

/**
 * Returns a curve at a site's density: between the turbine's own tables linear in the density, as published; beyond them, and
 * for a turbine with one table, the nearest one corrected by `siteSpecificCurve`.
 * @param densityKgM3 [kg/m3]
 */
export function curveAtDensity(turbine: TurbineSpec, densityKgM3: number, correction?: DensityCorrection): TurbineSpec {
  const { curve, densityCurves = [], ...others } = turbine;
  if (curve.kind !== 'table' || densityCurves.length === 0) return siteSpecificCurve(turbine, densityKgM3, correction);
  const tables = [
    { densityKgM3: turbine.refAirDensityKgM3, powerKw: curve.powerKw, ct: curve.ct },
    ...densityCurves,
  ].sort((a, b) => a.densityKgM3 - b.densityKgM3);
  const above = tables.findIndex((table) => table.densityKgM3 >= densityKgM3);
  const high = tables[above] ?? tables[tables.length - 1];
  const low = above > 0 ? tables[above - 1] : high;
  const share = high === low ? 0 : (densityKgM3 - low.densityKgM3) / (high.densityKgM3 - low.densityKgM3);
  const mixed = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + (b[i] - value) * share);
  const own = (ct: readonly number[] | null) => ct ?? curve.ct;
  const [lowCt, highCt] = [own(low.ct), own(high.ct)];
  const table: TableCurve = {
    ...curve,
    powerKw: mixed(low.powerKw, high.powerKw),
    ct: lowCt && highCt && mixed(lowCt, highCt),
  };
  const refAirDensityKgM3 = high === low ? high.densityKgM3 : densityKgM3;
  return siteSpecificCurve({ ...others, curve: table, refAirDensityKgM3 }, densityKgM3, correction);
}
