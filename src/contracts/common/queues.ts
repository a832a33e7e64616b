/**
 * The limits of the task queues; jobs/kinds.ts lists the queues. Only this file states timeouts, retries, concurrency
 * and shutdown grace. Durations are milliseconds.
 */
export interface QueuePolicy {
  /** Upper limit of one attempt; the hard limit (TASK_TIME_LIMIT) ends it earlier. */
  readonly startToCloseTimeoutMs: number;
  /** A worker that sends no heartbeat for this long counts as lost, and the activity continues on another worker. */
  readonly heartbeatTimeoutMs: number;
  readonly initialRetryIntervalMs: number;
  /** 'configured': WORKER_CONCURRENCY sets it. */
  readonly concurrency: number | 'configured';
  /** How long a worker that is stopping waits for activities to reach their next checkpoint. */
  readonly shutdownGraceMs: number;
}

const compute: QueuePolicy = {
  startToCloseTimeoutMs: 900_000,
  heartbeatTimeoutMs: 10_000,
  initialRetryIntervalMs: 1_000,
  concurrency: 'configured',
  shutdownGraceMs: 10_000,
};

const OTHERS: Readonly<Record<string, QueuePolicy>> = {
  default: { ...compute, startToCloseTimeoutMs: 30_000, concurrency: 100 },
  gpu: { ...compute, concurrency: 1 },
};
/** Every queue but `default` and `gpu` computes in the pool of its process. */
export const policyOf = (queue: string): QueuePolicy => OTHERS[queue] ?? compute;

/** A job whose worker was lost this many times has failed: it may be what ends them, for example by its memory. */
export const MAX_CRASHES = 20;
/** A job that has met an error of ours this many times has failed: the same code with the same input will fail again. */
export const MAX_FAULTS = 3;

/** The shortest time between two heartbeats that reach the server; a cancellation can be delayed by this long. */
export const HEARTBEAT_THROTTLE_MS = 500;

/** After this many times its grace a worker that is stopping ends activities that have not reached a checkpoint. */
export const STOP_GRACES = 2;
