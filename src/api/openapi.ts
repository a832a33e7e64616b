/** OpenAPI 3.1 from the declared endpoints. */
import { z } from 'zod';
import { ENGINE_VERSION } from '../contracts/version.ts';
import type { Endpoint } from './endpoint.ts';

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'request_id'],
  properties: Object.fromEntries(
    ['type', 'title', 'code', 'detail', 'pointer', 'fix', 'request_id'].map((name) => [name, { type: 'string' }]),
  ),
};

export function openApiDocument(endpoints: readonly Endpoint[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of endpoints) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][one.method] = operation(one);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tessellate Renewables', version: ENGINE_VERSION },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'API key or access token' } },
      schemas: { Problem: PROBLEM },
    },
  };
}

function operation(one: Endpoint): Record<string, unknown> {
  const query = one.query && (schemaOf(one.query) as { properties?: Record<string, object>; required?: string[] });
  const parameters = [
    ...[...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query?.required?.includes(name) ?? false,
      schema,
    })),
  ];
  const content = one.body
    ? { 'application/json': { schema: schemaOf(one.body) } }
    : one.consumes && Object.fromEntries(one.consumes.map((type) => [type, {}]));
  const status = one.status ?? (one.method === 'delete' ? 204 : 200);
  const produced = Object.fromEntries(
    (one.produces ?? ['application/json']).map((type) => [
      type,
      one.response ? { schema: schemaOf(one.response) } : {},
    ]),
  );
  return {
    operationId: `${one.method}${one.path.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [one.tag],
    summary: one.summary,
    description: one.description,
    security: one.scope === 'public' ? [] : [{ bearer: [] }],
    parameters,
    requestBody: content && { required: true, content },
    responses: {
      [status]: { description: 'Success', ...(status === 204 ? {} : { content: produced }) },
      default: {
        description: 'Problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
