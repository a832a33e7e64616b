import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { clientTypes } from '../../test/support/client-types.ts';
import { breakingChanges, unnamed } from '../../test/support/openapi-changes.ts';
import { parseConfig } from '../adapters/config/config.ts';
import { TEST_EVENT, WEBHOOK_API_VERSION, WEBHOOK_EVENTS } from '../contracts/webhooks/webhooks.ts';
import { endpointsOf } from './app.ts';
import { MAX_HEADER_BYTES } from './client-error.ts';
import { checked } from '../contracts/common/checked.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';

// Routes close over services and call none of them before a request.
const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
const document: any = JSON.parse(JSON.stringify(openApiDocument(endpoints)));

/** Fields whose defaults are no quantity and no model: pages of lists, names of files, accounts, webhooks. */
const WITHOUT_SOURCE = new Set([
  ...['cursor', 'search', 'has_thrust', 'name'],
  ...['events', 'description', 'headers', 'is_enabled'],
]);
/** Fields whose description takes the default from the rest of the request, the site, the file or the named model. */
const DERIVED = new Set([
  ...['air_density_kg_m3', 'seed', 'system_index', 'title', 'boundary', 'exclusions', 'cost_escalation', 'n_inverters'],
  ...['modules_per_string', 'n_strings', 'capital_cost_per_kw', 'rated_kw', 'superposition', 'turbulence', 'height_m'],
  ...['reference', 'columns', 'require', 'format', 'turbine_index', 'pressure_pa', 'temp_air_c', 'tracker', 'name'],
]);

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (key === '$ref' ? [String(one)] : references(one)));
}

interface Node {
  readonly at: string;
  readonly schema: Readonly<Record<string, unknown>>;
}
/** Every object of the document with its place. */
function nodesOf(value: unknown, at = ''): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => nodesOf(one, `${at}/${key}`));
  return Array.isArray(value) ? inner : [{ at, schema: value as Node['schema'] }, ...inner];
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Node['schema'] }[];
  readonly requestBody?: Contents;
  readonly responses: Readonly<Record<string, Contents & { readonly links?: Readonly<Record<string, Link>> }>>;
}
interface Contents {
  readonly content?: Readonly<Record<string, { readonly schema: Readonly<Record<string, unknown>> }>>;
}
interface Link {
  readonly operationId: string;
  readonly parameters: Readonly<Record<string, string>>;
}
const operations: readonly Operation[] = Object.values(document.paths).flatMap((path) => Object.values(path as object));

