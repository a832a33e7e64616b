/** Sandia's inverter model, with the coefficients of the CEC library. @see King et al. 2007, SAND2007-5036 */
export interface SandiaInverter {
  /** AC rating [W] */
  readonly paco: number;
  /** DC power at the AC rating [W] */
  readonly pdco: number;
  /** DC voltage of the rating [V] */
  readonly vdco: number;
  /** DC power at which it starts [W] */
  readonly pso: number;
  /** Curvature [1/W] and its dependences on voltage [1/V] */
  readonly c0: number;
  readonly c1: number;
  readonly c2: number;
  readonly c3: number;
  /** Consumption at night [W] */
  readonly pnt: number;
}

/**
 * Returns the AC power [W]: at most `limitW`, minus `pnt` below the start.
 * @param pdcW DC power [W] @param vdcV DC voltage [V]
 * @param limitW default: the AC rating; infinity shows what clipping costs
 */
export function sandiaInverter(pdcW: number, vdcV: number, inverter: SandiaInverter, limitW = inverter.paco): number {
  if (pdcW < inverter.pso) return -Math.abs(inverter.pnt);
  const dv = vdcV - inverter.vdco;
  const a = inverter.pdco * (1 + inverter.c1 * dv);
  const b = inverter.pso * (1 + inverter.c2 * dv);
  const c = inverter.c0 * (1 + inverter.c3 * dv);
  return Math.min(limitW, (inverter.paco / (a - b) - c * (a - b)) * (pdcW - b) + c * (pdcW - b) ** 2);
}
