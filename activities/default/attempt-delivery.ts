import { Context } from '@temporalio/activity';
import type { AttemptInput, AttemptOutcome } from '../../src/contracts/webhooks/webhooks.ts';
import { type AttemptDependencies, attemptDelivery as attempt } from '../../src/services/webhooks/attempt.ts';

const HEARTBEAT_MS = 2_000;

/**
 * Temporal notices a lost worker by its missing heartbeats. Most attempts get an answer within two seconds and send
 * none.
 */
export async function attemptDelivery(input: AttemptInput, dependencies: AttemptDependencies): Promise<AttemptOutcome> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  try {
    return await attempt(input, dependencies);
  } finally {
    clearInterval(beat);
  }
}
