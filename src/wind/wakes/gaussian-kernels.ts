/** Gaussian wakes, read at the rotor's centre or averaged over its disc; with a width that grows evenly or with turbulence. */
import { DeficitKernel, doubleInductionSlope, EDGE_WIDTHS } from './deficit-kernel.ts';
import { expNegative, log } from './fast-exp.ts';
import type { DiscMean } from './rotor-average.ts';
import {
  cellOffset,
  discMeanWithSlopes,
  gaussianDiscMean,
  gaussianDiscTable,
  TABLE_CELLS_PER_UNIT,
  TABLE_DISTANCE,
  TABLE_RADIUS,
} from './rotor-average.ts';
import type { GaussianDeficit, Induction, TurboGaussianDeficit } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';

const { max, min, sqrt } = Math;

/** What the Gaussians share: peak by thrust and width, and the shape across the wake. */
abstract class GaussianKernel extends DeficitKernel {
  readonly edgeFactor = EDGE_WIDTHS;
  readonly reachesRotor: boolean;
  /** 1/width */
  protected readonly inverse: Float64Array;
  readonly #centre: Float64Array;
  readonly #lateral: Float64Array;
  readonly #images: Float64Array;
  /** ct D^2 / 8 */
  readonly #load: Float64Array;
  protected readonly sourceCt: Float64Array;
  protected readonly epsilonWidth: Float64Array;
  protected diameter = 0;
  readonly #induction: Induction;
  readonly #isMadsen: boolean;
  readonly #isDisc: boolean;
  readonly #hasMirror: boolean;
  readonly #epsilon: GaussianDeficit['epsilon'];
  readonly #mean: DiscMean = { value: 0, byA: 0, byC: 0 };

  constructor(
    model: GaussianDeficit | TurboGaussianDeficit,
    cases: number,
    epsilon: GaussianDeficit['epsilon'],
    hasMirror: boolean,
  ) {
    super(cases, model.reference);
    this.#induction = model.induction;
    this.#isMadsen = model.induction === 'madsen';
    this.#isDisc = model.rotorAverage === 'disc';
    this.reachesRotor = this.#isDisc;
    this.#hasMirror = hasMirror;
    this.#epsilon = epsilon;
    this.inverse = new Float64Array(cases);
    this.#centre = new Float64Array(cases);
    this.#lateral = new Float64Array(cases);
    this.#images = new Float64Array(hasMirror ? cases : 0);
    this.#load = new Float64Array(cases);
    this.sourceCt = new Float64Array(cases);
    this.epsilonWidth = new Float64Array(cases);
  }

  setSource(state: WakeState, i: number): boolean {
    const { cases } = this;
    const diameter = state.diameter[i];
    this.source = i;
    this.diameter = diameter;
    let widest = 0;
    for (let s = 0; s < cases; s++) {
      const ct = state.ct[i * cases + s];
      const isOn = ct > 0;
      this.sourceCt[s] = ct;
      this.#load[s] = isOn ? (ct * diameter * diameter) / 8 : 0;
      this.epsilonWidth[s] = diameter * this.epsilonOf(ct);
      if (isOn && this.epsilonWidth[s] > widest) widest = this.epsilonWidth[s];
    }
    const steepest = this.setExpansion(state, i);
    this.reachBase = this.reachWidths * widest;
    this.reachSlope = this.reachWidths * steepest;
    this.edgeBase = EDGE_WIDTHS * widest;
    this.edgeSlope = EDGE_WIDTHS * steepest;
    return widest > 0;
  }

  protected epsilonOf(ct: number): number {
    const epsilon = this.#epsilon;
    if ('constant' in epsilon) return epsilon.constant;
    const s = sqrt(1 - min(max(ct, 0), epsilon.ctLimit));
    return epsilon.factor * sqrt((0.5 * (1 + s)) / s);
  }

  protected epsilonSlope(ct: number): number {
    const epsilon = this.#epsilon;
    if ('constant' in epsilon || ct >= epsilon.ctLimit) return 0;
    const s = sqrt(1 - ct);
    return (epsilon.factor * 0.125) / (s * s * s * sqrt((0.5 * (1 + s)) / s));
  }

