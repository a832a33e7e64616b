/** One public vocabulary: every name of OpenAPI is defined in docs/glossary.md, has one unit, and follows the rules for names. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseConfig } from '../adapters/config/config.ts';
import { endpointsOf } from './app.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}
interface Named {
  readonly name: string;
  readonly where: string;
  readonly node: Node;
}

const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);
const { paths, webhooks, components } = JSON.parse(JSON.stringify(openApiDocument(endpoints)));

/** Every property of every schema, with the place where it stands. */
function propertiesOf(value: unknown, where: string): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'example' || key === 'examples') return [];
    const own =
      key === 'properties'
        ? Object.entries(inner as Record<string, Node>).map(([name, node]) => ({
            name,
            where: `${where}.${name}`,
            node,
          }))
        : [];
    const inside = key === 'properties' ? Object.entries(inner as object) : [[key, inner] as const];
    return [...own, ...inside.flatMap(([name, node]) => propertiesOf(node, `${where}.${name}`))];
  });
}
const NAMED = [
  ...propertiesOf(components.schemas, 'schemas'),
  ...propertiesOf(paths, 'paths'),
  ...propertiesOf(webhooks, 'webhooks'),
];
const NAMES = [...new Set(NAMED.map(({ name }) => name))].sort();
const rows = [...readFileSync('docs/glossary.md', 'utf8').matchAll(/^\| (`[^|]+) \|/gm)];
const DEFINED = new Set(rows.flatMap(([, names]) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name)));

/** Names that say how JSON is put together, or that a standard gives: RFC 9457, RFC 7946, Standard Webhooks, OAuth. */
const STRUCTURAL = new Set<string>([
  'access_token',
  'assumptions',
  'checks',
  'code',
  'components',
  'coordinates',
  'created_at',
  'current_password',
  'data',
  'description',
  'detail',
  'email',
  'error',
  'errors',
  'event_type',
  'events',
  'expires_at',
  'expires_in',
  'expires_in_s',
  'features',
  'files',
  'format',
  'geometries',
  'geometry',
  'headers',
  'id',
  'input',
  'key',
  'kind',
  'language',
  'licence',
  'links_expire_at',
  'max',
  'media_type',
  'message',
  'min',
  'name',
  'new_password',
  'next_cursor',
  'options',
  'organization',
  'organization_name',
  'origin',
  'parameters',
  'password',
  'payload',
  'plan',
  'pointer',
  'pollers',
  'prefix',
  'properties',
  'ready_at',
  'refresh_token',
  'result',
  'role',
  'secret',
  'source',
  'status',
  'summary',
  'timestamp',
  'title',
  'token_type',
  'type',
  'unit',
  'units',
  'updated_at',
  'url',
  'user',
  'value',
  'values',
  'version',
]);

test('every name is in the glossary or says only how JSON is put together', () => {
  expect(NAMES.length).toBeGreaterThan(400);
  expect(NAMES.filter((name) => !DEFINED.has(name) && !STRUCTURAL.has(name))).toEqual([]);
  expect([...STRUCTURAL].filter((name) => DEFINED.has(name) || !NAMES.includes(name))).toEqual([]);
});

test('_ms is milliseconds only, and m/s, W/m2 and kWh/m2 are spelt in one way', () => {
  for (const { name, where, node } of NAMED) {
    const unit = /\[([^\]]+)\]/.exec(node.description ?? '')?.[1];
    if (name.endsWith('_ms')) expect([where, unit]).toEqual([where, 'ms']);
    if (unit === 'm/s') expect([where, name.endsWith('_m_s')]).toEqual([where, true]);
    if (unit === 'W/m2') expect([where, name.endsWith('_w_m2')]).toEqual([where, true]);
    expect(name).not.toMatch(/wm2|kwhm2|_mps/);
  }
});

/** pvlib's `backtrack`; rows as SAM computes them. */
const OTHER_BOOLEANS = new Set(['backtrack', 'as_sam']);
test('booleans begin with is_, has_ or include_', () => {
  const booleans = NAMED.filter(({ node }) => [node.type].flat().includes('boolean')).map(({ name }) => name);
  expect(booleans.length).toBeGreaterThan(10);
  expect(
    [...new Set(booleans)].filter((name) => !/^(is|has|include)_/.test(name) && !OTHER_BOOLEANS.has(name)),
  ).toEqual([]);
});

/** The name of Standard Webhooks and of the health answers. */
const OTHER_INSTANTS = new Set(['timestamp']);
test('instants end in _at or are time', () => {
  const instants = NAMED.filter(({ node }) => node.format === 'date-time').map(({ name }) => name);
  expect(instants.length).toBeGreaterThan(10);
  expect(
    [...new Set(instants)].filter((name) => !name.endsWith('_at') && name !== 'time' && !OTHER_INSTANTS.has(name)),
  ).toEqual([]);
});

/** Of two models each, by the letters of their papers. */
const OTHER_UNITS = new Set(['b']);
test('a name has one unit', () => {
  const units = new Map<string, Set<string>>();
  for (const { name, node } of NAMED) {
    const unit = /\[([^\]]+)\]/.exec(node.description ?? '')?.[1];
    if (unit && !OTHER_UNITS.has(name)) units.set(name, (units.get(name) ?? new Set()).add(unit === '-' ? '1' : unit));
  }
  expect([...units].filter(([, all]) => all.size > 1).map(([name, all]) => `${name}: ${[...all]}`)).toEqual([]);
});

test('no name of before 0.1.0 is back', () => {
  const OLD = [
    'ac_annual_kwh ac_monthly_kwh after_kwh cable_cost_per_m cached capital_cost_per_kwh complete configured enabled',
    'evaluations free_ms front grid_points gross_kwh iterations left_kwh lowest_ms net_kwh of_years own population',
    'raised_to_zero records_left_out starts systems_asked time_limited time_ms turbine_count type_choice typical_year waked_kwh',
  ].flatMap((line) => line.split(' '));
  expect(NAMES.filter((name) => OLD.includes(name))).toEqual([]);
});
