/**
 * The tasks of compute threads. Inputs and results are plain values and typed arrays, because they are sent between
 * threads.
 */
import type { Slice, SliceInput } from '../lib/stepwise.ts';
import * as rooms from './rooms.ts';

type Rooms = typeof rooms;
type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type Tasks = Both<Rooms[keyof Rooms]>;

export const TASKS: Tasks = Object.assign({}, ...Object.values(rooms));
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

/** The tasks that work slice by slice. */
export type SliceTask = {
  [Name in TaskName]: TaskResult<Name> extends Slice<unknown, unknown> ? Name : never;
}[TaskName];
export type SpecOf<Name extends SliceTask> = TaskInput<Name>['spec'];
export type StateOf<Name extends SliceTask> = TaskResult<Name>['state'];
export type SliceResultOf<Name extends SliceTask> = TaskResult<Name>['result'];
/** What the slice loop passes to every task. */
export type AnySliceInput = SliceInput<SpecOf<SliceTask>, StateOf<SliceTask>>;
