/** Webhooks: events, the schedule of attempts, what the delivery workflow carries. */

export const WEBHOOK_EVENTS = ['job.succeeded', 'job.failed', 'job.cancelled', 'report.ready'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** Sent on request, to any endpoint. */
export const TEST_EVENT = 'webhook.test';

export const WEBHOOK_API_VERSION = '2026-11-01';

/** Waits between attempts [s]; one attempt more than waits. */
export const RETRY_WAITS_S = [10, 60, 300] as const;
/** One attempt, from name look-up to the end of the answer [ms]. */
export const ATTEMPT_LIMIT_MS = 15_000;

/** Attempts at one endpoint at a time, over all workers; further ones wait for their turn outside of any worker. */
export const ATTEMPTS_AT_ONCE = 4;
/** An endpoint that does nothing but fail for so long is disabled at the end of a delivery that failed [d]. */
export const FAILING_LIMIT_DAYS = 5;

/** `skipped`: its endpoint was disabled or deleted before it could be sent. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed', 'skipped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What a delivery's workflow is given; a retry by its owner is a new round of attempts. */
export interface DeliveryInput {
  readonly deliveryId: string;
  readonly orgId: string;
  readonly round: number;
}
export const deliveryWorkflowId = ({ deliveryId, round }: Pick<DeliveryInput, 'deliveryId' | 'round'>): string =>
  `webhook/${deliveryId}/${round}`;

/** What the Temporal Web UI shows of a delivery. */
export interface DeliveryMemo {
  readonly event: string;
  /** Of the endpoint's URL: its path may hold a secret. */
  readonly host: string;
}

export interface AttemptInput extends DeliveryInput {
  /** 1 to 4 */
  readonly attempt: number;
  /** Whether the delivery has failed when this attempt does. */
  readonly last: boolean;
}

export interface AttemptOutcome {
  /** `waiting`: nothing was sent, for others are being sent to this endpoint; the signal `turn` says when to come again. */
  readonly status: DeliveryStatus | 'waiting';
  /** Status code of the receiver's answer, or why there was none. */
  readonly answer: number | string;
  /** What the receiver asked for by Retry-After [s]. */
  readonly retryAfterS?: number;
}

/** Sent to a waiting delivery when it is its turn. */
export const TURN_SIGNAL = 'turn';
/** Should no signal come, it asks again after this long [s], then twice as long and so on, to at most an hour. */
export const ASK_AGAIN_S = 60;

/** Where a delivery stands, by the query of this name. */
export const DELIVERY_QUERY = 'delivery';
export interface DeliveryProgress {
  readonly attempts: readonly AttemptOutcome[];
  /** Until the next attempt, from the last one's end [s]. */
  readonly waitS: number | null;
  /** Whether it waits for its turn at the endpoint. */
  readonly waitsForTurn: boolean;
}

/** The wait after a failed attempt: what the receiver asks for, held between this step and the next. */
export function waitAfter(attempt: number, retryAfterS = 0): number {
  const step = RETRY_WAITS_S[attempt - 1];
  return Math.min(Math.max(step, retryAfterS), RETRY_WAITS_S[attempt] ?? step);
}
