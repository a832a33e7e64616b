/** The workflows themselves, on Temporal's time-skipping server: days pass within seconds; activities are scripted here. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CancelledFailure, Context } from '@temporalio/activity';
import { type WorkflowHandle, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { CloseJobInput } from '../../activities/default/index.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs.ts';
import { CANCEL_SIGNAL, PHASE_QUERY } from '../../src/contracts/jobs.ts';
import type { AttemptInput, AttemptOutcome } from '../../src/contracts/webhooks.ts';
import { DELIVERY_QUERY, type DeliveryProgress, TURN_SIGNAL } from '../../src/contracts/webhooks.ts';
import { describeWithTimeSkipping, startTimeSkipping } from '../support/test-server.ts';

let bundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await bundleWorkflowCode({
    workflowsPath: `${process.cwd()}/dist/workflows/index.js`,
    logger: new DefaultLogger('ERROR'),
  });
}, 60_000);

describeWithTimeSkipping('workflows', () => {
  let environment: TestWorkflowEnvironment;
  let count = 0;
  beforeAll(async () => {
    environment = await startTimeSkipping();
  }, 60_000);
  afterAll(() => environment?.teardown());

  /** Runs a workflow with these activities on the queues of its kind. */
  async function run<Result>(
    type: string,
    input: object,
    activities: Record<string, (...args: never[]) => Promise<unknown>>,
    during: (handle: WorkflowHandle) => Promise<void> = async () => undefined,
  ): Promise<Result> {
    const worker = (taskQueue: string) =>
      Worker.create({
        connection: environment.nativeConnection,
        taskQueue,
        activities,
        ...(taskQueue === 'default' ? { workflowBundle: bundle } : {}),
        maxHeartbeatThrottleInterval: 100,
        defaultHeartbeatThrottleInterval: 100,
      });
    const [first, second] = await Promise.all([worker('default'), worker('solar')]);
    return first.runUntil(() =>
      second.runUntil(async () => {
        const handle = await environment.client.workflow.start(type, {
          taskQueue: 'default',
          workflowId: `${type}/${++count}`,
          args: [input],
        });
        await during(handle);
        return (await handle.result()) as Result;
      }),
    );
  }

  describe('deliverWebhook', () => {
    const input = { deliveryId: 'dlv_1', orgId: 'org_1', round: 1 };
    /** Attempts with their times [s] since the first. */
    async function deliver(outcome: (attempt: number) => AttemptOutcome) {
      const seen: { attempt: number; last: boolean; atS: number }[] = [];
      let from = 0;
      const status = await run<string>('deliverWebhook', input, {
        attemptDelivery: async ({ attempt, last }: AttemptInput) => {
          const now = await environment.currentTimeMs();
          if (seen.length === 0) from = now;
          seen.push({ attempt, last, atS: Math.round((now - from) / 1000) });
          return outcome(attempt);
        },
      });
      return { status, seen };
    }

    test('fails after attempts at 0, 10, 70 and 370 s', async () => {
      const { status, seen } = await deliver((attempt) => ({
        status: attempt === 4 ? 'failed' : 'pending',
        answer: 500,
      }));
      expect(status).toBe('failed');
      expect(seen).toEqual([
        { attempt: 1, last: false, atS: 0 },
        { attempt: 2, last: false, atS: 10 },
        { attempt: 3, last: false, atS: 70 },
        { attempt: 4, last: true, atS: 370 },
      ]);
    }, 60_000);

    test('waits as the receiver asks, at most until the next step, and ends with the first success', async () => {
      const { status, seen } = await deliver((attempt) =>
        attempt === 3
          ? { status: 'succeeded', answer: 200 }
          : { status: 'pending', answer: 503, retryAfterS: attempt === 1 ? 45 : 10_000 },
      );
      expect(status).toBe('succeeded');
      expect(seen.map(({ atS }) => atS)).toEqual([0, 45, 345]);
    }, 60_000);

    test('a query tells the attempts and the wait', async () => {
      let progress: unknown;
      await run(
        'deliverWebhook',
        input,
        {
          attemptDelivery: async ({ attempt }: AttemptInput): Promise<AttemptOutcome> =>
            attempt === 1 ? { status: 'pending', answer: 'refused' } : { status: 'succeeded', answer: 204 },
        },
        async (handle) => {
          for (;;) {
            progress = await handle.query(DELIVERY_QUERY);
            if ((progress as { waitS: number | null }).waitS !== null) return;
          }
        },
      );
      expect(progress).toEqual({
        attempts: [{ status: 'pending', answer: 'refused' }],
        waitS: 10,
        waitsForTurn: false,
      });
    }, 60_000);

    test('waits for its turn at a busy endpoint until it is signalled, and asks again by itself ever more rarely', async () => {
      const asked: number[] = [];
      let from = 0;
      const status = await run<string>(
        'deliverWebhook',
        input,
        {
          attemptDelivery: async ({ attempt }: AttemptInput): Promise<AttemptOutcome> => {
            expect(attempt).toBe(1);
            const now = await environment.currentTimeMs();
            if (asked.length === 0) from = now;
            asked.push(Math.round((now - from) / 1000));
            return asked.length < 5 ? { status: 'waiting', answer: 'busy' } : { status: 'succeeded', answer: 200 };
          },
        },
        async (handle) => {
          // After the third question it waits four minutes; the signal comes before.
          while (asked.length < 3 || !((await handle.query(DELIVERY_QUERY)) as DeliveryProgress).waitsForTurn) {
            await environment.sleep('10s');
          }
          await handle.signal(TURN_SIGNAL);
        },
      );
      expect(status).toBe('succeeded');
      expect(asked.slice(0, 3)).toEqual([0, 60, 180]);
      expect(asked[3]).toBeLessThan(180 + 240);
      expect(asked[4] - asked[3]).toBe(480);
    }, 60_000);
  });

  describe('sendMailWorkflow', () => {
    const input = { mailId: 'mail_1', orgId: 'org_1' };

    test('tries again when the provider says so', async () => {
      const at: number[] = [];
      const status = await run<string>('sendMailWorkflow', input, {
        sendMail: async () => {
          at.push(await environment.currentTimeMs());
          if (at.length === 1)
            throw ApplicationFailure.create({ message: '429', type: 'MailError', nextRetryDelay: '600s' });
          return 'sent';
        },
        giveUpMail: async () => 'failed',
      });
      expect(status).toBe('sent');
      expect(Math.round((at[1] - at[0]) / 1000)).toBe(600);
    }, 60_000);

    test('gives up after a day', async () => {
      let attempts = 0;
      const status = await run<string>('sendMailWorkflow', input, {
        sendMail: async () => {
          attempts++;
          throw ApplicationFailure.retryable('SendGrid answered 503', 'MailError');
        },
        giveUpMail: async () => 'failed',
      });
      expect(status).toBe('failed');
      expect(attempts).toBeGreaterThan(90);
    }, 60_000);
  });

  describe('a job', () => {
    const input: JobWorkflowInput = { jobId: 'job_1', orgId: 'org_1', kind: 'solar-analyze' };
    const done: JobWorkflowResult = { jobId: 'job_1', status: 'succeeded', timeLimited: false };
    const closings: CloseJobInput[] = [];
    const closeJob = async (closing: CloseJobInput) => {
      closings.push(closing);
      return closing.status;
    };
    const job = (solarAnalyze: () => Promise<unknown>, during?: Parameters<typeof run>[3]) => {
      closings.length = 0;
      return run<JobWorkflowResult>('solarAnalyze', input, { solarAnalyze, closeJob }, during);
    };

    test('returns what its activity does, and closes nothing that has ended well', async () => {
      expect(await job(async () => done)).toEqual(done);
      expect(closings).toEqual([]);
    }, 60_000);

    test('goes on after failures that may pass, a silent worker among them', async () => {
      let attempts = 0;
      const result = await job(async () => {
        attempts++;
        if (attempts === 1) throw new Error('the database is away');
        // Never heartbeats: taken for lost after its heartbeat timeout.
        if (attempts === 2) await Context.current().sleep('1 hour');
        return done;
      });
      expect(result).toEqual(done);
      expect(attempts).toBe(3);
    }, 60_000);

    test('a final failure closes it with its code, and fails the workflow', async () => {
      const failing = job(async () => {
        throw ApplicationFailure.nonRetryable('tilt is 91', 'solar.invalid_input');
      });
      await expect(failing).rejects.toBeInstanceOf(WorkflowFailedError);
      expect(closings).toEqual([
        { jobId: 'job_1', status: 'failed', error: { code: 'solar.invalid_input', message: 'tilt is 91' } },
      ]);
    }, 60_000);

    test('the cancel signal stops the activity, whose best so far is the result', async () => {
      const best: JobWorkflowResult = { jobId: 'job_1', status: 'cancelled', timeLimited: false };
      const phases: unknown[] = [];
      const result = await job(
        async () => {
          const context = Context.current();
          const beat = setInterval(() => context.heartbeat(), 50);
          try {
            await context.cancelled;
          } catch (error) {
            expect(error).toBeInstanceOf(CancelledFailure);
          } finally {
            clearInterval(beat);
          }
          return best;
        },
        async (handle) => {
          phases.push(await handle.query(PHASE_QUERY));
          await handle.signal(CANCEL_SIGNAL);
        },
      );
      expect(result).toEqual(best);
      expect(phases).toEqual(['computing']);
      expect(closings).toEqual([]);
    }, 60_000);
  });
});
