/**
 * OpenAPI 3.1 from the declared endpoints. A zod schema with `.meta({ id })` becomes a named component. If requests and answers
 * differ (a default is optional in a request and always present in an answer), the component of the answer is named `...Output`.
 */
import { z } from 'zod';
import { MAX_NAME } from '../contracts/common/file-text.ts';
import type { ErrorCode } from '../contracts/common/error-codes.ts';
import { ERROR_CODES } from '../contracts/jobs/error-codes.ts';
import { problemSchema } from '../contracts/jobs/problem.schema.ts';
import { webhookEventSchemas } from '../contracts/webhooks/webhook-events.schema.ts';
import { ATTEMPT_LIMIT_MS, RETRY_WAITS_S } from '../contracts/webhooks/webhooks.ts';
import { PACKAGE_VERSION } from '../adapters/version/version.ts';
import { TECHNOLOGIES } from '../contracts/jobs/kinds.ts';
import { deprecationsOf } from './deprecation.ts';
import { bodyLimitOf, type Endpoint, type RequestHeader } from './endpoint.ts';
import { switchOf } from './features.ts';
import { isOperatorScope } from './middleware/operator.ts';
import { takesIdempotencyKey } from './repeatable.ts';

type Json = Record<string, unknown>;
type Components = Record<string, Json>;

const WEBHOOKS = 'Webhooks';
/** A tag of its own, because generators make a class for each. */
const EVENTS = 'Webhook events';
const TAGS: Readonly<Record<string, string>> = {
  Accounts: 'People and organizations',
  'API keys': 'API keys for programs',
  'Audit log': 'Who did what in an organization',
  Sites: 'Named locations',
  Weather: 'Years of weather, uploaded or fetched from providers',
  Jobs: 'Jobs: their state, results, progress and time series',
  Usage: 'What an organization has used',
  Billing: 'Subscriptions and invoices',
  Mails: 'What SendGrid reports about mails',
  [WEBHOOKS]: 'Endpoints that receive events, and deliveries to them',
  [EVENTS]: 'Requests that the platform sends to your endpoints',
  Experiments: 'Variants of a choice, and what came of them; for administrators only',
  Administration: 'For administrators of the platform only',
  Operations: 'Health and metrics',
  ...Object.fromEntries(TECHNOLOGIES.map(({ tag, description }) => [tag, description])),
};
const DESCRIPTION = `Energy yield, design and economics of solar and wind sites. Every analysis is a job: the API accepts it at once (\`202\`), it runs as a
durable workflow, and you follow it with \`GET /v1/jobs/{id}\`, server-sent events or webhooks.

Send an API key or an access token as \`Authorization: Bearer ...\`. Errors are RFC 9457 problem documents whose \`type\` is the page of their
code ([all codes](docs/errors)). Names end with their unit. Angles are in degrees; azimuth 0 is north and increases clockwise. A wind direction is
the direction that the wind comes from. Instants are UTC. Text has no U+0000. \`limit\` and \`cursor\` page through lists. Objects of other organizations answer 404.`;

/** Each role of a schema (request or answer) needs its own conversion to JSON Schema; ids become references into `components`. */
class SchemaSet {
  readonly #io: 'input' | 'output';
  readonly components: Components = {};
  readonly #done = new Map<z.ZodType, Json>();

  constructor(io: 'input' | 'output') {
    this.#io = io;
  }

  /**
   * Returns a reference to a schema, which becomes a component if it has an id.
   * @param name of the component, for a schema without an id
   */
  of(schema: z.ZodType, name?: string): Json {
    const known = this.#done.get(schema);
    if (known) return known;
    const made = this.#make(schema, name);
    this.#done.set(schema, made);
    return made;
  }

