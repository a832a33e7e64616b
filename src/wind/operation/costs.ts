/** What the rules of a farm take: energy by turbine, of all rules together, of each one in order, and of only one. */
import type { Curtailment, Scene } from './rules.ts';
import { keyOf, Operations } from './rules.ts';

/** Sums by [rule * turbines + turbine]; `all` by turbine. Energies in kWh, negative where a turbine gains */
export interface CurtailmentSums {
  /** With no rule less with all of them */
  readonly all: Float64Array;
  /** With the rules before less with this one too */
  readonly inOrder: Float64Array;
  /** With no rule less with this one only */
  readonly single: Float64Array;
  /** Hours in which the rule acts on the turbine, whether or not others act too */
  readonly hours: Float64Array;
}

export const noCosts = (rules: number, turbines: number): CurtailmentSums => ({
  all: new Float64Array(turbines),
  inOrder: new Float64Array(rules * turbines),
  single: new Float64Array(rules * turbines),
  hours: new Float64Array(rules * turbines),
});

export class CurtailmentCosts {
  readonly operations: Operations;
  readonly #rules: number;
  readonly #turbines: number;

  constructor(curtailment: Curtailment, turbines: number) {
    this.#rules = curtailment.rules.length;
    this.#turbines = turbines;
    this.operations = new Operations(curtailment);
  }

  /**
   * Adds the scenes of a direction or step.
   * @param weights hours of each case
   * @param share weights by [turbine * cases + case]; left out: 1
   * @param solve returns the powers [kW] by [turbine * cases + case] of an operation; they stay as they are
   * @returns the powers with all rules, by scene
   */
  add(
    sums: CurtailmentSums,
    scenes: readonly Scene[],
    weights: ArrayLike<number>,
    share: ArrayLike<number> | undefined,
    solve: (operation: Uint8Array | null) => Float64Array,
  ): Float64Array[] {
    const known = new Map<string, Float64Array>();
    const powersOf = (operation: Uint8Array | null): Float64Array => {
      const key = operation ? keyOf(operation) : '';
      const solved = known.get(key) ?? solve(operation);
      known.set(key, solved);
      return solved;
    };
    const free = powersOf(null);
    return scenes.map((scene) => {
      const hours = (s: number, at: number) => weights[s] * scene.share[s] * (share ? share[at] : 1);
      let before = free;
      for (let r = 0; r < this.#rules; r++) {
        const on = scene.acts[r];
        if (!on.includes(1)) continue;
        const after = powersOf(
          this.operations.of(
            scene,
            Array.from({ length: r + 1 }, (_, k) => k),
          ),
        );
        this.#add(sums.inOrder, r, before, after, hours);
        this.#add(sums.single, r, free, powersOf(this.operations.of(scene, [r])), hours);
        this.#add(sums.hours, r, on, null, hours);
        before = after;
      }
      this.#add(sums.all, 0, free, before, hours);
      return before;
    });
  }

  #add(
    sums: Float64Array,
    rule: number,
    more: ArrayLike<number>,
    less: ArrayLike<number> | null,
    hours: (s: number, at: number) => number,
  ): void {
    const cases = more.length / this.#turbines;
    for (let i = 0; i < this.#turbines; i++)
      for (let s = 0; s < cases; s++) {
        const at = i * cases + s;
        const difference = more[at] - (less ? less[at] : 0);
        if (difference !== 0) sums[rule * this.#turbines + i] += hours(s, at) * difference;
      }
  }
}
