/** Lives of each workflow, with scripted activities: what `npm run record-histories` runs on a real Temporal server. */
import { Context } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { GpuStart, JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import { contractOf, type JobKind, JOB_KINDS, workflowIdOf, workflowTypeOf } from '../../src/contracts/jobs/kinds.ts';
import { CANCEL_SIGNAL, FAULT, PHASE_QUERY } from '../../src/contracts/jobs/jobs.ts';
import type { MailInput, MailStatus } from '../../src/contracts/mails/mails.ts';
import type {
  AttemptInput,
  AttemptOutcome,
  DeliveryInput,
  DeliveryProgress,
} from '../../src/contracts/webhooks/webhooks.ts';
import { DELIVERY_QUERY, deliveryWorkflowId, SLOT_SIGNAL } from '../../src/contracts/webhooks/webhooks.ts';
import * as workflows from '../../workflows/index.ts';

export interface Scenario {
  readonly workflowType: string;
  readonly name: string;
  readonly workflowId: string;
  readonly input?: object;
  readonly activities: Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;
  /** Sent with the start. */
  readonly signal?: string;
  /** What happens to it while it runs; its history is taken when this and the workflow have ended. */
  readonly during?: (handle: WorkflowHandle) => Promise<void>;
  /** The history is taken after `during`, and the workflow is terminated. */
  readonly isUnfinished?: boolean;
}

/** Heartbeats until its cancellation is asked for. */
async function untilCancelled(): Promise<void> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 100);
  await context.cancelled.catch(() => undefined);
  clearInterval(beat);
}

const underway = async (handle: WorkflowHandle): Promise<void> => {
  for (;;) {
    const { raw } = await handle.describe();
    if (
      (await handle.query(PHASE_QUERY)) === 'computing' &&
      raw.pendingActivities?.some((one) => one.lastHeartbeatTime)
    )
      return;
  }
};

/** Jobs whose first attempt was lost */
const lost = new Set<string>();

/** @param workflowType one without a definition of its own runs in the default workflow, which learns its queue from the input */
function jobScenarios(kind: JobKind, workflowType = workflowTypeOf(kind)): Scenario[] {
  const scenario = (
    name: string,
    compute: (input: JobWorkflowInput) => Promise<unknown>,
    rest: Partial<Scenario> = {},
  ): Scenario => {
    const isDefault = !(workflowType in workflows);
    const input: JobWorkflowInput = {
      jobId: `job_${name}`,
      orgId: 'org_1',
      kind,
      ...(isDefault && { queue: contractOf(kind).queue }),
    };
    const closeJob = async ({ status }: { status: string }) => status;
    return {
      workflowType,
      name,
      workflowId: isDefault ? `${workflowType}/${input.jobId}` : workflowIdOf(kind, input.jobId),
      input,
      activities: { [workflowType]: compute, closeJob },
      ...rest,
    };
  };
  const waiting = (name: string, gpu: GpuStart): JobWorkflowInput => ({
    jobId: `job_${name}`,
    orgId: 'org_1',
    kind,
    queue: contractOf(kind).queue,
    gpu,
  });
  const ended =
    (status: JobWorkflowResult['status'], timeLimited = false) =>
    async ({ jobId }: JobWorkflowInput): Promise<JobWorkflowResult> => ({ jobId, status, timeLimited });
  const cancellable = async (input: JobWorkflowInput) => {
    await untilCancelled();
    return ended('cancelled')(input);
  };
  return [
    scenario('success', ended('succeeded')),
    scenario('time-limited', ended('succeeded', true)),
    scenario('retries', async (input) => {
      if (Context.current().info.attempt < 3) throw new Error('the database is away');
      return ended('succeeded')(input);
    }),
    scenario('faults', async () => {
      throw ApplicationFailure.nonRetryable('TypeError: x is undefined', FAULT);
    }),
    // Its heartbeats stop once, as when its worker is lost.
    scenario('crash', async (input) => {
      if (lost.has(input.jobId + workflowType)) return ended('succeeded')(input);
      lost.add(input.jobId + workflowType);
      await Context.current().sleep('12 s');
      return ended('failed')(input);
    }),
    scenario('failure', async () => {
      throw ApplicationFailure.nonRetryable('The job used 601 s of compute time', 'job.time_limit');
    }),
    scenario('cancel-signal', cancellable, {
      during: async (handle) => {
        await underway(handle);
        await handle.signal(CANCEL_SIGNAL);
      },
    }),
    scenario('cancel-before-start', cancellable, { signal: CANCEL_SIGNAL }),
    scenario('cancel-in-web-ui', cancellable, {
      during: async (handle) => {
        await underway(handle);
        await handle.cancel();
      },
    }),
    scenario('underway', cancellable, { during: underway, isUnfinished: true }),
    // The recorder has no GPU worker: the first fails, the second runs on its kind's queue.
    ...(workflowType in workflows
      ? []
      : [
          scenario('gpu-untaken', ended('succeeded'), { input: waiting('gpu-untaken', { wait_s: 1 }) }),
          scenario('gpu-elsewhere', ended('succeeded'), {
            input: waiting('gpu-elsewhere', { wait_s: 1, otherwise: contractOf(kind).queue }),
          }),
        ]),
  ];
}

