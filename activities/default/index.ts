import { errorCodeOf } from '../../src/contracts/jobs/error-codes.ts';
import type { AttemptInput, AttemptOutcome } from '../../src/contracts/webhooks/webhooks.ts';
import type { JobStatus } from '../../src/contracts/jobs/jobs.ts';
import type { Database } from '../../src/adapters/database/database.ts';
import type { MailInput, MailStatus } from '../../src/contracts/mails/mails.ts';
import { closeJob } from '../../src/services/jobs/job-run.ts';
import type { Reconciliation } from '../../src/services/jobs/reconcile.ts';
import { reconcileJobs, type WorkflowStates } from '../../src/services/jobs/reconcile.ts';
import type { MailTransport } from '../../src/adapters/mail/transport.ts';
import { deleteOrganizations } from '../../src/services/departure/deletion.ts';
import { enforceRetention, type Retained, type RetentionPolicy } from '../../src/services/retention/retention.ts';
import { checkBudgets } from '../../src/services/metering/budgets.ts';
import { rollUpUsage } from '../../src/services/metering/usage.ts';
import { giveUpMail, reconcileMails } from '../../src/services/mails/mails.ts';
import { compactSlo } from '../../src/services/slo/slo.ts';
import type { AttemptDependencies } from '../../src/services/webhooks/attempt.ts';
import type { JobEffects, Jobs } from '../../src/services/jobs/jobs.ts';
import { reconcileDeliveries } from '../../src/services/webhooks/reconcile.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { sendMail } from './send-mail.ts';

export interface CloseJobInput {
  readonly jobId: string;
  readonly status: 'failed' | 'cancelled';
  /** The code is the type of the activity's failure. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Activities of the queue `default`: they write records and do not compute. */
export interface DefaultActivities {
  closeJob(input: CloseJobInput): Promise<JobStatus>;
  /** Ends or restarts jobs, webhook deliveries and mails whose workflow was lost. */
  reconcileJobs(): Promise<
    Reconciliation & { readonly deliveries: readonly string[]; readonly mails: readonly string[] }
  >;
  enforceRetention(): Promise<Retained>;
  /** Adds usage to its hours, and reports the hours to Stripe. @returns the number of records that were added */
  rollUpUsage(): Promise<number>;
  /** Tells of budgets that are reached. @returns the number of alerts */
  checkBudgets(): Promise<number>;
  /** Deletes organizations whose deletion was requested. */
  deleteOrganizations(): Promise<{ readonly gone: number; readonly waiting: number }>;
  attemptDelivery(input: AttemptInput): Promise<AttemptOutcome>;
  sendMail(input: MailInput): Promise<MailStatus>;
  giveUpMail(input: MailInput): Promise<MailStatus>;
}

/** Ids that a workflow's result shows; a lost server may leave more than a payload can hold. */
const shown = (ids: readonly string[]): readonly string[] => ids.slice(0, 100);

export const defaultActivities = (
  database: Database,
  effects: JobEffects,
  jobs: Pick<Jobs, 'cancel'>,
  workflows: WorkflowStates,
  webhooks: AttemptDependencies,
  mails: MailTransport,
  retention: RetentionPolicy,
  syncBilling: () => Promise<void>,
): DefaultActivities => ({
  closeJob: ({ jobId, status, error }) =>
    closeJob(database, effects, jobId, status, error && { ...error, code: errorCodeOf(error.code) }),
  async reconcileJobs() {
    const { looked_at, closed, started_again } = await reconcileJobs(database, effects, workflows);
    const deliveries = await reconcileDeliveries(database, workflows);
    const mails = await reconcileMails(database, workflows);
    return {
      looked_at,
      closed: shown(closed),
      started_again: shown(started_again),
      deliveries: shown(deliveries),
      mails: shown(mails),
    };
  },
  async enforceRetention() {
    await compactSlo(database);
    return enforceRetention(database, retention);
  },
  async rollUpUsage() {
    const n = await rollUpUsage(database);
    await syncBilling();
    return n;
  },
  checkBudgets: () => checkBudgets(database, effects.emitEvent),
  deleteOrganizations: () => deleteOrganizations(database, jobs),
  attemptDelivery: (input) => attemptDelivery(input, webhooks),
  sendMail: (input) => sendMail(input, database, mails),
  giveUpMail: ({ mailId }) => giveUpMail(mailId, database),
});
