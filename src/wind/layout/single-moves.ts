/** The energy of a farm after a move of one turbine, from the pairs of this turbine only. */
import { type Axis, axesOf } from '../energy/constant-thrust-energy.ts';
import { type EnergyByLoss, energyByLoss, thinned } from '../energy/energy-by-loss.ts';
import type { EnergyInput } from '../energy/energy.ts';
import { inDirections, isEven, type WindRose } from '../resource/wind-rose.ts';
import { ownCount } from '../turbine/farm.ts';
import { powerKw } from '../turbine/turbine.ts';
import { SIDE_BY_SIDE_M } from '../wakes/wake-state.ts';
import { additivePower, type PairLosses, pairLosses } from './pair-losses.ts';

const { abs, sqrt } = Math;

/** Directions that are enough to compare layouts; more reproduce the energy of case study 4 to 0.004 %. */
const ENOUGH_DIRECTIONS = 72;

/** Error of a power curve that is small enough to compare layouts, as a share of the highest power */
const CURVE_ERROR = 1e-4;

/** Tells whether the energy of a farm is that of its pairs, or near it. */
export function hasPairs(energy: EnergyInput): boolean {
  const { farm, model, resourceGrid, speedups, curtailment, exportLimit } = energy;
  return (
    farm.turbines.length === 1 &&
    farm.xM.length > 1 &&
    additivePower(model) !== null &&
    resourceGrid === undefined &&
    curtailment === undefined &&
    exportLimit === undefined &&
    speedups === undefined
  );
}

/** What the turbines of a farm take from each other, pair by pair. */
export interface PairEnergy {
  readonly turbines: number;
  readonly own: number;
  readonly axes: readonly Axis[];
  readonly directions: number;
  readonly energyOf: EnergyByLoss;
  readonly losses: PairLosses;
  /** Whether losses add up in squares */
  readonly isSquared: boolean;
}

/** @param farthestM largest distance of two turbines [m] */
export function pairEnergyOf(input: EnergyInput, farthestM: number): PairEnergy {
  const { farm, model, hubFactors } = input;
  const rose = coarse(input.rose);
  const [turbine] = farm.turbines;
  // Towers of one kind see one factor a sector; their mean is near enough.
  const factor = hubFactors ? hubFactors.reduce((sum, row) => sum + row[0], 0) / hubFactors.length : 1;
  const speedsMPerS = rose.speedsMPerS.map((u) => u * factor);
  const directions = rose.directionsDeg.length;
  const losses = pairLosses({
    model,
    turbine,
    ti: typeof input.ti === 'number' ? input.ti : mean(input.ti),
    speedsMPerS,
    at: mostSensitive(rose, speedsMPerS, (u) => powerKw(turbine, u)),
    farthestM,
  });
  const energyOf = energyByLoss({
    curve: thinned(turbine.curve, CURVE_ERROR),
    speedsMPerS,
    probability: rose.probability,
    directions,
    ratios: losses.ratios,
  });
  return {
    turbines: farm.xM.length,
    own: ownCount(farm),
    axes: axesOf(rose.directionsDeg),
    directions,
    energyOf,
    losses,
    isSquared: additivePower(model) === 2,
  };
}

/**
 * A farm whose turbines lose the sum of what the others take from them, each as if no other stood upwind of it: in
 * case study 1's model this is so, in others it is near enough to compare layouts.
 */
export class SingleMoves {
  readonly turbines: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly #own: number;
  readonly #axes: readonly Axis[];
  readonly #energyOf: EnergyByLoss;
  readonly #losses: PairLosses;
  readonly #isSquared: boolean;
  /** By [axis * n + turbine] [m] */
  readonly #along: Float64Array;
  readonly #across: Float64Array;
  /** What a turbine loses from another, by [axis][turbine][other]; below 0: what the other loses from it */
  readonly #pairs: Float32Array;
  /** By [direction * n + turbine] */
  readonly #lost: Float64Array;
  readonly #energies: Float64Array;
  readonly #row: Float32Array;
  readonly #newAlong: Float64Array;
  readonly #newAcross: Float64Array;
  readonly #changed: Int32Array;
  readonly #changedLost: Float64Array;
  readonly #changedEnergy: Float64Array;
  #changes = 0;
  #moved = 0;
  #newX = 0;
  #newY = 0;
  /** Energy of the layout [kWh a year] */
  energy = 0;

