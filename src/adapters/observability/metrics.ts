/** Prometheus metrics with the names that dashboards and alerts use. Each process has one registry. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';

export { AggregatorRegistry, register } from 'prom-client';

export const metrics = {
  httpRequests: new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests by method, path and status',
    labelNames: ['method', 'path', 'status'],
  }),
  httpDuration: new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Request latency',
    labelNames: ['method', 'path'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  }),
  temporalTasks: new Counter({
    name: 'temporal_tasks_total',
    help: 'Activities by name and status',
    labelNames: ['name', 'status'],
  }),
  temporalTaskDuration: new Histogram({
    name: 'temporal_task_duration_seconds',
    help: 'Activity execution time',
    labelNames: ['name'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 600],
  }),
  dbQueryDuration: new Histogram({
    name: 'db_query_duration_seconds',
    help: 'Database query latency',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  }),
  redisOperations: new Counter({
    name: 'redis_operations_total',
    help: 'Redis operations by command',
    labelNames: ['command'],
  }),
  redisFailures: new Counter({
    name: 'redis_failures_total',
    help: 'Redis operations that failed, by command',
    labelNames: ['command'],
  }),
  cacheLookups: new Counter({
    name: 'cache_lookups_total',
    help: 'Look-ups in the cache by outcome: hit, miss',
    labelNames: ['outcome'],
  }),
  rateLimited: new Counter({
    name: 'rate_limited_requests_total',
    help: 'Requests answered with 429, by policy',
    labelNames: ['policy'],
  }),
  rateLimitFallbacks: new Counter({
    name: 'rate_limit_fallbacks_total',
    help: 'Requests counted in the process because Redis was away, by policy',
    labelNames: ['policy'],
  }),
  forwardedIgnored: new Counter({
    name: 'forwarded_headers_ignored_total',
    help: 'Requests whose X-Forwarded-For was ignored because TRUSTED_PROXY_HOPS is 0',
  }),
  mailEvents: new Counter({
    name: 'mail_events_total',
    help: 'What SendGrid reported about mails: delivered, blocked, bounced, complained, unsubscribed',
    labelNames: ['event'],
  }),
  mailsHeld: new Counter({
    name: 'mails_held_total',
    help: 'Mails that were not sent because of what was reported about their address, by problem',
    labelNames: ['problem'],
  }),
  jobQueueWait: new Histogram({
    name: 'job_queue_wait_seconds',
    help: 'Time from the acceptance of a job to its first attempt, by kind',
    labelNames: ['kind'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
  }),
  evaluations: new Counter({
    name: 'evaluations_total',
    help: 'Designs that searches have evaluated, counted when a job ends, by kind',
    labelNames: ['kind'],
  }),
  gpuBusy: new Counter({
    name: 'gpu_busy_seconds_total',
    help: 'Time that jobs used the GPU, transfers included',
  }),
  gpuMemory: new Gauge({ name: 'gpu_memory_bytes', help: 'Memory that the worker holds on the GPU' }),
  webhookAttempts: new Counter({
    name: 'webhook_attempts_total',
    help: 'Attempts at webhook deliveries by outcome: the class of the answer such as 2xx, error, skipped',
    labelNames: ['outcome'],
  }),
  sseConnections: new Gauge({ name: 'active_websocket_connections', help: 'Open server-sent event streams' }),
  weatherFetches: new Counter({
    name: 'weather_fetches_total',
    help: 'Fetches from weather providers by outcome: fetched, cached, or the code of the error',
    labelNames: ['provider', 'outcome'],
  }),
} as const;

/** The state of a pool of database connections; its numbers can be summed over processes. */
export interface PoolState {
  readonly size: number;
  readonly checkedOut: number;
  readonly waiting: number;
}

let pool: (() => PoolState) | undefined;
const poolGauge = (name: string, help: string, of: (state: PoolState) => number): Gauge =>
  new Gauge({
    name,
    help,
    collect() {
      if (pool) this.set(of(pool()));
    },
  });
poolGauge('db_pool_size', 'Connections that the pool may open', ({ size }) => size);
poolGauge('db_pool_checked_out', 'Connections in use', ({ checkedOut }) => checkedOut);
poolGauge('db_pool_waiting', 'Requests that wait for a connection', ({ waiting }) => waiting);

/** Sets the pool that the gauges report: the only one of the process. */
export function observePool(state: () => PoolState): void {
  pool = state;
}

/** Adds Node's own metrics (event loop, heap), once in each process. */
export function collectProcessMetrics(): void {
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
}
