/**
 * The CEC six-parameter module. Every point of the curve is explicit in the voltage over the diode u: I(u) = IL - I0 (exp(u/a) -
 * 1) - u/Rsh, V(u) = u - I(u) Rs, so Newton's method in the single variable u finds its points.
 * @see Dobos 2012, doi:10.1115/1.4005759; De Soto, Klein and Beckman 2006, doi:10.1016/j.solener.2005.06.010
 */

/** Reference parameters, at 1000 W/m2 and 25 degC, by the names of SAM's CEC library. */
export interface CecModule {
  /** Temperature coefficient of the short-circuit current [A/K] */
  readonly alphaScAPerK: number;
  /** Modified ideality factor [V] */
  readonly aRefV: number;
  /** Photocurrent [A] */
  readonly iLRefA: number;
  /** Saturation current [A] */
  readonly iORefA: number;
  /** Series resistance [ohm] */
  readonly rSOhm: number;
  /** Shunt resistance [ohm] */
  readonly rShRefOhm: number;
  /** Adjustment of the temperature coefficient [%] */
  readonly adjustPct: number;
}

/** The curve's five parameters under operating conditions. */
export interface DiodeParameters {
  readonly photocurrentA: number;
  readonly saturationCurrentA: number;
  readonly seriesOhm: number;
  readonly shuntOhm: number;
  readonly nNsVthV: number;
  /** Current lost by recombination times voltage [A V] and the built-in voltage of the cells together [V], as in thin films */
  readonly recombinationAV?: number;
  readonly builtInV?: number;
}

/** CODATA 2018 [eV/K] */
const BOLTZMANN_EV = 8.617333262e-5;
const T_REF_K = 298.15;
const BAND_GAP_EV = 1.121;
const BAND_GAP_SLOPE = -0.0002677;

/**
 * Returns the five parameters of the single-diode equation under given conditions.
 * @param effectiveIrradianceWm2 [W/m2], > 0 @param tempCellC [degC]
 */
export function cecParameters(effectiveIrradianceWm2: number, tempCellC: number, module: CecModule): DiodeParameters {
  const t = tempCellC + 273.15;
  const gap = BAND_GAP_EV * (1 + BAND_GAP_SLOPE * (t - T_REF_K));
  return {
    photocurrentA:
      (effectiveIrradianceWm2 / 1000) *
      (module.iLRefA + module.alphaScAPerK * (1 - module.adjustPct / 100) * (t - T_REF_K)),
    saturationCurrentA:
      module.iORefA * (t / T_REF_K) ** 3 * Math.exp(BAND_GAP_EV / (BOLTZMANN_EV * T_REF_K) - gap / (BOLTZMANN_EV * t)),
    seriesOhm: module.rSOhm,
    shuntOhm: module.rShRefOhm * (1000 / effectiveIrradianceWm2),
    nNsVthV: module.aRefV * (t / T_REF_K),
  };
}

export interface CurvePoints {
  readonly iScA: number;
  readonly vOcV: number;
  readonly iMpA: number;
  readonly vMpV: number;
  readonly pMpW: number;
}

const NOTHING: CurvePoints = { iScA: 0, vOcV: 0, iMpA: 0, vMpV: 0, pMpW: 0 };
const MAX_STEPS = 50;
/** Change of the diode's voltage after which its maximum power counts as found, as a share of the ideality factor [1]. */
const LAST_CHANGE = 1e-4;

/** Solves by Newton's method from `start`; `step` gives value / slope. Ends when a step no longer changes u. */
function newton(start: number, scale: number, step: (u: number) => number): number {
  let u = start;
  for (let i = 0; i < MAX_STEPS; i++) {
    const change = step(u);
    u -= change;
    if (Math.abs(change) < 1e-14 * scale) break;
  }
  return u;
}

