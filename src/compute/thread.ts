/**
 * Entry point of a compute thread. An AppError is sent as its fields, because an error loses its class between threads.
 */
import { AppError } from '../contracts/common/app-error.ts';
import type { Device, OpenDevice } from '../lib/device.ts';
import { cut, type InPieces, join } from './pieces.ts';
import type { TaskName } from './tasks.ts';
import { TASKS } from './tasks.ts';
import { threadComputeMs, threadName } from './thread-clock.ts';

export interface ThreadCall {
  /**
   * `load`: the thread imports the modules whose addresses are the input, and answers its name for `computeMsOf`; until
   * then, nothing may end it.
   */
  readonly task: TaskName | ModuleTask | 'load';
  readonly input: unknown;
  /** What belongs into the input, which is an outline then; the result is cut like it. */
  readonly pieces?: InPieces['pieces'];
}

/** A function of a module on a floor above this one, by the address of the built module. */
interface ModuleTask {
  readonly module: string;
  readonly name: string;
}
/** `busyMs`: what the thread computed, without waiting for a processor */
export type ThreadAnswer = { readonly busyMs: number } & (
  | {
      readonly result: unknown;
      /** What belongs into the result, which is an outline then */
      readonly pieces?: InPieces['pieces'];
    }
  | { readonly error: Pick<AppError, 'code' | 'message' | 'pointer' | 'fix' | 'details'> }
);

/** Characters of a message, which may quote what a file holds. */
const MAX_MESSAGE = 2_000;

let device: Promise<Device> | undefined;
/** Opens the thread's device, at the first task that uses one. */
const openDevice = (): Promise<Device> => {
  device ??= import('./gpu/device.ts').then(({ GpuDevice }) => GpuDevice.open());
  return device;
};

export default async function runTask({ task, input, pieces }: ThreadCall): Promise<ThreadAnswer> {
  if (task === 'load') {
    await Promise.all((input as readonly string[]).map((module) => import(module)));
    return { result: threadName(), busyMs: 0 };
  }
  const started = threadComputeMs();
  try {
    const work: unknown = typeof task === 'string' ? TASKS[task] : (await import(task.module))[task.name];
    const whole = pieces ? join({ outline: input, pieces }) : input;
    const result = await (work as (value: unknown, open: OpenDevice) => unknown)(whole, openDevice);
    const answer: Partial<InPieces> = pieces ? cut(result) : { outline: result };
    return { result: answer.outline, pieces: answer.pieces, busyMs: threadComputeMs() - started };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, pointer, fix, details } = error;
    return {
      error: { code, message: message.slice(0, MAX_MESSAGE), pointer, fix, details },
      busyMs: threadComputeMs() - started,
    };
  }
}