  #make(schema: z.ZodType, name?: string): Json {
    const {
      $schema: _,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, {
      io: this.#io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
        if (zodSchema._zod.def.type === 'nullable') mergeNull(jsonSchema as Json);
        adaptToGenerators(jsonSchema as Json);
        const { discriminator } = zodSchema._zod.def as { discriminator?: string };
        if (discriminator && typeof jsonSchema.oneOf?.[0] === 'object')
          jsonSchema.discriminator = { propertyName: discriminator };
      },
    }) as Json & { $defs?: Components };
    for (const [key, { id: _id, ...component }] of Object.entries(relinked($defs) as Components))
      this.components[key] = this.#withNamedMembers(key, component);
    const { id = name, ...inline } = relinked(json) as Json;
    if (typeof id !== 'string') return inline;
    this.components[id] = this.#withNamedMembers(id, inline);
    return { $ref: REF + id };
  }

  /**
   * Generators name a class after each member of a union: `MountingOneAxis` is the member `one_axis` of
   * `Mounting`.
   */
  #withNamedMembers(name: string, component: Json): Json {
    const { discriminator, oneOf } = component as { discriminator?: { propertyName: string }; oneOf?: Json[] };
    if (!discriminator || !oneOf) return component;
    const members = oneOf.map((member) => {
      const { const: type } = (member.properties as Components | undefined)?.[discriminator.propertyName] ?? {};
      if (typeof type !== 'string') return member;
      const id = name + pascal(type);
      this.components[id] = member;
      return { $ref: REF + id };
    });
    return { ...component, oneOf: members };
  }
}

const pascal = (text: string): string => text.replace(/(?:^|[_-])(\w)/g, (_, letter: string) => letter.toUpperCase());

/** "number or null" is one type with one description, and "a union or null" one union. */
function mergeNull(schema: Json): void {
  const [one] = (schema.anyOf ?? []) as Json[];
  if (typeof one?.type === 'string' && !('enum' in one) && !('const' in one)) {
    delete schema.anyOf;
    Object.assign(schema, { ...one, ...schema, type: [one.type, 'null'] });
  } else if (Array.isArray(one?.anyOf)) schema.anyOf = [...one.anyOf, { type: 'null' }];
}

/** Writes what JSON Schema allows in the way that generators of clients read. */
function adaptToGenerators(schema: Json): void {
  // The length of a tuple is stated by maxItems.
  if (schema.items === false) delete schema.items;
  // The format says it, and generators check an instant that they have parsed against no text.
  if (schema.format === 'date-time') delete schema.pattern;
  // Python's `re` and others know no Unicode properties; the description names the letters.
  if (/\\p\{/.test(String(schema.pattern))) delete schema.pattern;
}

const REF = '#/components/schemas/';

/** Returns the description of a field with the source of its default, which `withDefault` notes beside it. */
function described({ default_source: source, ...schema }: Json): Json {
  if (source === undefined) return schema;
  const own = schema.description === undefined ? '' : `${schema.description}; `;
  return { ...schema, description: `${own}source of the default: ${source}` };
}

/** Returns a copy with other references and with the sources of defaults in the descriptions. */
function relinked(value: unknown, rename = (name: string): string => name): unknown {
  if (Array.isArray(value)) return value.map((one) => relinked(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(described(value as Json)).map(([key, one]) => [
      key,
      key === '$ref' ? REF + rename(String(one).slice(String(one).lastIndexOf('/') + 1)) : relinked(one, rename),
    ]),
  );
}

/** Names of components whose schema in answers differs from that in requests, directly or through a reference. */
function different(requests: Components, answers: Components): Set<string> {
  const text = (schema: unknown) => JSON.stringify(schema);
  const names = new Set(
    Object.keys(answers).filter((name) => requests[name] && text(requests[name]) !== text(answers[name])),
  );
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const name of Object.keys(answers))
      if (requests[name] && [...names].some((one) => text(answers[name]).includes(`"${REF}${one}"`))) names.add(name);
  }
  return names;
}

/** Generators choose a schema by `discriminator`; its values differ from the names of the schemas. */
function mapDiscriminators(value: unknown, schemas: Components): void {
  if (typeof value !== 'object' || value === null) return;
  for (const one of Object.values(value)) mapDiscriminators(one, schemas);
  const { discriminator, oneOf } = value as { discriminator?: Json; oneOf?: Json[] };
  if (typeof discriminator?.propertyName !== 'string' || !Array.isArray(oneOf)) return;
  const { propertyName } = discriminator;
  const mapping = oneOf.map(({ $ref }) => {
    const properties = schemas[String($ref).slice(REF.length)]?.properties as Record<string, Json> | undefined;
    return [properties?.[propertyName]?.const, $ref];
  });
  // OpenAPI requires both: named schemas, and a mapping to their names as text.
  if (mapping.every(([constant]) => typeof constant === 'string')) discriminator.mapping = Object.fromEntries(mapping);
  else delete (value as Json).discriminator;
}

