/** The wind at each turbine of a farm by direction: its speeds divided by the rose's, and their frequency. */
import type { Gradient } from '../wakes/flow-solver.ts';
import type { SpeedupGrid, Speedups } from './resource-grid.ts';
import { bilinear } from './resource-grid.ts';
import { digamma, logGamma } from '../../statistics/special.ts';
import type { WindRose } from './wind-rose.ts';
import { sectorOf } from './sectors.ts';

const { exp, log, max } = Math;

/** Gradients need the grid that the speed-ups were read from. */
export interface GriddedPlaces {
  readonly grid: SpeedupGrid;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Speed at the hub of each turbine divided by that at the grid's height, by [sector][turbine]; if absent, 1 */
  readonly hub?: (sector: number, turbine: number) => number;
}

/**
 * With Weibull distributions in rose and speed-ups each turbine has its own A and k: its speed is the rose's times the
 * ratio of mean speeds, and the bins, stretched by that ratio, have the probability of its own distribution. Otherwise
 * speeds are multiplied and the shape stays that of the rose, as in PyWake's WaspGridSite.
 */
export class SiteWind {
  readonly #rose: WindRose;
  readonly #speedsMPerS: Float64Array;
  readonly #n: number;
  #speedups: Speedups | undefined;
  #key = Number.NaN;
  /** Sector of the speed-ups; -1 without */
  sector = -1;
  /** By turbine: speed over the rose's; undefined without speed-ups */
  factors: ArrayLike<number> | undefined;
  /** By [turbine * speeds + speed]: frequency of the case at the turbine divided by that in the rose; null: the same */
  weights: Float64Array | null = null;
  /** By turbine: frequency of the sector at the turbine divided by that in the rose; undefined: the same */
  often: ArrayLike<number> | undefined;
  readonly #weights: Float64Array;
  readonly #own: Float64Array;
  /**
   * Probability of a bin with the turbine's shape divided by that with the rose's, and its derivative by the relative
   * shape
   */
  readonly #share: Float64Array;
  readonly #byShape: Float64Array;
  /** By turbine: derivative of the factor's logarithm by the relative shape */
  readonly #factorByShape: Float64Array;
  readonly #at = { value: 0, byX: 0, byY: 0 };

  /** @param speedsMPerS those of the rose's speeds that occur */
  constructor(rose: WindRose, speedsMPerS: Float64Array, turbines: number) {
    this.#rose = rose;
    this.#speedsMPerS = speedsMPerS;
    this.#n = turbines;
    const size = turbines * speedsMPerS.length;
    this.#weights = new Float64Array(size);
    this.#own = new Float64Array(turbines);
    this.#share = new Float64Array(size);
    this.#byShape = new Float64Array(size);
    this.#factorByShape = new Float64Array(turbines);
  }

  /** Sets the wind that the turbines get from now on. */
  set(speedups: Speedups | undefined): void {
    this.#speedups = speedups;
    this.#key = Number.NaN;
  }

