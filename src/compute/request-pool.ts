/**
 * The compute threads of an API process: they read what requests bring. Each task has a time limit, after which its
 * thread ends and another one starts. Callers take turns, and one caller never has all threads.
 */
import type { Piscina } from 'piscina';
import { AppError } from '../contracts/common/app-error.ts';
import { openThreads, resultOf, type RunOptions } from './pool.ts';
import type { TaskInput, TaskName, TaskResult } from './tasks.ts';
import type { ThreadAnswer, ThreadCall } from './thread.ts';

export interface RequestPoolOptions {
  readonly threads: number;
  /** Time that one task may take on its thread [ms] */
  readonly limitMs: number;
  /** Tasks that may wait; the next one is refused. */
  readonly maxWaiting: number;
}

interface Waiting {
  readonly call: ThreadCall;
  readonly settle: (outcome: Promise<ThreadAnswer>) => void;
}

/** One thread; each has a pool of its own, so that it is known which one is ready. */
type Thread = Piscina<ThreadCall, ThreadAnswer>;

export class RequestPool {
  readonly #options: RequestPoolOptions;
  readonly #threads: readonly Thread[];
  /** Threads that have loaded their modules and have nothing to do */
  readonly #free: Thread[] = [];
  readonly #starting = new Set<Promise<void>>();
  /** By caller, in the order in which they get their turn */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();

  constructor(options: RequestPoolOptions) {
    this.#options = options;
    this.#threads = Array.from({ length: options.threads }, () => openThreads(1));
    for (const thread of this.#threads) this.#prepare(thread);
  }

  /**
   * Runs a task on a thread of its own, when it is the caller's turn.
   * @param caller organization that the request is for
   * @throws AppError that the task threw; `request.too_large` at the limits of time and memory; `service.unavailable` if too
   * many tasks wait
   */
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    { caller = '' }: RunOptions = {},
  ): Promise<{ result: TaskResult<Name>; busyMs: number }> {
    const waiting = [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0);
    if (waiting >= this.#options.maxWaiting)
      throw new AppError('service.unavailable', 'Too many files wait to be read', { retryAfterS: 5 });
    const answer = await new Promise<ThreadAnswer>((settle) => {
      const own = this.#waiting.get(caller) ?? [];
      this.#waiting.set(caller, [...own, { call: { task, input }, settle }]);
      this.#startNext();
    });
    return resultOf(answer) as { result: TaskResult<Name>; busyMs: number };
  }

  async close(): Promise<void> {
    await this.#allStarted();
    await Promise.all(this.#threads.map((thread) => thread.destroy()));
  }

  /**
   * Node aborts the whole process if a thread ends while it loads modules, so nothing ends one before it is
   * ready.
   */
  async #allStarted(): Promise<void> {
    while (this.#starting.size > 0) await Promise.all(this.#starting);
  }

  /** Makes a thread free once it is ready: its time limit begins after its start. */
  #prepare(thread: Thread): void {
    // A thread that cannot start says so to the request that it gets.
    const starting = thread.run({ task: 'ready', input: null }).then(
      () => this.#release(thread),
      () => this.#release(thread),
    );
    this.#starting.add(starting);
    void starting.finally(() => this.#starting.delete(starting));
  }

  #release(thread: Thread): void {
    this.#free.push(thread);
    this.#startNext();
  }

  /** Starts what may start now. A caller who got a turn waits behind the others. */
  #startNext(): void {
    const share = Math.max(1, this.#options.threads - 1);
    for (const [caller, [next, ...rest]] of [...this.#waiting]) {
      const running = this.#running.get(caller) ?? 0;
      if (running >= share) continue;
      const thread = this.#free.shift();
      if (!thread) return;
      this.#waiting.delete(caller);
      if (rest.length > 0) this.#waiting.set(caller, rest);
      this.#running.set(caller, running + 1);
      next.settle(this.#onThread(thread, next.call).finally(() => this.#leave(caller)));
    }
  }

  #leave(caller: string): void {
    const running = (this.#running.get(caller) ?? 1) - 1;
    if (running > 0) this.#running.set(caller, running);
    else this.#running.delete(caller);
    this.#startNext();
  }

  async #onThread(thread: Thread, call: ThreadCall): Promise<ThreadAnswer> {
    const { limitMs } = this.#options;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    try {
      const answer = await thread.run(call, { signal: limit.signal });
      this.#free.push(thread);
      return answer;
    } catch (cause) {
      this.#prepare(thread); // a new one runs in its place
      if (limit.signal.aborted) throw tooLarge(`takes more than ${limitMs / 1000} s to read`, cause);
      if ((cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw tooLarge('needs more memory to be read than a request may use', cause);
      throw cause;
    } finally {
      clearTimeout(timer);
    }
  }
}

const tooLarge = (reason: string, cause: unknown): AppError =>
  new AppError('request.too_large', `What was sent ${reason}`, { cause, fix: 'Send less, or send it in parts.' });
