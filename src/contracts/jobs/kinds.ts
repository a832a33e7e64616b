/** What follows from the kinds that technologies declare: their names and types, routes and queues. */
import type { z } from 'zod';
import * as technologies from './technologies.ts';

type Technologies = typeof technologies;
export type TechnologyName = keyof Technologies;
export type KindOf<Name extends TechnologyName> = Technologies[Name]['kinds'][number]['kind'];
/** The endpoints that a technology declares */
export type EndpointsOf<Name extends TechnologyName> = Technologies[Name] extends {
  readonly endpoints: infer Endpoints;
}
  ? Endpoints
  : null;
type Kinds = { [Name in keyof Technologies]: Technologies[Name]['kinds'][number] }[keyof Technologies];
export type JobKind = Kinds['kind'];
/** The declaration of a kind. */
export type JobContract<Kind extends JobKind = JobKind> = Extract<Kinds, { readonly kind: Kind }>;
/** The checked body of the endpoint that starts a job, the stored input, and the result. */
export type JobBody<Kind extends JobKind = JobKind> = z.output<JobContract<Kind>['body']>;
export type JobInput<Kind extends JobKind = JobKind> = z.output<JobContract<Kind>['input']>;
export type JobResult<Kind extends JobKind = JobKind> = z.output<JobContract<Kind>['result']>;

export const TECHNOLOGIES = Object.values(technologies);
export const JOB_CONTRACTS: readonly JobContract[] = TECHNOLOGIES.flatMap(({ kinds }): readonly JobContract[] => kinds);
export const JOB_KINDS = JOB_CONTRACTS.map(({ kind }) => kind);

const byKind = new Map(JOB_CONTRACTS.map((contract) => [contract.kind, contract] as const));
export const contractOf = (kind: JobKind): JobContract => byKind.get(kind)!;
/**
 * Returns the technology of a kind.
 * @throws if the kind is unknown
 */
export function technologyOf(kind: JobKind): (typeof TECHNOLOGIES)[number] {
  const owner = TECHNOLOGIES.find(({ kinds }) => kinds.some((one) => one.kind === kind));
  if (!owner) throw new Error(`No technology declares the job kind ${kind}`);
  return owner;
}

/** Returns the type of a kind's workflow and of its activity: `solarAnalyze` of `solar-analyze`. */
export const workflowTypeOf = (kind: JobKind): string =>
  kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
export const workflowIdOf = (kind: JobKind, jobId: string): string => `${kind}/${jobId}`;

/** The task queues: `default` does bookkeeping, `gpu` one task at a time, all others compute. */
export type TaskQueue = 'default' | 'gpu' | JobContract['queue'];
export const TASK_QUEUES: readonly TaskQueue[] = [
  'default',
  ...new Set(JOB_CONTRACTS.map(({ queue }) => queue)),
  'gpu',
];
/** Queues that a worker polls by default: all but the queue of machines with a GPU. */
export const DEFAULT_QUEUES: readonly TaskQueue[] = TASK_QUEUES.filter((queue) => queue !== 'gpu');
