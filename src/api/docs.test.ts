/** The documents against the code: a page for each error, endpoints and quantities by their names and units. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseConfig } from '../adapters/config/config.ts';
import type { ErrorCode } from '../contracts/common/error-codes.ts';
import { ERROR_CODES } from '../contracts/jobs/error-codes.ts';
import { WARNINGS, type WarningCode } from '../contracts/jobs/warnings.ts';
import { errorCodeSchema, problemSchema } from '../contracts/jobs/problem.schema.ts';
import { endpointsOf } from './app.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';

const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);
const read = (path: string) => readFileSync(path, 'utf8');

describe('docs/errors', () => {
  const codes = Object.keys(ERROR_CODES).sort() as ErrorCode[];

  test('has a page for each code, and no other', () => {
    const pages = readdirSync('docs/errors').map((file) => file.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual(codes);
  });

  // Errors of failed jobs have code and message alone.
  const body = z.union([problemSchema, z.strictObject({ code: errorCodeSchema, message: z.string() })]);
  test.each(codes)('%s: status, a body of the real shape, and what to do', (code) => {
    const text = read(`docs/errors/${code}.md`);
    const { status, title } = ERROR_CODES[code];
    expect(text).toMatch(`# ${code} (${status})\n`);
    expect(text).toMatch('\nWhat to do: ');
    const example = body.parse(JSON.parse(/```json\n([\s\S]*?)```/.exec(text)![1]));
    expect(example.code).toBe(code);
    if ('status' in example) expect(example).toMatchObject({ status, title, type: `/docs/errors/${code}` });
  });
});

describe('docs/warnings', () => {
  const codes = Object.keys(WARNINGS).sort() as WarningCode[];

  test('has a page for each code, and no other', () => {
    const pages = readdirSync('docs/warnings').map((file) => file.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual(codes);
  });

  test.each(codes)('%s: severity, and what to do', (code) => {
    const text = read(`docs/warnings/${code}.md`);
    expect(text).toMatch(`# ${code} (${WARNINGS[code].severity})\n`);
    expect(text).toMatch('\nWhat to do: ');
  });
});

test('the endpoints that documents name exist', () => {
  const known = endpoints.map(({ method, path }) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
  }));
  const files = [
    'README.md',
    'CHANGELOG.md',
    ...readdirSync('docs', { recursive: true }).map((name) => `docs/${name}`),
  ];
  const unknown = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...read(file).matchAll(/\b(GET|POST|PATCH|DELETE) (\/[\w/{}.:-]+)/g)].flatMap(([, method, named]) => {
        const path = named.replace(/[.:]$/, '');
        const isKnown = known.some((one) => one.method === method && one.pattern.test(path));
        return isKnown ? [] : [`${file}: ${method} ${path}`];
      }),
    );
  expect(unknown).toEqual([]);
});

describe('docs/glossary.md', () => {
  interface Schema {
    readonly $ref?: string;
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
  }
  const { schemas } = JSON.parse(JSON.stringify(openApiDocument(endpoints))).components as {
    schemas: Record<string, Schema>;
  };

  /** Names with the units in their descriptions, in a schema and those that it refers to; requests are not results. */
  function quantities(schema: Schema, seen: Set<string>, unitsByName: Map<string, Set<string>>): typeof unitsByName {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) {
      if (seen.has(name) || name.endsWith('Output')) return unitsByName;
      seen.add(name);
      return quantities(schemas[name], seen, unitsByName);
    }
    for (const [property, one] of Object.entries(schema.properties ?? {})) {
      const unit = /\[([^\]]+)\]/.exec(one.description ?? '')?.[1];
      if (unit) unitsByName.set(property, (unitsByName.get(property) ?? new Set()).add(unit));
      quantities(one, seen, unitsByName);
    }
    for (const one of [schema.items, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
      if (one) quantities(one, seen, unitsByName);
    return unitsByName;
  }

  test('has every quantity of the results with its unit', () => {
    const rows = new Map(
      [...read('docs/glossary.md').matchAll(/^\| (`[^|]+) \| ([^|]*) \| ([^|]+) \|/gm)].flatMap(([, names, unit]) =>
        names.split(', ').map((name) => [name.replaceAll('`', ''), unit.trim()] as const),
      ),
    );
    const unitsByName = new Map<string, Set<string>>();
    const seen = new Set<string>();
    for (const name of ['SolarAnalysisResult', 'SolarDesignResult', 'WindAnalysisResult', 'WindLayoutResult'])
      quantities({ $ref: name }, seen, unitsByName);
    for (const name of ['Weather', 'WindSummary']) quantities({ $ref: name }, seen, unitsByName);
    expect(unitsByName.size).toBeGreaterThan(80);
    for (const [name, units] of unitsByName) expect([name, ...units]).toEqual([name, rows.get(name)]);
  });
});
