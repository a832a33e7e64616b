/** Sends one mail. It tries for a day while the provider cannot be reached or asks to wait. */
import { ActivityFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DefaultActivities } from '../activities/default/index.ts';
import type { MailInput, MailStatus } from '../src/contracts/mails/mails.ts';

const { sendMail } = proxyActivities<DefaultActivities>({
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '5s', maximumInterval: '15m' },
});
const { giveUpMail } = proxyLocalActivities<DefaultActivities>({ startToCloseTimeout: '30s' });

/** Sends one mail; if the provider cannot be reached, it tries again for a day. */
export async function sendMailWorkflow(input: MailInput): Promise<MailStatus> {
  try {
    return await sendMail(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return giveUpMail(input);
  }
}