/** Returns short circuit, open circuit and maximum power; all 0 without photocurrent. */
export function curvePoints(parameters: DiodeParameters): CurvePoints {
  const { photocurrentA, saturationCurrentA: i0, seriesOhm: rs, shuntOhm, nNsVthV: a } = parameters;
  const { recombinationAV: r = 0, builtInV = Number.POSITIVE_INFINITY } = parameters;
  if (!(photocurrentA > 0)) return NOTHING;
  const current = (u: number): number => photocurrentA - i0 * Math.expm1(u / a) - u / shuntOhm - r / (builtInV - u);
  const slope = (u: number): number => -(i0 / a) * Math.exp(u / a) - 1 / shuntOhm - r / (builtInV - u) ** 2;
  const bound = Math.min(a * Math.log1p(photocurrentA / i0), 0.999 * builtInV);
  // The current is concave and the bound lies right of its zero, so that Newton falls on it from one side.
  const vOcV = newton(bound, bound, (u) => current(u) / slope(u));
  const uSc = newton(photocurrentA * rs, bound, (u) => (u - current(u) * rs) / (1 - slope(u) * rs));
  // The power's derivative is concave: from the open circuit Newton falls on its zero; from the left it would overshoot.
  const uMp = newton(vOcV, bound, (u) => {
    const i = current(u);
    const di = slope(u);
    const d2i = (-i0 / (a * a)) * Math.exp(u / a) - (2 * r) / (builtInV - u) ** 3;
    const v = u - i * rs;
    const dv = 1 - di * rs;
    return (dv * i + v * di) / (2 * dv * di + (v - rs * i) * d2i);
  });
  const iMpA = current(uMp);
  const vMpV = uMp - iMpA * rs;
  return { iScA: current(uSc), vOcV, iMpA, vMpV, pMpW: iMpA * vMpV };
}

/** Returns the current at a voltage [A]; 0 from the open circuit on. */
export function currentAt(parameters: DiodeParameters, voltageV: number): number {
  const { photocurrentA, saturationCurrentA: i0, seriesOhm: rs, shuntOhm, nNsVthV: a } = parameters;
  const { recombinationAV: r = 0, builtInV = Number.POSITIVE_INFINITY } = parameters;
  const { vOcV } = curvePoints(parameters);
  if (!(voltageV < vOcV)) return 0;
  const current = (u: number): number => photocurrentA - i0 * Math.expm1(u / a) - u / shuntOhm - r / (builtInV - u);
  const slope = (u: number): number => -(i0 / a) * Math.exp(u / a) - 1 / shuntOhm - r / (builtInV - u) ** 2;
  // The voltage at the clamps is convex in that over the diode, so Newton falls on its zero from the open circuit.
  const u = newton(vOcV, vOcV, (at) => (at - current(at) * rs - voltageV) / (1 - slope(at) * rs));
  return current(u);
}

/** Current and its slope at a voltage, beyond the open circuit too, where the current is negative. */
export interface CurrentSlope {
  readonly currentA: number;
  /** [A/V] */
  readonly perV: number;
}

/** Returns the current at a voltage and its slope. @param voltageV [V], at least 0 and below the built-in voltage */
export function currentSlopeAt(parameters: DiodeParameters, voltageV: number): CurrentSlope {
  const { photocurrentA, saturationCurrentA: i0, seriesOhm: rs, shuntOhm, nNsVthV: a } = parameters;
  const { recombinationAV: r = 0, builtInV = Number.POSITIVE_INFINITY } = parameters;
  const current = (u: number): number => photocurrentA - i0 * Math.expm1(u / a) - u / shuntOhm - r / (builtInV - u);
  const slope = (u: number): number => -(i0 / a) * Math.exp(u / a) - 1 / shuntOhm - r / (builtInV - u) ** 2;
  // As in `currentAt`; no current is larger than the photocurrent, so that the start lies right of the zero.
  const start = Math.min(voltageV + Math.max(photocurrentA, 0) * rs, 0.999 * builtInV);
  const u = newton(start, start, (at) => (at - current(at) * rs - voltageV) / (1 - slope(at) * rs));
  const perU = slope(u);
  return { currentA: current(u), perV: perU / (1 - perU * rs) };
}

/** One point of a curve. */
export interface CurvePoint {
  readonly voltageV: number;
  readonly currentA: number;
}

/**
 * Returns the whole curve from short circuit to open circuit; its points are closest to each other near the knee.
 * @param points at least 2; default 100
 */
