/** Counts the hours in which a generator runs: each hour is a draw of its own. */
import { type Stepwise, stepwiseTask } from '../lib/stepwise.ts';
import { Random } from '../statistics/random.ts';

export interface ToyCountSpec {
  readonly hours: number;
  /** Probability that the generator runs in an hour [1] */
  readonly availability: number;
  readonly seed: number;
}

export interface ToyCountState {
  /** Hours drawn so far */
  readonly hours: number;
  readonly running: number;
  readonly random: readonly number[];
}
export type ToyCountFound = Pick<ToyCountState, 'hours' | 'running'>;

/** Hours of a step: some milliseconds */
const STEP_HOURS = 100_000;

class ToyCount implements Stepwise<ToyCountState, ToyCountFound> {
  readonly #spec: ToyCountSpec;
  readonly #random: Random;
  #hours: number;
  #running: number;

  constructor(spec: ToyCountSpec, state: ToyCountState | null) {
    this.#spec = spec;
    this.#random = state ? Random.fromState(state.random) : Random.fromSeed(spec.seed);
    this.#hours = state?.hours ?? 0;
    this.#running = state?.running ?? 0;
  }

  get done(): boolean {
    return this.#hours >= this.#spec.hours;
  }

  get progress(): number {
    return this.#hours / this.#spec.hours;
  }

  step(): void {
    const { hours, availability } = this.#spec;
    const end = Math.min(hours, this.#hours + STEP_HOURS);
    for (; this.#hours < end; this.#hours++) if (this.#random.uniform() < availability) this.#running++;
  }

  state(): ToyCountState {
    return { ...this.result(), random: this.#random.state() };
  }

  result(): ToyCountFound {
    return { hours: this.#hours, running: this.#running };
  }
}

export const TOY_TASKS = {
  toyCount: stepwiseTask((spec: ToyCountSpec, state: ToyCountState | null) => new ToyCount(spec, state)),
} as const;
