/**
 * The task queues and what each promises. The only place that states timeouts, retries, concurrency and shutdown grace.
 * Durations are milliseconds.
 */
export const TASK_QUEUES = ['default', 'solar', 'wind', 'gpu', 'reports'] as const;
export type TaskQueue = (typeof TASK_QUEUES)[number];

export interface QueuePolicy {
  /** Backstop of one attempt; the hard limit (TASK_TIME_LIMIT) acts before it. */
  readonly startToCloseTimeoutMs: number;
  /** A worker silent for this long is taken for lost and the activity goes on elsewhere. */
  readonly heartbeatTimeoutMs: number;
  readonly maximumAttempts: number;
  readonly initialRetryIntervalMs: number;
  /** 'configured' follows WORKER_CONCURRENCY. */
  readonly concurrency: number | 'configured';
  /** How long a stopping worker lets activities reach their next checkpoint. */
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

/** How often an activity's heartbeat may reach the server; bounds how late a cancel arrives. */
export const HEARTBEAT_THROTTLE_MS = 500;