  /** Prepares the width's growth. @returns the largest growth by distance in any case [-] */
  protected abstract setExpansion(state: WakeState, i: number): number;

  /** Writes `width` and `inverse` for a distance along the wind [m]. */
  protected abstract widths(along: number): void;

  evaluate(state: WakeState, j: number, along: number, across: number): boolean {
    const { cases, deficits } = this;
    const load = this.#load;
    const centre = this.#centre;
    const lateral = this.#lateral;
    const inverse = this.inverse;
    this.widths(along);
    const height = state.hubHeight[j] - state.hubHeight[this.source];
    const square = across * across + height * height;
    const u = this.referenceSpeeds(state);
    const at = this.referenceAt(j);
    if (this.#isDisc) this.#rotorMeans(state, j, sqrt(square), across, height);
    const half = 0.5 * square;
    const isCentre = !this.#isDisc;
    if (this.#isMadsen)
      for (let s = 0; s < cases; s++) {
        const squared = inverse[s] * inverse[s];
        const q = load[s] * squared;
        const peak = min(q * (0.492 + q * (0.1172 + q * 0.1766)), 1);
        const shape = isCentre ? expNegative(half * squared) : lateral[s];
        centre[s] = peak;
        lateral[s] = shape;
        deficits[s] = u[at + s] * peak * shape;
      }
    else
      for (let s = 0; s < cases; s++) {
        const squared = inverse[s] * inverse[s];
        const peak = 1 - sqrt(max(1 - load[s] * squared, 0));
        const shape = isCentre ? expNegative(half * squared) : lateral[s];
        centre[s] = peak;
        lateral[s] = shape;
        deficits[s] = u[at + s] * peak * shape;
      }
    return true;
  }

  /** Returns the means of the wake over the target's rotor; the mirrored wake adds in squares. */
  #rotorMeans(state: WakeState, j: number, distance: number, across: number, height: number): void {
    const lateral = this.#lateral;
    const radius = 0.5 * state.diameter[j];
    this.#discMeans(lateral, radius, distance);
    if (!this.#hasMirror) return;
    const images = this.#images;
    this.#discMeans(images, radius, mirroredDistance(across, height, state.hubHeight[this.source]));
    for (let s = 0; s < lateral.length; s++) lateral[s] = sqrt(lateral[s] * lateral[s] + images[s] * images[s]);
  }

  /** Computes means over a disc at `distance` from the axis by the table, into `means`; 0 beyond the reach. */
  #discMeans(means: Float64Array, radius: number, distance: number): void {
    const inverses = this.inverse;
    for (let s = 0; s < means.length; s++)
      means[s] = discMeanAt(radius * inverses[s], distance * inverses[s], this.reachWidths);
  }

  adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    deficitAdjoint: Float64Array,
    radiusAdjoint: Float64Array | null,
  ): void {
    const { cases, ctAdjoint, uAdjoint } = this;
    const lateral = this.#lateral;
    const centre = this.#centre;
    const height = state.hubHeight[j] - state.hubHeight[this.source];
    const square = across * across + height * height;
    const u = this.referenceSpeeds(state);
    const at = this.referenceAt(j);
    const radius = 0.5 * state.diameter[j];
    const { diameter } = this;
    this.byAlong = 0;
    let byAcross = 0;
    for (let s = 0; s < cases; s++) {
      const load = this.#load[s];
      if (load === 0) continue;
      const inverse = this.inverse[s];
      const uBarred = u[at + s] * deficitAdjoint[s];
      const q = load * inverse * inverse;
      const slope = centre[s] < 1 ? doubleInductionSlope(this.#induction, q) : 0;
      // By sigma: through the peak, whose q falls with sigma squared, and through the shape.
      let sigmaAdjoint = -2 * uBarred * lateral[s] * slope * q * inverse;
      if (this.#isDisc) {
        const weight = uBarred * centre[s];
        const distance = sqrt(square);
        byAcross += this.#discAdjoint(weight, lateral[s], radius, distance, across, inverse);
        if (this.#hasMirror) {
          sigmaAdjoint += this.#sigmaPart;
          const mirrored = mirroredDistance(across, height, state.hubHeight[this.source]);
          byAcross += this.#discAdjoint(weight, lateral[s], radius, mirrored, across, inverse);
        }
        sigmaAdjoint += this.#sigmaPart;
      } else {
        const weight = uBarred * centre[s] * lateral[s] * inverse * inverse;
        sigmaAdjoint += weight * square * inverse;
        byAcross -= weight * across;
      }
      if (radiusAdjoint) sigmaAdjoint += this.edgeFactor * radiusAdjoint[s];
      ctAdjoint[s] += uBarred * lateral[s] * slope * diameter * diameter * 0.125 * inverse * inverse;
      uAdjoint[s] += deficitAdjoint[s] * centre[s] * lateral[s];
      if (sigmaAdjoint !== 0) this.widthAdjoint(s, along, sigmaAdjoint);
    }
    this.byAcross = byAcross;
  }

  #sigmaPart = 0;

  /** One wake's or its mirror image's share in the derivatives; leaves the one by sigma in #sigmaPart. */
  #discAdjoint(
    weight: number,
    total: number,
    radius: number,
    distance: number,
    across: number,
    inverse: number,
  ): number {
    const a = radius * inverse;
    const c = distance * inverse;
    this.#sigmaPart = 0;
    // As in #discMeans: nothing is left there.
    if (c >= this.reachWidths + a) return 0;
    const { value, byA, byC } = discMeanWithSlopes(a, c, this.#mean);
    if (value <= 0) return 0;
    // The mirror adds in squares: d total = mean/total d mean. Without one, total is the mean.
    const share = this.#hasMirror ? (weight * value) / total : weight;
    this.#sigmaPart = -share * (byA * a + byC * c) * inverse;
    return distance > 0 ? share * byC * inverse * (across / distance) : 0;
  }

  /** Carries a derivative by a case's width on to distance, thrust and turbulence: adds to byAlong, ctAdjoint, tiAdjoint. */
  protected abstract widthAdjoint(s: number, along: number, sigmaAdjoint: number): void;
}

/**
 * Returns the mean over a disc of radius a at a distance c from the axis, by the table within its range; 0 beyond
 * `reach`. Lengths are in widths of the wake.
 */
export function discMeanAt(a: number, c: number, reach: number): number {
  if (c >= reach + a) return 0;
  if (!(a < TABLE_RADIUS && c < TABLE_DISTANCE)) return gaussianDiscMean(a, c);
  const pa = a * TABLE_CELLS_PER_UNIT;
  const ia = pa | 0;
  return max(0, readCell(gaussianDiscTable(), ia, pa - ia, c * TABLE_CELLS_PER_UNIT));
}

/** Returns the distance from a rotor to the axis of the wake that the ground mirrors [m]. */
const mirroredDistance = (across: number, height: number, sourceHub: number): number =>
  sqrt(across * across + (height + 2 * sourceHub) ** 2);

/** Evaluates the polynomial of a table cell at `p` inside row `ia`; `pc` is the distance in cells. */
function readCell(k: Float64Array, ia: number, p: number, pc: number): number {
  const ic = pc | 0;
  const v = pc - ic;
  const o = cellOffset(ia, ic);
  return (
    k[o] +
    p * (k[o + 1] + p * (k[o + 2] + p * k[o + 3])) +
    v *
      (k[o + 4] +
        p * (k[o + 5] + p * (k[o + 6] + p * k[o + 7])) +
        v *
          (k[o + 8] +
            p * (k[o + 9] + p * (k[o + 10] + p * k[o + 11])) +
            v * (k[o + 12] + p * (k[o + 13] + p * (k[o + 14] + p * k[o + 15])))))
  );
}

export class LinearGaussianKernel extends GaussianKernel {
  readonly #k: Float64Array;
  readonly #model: GaussianDeficit;

