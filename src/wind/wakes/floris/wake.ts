/**
 * The Gaussian wake of one turbine as FLORIS 4.7 has it: widths, deficit on the axis and sideways shift by distance.
 * @see Bastankhah and Porte-Agel 2016, doi:10.1017/jfm.2016.595; Niayifar and Porte-Agel 2016, doi:10.3390/en9090741
 */
import { jimenezDeflectionOfFloris } from '../jimenez.ts';
import type { FlorisWakeModel } from '../wake-models.ts';

const { cos, exp, log, max, min, sqrt, tan } = Math;

/** Width of the near wake at the rotor, in D sqrt(ct/2) */
export const NEAR_WIDTH = 0.501;

/** Thrust coefficients are cut here. */
export const MAX_CT = 0.9999;

/** Factor of the deflection's E0 */
const E0_LINEAR = 3 * exp(1 / 12);
const E0_CONSTANT = 3 * exp(1 / 3);

type FlorisWakeConstants = Pick<FlorisWakeModel, 'alpha' | 'beta' | 'ka' | 'kb' | 'deflection'>;

/** A wake that is set once for each source and then evaluated at many distances, without allocating memory. */
export class FlorisWake {
  readonly #model: FlorisWakeConstants;
  #diameter = 0;
  #ct = 0;
  #root = 0;
  #load = 0;
  #sigmaY0 = 0;
  #sigmaZ0 = 0;
  #near = 0;
  #growth = 0;
  #ti = 0;
  #x0 = 0;
  #yaw = 0;
  #tiOfDeflection = 0;
  /**
   * State at the distance of the last call: widths across and up [m], deficit on the axis relative to the free speed, shift [m]
   */
  sigmaY = 0;
  sigmaZ = 0;
  peak = 0;
  deflection = 0;
  /** Derivatives that the last `adjoint` found: by distance, thrust coefficient, both turbulences and effective yaw */
  byAlong = 0;
  byCt = 0;
  byTi = 0;
  byTiOfDeflection = 0;
  byYaw = 0;

  constructor(model: FlorisWakeConstants) {
    this.#model = model;
  }

  /**
   * Sets the wake of a turbine.
   * @param diameter [m]  @param ct thrust coefficient along the wind, above 0 and below 1
   * @param yaw of the rotor [rad]  @param effectiveYaw the same with what secondary steering adds [rad]
   * @param ti turbulence intensity that widens the wake  @param tiOfDeflection the one that its deflection takes [-]
   */
  set(diameter: number, ct: number, yaw: number, effectiveYaw: number, ti: number, tiOfDeflection: number): void {
    const { alpha, beta, ka, kb } = this.#model;
    const cosYaw = yaw === 0 ? 1 : cos(yaw);
    const root = sqrt(1 - ct);
    this.#diameter = diameter;
    this.#ct = ct;
    this.#root = root;
    this.#load = (ct * cosYaw * diameter * diameter) / 8;
    this.#sigmaZ0 = diameter * 0.5 * sqrt(ct / (2 * (1 - root) * (1 + root)));
    this.#sigmaY0 = this.#sigmaZ0 * cosYaw;
    this.#near = NEAR_WIDTH * diameter * sqrt(ct / 2);
    this.#growth = ka * ti + kb;
    this.#ti = ti;
    this.#x0 = (diameter * cosYaw * (1 + root)) / (Math.SQRT2 * (4 * alpha * ti + 2 * beta * (1 - root)));
    this.#yaw = effectiveYaw;
    this.#tiOfDeflection = tiOfDeflection;
  }

  /** Tells whether two columns of one rotor see the same turbulence, so that their wakes are one. */
  isLike(other: FlorisWake): boolean {
    return this.#ti === other.#ti && this.#tiOfDeflection === other.#tiOfDeflection;
  }

