/** Net energy of a farm as a function of its coordinates: what a layout search asks for, as quick as the model allows. */
import { SpanningTree } from './cable.ts';
import { requireRange, windError } from './check.ts';
import type { EnergyInput } from './energy.ts';
import { checkEnergyInput, EnergyModel, HOURS_PER_YEAR } from './energy.ts';
import type { Farm } from './farm.ts';
import { expNegative } from './fast-exp.ts';
import type { CubicCurve } from './turbine.ts';
import { GAUSSIAN_REACH } from './wake-kernels.ts';
import type { GaussianDeficit } from './wake-models.ts';
import { hasGradient } from './wake-models.ts';

const { abs, sqrt } = Math;

export interface LayoutObjective {
  readonly turbines: number;
  /** Net energy [kWh a year] */
  value(x: ArrayLike<number>, y: ArrayLike<number>): number;
  /** Net energy [kWh a year]; overwrites its gradient [kWh/m] */
  valueAndGradient(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    gradientX: Float64Array,
    gradientY: Float64Array,
  ): number;
}

/** Cables in the objective: costs are relative, so that no price is needed. */
export interface CableTerms {
  /** Cost of a metre of cable over the cost of the farm without cables [1/m] */
  readonly costShare: number;
  /** Cost of a turbine of each kind over that same cost; left out: the farm's turbines cost 1 together, whatever they are */
  readonly kindCosts?: readonly number[];
  /** Places of substations [m] */
  readonly substations?: readonly (readonly [xM: number, yM: number])[];
}

/**
 * What a layout is judged by: energy, or with cables energy over relative cost; energy over the area that the farm takes
 * [kWh/km2], which is the convex hull of the turbines grown by a margin; or the shortness of its cables [1/Gm].
 */
export type LayoutGoal = 'energy' | 'energy_per_area' | 'cable_length';

export interface LayoutGoalTerms {
  /** Default energy */
  readonly goal?: LayoutGoal;
  /** With goal energy: cost of cables; with cable_length: the substations */
  readonly cables?: CableTerms;
  /** With goal energy_per_area: ground around the outermost turbines [m] */
  readonly marginM?: number;
}

/** The quickest exact objective for a farm. */
export function layoutObjective(input: EnergyInput, terms: LayoutGoalTerms = {}): LayoutObjective {
  const { goal = 'energy', cables, marginM = 0 } = terms;
  const turbines = input.farm.xM.length;
  if (goal === 'cable_length') {
    const tree = new SpanningTree(turbines, cables?.substations);
    if (turbines + (cables?.substations?.length ?? 0) < 2)
      throw windError('goal cable_length has one place; expected at least two to join', '/objective');
    return new Ratio(null, { value: (x, y, byX, byY) => tree.length(x, y, byX, byY) }, turbines);
  }
  const energy = ConstantThrustEnergy.fits(input)
    ? new ConstantThrustEnergy(input)
    : hasGradient(input.model)
      ? new GeneralEnergy(input)
      : new ValueOnlyEnergy(input);
  if (goal === 'energy_per_area') {
    requireRange('margin_m', marginM, 1, 1e5);
    return new Ratio(energy, { value: (x, y, byX, byY) => hullAreaKm2(x, y, marginM, byX, byY) }, turbines);
  }
  return cables ? new Ratio(energy, relativeCost(input.farm, cables), turbines) : energy;
}

/** A quantity of the layout's shape; overwrites its gradient if given. */
interface Measure {
  value(x: ArrayLike<number>, y: ArrayLike<number>, gradientX?: Float64Array, gradientY?: Float64Array): number;
}

/** 1 + c L: the cost of farm and cables over that of the farm; with costs by kind their sum in place of 1. */
function relativeCost({ xM, kind }: Farm, { costShare, substations, kindCosts }: CableTerms): Measure {
  requireRange('cables.cost_share', costShare, 0, 1);
  const turbines = xM.length;
  const base = kindCosts ? Array.from(xM).reduce<number>((sum, _, i) => sum + kindCosts[kind?.[i] ?? 0], 0) : 1;
  const tree = new SpanningTree(turbines, substations);
  return {
    value(x, y, gradientX, gradientY) {
      const cost = base + costShare * tree.length(x, y, gradientX, gradientY);
      for (let i = 0; gradientX && gradientY && i < turbines; i++) {
        gradientX[i] *= costShare;
        gradientY[i] *= costShare;
      }
      return cost;
    },
  };
}

/** Scale of goals without energy, so that they have an energy's size. */
const WITHOUT_ENERGY = 1e9;

/**
 * Energy over a measure, E/M. With M = 1 + c L it is largest where the levelised cost of energy is least, for costs by the
 * year that are those of farm and cables times one factor.
 */
