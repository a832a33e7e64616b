/** Turbines: power and thrust as functions of wind speed, which are checked once and then read fast. */
import type { AppError } from '../../contracts/common/app-error.ts';
import { guard, windError } from '../check.ts';

/** Power and thrust by table, linear between rows; `below` and `above` hold outside of it. */
export interface TableCurve {
  readonly kind: 'table';
  /** Wind speeds [m/s], rising */
  readonly wsMPerS: readonly number[];
  /** Below 0: the turbine's own consumption */
  readonly powerKw: readonly number[];
  /** Thrust coefficient [-]; null where it is not published: wakes need it */
  readonly ct: readonly number[] | null;
  readonly below: { readonly powerKw: number; readonly ct: number };
  readonly above: { readonly powerKw: number; readonly ct: number };
}

/**
 * Returns a table beyond which the turbine stands still.
 * @param wsMPerS speeds [m/s], rising, length n  @param powerKw length n  @param ct thrust coefficients [-], length n; null: not published
 */
export const tableCurve = (
  wsMPerS: TableCurve['wsMPerS'],
  powerKw: TableCurve['powerKw'],
  ct: TableCurve['ct'],
): TableCurve => ({ kind: 'table', wsMPerS, powerKw, ct, below: { powerKw: 0, ct: 0 }, above: { powerKw: 0, ct: 0 } });

/** P = rated ((v - cut-in) / (rated speed - cut-in))^3 between cut-in and rated speed; one thrust coefficient. */
export interface CubicCurve {
  readonly kind: 'cubic';
  readonly cutInMPerS: number;
  readonly ratedMPerS: number;
  readonly cutOutMPerS: number;
  readonly ratedKw: number;
  readonly ct: number;
}

/** Power and thrust at another air density, at the speeds of the turbine's table. */
export interface DensityCurve {
  readonly densityKgM3: number;
  readonly powerKw: readonly number[];
  /** null: that of the turbine's table */
  readonly ct: readonly number[] | null;
}

export type TurbineCurve = TableCurve | CubicCurve;

export interface TurbineSpec {
  readonly name: string;
  readonly diameterM: number;
  readonly hubHeightM: number;
  /** Air density for which the power curve holds [kg/m3] */
  readonly refAirDensityKgM3: number;
  readonly curve: TurbineCurve;
  /** Tables at other air densities, as the manufacturer publishes them */
  readonly densityCurves?: readonly DensityCurve[];
  /** Nameplate power [kW] if it is not the maximum of the curve */
  readonly nameplateKw?: number;
  readonly source?: string;
  readonly licence?: string;
}

/**
 * Refuses a turbine that cannot be computed; the ranges of its quantities are those of the request's schema.
 * @throws AppError `wind.invalid_input` with the row and the value
 */
export function checkTurbine(turbine: TurbineSpec): void {
  const at = `turbine ${turbine.name}`;
  guard.requirePositive('turbine.rotorDiameterM', turbine.diameterM);
  guard.requirePositive('turbine.hubHeightM', turbine.hubHeightM);
  guard.requirePositive('turbine.airDensityKgM3', turbine.refAirDensityKgM3);
  if (turbine.hubHeightM <= turbine.diameterM / 2)
    throw windError(
      `${at}: hub_height_m is ${turbine.hubHeightM}; expected above the rotor's radius, ${turbine.diameterM / 2} m`,
    );
  const { curve } = turbine;
  if (curve.kind === 'cubic') {
    guard.requireNotNegative('turbine.thrustCoefficient', curve.ct);
    guard.requirePositive('turbine.ratedKw', curve.ratedKw);
    if (!(0 <= curve.cutInMPerS && curve.cutInMPerS < curve.ratedMPerS && curve.ratedMPerS < curve.cutOutMPerS))
      throw windError(
        `${at}: cut-in ${curve.cutInMPerS}, rated ${curve.ratedMPerS} and cut-out ${curve.cutOutMPerS} m/s; expected rising speeds`,
      );
    return;
  }
  const { wsMPerS, powerKw, ct } = curve;
  if (wsMPerS.length < 2) throw windError(`${at}: the curve has ${wsMPerS.length} rows; expected at least 2`);
  if (powerKw.length !== wsMPerS.length)
    throw windError(`${at}: ${wsMPerS.length} wind speeds and ${powerKw.length} powers; expected equal lengths`);
  if (ct && ct.length !== wsMPerS.length)
    throw windError(
      `${at}: ${wsMPerS.length} wind speeds and ${ct.length} thrust coefficients; expected equal lengths`,
    );
  guard.requireNotNegative('turbine.windSpeedMPerS', wsMPerS);
  for (let i = 1; i < wsMPerS.length; i++)
    if (wsMPerS[i] <= wsMPerS[i - 1])
      throw windError(`${at}: ws[${i}] is ${wsMPerS[i]} after ${wsMPerS[i - 1]} m/s; expected rising speeds`);
  guard.requireFinite('turbine.powerKw', [...powerKw, curve.below.powerKw, curve.above.powerKw]);
  guard.requirePositive('turbine.ratedKw', ratedPowerKw(turbine));
  guard.requireNotNegative('turbine.thrustCoefficient', [...(ct ?? []), curve.below.ct, curve.above.ct]);
  checkDensityCurves(turbine);
}

