/** One attempt at a delivery: signed, sent to a checked address, stored with what came back. */
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { AttemptInput, AttemptOutcome } from '../contracts/webhooks.ts';
import { ATTEMPT_LIMIT_MS } from '../contracts/webhooks.ts';
import type { Database } from '../database/database.ts';
import type { WebhookDeliveryRow, WebhookRow } from '../database/entities.ts';
import type { SecretBox } from './secret-box.ts';
import { signedHeaders } from './signature.ts';
import { checkUrl, type TargetPolicy } from './target-guard.ts';

/** What is kept of an answer [bytes]. */
const KEPT_BYTES = 4096;
const GONE = 410;
const ASKS_TO_WAIT = new Set([429, 503]);

export interface AttemptDependencies {
  readonly database: Database;
  readonly box: SecretBox;
  readonly policy: TargetPolicy;
  /** Connects to checked addresses alone. */
  readonly agent: Dispatcher;
}

type Target = WebhookDeliveryRow & Pick<WebhookRow, 'url' | 'headers' | 'enabled' | 'secret' | 'previous_secret'>;

interface Answer {
  readonly statusCode?: number;
  readonly body?: string;
  readonly error?: string;
  readonly retryAfterS?: number;
}

/** HTTP outcomes are values; it throws only when the database is away. */
export async function attemptDelivery(
  { deliveryId, round, attempt, last }: AttemptInput,
  { database, box, policy, agent }: AttemptDependencies,
): Promise<AttemptOutcome> {
  const [target] = await database.query<Target>(
    `SELECT d.*, w.url, w.headers, w.enabled, w.secret,
       CASE WHEN w.previous_until > now() THEN w.previous_secret END AS previous_secret
     FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1`,
    [deliveryId],
  );
  if (!target) return { status: 'failed', answer: 'the webhook was deleted' };
  if (target.status !== 'pending' || target.round !== round) return { status: target.status, answer: 'ended before' };
  const startedAt = new Date();
  const from = performance.now();
  const answer: Answer = target.enabled ? await send(target) : { error: 'the webhook is disabled' };
  const latencyMs = performance.now() - from;
  const { statusCode } = answer;
  const delivered = statusCode !== undefined && statusCode >= 200 && statusCode < 300;
  const over = last || statusCode === GONE || !target.enabled;
  const status = delivered ? 'succeeded' : over ? 'failed' : 'pending';
  await database.transaction(async (tx) => {
    // A lost worker's attempt is made again under its number.
    await tx.query(
      `INSERT INTO webhook_attempts (delivery_id, round, attempt, started_at, latency_ms, status_code, answer, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (delivery_id, round, attempt) DO UPDATE
       SET started_at = $4, latency_ms = $5, status_code = $6, answer = $7, error = $8`,
      [deliveryId, round, attempt, startedAt, latencyMs, statusCode ?? null, answer.body ?? null, answer.error ?? null],
    );
    if (status !== 'pending')
      await tx.query('UPDATE webhook_deliveries SET status = $2, ended_at = now() WHERE id = $1', [deliveryId, status]);
    if (statusCode === GONE)
      await tx.query(`UPDATE webhooks SET enabled = false, disabled_reason = 'it answered 410 Gone' WHERE id = $1`, [
        target.webhook_id,
      ]);
  });
  return { status, answer: statusCode ?? answer.error ?? 'no answer', retryAfterS: answer.retryAfterS };

  async function send({ url, headers, event_id, payload, secret, previous_secret }: Target): Promise<Answer> {
    const body = JSON.stringify(payload);
    try {
      checkUrl(url, policy);
      const secrets = [secret, previous_secret].filter((one) => one !== null).map((one) => box.open(one));
      const response = await request(url, {
        method: 'POST',
        dispatcher: agent,
        signal: AbortSignal.timeout(ATTEMPT_LIMIT_MS),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'user-agent': 'tessellate-webhooks/1',
          ...signedHeaders(event_id, Date.now() / 1000, body, secrets),
        },
        body,
      });
      const after = response.headers['retry-after'];
      return {
        statusCode: response.statusCode,
        body: await firstBytes(response.body),
        retryAfterS: ASKS_TO_WAIT.has(response.statusCode) ? secondsOf(String(after ?? '')) : undefined,
      };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: name === 'TimeoutError' ? `no answer within ${ATTEMPT_LIMIT_MS / 1000} s` : message };
    }
  }
}

async function firstBytes(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop early closes the connection: a long answer is not read to its end.
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length >= KEPT_BYTES) break;
  }
  // PostgreSQL's text holds no zero character.
  return Buffer.concat(parts).subarray(0, KEPT_BYTES).toString('utf8').replaceAll('\0', '');
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
