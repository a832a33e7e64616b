/** A fast method for farms whose wakes do not depend on each other, as in IEA Wind Task 37's case. */

import { GAUSSIAN_REACH } from '../wakes/deficit-kernel.ts';
import type { EnergyInput } from './energy.ts';
import { checkEnergyInput, HOURS_PER_YEAR } from './energy.ts';
import { expNegative } from '../wakes/fast-exp.ts';
import type { CubicCurve } from '../turbine/turbine.ts';
import type { GaussianDeficit } from '../wakes/wake-models.ts';
import { SIDE_BY_SIDE_M } from '../wakes/wake-state.ts';

const { abs, sqrt } = Math;

/**
 * One or two opposite directions of the rose. In both, one turbine of a pair takes the same share of the speed from the
 * other.
 */
interface Axis {
  readonly sine: number;
  readonly cosine: number;
  /** Hours a year by speed, of the direction and of its opposite */
  readonly hours: Float64Array;
  readonly oppositeHours: Float64Array;
}

/**
 * Farms of one turbine whose thrust is the same at every speed, with Gaussian wakes of constant growth added in squares:
 * IEA Wind Task 37's case. Wakes do not depend on each other, so pairs need no order and both ends of an axis share them.
 */
export class ConstantThrustEnergy {
  readonly turbines: number;
  readonly #curve: CubicCurve;
  readonly #speeds: Float64Array;
  readonly #axes: readonly Axis[];
  readonly #growth: number;
  readonly #start: number;
  readonly #load: number;
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
  readonly #slope: { value: number };

  static fits(input: EnergyInput): boolean {
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
      model.deficit.induction === 'mom1d' &&
      'constant' in model.deficit.epsilon &&
      farm.turbines.length === 1 &&
      farm.turbines[0].curve.kind === 'cubic' &&
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
    this.#curve = turbine.curve as CubicCurve;
    this.#speeds = rose.speedsMPerS;
    this.#growth = deficit.k.base;
    this.#start = (deficit.epsilon as { constant: number }).constant * diameter;
    this.#load = (this.#curve.ct * diameter * diameter) / 8;
    this.#axes = axesOf(rose.directionsDeg, rose.speedsMPerS.length, rose.probability);
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
    this.#slope = { value: 0 };
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
          const share = (1 - sqrt(1 - load * inverse)) * expNegative(0.5 * dy * dy * inverse);
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
        sum +=
          this.#energy(1 - sqrt(lost[i]), axis.hours) + this.#energy(1 - sqrt(lostOpposite[i]), axis.oppositeHours);
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
    const slope = this.#slope;
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
          const root = sqrt(1 - q);
          const bell = expNegative(0.5 * dy * dy * inverse);
          const share = (1 - root) * bell;
          const square = share * share;
          // Halves of the derivatives of the square, along the wind and across it.
          const byWidth = (share * (share * dy * dy * inverse - (bell * q) / root)) / width;
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
        sum += this.#energyAndSlope(1 - root, axis.hours, slope);
        adjointOfDeficit[i] = root > 0 ? -slope.value / root : 0;
        const rootOpposite = sqrt(lostOpposite[i]);
        sum += this.#energyAndSlope(1 - rootOpposite, axis.oppositeHours, slope);
        barOpposite[i] = rootOpposite > 0 ? -slope.value / rootOpposite : 0;
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

  /** Returns the energy [kWh] of a turbine that has this share of the free speed. */
  #energy(share: number, hours: Float64Array): number {
    const { cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw } = this.#curve;
    const speeds = this.#speeds;
    let sum = 0;
    for (let s = 0; s < speeds.length; s++) {
      const u = speeds[s] * share;
      if (u <= cutInMPerS || u > cutOutMPerS) continue;
      const part = (u - cutInMPerS) / (ratedMPerS - cutInMPerS);
      sum += hours[s] * (u < ratedMPerS ? ratedKw * part * part * part : ratedKw);
    }
    return sum;
  }

  #energyAndSlope(share: number, hours: Float64Array, slope: { value: number }): number {
    const { cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw } = this.#curve;
    const speeds = this.#speeds;
    const range = 1 / (ratedMPerS - cutInMPerS);
    let sum = 0;
    let bySpeed = 0;
    for (let s = 0; s < speeds.length; s++) {
      const u = speeds[s] * share;
      if (u <= cutInMPerS || u > cutOutMPerS) continue;
      if (u >= ratedMPerS) {
        sum += hours[s] * ratedKw;
        continue;
      }
      const part = (u - cutInMPerS) * range;
      const weighted = hours[s] * ratedKw * part * part;
      sum += weighted * part;
      bySpeed += 3 * weighted * range * speeds[s];
    }
    slope.value = bySpeed;
    return sum;
  }
}

/** Joins opposite directions. */
function axesOf(directionsDeg: Float64Array, speeds: number, probability: Float64Array): Axis[] {
  const axes: Axis[] = [];
  const isUsed = new Uint8Array(directionsDeg.length);
  directionsDeg.forEach((direction, d) => {
    if (isUsed[d]) return;
    const hoursOf = (k: number) => probability.slice(k * speeds, (k + 1) * speeds).map((p) => p * HOURS_PER_YEAR);
    const opposite = directionsDeg.findIndex(
      (other, k) => k > d && !isUsed[k] && abs(abs(other - direction) - 180) < 1e-9,
    );
    if (opposite >= 0) isUsed[opposite] = 1;
    axes.push({
      sine: Math.sin((direction * Math.PI) / 180),
      cosine: Math.cos((direction * Math.PI) / 180),
      hours: hoursOf(d),
      oppositeHours: opposite >= 0 ? hoursOf(opposite) : new Float64Array(speeds),
    });
  });
  return axes;
}