/** @throws AppError for tables of other densities that do not match the curve */
function checkDensityCurves({ name, curve, refAirDensityKgM3, densityCurves = [] }: TurbineSpec): void {
  if (curve.kind !== 'table') return;
  const densities = [refAirDensityKgM3, ...densityCurves.map(({ densityKgM3 }) => densityKgM3)];
  densityCurves.forEach(({ densityKgM3, powerKw, ct }, i) => {
    const rows = curve.wsMPerS.length;
    if (powerKw.length !== rows || (ct && ct.length !== rows))
      throw windError(
        `turbine ${name}: the curve at ${densityKgM3} kg/m3 has ${ct && ct.length !== rows ? ct.length : powerKw.length} rows; expected ${rows}, as wind_speed_m_s`,
        `/density_curves/${i}`,
      );
    if (densities.indexOf(densityKgM3) !== i + 1)
      throw windError(
        `turbine ${name}: two curves are at ${densityKgM3} kg/m3; expected different densities`,
        `/density_curves/${i}/air_density_kg_m3`,
      );
  });
}

function tableAt(curve: TableCurve, column: readonly number[], below: number, above: number, wsMPerS: number): number {
  const { wsMPerS: knots } = curve;
  const last = knots.length - 1;
  if (wsMPerS < knots[0]) return below;
  if (wsMPerS > knots[last]) return above;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= wsMPerS) low = middle;
    else high = middle;
  }
  return column[low] + ((column[high] - column[low]) * (wsMPerS - knots[low])) / (knots[high] - knots[low]);
}

/** Returns the electric power [kW] at a hub-height wind speed [m/s], linear between the table's rows. */
export function powerKw(turbine: TurbineSpec, wsMPerS: number): number {
  const { curve } = turbine;
  if (curve.kind === 'table') return tableAt(curve, curve.powerKw, curve.below.powerKw, curve.above.powerKw, wsMPerS);
  if (wsMPerS <= curve.cutInMPerS || wsMPerS > curve.cutOutMPerS) return 0;
  if (wsMPerS >= curve.ratedMPerS) return curve.ratedKw;
  return curve.ratedKw * ((wsMPerS - curve.cutInMPerS) / (curve.ratedMPerS - curve.cutInMPerS)) ** 3;
}

/** Returns the error of a turbine whose wakes cannot be computed. */
export const noThrust = (name: string): AppError =>
  windError(
    `turbine ${name} has no thrust coefficients, and wakes need them: send a curve with thrust_coefficient, or state a generic_thrust`,
    '/turbines',
  );

/**
 * Returns the thrust coefficient [-] at a hub-height wind speed [m/s].
 * @throws AppError `wind.invalid_input` where none is published
 */
export function thrustCoefficient(turbine: TurbineSpec, wsMPerS: number): number {
  const { curve } = turbine;
  if (curve.kind === 'cubic') return curve.ct;
  if (curve.ct === null) throw noThrust(turbine.name);
  return tableAt(curve, curve.ct, curve.below.ct, curve.above.ct, wsMPerS);
}

/** Returns the nameplate power [kW], else the largest of the curve. */
export function ratedPowerKw(turbine: TurbineSpec): number {
  if (turbine.nameplateKw !== undefined) return turbine.nameplateKw;
  return turbine.curve.kind === 'cubic' ? turbine.curve.ratedKw : Math.max(...turbine.curve.powerKw);
}

/** Returns the same turbine on another tower or with another rotor; the curve does not change. */
export function withGeometry(
  turbine: TurbineSpec,
  change: { readonly hubHeightM?: number; readonly diameterM?: number },
): TurbineSpec {
  const changed = {
    ...turbine,
    hubHeightM: change.hubHeightM ?? turbine.hubHeightM,
    diameterM: change.diameterM ?? turbine.diameterM,
  };
  checkTurbine(changed);
  return changed;
}

/** Returns the speeds [m/s] between which a turbine has power: those of its table with power above 0. */
export function runningSpeeds({ curve }: TurbineSpec): { readonly cutInMPerS: number; readonly cutOutMPerS: number } {
  if (curve.kind === 'cubic') return curve;
  const running = curve.wsMPerS.filter((_, row) => curve.powerKw[row] > 0);
  return { cutInMPerS: running[0], cutOutMPerS: running[running.length - 1] };
}
