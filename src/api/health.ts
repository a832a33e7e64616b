/** The state of the platform's parts, for probes, operators and gauges. A part that hangs cannot delay an answer. */
import { Gauge, Registry } from 'prom-client';
import { type DetailedHealth, PARTS, type Part, type Readiness } from '../contracts/operations/operations.schema.ts';
import { TASK_QUEUES } from '../contracts/jobs/kinds.ts';
import { ENGINE_VERSION } from '../adapters/version/version.ts';
import { withTimeout } from '../lib/with-timeout.ts';
import { type QueueState, queueStates } from '../adapters/temporal/queue-states.ts';
import { sloStates } from '../services/slo/slo.ts';
import type { Services } from './services.ts';

/** Time limit of the check of one part [ms]. */
const CHECK_LIMIT_MS = 2_000;
/** Time limit of one source of gauges [ms]: who scrapes metrics does not wait for a part that cannot be reached. */
const GAUGES_LIMIT_MS = 1_000;

type Parts = Pick<Services, 'database' | 'redis' | 'temporal'>;

const limited = <T>(promise: Promise<T>, limitMs = CHECK_LIMIT_MS): Promise<T> =>
  withTimeout(limitMs, promise, () => new Error(`no answer within ${limitMs / 1000} s`));
const reasonOf = (error: unknown): string => {
  // The driver's own message says more than the public one.
  const { message, cause, code } = error as { message?: string; cause?: { message?: string }; code?: string };
  return String(cause?.message || message || code).split('\n')[0];
};

/** Returns a number of Redis' INFO. */
const ofInfo = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);

/** Queues whose workers all have another version than the one that gets the tasks: these would wait for ever. */
export const withoutPoller = (states: readonly QueueState[]): string[] =>
  states
    .filter(
      ({ pollers, currentBuildId }) => pollers.length > 0 && pollers.every(({ buildId }) => buildId !== currentBuildId),
    )
    .map(
      ({ queue, type, currentBuildId }) =>
        `${type} tasks of the queue ${queue} go to ${currentBuildId ? `version ${currentBuildId}` : 'workers without a version'}, and none polls; run tessellate ops set-current-version`,
    );

export class Health {
  readonly #parts: Parts;
  readonly #expectedWorkers: number | undefined;

  /** @param expectedWorkers worker processes that should run; shown as a gauge */
  constructor(parts: Parts, expectedWorkers?: number) {
    this.#parts = parts;
    this.#expectedWorkers = expectedWorkers;
  }

  /** The parts of this installation; Redis is one of them only if it is configured. */
  get parts(): readonly Part[] {
    return this.#parts.redis ? ['database', 'redis', 'temporal'] : ['database', 'temporal'];
  }

  /**
   * Checks every part.
   * @param required parts that must answer; the others are only reported
   */
  async readiness(required: readonly Part[] = this.parts): Promise<Readiness> {
    const requiredParts = PARTS.filter((part) => this.parts.includes(part) || required.includes(part));
    const outcomes = await Promise.all(
      requiredParts.map((part) =>
        limited(this.#check(part)).then(
          () => [part, 'ok'] as const,
          (error) => [part, `error: ${reasonOf(error)}`] as const,
        ),
      ),
    );
    const checks = Object.fromEntries(outcomes) as Record<Part, string>;
    const ready = required.every((part) => checks[part] === 'ok');
    return { status: ready ? 'ready' : 'not_ready', checks, timestamp: new Date() };
  }