class Ratio implements LayoutObjective {
  readonly turbines: number;
  readonly #energy: LayoutObjective | null;
  readonly #measure: Measure;
  readonly #gradientX: Float64Array;
  readonly #gradientY: Float64Array;

  constructor(energy: LayoutObjective | null, measure: Measure, turbines: number) {
    this.turbines = turbines;
    this.#energy = energy;
    this.#measure = measure;
    this.#gradientX = new Float64Array(turbines);
    this.#gradientY = new Float64Array(turbines);
  }

  value(x: ArrayLike<number>, y: ArrayLike<number>): number {
    return (this.#energy ? this.#energy.value(x, y) : WITHOUT_ENERGY) / this.#measure.value(x, y);
  }

  valueAndGradient(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    gradientX: Float64Array,
    gradientY: Float64Array,
  ): number {
    const measure = this.#measure.value(x, y, this.#gradientX, this.#gradientY);
    let energy = WITHOUT_ENERGY;
    if (this.#energy) energy = this.#energy.valueAndGradient(x, y, gradientX, gradientY);
    else {
      gradientX.fill(0);
      gradientY.fill(0);
    }
    const value = energy / measure;
    for (let i = 0; i < this.turbines; i++) {
      gradientX[i] = (gradientX[i] - value * this.#gradientX[i]) / measure;
      gradientY[i] = (gradientY[i] - value * this.#gradientY[i]) / measure;
    }
    return value;
  }
}

/**
 * Area of the convex hull of places, grown by a margin [km2]: A + P r + pi r^2 (Steiner's formula); overwrites its
 * gradient [km2/m] if given. The hull is Andrew's monotone chain, doi:10.1016/0020-0190(79)90072-3.
 */
export function hullAreaKm2(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  marginM: number,
  gradientX?: Float64Array,
  gradientY?: Float64Array,
): number {
  const order = Array.from({ length: x.length }, (_, i) => i).sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const half = (places: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const p of places) {
      while (chain.length > 1) {
        const [a, b] = [chain[chain.length - 2], chain[chain.length - 1]];
        if ((x[b] - x[a]) * (y[p] - y[a]) - (y[b] - y[a]) * (x[p] - x[a]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(order), ...half(order.reverse())];
  gradientX?.fill(0);
  gradientY?.fill(0);
  let area = 0;
  let perimeter = 0;
  hull.forEach((p, k) => {
    const next = hull[(k + 1) % hull.length];
    const before = hull[(k + hull.length - 1) % hull.length];
    const edge = Math.hypot(x[next] - x[p], y[next] - y[p]);
    area += 0.5 * ((x[p] - x[hull[0]]) * (y[next] - y[hull[0]]) - (x[next] - x[hull[0]]) * (y[p] - y[hull[0]]));
    perimeter += edge;
    if (!gradientX || !gradientY) return;
    gradientX[p] += 0.5e-6 * (y[next] - y[before]);
    gradientY[p] += 0.5e-6 * (x[before] - x[next]);
    if (edge === 0) return;
    const ux = (1e-6 * marginM * (x[next] - x[p])) / edge;
    const uy = (1e-6 * marginM * (y[next] - y[p])) / edge;
    gradientX[p] -= ux;
    gradientX[next] += ux;
    gradientY[p] -= uy;
    gradientY[next] += uy;
  });
  return 1e-6 * (area + perimeter * marginM + Math.PI * marginM * marginM);
}

/** Energies of models without gradients. */
class ValueOnlyEnergy implements LayoutObjective {
  readonly turbines: number;
  readonly #energy: EnergyModel;

  constructor(input: EnergyInput) {
    this.#energy = new EnergyModel(input);
    this.turbines = this.#energy.turbines;
  }

  value(x: ArrayLike<number>, y: ArrayLike<number>): number {
    this.#energy.move(x, y);
    return this.#energy.net();
  }

  valueAndGradient(): number {
    throw windError(`wake model ${this.#energy.input.model.name} has no analytic gradient`);
  }
}

/** Any wake model, by the general solver. */
class GeneralEnergy implements LayoutObjective {
  readonly turbines: number;
  readonly #energy: EnergyModel;

  constructor(input: EnergyInput) {
    this.#energy = new EnergyModel(input);
    this.turbines = this.#energy.turbines;
  }

  value(x: ArrayLike<number>, y: ArrayLike<number>): number {
    this.#energy.move(x, y);
    return this.#energy.net();
  }

  valueAndGradient(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    gradientX: Float64Array,
    gradientY: Float64Array,
  ): number {
    this.#energy.move(x, y);
    gradientX.fill(0);
    gradientY.fill(0);
    return this.#energy.netWithGradient({ x: gradientX, y: gradientY });
  }
}

/** One or two opposite directions of the rose: a pair of turbines shields the same share in both, one the other. */
interface Axis {
  readonly sine: number;
  readonly cosine: number;
  /** Hours a year by speed, of the direction and of its opposite */
  readonly hours: Float64Array;
  readonly oppositeHours: Float64Array;
}

const SIDE_BY_SIDE_M = 1e-6;

/**
 * Farms of one turbine whose thrust is the same at every speed, with Gaussian wakes of constant growth added in squares:
 * IEA Wind Task 37's case. Wakes do not depend on each other, so pairs need no order and both ends of an axis share them.
 */
export class ConstantThrustEnergy implements LayoutObjective {
  readonly turbines: number;
  readonly #curve: CubicCurve;
  readonly #speeds: Float64Array;
  readonly #axes: readonly Axis[];
  readonly #growth: number;
  readonly #start: number;
  readonly #load: number;
  readonly #along: Float64Array;
  readonly #across: Float64Array;
  /** Sums of squared shares that are lost, of the direction and of its opposite */
  readonly #lost: Float64Array;
  readonly #lostOpposite: Float64Array;
  readonly #bar: Float64Array;
  readonly #barOpposite: Float64Array;
  readonly #alongBar: Float64Array;
  readonly #acrossBar: Float64Array;
  readonly #pairs: Int32Array;
  readonly #byAlong: Float64Array;
  readonly #byAcross: Float64Array;
  readonly #slope: { value: number };

  static fits(input: EnergyInput): boolean {
    const { farm, model } = input;
    return (
      model.kind === 'pair' &&
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
    this.#speeds = rose.speedsMs;
    this.#growth = deficit.k.base;
    this.#start = (deficit.epsilon as { constant: number }).constant * diameter;
    this.#load = (this.#curve.ct * diameter * diameter) / 8;
    this.#axes = axesOf(rose.directionsDeg, rose.speedsMs.length, rose.probability);
    this.#along = new Float64Array(n);
    this.#across = new Float64Array(n);
    this.#lost = new Float64Array(n);
    this.#lostOpposite = new Float64Array(n);
    this.#bar = new Float64Array(n);
    this.#barOpposite = new Float64Array(n);
    this.#alongBar = new Float64Array(n);
    this.#acrossBar = new Float64Array(n);
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
    const alongBar = this.#alongBar;
    const acrossBar = this.#acrossBar;
    const bar = this.#bar;
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
        alongBar[i] = 0;
        acrossBar[i] = 0;
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
        bar[i] = root > 0 ? -slope.value / root : 0;
        const rootOpposite = sqrt(lostOpposite[i]);
        sum += this.#energyAndSlope(1 - rootOpposite, axis.oppositeHours, slope);
        barOpposite[i] = rootOpposite > 0 ? -slope.value / rootOpposite : 0;
      }
      for (let p = 0; p < active; p++) {
        const down = pairs[2 * p];
        const up = pairs[2 * p + 1];
        const weight = bar[down] + barOpposite[up];
        const a = weight * byAlong[p];
        const c = weight * byAcross[p];
        alongBar[down] += a;
        alongBar[up] -= a;
        acrossBar[down] += c;
        acrossBar[up] -= c;
      }
      for (let i = 0; i < n; i++) {
        gradientX[i] += acrossBar[i] * axis.cosine - alongBar[i] * axis.sine;
        gradientY[i] -= acrossBar[i] * axis.sine + alongBar[i] * axis.cosine;
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

  /** Energy [kWh] of a turbine that keeps a share of the free speed. */
  #energy(share: number, hours: Float64Array): number {
    const { cutInMs, ratedMs, cutOutMs, ratedKw } = this.#curve;
    const speeds = this.#speeds;
    let sum = 0;
    for (let s = 0; s < speeds.length; s++) {
      const u = speeds[s] * share;
      if (u <= cutInMs || u > cutOutMs) continue;
      const part = (u - cutInMs) / (ratedMs - cutInMs);
      sum += hours[s] * (u < ratedMs ? ratedKw * part * part * part : ratedKw);
    }
    return sum;
  }

  #energyAndSlope(share: number, hours: Float64Array, slope: { value: number }): number {
    const { cutInMs, ratedMs, cutOutMs, ratedKw } = this.#curve;
    const speeds = this.#speeds;
    const range = 1 / (ratedMs - cutInMs);
    let sum = 0;
    let bySpeed = 0;
    for (let s = 0; s < speeds.length; s++) {
      const u = speeds[s] * share;
      if (u <= cutInMs || u > cutOutMs) continue;
      if (u >= ratedMs) {
        sum += hours[s] * ratedKw;
        continue;
      }
      const part = (u - cutInMs) * range;
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
