/**
 * Entry point of a compute thread. An AppError is sent as its fields, because an error loses its class between threads.
 */
import { AppError } from '../contracts/common/app-error.ts';
import type { TaskName } from './tasks.ts';
import { TASKS } from './tasks.ts';

export interface ThreadCall {
  readonly task: TaskName;
  readonly input: unknown;
}
export type ThreadAnswer = { readonly busyMs: number } & (
  | { readonly result: unknown }
  | { readonly error: Pick<AppError, 'code' | 'message' | 'pointer' | 'fix' | 'details'> }
);

export default async function runTask({ task, input }: ThreadCall): Promise<ThreadAnswer> {
  const started = performance.now();
  try {
    const result = await (TASKS[task] as (value: unknown) => unknown)(input);
    return { result, busyMs: performance.now() - started };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, pointer, fix, details } = error;
    return { error: { code, message, pointer, fix, details }, busyMs: performance.now() - started };
  }
}
