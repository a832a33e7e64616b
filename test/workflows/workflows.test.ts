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
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import { CANCEL_SIGNAL, FAULT, PHASE_QUERY } from '../../src/contracts/jobs/jobs.ts';
import type { AttemptInput, AttemptOutcome } from '../../src/contracts/webhooks/webhooks.ts';
import {
  DELIVERY_QUERY,
  type DeliveryProgress,
  OLD_SLOT_SIGNAL,
  SLOT_SIGNAL,
} from '../../src/contracts/webhooks/webhooks.ts';
import { describeWithTimeSkipping, startTimeSkipping } from '../support/test-server.ts';

let bundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await bundleWorkflowCode({
    workflowsPath: `${process.cwd()}/dist/workflows/index.js`,
    logger: new DefaultLogger('ERROR'),
  });
});

describeWithTimeSkipping('workflows', () => {
  let environment: TestWorkflowEnvironment;
  let count = 0;
  beforeAll(async () => {
    environment = await startTimeSkipping();
  });
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
    /**
     * Waits of the delivery that ran last, and those of them that were cut short [s], by its history: a clock would add
     * what the machine takes meanwhile.
     */
    async function waits(): Promise<{ waitsS: number[]; cutS: number[] }> {
      const { events } = await environment.client.workflow.getHandle(`deliverWebhook/${count}`).fetchHistory();
      const lengthS = new Map<string, number>();
      const cutS: number[] = [];
      for (const { timerStartedEventAttributes: started, timerCanceledEventAttributes: cut } of events ?? []) {
        if (started) lengthS.set(String(started.timerId), Number(started.startToFireTimeout?.seconds));
        if (cut) cutS.push(lengthS.get(String(cut.timerId))!);
      }
      return { waitsS: [...lengthS.values()], cutS };
    }
    async function deliver(outcome: (attempt: number) => AttemptOutcome) {
      const seen: Pick<AttemptInput, 'attempt' | 'last'>[] = [];
      const status = await run<string>('deliverWebhook', input, {
        attemptDelivery: async ({ attempt, last }: AttemptInput) => {
          seen.push({ attempt, last });
          return outcome(attempt);
        },
      });
      return { status, seen, ...(await waits()) };
    }

    test('fails after four attempts, with waits of 10, 60 and 300 s', async () => {
      expect(await deliver((attempt) => ({ status: attempt === 4 ? 'failed' : 'pending', answer: 500 }))).toEqual({
        status: 'failed',
        seen: [
          { attempt: 1, last: false },
          { attempt: 2, last: false },
          { attempt: 3, last: false },
          { attempt: 4, last: true },
        ],
        waitsS: [10, 60, 300],
        cutS: [],
      });
    });

    test('waits as the receiver asks, at most until the next step, and ends with the first success', async () => {
      const delivered = await deliver((attempt) =>
        attempt === 3
          ? { status: 'succeeded', answer: 200 }
          : { status: 'pending', answer: 503, retryAfterS: attempt === 1 ? 45 : 10_000 },
      );
      expect(delivered).toMatchObject({ status: 'succeeded', waitsS: [45, 300] });
    });

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
        waitsForSlot: false,
      });
    });

    test.each([SLOT_SIGNAL, OLD_SLOT_SIGNAL])(
      'waits for a slot at a busy endpoint until it gets the signal %s, and checks again by itself at growing intervals',
      async (signal) => {
        let asked = 0;
        const status = await run<string>(
          'deliverWebhook',
          input,
          {
            attemptDelivery: async ({ attempt }: AttemptInput): Promise<AttemptOutcome> => {
              expect(attempt).toBe(1);
              return ++asked < 5 ? { status: 'waiting', answer: 'busy' } : { status: 'succeeded', answer: 200 };
            },
          },
          async (handle) => {
            // After the third question it waits four minutes; the signal comes before.
            while (asked < 3 || !((await handle.query(DELIVERY_QUERY)) as DeliveryProgress).waitsForSlot) {
              await environment.sleep('10s');
            }
            await handle.signal(signal);
          },
        );
        expect(status).toBe('succeeded');
        expect(await waits()).toEqual({ waitsS: [60, 120, 240, 480], cutS: [240] });
      },
    );
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
      expect(at[1] - at[0]).toBeGreaterThanOrEqual(600_000);
      expect(at[1] - at[0]).toBeLessThan(900_000);
    });

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
    });
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
    });

    test('continues after failures that may pass, a silent worker among them', async () => {
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
    });

    test('continues after a database that cannot be reached for a day', async () => {
      let attempts = 0;
      const began = await environment.currentTimeMs();
      const result = await job(async () => {
        attempts++;
        if ((await environment.currentTimeMs()) - began < 24 * 3_600_000)
          throw ApplicationFailure.retryable('The database cannot be reached', 'service.unavailable');
        return done;
      });
      expect(result).toEqual(done);
      // At most 30 s pass between two attempts.
      expect(attempts).toBeGreaterThan(2_000);
      expect(closings).toEqual([]);
    });

    test('an error of ours is final when it has occurred three times', async () => {
      let attempts = 0;
      const failing = job(async () => {
        attempts++;
        throw ApplicationFailure.nonRetryable('TypeError: x is undefined', FAULT);
      });
      await expect(failing).rejects.toBeInstanceOf(WorkflowFailedError);
      expect(attempts).toBe(3);
      const message = 'The analysis failed on our side 3 times; quote the request id when you report it';
      expect(closings).toEqual([{ jobId: 'job_1', status: 'failed', error: { code: 'internal', message } }]);
    });

    test('a final failure closes it with its code, and fails the workflow', async () => {
      const failing = job(async () => {
        throw ApplicationFailure.nonRetryable('tilt is 91', 'solar.invalid_input');
      });
      await expect(failing).rejects.toBeInstanceOf(WorkflowFailedError);
      expect(closings).toEqual([
        { jobId: 'job_1', status: 'failed', error: { code: 'solar.invalid_input', message: 'tilt is 91' } },
      ]);
    });

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
    });
  });
});