const header = (description: string, schema: Json) => ({ description, schema });
const HEADERS: Components = {
  'X-Request-Id': header('Id of this request: the one that you sent, or a new one', { type: 'string' }),
  RateLimit: header('Requests that remain and seconds until the window ends: `"default";r=119;t=60`', {
    type: 'string',
  }),
  'RateLimit-Policy': header('Requests that are allowed in a window of seconds: `"default";q=120;w=60`', {
    type: 'string',
  }),
  Location: header('Path of the job', { type: 'string' }),
  'Idempotency-Replayed': header('true if the answer is that of an earlier request with the same key', {
    type: 'string',
    enum: ['true'],
  }),
  'Retry-After': header('Seconds to wait before the next attempt', { type: 'integer' }),
  'WWW-Authenticate': header('Bearer', { type: 'string' }),
};
const DEPRECATION_HEADERS: Components = {
  Deprecation: header(
    'The call used a field that is deprecated since this instant, `@` and seconds since 1970 (RFC 9745)',
    {
      type: 'string',
    },
  ),
  Sunset: header('When a deprecated field that the call used will be gone (RFC 8594)', { type: 'string' }),
};
const hasDeprecated = ({ body, query, response }: Endpoint): boolean =>
  [
    body && deprecationsOf(body, 'input'),
    query && deprecationsOf(query, 'input'),
    response && deprecationsOf(response, 'output'),
  ].some((one) => one);
const headers = (...names: string[]) =>
  Object.fromEntries(
    ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...names].map((name) => [
      name,
      { $ref: `#/components/headers/${name}` },
    ]),
  );

/** Request headers that an endpoint reads. */
const headersOf = (one: Endpoint): readonly (RequestHeader | 'Idempotency-Key')[] => [
  ...(takesIdempotencyKey(one) ? (['Idempotency-Key'] as const) : []),
  ...(one.headers ?? []),
];
const PARAMETERS: Readonly<Record<ReturnType<typeof headersOf>[number], Json>> = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Your own name for this request. If you send the same request again within 24 hours, the API answers as it did the first time',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  'Last-Event-ID': {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'Number of the last event that you received; the stream continues after it',
    schema: { type: 'integer', minimum: 0 },
  },
  'Stripe-Signature': {
    name: 'Stripe-Signature',
    in: 'header',
    description: "Time and signature of the body, as Stripe's libraries make them",
    schema: { type: 'string', maxLength: 4096 },
  },
  'X-Twilio-Email-Event-Webhook-Signature': {
    name: 'X-Twilio-Email-Event-Webhook-Signature',
    in: 'header',
    description: 'Signature of timestamp and body (ECDSA), as SendGrid makes it',
    schema: { type: 'string', maxLength: 4096 },
  },
  'X-Twilio-Email-Event-Webhook-Timestamp': {
    name: 'X-Twilio-Email-Event-Webhook-Timestamp',
    in: 'header',
    description: 'Time of the signature [s since 1970]',
    schema: { type: 'string', maxLength: 12 },
  },
};

