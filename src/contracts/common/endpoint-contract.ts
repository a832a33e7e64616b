/**
 * The declaration of an endpoint of a technology, such as those of its library. The endpoints that start jobs follow from
 * the job kinds. The handler is in src/services.
 */
import type { z } from 'zod';
import type { ErrorCode } from './error-codes.ts';
import type { Links } from './links.ts';
import type { Scope } from './scopes.ts';

export interface EndpointContract {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Path in Express form: `/v1/wind/turbines/:id` */
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope;
  readonly query?: z.ZodType;
  /** Schema of a JSON body */
  readonly body?: z.ZodType;
  /** Largest body of JSON [bytes]; default: what suits most endpoints */
  readonly bodyLimit?: number;
  /** The body is a file, whatever its content type says. */
  readonly file?: {
    readonly mediaTypes: readonly string[];
    /** Largest size [bytes]; default: MAX_UPLOAD_MB */
    readonly maxBytes?: number;
  };
  /** HTTP status of success; default 200, or 204 without an answer */
  readonly status?: 201;
  /** Schema of a JSON answer */
  readonly response?: z.ZodType;
  readonly links?: Links;
  /** Media type of an answer that is a file of text */
  readonly produces?: string;
  /** Errors of this endpoint in addition to the common ones */
  readonly errors?: readonly ErrorCode[];
  /** Example of a JSON body */
  readonly example?: object;
}

/** Endpoints by their operation in OpenAPI: `listHorizons` */
export type EndpointContracts = Readonly<Record<string, EndpointContract>>;

/** Preserves schemas as exact types. */
export const endpoints = <const Contracts extends EndpointContracts>(declared: Contracts): Contracts => declared;

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type BodyOf<Contract> = Contract extends { readonly body: infer Schema }
  ? OutputOf<Schema>
  : Contract extends { readonly file: object }
    ? Uint8Array
    : undefined;

/** A request, checked by the schemas of its endpoint. */
export interface EndpointCall<Contract> {
  readonly orgId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Contract extends { readonly query: infer Schema } ? OutputOf<Schema> : undefined;
  readonly body: BodyOf<Contract>;
}
export type EndpointAnswer<Contract> = Contract extends { readonly response: infer Schema }
  ? Promise<OutputOf<Schema>>
  : Promise<Contract extends { readonly produces: string } ? string : void>;
