/** One delivery: an attempt, then durable waits of 10 s, 60 s and 300 s with an attempt after each, then it has failed. */
import { defineQuery, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';
import type { AttemptOutcome, DeliveryInput, DeliveryProgress, DeliveryStatus } from '../src/contracts/webhooks.ts';
import { DELIVERY_QUERY, RETRY_WAITS_S, waitAfter } from '../src/contracts/webhooks.ts';

// Temporal's retries are for lost workers alone, and keep the attempt's number: what a receiver answers is a value.
const { attemptDelivery } = proxyActivities<DefaultActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
});

export async function deliverWebhook(input: DeliveryInput): Promise<DeliveryStatus> {
  const attempts: AttemptOutcome[] = [];
  let waitS: number | null = null;
  setHandler(defineQuery<DeliveryProgress>(DELIVERY_QUERY), () => ({ attempts, waitS }));
  for (let attempt = 1; ; attempt++) {
    const last = attempt > RETRY_WAITS_S.length;
    const outcome = await attemptDelivery({ ...input, attempt, last });
    attempts.push(outcome);
    if (outcome.status !== 'pending') return outcome.status;
    waitS = waitAfter(attempt, outcome.retryAfterS);
    await sleep(waitS * 1000);
    waitS = null;
  }
}
