/**
 * The task queues and their promises. Only this file states timeouts, retries, concurrency and shutdown grace. Durations are
 * milliseconds.
 */
export const TASK_QUEUES = ['default', 'solar', 'wind', 'gpu', 'reports'] as const;
export type TaskQueue = (typeof TASK_QUEUES)[number];

export interface QueuePolicy {
  /** Upper limit of one attempt; the hard limit (TASK_TIME_LIMIT) ends it earlier. */
  readonly startToCloseTimeoutMs: number;
  /** A worker that sends no heartbeat for this long counts as lost, and the activity continues on another worker. */
  readonly heartbeatTimeoutMs: number;
  readonly maximumAttempts: number;
  readonly initialRetryIntervalMs: number;
  /** 'configured': WORKER_CONCURRENCY sets it. */
  readonly concurrency: number | 'configured';
  /** How long a worker that is stopping waits for activities to reach their next checkpoint. */
  readonly shutdownGraceMs: number;
}

const compute: QueuePolicy = {
  startToCloseTimeoutMs: 900_000,
  heartbeatTimeoutMs: 10_000,
  maximumAttempts: 20,
  initialRetryIntervalMs: 1_000,
  concurrency: 'configured',
  shutdownGraceMs: 10_000,
};

export const QUEUE_POLICIES: Readonly<Record<TaskQueue, QueuePolicy>> = {
  default: { ...compute, startToCloseTimeoutMs: 30_000, concurrency: 100 },
  solar: compute,
  wind: compute,
  gpu: { ...compute, concurrency: 1 },
  reports: compute,
};

/** The shortest time between two heartbeats that reach the server; a cancellation can be delayed by this long. */
export const HEARTBEAT_THROTTLE_MS = 500;
