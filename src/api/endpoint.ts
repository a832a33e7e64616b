/** An endpoint is declared once: from its declaration come the Express route, the checks of its input and its OpenAPI entry. */
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { AppError } from '../contracts/common/app-error.ts';
import type { ErrorCode } from '../contracts/common/error-codes.ts';
import type { Principal, Scope } from '../contracts/common/scopes.ts';
import { principalOf } from './middleware/identify.ts';
import { hasUnreadBody, isStorable, requireText } from './middleware/json-body.ts';
import { isOperatorScope, type OperatorScope } from './middleware/operator.ts';
import type { Limiters, PolicyName } from './middleware/rate-limit.ts';

export interface Call<Body, Query> {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly request: Request;
  readonly response: Response;
}

export interface Endpoint<Body = unknown, Query = unknown, Answer = unknown> {
  /** Name of the operation in OpenAPI, and of the method in generated clients: `listSites` */
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Express form, `/v1/jobs/:id` */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What the caller must be allowed; `public` needs no credentials, `any` only valid ones, operators have tokens of their own. */
  readonly scope: Scope | 'public' | 'any' | OperatorScope;
  /** A limit of its own, beside that of all requests. */
  readonly limit?: PolicyName;
  readonly body?: z.ZodType<Body>;
  readonly query?: z.ZodType<Query>;
  /** Status of success; default 200. */
  readonly status?: number;
  /** Another status that comes with the same body. */
  readonly also?: number;
  /** The answer's body, for OpenAPI; tests hold real answers against it. */
  readonly response?: z.ZodType<Answer>;
  /** Errors of its own; those of credentials, bodies, parameters and limits follow from the rest. */
  readonly errors?: readonly ErrorCode[];
  /** Request headers that it reads. */
  readonly headers?: readonly RequestHeader[];
  /** A body that it accepts. */
  readonly example?: Body extends undefined ? undefined : object;
  /** Media types of an answer that is not JSON. */
  readonly produces?: readonly string[];
  /** Media types of a body that is not JSON. */
  readonly consumes?: readonly string[];
  /** Runs between authentication and the handler, for bodies of their own. */
  readonly before?: RequestHandler;
  /** The answer's body; nothing when the handler has answered by itself, or for 204. */
  readonly handler: (call: Call<Body, Query>) => Promise<NoInfer<Answer> | undefined> | Promise<void>;
}
export type RequestHeader = 'Idempotency-Key' | 'Last-Event-ID';

/** Keeps the types of body, query and answer together with the handler. */
export const endpoint = <Body = undefined, Query = undefined, Answer = undefined>(
  declared: Endpoint<Body, Query, Answer>,
): Endpoint => declared as unknown as Endpoint;

/** @throws AppError `request.invalid` with the pointer of the first wrong field and all of them in `errors` */
export function checked<T>(schema: z.ZodType<T>, value: unknown, root = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: `${root}/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
    message,
  }));
  throw new AppError('request.invalid', `${errors[0].pointer}: ${errors[0].message}`, {
    pointer: errors[0].pointer,
    details: { errors: errors.slice(0, 20) },
  });
}

/** A name that an endpoint does not know is refused; monitors may add what they like to addresses of their own. */
const NO_QUERY = z.strictObject({});
const noQuery = (path: string): z.ZodType => (path.startsWith('/v1/') ? NO_QUERY : z.looseObject({}));

export interface Guards {
  readonly limiters: Limiters;
  /** @throws AppError when the request does not come from an operator */
  readonly admitOperator: (request: Request, scope: OperatorScope) => void;
}

export function mount(router: Router, endpoints: readonly Endpoint[], { limiters, admitOperator }: Guards): void {
  // One route a path; a fixed name goes before a parameter in its place.
  const order = (path: string): string => path.replaceAll(':', '\uffff');
  const paths = [...new Set(endpoints.map(({ path }) => path))].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  for (const path of paths) {
    const methods = endpoints.filter((one) => one.path === path);
    const route = router.route(path);
    for (const { method, scope, limit, body, query, status, before, handler } of methods) {
      const admit: RequestHandler = (request, response, next) => {
        response.locals.route = path;
        if (Object.values(request.params).some((value) => !isStorable(String(value))))
          throw new AppError('request.not_found', `Nothing at ${request.path}`);
        if (isOperatorScope(scope)) admitOperator(request, scope);
        else if (scope !== 'public') {
          const { scopes } = principalOf(response);
          if (scope !== 'any' && !scopes.has(scope))
            throw new AppError('auth.forbidden', `These credentials lack the scope ${scope}`, {
              fix: `Create an API key with the scope ${scope}.`,
            });
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
        const result = await handler({
          principal: response.locals.principal as Principal,
          params: request.params as Record<string, string>,
          body: body === undefined ? undefined : checked(body, request.body),
          query: checked(query ?? noQuery(path), request.query, '/query'),
          request,
          response,
        });
        if (response.headersSent) return;
        if (result === undefined) response.status(status ?? 204).end();
        else response.status(status ?? 200).json(result);
      };
      route[method](admit, ...(limit ? [limiters[limit]] : []), ...(before ? [before] : []), answer);
    }
    // What exists under another method is told so; everything else is not found.
    const allowed = methods.map(({ method }) => method.toUpperCase()).join(', ');
    route.all((request, response) => {
      response.setHeader('allow', allowed);
      throw new AppError('request.method_not_allowed', `${request.method} is not allowed here; ${allowed} is`);
    });
  }
}
