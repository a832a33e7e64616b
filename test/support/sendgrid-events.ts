/** Signs events as SendGrid's event webhook does: ECDSA on P-256 over the timestamp and the body. */
import { generateKeyPairSync, sign } from 'node:crypto';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
/** As SendGrid shows it */
export const SENDGRID_PUBLIC_KEY = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

export interface SentEvent {
  readonly event: string;
  readonly email: string;
  /** [s since 1970] */
  readonly timestamp: number;
  readonly sg_event_id?: string;
  readonly mail_id?: string;
  readonly type?: string;
  readonly reason?: string;
}

let number = 0;
export const sendGridEvent = (event: SentEvent): SentEvent => ({ sg_event_id: `event-${++number}`, ...event });

/** @param at time of the signature [s since 1970] */
export function signedEvents(events: unknown, at = Math.floor(Date.now() / 1000)) {
  const payload = Buffer.from(JSON.stringify(events));
  const timestamp = String(at);
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), payload]), privateKey).toString('base64');
  return { payload, timestamp, signature };
}
