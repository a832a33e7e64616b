/**
 * The compute threads of an API process: they read what requests bring, and make what is too much for the event loop. Each
 * task has a limit of computing time, after which its thread ends and another one starts. Callers take turns, and one caller
 * never has all threads.
 */
import type { Piscina } from 'piscina';
import { AppError } from '../contracts/common/app-error.ts';
import { MAX_TEXT } from '../contracts/common/json-text.ts';
import { cutWithPauses, joinWithPauses } from './pieces.ts';
import { openThreads, type RunOptions, resultOf } from './pool.ts';
import type { TaskInput, TaskName, TaskResult } from './tasks.ts';
import type { ThreadAnswer, ThreadCall } from './thread.ts';
import { computeMsOf } from './thread-clock.ts';

export interface RequestPoolOptions {
  readonly threads: number;
  /** Time that one task may compute [ms]: what it waits for a processor does not count, where the system says it. */
  readonly limitMs: number;
  /** Time after which a task ends, whatever it waits for [ms] */
  readonly wallLimitMs: number;
  /** Tasks that may wait; the next one is refused. */
  readonly maxWaiting: number;
  /** Built modules that each thread imports at its start */
  readonly modules?: readonly string[];
}

/** A limit is looked at after so many milliseconds again, at least. */
const MIN_PAUSE_MS = 20;

type Options = Omit<RunOptions, 'onBusy'>;

interface Waiting {
  readonly call: ThreadCall;
  readonly options: Options;
  readonly settle: (outcome: Promise<ThreadAnswer>) => void;
}

/** One thread; each has a pool of its own, so that it is known which one is ready. */
interface Thread {
  readonly pool: Piscina<ThreadCall, ThreadAnswer>;
  /** For `computeMsOf` */
  name: string | null;
}

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
    this.#threads = Array.from({ length: options.threads }, () => ({ pool: openThreads(1), name: null }));
    for (const thread of this.#threads) this.#prepare(thread);
  }

  /**
   * Runs a task on a thread of its own, when it is the caller's turn.
   * @param caller organization that the request is for
   * @throws AppError that the task threw; `request.too_large` at the limits of time and memory, for an answer
   * `service.unavailable`; the latter too if too many tasks wait, or no processor was free for long
   */
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    options?: RunOptions,
  ): Promise<{ result: TaskResult<Name>; busyMs: number }> {
    return (await this.call({ task, input }, options)) as { result: TaskResult<Name>; busyMs: number };
  }

  /** Runs any call, as `run`. */
  async call(call: ThreadCall, options: Options = {}): Promise<{ result: unknown; busyMs: number }> {
    const { caller = '' } = options;
    const { outline, pieces } = await cutWithPauses(call.input);
    const cutCall = { task: call.task, input: outline, pieces };
    const waiting = [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0);
    if (waiting >= this.#options.maxWaiting)
      throw new AppError('service.unavailable', 'Too many requests wait for a thread', { retryAfterS: 5 });
    const answer = await new Promise<ThreadAnswer>((settle) => {
      const own = this.#waiting.get(caller) ?? [];
      this.#waiting.set(caller, [...own, { call: cutCall, options, settle }]);
      this.#startNext();
    });
    const { result, busyMs } = resultOf(answer);
    const ended = 'pieces' in answer ? await joinWithPauses({ outline: result, pieces: answer.pieces ?? [] }) : result;
    if (options.isAnswer) requireShort(ended);
    return { result: ended, busyMs };
  }

  async close(): Promise<void> {
    await this.#allStarted();
    await Promise.all(this.#threads.map((thread) => thread.pool.destroy()));
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
    const load = async (): Promise<void> => {
      const answer = await thread.pool.run({ task: 'load', input: this.#options.modules ?? [] });
      if ('result' in answer) thread.name = answer.result as string | null;
    };
    const starting = load().then(
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
      next.settle(this.#onThread(thread, next).finally(() => this.#leave(caller)));
    }
  }

  #leave(caller: string): void {
    const running = (this.#running.get(caller) ?? 1) - 1;
    if (running > 0) this.#running.set(caller, running);
    else this.#running.delete(caller);
    this.#startNext();
  }

  async #onThread(thread: Thread, { call, options: { isAnswer = false } }: Waiting): Promise<ThreadAnswer> {
    const limit = new AbortController();
    const watch = this.#watch(thread, limit);
    try {
      const answer = await thread.pool.run(call, { signal: limit.signal });
      this.#free.push(thread);
      return answer;
    } catch (cause) {
      this.#prepare(thread); // a new one runs in its place
      const refuse = isAnswer ? notMade : tooLarge;
      if (limit.signal.reason === BUSY) throw busy(cause);
      if (limit.signal.aborted) throw refuse(`takes more than ${this.#options.limitMs / 1000} s of computing`, cause);
      if ((cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw refuse('needs more memory than a request may use', cause);
      throw cause;
    } finally {
      watch.end();
    }
  }

  /** Aborts once the thread has computed for longer than the limit, or has waited for much longer. */
  #watch({ name }: Thread, limit: AbortController): { end(): void } {
    const { limitMs, wallLimitMs } = this.#options;
    const startedMs = performance.now();
    const computedMs = computeMsOf(name) ?? 0;
    const check = (): void => {
      // A thread that has ended has no more time.
      const leftMs = limitMs - ((computeMsOf(name) ?? Number.POSITIVE_INFINITY) - computedMs);
      if (leftMs <= 0) limit.abort();
      else if (performance.now() - startedMs > wallLimitMs) limit.abort(BUSY);
      else timer = setTimeout(check, Math.max(leftMs, MIN_PAUSE_MS));
    };
    let timer = setTimeout(check, limitMs);
    return { end: () => clearTimeout(timer) };
  }
}

/** @throws AppError `service.unavailable` for a text that is too long to be in memory as a whole */
function requireShort(result: unknown): void {
  if (typeof result === 'string' && result.length > MAX_TEXT)
    throw new AppError(
      'service.unavailable',
      `The answer has ${result.length} characters; expected at most ${MAX_TEXT}`,
    );
}

/** Why a task ended that had hardly computed */
const BUSY = 'no processor was free';

const tooLarge = (reason: string, cause: unknown): AppError =>
  new AppError('request.too_large', `What was sent ${reason}`, { cause, fix: 'Send less, or send it in parts.' });
const notMade = (reason: string, cause: unknown): AppError =>
  new AppError('service.unavailable', `The answer ${reason}`, { cause, retryAfterS: 5 });
const busy = (cause: unknown): AppError =>
  new AppError('service.unavailable', 'The machine was too busy for what was sent', { cause, retryAfterS: 5 });
