/** The compute threads of a process: all queues share them. */
import { existsSync } from 'node:fs';
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

/**
 * Returns the address of a built module beside another one: a thread cannot load TypeScript.
 * @param path without its extension
 */
export function builtModule(beside: string, path: string): string {
  const { href } = new URL(`${path}.js`, beside);
  return beside.endsWith('.ts') ? href.replace(/\/src\/(?!.*\/src\/)/, '/dist/src/') : href;
}
const THREAD = fileURLToPath(builtModule(import.meta.url, './thread'));

/**
 * Maximum heap of a thread. V8 lets a heap grow before it collects garbage, and more so if its maximum is larger; the
 * default is up to 4 GB. With a maximum below 2 GB it collects earlier: threads that write reports stay 80 MB smaller,
 * and searches are as fast. The heap is large enough for the worst uploads (6 million lines, 10 million values of
 * JSON); typed arrays do not count.
 */
const HEAP = { maxOldGenerationSizeMb: 1536, maxYoungGenerationSizeMb: 8 };

/** What a caller of a pool may say; each pool uses what it needs. */
export interface RunOptions {
  readonly onBusy?: (busyMs: number) => void;
  /** Organization that the task is for */
  readonly caller?: string;
  /** The task makes an answer of what is stored: it is no fault of the request if a limit ends it. */
  readonly isAnswer?: boolean;
}

export function openThreads(threads: number): Piscina<ThreadCall, ThreadAnswer> {
  // Without it, threads would fail and start again for ever.
  if (!existsSync(THREAD)) throw new Error(`${THREAD} is missing; build it first: node scripts/build.mjs`);
  return new Piscina({
    filename: THREAD,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: HEAP,
    atomics: 'disabled',
  });
}

/** Returns when each thread has loaded its modules: then it sends its first message. */
const loadedThreads = ({ threads }: Piscina): Promise<unknown> =>
  Promise.all(threads.map((thread) => new Promise((done) => thread.once('message', done).once('exit', done))));

/** @throws AppError that the task threw */
export function resultOf(answer: ThreadAnswer): { result: unknown; busyMs: number } {
  if ('error' in answer) throw new AppError(answer.error.code, answer.error.message, answer.error);
  return answer;
}

/** Threads that were started together */
interface Generation {
  readonly pool: Piscina<ThreadCall, ThreadAnswer>;
  /** Node aborts the whole process if a thread ends while it loads modules. */
  readonly loaded: Promise<unknown>;
  /** Tasks that run or wait on these threads */
  nOpen: number;
}

export class ComputePool {
  readonly #options: ComputePoolOptions;
  /** The newest, and older ones whose tasks have not ended */
  readonly #generations = new Set<Generation>();
  #newest: Generation;
  #tasks = 0;

  constructor(options: ComputePoolOptions) {
    this.#options = options;
    this.#newest = this.#open();
  }

  /**
   * Runs a task on a thread of its own.
   * @param options.onBusy receives the time that the thread computed [ms], even if the task throws
   * @returns its result and the same time
   * @throws AppError that the task threw
   */
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    options?: RunOptions,
  ): Promise<{ result: TaskResult<Name>; busyMs: number }> {
    return (await this.call({ task, input }, options)) as { result: TaskResult<Name>; busyMs: number };
  }

  /** Runs any call, as `run`. */
  async call(call: ThreadCall, { onBusy }: RunOptions = {}): Promise<{ result: unknown; busyMs: number }> {
    if (++this.#tasks > this.#options.maxTasksPerThread * this.#options.threads) await this.#renew();
    const threads = this.#newest;
    threads.nOpen++;
    try {
      const answer = await threads.pool.run(call);
      onBusy?.(answer.busyMs);
      return resultOf(answer);
    } finally {
      threads.nOpen--;
      if (threads !== this.#newest) await this.#endIfIdle(threads);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#generations].map((threads) => this.#end(threads)));
  }

  #open(): Generation {
    const pool = openThreads(this.#options.threads);
    const threads = { pool, loaded: loadedThreads(pool), nOpen: 0 };
    this.#generations.add(threads);
    return threads;
  }

  /** Piscina's own `close` ends tasks that run longer than 30 s, and some that run while others end. */
  async #renew(): Promise<void> {
    const old = this.#newest;
    this.#newest = this.#open();
    this.#tasks = 1;
    await this.#endIfIdle(old);
  }

  async #endIfIdle(threads: Generation): Promise<void> {
    if (threads.nOpen === 0 && this.#generations.has(threads)) await this.#end(threads);
  }

  async #end(threads: Generation): Promise<void> {
    this.#generations.delete(threads);
    await threads.loaded;
    await threads.pool.destroy();
  }
}

/** Returns a control block for a task, shared with its thread. */
export const newControl = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/**
 * Returns what runs the functions of a module of a higher floor in threads, by their names. The threads import the
 * module, the caller does not.
 */
export const moduleTasks =
  <Module extends { readonly [Name in keyof Module]: (input: never) => unknown }>(module: string) =>
  async <Name extends keyof Module & string>(
    threads: Pick<ComputePool, 'call'>,
    name: Name,
    input: Parameters<Module[Name]>[0],
    options?: RunOptions,
  ): Promise<Awaited<ReturnType<Module[Name]>>> => {
    const { result } = await threads.call({ task: { module, name }, input }, options);
    return result as Awaited<ReturnType<Module[Name]>>;
  };
