/** One attempt at a delivery: it takes a slot, signs the request, sends it to a checked address and stores the answer. */
import type { AttemptInput, AttemptOutcome, DeliveryStatus } from '../../contracts/webhooks/webhooks.ts';
import { FAILING_LIMIT_DAYS, isReservedHeader } from '../../contracts/webhooks/webhooks.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { WebhookDeliveryRow, WebhookRow } from '../../adapters/database/tables/webhooks.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { audit } from '../audit/audit.ts';
import { enqueueMailToOwners } from '../mails/mails.ts';
import type { Sender } from './post.ts';
import { openHeaders, type SecretBox } from './secret-box.ts';
import { signedHeaders } from './signature.ts';
import { checkUrl, type TargetPolicy } from './target-guard.ts';
import { grantFreeSlots, acquireSlot } from './delivery-slots.ts';

const GONE = 410;
const ASKS_TO_WAIT = new Set([429, 503]);
const DAY_MS = 86_400_000;

export interface AttemptDependencies {
  readonly database: Database;
  /** ENABLE_WEBHOOKS: if it is off, deliveries end as skipped. */
  readonly isEnabled: boolean;
  readonly box: SecretBox;
  readonly policy: TargetPolicy;
  readonly sender: Sender;
  /** Public address of the API, for mails. */
  readonly apiUrl: string;
  /** Called after an attempt: the next delivery may begin. */
  readonly wakeOutbox: () => void;
}

type Target = WebhookDeliveryRow &
  Pick<WebhookRow, 'url' | 'headers' | 'sealed_headers' | 'enabled' | 'secret' | 'previous_secret'> & {
    /** By the clock of the database: receivers refuse signatures of a worker whose own clock is wrong. */
    readonly begun_at: Date;
  };

interface Answer {
  readonly statusCode?: number;
  readonly body?: string;
  readonly error?: string;
  readonly retryAfterS?: number;
}

/** An attempt that was made, or skipped */
interface Attempt extends AttemptInput {
  readonly target: Target;
  readonly latencyMs: number;
  readonly answer: Answer;
  readonly status: DeliveryStatus;
}

/** Makes one attempt. An HTTP outcome is a return value; the function throws only when the database cannot be reached. */
export async function attemptDelivery(input: AttemptInput, dependencies: AttemptDependencies): Promise<AttemptOutcome> {
  const { database, isEnabled, apiUrl, wakeOutbox } = dependencies;
  const begun = await database.transaction((tx) => begin(tx, input));
  if ('status' in begun) return begun;
  const { target } = begun;
  const from = performance.now();
  const isSent = isEnabled && target.enabled;
  const answer: Answer = isSent ? await send(target, dependencies) : {};
  const latencyMs = performance.now() - from;
  const { statusCode } = answer;
  const status = statusOf(isSent, statusCode, input.last);
  await database.transaction((tx) => end(tx, { ...input, target, latencyMs, answer, status }, apiUrl));
  wakeOutbox();
  const outcome = !isSent ? 'skipped' : statusCode === undefined ? 'error' : `${Math.floor(statusCode / 100)}xx`;
  metrics.webhookAttempts.inc({ outcome });
  if (!isSent) return { status, answer: isEnabled ? 'the webhook is disabled' : 'webhooks are switched off' };
  return { status, answer: statusCode ?? answer.error ?? 'no answer', retryAfterS: answer.retryAfterS };
}

// Both transactions lock the endpoint's row first, as slots require; NO KEY allows others to insert deliveries that refer to it.
async function begin(
  tx: Transaction,
  { deliveryId, round }: AttemptInput,
): Promise<AttemptOutcome | { readonly target: Target }> {
  const [delivery] = await tx.query<Target>(
    `SELECT d.*, w.url, w.headers, w.sealed_headers, w.enabled, w.secret,
       CASE WHEN w.previous_until > now() THEN w.previous_secret END AS previous_secret, clock_timestamp() AS begun_at
     FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1 FOR NO KEY UPDATE OF w`,
    [deliveryId],
  );
  if (!delivery) return { status: 'skipped', answer: 'the webhook was deleted' };
  if (delivery.status !== 'pending' || delivery.round !== round)
    return { status: delivery.status, answer: 'the delivery had ended before' };
  const granted = await acquireSlot(tx, delivery.webhook_id, deliveryId);
  return granted ? { target: delivery } : { status: 'waiting', answer: 'the endpoint has no free slot' };
}