  /**
   * Fills the public fields for a direction of the rose.
   * @returns a number that is equal for directions with the same wind
   */
  turn(direction: number): number {
    const speedups = this.#speedups;
    if (!speedups) return -1;
    const { weibull } = this.#rose;
    const degrees = this.#rose.directionsDeg[direction];
    const sector = sectorOf(degrees, speedups.factors.length);
    const reference = speedups.weibull && weibull ? sectorOf(degrees, weibull.sectors.length) : 0;
    const key = 1000 * sector + reference;
    if (key === this.#key) return key;
    this.#key = key;
    this.sector = sector;
    const frequency = speedups.frequency?.[sector];
    this.often = frequency;
    const hasShapes = speedups.weibull !== undefined && weibull !== undefined;
    if (hasShapes) this.#ownDistributions(reference);
    else this.factors = speedups.factors[sector];
    this.weights = hasShapes || frequency ? this.#weights : null;
    const cases = this.#speedsMPerS.length;
    for (let at = 0; this.weights && at < this.#weights.length; at++) {
      const often = frequency ? frequency[Math.floor(at / cases)] : 1;
      this.#weights[at] = often * (hasShapes ? this.#share[at] : 1);
    }
    return key;
  }

  /** Returns the factors, shares and their derivatives by A and k of each turbine. */
  #ownDistributions(reference: number): void {
    const { sectors, halfMPerS } = this.#rose.weibull!;
    const { scale, shape } = this.#speedups!.weibull!;
    const base = sectors[reference];
    const lnBase = logGamma(1 + 1 / base.shape);
    const meanMPerS = base.scaleMPerS * exp(lnBase);
    const cases = this.#speedsMPerS.length;
    const lows = this.#speedsMPerS.map((v) => log(max(0, v - halfMPerS) / meanMPerS));
    const highs = this.#speedsMPerS.map((v) => log((v + halfMPerS) / meanMPerS));
    const low = { left: 0, byShape: 0 };
    const high = { left: 0, byShape: 0 };
    const bins = lows.map(
      (logLow, s) =>
        leftOver(logLow, base.shape, lnBase, 0, low).left - leftOver(highs[s], base.shape, lnBase, 0, high).left,
    );
    for (let i = 0; i < this.#n; i++) {
      const k = base.shape * shape[this.sector][i];
      const ln = logGamma(1 + 1 / k);
      const lnByShape = -digamma(1 + 1 / k) / (k * k);
      this.#own[i] = scale[this.sector][i] * exp(ln - lnBase);
      this.#factorByShape[i] = base.shape * lnByShape;
      for (let s = 0; s < cases; s++) {
        leftOver(lows[s], k, ln, lnByShape, low);
        leftOver(highs[s], k, ln, lnByShape, high);
        // Bins so far out that nothing is left in them count as nothing.
        const inverse = bins[s] > 0 ? 1 / bins[s] : 0;
        this.#share[i * cases + s] = (low.left - high.left) * inverse;
        this.#byShape[i * cases + s] = (low.byShape - high.byShape) * inverse * base.shape;
      }
    }
    this.factors = this.#own;
  }

  /**
   * Adds derivatives by the turbines' coordinates for the direction that was set last.
   * @param speedupAdjoint derivative of the objective by each factor
   * @param energy by [turbine * speeds + speed], before `weights`
   */
  addGradient(
    { grid, x, y, hub }: GriddedPlaces,
    speedupAdjoint: Float64Array,
    energy: Float64Array,
    gradient: Gradient,
  ): void {
    const cases = this.#speedsMPerS.length;
    const sector = grid.factors.length === 1 ? 0 : this.sector;
    const hasShapes = grid.weibull !== undefined && this.#rose.weibull !== undefined;
    const at = this.#at;
    for (let i = 0; i < this.#n; i++) {
      const add = (values: Float64Array, adjointOfDeficit: (value: number) => number) => {
        const { value, byX, byY } = bilinear(grid, values, x[i], y[i], at);
        gradient.x[i] += adjointOfDeficit(value) * byX;
        gradient.y[i] += adjointOfDeficit(value) * byY;
      };
      const sum = (weights: Float64Array) => {
        let total = 0;
        for (let c = i * cases; c < (i + 1) * cases; c++) total += energy[c] * weights[c];
        return total;
      };
      const often = this.#speedups?.frequency?.[this.sector][i] ?? 1;
      if (hasShapes) {
        const adjointOfDeficit = speedupAdjoint[i] * this.#own[i];
        add(grid.weibull!.scale[sector], (value) => adjointOfDeficit / value);
        add(grid.weibull!.shape[sector], () => adjointOfDeficit * this.#factorByShape[i] + often * sum(this.#byShape));
      } else add(grid.factors[sector], () => speedupAdjoint[i] * (hub?.(this.sector, i) ?? 1));
      if (!grid.frequency) continue;
      let all = 0;
      if (hasShapes) all = sum(this.#share);
      else for (let c = i * cases; c < (i + 1) * cases; c++) all += energy[c];
      add(grid.frequency[sector], () => all);
    }
  }
}

/**
 * Returns the share of the time above a speed for a Weibull distribution of known mean, and its derivative by the shape.
 * @param logSpeed logarithm of speed over mean  @param ln that of gamma(1 + 1/shape), @param lnByShape its derivative
 */
function leftOver(
  logSpeed: number,
  shape: number,
  ln: number,
  lnByShape: number,
  out: { left: number; byShape: number },
): { left: number; byShape: number } {
  out.left = 1;
  out.byShape = 0;
  if (logSpeed === Number.NEGATIVE_INFINITY) return out;
  // (v/A)^k with A = mean/gamma(1 + 1/k)
  const power = exp(shape * (logSpeed + ln));
  out.left = exp(-power);
  out.byShape = -out.left * power * (logSpeed + ln + shape * lnByShape);
  return out;
}
