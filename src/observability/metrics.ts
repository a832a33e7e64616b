/** Prometheus metrics by the names that dashboards and alerts know. One registry a process. */
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
  sseConnections: new Gauge({ name: 'active_websocket_connections', help: 'Open server-sent event streams' }),
  apiKeysActive: new Gauge({ name: 'api_keys_active', help: 'API keys that are not revoked' }),
  outboxWaiting: new Gauge({ name: 'outbox_waiting', help: 'Outbox rows not yet handed to Temporal' }),
} as const;

/** Adds Node's own metrics (event loop, heap); once a process. */
export function collectProcessMetrics(): void {
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
}
