/**
 * Signatures of webhook requests by Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and `webhook-signature`, the
 * base64 HMAC-SHA256 of `id.timestamp.body`. While a secret is rotated the request carries a signature of each.
 */
import { randomBytes } from 'node:crypto';
import { webhookSignature } from '../../client/webhook.ts';

const PREFIX = 'whsec_';
/** Standard Webhooks allows 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** Creates a secret for signing webhooks, `whsec_` and 256 random bits in base64. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/**
 * Signs a request.
 * @param id id of the event at this endpoint: the same in every attempt, so that receivers recognise duplicates
 * @param timestampS time of this attempt [s since 1970]
 * @param secrets the valid secrets, newest first
 */
export function signedHeaders(
  id: string,
  timestampS: number,
  body: string,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(timestampS));
  const signatures = secrets.map((secret) => webhookSignature(secret, id, timestamp, body));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
