/** `WORKERS` API processes share one port. The primary process starts them, replaces those that die and sums their metrics. */
import type { Worker } from 'node:cluster';
import cluster from 'node:cluster';
import { AppError } from '../contracts/common/app-error.ts';
import { withTimeout } from '../lib/with-timeout.ts';
import { onStopSignal } from '../lib/stop-signal.ts';
import type { Logger } from '../adapters/observability/logger.ts';
import { AggregatorRegistry, register } from '../adapters/observability/metrics.ts';

/** Delay before a dead process is replaced, so that a process that cannot start does not restart in a tight loop [ms]. */
const REPLACE_AFTER_MS = 500;
const METRICS_LIMIT_MS = 2_000;

type Values = Awaited<ReturnType<typeof register.getMetricsAsJSON>>;
/** Messages between the primary and its processes; `id` links an answer to its question. */
type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'metrics.all' | 'metrics.own'; readonly id: number }
  | { readonly type: 'metrics.text'; readonly id: number; readonly text: string }
  | { readonly type: 'metrics.values'; readonly id: number; readonly values: Values };

/** Runs in the primary process until its processes have ended. */
export function runPrimary(processes: number, log: Logger): void {
  const metrics = new ClusterMetrics();
  let stopping = false;
  let started = false;
  const end = (signal: NodeJS.Signals): void => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };
  cluster.on('message', (worker, message: Message) => {
    if (message.type === 'ready') started = true;
    if (message.type === 'metrics.values') metrics.answered(message.id, message.values);
    if (message.type === 'metrics.all')
      void metrics.text().then((text) => {
        if (worker.isConnected()) worker.send({ type: 'metrics.text', id: message.id, text });
      });
  });
  cluster.on('exit', (worker, code, signal) => {
    metrics.retire(worker.id);
    if (stopping) return;
    const { pid } = worker.process;
    if (!started) {
      log.error(`API process ${pid} ended before it was ready (${signal ?? code})`);
      process.exitCode = 1;
      end('SIGTERM');
      return;
    }
    log.warning(`API process ${pid} ended (${signal ?? code}); starting a new one`);
    setTimeout(() => {
      if (!stopping) cluster.fork();
    }, REPLACE_AFTER_MS);
  });
  onStopSignal(end);
  for (let i = 0; i < processes; i++) cluster.fork();
}

/**
 * Sums metrics over the processes. The counts of an ended process stay in the sum: when a counter falls, Prometheus assumes a
 * restart and would count the remaining processes again.
 */
class ClusterMetrics {
  readonly #last = new Map<number, Values>();
  readonly #waiting = new Map<number, (values: Values) => void>();
  #retired: Promise<Values> = Promise.resolve([]);
  #question = 0;

  async text(): Promise<string> {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected());
    await Promise.all(workers.map((worker) => this.#ask(worker as Worker)));
    return AggregatorRegistry.aggregate([...this.#last.values(), await this.#retired]).metrics();
  }

  answered(id: number, values: Values): void {
    this.#waiting.get(id)?.(values);
  }

  retire(workerId: number): void {
    const last = this.#last.get(workerId);
    this.#last.delete(workerId);
    if (!last) return;
    const counted = last.filter(({ type }) => isCounted(String(type)));
    this.#retired = this.#retired.then((sum) => AggregatorRegistry.aggregate([sum, counted]).getMetricsAsJSON());
  }

  /** A process that does not answer in time counts with its last answer. */
  async #ask(worker: Worker): Promise<void> {
    const id = ++this.#question;
    const answer = new Promise<Values | undefined>((resolve) => this.#waiting.set(id, resolve));
    worker.send({ type: 'metrics.own', id } satisfies Message);
    const values = await withTimeout(METRICS_LIMIT_MS, answer, () => undefined);
    this.#waiting.delete(id);
    if (values && !worker.isDead()) this.#last.set(worker.id, values);
  }
}

const isCounted = (type: string): boolean => type === 'counter' || type === 'histogram';

/** Tells the primary process that this one serves requests. */
export const sayReady = (): void => void process.send?.({ type: 'ready' } satisfies Message);

/** Returns the metrics of all API processes, requested by one of them; with a single process, its own metrics. */
export function processMetrics(): () => Promise<string> {
  if (!cluster.isWorker) return () => register.metrics();
  const waiting = new Map<number, (text: string) => void>();
  let question = 0;
  const send = (message: Message): void => void process.send?.(message);
  process.on('message', (message: Message) => {
    if (message.type === 'metrics.text') waiting.get(message.id)?.(message.text);
    if (message.type === 'metrics.own')
      void register.getMetricsAsJSON().then((values) => send({ type: 'metrics.values', id: message.id, values }));
  });
  return async () => {
    const id = ++question;
    const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
    send({ type: 'metrics.all', id });
    try {
      return await withTimeout(
        2 * METRICS_LIMIT_MS,
        answer,
        () =>
          new AppError('service.unavailable', 'The metrics of the other API processes did not arrive', {
            retryAfterS: 15,
          }),
      );
    } finally {
      waiting.delete(id);
    }
  };
}
