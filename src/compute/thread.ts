/**
 * Entry point of a compute thread. An AppError is sent as its fields, because an error loses its class between threads.
 */
import { AppError } from '../contracts/common/app-error.ts';
import type { TaskName } from './tasks.ts';
import { TASKS } from './tasks.ts';

export interface ThreadCall {
  /** `ready`: the thread loads what it reads requests with; until it answers, nothing may end it. */
  readonly task: TaskName | 'ready';
  readonly input: unknown;
}
export type ThreadAnswer = { readonly busyMs: number } & (
  | { readonly result: unknown }
  | { readonly error: Pick<AppError, 'code' | 'message' | 'pointer' | 'fix' | 'details'> }
);

/** Characters of a message, which may quote what a file holds. */
const MAX_MESSAGE = 2_000;

export default async function runTask({ task, input }: ThreadCall): Promise<ThreadAnswer> {
  if (task === 'ready') {
    await import('../contracts/large-bodies.ts');
    return { result: null, busyMs: 0 };
  }
  const started = performance.now();
  try {
    const result = await (TASKS[task] as (value: unknown) => unknown)(input);
    return { result, busyMs: performance.now() - started };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, pointer, fix, details } = error;
    return {
      error: { code, message: message.slice(0, MAX_MESSAGE), pointer, fix, details },
      busyMs: performance.now() - started,
    };
  }
}