async function send(
  { url, event_id, payload, secret, previous_secret, begun_at, ...target }: Target,
  { box, policy, sender }: AttemptDependencies,
): Promise<Answer> {
  const body = JSON.stringify(payload);
  try {
    checkUrl(url, policy);
    const secrets = [secret, previous_secret].filter((one) => one !== null).map((one) => box.open(one));
    const {
      statusCode,
      retryAfter,
      body: beginning,
    } = await sender.post(
      url,
      {
        // Endpoints of earlier releases may have headers that are refused today.
        ...Object.fromEntries(Object.entries(openHeaders(box, target)).filter(([name]) => !isReservedHeader(name))),
        'content-type': 'application/json',
        'user-agent': 'tessellate-webhooks/1',
        ...signedHeaders(event_id, begun_at.getTime() / 1000, body, secrets),
      },
      body,
    );
    return {
      statusCode,
      body: beginning,
      retryAfterS: ASKS_TO_WAIT.has(statusCode) ? secondsOf(retryAfter ?? '') : undefined,
    };
  } catch (error) {
    // An error of several addresses has no message of its own.
    const { message, code } = error as NodeJS.ErrnoException;
    return { error: message || code };
  }
}

async function end(tx: Transaction, attempt: Attempt, apiUrl: string): Promise<void> {
  const { target, status, answer } = attempt;
  // An attempt that a lost worker began is made again under the same number. A skipped delivery stores no attempt.
  const [webhook] = await tx.query<Pick<WebhookRow, 'first_failure_at'>>(
    `WITH webhook AS (SELECT * FROM webhooks WHERE id = $10 FOR NO KEY UPDATE),
       freed AS (DELETE FROM webhook_slots WHERE delivery_id = $1),
       ended AS (UPDATE webhook_deliveries SET status = $9, ended_at = now() WHERE id = $1 AND round = $2 AND $9 <> 'pending'),
       attempt AS (INSERT INTO webhook_attempts (delivery_id, round, attempt, started_at, latency_ms, status_code, answer, error)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM webhook_deliveries WHERE id = $1 AND $9 <> 'skipped'
         ON CONFLICT (delivery_id, round, attempt) DO UPDATE
         SET started_at = $4, latency_ms = $5, status_code = $6, answer = $7, error = $8)
     SELECT first_failure_at FROM webhook`,
    [
      attempt.deliveryId,
      attempt.round,
      attempt.attempt,
      target.begun_at,
      attempt.latencyMs,
      answer.statusCode ?? null,
      answer.body ?? null,
      answer.error ?? null,
      status,
      target.webhook_id,
    ],
  );
  if (!webhook) return;
  if (status !== 'skipped') await updateEndpointHealth(tx, attempt, webhook.first_failure_at, apiUrl);
  await grantFreeSlots(tx, [target.webhook_id]);
}

/** Updates since when the endpoint has failed, and disables it when that is too long ago. */
async function updateEndpointHealth(
  tx: Transaction,
  attempt: Attempt,
  failingSince: Date | null,
  apiUrl: string,
): Promise<void> {
  const { target, status, last, answer } = attempt;
  const { begun_at: startedAt } = target;
  const disableBecause = (reason: string) => disable(tx, attempt, { reason, failingSince, apiUrl });
  if (status === 'succeeded') {
    if (failingSince) await tx.query('UPDATE webhooks SET first_failure_at = NULL WHERE id = $1', [target.webhook_id]);
    return;
  }
  if (!failingSince)
    await tx.query('UPDATE webhooks SET first_failure_at = $2 WHERE id = $1', [target.webhook_id, startedAt]);
  const failedDays = failingSince ? (startedAt.getTime() - failingSince.getTime()) / DAY_MS : 0;
  if (answer.statusCode === GONE) await disableBecause('it answered 410 Gone');
  else if (last && failedDays >= FAILING_LIMIT_DAYS)
    await disableBecause(`it has failed for ${Math.floor(failedDays)} days`);
}

/** Disables the endpoint and writes to the owners of its organization. */
async function disable(
  tx: Transaction,
  { deliveryId, round, target, answer }: Attempt,
  {
    reason,
    failingSince,
    apiUrl,
  }: { readonly reason: string; readonly failingSince: Date | null; readonly apiUrl: string },
): Promise<void> {
  const [disabled] = await tx.query<WebhookRow>(
    'UPDATE webhooks SET enabled = false, disabled_reason = $2 WHERE id = $1 AND enabled RETURNING *',
    [target.webhook_id, reason],
  );
  if (!disabled) return;
  await audit(tx, { orgId: target.org_id, type: 'webhook.disabled', targetId: disabled.id, details: { reason } });
  await enqueueMailToOwners(tx, {
    orgId: target.org_id,
    template: 'webhook.disabled',
    idempotencyKey: `webhook.disabled/${deliveryId}/${round}`,
    data: {
      webhookId: disabled.id,
      url: disabled.url,
      description: disabled.description,
      reason,
      lastAnswer: String(answer.statusCode ?? answer.error),
      failingSince: failingSince?.toISOString() ?? null,
      apiUrl,
    },
  });
}

function statusOf(isSent: boolean, statusCode: number | undefined, last: boolean): DeliveryStatus {
  if (!isSent) return 'skipped';
  if (statusCode !== undefined && statusCode >= 200 && statusCode < 300) return 'succeeded';
  return last || statusCode === GONE ? 'failed' : 'pending';
}

/** Reads Retry-After, which is a number of seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
