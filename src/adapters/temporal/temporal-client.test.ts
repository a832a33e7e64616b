import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ServiceError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { connectionOptions, TemporalClient } from './temporal-client.ts';

const INPUT = { jobId: 'job_1', orgId: 'org_1', kind: 'solar-analyze' } as const;
const DELIVERY = { deliveryId: 'dlv_1', orgId: 'org_1', round: 2 };

/** As gRPC throws it, wrapped by the SDK. */
function grpcError(code: number): ServiceError {
  const cause = Object.assign(new Error('grpc'), { code, details: 'grpc', metadata: {} });
  return new ServiceError('Failed to start Workflow', { cause });
}

let temporal: TemporalClient;
beforeEach(() => {
  // It connects at the first call, and no call reaches a server here.
  temporal = new TemporalClient({ address: '127.0.0.1:9', namespace: 'default' });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await temporal.close();
});
const startAnswers = (answer: () => Promise<never>) =>
  jest.spyOn(temporal.client.workflow, 'start').mockImplementation(answer);

describe('connections', () => {
  test('use TLS as configured; a client certificate needs both its parts', () => {
    const address = 'temporal:7233';
    const of = (tls?: boolean | object) => connectionOptions({ address, namespace: 'n', apiKey: 'k', tls }).tls;
    expect(of()).toBeUndefined();
    expect(of(true)).toBe(true);
    expect(of({ ca: 'CA', cert: 'C', key: 'K' })).toEqual({
      serverRootCACertificate: Buffer.from('CA'),
      clientCertPair: { crt: Buffer.from('C'), key: Buffer.from('K') },
    });
    expect(of({ cert: 'C' })).toEqual({ serverRootCACertificate: undefined, clientCertPair: undefined });
    expect(connectionOptions({ address, namespace: 'n', apiKey: 'k' })).toMatchObject({ address, apiKey: 'k' });
  });
});

describe('starting a workflow', () => {
  test('is idempotent by its id, fair between organizations, and behind jobs for webhooks and mails', async () => {
    const start = startAnswers(async () => undefined as never);
    await temporal.startJob(INPUT, 1);
    await temporal.startDelivery(DELIVERY, 1, { event: 'job.succeeded', host: 'example.com' });
    await temporal.startMail({ mailId: 'mail_1', orgId: 'org_1' }, 1);
    expect(start.mock.calls.map(([type]) => type)).toEqual(['solarAnalyze', 'deliverWebhook', 'sendMailWorkflow']);
    const ids = start.mock.calls.map(([, options]) => options.workflowId);
    expect(ids[0]).toBe('solar-analyze/job_1');
    expect(new Set(ids).size).toBe(3);
    for (const [, options] of start.mock.calls)
      expect(options).toMatchObject({
        taskQueue: 'default',
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        priority: { fairnessKey: 'org_1' },
      });
    expect(start.mock.calls.map(([, options]) => options.priority?.priorityKey)).toEqual([undefined, 4, 4]);
  });

  test('that has started already is no error', async () => {
    startAnswers(async () => {
      throw new WorkflowExecutionAlreadyStartedError('started', 'solar-analyze/job_1', 'solarAnalyze');
    });
    await expect(temporal.startJob(INPUT, 1)).resolves.toBeUndefined();
  });

  test.each([4, 8, 14])('fails as service.unavailable when gRPC answers %d', async (code) => {
    startAnswers(async () => {
      throw grpcError(code);
    });
    await expect(temporal.startJob(INPUT, 1)).rejects.toMatchObject({ code: 'service.unavailable' });
  });

  test('that the server refuses keeps its own error, so that it is not taken for an outage', async () => {
    const refused = grpcError(3);
    startAnswers(async () => {
      throw refused;
    });
    await expect(temporal.startJob(INPUT, 1)).rejects.toBe(refused);
  });

  test('cancelling starts and signals in one call', async () => {
    const signal = jest.spyOn(temporal.client.workflow, 'signalWithStart').mockResolvedValue(undefined as never);
    await temporal.cancelJob(INPUT, 1);
    const [type, options] = signal.mock.calls[0];
    expect(type).toBe('solarAnalyze');
    expect(options).toMatchObject({ workflowId: 'solar-analyze/job_1', signal: 'cancel', signalArgs: [] });
    // The server refuses a conflict policy with a signal.
    expect(options).not.toHaveProperty('workflowIdConflictPolicy');
  });
});

describe('the state of a workflow', () => {
  const handleThat = (parts: object) =>
    jest.spyOn(temporal.client.workflow, 'getHandle').mockReturnValue(parts as never);

  test.each([
    ['RUNNING', 'running'],
    ['CONTINUED_AS_NEW', 'running'],
    ['CANCELED', 'cancelled'],
    ['TIMED_OUT', 'timed_out'],
    ['TERMINATED', 'terminated'],
  ])('%s is told as %s', async (name, state) => {
    handleThat({ describe: async () => ({ status: { name } }) });
    expect(await temporal.stateOf('solar-analyze/job_1')).toBe(state);
  });

  test('of one that the server does not know is absent; signals to it are dropped', async () => {
    const unknown = async () => {
      throw new WorkflowNotFoundError('unknown', 'id', undefined);
    };
    handleThat({ describe: unknown, signal: unknown });
    expect(await temporal.stateOf('solar-analyze/job_1')).toBe('absent');
    await expect(temporal.signalSlot(DELIVERY)).resolves.toBeUndefined();
  });

  test('is unknown when the server does not answer', async () => {
    const failed = grpcError(14);
    handleThat({
      describe: async () => {
        throw failed;
      },
    });
    await expect(temporal.stateOf('solar-analyze/job_1')).rejects.toBe(failed);
  });
});