/** Makes the OpenAPI 3.1 document of these endpoints. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const requests = new SchemaSet('input');
  const answers = new SchemaSet('output');
  answers.of(problemSchema);
  const paths: Record<string, Json> = {};
  const ids = new Set(endpoints.map(({ id }) => id));
  for (const one of endpoints) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][one.method] = operation(one, requests, answers, ids);
  }
  const used = new Set(endpoints.map(({ tag }) => tag));
  const events = used.has(WEBHOOKS) ? Object.entries(webhookEventSchemas) : [];
  if (events.length > 0) used.add(EVENTS);
  const webhooks = Object.fromEntries(
    events.map(([type, schema]) => [type, { post: delivery(type, schema, answers) }]),
  );
  // Requests refer to components by the names of requests, answers by those of answers; which of them differ is known only now.
  const changed = different(requests.components, answers.components);
  const rename = (name: string): string => (changed.has(name) ? `${name}Output` : name);
  for (const operations of Object.values(paths))
    for (const one of Object.values(operations) as Json[]) one.responses = relinkedResponses(one.responses, rename);
  const renamed = Object.entries(answers.components).map(([name, schema]) => [rename(name), relinked(schema, rename)]);
  const schemas = { ...requests.components, ...(Object.fromEntries(renamed) as Components) };
  mapDiscriminators([paths, schemas], schemas);
  return {
    openapi: '3.1.0',
    info: { title: 'Tessellate Renewables', version: PACKAGE_VERSION, description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: [...used].map((name) => ({ name, description: TAGS[name] })),
    paths,
    webhooks: relinked(webhooks, rename),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'API key or access token' } },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: PARAMETERS,
      headers: endpoints.some(hasDeprecated) ? { ...HEADERS, ...DEPRECATION_HEADERS } : HEADERS,
    },
  };
}

const relinkedResponses = (responses: unknown, rename: (name: string) => string): Json =>
  Object.fromEntries(
    Object.entries(responses as Record<string, Json>).map(([status, one]) => [
      status,
      one.content ? { ...one, content: relinked(one.content, rename) } : one,
    ]),
  );

function operation(one: Endpoint, requests: SchemaSet, answers: SchemaSet, ids: ReadonlySet<string>): Json {
  const query = one.query && resolved(requests.of(one.query), requests);
  const parameters = [
    ...[...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', maxLength: MAX_NAME },
    })),
    ...Object.entries((query?.properties ?? {}) as Components).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      required: (query?.required as string[] | undefined)?.includes(name) ?? false,
      description,
      schema,
    })),
    ...headersOf(one).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  const content = one.body
    ? {
        'application/json': {
          schema: requests.of(one.body, `${one.id[0].toUpperCase()}${one.id.slice(1)}Request`),
          ...(one.example && { example: one.example }),
        },
      }
    : one.consumes && Object.fromEntries(one.consumes.map((type) => [type, { schema: BINARY }]));
  const status = one.status ?? (one.response || one.produces ? 200 : 204);
  const schema = one.response && answers.of(one.response);
  const produced = Object.fromEntries(
    (one.produces ?? ['application/json']).map((type) => [
      type,
      type === 'application/json' ? { schema } : { schema: TEXTS.includes(type) ? { type: 'string' } : BINARY },
    ]),
  );
  return {
    operationId: one.id,
    tags: [one.tag],
    summary: one.summary,
    description: one.description,
    security: one.scope === 'public' ? [] : [{ bearer: [] }],
    ...(isKeyScope(one.scope) && { 'x-required-scope': one.scope }),
    ...(one.feature && { 'x-plan': one.feature }),
    parameters,
    ...(content && {
      requestBody: {
        description: `At most ${sizeOf(bodyLimitOf(one))}`,
        required: !one.body?.safeParse(undefined).success,
        content,
      },
    }),
    responses: {
      [status]: {
        description: one.status === 202 ? 'Accepted' : 'Success',
        headers: headers(
          ...(takesIdempotencyKey(one) ? ['Idempotency-Replayed'] : []),
          ...(takesIdempotencyKey(one) && one.links?.getJob ? ['Location'] : []),
          ...(hasDeprecated(one) ? ['Deprecation', 'Sunset'] : []),
        ),
        ...(status !== 204 && { content: produced }),
        ...(one.links && { links: linksOf(one.links, ids) }),
      },
      ...(one.noContent && { 204: { description: one.noContent, headers: headers() } }),
      ...problems(one),
      ...(one.alternativeStatus && {
        [one.alternativeStatus]: { description: 'The same body, for a failure', headers: headers(), content: produced },
      }),
    },
  };
}

const sizeOf = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MiB` : `${bytes / 1024} KiB`;

/** The bytes of a file. */
const BINARY = { type: 'string', format: 'binary' };
const TEXTS = ['text/csv', 'text/event-stream', 'text/plain'];

/** Returns the links to operations that this document has. */
const linksOf = (links: NonNullable<Endpoint['links']>, ids: ReadonlySet<string>): Json =>
  Object.fromEntries(
    Object.entries(links)
      .filter(([operationId]) => ids.has(operationId))
      .map(([operationId, parameters]) => [operationId, { operationId, parameters }]),
  );

