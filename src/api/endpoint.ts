/** An endpoint is declared once. The Express route, the checks of its input and its OpenAPI entry follow from the declaration. */
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import type { Config } from '../adapters/config/config.ts';
import type { Feature } from '../contracts/common/plans.ts';
import { AppError } from '../contracts/common/app-error.ts';
import type { ErrorCode } from '../contracts/common/error-codes.ts';
import { checked } from '../contracts/common/checked.ts';
import type { Links } from '../contracts/common/links.ts';
import { isStorable, requireText } from '../contracts/common/json-text.ts';
import type { Principal, Scope } from '../contracts/common/scopes.ts';
import type { Idempotency, KeptAnswer, RepeatableRequest } from '../services/idempotency/idempotency.ts';
import { deprecationsOf, setDeprecation } from './deprecation.ts';
import { actingAs } from '../services/audit/audit.ts';
import { actorOf, principalOf } from './middleware/identify.ts';
import { BodyBudget } from './middleware/body-budget.ts';
import { fileBody, hasUnreadBody, isChecked, jsonBody } from './middleware/request-body.ts';
import { isOperatorScope, type OperatorScope } from './middleware/operator.ts';
import { repeatableRequest, takesIdempotencyKey } from './repeatable.ts';
import type { GuessKind, LimitGuesses } from './guesses.ts';
import type { LimitName, Limiters } from './middleware/rate-limit.ts';

export interface Call<Body, Query> {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly request: Request;
  readonly response: Response;
  /** With an Idempotency-Key, where the endpoint takes one */
  readonly repeatable?: RepeatableRequest;
  /** Keeps the answer to it; for handlers that answer themselves, before they do. */
  readonly keep?: (body: string) => Promise<void>;
}

export interface Endpoint<Body = unknown, Query = unknown, Answer = unknown> {
  /** Name of the operation in OpenAPI, and of the method in generated clients: `listSites` */
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Path in Express form: `/v1/jobs/:id` */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The access that the caller needs. `public` needs no credentials, `any` needs valid ones; administrators and operators have their own. */
  readonly scope: Scope | 'public' | 'any' | 'admin' | OperatorScope;
  /** Part of the platform that the organization's plan may lack */
  readonly feature?: Feature;
  /** Whether people may use it before they have set up the second factor that their organization requires */
  readonly isOpenWithoutSecondFactor?: true;
  /** A rate limit of this endpoint, in addition to the limit of all requests. */
  readonly limit?: LimitName;
  /** What a caller may try to guess with it, see `GUESSES` */
  readonly guess?: GuessKind;
  readonly body?: z.ZodType<Body>;
  /** Largest body of JSON [bytes]; default: what suits the scope, see BODY_LIMITS */
  readonly bodyLimit?: number;
  readonly query?: z.ZodType<Query>;
  /** HTTP status of success; default 200. */
  readonly status?: number;
  /** Default: a POST of a known caller that creates something (201, 202) does. */
  readonly takesIdempotencyKey?: boolean;
  /** When the answer is 204 in place of `status`. */
  readonly noContent?: string;
  /** Another HTTP status with the same body. */
  readonly alternativeStatus?: number;
  /** Schema of the answer's body for OpenAPI; tests check real answers against it. */
  readonly response?: z.ZodType<Answer>;
  /** Errors of this endpoint only; the errors of credentials, bodies, parameters and limits follow from the other properties. */
  readonly errors?: readonly ErrorCode[];
  /** Request headers that the endpoint reads. */
  readonly headers?: readonly RequestHeader[];
  /** Schema of the request body. */
  readonly example?: Body extends undefined ? undefined : object;
  /** Media types of an answer that is not JSON. */
  readonly produces?: readonly string[];
  /** Media types of a request body that is a file; the handler finds its bytes in `request.body`. */
  readonly consumes?: readonly string[];
  /** Largest file [bytes] */
  readonly uploadLimit?: number;
  /** Whether a content encoding is undone; a weather file is unpacked by its reader only. Default: yes */
  readonly isUploadDecoded?: boolean;
  readonly links?: Links;
  /** Returns the answer's body; nothing if the handler has answered itself, or for 204. */
  handler(call: Call<Body, Query>): Promise<NoInfer<Answer> | undefined> | Promise<void>;
}
/** Idempotency-Key follows from `takesIdempotencyKey`. */
export type RequestHeader =
  | 'Last-Event-ID'
  | 'Stripe-Signature'
  | 'X-Twilio-Email-Event-Webhook-Signature'
  | 'X-Twilio-Email-Event-Webhook-Timestamp';