function deliveryScenarios(): Scenario[] {
  const scenario = (
    name: string,
    outcome: (attempt: number) => AttemptOutcome,
    rest: Partial<Scenario> = {},
  ): Scenario => {
    const input: DeliveryInput = { deliveryId: `dlv_${name}`, orgId: 'org_1', round: 1 };
    return {
      workflowType: 'deliverWebhook',
      name,
      workflowId: deliveryWorkflowId(input),
      input,
      activities: { attemptDelivery: async ({ attempt }: AttemptInput) => outcome(attempt) },
      ...rest,
    };
  };
  const waiting = async (handle: WorkflowHandle): Promise<void> => {
    while (
      !(await handle.fetchHistory()).events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes)
    );
  };
  let slotRequests = 0;
  return [
    scenario('success', () => ({ status: 'succeeded', answer: 204 })),
    scenario('retry', (attempt) =>
      attempt === 1 ? { status: 'pending', answer: 503 } : { status: 'succeeded', answer: 200 },
    ),
    scenario('failure', () => ({ status: 'failed', answer: 410 })),
    scenario('slot', () => ({ status: slotRequests++ === 0 ? 'waiting' : 'succeeded', answer: 200 }), {
      during: async (handle) => {
        while (!(await handle.query<DeliveryProgress>(DELIVERY_QUERY)).waitsForSlot);
        await handle.signal(SLOT_SIGNAL);
      },
    }),
    scenario('waiting', () => ({ status: 'pending', answer: 500 }), { during: waiting, isUnfinished: true }),
    scenario('cancel-in-web-ui', () => ({ status: 'pending', answer: 500 }), {
      during: async (handle) => {
        await waiting(handle);
        await handle.cancel();
      },
    }),
  ];
}

function mailScenarios(): Scenario[] {
  const scenario = (name: string, sendMail: () => Promise<MailStatus>): Scenario => ({
    workflowType: 'sendMailWorkflow',
    name,
    workflowId: `mail/mail_${name}`,
    input: { mailId: `mail_${name}`, orgId: 'org_1' } satisfies MailInput,
    activities: { sendMail, giveUpMail: async (): Promise<MailStatus> => 'failed' },
  });
  return [
    scenario('success', async () => 'sent'),
    scenario('retries', async () => {
      if (Context.current().info.attempt < 2) throw new Error('the provider is away');
      return 'sent';
    }),
    scenario('failure', async () => {
      throw ApplicationFailure.nonRetryable('no such recipient', 'Rejected');
    }),
  ];
}

function scheduledScenarios(workflowType: string, result: object): Scenario[] {
  const scenario = (name: string, activity: () => Promise<unknown>): Scenario => ({
    workflowType,
    name,
    workflowId: `${workflowType}/${name}`,
    activities: { [workflowType]: activity },
  });
  return [
    scenario('success', async () => result),
    scenario('retries', async () => {
      if (Context.current().info.attempt < 2) throw new Error('the database is away');
      return result;
    }),
    scenario('failure', async () => {
      throw ApplicationFailure.nonRetryable('no such table', 'Broken');
    }),
  ];
}

/** Stands for the types of all kinds that have no workflow definition of their own. */
export const DEFAULT_TYPE = 'defaultJob';

export const SCENARIOS: readonly Scenario[] = [
  ...JOB_KINDS.filter((kind) => workflowTypeOf(kind) in workflows).flatMap((kind) => jobScenarios(kind)),
  ...jobScenarios(JOB_KINDS[0], DEFAULT_TYPE),
  ...deliveryScenarios(),
  ...mailScenarios(),
  ...scheduledScenarios('reconcileJobs', { looked_at: 1, closed: [] }),
  ...scheduledScenarios('enforceRetention', { idempotency_keys: 1 }),
  ...scheduledScenarios('rollUpUsage', { days: 1 }),
  ...scheduledScenarios('checkBudgets', { alerts: 1 }),
  ...scheduledScenarios('deleteOrganizations', { gone: 1, waiting: 0 }),
];
