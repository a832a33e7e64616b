/** The types of requests and answers that the client ships, written from the OpenAPI document: src/client/api.ts. */

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const JSON_TYPE = 'application/json';
const HEAD = `/**
 * Types of the API's requests and answers. \`npm run openapi\` writes this file from the contracts; a change here is lost.
 */
import type { Upload } from './files.ts';
`;

/** A name of a member as TypeScript writes it. */
const keyOf = (name: string): string => (/^\w+$/.test(name) ? name : JSON.stringify(name));
const comment = (text: string | undefined, indent: string): string =>
  text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ')} */\n`;

function typeOf(schema: Schema | true, indent: string): string {
  if (schema === true) return 'unknown';
  const { $ref, type, const: constant, enum: values, anyOf, oneOf, items, prefixItems } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const variants = anyOf ?? oneOf;
  if (variants) return [...new Set(variants.map((one) => typeOf(one, indent)))].join(' | ');
  if (typeof type === 'object') return type.map((one) => typeOf({ ...schema, type: one }, indent)).join(' | ');
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return prefixItems
        ? `readonly [${prefixItems.map((one) => typeOf(one, indent)).join(', ')}]`
        : `readonly (${typeOf(items ?? true, indent)})[]`;
    case 'object':
      return objectOf(schema, indent);
    default:
      return type ?? 'unknown';
  }
}

function objectOf({ properties = {}, required = [], additionalProperties = true }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, one]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${comment(one.description, inner)}${inner}readonly ${keyOf(name)}${mark}: ${typeOf(one, inner)};\n`;
  });
  const rest =
    additionalProperties === false
      ? []
      : [`Readonly<Record<string, ${members.length > 0 ? 'unknown' : typeOf(additionalProperties, indent)}>>`];
  if (members.length === 0) return rest[0] ?? 'Readonly<Record<string, never>>';
  return [`{\n${members.join('')}${indent}}`, ...rest].join(' & ');
}

/** The parameters of one place as a member; optional if none is required. */
function parametersOf({ parameters }: Operation, place: 'path' | 'query'): string {
  const own = parameters.filter((one): one is Parameter => 'in' in one && one.in === place);
  if (own.length === 0) return '';
  const schema: Schema = {
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, description, schema: one }) => [name, { ...one, description }])),
    required: own.filter((one) => one.required).map(({ name }) => name),
    additionalProperties: false,
  };
  return `    readonly ${place}${schema.required?.length ? '' : '?'}: ${typeOf(schema, '    ')};\n`;
}

function bodyOf({ requestBody }: Operation): string {
  if (!requestBody) return '';
  const json = requestBody.content[JSON_TYPE]?.schema;
  const mark = requestBody.required ? '' : '?';
  return `    readonly body${mark}: ${json ? typeOf(json, '    ') : 'Upload'};\n`;
}

const isFile = (content: Content): boolean =>
  Object.entries(content).some(([type, { schema }]) => type === 'text/csv' || schema?.format === 'binary');

export function clientTypes({ paths, components }: Document): string {
  const named = Object.entries(components.schemas).map(([name, schema]) => {
    const type = typeOf(schema, '');
    const isInterface = type.startsWith('{') && type.endsWith('}');
    return `${comment(schema.description, '')}export ${isInterface ? `interface ${name} ${type}` : `type ${name} = ${type};`}\n`;
  });
  const operations: string[] = [];
  const downloads: string[] = [];
  for (const [path, methods] of Object.entries(paths))
    for (const [method, one] of Object.entries(methods)) {
      const [, answer] = Object.entries(one.responses).find(([status]) => status.startsWith('2')) ?? [];
      const content = answer?.content ?? {};
      const sent = `${parametersOf(one, 'path')}${parametersOf(one, 'query')}${bodyOf(one)}`;
      const about = comment(`${one.summary} (${one.operationId})`, '  ');
      if (isFile(content)) downloads.push(`${about}  readonly '${path}': ${sent ? `{\n${sent}  }` : 'object'};\n`);
      const json = content[JSON_TYPE]?.schema;
      if (!json && answer?.content) continue;
      const result = `    readonly answer: ${json ? typeOf(json, '    ') : 'undefined'};\n`;
      operations.push(`${about}  readonly '${method.toUpperCase()} ${path}': {\n${sent}${result}  };\n`);
    }
  return [
    HEAD,
    ...named,
    `/** What each operation takes and answers, by method and path. */\nexport interface Operations {\n${operations.join('')}}\n`,
    `/** What each download takes, by path. */\nexport interface Downloads {\n${downloads.join('')}}\n`,
  ].join('\n');
}
