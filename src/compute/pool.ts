/** The compute threads of a process: all queues share them. */
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { AppError } from '../contracts/common/app-error.ts';
import type { TaskInput, TaskName, TaskResult } from './tasks.ts';
import type { ThreadAnswer, ThreadCall } from './thread.ts';

export interface ComputePoolOptions {
  readonly threads: number;
  /** Threads are replaced after this many tasks each, on average. */
  readonly maxTasksPerThread: number;
}

// Threads run the build: a thread cannot load TypeScript.
const THREAD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/src/compute/thread.js' : './thread.js', import.meta.url),
);

/**
 * Maximum heap of a thread. V8 lets a heap grow before it collects garbage, and more so if its maximum is larger; the
 * default is up to 4 GB. With a maximum below 2 GB it collects earlier: threads that write reports stay 80 MB smaller,
 * and searches are as fast. The heap is large enough for the worst uploads (64 MiB of empty lists in JSON, 50 MB of
 * empty lines); typed arrays do not count.
 */
const HEAP = { maxOldGenerationSizeMb: 1536, maxYoungGenerationSizeMb: 8 };

/** What a caller of a pool may say; each pool uses what it needs. */
export interface RunOptions {
  readonly onBusy?: (busyMs: number) => void;
  /** Organization that the task is for */
  readonly caller?: string;
}

export const openThreads = (threads: number): Piscina<ThreadCall, ThreadAnswer> =>
  new Piscina({
    filename: THREAD,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: HEAP,
    atomics: 'disabled',
  });

/** @throws AppError that the task threw */
export function resultOf(answer: ThreadAnswer): { result: unknown; busyMs: number } {
  if ('error' in answer) throw new AppError(answer.error.code, answer.error.message, answer.error);
  return answer;
}

export class ComputePool {
  readonly #options: ComputePoolOptions;
  #pool: Piscina<ThreadCall, ThreadAnswer>;
  #tasks = 0;

  constructor(options: ComputePoolOptions) {
    this.#options = options;
    this.#pool = this.#open();
  }

  /**
   * Runs a task on a thread of its own.
   * @param options.onBusy receives the time that the thread worked [ms], even if the task throws
   * @returns its result and the same time
   * @throws AppError that the task threw
   */
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    { onBusy }: RunOptions = {},
  ): Promise<{ result: TaskResult<Name>; busyMs: number }> {
    if (++this.#tasks > this.#options.maxTasksPerThread * this.#options.threads) this.#renew();
    const answer = await this.#pool.run({ task, input });
    onBusy?.(answer.busyMs);
    return resultOf(answer) as { result: TaskResult<Name>; busyMs: number };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #open(): Piscina<ThreadCall, ThreadAnswer> {
    return openThreads(this.#options.threads);
  }

  #renew(): void {
    const old = this.#pool;
    this.#pool = this.#open();
    this.#tasks = 1;
    void old.close(); // lets what runs on it end
  }
}

/** Returns a control block for a task, shared with its thread. */
export const newControl = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));