  constructor(model: GaussianDeficit, cases: number) {
    super(model, cases, model.epsilon, false);
    this.#model = model;
    this.#k = new Float64Array(cases);
  }

  protected setExpansion(state: WakeState, i: number): number {
    const { slope, base } = this.#model.k;
    let steepest = 0;
    for (let s = 0; s < this.cases; s++) {
      this.#k[s] = base + slope * state.ti[i * this.cases + s];
      if (this.#k[s] > steepest) steepest = this.#k[s];
    }
    return steepest;
  }

  protected widths(along: number): void {
    const { cases, width, inverse, epsilonWidth } = this;
    const k = this.#k;
    for (let s = 0; s < cases; s++) {
      const w = k[s] * along + epsilonWidth[s];
      width[s] = w;
      inverse[s] = 1 / w;
    }
  }

  protected widthAdjoint(s: number, along: number, sigmaAdjoint: number): void {
    this.byAlong += sigmaAdjoint * this.#k[s];
    this.ctAdjoint[s] += sigmaAdjoint * this.diameter * this.epsilonSlope(this.sourceCt[s]);
    this.tiAdjoint[s] += sigmaAdjoint * along * this.#model.k.slope;
  }
}

export class TurboGaussianKernel extends GaussianKernel {
  readonly #model: TurboGaussianDeficit;
  readonly #alpha: Float64Array;
  readonly #beta: Float64Array;
  /** A TI0 D / beta */
  readonly #scale: Float64Array;
  /** The primitive of Frandsen's turbulence at the rotor */
  readonly #start: Float64Array;