  async detailed(): Promise<DetailedHealth> {
    const described: Readonly<Record<Part, () => Promise<object>>> = {
      database: () => this.#describeDatabase(),
      redis: () => this.#describeRedis(),
      temporal: () => this.#describeTemporal(),
    };
    const components: Record<string, { status: string }> = {};
    await Promise.all(
      this.parts.map(async (part) => {
        const started = performance.now();
        components[part] = await limited(
          this.#check(part).then(async () => {
            const latencyMs = Math.round((performance.now() - started) * 10) / 10;
            return { status: 'ok', latency_ms: latencyMs, ...(await described[part]()) };
          }),
        ).catch((error) => ({ status: `error: ${reasonOf(error)}` }));
      }),
    );
    return {
      status: Object.values(components).every(({ status }) => status === 'ok') ? 'healthy' : 'degraded',
      version: ENGINE_VERSION,
      uptime_seconds: Math.round(process.uptime()),
      components: Object.fromEntries(
        this.parts.map((part) => [part, components[part]]),
      ) as DetailedHealth['components'],
      timestamp: new Date(),
    };
  }

  /**
   * Returns the gauges of the whole platform, measured at the time of the request. A part that does not answer has no
   * gauge, because 0 would be wrong.
   */
  async gauges(): Promise<string> {
    const registry = new Registry();
    const gauge = (name: string, help: string, labels: string[] = []): Gauge =>
      new Gauge({ name, help, labelNames: labels, registers: [registry] });
    const measured = await Promise.allSettled([
      limited(sloStates(this.#parts.database), GAUGES_LIMIT_MS).then((objectives) => {
        const budget = gauge(
          'slo_error_budget_remaining_ratio',
          'Share of the error budget of 30 days that is left, by objective',
          ['objective'],
        );
        const burning = gauge('slo_burn_rate', 'How many times faster than allowed the budget is used', [
          'objective',
          'window',
        ]);
        for (const { name, budget_remaining, burn_rate } of objectives) {
          budget.set({ objective: name }, budget_remaining);
          for (const [window, rate] of Object.entries(burn_rate)) burning.set({ objective: name, window }, rate);
        }
      }),
      limited(this.#counts(), GAUGES_LIMIT_MS).then(({ api_keys, outbox, outbox_age_s }) => {
        gauge('api_keys_active', 'API keys that are not revoked').set(api_keys);
        gauge('outbox_waiting', 'Outbox rows that Temporal has not accepted yet').set(outbox);
        gauge('outbox_oldest_seconds', 'Age of the oldest outbox row').set(outbox_age_s);
      }),
      limited(this.#queues(), GAUGES_LIMIT_MS).then((queues) => {
        const backlog = gauge('temporal_queue_backlog', 'Tasks that wait in a task queue', ['queue']);
        const pollers = gauge('temporal_queue_pollers', 'Workers that poll a task queue', ['queue']);
        for (const [queue, state] of Object.entries(queues)) {
          backlog.set({ queue }, state.queued_tasks);
          pollers.set({ queue }, state.pollers);
        }
        const identities = new Set(Object.values(queues).flatMap((state) => state.identities));
        gauge('temporal_workers_active', 'Workers that polled a queue within the last 70 s').set(identities.size);
      }),
      limited(this.#redisMemory(), GAUGES_LIMIT_MS).then((memory) => {
        if (!memory) return;
        gauge('redis_memory_used_bytes', 'Memory that Redis uses').set(memory.used);
        // 0 is no limit.
        if (memory.max > 0) gauge('redis_memory_max_bytes', 'Memory that Redis may use').set(memory.max);
      }),
    ]);
    if (this.#expectedWorkers !== undefined)
      gauge('temporal_workers_expected', 'Workers that should run: EXPECTED_WORKERS').set(this.#expectedWorkers);
    gauge('platform_gauges_failed', 'Sources of these gauges that did not answer').set(
      measured.filter(({ status }) => status === 'rejected').length,
    );
    return registry.metrics();
  }

  async #check(part: Part): Promise<void> {
    const { database, redis, temporal } = this.#parts;
    if (part === 'database') await database.query('SELECT 1');
    else if (part === 'redis') {
      if (!redis) throw new Error('REDIS_URL is not set');
      await redis.check();
    } else {
      await temporal.ping();
      const missing = await temporal.missingSearchAttributes();
      if (missing.length > 0)
        throw new Error(`search attributes not registered: ${missing.join(', ')}; start a worker once`);
      const waiting = withoutPoller(await queueStates(temporal.client));
      if (waiting.length > 0) throw new Error(waiting.join('; '));
    }
  }

  async #counts() {
    const [row] = await this.#parts.database.query<{
      api_keys: number;
      outbox: number;
      outbox_age_s: number;
      running: number;
    }>(
      `SELECT (SELECT count(*)::int FROM api_keys WHERE revoked_at IS NULL) AS api_keys, x.*,
         (SELECT count(*)::int FROM jobs WHERE status = 'running') AS running
       FROM (SELECT count(*)::int AS outbox,
               coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS outbox_age_s FROM outbox) x`,
    );
    return row;
  }

  async #describeDatabase() {
    const { size, checkedOut, waiting } = this.#parts.database.poolState;
    const { outbox } = await this.#counts();
    return {
      // Numbers of the process that answers; each of the WORKERS processes has as many.
      pool_size: size,
      pool_checked_out: checkedOut,
      pool_waiting: waiting,
      outbox_waiting: outbox,
    };
  }

  async #describeRedis() {
    const info = (await this.#parts.redis?.info()) ?? '';
    return {
      memory_used_mb: Math.round(ofInfo(info, 'used_memory') / 104_857.6) / 10,
      connected_clients: ofInfo(info, 'connected_clients'),
    };
  }

  async #redisMemory() {
    const info = await this.#parts.redis?.info('memory');
    return info && { used: ofInfo(info, 'used_memory'), max: ofInfo(info, 'maxmemory') };
  }

  async #describeTemporal() {
    const [queues, { running }] = await Promise.all([this.#queues(), this.#counts()]);
    const all = Object.values(queues);
    return {
      active_workers: new Set(all.flatMap(({ identities }) => identities)).size,
      queued_tasks: all.reduce((sum, { queued_tasks: queued }) => sum + queued, 0),
      active_tasks: running,
      queues: Object.fromEntries(Object.entries(queues).map(([queue, { identities: _, ...state }]) => [queue, state])),
    };
  }

  /** Returns the backlog by queue: activities, and workflow tasks if there are any. */
  async #queues() {
    const states = await queueStates(this.#parts.temporal.client);
    return Object.fromEntries(
      TASK_QUEUES.map((name) => {
        const own = states.filter(({ queue }) => queue === name);
        const identities = [...new Set(own.flatMap(({ pollers }) => pollers.map(({ identity }) => identity)))];
        const queued = own.reduce((sum, { backlog }) => sum + backlog, 0);
        return [name, { identities, pollers: identities.length, queued_tasks: queued }];
      }),
    );
  }
}
