/** Thrust coefficients for turbines whose own are not published. */
import type { GENERIC_THRUSTS } from '../../contracts/wind/curtailment.schema.ts';
import { windError } from '../check.ts';
import { hasThrust } from './turbine-library.ts';
import type { TableCurve, TurbineSpec } from './turbine.ts';

type GenericThrust = (typeof GENERIC_THRUSTS)[number];

/** Largest power coefficient of an actuator disc, and the thrust coefficient there */
const BETZ = { cp: 16 / 27, ct: 8 / 9 };

/** @throws AppError for a turbine with thrust coefficients of its own */
export function withGenericThrust(turbine: TurbineSpec, name: GenericThrust): TurbineSpec {
  const { curve } = turbine;
  if (curve.kind !== 'table' || hasThrust(turbine))
    throw windError(
      `turbine ${turbine.name} has thrust coefficients of its own; expected no generic_thrust`,
      '/turbines',
    );
  const thrust = THRUSTS[name];
  const ct = curve.wsMPerS.map((ws, row) =>
    curve.powerKw[row] > 0 ? thrust(ws, powerCoefficient(turbine, curve, row)) : 0,
  );
  return { ...turbine, curve: { ...curve, ct } };
}

const THRUSTS: Record<GenericThrust, (wsMPerS: number, cp: number) => number> = {
  // Frohboese and Schmuck 2010, Thrust coefficients used for estimation of wake effects for fatigue load calculation
  frohboese_schmuck: (ws) => Math.min(1, (3.5 * (2 * ws - 3.5)) / ws ** 2),
  momentum: (_, cp) => thrustOfDisc(cp),
};

/** Returns the power of a row divided by that of the wind through the rotor [1]. */
export function powerCoefficient(turbine: TurbineSpec, { wsMPerS, powerKw }: TableCurve, row: number): number {
  const areaM2 = Math.PI * (turbine.diameterM / 2) ** 2;
  return (1000 * powerKw[row]) / (0.5 * turbine.refAirDensityKgM3 * areaM2 * wsMPerS[row] ** 3);
}

/** Solves Cp = 4 a (1 - a)^2 for the induction a below 1/3, where Ct = 4 a (1 - a). */
function thrustOfDisc(cp: number): number {
  if (cp >= BETZ.cp) return BETZ.ct;
  // The cubic's smallest root, by cosines: (1 - a) = 2/3 + 2/3 cos(...)
  const angle = Math.acos((27 * cp) / 8 - 1) / 3;
  const induction = 2 / 3 - (2 / 3) * Math.cos(angle - Math.PI / 3);
  return 4 * induction * (1 - induction);
}
