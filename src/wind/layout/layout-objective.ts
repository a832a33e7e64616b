/** Net energy of a farm as a function of its coordinates, computed as fast as the model allows, for layout searches. */
import { SpanningTree } from './cable.ts';
import { guard, windError } from '../check.ts';
import { ConstantThrustEnergy } from '../energy/constant-thrust-energy.ts';
import type { EnergyInput } from '../energy/energy.ts';
import { EnergyModel } from '../energy/energy.ts';
import { type Farm, ownCount } from '../turbine/farm.ts';
import { hullAreaKm2 } from './hull-area.ts';

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
  /** Cost of a metre of cable divided by the cost of the farm without cables [1/m] */
  readonly costShare: number;
  /**
   * Cost of a turbine of each type divided by the cost of the farm without cables [1]; if absent, all turbines together
   * cost 1
   */
  readonly kindCosts?: readonly number[];
  /** Places of substations [m] */
  readonly substations?: readonly (readonly [xM: number, yM: number])[];
}

/**
 * The goal of a layout: energy, or with cables energy divided by relative cost; energy divided by the area of the farm
 * [kWh/km2], which is the convex hull of the turbines enlarged by a margin; or the inverse length of its cables [1/Gm].
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

/** Returns the fastest exact objective for a farm. */
export function layoutObjective(input: EnergyInput, terms: LayoutGoalTerms = {}): LayoutObjective {
  const measure = measureOf(input.farm, terms);
  const energy = terms.goal === 'cable_length' ? null : energyOf(input);
  return energy && !measure ? energy : new Ratio(energy, measure!, input.farm.xM.length);
}

/** Returns the objective of a farm whose energy is known. */
export function goalOfEnergy({ farm }: Pick<EnergyInput, 'farm'>, terms: LayoutGoalTerms = {}, netKwh: number): number {
  const measure = measureOf(farm, terms);
  return (terms.goal === 'cable_length' ? WITHOUT_ENERGY : netKwh) / (measure?.value(farm.xM, farm.yM) ?? 1);
}

/** Returns what the energy is divided by; null: nothing. */
function measureOf(farm: Farm, { goal = 'energy', cables, marginM = 0 }: LayoutGoalTerms): Measure | null {
  const own = ownCount(farm);
  if (goal === 'cable_length') {
    const tree = new SpanningTree(own, cables?.substations);
    if (own + (cables?.substations?.length ?? 0) < 2)
      throw windError('goal cable_length has one place; expected at least two to join', '/objective');
    return ofOwn(own, { value: (x, y, byX, byY) => tree.length(x, y, byX, byY) });
  }
  if (goal === 'energy_per_area') {
    guard.requirePositive('marginM', marginM);
    return ofOwn(own, { value: (x, y, byX, byY) => hullAreaKm2(x, y, marginM, byX, byY) });
  }
  return cables ? ofOwn(own, relativeCost(farm, cables)) : null;
}

function energyOf(input: EnergyInput): LayoutObjective {
  const fit = ConstantThrustEnergy.fit(input);
  if (fit === 'exact') return new ConstantThrustEnergy(input);
  const general = new GeneralEnergy(input);
  if (fit === null) return general;
  // What leads a search may be near; what it compares and returns is exact.
  const near = new ConstantThrustEnergy(input);
  return {
    turbines: general.turbines,
    value: (x, y) => general.value(x, y),
    valueAndGradient: (x, y, gradientX, gradientY) => near.valueAndGradient(x, y, gradientX, gradientY),
  };
}

/** A quantity of the layout's shape; overwrites its gradient if given. */
interface Measure {
  value(x: ArrayLike<number>, y: ArrayLike<number>, gradientX?: Float64Array, gradientY?: Float64Array): number;
}

/** Returns the measure of the own turbines, which come first. */
const ofOwn = (own: number, measure: Measure): Measure => ({
  value(x, y, gradientX, gradientY) {
    if (x.length === own) return measure.value(x, y, gradientX, gradientY);
    gradientX?.fill(0, own);
    gradientY?.fill(0, own);
    const part = (values: ArrayLike<number>) => Float64Array.from(values).subarray(0, own);
    return measure.value(part(x), part(y), gradientX?.subarray(0, own), gradientY?.subarray(0, own));
  },
});

/** Returns 1 + c L: the cost of farm and cables divided by that of the farm; with costs by kind their sum replaces the 1. */
function relativeCost(farm: Farm, { costShare, substations, kindCosts }: CableTerms): Measure {
  const { xM, kind } = farm;
  guard.requireNotNegative('cables.costShare', costShare);
  const turbines = ownCount(farm);
  const base = kindCosts
    ? Array.from(xM)
        .slice(0, turbines)
        .reduce<number>((sum, _, i) => sum + kindCosts[kind?.[i] ?? 0], 0)
    : 1;
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

/** Scale of goals without energy, which gives them the size of an energy. */
const WITHOUT_ENERGY = 1e9;

/**
 * Energy over a measure, E/M. With M = 1 + c L its maximum is the minimum of the levelised cost of energy, if the
 * yearly costs are those of farm and cables times one factor.
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