/** Ties the types of body, query and answer to the handler. */
export const endpoint = <Body = undefined, Query = undefined, Answer = undefined>(
  declared: Endpoint<Body, Query, Answer>,
): Endpoint => declared;

/** Largest bodies of JSON [bytes]. What anybody can send is small, because nobody answers for it. */
export const BODY_LIMITS = {
  public: 16 * 1024,
  usual: 64 * 1024,
  /** Requests with areas, layouts or time series */
  large: 4 * 1024 * 1024,
} as const;

/** Unknown names are refused, except at addresses of monitors, which may add parameters of their own. */
const NO_QUERY = z.strictObject({});
const noQuery = (path: string): z.ZodType => (path.startsWith('/v1/') ? NO_QUERY : z.looseObject({}));

/** Returns the largest weather or measurement file [bytes] */
export const uploadLimitOf = ({ MAX_UPLOAD_MB }: Pick<Config, 'MAX_UPLOAD_MB'>): number => MAX_UPLOAD_MB * 1024 * 1024;

/** Returns the largest body that an endpoint reads [bytes]; 0 if it reads none. */
export const bodyLimitOf = ({ body, scope, consumes, bodyLimit, uploadLimit }: Endpoint): number => {
  if (consumes) return uploadLimit ?? BODY_LIMITS.usual;
  if (body) return bodyLimit ?? (scope === 'public' ? BODY_LIMITS.public : BODY_LIMITS.usual);
  return 0;
};

export interface Guards {
  /** Most bytes of large bodies that the process has in memory */
  readonly bodyBytes: number;
  readonly limiters: Limiters;
  readonly limitGuesses: LimitGuesses;
  /** @throws AppError when the request does not come from an operator */
  readonly admitOperator: (request: Request, scope: OperatorScope) => void;
  /** Notes the administrator of a request. @throws AppError when it does not come from one */
  readonly admitAdministrator: (request: Request, response: Response) => Promise<void>;
  /** @throws AppError `feature.disabled` */
  readonly requireEnabled: (endpoint: Endpoint) => void;
  /** @throws AppError `plan.feature_missing` */
  readonly requireFeature: (principal: Principal, feature: Feature) => Promise<void>;
  readonly idempotency: Pick<Idempotency, 'once' | 'keep'>;
  /** Sends a job that an earlier request has started. */
  readonly sendStartedJob: (response: Response, orgId: string, jobId: string) => Promise<void>;
  /** Parses and checks a large body in a compute thread, see LARGE_BODIES. */
  readonly readLargeBody: (operation: string, bytes: Uint8Array, caller: string) => Promise<unknown>;
}

/**
 * Adds a route for each endpoint. The route admits the caller, applies limits, parses body and query, and sends the
 * answer.
 */
