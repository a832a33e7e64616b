/** Turbines: power and thrust as functions of wind speed, which are checked once and then read fast. */
import { guard, windError } from '../check.ts';

/** Power and thrust by table, linear between rows; `below` and `above` hold outside of it. */
export interface TableCurve {
  readonly kind: 'table';
  /** Wind speeds [m/s], rising */
  readonly wsMPerS: readonly number[];
  readonly powerKw: readonly number[];
  /** Thrust coefficient [-]; null where it is not published: such a turbine has no wake model */
  readonly ct: readonly number[] | null;
  readonly below: { readonly powerKw: number; readonly ct: number };
  readonly above: { readonly powerKw: number; readonly ct: number };
}

/** P = rated ((v - cut-in) / (rated speed - cut-in))^3 between cut-in and rated speed; one thrust coefficient. */
export interface CubicCurve {
  readonly kind: 'cubic';
  readonly cutInMPerS: number;
  readonly ratedMPerS: number;
  readonly cutOutMPerS: number;
  readonly ratedKw: number;
  readonly ct: number;
}

export type TurbineCurve = TableCurve | CubicCurve;

export interface TurbineSpec {
  readonly name: string;
  readonly diameterM: number;
  readonly hubHeightM: number;
  /** Air density for which the power curve holds [kg/m3] */
  readonly refAirDensityKgM3: number;
  readonly curve: TurbineCurve;
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
  guard.requireNotNegative('turbine.powerKw', [...powerKw, curve.below.powerKw, curve.above.powerKw]);
  guard.requireNotNegative('turbine.thrustCoefficient', [...(ct ?? []), curve.below.ct, curve.above.ct]);
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

/**
 * Returns the thrust coefficient [-] at a hub-height wind speed [m/s].
 * @throws AppError `wind.invalid_input` where none is published
 */
export function thrustCoefficient(turbine: TurbineSpec, wsMPerS: number): number {
  const { curve } = turbine;
  if (curve.kind === 'cubic') return curve.ct;
  if (curve.ct === null)
    throw windError(`turbine ${turbine.name} has no thrust coefficients; wakes need them: upload a curve with ct`);
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
