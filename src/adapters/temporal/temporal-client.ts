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
import type { JobOrigin, JobWorkflowInput } from '../../contracts/jobs/jobs.ts';
import {
  type DeliveryInput,
  type DeliveryMemo,
  deliveryWorkflowId,
  SLOT_SIGNAL,
} from '../../contracts/webhooks/webhooks.ts';
import { type MailInput, mailWorkflowId } from '../../contracts/mails/mails.ts';
import { CANCEL_SIGNAL, SEARCH_ATTRIBUTES } from '../../contracts/jobs/jobs.ts';
import { type JobKind, workflowIdOf, workflowTypeOf } from '../../contracts/jobs/kinds.ts';

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

/**
 * PERMISSION_DENIED and UNIMPLEMENTED of gRPC: the operator service of Temporal Cloud, which is closed to the role of a
 * namespace.
 */
export const isClosed = (error: unknown): boolean => isGrpcServiceError(error) && [7, 12].includes(error.code);

/** Errors of the SDK's own transport that stay: a bad certificate or key, TLS where there is none. */
const STAYING = /InvalidData|PrivateKey|InvalidMessage|PermissionDenied|Unauthenticated/i;

/** Whether an error of a connection to Temporal may pass by itself. */
export const isTemporalAway = (error: unknown): boolean =>
  isAway(error) || ((error as Error).name === 'TransportError' && !STAYING.test((error as Error).message));

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
  async startJob(input: JobWorkflowInput<JobKind>, fairnessWeight: number, origin?: JobOrigin): Promise<void> {
    const options = startOptions(input, fairnessWeight, origin);
    await this.#once(() => this.client.workflow.start(workflowTypeOf(input.kind), options));
  }

  /** Sends the `cancel` signal and starts the workflow if it has not started; does nothing when the workflow has ended. */
  async cancelJob(input: JobWorkflowInput<JobKind>, fairnessWeight: number, origin?: JobOrigin): Promise<void> {
    const { workflowIdConflictPolicy: _, ...options } = startOptions(input, fairnessWeight, origin);
    await this.#once(() =>
      this.client.workflow.signalWithStart(workflowTypeOf(input.kind), {
        ...options,
        signal: CANCEL_SIGNAL,
        signalArgs: [],
      }),
    );
  }

  /** Starts a delivery's workflow; idempotent. */
  async startDelivery(input: DeliveryInput, fairnessWeight: number, { event, host }: DeliveryMemo): Promise<void> {
    const options = backgroundOptions(deliveryWorkflowId(input), input, 'webhook', fairnessWeight);
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
  async startMail(input: MailInput, fairnessWeight: number): Promise<void> {
    const options = backgroundOptions(mailWorkflowId(input), input, 'mail', fairnessWeight);
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

  /** @throws when the server does not answer, or has no such namespace */
  async requireNamespace(): Promise<void> {
    const { namespace } = this.client.options;
    await this.#withDeadline(() => this.#connection.workflowService.describeNamespace({ namespace }));
  }

  /**
   * @returns search attributes that the server does not know; a workflow that sets one of them would wait for ever. None
   * if the server does not show them to this role, as Temporal Cloud
   */
  async missingSearchAttributes(): Promise<string[]> {
    const known = await this.#withDeadline(() =>
      this.#connection.operatorService.listSearchAttributes({ namespace: this.client.options.namespace }),
    ).catch((error: unknown) => {
      if (isClosed(error)) return undefined;
      throw error;
    });
    if (known === undefined) return [];
    const { customAttributes } = known;
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

const onceOptions = <Input extends { readonly orgId: string }>(
  workflowId: string,
  input: Input,
  fairnessWeight: number,
) =>
  ({
    taskQueue: 'default',
    workflowId,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    priority: { fairnessKey: input.orgId, fairnessWeight },
  }) as const;

const startOptions = (input: JobWorkflowInput<JobKind>, fairnessWeight: number, origin?: JobOrigin) => ({
  ...onceOptions(workflowIdOf(input.kind, input.jobId), input, fairnessWeight),
  staticSummary: `${input.kind} of ${input.orgId}`,
  memo: {
    kind: input.kind,
    organization: input.orgId,
    ...(origin?.requestId && { request_id: origin.requestId }),
    ...(origin?.traceId && { trace_id: origin.traceId }),
  },
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
  fairnessWeight: number,
) {
  const options = onceOptions(workflowId, input, fairnessWeight);
  return {
    ...options,
    priority: { ...options.priority, priorityKey: BACKGROUND_PRIORITY },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: KEYWORDS.OrgId, value: input.orgId },
      { key: KEYWORDS.JobKind, value: kind },
    ]),
  };
}
