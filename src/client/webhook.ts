/**
 * For receivers of webhooks: verifies that a request was sent by the platform, and makes signed requests for a receiver's own
 * tests. Standard Webhooks 1.0: `webhook-signature` is the base64 HMAC-SHA256 of `id.timestamp.body`.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { TEST_EVENT, WebhookEvent } from '../contracts/webhooks/webhooks.ts';

export interface ReceivedEvent<Data = Readonly<Record<string, unknown>>> {
  readonly type: WebhookEvent | typeof TEST_EVENT;
  /** Type of the event. */
  readonly timestamp: string;
  readonly api_version: string;
  readonly data: Data;
}

/** Why a request cannot be trusted. Answer it with 400. */
export class WebhookVerificationError extends Error {
  readonly reason: 'missing_header' | 'timestamp' | 'signature' | 'body';

  constructor(reason: WebhookVerificationError['reason'], message: string) {
    super(message);
    this.name = 'WebhookVerificationError';
    this.reason = reason;
  }
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>> | { get(name: string): string | null };

const PREFIX = 'whsec_';
/** Standard Webhooks allows 24 to 64 bytes. */
const KEY_BYTES = { min: 24, max: 64 };
const TOLERANCE_S = 300;

/** Returns the signature of a request, as in its header. @throws Error for a secret that is not `whsec_` and base64 */
export function webhookSignature(secret: string, id: string, timestamp: string, body: string | Uint8Array): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  if (!secret.startsWith(PREFIX) || key.length < KEY_BYTES.min || key.length > KEY_BYTES.max)
    throw new Error(`A webhook secret is ${PREFIX} with ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes in base64`);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/**
 * Verifies a delivery.
 * @param body the body as received, before any parsing
 * @param headers headers of Node's request or of fetch's
 * @param secrets secrets of the endpoint; two while the secret is rotated
 * @param options.toleranceS largest difference between the request's time and the local clock [s]
 * @returns the event; store `webhook-id` to recognise an event that arrives again
 * @throws WebhookVerificationError
 */
export function verifyWebhook<Data = ReceivedEvent['data']>(
  body: string | Uint8Array,
  headers: Headers,
  secrets: string | readonly string[],
  { toleranceS = TOLERANCE_S, nowS = Date.now() / 1000 }: { toleranceS?: number; nowS?: number } = {},
): ReceivedEvent<Data> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => {
    const value = headerOf(headers, name);
    if (!value) throw new WebhookVerificationError('missing_header', `The request has no ${name}`);
    return value;
  });
  const differenceS = Math.abs(nowS - Number(timestamp));
  // Also false for what is no number.
  if (!(/^\d+$/.test(timestamp) && differenceS <= toleranceS))
    throw new WebhookVerificationError('timestamp', `webhook-timestamp is ${timestamp}, now is ${Math.floor(nowS)}`);
  const given = signatures.split(' ').map((one) => Buffer.from(one));
  const known = [secrets].flat().map((secret) => Buffer.from(webhookSignature(secret, id, timestamp, body)));
  // Compares every pair in a time that does not depend on where they differ.
  let matches = false;
  for (const one of given)
    for (const ours of known) if (one.length === ours.length && timingSafeEqual(one, ours)) matches = true;
  if (!matches) throw new WebhookVerificationError('signature', 'No signature is by a secret of this endpoint');
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8')) as ReceivedEvent<Data>;
  } catch {
    throw new WebhookVerificationError('body', 'The body is not JSON');
  }
}

/** Creates a signed request as the platform sends it, for a receiver's own tests. */
export function signTestWebhook(
  event: Partial<ReceivedEvent> | string,
  secret: string,
  { id = `evt_${randomUUID()}`, timestampS = Date.now() / 1000 }: { id?: string; timestampS?: number } = {},
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(timestampS));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': webhookSignature(secret, id, timestamp, body),
    },
  };
}

function headerOf(headers: Headers, name: string): string | undefined {
  if (typeof headers.get === 'function')
    return (headers as { get(name: string): string | null }).get(name) ?? undefined;
  const value = (headers as Readonly<Record<string, string | readonly string[] | undefined>>)[name];
  return typeof value === 'string' ? value : value?.[0];
}
