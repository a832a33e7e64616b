/** A fast method for farms whose wakes do not depend on each other, as in IEA Wind Task 37's case. */

import { doubleInduction, doubleInductionSlope, GAUSSIAN_REACH } from '../wakes/deficit-kernel.ts';
import { type EnergyByLoss, energyByLoss } from './energy-by-loss.ts';
import type { EnergyInput } from './energy.ts';
import { checkEnergyInput } from './energy.ts';
import { ownCount } from '../turbine/farm.ts';
import { expNegative } from '../wakes/fast-exp.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';
import type { GaussianDeficit, Induction } from '../wakes/wake-models.ts';
import { SIDE_BY_SIDE_M } from '../wakes/wake-state.ts';

const { abs, sqrt } = Math;

/**
 * One or two opposite directions of the rose. In both, one turbine of a pair takes the same share of the speed from the
 * other.
 */
export interface Axis {
  readonly sine: number;
  readonly cosine: number;
  readonly direction: number;
  /** -1: none */
  readonly opposite: number;
}

/** Returns the thrust coefficient that a turbine has at every speed of its curve; null where it has several. */
function onlyThrust(turbine: TurbineSpec): number | null {
  const { curve } = turbine;
  if (curve.kind === 'cubic') return curve.ct;
  const { ct, above } = curve;
  if (!ct || ct.some((one) => one !== ct[0]) || !(ct[0] > 0)) return null;
  return above.powerKw === 0 || above.ct === ct[0] ? ct[0] : null;
}

/** Tells whether a turbine keeps its thrust in slower wind than that of its curve's first row. */
const keepsThrust = ({ curve }: TurbineSpec): boolean =>
  curve.kind === 'cubic' || curve.wsMPerS[0] === 0 || curve.below.ct === curve.ct?.[0];

/**
 * Farms of one turbine whose thrust is the same at every speed, with Gaussian wakes of constant growth added in squares:
 * IEA Wind Task 37's case. Wakes do not depend on each other, so pairs need no order and both ends of an axis share them.
 */
export class ConstantThrustEnergy {
  readonly turbines: number;
  readonly #energyOf: EnergyByLoss;
  readonly #axes: readonly Axis[];
  readonly #growth: number;
  readonly #start: number;
  readonly #load: number;
  readonly #induction: Induction;
  readonly #along: Float64Array;
  readonly #across: Float64Array;
  /** Sums of the squared shares of the speed that are lost, for the direction and for its opposite */
  readonly #lost: Float64Array;
  readonly #lostOpposite: Float64Array;
  readonly #adjointOfDeficit: Float64Array;
  readonly #barOpposite: Float64Array;
  readonly #alongAdjoint: Float64Array;
  readonly #acrossAdjoint: Float64Array;
  readonly #pairs: Int32Array;
  readonly #byAlong: Float64Array;
  readonly #byAcross: Float64Array;

  /**
   * Tells whether it computes the energy of a farm.
   * @returns near: but for turbines that wakes slow below the first row of their curve, where they have no thrust any more.
   * The energy is then up to 1e-4 too low
   */
  static fit(input: EnergyInput): 'exact' | 'near' | null {
    if (!ConstantThrustEnergy.#fits(input)) return null;
    return keepsThrust(input.farm.turbines[0]) ? 'exact' : 'near';
  }

  static #fits(input: EnergyInput): boolean {
    const { farm, model } = input;
    return (
      model.kind === 'superposed' &&
      model.turbulence === null &&
      model.blockage === undefined &&
      model.superposition === 'squared_sum' &&
      model.deficit.kind === 'gaussian' &&
      model.deficit.k.slope === 0 &&
      model.deficit.rotorAverage === 'centre' &&
      model.deficit.reference === 'free_source' &&
      ownCount(farm) === farm.xM.length &&
      farm.turbines.length === 1 &&
      onlyThrust(farm.turbines[0]) !== null &&
      input.curtailment === undefined &&
      input.exportLimit === undefined &&
      input.speedups === undefined &&
      input.hubFactors === undefined &&
      input.resourceGrid === undefined
    );
  }

