/** Webhooks: events, the schedule of attempts and the input of the delivery workflow. */

export const WEBHOOK_EVENTS = [
  'job.succeeded',
  'job.failed',
  'job.cancelled',
  'report.ready',
  'usage.budget_reached',
  'audit.recorded',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** Events that a webhook gets whose maker names none */
export const DEFAULT_WEBHOOK_EVENTS = WEBHOOK_EVENTS.filter((event) => /^(job|report)\./.test(event));
/** The type of the test event, which `POST /v1/webhooks/{id}/test` sends to any endpoint. */
export const TEST_EVENT = 'webhook.test';

export const WEBHOOK_API_VERSION = '2026-11-01';

/** Waits between attempts [s]: a delivery has one attempt more than it has waits. */
export const RETRY_WAITS_S = [10, 60, 300] as const;
/** Time limit of one attempt, from name look-up to the end of the answer [ms]. */
export const ATTEMPT_LIMIT_MS = 15_000;

/** Slots of one endpoint: attempts at a time, over all workers. Further deliveries wait for a slot outside of any worker. */
export const MAX_CONCURRENT_ATTEMPTS = 4;
/** An endpoint that only failed for this long is disabled when the next delivery has failed [d]. */
export const FAILING_LIMIT_DAYS = 5;

/** `skipped`: the endpoint was disabled or deleted before the delivery could be sent. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed', 'skipped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Input of a delivery's workflow. When the owner retries a delivery, a new round of attempts begins. */
export interface DeliveryInput {
  readonly deliveryId: string;
  readonly orgId: string;
  readonly round: number;
}
export const deliveryWorkflowId = ({ deliveryId, round }: Pick<DeliveryInput, 'deliveryId' | 'round'>): string =>
  `webhook/${deliveryId}/${round}`;

/**
 * Headers that an endpoint cannot have: those that the service sets, and those that HTTP reserves for the connection
 * (RFC 9110, 7.6.1) or with which a receiver would wait for more (`Expect`, `Upgrade`).
 */
const RESERVED_HEADER =
  /^(webhook-.*|content-.*|proxy-.*|host|user-agent|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|http2-settings)$/i;
export const isReservedHeader = (name: string): boolean => RESERVED_HEADER.test(name);

/** What the Temporal Web UI shows about a delivery. */
export interface DeliveryMemo {
  readonly event: string;
  /** Host of the endpoint's URL. The path is left out: it may hold a secret. */
  readonly host: string;
}

export interface AttemptInput extends DeliveryInput {
  /** 1 to 4 */
  readonly attempt: number;
  /** Whether this is the last attempt: if it fails, the delivery has failed. */
  readonly last: boolean;
}

export interface AttemptOutcome {
  /** `waiting`: nothing was sent, because the endpoint has no free slot; the signal `slot` says when to try again. */
  readonly status: DeliveryStatus | 'waiting';
  /** Status code of the receiver's answer, or why there was no answer. */
  readonly answer: number | string;
  /** The receiver's `Retry-After` [s]. */
  readonly retryAfterS?: number;
}

/** Sent to a waiting delivery when a slot has been granted to it. */
export const SLOT_SIGNAL = 'slot';
/** Name of this signal in the histories of workflows that started before it was called `slot`. */
export const OLD_SLOT_SIGNAL = 'turn';
/** Without a signal a waiting delivery tries again after this long [s], then after twice as long each time, at most an hour. */
export const RECHECK_AFTER_S = 60;

/** The query that answers with a delivery's progress. */
export const DELIVERY_QUERY = 'delivery';
export interface DeliveryProgress {
  readonly attempts: readonly AttemptOutcome[];
  /** Wait from the end of the last attempt to the next one [s]; null outside of a wait. */
  readonly waitS: number | null;
  /** Whether the delivery waits for a slot at its endpoint. */
  readonly waitsForSlot: boolean;
}

/**
 * Returns the wait after a failed attempt [s]: the receiver's `Retry-After`, limited to the range from this step's wait
 * to the next one's.
 */
export function waitAfter(attempt: number, retryAfterS = 0): number {
  const step = RETRY_WAITS_S[attempt - 1];
  return Math.min(Math.max(step, retryAfterS), RETRY_WAITS_S[attempt] ?? step);
}
