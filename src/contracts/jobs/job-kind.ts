/**
 * The declaration of a job kind: what the API, the client, workflows and stored rows know about it. The implementation
 * is in src/services.
 */
import type { z } from 'zod';
import type { Feature } from '../common/plans.ts';
import type { EndpointContracts } from '../common/endpoint-contract.ts';
import type { ErrorCode, ErrorCodeInfo } from '../common/error-codes.ts';
import type { Scope } from '../common/scopes.ts';
import type { WarningCodes } from '../common/warnings.ts';

export interface JobKindContract {
  /** Stored with each job; never renamed: `solar-analyze` */
  readonly kind: string;
  /** The task queue whose workers run it */
  readonly queue: string;
  /** Whether workers of the queue `gpu` run it too */
  readonly device?: true;
  /** The POST endpoint that starts it; each takes an Idempotency-Key. */
  readonly path: `/v1/${string}`;
  /** Name of that operation in OpenAPI: `analyzeSolar` */
  readonly operation: string;
  /** Name of the operation that says how long a job would take, `estimateSolarAnalysis`; absent where none does */
  readonly estimate?: string;
  /** Name of the job in OpenAPI: `SolarAnalysis` */
  readonly schemaId: string;
  readonly scope: Scope;
  /** Part of the platform that a plan may lack */
  readonly feature?: Feature;
  /** Whether an experiment about search_defaults may choose its iterations */
  readonly isSearch?: true;
  readonly summary: string;
  readonly description: string;
  /** Errors of this endpoint in addition to the common ones */
  readonly errors: readonly ErrorCode[];
  readonly body: z.ZodType<object>;
  /** The body in the form in which it is stored */
  readonly input: z.ZodType<object>;
  /** The result that is stored when the job ends; for a job cancelled early, the result until then */
  readonly result: z.ZodType<object>;
  /** Example of a body */
  readonly example: object;
}

/** A technology: what its job kinds have in common. */
export interface TechnologyContract {
  readonly name: string;
  /** Heading of its endpoints in OpenAPI, and the line below it */
  readonly tag: string;
  readonly description: string;
  /** The setting that disables its endpoints; absent where every installation has them */
  readonly setting?: `ENABLE_${string}`;
  /** Error code of an input that has no finite result */
  readonly invalidInput: ErrorCode;
  /** Error codes of its own, which begin with its name. Also in `TechnologyErrorCodes`. */
  readonly errorCodes?: Readonly<Record<`${string}.${string}`, ErrorCodeInfo>>;
  /** Warning codes of its own, which begin with its name */
  readonly warnings?: WarningCodes;
  /** Endpoints of its own, such as those of its library; those that start jobs follow from the kinds. */
  readonly endpoints?: EndpointContracts;
  readonly kinds: readonly JobKindContract[];
}

/** Preserves names and schemas as exact types. */
export const technology = <const Technology extends TechnologyContract>(declared: Technology): Technology => declared;

export const SUBMIT_DESCRIPTION =
  'Answers at once; the job runs as a durable workflow. With an Idempotency-Key you can repeat the request safely.';