  constructor(model: TurboGaussianDeficit, cases: number) {
    super(model, cases, model.epsilon, model.mirror);
    this.#model = model;
    this.#alpha = new Float64Array(cases);
    this.#beta = new Float64Array(cases);
    this.#scale = new Float64Array(cases);
    this.#start = new Float64Array(cases);
  }

  protected setExpansion(state: WakeState, i: number): number {
    const { a, cTi } = this.#model;
    let steepest = 0;
    for (let s = 0; s < this.cases; s++) {
      const ti0 = state.tiAmbient[i * this.cases + s];
      const ct = this.sourceCt[s];
      const alpha = cTi[0] * ti0;
      this.#alpha[s] = alpha;
      this.#beta[s] = ct > 0 ? (cTi[1] * ti0) / sqrt(ct) : 0;
      this.#scale[s] = ct > 0 ? (a * ti0 * this.diameter) / this.#beta[s] : 0;
      this.#start[s] = growth(alpha);
      steepest = max(steepest, (a * ti0 * sqrt(alpha * alpha + 1)) / alpha);
    }
    return steepest;
  }

  protected widths(along: number): void {
    const { cases, width, inverse, epsilonWidth } = this;
    const alpha = this.#alpha;
    const beta = this.#beta;
    const scale = this.#scale;
    const start = this.#start;
    const distance = along / this.diameter;
    for (let s = 0; s < cases; s++) {
      const w = scale[s] * (growth(alpha[s] + beta[s] * distance) - start[s]) + epsilonWidth[s];
      width[s] = w;
      inverse[s] = 1 / w;
    }
  }

  protected widthAdjoint(s: number, along: number, sigmaAdjoint: number): void {
    const ct = this.sourceCt[s];
    const distance = along / this.diameter;
    const x = this.#alpha[s] + this.#beta[s] * distance;
    const slope = sqrt(x * x + 1) / x;
    const expansion = this.width[s] - this.epsilonWidth[s];
    this.byAlong += (sigmaAdjoint * this.#scale[s] * this.#beta[s] * slope) / this.diameter;
    // beta falls with the root of ct, and the scale with beta.
    const byBeta = -expansion / this.#beta[s] + this.#scale[s] * slope * distance;
    this.ctAdjoint[s] += sigmaAdjoint * (this.diameter * this.epsilonSlope(ct) - (byBeta * this.#beta[s]) / (2 * ct));
  }
}

/** Returns the antiderivative of sqrt(x^2 + 1)/x. */
function growth(x: number): number {
  const root = sqrt(x * x + 1);
  return root - log((root + 1) / x);
}
