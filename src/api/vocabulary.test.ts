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

/** Every property of every schema and every query parameter, with the place where it stands. */
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
    const queries = key === 'parameters' && Array.isArray(inner) ? inner.flatMap(queryOf(where)) : [];
    return [...own, ...queries, ...inside.flatMap(([name, node]) => propertiesOf(node, `${where}.${name}`))];
  });
}
const queryOf =
  (where: string) =>
  (parameter: { in?: string; name?: string; description?: string; schema?: Node }): Named[] =>
    parameter.in === 'query' && parameter.name !== undefined
      ? [
          {
            name: parameter.name,
            where: `${where}?${parameter.name}`,
            node: { ...parameter.schema, description: parameter.description },
          },
        ]
      : [];

const NAMED = [
  ...propertiesOf(components.schemas, ''),
  ...propertiesOf(paths, 'paths'),
  ...propertiesOf(webhooks, 'webhooks'),
];
const NAMES = [...new Set(NAMED.map(({ name }) => name))].sort();
const glossary = readFileSync('docs/glossary.md', 'utf8');
const namesOf = (text: string): string[] =>
  [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, one]) => one),
  );
const DEFINED = namesOf(glossary);
/** Names with several meanings: the last table of the glossary. */
const DEPENDENT = namesOf(glossary.slice(glossary.indexOf('## Names that depend on their place')));

/** Accounts, webhooks, reports, errors, health, objectives, lists: OpenAPI describes their names. */
const OF_THE_PLATFORM =
  /^\.(\w*ApiKey|ApiKeyPage|Session|CookieSession|Login|LogInByCookie|\w*IdentityProvider|\w*SignIn|RegisterRequest|ConfirmEmail|RequestEmailChange|RequestPasswordReset|ResetPassword|\w*Invitation|UpdateMe|Plan|OwnOrganization|Usage|Audit|Admin|Deletion|Experiment|JobExperiment|Budget|CreateBudget|Billing|StartCheckout|StripePage|Invoice|RefreshSession|ChangePassword|\w*SecondFactor|\w*RecoveryCodes|UpdateOrganization|AddMember|ChangeRole|Me\.|User|Member|Organization|\w*Webhook|\w*Delivery|Delivery|Retr|Problem|Health|DetailedHealth|Slo|Readiness|Report|CreateReport|JobError|Job\w+Event|\w+Page\.)|^(paths|webhooks)/;
/** Names that only say how JSON is put together, or that a standard gives: RFC 7946, GeoJSON. */
const STRUCTURAL = [
  'assumptions code coordinates created_at data description ended_at error features format geometries geometry id input',
  'kind licence max message min model name notes options origin parameters properties provider result sha256 source',
  'started_at status summary title type unit updated_at value values attribution first_year',
  'has_typical_year is_cached is_configured',
].flatMap((line) => line.split(' '));

test('every name of a plant, its weather, its jobs and its economics is in the glossary', () => {
  const domain = [...new Set(NAMED.filter(({ where }) => !OF_THE_PLATFORM.test(where)).map(({ name }) => name))];
  expect(domain.length).toBeGreaterThan(400);
  expect(domain.filter((name) => !DEFINED.includes(name) && !STRUCTURAL.includes(name)).sort()).toEqual([]);
  expect(STRUCTURAL.filter((name) => DEFINED.includes(name) || !domain.includes(name))).toEqual([]);
});

test('the glossary defines each name once, and only names of the API', () => {
  expect(DEFINED.filter((name, i) => DEFINED.indexOf(name) !== i)).toEqual([]);
  expect(DEFINED.filter((name) => !NAMES.includes(name))).toEqual([]);
});

/** What a description says first, without unit and range: what follows is about the place. */
const headOf = (description: string): string =>
  description
    .replace(/ ?\[[^\]]*\]/, '')
    .replace(/^source of the default.*/, '')
    .split(/[:;,.(]/)[0]
    .trim();
test('a name has one meaning: its descriptions begin alike, except where the glossary lists its meanings', () => {
  const heads = new Map<string, Set<string>>();
  for (const { name, node } of NAMED) {
    const head = headOf(node.description ?? '');
    if (head !== '' && DEFINED.includes(name)) heads.set(name, (heads.get(name) ?? new Set()).add(head));
  }
  const unlike = [...heads].flatMap(([name, all]) => {
    const [shortest, ...others] = [...all].sort((a, b) => a.length - b.length);
    return others.every((one) => one.startsWith(shortest)) ? [] : [`${name}: ${[...all].join(' | ')}`];
  });
  expect(unlike.filter((one) => !DEPENDENT.includes(one.slice(0, one.indexOf(':'))))).toEqual([]);
  // A closed list: a name that has one meaning again leaves it.
  expect(DEPENDENT.length).toBeLessThan(20);
});

/** Names of flags, each with the number of its records: `n_records_by_flag`. */
const FLAGS = ['ok', 'missing', 'out_of_range', 'stuck', 'icing'];
test('counts begin with n_', () => {
  /** Integers that count nothing: positions in an order, calendar years, sizes with a unit, codes, limits of pages. */
  const isNoCount =
    /(^|_)(index|iteration|attempt|round|sequence|line|column|cursor|limit|status|code|years?|seed|bytes|minutes|s|in|expires|zone|size|weight)$/;
  const integers = NAMED.filter(({ node }) => [node.type].flat().includes('integer'));
  expect(integers.length).toBeGreaterThan(100);
  const uncounted = integers.filter(
    ({ name, where }) => !name.startsWith('n_') && !isNoCount.test(name) && !where.startsWith('.DetailedHealth'),
  );
  expect([...new Set(uncounted.map(({ name }) => name))].filter((name) => !FLAGS.includes(name))).toEqual([]);
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

test('a name has one unit', () => {
  const units = new Map<string, Set<string>>();
  for (const { name, node } of NAMED) {
    const unit = /\[([^\]]+)\]/.exec(node.description ?? '')?.[1];
    if (unit && !DEPENDENT.includes(name))
      units.set(name, (units.get(name) ?? new Set()).add(unit === '-' ? '1' : unit));
  }
  expect([...units].filter(([, all]) => all.size > 1).map(([name, all]) => `${name}: ${[...all]}`)).toEqual([]);
});

test('no name of before 0.1.0 is back', () => {
  const OLD = [
    'ac_annual_kwh ac_monthly_kwh after_kwh cable_cost_per_m cached capital_cost_per_kwh complete configured enabled',
    'evaluations free_ms front grid_points gross_kwh iterations left_kwh lowest_ms net_kwh of_years own population',
    'raised_to_zero records_left_out starts systems_asked time_limited time_ms turbine_count type_choice typical_year waked_kwh',
    'cell_temp_c cell_temperature_c concurrent_records direction_deg directions_deg energy_with_wakes_kwh estimated_seconds',
    'from land_m2 limit_seconds mean_speed_m_s pareto_size probability records_excluded relative_humidity retried row_count',
    'since speeds_m_s step_hours systems_computed systems_requested temperature_c to total until with_thrust years_kwh',
  ].flatMap((line) => line.split(' '));
  expect(NAMES.filter((name) => OLD.includes(name))).toEqual([]);
});