  /** @param farthestM largest distance of two turbines [m] */
  constructor(input: EnergyInput, farthestM: number) {
    const {
      turbines: n,
      own,
      axes: axesOfRose,
      directions,
      energyOf,
      losses,
      isSquared,
    } = pairEnergyOf(input, farthestM);
    this.turbines = n;
    this.#own = own;
    this.#isSquared = isSquared;
    this.#losses = losses;
    this.#energyOf = energyOf;
    this.#axes = axesOfRose;
    const axes = this.#axes.length;
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    this.#along = new Float64Array(axes * n);
    this.#across = new Float64Array(axes * n);
    this.#pairs = new Float32Array(axes * n * n);
    this.#lost = new Float64Array(directions * n);
    this.#energies = new Float64Array(directions * n);
    this.#row = new Float32Array(axes * n);
    this.#newAlong = new Float64Array(axes);
    this.#newAcross = new Float64Array(axes);
    this.#changed = new Int32Array(directions * n);
    this.#changedLost = new Float64Array(directions * n);
    this.#changedEnergy = new Float64Array(directions * n);
  }

  /** Puts all turbines somewhere [m]. */
  place(x: ArrayLike<number>, y: ArrayLike<number>): void {
    const n = this.turbines;
    this.x.set(x);
    this.y.set(y);
    this.#lost.fill(0);
    const pairs = this.#pairs;
    const lost = this.#lost;
    this.#axes.forEach(({ sine, cosine, direction, opposite }, a) => {
      const at = a * n;
      for (let i = 0; i < n; i++) {
        this.#along[at + i] = -(x[i] * sine + y[i] * cosine);
        this.#across[at + i] = x[i] * cosine - y[i] * sine;
      }
      for (let i = 1; i < n; i++)
        for (let j = 0; j < i; j++) {
          const dx = this.#along[at + i] - this.#along[at + j];
          const distance = abs(dx);
          let loss = 0;
          if (distance > SIDE_BY_SIDE_M)
            loss = this.#losses.at(distance, abs(this.#across[at + i] - this.#across[at + j]));
          const signed = Math.fround(dx > 0 ? loss : -loss);
          pairs[(at + i) * n + j] = signed;
          pairs[(at + j) * n + i] = -signed;
          if (signed === 0) continue;
          const [down, up] = signed > 0 ? [i, j] : [j, i];
          lost[direction * n + down] += abs(signed);
          if (opposite >= 0) lost[opposite * n + up] += abs(signed);
        }
    });
    this.energy = 0;
    for (let d = 0; d * n < lost.length; d++)
      for (let i = 0; i < this.#own; i++) {
        const slot = d * n + i;
        this.#energies[slot] = this.#energyOf.at(d, this.#isSquared ? sqrt(lost[slot]) : lost[slot]);
        this.energy += this.#energies[slot];
      }
  }

  /** Returns the energy that the farm gains [kWh a year] if turbine `i` moves to `x`, `y` [m]; `accept` moves it. */
  gain(i: number, x: number, y: number): number {
    const n = this.turbines;
    const own = this.#own;
    const axes = this.#axes;
    const along = this.#along;
    const across = this.#across;
    const pairs = this.#pairs;
    const losses = this.#losses;
    const lost = this.#lost;
    const row = this.#row;
    let changes = 0;
    let gain = 0;
    for (let a = 0; a < axes.length; a++) {
      const { sine, cosine, direction, opposite } = axes[a];
      const alongI = -(x * sine + y * cosine);
      const acrossI = x * cosine - y * sine;
      this.#newAlong[a] = alongI;
      this.#newAcross[a] = acrossI;
      const at = a * n;
      const old = (at + i) * n;
      let mine = 0;
      let mineOpposite = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const dx = alongI - along[at + j];
        const dy = acrossI - across[at + j];
        const distance = dx > 0 ? dx : -dx;
        const loss = distance > SIDE_BY_SIDE_M ? losses.at(distance, dy > 0 ? dy : -dy) : 0;
        const before = pairs[old + j];
        if (loss === 0 && before === 0) {
          row[at + j] = 0;
          continue;
        }
        const signed = Math.fround(dx > 0 ? loss : -loss);
        row[at + j] = signed;
        // In the direction the other one loses where the value is below 0, in the opposite one where it is above.
        let forward = 0;
        let backward = 0;
        if (signed > 0) {
          mine += signed;
          backward += signed;
        } else {
          mineOpposite -= signed;
          forward -= signed;
        }
        if (before > 0) backward -= before;
        else forward += before;
        if (j >= own) continue;
        if (forward !== 0) {
          const slot = direction * n + j;
          const sum = lost[slot] + forward;
          const energy = this.#energyAt(direction, sum);
          gain += energy - this.#energies[slot];
          this.#changed[changes] = slot;
          this.#changedLost[changes] = sum;
          this.#changedEnergy[changes++] = energy;
        }
        if (backward !== 0 && opposite >= 0) {
          const slot = opposite * n + j;
          const sum = lost[slot] + backward;
          const energy = this.#energyAt(opposite, sum);
          gain += energy - this.#energies[slot];
          this.#changed[changes] = slot;
          this.#changedLost[changes] = sum;
          this.#changedEnergy[changes++] = energy;
        }
      }
      row[at + i] = 0;
      const slot = direction * n + i;
      const energy = this.#energyAt(direction, mine);
      gain += energy - this.#energies[slot];
      this.#changed[changes] = slot;
      this.#changedLost[changes] = mine;
      this.#changedEnergy[changes++] = energy;
      if (opposite >= 0) {
        const slotOpposite = opposite * n + i;
        const energyOpposite = this.#energyAt(opposite, mineOpposite);
        gain += energyOpposite - this.#energies[slotOpposite];
        this.#changed[changes] = slotOpposite;
        this.#changedLost[changes] = mineOpposite;
        this.#changedEnergy[changes++] = energyOpposite;
      }
    }
    this.#changes = changes;
    this.#moved = i;
    this.#newX = x;
    this.#newY = y;
    return gain;
  }

  #energyAt(direction: number, sum: number): number {
    return this.#energyOf.at(direction, this.#isSquared ? (sum > 0 ? sqrt(sum) : 0) : sum);
  }

  /** Makes the move of the last `gain`. */
  accept(): void {
    const n = this.turbines;
    const i = this.#moved;
    const pairs = this.#pairs;
    const row = this.#row;
    for (let k = 0; k < this.#changes; k++) {
      const slot = this.#changed[k];
      this.energy += this.#changedEnergy[k] - this.#energies[slot];
      this.#lost[slot] = this.#changedLost[k];
      this.#energies[slot] = this.#changedEnergy[k];
    }
    for (let a = 0; a < this.#axes.length; a++) {
      const at = a * n;
      this.#along[at + i] = this.#newAlong[a];
      this.#across[at + i] = this.#newAcross[a];
      const own = (at + i) * n;
      for (let j = 0; j < n; j++) {
        const value = row[at + j];
        if (pairs[own + j] === value) continue;
        pairs[own + j] = value;
        pairs[(at + j) * n + i] = -value;
      }
    }
    this.x[i] = this.#newX;
    this.y[i] = this.#newY;
  }
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Returns a rose with no more directions than are enough, if its own divide the circle equally. */
function coarse(rose: WindRose): WindRose {
  const isFine = rose.directionsDeg.length > ENOUGH_DIRECTIONS && isEven(rose.directionsDeg);
  return isFine ? inDirections(rose, 360 / ENOUGH_DIRECTIONS, 'nearest') : rose;
}

/** Returns the index of the speed at which a loss of wind costs most energy. */
function mostSensitive(
  { directionsDeg, probability }: WindRose,
  speedsMPerS: ArrayLike<number>,
  power: (speed: number) => number,
): number {
  const cases = speedsMPerS.length;
  let best = 0;
  let most = -1;
  for (let s = 0; s < cases; s++) {
    let weight = 0;
    for (let d = 0; d < directionsDeg.length; d++) weight += probability[d * cases + s];
    const cost = weight * (power(speedsMPerS[s]) - power(0.9 * speedsMPerS[s]));
    if (cost > most) {
      most = cost;
      best = s;
    }
  }
  return best;
}