  constructor(input: EnergyInput) {
    checkEnergyInput(input);
    const { farm, model, rose } = input;
    const deficit = (model as { deficit: GaussianDeficit }).deficit;
    const turbine = farm.turbines[0];
    const n = farm.xM.length;
    const diameter = turbine.diameterM;
    this.turbines = n;
    const ct = onlyThrust(turbine)!;
    const { curve } = turbine;
    // Beyond its table a turbine has no thrust and no power, even where a wake would slow the wind to the table's end.
    const isBeyond = (u: number) => curve.kind === 'table' && u > curve.wsMPerS[curve.wsMPerS.length - 1];
    const speeds = rose.speedsMPerS.length;
    this.#energyOf = energyByLoss({
      curve,
      speedsMPerS: rose.speedsMPerS,
      probability: rose.probability.map((p, at) => (isBeyond(rose.speedsMPerS[at % speeds]) ? 0 : p)),
      directions: rose.directionsDeg.length,
    });
    this.#growth = deficit.k.base;
    this.#start = epsilonOf(deficit, ct) * diameter;
    this.#load = (ct * diameter * diameter) / 8;
    this.#induction = deficit.induction;
    this.#axes = axesOf(rose.directionsDeg);
    this.#along = new Float64Array(n);
    this.#across = new Float64Array(n);
    this.#lost = new Float64Array(n);
    this.#lostOpposite = new Float64Array(n);
    this.#adjointOfDeficit = new Float64Array(n);
    this.#barOpposite = new Float64Array(n);
    this.#alongAdjoint = new Float64Array(n);
    this.#acrossAdjoint = new Float64Array(n);
    const pairs = (n * (n - 1)) / 2;
    this.#pairs = new Int32Array(2 * pairs);
    this.#byAlong = new Float64Array(pairs);
    this.#byAcross = new Float64Array(pairs);
  }

  value(x: ArrayLike<number>, y: ArrayLike<number>): number {
    const n = this.turbines;
    const along = this.#along;
    const across = this.#across;
    const lost = this.#lost;
    const lostOpposite = this.#lostOpposite;
    const growth = this.#growth;
    const start = this.#start;
    const load = this.#load;
    const energyOf = this.#energyOf;
    let sum = 0;
    for (const axis of this.#axes) {
      this.#turn(axis, x, y);
      for (let i = 0; i < n; i++) {
        lost[i] = 0;
        lostOpposite[i] = 0;
      }
      for (let i = 1; i < n; i++) {
        const alongI = along[i];
        const acrossI = across[i];
        for (let j = 0; j < i; j++) {
          const dx = alongI - along[j];
          const dy = acrossI - across[j];
          const distance = abs(dx);
          const width = growth * distance + start;
          if (abs(dy) > GAUSSIAN_REACH * width || distance <= SIDE_BY_SIDE_M) continue;
          const inverse = 1 / (width * width);
          const share = this.#peak(load * inverse) * expNegative(0.5 * dy * dy * inverse);
          const square = share * share;
          if (dx > 0) {
            lost[i] += square;
            lostOpposite[j] += square;
          } else {
            lost[j] += square;
            lostOpposite[i] += square;
          }
        }
      }
      for (let i = 0; i < n; i++) {
        sum += energyOf.at(axis.direction, sqrt(lost[i]));
        if (axis.opposite >= 0) sum += energyOf.at(axis.opposite, sqrt(lostOpposite[i]));
      }
    }
    return sum;
  }

  valueAndGradient(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    gradientX: Float64Array,
    gradientY: Float64Array,
  ): number {
    const n = this.turbines;
    const along = this.#along;
    const across = this.#across;
    const lost = this.#lost;
    const lostOpposite = this.#lostOpposite;
    const growth = this.#growth;
    const start = this.#start;
    const load = this.#load;
    const pairs = this.#pairs;
    const byAlong = this.#byAlong;
    const byAcross = this.#byAcross;
    const alongAdjoint = this.#alongAdjoint;
    const acrossAdjoint = this.#acrossAdjoint;
    const adjointOfDeficit = this.#adjointOfDeficit;
    const barOpposite = this.#barOpposite;
    const energyOf = this.#energyOf;
    gradientX.fill(0);
    gradientY.fill(0);
    let sum = 0;
    for (const axis of this.#axes) {
      this.#turn(axis, x, y);
      for (let i = 0; i < n; i++) {
        lost[i] = 0;
        lostOpposite[i] = 0;
        alongAdjoint[i] = 0;
        acrossAdjoint[i] = 0;
      }
      let active = 0;
      for (let i = 1; i < n; i++) {
        const alongI = along[i];
        const acrossI = across[i];
        for (let j = 0; j < i; j++) {
          const dx = alongI - along[j];
          const dy = acrossI - across[j];
          const distance = abs(dx);
          const width = growth * distance + start;
          if (abs(dy) > GAUSSIAN_REACH * width || distance <= SIDE_BY_SIDE_M) continue;
          const inverse = 1 / (width * width);
          const q = load * inverse;
          const bell = expNegative(0.5 * dy * dy * inverse);
          const share = this.#peak(q) * bell;
          const square = share * share;
          // Halves of the derivatives of the square, along the wind and across it.
          const byWidth = (share * (share * dy * dy * inverse - 2 * q * this.#peakSlope(q) * bell)) / width;
          const down = dx > 0 ? i : j;
          const up = dx > 0 ? j : i;
          lost[down] += square;
          lostOpposite[up] += square;
          pairs[2 * active] = down;
          pairs[2 * active + 1] = up;
          byAlong[active] = byWidth * growth;
          byAcross[active] = dx > 0 ? -square * dy * inverse : square * dy * inverse;
          active++;
        }
      }
      for (let i = 0; i < n; i++) {
        const root = sqrt(lost[i]);
        sum += energyOf.withSlope(axis.direction, root);
        adjointOfDeficit[i] = root > 0 ? energyOf.slope / root : 0;
        barOpposite[i] = 0;
        if (axis.opposite < 0) continue;
        const rootOpposite = sqrt(lostOpposite[i]);
        sum += energyOf.withSlope(axis.opposite, rootOpposite);
        barOpposite[i] = rootOpposite > 0 ? energyOf.slope / rootOpposite : 0;
      }
      for (let p = 0; p < active; p++) {
        const down = pairs[2 * p];
        const up = pairs[2 * p + 1];
        const weight = adjointOfDeficit[down] + barOpposite[up];
        const a = weight * byAlong[p];
        const c = weight * byAcross[p];
        alongAdjoint[down] += a;
        alongAdjoint[up] -= a;
        acrossAdjoint[down] += c;
        acrossAdjoint[up] -= c;
      }
      for (let i = 0; i < n; i++) {
        gradientX[i] += acrossAdjoint[i] * axis.cosine - alongAdjoint[i] * axis.sine;
        gradientY[i] -= acrossAdjoint[i] * axis.sine + alongAdjoint[i] * axis.cosine;
      }
    }
    return sum;
  }

  #turn(axis: Axis, x: ArrayLike<number>, y: ArrayLike<number>): void {
    const { sine, cosine } = axis;
    const along = this.#along;
    const across = this.#across;
    for (let i = 0; i < this.turbines; i++) {
      along[i] = -(x[i] * sine + y[i] * cosine);
      across[i] = x[i] * cosine - y[i] * sine;
    }
  }

  /** Returns the loss on the axis at a load q = ct D^2 / (8 width^2). */
  #peak(q: number): number {
    return this.#induction === 'madsen' ? Math.min(doubleInduction('madsen', q), 1) : q < 1 ? 1 - sqrt(1 - q) : 1;
  }

  #peakSlope(q: number): number {
    if (this.#induction === 'mom1d') return q < 1 ? 0.5 / sqrt(1 - q) : 0;
    return doubleInduction('madsen', q) < 1 ? doubleInductionSlope('madsen', q) : 0;
  }
}

/** Returns the width of a wake at the rotor [diameters]. */
function epsilonOf({ epsilon }: GaussianDeficit, ct: number): number {
  if ('constant' in epsilon) return epsilon.constant;
  const s = sqrt(1 - Math.min(ct, epsilon.ctLimit));
  return epsilon.factor * sqrt((0.5 * (1 + s)) / s);
}

/** Joins opposite directions. */
export function axesOf(directionsDeg: Float64Array): Axis[] {
  const axes: Axis[] = [];
  const isUsed = new Uint8Array(directionsDeg.length);
  directionsDeg.forEach((direction, d) => {
    if (isUsed[d]) return;
    const opposite = directionsDeg.findIndex(
      (other, k) => k > d && !isUsed[k] && abs(abs(other - direction) - 180) < 1e-9,
    );
    if (opposite >= 0) isUsed[opposite] = 1;
    const angle = (direction * Math.PI) / 180;
    axes.push({ sine: Math.sin(angle), cosine: Math.cos(angle), direction: d, opposite });
  });
  return axes;
}
