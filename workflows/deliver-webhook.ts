/**
 * One webhook delivery: an attempt, then durable waits of 10 s, 60 s and 300 s with an attempt after each. If all fail,
 * the delivery has failed.
 */
import { condition, defineQuery, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';
import type {
  AttemptInput,
  AttemptOutcome,
  DeliveryInput,
  DeliveryProgress,
  DeliveryStatus,
} from '../src/contracts/webhooks/webhooks.ts';
import {
  RECHECK_AFTER_S,
  DELIVERY_QUERY,
  OLD_SLOT_SIGNAL,
  RETRY_WAITS_S,
  SLOT_SIGNAL,
  waitAfter,
} from '../src/contracts/webhooks/webhooks.ts';

// Temporal's retries are only for lost workers and keep the attempt's number: a receiver's answer is a return value.
const { attemptDelivery } = proxyActivities<DefaultActivities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
});

type Ended = AttemptOutcome & { readonly status: DeliveryStatus };

/** Delivers one event to one endpoint: an attempt, then up to three more after durable waits. */
export async function deliverWebhook(input: DeliveryInput): Promise<DeliveryStatus> {
  const attempts: AttemptOutcome[] = [];
  let waitS: number | null = null;
  let waitsForSlot = false;
  let hasSlot = false;
  setHandler(defineQuery<DeliveryProgress>(DELIVERY_QUERY), () => ({ attempts, waitS, waitsForSlot }));
  const onSlot = (): void => {
    hasSlot = true;
  };
  setHandler(defineSignal(SLOT_SIGNAL), onSlot);
  // Open workflows may have this signal in their history. It can go when none of them is open (docs/workflow-changes.md).
  setHandler(defineSignal(OLD_SLOT_SIGNAL), onSlot);

  async function attemptInSlot(attempt: AttemptInput): Promise<Ended> {
    for (let recheckAfterS = RECHECK_AFTER_S; ; recheckAfterS = Math.min(2 * recheckAfterS, 3600)) {
      hasSlot = false;
      const outcome = await attemptDelivery(attempt);
      if (outcome.status !== 'waiting') return outcome as Ended;
      waitsForSlot = true;
      await condition(() => hasSlot, recheckAfterS * 1000);
      waitsForSlot = false;
    }
  }

  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptInSlot({ ...input, attempt, last: attempt > RETRY_WAITS_S.length });
    attempts.push(outcome);
    if (outcome.status !== 'pending') return outcome.status;
    waitS = waitAfter(attempt, outcome.retryAfterS);
    await sleep(waitS * 1000);
    waitS = null;
  }
}
