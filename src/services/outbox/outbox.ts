/**
 * The relay of the outbox passes on to Temporal what a transaction has decided. It begins when the transaction is
 * committed and repeats until Temporal accepts. It runs in every API and worker process; only one of them handles a row
 * (SKIP LOCKED).
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { GpuStart, JobOrigin, JobStatus, JobWorkflowInput, OutboxTopic } from '../../contracts/jobs/jobs.ts';
import { contractOf, type JobKind } from '../../contracts/jobs/kinds.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { MailInput } from '../../contracts/mails/mails.ts';
import type { DeliveryInput, DeliveryMemo } from '../../contracts/webhooks/webhooks.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { Listener } from '../../adapters/database/listener.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import { inSpan, SpanKind, traceIdOf } from '../../adapters/observability/tracing.ts';
import { jobAttributes } from '../jobs/job-trace.ts';
import { OUTBOX_CHANNEL } from '../jobs/jobs.ts';

/**
 * The methods of Temporal that the relay needs. Each method is idempotent: it succeeds when the workflow has started or
 * ended before. Each throws an AppError `service.unavailable` when Temporal cannot be reached.
 */
export interface WorkflowPort {
  startJob(input: JobWorkflowInput<JobKind>, fairnessWeight: number, origin: JobOrigin): Promise<void>;
  cancelJob(input: JobWorkflowInput<JobKind>, fairnessWeight: number, origin: JobOrigin): Promise<void>;
  startDelivery(input: DeliveryInput, fairnessWeight: number, shown: DeliveryMemo): Promise<void>;
  /** Signals a delivery's workflow that a slot was granted. */
  signalSlot(delivery: Pick<DeliveryInput, 'deliveryId' | 'round'>): Promise<void>;
  startMail(input: MailInput, fairnessWeight: number): Promise<void>;
}

const BATCH = 50;
const POLL_MS = 1_000;
/** The process that wrote a row relays it at once. Others, which are notified, wait this long and then seldom find a row [ms]. */
const NOTIFY_DELAY_MS = 100;
/** A row that Temporal refuses waits longer each time, at most this long [s]; other rows are relayed meanwhile. */
const MAX_WAIT_S = 30;
/** Deliveries whose workflow has started but not its first attempt: a larger number would delay the retries of others. */
const MAX_STARTING_DELIVERIES = 24;
/** While Temporal cannot be reached, rows are tried again after this long [s], so that all start soon when it is back. */
const AWAY_WAIT_S = 1;
const isAway = (error: unknown): boolean => error instanceof AppError && error.code === 'service.unavailable';

interface WaitingRow {
  readonly id: string;
  readonly topic: OutboxTopic;
  readonly attempts: number;
  readonly org_id: string;
  readonly fairness_weight: number;
  readonly job_id: string | null;
  readonly kind: JobKind | null;
  readonly status: JobStatus | null;
  readonly request_id: string | null;
  readonly traceparent: string | null;
  readonly gpu: GpuStart | null;
  readonly delivery_id: string | null;
  readonly round: number | null;
  readonly event_type: string | null;
  readonly url: string | null;
  readonly mail_id: string | null;
}

export class OutboxRelay {
  readonly #database: Database;
  readonly #workflows: WorkflowPort;
  readonly #log: Logger;
  #draining?: Promise<void>;
  #again = false;
  #timer?: NodeJS.Timeout;
  #hint?: NodeJS.Timeout;
  #unlisten?: () => void;
  #stopped = false;
  #away = false;
  /** Rows in a batch. While Temporal cannot be reached one row probes it; later each batch doubles, so that a busy server can cope. */
  #limit = BATCH;

  constructor(database: Database, workflows: WorkflowPort, log: Logger) {
    this.#database = database;
    this.#workflows = workflows;
    this.#log = log;
  }

