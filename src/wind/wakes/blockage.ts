/** Blockage: the slower wind in front of rotors. */
import { doubleInduction, doubleInductionSlope } from './deficit-kernel.ts';
import type { BlockageConstants } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';
import { SIDE_BY_SIDE_M } from './wake-state.ts';

const { abs, cosh, hypot, max, sqrt, tanh } = Math;

/** Share of `selfSimilarInduction` that is left at a place, and its derivatives by the distances along and off the axis [1/m]. */
export interface BlockageShape {
  value: number;
  byUpstream: number;
  byOffset: number;
}

/**
 * Returns the share of `selfSimilarInduction` that remains in front of a rotor; it only depends on the place: the
 * vortex cylinder's decay along the axis times the self-similar profile across it. Equations 5 to 7 and 13.
 * @param upstreamM distance in front of the rotor [m], above 0
 * @param offsetM distance from its axis [m]
 * @param out receives share and derivatives
 * @see Troldborg and Meyer Forsting 2017, doi:10.1002/we.2137
 */
export function selfSimilarShape(
  upstreamM: number,
  offsetM: number,
  rotorRadiusM: number,
  out: BlockageShape,
  { lambda, eta, alpha, beta }: BlockageConstants,
): BlockageShape {
  const x = -upstreamM / rotorRadiusM;
  const root = sqrt(1 + x * x);
  const halfRadius = sqrt(lambda * (eta + x * x));
  const radial = (beta * offsetM) / (rotorRadiusM * halfRadius);
  const profile = (1 / cosh(radial)) ** alpha;
  out.value = (1 + x / root) * profile;
  const byRadial = -alpha * tanh(radial) * out.value;
  out.byOffset = (byRadial * beta) / (rotorRadiusM * halfRadius);
  out.byUpstream = -(profile / root ** 3 - (byRadial * radial * lambda * x) / (halfRadius * halfRadius)) / rotorRadiusM;
  return out;
}

/**
 * Returns the share of the free speed that is lost at the rotor itself, by its thrust coefficient; Madsen's induction.
 * Equation 8.
 */
export const selfSimilarInduction = (ct: number, gamma: number): number => 0.5 * doubleInduction('madsen', gamma * ct);

/** Returns the derivative of `selfSimilarInduction` by ct. */
const selfSimilarInductionSlope = (ct: number, gamma: number): number =>
  0.5 * gamma * doubleInductionSlope('madsen', gamma * ct);

/** Derivatives by each place's coordinates and by the logarithm of its free speed. */
export interface PlaceAdjoints {
  readonly along: Float64Array;
  readonly across: Float64Array;
  readonly free: Float64Array;
}

/** The speed that the wind in front of rotors loses, in a farm that is solved in rounds; losses add up linearly. */
export class SelfSimilarBlockage {
  /** Loss of speed at each place and case [m/s] */
  readonly speeds: Float64Array;
  /** By [place * n + place further downwind], the shape of the latter's blockage at the former */
  readonly #shapes: Float64Array;
  /** Loss of speed that each rotor causes at itself [m/s] */
  readonly #lost: Float64Array;
  /** Sum over the rounds of a gradient of the derivatives by the effective speeds */
  readonly #speedAdjoint: Float64Array;
  readonly #shape = { value: 0, byUpstream: 0, byOffset: 0 };

  readonly #constants: BlockageConstants;

  constructor(n: number, cases: number, constants: BlockageConstants) {
    this.#constants = constants;
    this.speeds = new Float64Array(n * cases);
    this.#shapes = new Float64Array(n * n);
    this.#lost = new Float64Array(n * cases);
    this.#speedAdjoint = new Float64Array(n * cases);
  }

  /** Is called before the first round of a direction. */
  begin({ n, along, across, diameter, hubHeight }: WakeState): void {
    this.speeds.fill(0);
    for (let j = 0; j < n; j++)
      for (let i = j + 1; i < n; i++) {
        const upstream = along[i] - along[j];
        const offset = hypot(across[j] - across[i], hubHeight[j] - hubHeight[i]);
        const isInFront = upstream > SIDE_BY_SIDE_M;
        this.#shapes[j * n + i] = isInFront
          ? selfSimilarShape(upstream, offset, diameter[i] / 2, this.#shape, this.#constants).value
          : 0;
      }
  }

  /** Sets the speeds from the thrusts of the last round. @returns their largest change [m/s] */
  update({ n, cases, ct, uFree }: WakeState): number {
    const lost = this.#lost;
    for (let at = 0; at < n * cases; at++) lost[at] = selfSimilarInduction(ct[at], this.#constants.gamma) * uFree[at];
    let change = 0;
    for (let j = 0; j < n; j++)
      for (let s = 0; s < cases; s++) {
        let sum = 0;
        for (let i = j + 1; i < n; i++) sum += this.#shapes[j * n + i] * lost[i * cases + s];
        change = max(change, abs(sum - this.speeds[j * cases + s]));
        this.speeds[j * cases + s] = sum;
      }
    return change;
  }

  /** Is called before the first round of a gradient. */
  beginAdjoint(): void {
    this.#speedAdjoint.fill(0);
  }

  /** Returns the derivatives by the thrusts from those by the effective speeds; both by [place * cases + case]. */
  adjoint({ n, cases, ct, uFree }: WakeState, speedAdjoint: Float64Array, ctAdjoint: Float64Array): void {
    for (let i = 0; i < n; i++)
      for (let s = 0; s < cases; s++) {
        const at = i * cases + s;
        let sum = 0;
        for (let j = 0; j < i; j++) sum -= this.#shapes[j * n + i] * speedAdjoint[j * cases + s];
        ctAdjoint[at] = sum * selfSimilarInductionSlope(ct[at], this.#constants.gamma) * uFree[at];
        this.#speedAdjoint[at] += speedAdjoint[at];
      }
  }

  /** Is called after the last round of a gradient: adds the derivatives by places and free speeds. */
  endAdjoint({ n, cases, along, across, diameter, hubHeight }: WakeState, adjoints: PlaceAdjoints): void {
    const shape = this.#shape;
    for (let j = 0; j < n; j++)
      for (let i = j + 1; i < n; i++) {
        if (this.#shapes[j * n + i] === 0) continue;
        const cross = across[j] - across[i];
        const offset = hypot(cross, hubHeight[j] - hubHeight[i]);
        selfSimilarShape(along[i] - along[j], offset, diameter[i] / 2, shape, this.#constants);
        let shapeAdjoint = 0;
        for (let s = 0; s < cases; s++) shapeAdjoint -= this.#speedAdjoint[j * cases + s] * this.#lost[i * cases + s];
        adjoints.free[i] += shapeAdjoint * shape.value;
        adjoints.along[i] += shapeAdjoint * shape.byUpstream;
        adjoints.along[j] -= shapeAdjoint * shape.byUpstream;
        if (offset === 0) continue;
        const byCross = (shapeAdjoint * shape.byOffset * cross) / offset;
        adjoints.across[j] += byCross;
        adjoints.across[i] -= byCross;
      }
  }
}