export function mount(
  router: Router,
  endpoints: readonly Endpoint[],
  {
    bodyBytes,
    limiters,
    limitGuesses,
    admitOperator,
    admitAdministrator,
    requireEnabled,
    requireFeature,
    idempotency,
    sendStartedJob,
    readLargeBody,
  }: Guards,
): void {
  const largeBodies = new BodyBudget(bodyBytes);
  // Adds one route for each path; a fixed name comes before a parameter in the same position.
  const order = (path: string): string => path.replaceAll(':', '\uffff');
  const paths = [...new Set(endpoints.map(({ path }) => path))].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  for (const path of paths) {
    const methods = endpoints.filter((one) => one.path === path);
    const route = router.route(path);
    for (const one of methods) {
      const { method, scope, feature, limit, guess, body, query, status, response: schema, consumes, handler } = one;
      const deprecated = {
        body: body && deprecationsOf(body, 'input'),
        query: query && deprecationsOf(query, 'input'),
        answer: schema && deprecationsOf(schema, 'output'),
      };
      const admit: RequestHandler = async (request, response, next) => {
        response.locals.route = path;
        response.locals.operation = one.id;
        response.locals.isTransfer = consumes !== undefined || one.produces !== undefined;
        response.setHeader('cache-control', 'no-store'); // answers hold secrets and customers' data
        requireEnabled(one);
        if (Object.values(request.params).some((value) => !isStorable(String(value))))
          throw new AppError('request.not_found', `No path ${request.path}`);
        if (isOperatorScope(scope)) admitOperator(request, scope);
        else if (scope === 'admin') await admitAdministrator(request, response);
        else if (scope !== 'public') {
          const { scopes, lacksSecondFactor } = principalOf(response);
          if (lacksSecondFactor && !one.isOpenWithoutSecondFactor)
            throw new AppError(
              'auth.second_factor_missing',
              'Your organization requires a second factor of its people',
              {
                fix: 'Set one up with POST /v1/auth/second-factor, or on the page of your account.',
              },
            );
          if (scope !== 'any' && !scopes.has(scope))
            throw new AppError('auth.forbidden', `These credentials lack the scope ${scope}`, {
              fix: `Create an API key with the scope ${scope}.`,
            });
          if (feature) await requireFeature(principalOf(response), feature);
        }
        next();
      };
      const answer: RequestHandler = async (request, response) => {
        if (body !== undefined && hasUnreadBody(request))
          throw new AppError(
            'request.unsupported_media_type',
            `content-type is ${request.get('content-type') ?? 'missing'}; expected application/json`,
            { fix: 'Send JSON in UTF-8 with content-type application/json.' },
          );
        requireText(request.query, '/query');
        const sent = [deprecated.body?.(request.body) ?? null, deprecated.query?.(request.query) ?? null];
        setDeprecation(response, sent);
        const principal = response.locals.principal as Principal;
        const repeatable = takesIdempotencyKey(one) ? repeatableRequest(one.id, request, principal) : undefined;
        const call = {
          principal,
          params: request.params as Record<string, string>,
          body: body === undefined ? undefined : isChecked(request) ? request.body : checked(body, request.body),
          query: checked(query ?? noQuery(path), request.query, '/query'),
          request,
          response,
          repeatable,
          keep:
            repeatable && ((text: string) => idempotency.keep(repeatable, { status: response.statusCode, body: text })),
        };
        /** Returns the answer; undefined if the handler has sent it. */
        const work = async (): Promise<KeptAnswer | undefined> => {
          const result = await actingAs(actorOf(request, response), async () =>
            guess ? limitGuesses(guess, call, async () => handler(call)) : handler(call),
          );
          if (response.headersSent) return undefined;
          setDeprecation(response, [...sent, deprecated.answer?.(result) ?? null]);
          const location = response.get('location');
          if (result === undefined) return { status: status ?? 204, location, body: '' };
          return { status: status ?? 200, location, body: JSON.stringify(result) };
        };
        const { isReplayed, answer } = repeatable
          ? await idempotency.once(repeatable, work)
          : { isReplayed: false, answer: await work() };
        if (isReplayed) response.setHeader('idempotency-replayed', 'true');
        if (answer === undefined) return;
        if ('jobId' in answer) return sendStartedJob(response, principal.orgId, answer.jobId);
        response.status(answer.status);
        if (answer.location !== undefined) response.setHeader('location', answer.location);
        if (answer.body === '') response.end();
        else response.type('json').send(answer.body);
      };
      const bytes = bodyLimitOf(one);
      const options = {
        limit: bytes,
        isDecoded: one.isUploadDecoded,
        budget: bytes > BODY_LIMITS.usual ? largeBodies : undefined,
      };
      route[method](
        admit,
        ...(body ? [jsonBody(options, (sent, caller) => readLargeBody(one.id, sent, caller))] : []),
        ...(limit ? limiters[limit] : []), // the limit of mails counts by the address that the body names
        ...(consumes ? [fileBody(options)] : []),
        answer,
      );
    }
    // A path that exists with other methods answers with these methods; any other path is not found.
    const allowed = methods.map(({ method }) => method.toUpperCase()).join(', ');
    route.all((request, response) => {
      for (const one of methods) requireEnabled(one);
      response.setHeader('allow', allowed);
      throw new AppError('request.method_not_allowed', `${request.method} is not allowed here; allowed: ${allowed}`);
    });
  }
}
