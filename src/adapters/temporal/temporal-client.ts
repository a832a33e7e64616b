/** The platform's only access to Temporal: connections, starts, cancels and states of workflows. */

import type { ConnectionOptions } from '@temporalio/client';
import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { AppError } from '../../contracts/common/app-error.ts';
import type { JobWorkflowInput } from '../../contracts/jobs/jobs.ts';
import {
  type DeliveryInput,
  type DeliveryMemo,
  deliveryWorkflowId,
  SLOT_SIGNAL,
} from '../../contracts/webhooks/webhooks.ts';
import { type MailInput, mailWorkflowId } from '../../contracts/mails/mails.ts';
import { CANCEL_SIGNAL, SEARCH_ATTRIBUTES } from '../../contracts/jobs/jobs.ts';
import { type JobKind, workflowIdOf, workflowTypeOf } from '../../contracts/jobs/kinds.ts';
import { fairnessWeightOf } from '../../contracts/accounts/plans.ts';

export interface TemporalOptions {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string;
  readonly tls?: { readonly cert?: string; readonly key?: string; readonly ca?: string } | boolean;
}

const KEYWORDS = {
  OrgId: defineSearchAttributeKey('OrgId', 'KEYWORD'),
  JobKind: defineSearchAttributeKey('JobKind', 'KEYWORD'),
  JobStatus: defineSearchAttributeKey('JobStatus', 'KEYWORD'),
};

/** Priority of webhooks and mails, below that of jobs (3, the default), so that a burst of them does not delay jobs. */
const BACKGROUND_PRIORITY = 4;

/** Time limit of one call to the server [ms]. */
const DEADLINE_MS = 5_000;

/** gRPC's DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED and UNAVAILABLE: the request itself is valid. */
const AWAY_CODES: readonly number[] = [4, 8, 14];

function isAway(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause;
  return (isGrpcServiceError(error) && AWAY_CODES.includes(error.code)) || (cause !== undefined && isAway(cause));
}

/** Returns the settings of a connection, for clients and for workers. */
export function connectionOptions({ address, apiKey, tls }: TemporalOptions): ConnectionOptions {
  const pem = (text?: string): Buffer | undefined => (text === undefined ? undefined : Buffer.from(text));
  return {
    address,
    apiKey,
    tls:
      typeof tls === 'object'
        ? {
            serverRootCACertificate: pem(tls.ca),
            clientCertPair: tls.cert && tls.key ? { crt: Buffer.from(tls.cert), key: Buffer.from(tls.key) } : undefined,
          }
        : tls,
  };
}

/** `running`, how the workflow ended, or `absent` if the server does not know it (any more). */
export type WorkflowState = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed_out' | 'absent';

export class TemporalClient {
  readonly client: Client;
  readonly #connection: Connection;

  /** Connects at the first call, because Temporal may be unreachable when the process starts. */
  constructor(options: TemporalOptions) {
    this.#connection = Connection.lazy(connectionOptions(options));
    this.client = new Client({ connection: this.#connection, namespace: options.namespace });
  }

  /** Starts a job's workflow; idempotent. @throws AppError `service.unavailable` when Temporal cannot be reached */
  async startJob(input: JobWorkflowInput<JobKind>, plan: string): Promise<void> {
    await this.#once(() => this.client.workflow.start(workflowTypeOf(input.kind), startOptions(input, plan)));
  }

  /** Sends the `cancel` signal and starts the workflow if it has not started; does nothing when the workflow has ended. */
  async cancelJob(input: JobWorkflowInput<JobKind>, plan: string): Promise<void> {
    const { workflowIdConflictPolicy: _, ...options } = startOptions(input, plan);
    await this.#once(() =>
      this.client.workflow.signalWithStart(workflowTypeOf(input.kind), {
        ...options,
        signal: CANCEL_SIGNAL,
        signalArgs: [],
      }),
    );
  }

  /** Starts a delivery's workflow; idempotent. */
  async startDelivery(input: DeliveryInput, plan: string, { event, host }: DeliveryMemo): Promise<void> {
    const options = backgroundOptions(deliveryWorkflowId(input), input, 'webhook', plan);
    const memo = { delivery: input.deliveryId, round: input.round, event, host };
    const staticSummary = `${event} to ${host}`;
    await this.#once(() => this.client.workflow.start('deliverWebhook', { ...options, staticSummary, memo }));
  }

  /** Signals a delivery's workflow that a slot was granted; does nothing when the workflow has ended. */
  async signalSlot(delivery: { readonly deliveryId: string; readonly round: number }): Promise<void> {
    const handle = this.client.workflow.getHandle(deliveryWorkflowId(delivery));
    try {
      await this.#withDeadline(() => handle.signal(SLOT_SIGNAL));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  /** Starts a mail's workflow; idempotent. */
  async startMail(input: MailInput, plan: string): Promise<void> {
    const options = backgroundOptions(mailWorkflowId(input), input, 'mail', plan);
    await this.#once(() => this.client.workflow.start('sendMailWorkflow', options));
  }

  async stateOf(workflowId: string): Promise<WorkflowState> {
    try {
      const { status } = await this.#withDeadline(() => this.client.workflow.getHandle(workflowId).describe());
      const name = status.name.toLowerCase();
      return name === 'continued_as_new' ? 'running' : name === 'canceled' ? 'cancelled' : (name as WorkflowState);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'absent';
      throw error;
    }
  }

  /**
   * Checks that the server answers.
   * @throws when the server does not answer within the deadline
   */
  async ping(deadlineMs = 2_000): Promise<void> {
    await this.#connection.withDeadline(Date.now() + deadlineMs, () =>
      this.#connection.workflowService.getSystemInfo({}),
    );
  }

  /** @returns search attributes that the server does not know; a workflow that sets one of them would wait for ever */
  async missingSearchAttributes(): Promise<string[]> {
    const { customAttributes } = await this.#withDeadline(() =>
      this.#connection.operatorService.listSearchAttributes({ namespace: this.client.options.namespace }),
    );
    return Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in (customAttributes ?? {})));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #once(call: () => Promise<unknown>): Promise<void> {
    try {
      await this.#withDeadline(call);
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw isAway(error)
        ? new AppError('service.unavailable', 'Temporal cannot be reached at the moment', { cause: error })
        : error;
    }
  }

  #withDeadline<T>(call: () => Promise<T>): Promise<T> {
    return this.#connection.withDeadline(Date.now() + DEADLINE_MS, call);
  }
}

const onceOptions = <Input extends { readonly orgId: string }>(workflowId: string, input: Input, plan: string) =>
  ({
    taskQueue: 'default',
    workflowId,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    priority: { fairnessKey: input.orgId, fairnessWeight: fairnessWeightOf(plan) },
  }) as const;

const startOptions = (input: JobWorkflowInput<JobKind>, plan: string) => ({
  ...onceOptions(workflowIdOf(input.kind, input.jobId), input, plan),
  typedSearchAttributes: new TypedSearchAttributes([
    { key: KEYWORDS.OrgId, value: input.orgId },
    { key: KEYWORDS.JobKind, value: input.kind },
    { key: KEYWORDS.JobStatus, value: 'queued' },
  ]),
});

function backgroundOptions<Input extends { readonly orgId: string }>(
  workflowId: string,
  input: Input,
  kind: 'webhook' | 'mail',
  plan: string,
) {
  const options = onceOptions(workflowId, input, plan);
  return {
    ...options,
    priority: { ...options.priority, priorityKey: BACKGROUND_PRIORITY },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: KEYWORDS.OrgId, value: input.orgId },
      { key: KEYWORDS.JobKind, value: kind },
    ]),
  };
}
