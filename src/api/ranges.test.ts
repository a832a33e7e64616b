/** Ranges of numbers: what OpenAPI states is what the API refuses, with the name, the value and the range. */
import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import { parseConfig } from '../adapters/config/config.ts';
import { refusalsOf, schemaError } from '../contracts/common/schema-errors.ts';
import { endpointsOf } from './app.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';

interface Json {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly items?: Json;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly additionalProperties?: Json | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}
/** A number in a request, and how a request with a value for it looks. */
interface Field {
  readonly path: string;
  readonly schema: Json;
  readonly withValue: (value: number) => unknown;
}

const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);
const document = JSON.parse(JSON.stringify(openApiDocument(endpoints)));
const named: Readonly<Record<string, Json>> = document.components.schemas;
const resolved = (schema: Json): Json => (schema.$ref ? named[schema.$ref.split('/').at(-1)!] : schema);

/** A value of the type of a schema, so that unions take the option that is meant. */
function sample(given: Json): unknown {
  const schema = resolved(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const option = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (option) return sample(option);
  if (schema.type === 'object') return required(schema);
  if (schema.type === 'array') return new Array(schema.minItems ?? 0).fill(sample(schema.items ?? {}));
  if (schema.type === 'string') return 'x';
  return schema.minimum ?? schema.maximum ?? 1;
}
const required = ({ properties = {}, required: names = [] }: Json): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, sample(properties[name])]));

function fieldsOf(
  given: Json,
  path: string,
  withValue: (value: unknown) => unknown,
  refs: readonly string[] = [],
): Field[] {
  if (given.$ref && refs.includes(given.$ref)) return [];
  const inside = given.$ref ? [...refs, given.$ref] : refs;
  const schema = resolved(given);
  const fields = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) =>
    fieldsOf(one, path, withValue, inside),
  );
  if ([schema.type].flat().some((type) => type === 'number' || type === 'integer'))
    fields.push({ path, schema, withValue });
  const entry = (name: string, one: Json): Field[] =>
    fieldsOf(one, `${path}/${name}`, (value) => withValue({ ...required(schema), [name]: value }), inside);
  for (const [name, one] of Object.entries(schema.properties ?? {})) fields.push(...entry(name, one));
  if (typeof schema.additionalProperties === 'object') fields.push(...entry('entry', schema.additionalProperties));
  if (schema.items) {
    const rest = new Array(Math.max(0, (schema.minItems ?? 1) - 1)).fill(sample(schema.items));
    fields.push(...fieldsOf(schema.items, `${path}/0`, (value) => withValue([value, ...rest]), inside));
  }
  return fields;
}

interface Request {
  readonly id: string;
  readonly schema: z.ZodType;
  readonly field: Field;
}
const REQUESTS = endpoints.flatMap(({ id, method, path, body, query }): Request[] => {
  const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')][method];
  const content: Json = body && operation.requestBody.content['application/json'].schema;
  const parameters: { readonly in: string; readonly name: string; readonly schema: Json }[] =
    operation.parameters ?? [];
  const ofQuery = parameters.filter((parameter) => parameter.in === 'query');
  return [
    ...(body ? fieldsOf(content, '', (value) => value).map((field) => ({ id, schema: body, field })) : []),
    ...(query
      ? ofQuery
          .flatMap(({ name, schema }) => fieldsOf(schema, `/${name}`, (value) => ({ [name]: String(value) })))
          .map((field) => ({ id, schema: query, field }))
      : []),
  ];
});

/** Whether a value is refused because of the field's range, in the words that every range has. */
function isRefused({ schema, field }: Request, value: number): boolean {
  const { path, withValue, schema: range } = field;
  const { error } = schema.safeParse(withValue(value), { error: schemaError });
  const reason = ` is ${value}; expected ${range.minimum} to ${range.maximum}`;
  return refusalsOf(error?.issues ?? []).some(
    (one) => `/${one.path.map(String).join('/')}` === path && one.message.endsWith(reason),
  );
}

/** Fields with one limit or none: coordinates in metres or of GeoJSON, steps of a grid search, filters and cursors of lists. */
const OPEN = [
  /\/coordinates(\/0)+$/,
  /\/(reference|substations\/0)\/[xy]_m$/,
  /^\/steps\/entry$/,
  /^\/(min|max)_\w+$/,
  /^\/cursor$/,
];

test('a number in a request has a range, but for coordinates, grid steps and filters of lists', () => {
  const numbers = REQUESTS.filter(({ field: { schema } }) => schema.const === undefined);
  expect(numbers.length).toBeGreaterThan(600);
  const open = numbers.filter(({ field: { schema } }) => schema.minimum === undefined || schema.maximum === undefined);
  expect(open.map(({ field: { path } }) => path).filter((path) => !OPEN.some((known) => known.test(path)))).toEqual([]);
});

test('a number just outside its range in OpenAPI is refused with name, value and range, and each bound is inside', () => {
  const wrong: string[] = [];
  for (const request of REQUESTS) {
    const { id, field } = request;
    const { minimum, maximum, type } = field.schema;
    if (minimum === undefined || maximum === undefined || OPEN.some((known) => known.test(field.path))) continue;
    const beyond = (bound: number): number =>
      [type].flat().includes('integer') ? 1 : Math.max(1e-9, Math.abs(bound) * 1e-9);
    for (const outside of [minimum - beyond(minimum), maximum + beyond(maximum)])
      if (!isRefused(request, outside)) wrong.push(`${id} ${field.path}: ${outside} is not refused`);
    for (const bound of [minimum, maximum])
      if (isRefused(request, bound)) wrong.push(`${id} ${field.path}: ${bound} is refused`);
  }
  expect(wrong).toEqual([]);
});