export function ivCurve(parameters: DiodeParameters, points = 100): CurvePoint[] {
  const { photocurrentA, saturationCurrentA: i0, seriesOhm, shuntOhm, nNsVthV: a } = parameters;
  const { recombinationAV: r = 0, builtInV = Number.POSITIVE_INFINITY } = parameters;
  const { iScA, vOcV } = curvePoints(parameters);
  if (!(photocurrentA > 0)) return [{ voltageV: 0, currentA: 0 }];
  const at = (u: number): CurvePoint => {
    const currentA = photocurrentA - i0 * Math.expm1(u / a) - u / shuntOhm - r / (builtInV - u);
    return { voltageV: u - currentA * seriesOhm, currentA };
  };
  // At short circuit the voltage over the diode is what the series resistance takes.
  const from = iScA * seriesOhm;
  const curve = Array.from({ length: points }, (_, k) => at(from + (vOcV - from) * Math.sqrt(k / (points - 1))));
  curve[0] = { voltageV: 0, currentA: iScA };
  curve[points - 1] = { voltageV: vOcV, currentA: 0 };
  return curve;
}

/** Finds maximum power points one after the other, about 0.2 microseconds each. One solver serves one thread. */
class MaximumPowerPoint {
  /** Power of the last point [W]. */
  powerW = 0;
  /** Voltage of the last point [V]. */
  voltageV = 0;

  /**
   * Finds the maximum power point.
   * @param current photocurrent [A]; 0 or less gives no power
   * @param i0 saturation current [A] @param a modified ideality factor [V]
   * @param rs series resistance [ohm] @param shunt conductance of the shunt [S]
   * @returns power [W]
   */
  find(current: number, i0: number, a: number, rs: number, shunt: number): number {
    this.powerW = 0;
    this.voltageV = 0;
    if (!(current > 0)) return 0;
    // Without resistances the maximum is at a (W(e current / i0) - 1), here with two terms of W; in the dimmest light, for which
    // these do not hold, Newton starts from the open circuit.
    const l = 1 + Math.log(current / i0);
    const logL = Math.log(l);
    let u = l > 3 ? a * (l - logL + logL / l - 1) : a * Math.log1p(current / i0);
    let diode = 0;
    let change = 0;
    for (let step = 0; step < MAX_STEPS; step++) {
      diode = i0 * Math.exp(u / a);
      const i = current + i0 - diode - u * shunt;
      const di = -diode / a - shunt;
      const v = u - i * rs;
      const dv = 1 - di * rs;
      change = (dv * i + v * di) / (2 * dv * di - ((v - rs * i) * diode) / (a * a));
      u -= change;
      // The next change would be its square, and as the power is flat here, the error of the power the square of that.
      if (Math.abs(change) < LAST_CHANGE * a) break;
    }
    // exp(u / a) after the last change by its series.
    const x = change / a;
    const i = current + i0 - diode * (1 - x * (1 - (x / 2) * (1 - x / 3))) - u * shunt;
    this.voltageV = u - i * rs;
    this.powerW = i * this.voltageV;
    return this.powerW;
  }
}

/** Maximum power points of a CEC module. */
export class MaximumPower extends MaximumPowerPoint {
  readonly #module: CecModule;
  readonly #gapAtReference = BAND_GAP_EV / (BOLTZMANN_EV * T_REF_K);

  constructor(module: CecModule) {
    super();
    this.#module = module;
  }