/** Headers of a delivery, as receivers get them. */
const DELIVERY_HEADERS: readonly (readonly [name: string, description: string, schema: Json])[] = [
  [
    'webhook-id',
    'Id of the event: the same in every attempt and at each of your endpoints. Store it to recognise an event that arrives again.',
    { type: 'string', pattern: '^evt_[0-9a-z]{26}$' },
  ],
  [
    'webhook-timestamp',
    'When this attempt was sent [s since 1970]. Refuse a time that differs from your clock by minutes',
    { type: 'string', pattern: '^[0-9]+$' },
  ],
  [
    'webhook-signature',
    'base64 HMAC-SHA256 of `id.timestamp.body`, as in Standard Webhooks; two signatures, separated by a space, while a secret is rotated',
    { type: 'string', pattern: '^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$' },
  ],
];

function delivery(type: string, schema: z.ZodType, answers: SchemaSet): Json {
  return {
    operationId: `on${type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [EVENTS],
    summary: schema.meta()?.description,
    security: [],
    parameters: DELIVERY_HEADERS.map(([name, description, one]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: one,
    })),
    requestBody: { required: true, content: { 'application/json': { schema: answers.of(schema) } } },
    responses: {
      '2XX': { description: `Received, within ${ATTEMPT_LIMIT_MS / 1000} s` },
      '410': { description: 'Asks for no further events: the service disables the endpoint and mails the owners' },
      default: {
        description: `The service sends the event again after ${RETRY_WAITS_S.join(', ')} s. Retry-After of a 429 or 503 can extend each wait up to the next one. Then the delivery has failed`,
      },
    },
  };
}

const resolved = (schema: Json, { components }: SchemaSet): Json =>
  typeof schema.$ref === 'string' ? components[schema.$ref.slice(REF.length)] : schema;

/** Tells whether an API key can have the scope. */
const isKeyScope = (scope: Endpoint['scope']): boolean =>
  scope !== 'public' && scope !== 'any' && scope !== 'admin' && !isOperatorScope(scope);

/** Returns the errors that an endpoint can answer with, by status. */
function problems(one: Endpoint): Json {
  const hasBody = one.body !== undefined || one.consumes !== undefined;
  const codes = new Set<ErrorCode>([
    ...(one.scope === 'public' ? [] : (['auth.missing', 'auth.invalid'] as const)),
    ...(switchOf(one) ? (['feature.disabled'] as const) : []),
    ...(isKeyScope(one.scope) || one.scope === 'any'
      ? (['auth.expired', 'auth.address_refused', 'auth.provider_required', 'organization.suspended'] as const)
      : []),
    ...(isKeyScope(one.scope) ? (['auth.forbidden'] as const) : []),
    // Sessions of browsers: of customers, and of administrators
    ...(one.method !== 'get' && one.scope !== 'public' && !isOperatorScope(one.scope)
      ? (['auth.cross_site'] as const)
      : []),
    ...((isKeyScope(one.scope) || one.scope === 'any') && !one.isOpenWithoutSecondFactor
      ? (['auth.second_factor_missing'] as const)
      : []),
    ...(one.feature ? (['plan.feature_missing'] as const) : []),
    ...(one.path.includes(':') ? (['request.not_found', 'request.malformed'] as const) : []),
    ...(hasBody ? (['request.malformed', 'request.too_large', 'request.unsupported_media_type'] as const) : []),
    ...(one.query || one.path.startsWith('/v1/') ? (['request.invalid'] as const) : []),
    ...(takesIdempotencyKey(one) ? (['idempotency.key_reused', 'idempotency.in_progress'] as const) : []),
    ...(one.errors ?? []),
    'request.headers_too_large',
    'rate_limit.exceeded',
    'service.unavailable',
    'internal',
  ]);
  const statuses = [...new Set([...codes].map((code) => ERROR_CODES[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: [...codes]
          .filter((code) => ERROR_CODES[code].status === status)
          .map((code) => `\`${code}\`: ${ERROR_CODES[code].title}`)
          .join('. '),
        headers: headers(
          ...(status === 429 || status === 503 ? ['Retry-After'] : []),
          ...(status === 401 ? ['WWW-Authenticate'] : []),
        ),
        content: { 'application/problem+json': { schema: { $ref: `${REF}Problem` } } },
      },
    ]),
  );
}
