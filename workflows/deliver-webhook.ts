/** One delivery: an attempt, then durable waits of 10 s, 60 s and 300 s with an attempt after each, then it has failed. */
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
  ASK_AGAIN_S,
  DELIVERY_QUERY,
  RETRY_WAITS_S,
  TURN_SIGNAL,
  waitAfter,
} from '../src/contracts/webhooks/webhooks.ts';

// Temporal's retries are for lost workers alone, and keep the attempt's number: what a receiver answers is a value.
const { attemptDelivery } = proxyActivities<DefaultActivities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
});

type Ended = AttemptOutcome & { readonly status: DeliveryStatus };

export async function deliverWebhook(input: DeliveryInput): Promise<DeliveryStatus> {
  const attempts: AttemptOutcome[] = [];
  let waitS: number | null = null;
  let waitsForTurn = false;
  let turn = false;
  setHandler(defineQuery<DeliveryProgress>(DELIVERY_QUERY), () => ({ attempts, waitS, waitsForTurn }));
  setHandler(defineSignal(TURN_SIGNAL), () => {
    turn = true;
  });

  async function inTurn(attempt: AttemptInput): Promise<Ended> {
    for (let askAgainS = ASK_AGAIN_S; ; askAgainS = Math.min(2 * askAgainS, 3600)) {
      turn = false;
      const outcome = await attemptDelivery(attempt);
      if (outcome.status !== 'waiting') return outcome as Ended;
      waitsForTurn = true;
      await condition(() => turn, askAgainS * 1000);
      waitsForTurn = false;
    }
  }

  for (let attempt = 1; ; attempt++) {
    const outcome = await inTurn({ ...input, attempt, last: attempt > RETRY_WAITS_S.length });
    attempts.push(outcome);
    if (outcome.status !== 'pending') return outcome.status;
    waitS = waitAfter(attempt, outcome.retryAfterS);
    await sleep(waitS * 1000);
    waitS = null;
  }
}