  /**
   * Returns the maximum power under given conditions.
   * @param effectiveIrradianceWm2 [W/m2]; 0 or less gives no power
   * @param tempCellC [degC]
   * @returns power [W]
   */
  solve(effectiveIrradianceWm2: number, tempCellC: number): number {
    const module = this.#module;
    const t = tempCellC + 273.15;
    const ratio = t / T_REF_K;
    const sun = effectiveIrradianceWm2 / 1000;
    const current = sun * (module.iLRefA + module.alphaScAPerK * (1 - module.adjustPct / 100) * (t - T_REF_K));
    const gap = BAND_GAP_EV * (1 + BAND_GAP_SLOPE * (t - T_REF_K));
    const i0 = module.iORefA * ratio * ratio * ratio * Math.exp(this.#gapAtReference - gap / (BOLTZMANN_EV * t));
    return this.find(current, i0, module.aRefV * ratio, module.rSOhm, sun / module.rShRefOhm);
  }
}

/** A module by PVsyst's one-diode model, at 1000 W/m2 and 25 degC. */
export interface PvsystModule {
  /** [A/K] */
  readonly alphaScAPerK: number;
  /** Ideality factor [1] and its change [1/K] */
  readonly gammaRef: number;
  readonly muGammaPerK: number;
  readonly iLRefA: number;
  readonly iORefA: number;
  readonly rSOhm: number;
  /** Shunt resistance at 1000 W/m2 and in the dark [ohm], and its exponent [1] */
  readonly rShRefOhm: number;
  readonly rSh0Ohm: number;
  readonly rShExponent: number;
  readonly cellsInSeries: number;
  /** [eV]; silicon: 1.121 */
  readonly bandGapEv: number;
  /** Recombination in the intrinsic layer of amorphous silicon and cadmium telluride, d2/(mu tau) [V]; others: 0 */
  readonly d2MuTauV: number;
}

/** Built-in voltage of a junction [V]: PVsyst's. @see Mermoud and Lejeune 2010; Merten et al. 1998, doi:10.1109/16.658676 */
export const BUILT_IN_V = 0.9;

/**
 * Returns the five parameters of the single-diode equation by PVsyst's model.
 * @see Mermoud and Lejeune 2010, doi:10.4229/25thEUPVSEC2010-4BV.1.114; Sauer, Roessler and Hansen 2015
 */
export function pvsystParameters(effectiveIrradianceWm2: number, tempCellC: number, m: PvsystModule): DiodeParameters {
  const t = tempCellC + 273.15;
  const sun = effectiveIrradianceWm2 / 1000;
  const gamma = m.gammaRef + m.muGammaPerK * (t - T_REF_K);
  const dark = Math.exp(-m.rShExponent);
  const base = Math.max(0, (m.rShRefOhm - m.rSh0Ohm * dark) / (1 - dark));
  return {
    photocurrentA: sun * (m.iLRefA + m.alphaScAPerK * (t - T_REF_K)),
    saturationCurrentA:
      m.iORefA * (t / T_REF_K) ** 3 * Math.exp((m.bandGapEv / (BOLTZMANN_EV * gamma)) * (1 / T_REF_K - 1 / t)),
    seriesOhm: m.rSOhm,
    shuntOhm: base + (m.rSh0Ohm - base) * Math.exp(-m.rShExponent * sun),
    nNsVthV: gamma * BOLTZMANN_EV * t * m.cellsInSeries,
    ...(m.d2MuTauV > 0 && {
      recombinationAV: sun * (m.iLRefA + m.alphaScAPerK * (t - T_REF_K)) * m.d2MuTauV,
      builtInV: BUILT_IN_V * m.cellsInSeries,
    }),
  };
}

/** A module by one of the two models */
export type DiodeModule =
  | { readonly type: 'cec'; readonly module: CecModule }
  | { readonly type: 'pvsyst'; readonly module: PvsystModule };

/** Returns the five parameters of a module by its own model. */
export const diodeParameters = (
  unit: DiodeModule,
  effectiveIrradianceWm2: number,
  tempCellC: number,
): DiodeParameters =>
  unit.type === 'cec'
    ? cecParameters(effectiveIrradianceWm2, tempCellC, unit.module)
    : pvsystParameters(effectiveIrradianceWm2, tempCellC, unit.module);

/** Maximum power points of a module by PVsyst's model. */
export class PvsystMaximumPower extends MaximumPowerPoint {
  readonly #module: PvsystModule;

  constructor(module: PvsystModule) {
    super();
    this.#module = module;
  }

  /** Does the same as `MaximumPower.solve`. */
  solve(effectiveIrradianceWm2: number, tempCellC: number): number {
    const p = pvsystParameters(effectiveIrradianceWm2, tempCellC, this.#module);
    if (p.recombinationAV) {
      const { pMpW, vMpV } = curvePoints(p);
      this.powerW = pMpW;
      this.voltageV = vMpV;
      return pMpW;
    }
    return this.find(p.photocurrentA, p.saturationCurrentA, p.nNsVthV, p.seriesOhm, 1 / p.shuntOhm);
  }
}
