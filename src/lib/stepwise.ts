/**
 * Long work in slices of time. Each slice leads from one state to the next, and any thread or machine can continue it.
 */
import type { Control } from './control.ts';
import type { Device, OpenDevice } from './device.ts';

/** Work that continues step by step from a state. A step must be short, because nothing interrupts it from outside. */
export interface Stepwise<State, Result> {
  readonly done: boolean;
  /** 0 to 1 */
  readonly progress: number;
  step(): void;
  /** Plain values and typed arrays, from which the work continues with the same bits */
  state(): State;
  /** Whether it left steps out because its time was over */
  readonly isTimeLimited?: boolean;
  /** The best result so far */
  result(): Result;
  /**
   * Encoded columns by name that were finished since the slice began. A job with such columns cannot continue from a
   * checkpoint; it starts again.
   */
  series?(): ReadonlyMap<string, Uint8Array>;
}

export interface SliceInput<Spec, State> {
  readonly spec: Spec;
  /** null at the beginning */
  readonly state: State | null;
  /** Time to work [ms]; a step that has begun is finished */
  readonly budgetMs: number;
  readonly control: Control;
  /** Share of the work's compute time that is used up, 0 to 1; left out: 0 */
  readonly timeShare?: number;
}

export interface Slice<State, Result> {
  readonly state: State;
  readonly progress: number;
  readonly done: boolean;
  readonly isTimeLimited: boolean;
  readonly result: Result;
  readonly series: ReadonlyMap<string, Uint8Array>;
  /** What it used of a device; absent: nothing */
  readonly device?: { readonly ms: number; readonly memoryBytes: number };
}

/** Tells whether the task must stop. */
export const isStopped = (control: Control): boolean => Atomics.load(control, 0) !== 0;

/** Returns a compute task that works for a slice of time. @param open continues the work from a state */
export const stepwiseTask =
  <Spec, State, Result>(
    open: (spec: Spec, state: State | null, control: Control, timeShare: number) => Stepwise<State, Result>,
  ) =>
  ({ spec, state, budgetMs, control, timeShare = 0 }: SliceInput<Spec, State>): Slice<State, Result> => {
    const work = open(spec, state, control, timeShare);
    const end = performance.now() + budgetMs;
    while (!work.done && !isStopped(control) && performance.now() < end) work.step();
    return sliceOf(work);
  };

const sliceOf = <State, Result>(work: Omit<Stepwise<State, Result>, 'step'>): Slice<State, Result> => ({
  state: work.state(),
  progress: work.progress,
  done: work.done,
  isTimeLimited: work.isTimeLimited ?? false,
  result: work.result(),
  series: work.series?.() ?? new Map(),
});

/** Work whose steps wait for a device. */
export interface DeviceStepwise<State, Result> extends Omit<Stepwise<State, Result>, 'step'> {
  step(): Promise<void>;
}

/** Returns a task as `stepwiseTask` does, whose steps run on the device that the thread opens. */
export const deviceTask =
  <Spec, State, Result>(
    open: (spec: Spec, state: State | null, device: Device, control: Control) => DeviceStepwise<State, Result>,
  ) =>
  async (
    { spec, state, budgetMs, control }: SliceInput<Spec, State>,
    openDevice: OpenDevice,
  ): Promise<Slice<State, Result>> => {
    const device = await openDevice();
    const work = open(spec, state, device, control);
    const before = device.busyMs;
    const end = performance.now() + budgetMs;
    while (!work.done && !isStopped(control) && performance.now() < end) await work.step();
    return { ...sliceOf(work), device: { ms: device.busyMs - before, memoryBytes: device.memoryBytes } };
  };

/** Returns a compute task of a single step, which one slice always finishes. */
export const singleStepTask =
  <Spec, Result>(run: (spec: Spec) => Result | Promise<Result>) =>
  async ({ spec }: SliceInput<Spec, null>): Promise<Slice<null, Result>> => ({
    state: null,
    progress: 1,
    done: true,
    isTimeLimited: false,
    result: await run(spec),
    series: new Map(),
  });