  start(listener?: Listener): void {
    this.#unlisten = listener?.on(OUTBOX_CHANNEL, () => {
      this.#hint ??= setTimeout(() => {
        this.#hint = undefined;
        this.wake();
      }, NOTIFY_DELAY_MS);
    });
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Checks for rows now instead of at the next poll. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#draining) {
      this.#again = true;
      return;
    }
    this.#draining = this.#drain()
      .catch((error) => {
        this.#log.warning('The outbox could not be read; trying again within a second', { error });
      })
      .finally(() => {
        this.#draining = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  /** Stops the relay; resolves when the current batch has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#hint);
    this.#unlisten?.();
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (!this.#stopped && (await this.#relayBatch()));
  }

  /** @returns whether there may be more rows that can be relayed immediately */
  #relayBatch(): Promise<boolean> {
    const limit = this.#limit;
    return this.#database.transaction(async (tx) => {
      const rows = await tx.query<WaitingRow>(
        `SELECT x.id, x.topic, x.attempts, o.id AS org_id,
           (SELECT fairness_weight FROM plans WHERE id = o.plan) AS fairness_weight, x.job_id, j.kind, j.status, j.request_id, j.traceparent, j.gpu, x.delivery_id, d.round,
           d.event_type, w.url, x.mail_id
         FROM outbox x LEFT JOIN jobs j ON j.id = x.job_id LEFT JOIN webhook_deliveries d ON d.id = x.delivery_id
           LEFT JOIN webhooks w ON w.id = d.webhook_id
           LEFT JOIN mails m ON m.id = x.mail_id
         JOIN organizations o ON o.id = coalesce(j.org_id, d.org_id, m.org_id)
         WHERE x.available_at <= now() AND (x.topic <> 'webhook.deliver' OR x.id IN (
           SELECT id FROM outbox WHERE topic = 'webhook.deliver' AND available_at <= now() ORDER BY id
           LIMIT greatest(0, $2 - (SELECT count(*) FROM webhook_slots s WHERE is_first AND lease_until > now()
             AND NOT EXISTS (SELECT 1 FROM outbox y WHERE y.delivery_id = s.delivery_id)))))
         ORDER BY x.id LIMIT $1 FOR UPDATE OF x SKIP LOCKED`,
        [limit, MAX_STARTING_DELIVERIES],
      );
      if (rows.length === 0) return false;
      const outcomes = await Promise.allSettled(rows.map((row) => this.#relay(row)));
      const failed = outcomes.flatMap((outcome, i) =>
        outcome.status === 'rejected' ? [{ ...rows[i], error: outcome.reason as unknown }] : [],
      );
      const done = rows.filter((_, i) => outcomes[i].status === 'fulfilled').map(({ id }) => id);
      if (done.length > 0) await tx.query('DELETE FROM outbox WHERE id = ANY($1)', [done]);
      for (const row of failed) await this.#postpone(tx, row);
      this.#noteAvailability(failed.find(({ error }) => isAway(error))?.error);
      return !this.#away && rows.length === limit;
    });
  }

  async #postpone(
    tx: Queryable,
    { id, topic, attempts, job_id, error }: WaitingRow & { error: unknown },
  ): Promise<void> {
    const away = isAway(error);
    const waitS = away ? AWAY_WAIT_S : Math.min(2 ** attempts, MAX_WAIT_S);
    if (!away) this.#log.warning(`Temporal refused ${topic}; trying again in ${waitS} s`, { job_id, error });
    // The wait starts at the refusal: now() would be the start of the batch.
    await tx.query(
      `UPDATE outbox
       SET attempts = attempts + $4, available_at = clock_timestamp() + $2 * interval '1 second', last_error = $3
       WHERE id = $1`,
      [id, waitS, String(error), away ? 0 : 1],
    );
  }

  #noteAvailability(error: unknown): void {
    const away = error !== undefined;
    if (away && !this.#away) this.#log.warning('Temporal cannot be reached; accepted work waits for it', { error });
    if (!away && this.#away) this.#log.info('Temporal can be reached again');
    this.#away = away;
    this.#limit = away ? 1 : Math.min(2 * this.#limit, BATCH);
  }

  // Temporal forgets ids after its retention, so a row whose job has ended must not start a workflow.
  async #relay(row: WaitingRow): Promise<void> {
    const { topic, org_id: orgId, fairness_weight: weight } = row;
    if (row.delivery_id !== null && row.round !== null && topic === 'webhook.slot')
      await this.#workflows.signalSlot({ deliveryId: row.delivery_id, round: row.round });
    else if (row.delivery_id !== null && row.round !== null) {
      const shown = { event: row.event_type ?? '', host: new URL(row.url ?? '').host };
      await this.#workflows.startDelivery({ deliveryId: row.delivery_id, orgId, round: row.round }, weight, shown);
    }
    if (row.mail_id !== null) await this.#workflows.startMail({ mailId: row.mail_id, orgId }, weight);
    if (row.job_id === null || row.kind === null || row.status === null || isTerminal(row.status)) return;
    const input = { jobId: row.job_id, orgId, kind: row.kind, queue: contractOf(row.kind).queue, gpu: row.gpu };
    const { job_id, kind, request_id, traceparent } = row;
    await inSpan(
      `outbox ${topic}`,
      { kind: SpanKind.PRODUCER, parent: traceparent, attributes: jobAttributes({ id: job_id, kind, org_id: orgId }) },
      () => {
        const origin = { requestId: request_id, traceId: traceIdOf() };
        return topic === 'workflow.start'
          ? this.#workflows.startJob(input, weight, origin)
          : this.#workflows.cancelJob(input, weight, origin);
      },
    );
  }
}