describe('what generators of clients need', () => {
  const nodes = nodesOf(document);

  test('a tuple states its length, and null stands beside something else', () => {
    const tuples = nodes.filter(({ schema }) => schema.prefixItems);
    expect(tuples.length).toBeGreaterThan(0);
    for (const { at, schema } of tuples)
      expect([at, schema.minItems, schema.maxItems]).toEqual([at, ...Array(2).fill((schema.prefixItems as []).length)]);
    expect(nodes.filter(({ schema }) => schema.items === false)).toEqual([]);
    expect(nodes.filter(({ at, schema }) => schema.type === 'null' && !/anyOf\/\d+$/.test(at))).toEqual([]);
  });

  test('each object in a union has a name', () => {
    const members = nodes.filter(({ at }) => /\/(anyOf|oneOf)\/\d+$/.test(at));
    expect(members.length).toBeGreaterThan(100);
    expect(members.filter(({ schema }) => [schema.type].flat().includes('object') || schema.properties)).toEqual([]);
    expect(document.components.schemas.Mounting.oneOf).toContainEqual({ $ref: '#/components/schemas/MountingOneAxis' });
  });

  test('patterns mean the same to all engines', () => {
    const patterns = nodes.flatMap(({ at, schema }) =>
      typeof schema.pattern === 'string' ? [[at, schema.pattern]] : [],
    );
    expect(patterns.length).toBeGreaterThan(50);
    // Classes that depend on Unicode, and groups that look around.
    expect(patterns.filter(([, pattern]) => /\\[pPdDwWsSbB]|\(\?[^:]/.test(pattern))).toEqual([]);
  });

  test('values of a choice have different names in clients, without their signs', () => {
    const nameOf = (value: unknown): string => String(value).replace(/\W+/g, '_').replace(/^_|_$/g, '').toUpperCase();
    const choices: { readonly names: readonly unknown[] }[] = [];
    const walk = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      const { enum: values, 'x-enum-varnames': names = values } = node as Record<string, unknown>;
      if (Array.isArray(values)) choices.push({ names: names as unknown[] });
      Object.values(node).forEach(walk);
    };
    walk(document);
    expect(choices.length).toBeGreaterThan(100);
    expect(choices.filter(({ names }) => new Set(names.map(nameOf)).size !== names.length)).toEqual([]);
  });

  test('a file is format binary, and octet-stream comes first', () => {
    const files = operations.flatMap(({ requestBody, responses }) =>
      [requestBody, ...Object.values(responses)].flatMap((one) => {
        const content = Object.entries(one?.content ?? {});
        return content.some(([, { schema }]) => schema.format === 'binary') ? [content] : [];
      }),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const content of files) {
      expect(content[0][0]).toBe('application/octet-stream');
      for (const [, { schema }] of content) expect(schema).toEqual({ type: 'string', format: 'binary' });
    }
  });

  test('the longest query fits into the headers, beside others', () => {
    /** Most bytes of a text, with the sign between parameters and each character encoded as up to four bytes: %F0%9F%98%80 */
    const bytesOf = (schema: Node['schema']): number => {
      if (schema.$ref) return bytesOf(document.components.schemas[String(schema.$ref).split('/').at(-1)!]);
      if (schema.anyOf) return Math.max(...(schema.anyOf as Node['schema'][]).map(bytesOf));
      if (schema.enum) return Math.max(...(schema.enum as unknown[]).map((one) => String(one).length));
      if (schema.type !== 'string') return 25;
      const isAscii = typeof schema.pattern === 'string' && /^\^\[[\w,-]+\]\*\$$/.test(schema.pattern);
      return (isAscii ? 3 : 12) * ((schema.maxLength as number | undefined) ?? Number.POSITIVE_INFINITY);
    };
    const longest = operations.map(({ operationId, parameters = [] }) => {
      const query = parameters.filter((one) => one.in === 'query');
      const bytes = query.reduce((sum, { name, schema }) => sum + name.length + 2 + bytesOf(schema), 0);
      return { operationId, bytes };
    });
    expect(longest.filter(({ bytes }) => !(bytes < MAX_HEADER_BYTES - 8 * 1024))).toEqual([]);
  });

  test('links lead to operations with all that their paths need, from members that the answers have', () => {
    const byId = new Map(operations.map((one) => [one.operationId, one]));
    const found = operations.flatMap((from) =>
      Object.values(from.responses).flatMap(({ links, content }) =>
        Object.values(links ?? {}).map((link) => ({ from, link, schema: content?.['application/json'].schema })),
      ),
    );
    const memberOf = (schema: Node['schema'], path: readonly string[]): boolean => {
      const { $ref, ...own } = schema;
      const target = typeof $ref === 'string' ? document.components.schemas[$ref.split('/').at(-1)!] : own;
      if (path.length === 0) return true;
      const options = [...(target.oneOf ?? []), ...(target.anyOf ?? [])];
      if (options.length > 0) return options.some((one: Node['schema']) => memberOf(one, path));
      const next = path[0] === '0' ? target.items : target.properties?.[path[0]];
      return next !== undefined && memberOf(next, path.slice(1));
    };
    for (const { from, link, schema } of found) {
      const target = byId.get(link.operationId);
      const needed = target?.parameters?.filter((one) => one.in === 'path').map(({ name }) => name);
      const at = `${from.operationId} to ${link.operationId}`;
      expect([at, Object.keys(link.parameters)]).toEqual([at, needed]);
      for (const expression of Object.values(link.parameters)) {
        const [, path] = /^\$response\.body#\/(.+)$/.exec(expression) ?? [];
        const isKnown = path ? memberOf(schema!, path.split('/')) : expression === '$request.path.id';
        expect([at, expression, isKnown]).toEqual([at, expression, true]);
      }
    }
    const all = found.map(({ from, link }) => `${from.operationId} ${link.operationId}`);
    const way = ['analyzeSolar getJob', 'getJob listJobSeries', 'listJobSeries getJobSeries', 'createReport getJob'];
    expect(all).toEqual(expect.arrayContaining([...way, 'getJob getReport', 'getReport downloadReportFile']));
  });
});

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('refers to what it has, and has no component that nothing refers to', () => {
    const allReferences = new Set(references(document));
    const resolve = (pointer: string): unknown =>
      pointer
        .slice(2)
        .split('/')
        .reduce((at: Record<string, never> | undefined, part) => at?.[part], document);
    for (const reference of allReferences)
      expect([reference, resolve(reference) !== undefined]).toEqual([reference, true]);
    for (const [kind, all] of Object.entries(document.components))
      if (kind !== 'securitySchemes')
        for (const name of Object.keys(all as object)) expect(allReferences).toContain(`#/components/${kind}/${name}`);
  });

  test('has a schema for every answer in JSON, and one operation id each', () => {
    const ids = endpoints.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, response, produces, status, method } of endpoints) {
      expect(id).toMatch(/^[a-z]+[A-Za-z]*$/);
      const isEmpty = status === 204 || method === 'delete' || id.startsWith('logout');
      const isJson = produces === undefined || produces.includes('application/json');
      expect([id, response !== undefined]).toEqual([id, !isEmpty && isJson]);
    }
  });

  test('names the source of every default', () => {
    const lacking: string[] = [];
    const sources = new Set<string>();
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
    type Loose = any;
    const walk = (schema: Loose, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      // An object whose default is empty leaves it to its fields.
      const isByField = JSON.stringify(schema.default) === '{}' && (schema.properties || schema.$ref);
      if ('default' in schema && !isByField) {
        const source = /source of the default: (.+)$/.exec(schema.description ?? '')?.[1];
        if (source !== undefined) sources.add(source);
        else if (!WITHOUT_SOURCE.has(path.split('.').at(-1) ?? '')) lacking.push(path);
      } else if (/^(?!.*source of the default: ).*\bdefault: /is.test(schema.description ?? '')) {
        if (!DERIVED.has(path.split('.').at(-1) ?? '')) lacking.push(path);
      }
      for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${path}.${name}`);
      for (const inner of [schema.anyOf, schema.oneOf, schema.allOf, schema.items, schema.additionalProperties].flat())
        walk(inner, path);
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, name);
    for (const path of Object.values<Record<string, Loose>>(document.paths))
      for (const operation of Object.values(path)) {
        for (const { name, description, schema } of operation.parameters ?? [])
          if (name) walk({ ...schema, description }, `${operation.operationId}.${name}`);
        for (const content of Object.values<Loose>(operation.requestBody?.content ?? {}))
          walk(content.schema, operation.operationId);
      }
    expect(lacking).toEqual([]);
    expect(sources).toContain('PVWatts v8');
    expect(sources.size).toBeGreaterThan(40);
  });

  test('describes quantities with their units', () => {
    const named = document.components.schemas;
    expect(named.SolarSystemResult.properties.specific_yield_kwh_per_kw.description).toContain('[kWh/kW]');
    expect(named.Job.discriminator.mapping['wind-optimize']).toBe('#/components/schemas/WindLayoutSearch');
    expect(named.SolarSystem.required).toEqual(['dc_capacity_kw']);
    expect(named.SolarSystemOutput.required).toContain('losses_pct');
  });

  test('describes each event that webhooks send, with its headers', () => {
    expect(Object.keys(document.webhooks).sort()).toEqual([...WEBHOOK_EVENTS, TEST_EVENT].sort());
    const { parameters, requestBody, operationId } = document.webhooks['job.failed'].post;
    expect(operationId).toBe('onJobFailed');
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
    const name = requestBody.content['application/json'].schema.$ref.split('/').at(-1);
    expect(document.components.schemas[name].properties.api_version.const).toBe(WEBHOOK_API_VERSION);
    expect(document.components.schemas[name].properties.data.required).toContain('error');
  });

  test('is docs/openapi.json, and CHANGELOG.md names each change that breaks clients', () => {
    const committed = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    const changes = breakingChanges(committed, document);
    expect(unnamed(changes, readFileSync('CHANGELOG.md', 'utf8'))).toEqual([]);
    if (JSON.stringify(committed) !== JSON.stringify(document))
      throw new Error('docs/openapi.json is not what the API serves; run: npm run openapi');
  });

  test('gives the client its types: src/client/api.ts', () => {
    const types = readFileSync('src/client/api.ts', 'utf8');
    // The file is formatted, which changes no word.
    const words = (text: string): string => text.replace(/[\s;|()]+/g, '').replaceAll('"', "'");
    if (words(types) !== words(clientTypes(document)))
      throw new Error('src/client/api.ts does not follow from the contracts; run: npm run openapi');
  });

  test('gives examples that the API accepts', () => {
    const withBody = endpoints.filter(({ body, example }) => body && example);
    expect(withBody.length).toBeGreaterThan(8);
    for (const { body, example } of withBody) expect(() => checked(body!, example)).not.toThrow();
  });
});