  /** Returns an upper bound of the width across the wind at all distances up to `dx` [m]. */
  widestTo(dx: number): number {
    return max(this.#sigmaY0, this.#near) + this.#growth * dx;
  }

  /** Fills widths, peak and deflection at `dx` > 0 [m] downwind. */
  at(dx: number): void {
    const x0 = this.#x0;
    if (dx >= x0) {
      const grown = this.#growth * (dx - x0);
      this.sigmaY = grown + this.#sigmaY0;
      this.sigmaZ = grown + this.#sigmaZ0;
    } else {
      const near = ((x0 - dx) / x0) * this.#near;
      this.sigmaY = near + (dx / x0) * this.#sigmaY0;
      this.sigmaZ = near + (dx / x0) * this.#sigmaZ0;
    }
    this.peak = 1 - sqrt(min(max(1 - this.#load / (this.sigmaY * this.sigmaZ), 0), 1));
    if (this.#yaw === 0) this.deflection = 0;
    else if (this.#model.deflection === 'jimenez')
      this.deflection = -jimenezDeflectionOfFloris(dx, this.#ct, this.#yaw, this.#diameter);
    else this.deflection = this.#deflectionAt(dx);
  }

  /**
   * Carries derivatives by width, peak and shift at `dx`, which was evaluated last, back to what was set. For upright
   * rotors: only secondary steering bends their wakes.
   * @param sigmaAdjoint by the width, both across and up  @param peakAdjoint by the peak  @param deflectionAdjoint by the shift
   */
  adjoint(dx: number, sigmaAdjoint: number, peakAdjoint: number, deflectionAdjoint: number): void {
    const { alpha, beta, ka } = this.#model;
    const x0 = this.#x0;
    const ct = this.#ct;
    const root = this.#root;
    const sigma = this.sigmaY;
    this.byCt = 0;
    let outputAdjoint = sigmaAdjoint;
    // peak = 1 - sqrt(1 - load/sigma^2), load = ct D^2/8; where the peak is 1 it stays so.
    if (this.peak < 1) {
      const insideAdjoint = (0.5 * peakAdjoint) / (1 - this.peak);
      this.byCt += (insideAdjoint * this.#diameter * this.#diameter) / (8 * sigma * sigma);
      outputAdjoint -= (2 * insideAdjoint * this.#load) / (sigma * sigma * sigma);
    }
    // Without yaw sigma0 is D/sqrt(8), independently of the thrust.
    let x0Adjoint: number;
    if (dx >= x0) {
      this.byAlong = outputAdjoint * this.#growth;
      x0Adjoint = -this.byAlong;
      this.byTi = outputAdjoint * ka * (dx - x0);
    } else {
      this.byAlong = (outputAdjoint * (this.#sigmaY0 - this.#near)) / x0;
      x0Adjoint = -this.byAlong * (dx / x0);
      this.byCt += (outputAdjoint * (1 - dx / x0) * this.#near) / (2 * ct);
      this.byTi = 0;
    }
    const mixing = 4 * alpha * this.#ti + 2 * beta * (1 - root);
    this.byTi -= (x0Adjoint * x0 * 4 * alpha) / mixing;
    this.byCt -= (x0Adjoint * x0 * (1 / (1 + root) + (2 * beta) / mixing)) / (2 * root);
    this.byTiOfDeflection = 0;
    this.byYaw = 0;
    if (deflectionAdjoint !== 0) this.#deflectionAt(dx, deflectionAdjoint);
  }

  /**
   * Returns the sideways shift of the wake's centre [m].
   * @param outputAdjoint derivative of the objective by the shift, which is carried on to distance, thrust, turbulence
   * and yaw
   */
  #deflectionAt(dx: number, outputAdjoint = 0): number {
    const { alpha, beta, ka, kb } = this.#model;
    const ct = this.#ct;
    const diameter = this.#diameter;
    // FLORIS inverts the sign of the yaw here.
    const angle = -this.#yaw;
    const cosYaw = cos(angle);
    const root = this.#root;
    const rootYaw = sqrt(1 - ct * cosYaw);
    const mixing = 4 * alpha * this.#tiOfDeflection + 2 * beta * (1 - root);
    const x0 = (diameter * cosYaw * (1 + rootYaw)) / (Math.SQRT2 * mixing);
    const skew = ((0.3 * angle) / cosYaw) * (1 - rootYaw);
    const slope = tan(skew);
    let skewAdjoint = outputAdjoint * dx * (1 + slope * slope);
    let rootAdjoint = 0;
    let rootYawAdjoint = 0;
    let cosAdjoint = 0;
    let shift = dx * slope;
    if (dx > x0) {
      const k = ka * this.#tiOfDeflection + kb;
      const c0 = 1 - root;
      // C0 (2 - C0) is the thrust coefficient again.
      const m0Root = sqrt(ct);
      const e0 = c0 * c0 - E0_LINEAR * c0 + E0_CONSTANT;
      const sigmaZ0 = diameter * 0.5 * sqrt((ct * cosYaw) / (2 * (1 - rootYaw) * (1 + root)));
      const sigmaY0 = sigmaZ0 * cosYaw;
      const sigmaY = k * (dx - x0) + sigmaY0;
      const sigmaZ = k * (dx - x0) + sigmaZ0;
      const middle = sqrt((sigmaY * sigmaZ) / (sigmaY0 * sigmaZ0));
      const over = 1.6 * middle - m0Root;
      const under = 1.6 * middle + m0Root;
      const length = sqrt(sigmaY0 * sigmaZ0) / (k * m0Root);
      const logarithm = log(((1.6 + m0Root) * over) / ((1.6 - m0Root) * under));
      const part = (e0 / 5.2) * length * logarithm;
      shift = slope * x0 + skew * part;
      if (outputAdjoint !== 0) {
        // By logarithms: those of the length and of the middle.
        const lengthAdjoint = outputAdjoint * skew * part;
        const logAdjoint = (outputAdjoint * skew * e0 * length) / 5.2;
        const middleAdjoint = logAdjoint * (1.6 / over - 1.6 / under) * middle;
        const ySpread = middleAdjoint / (2 * sigmaY);
        const zSpread = middleAdjoint / (2 * sigmaZ);
        const x0Adjoint = outputAdjoint * slope - k * (ySpread + zSpread);
        const y0Adjoint = ySpread + (lengthAdjoint - middleAdjoint) / (2 * sigmaY0);
        const z0Adjoint = zSpread + (lengthAdjoint - middleAdjoint) / (2 * sigmaZ0) + y0Adjoint * cosYaw;
        const m0RootAdjoint = logAdjoint * (1 / (1.6 + m0Root) - 1 / over + 1 / (1.6 - m0Root) - 1 / under);
        const kAdjoint = (ySpread + zSpread) * (dx - x0) - lengthAdjoint / k;
        const mixingAdjoint = (-x0Adjoint * x0) / mixing;
        skewAdjoint = outputAdjoint * (x0 * (1 + slope * slope) + part);
        cosAdjoint = y0Adjoint * sigmaZ0 + (x0Adjoint * x0) / cosYaw;
        rootYawAdjoint = (z0Adjoint * sigmaZ0 + 2 * x0Adjoint * x0) / (2 * (1 + rootYaw));
        rootAdjoint = (-z0Adjoint * sigmaZ0) / (2 * (1 + root)) - 2 * beta * mixingAdjoint;
        rootAdjoint -= (outputAdjoint * skew * length * logarithm * (2 * c0 - E0_LINEAR)) / 5.2;
        this.byAlong += k * (ySpread + zSpread);
        this.byTiOfDeflection = kAdjoint * ka + mixingAdjoint * 4 * alpha;
        this.byCt += (m0RootAdjoint - lengthAdjoint / m0Root) / (2 * m0Root);
      }
    } else this.byAlong += outputAdjoint * slope;
    if (outputAdjoint === 0) return shift;
    // The widths at the rotor use only roots: ct cos(yaw) is (1 - rootYaw)(1 + rootYaw).
    cosAdjoint -= (skewAdjoint * skew) / cosYaw;
    rootYawAdjoint -= (skewAdjoint * 0.3 * angle) / cosYaw;
    cosAdjoint -= (rootYawAdjoint * ct) / (2 * rootYaw);
    this.byCt -= (rootYawAdjoint * cosYaw) / (2 * rootYaw) + rootAdjoint / (2 * root);
    this.byYaw = cosAdjoint * Math.sin(angle) - (skewAdjoint * 0.3 * (1 - rootYaw)) / cosYaw;
    return shift;
  }
}
