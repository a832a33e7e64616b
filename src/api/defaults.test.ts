/** Defaults stand once: what a request's schema fills in has no second default in the engine. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseConfig } from '../adapters/config/config.ts';
import { snakeName } from '../lib/case.ts';
import { endpointsOf } from './app.ts';
import { openApiDocument } from './openapi.ts';
import type { Services } from './services.ts';

const ROOMS = ['solar', 'sun', 'wind', 'finance', 'optimize', 'services'];
/** `a.name ?? 3`, and in brackets of parameters or patterns `name = 3` and `name: type = 3`; not `const name = 3;` */
const LITERAL = String.raw`(?:-?\d[\w.]*|'[^']*'|true|false|\[\]|\{\})`;
const FALLBACK = new RegExp(String.raw`\b(\w+) \?\? ${LITERAL}`, 'g');
const PRESET = new RegExp(String.raw`[({,]\s*(\w+)(?:: [\w\[\] |]+)? = ${LITERAL}(?=\s*[,)}])`, 'g');

function defaultsIn(text: string): string[] {
  return [FALLBACK, PRESET].flatMap((pattern) => Array.from(text.matchAll(pattern), ([, name]) => name));
}

/** Names of the fields with a default in requests. */
function fieldsWithDefault(given: unknown): string[] {
  if (given === null || typeof given !== 'object') return [];
  const { properties = {} } = given as { properties?: Record<string, { default?: unknown } | undefined> };
  const own = Object.entries(properties).flatMap(([name, field]) => (field?.default === undefined ? [] : [name]));
  return [...own, ...Object.values(given).flatMap(fieldsWithDefault)];
}

/** Not the field of a request that has the same name, or never reached by a request */
const OTHERS: Readonly<Record<string, string>> = {
  'optimize/problem.ts: constraints': 'values of an evaluation, not the limits of a request',
  'optimize/test-problems.ts: constraints': 'how many a published test problem has',
  'services/solar/design.ts: inverter': 'the inverters among which a search chooses',
  'services/solar/design.ts: module': 'the modules among which a search chooses',
  'services/solar/kinds.ts: inverter': 'the inverters among which a search chooses',
  'services/solar/kinds.ts: module': 'the modules among which a search chooses',
  'services/solar/report/monthly.ts: step_minutes': 'of a stored series, not of the table of a clear sky',
  'services/solar/report/sun-path.ts: crossAxisTiltDeg': 'of rows, which may state none, not of a tracker',
  'services/wind/kinds.ts: steps': 'how far a search came, not the steps of a grid',
  'services/wind/layout-result.ts: steps': 'how far a search came, not the steps of a grid',
  'services/wind/report/references.ts: blockage': 'of a wake model, whose request may choose none',
  'services/wind/report/references.ts: model': 'of a wake model, whose request may choose none',
  'services/wind/report/turbines.ts: max_speed_m_s': 'of results, which have none with time series',
  'services/wind/report/turbines.ts: min_speed_m_s': 'of results, which have none with time series',
  'solar/power/fuentes.ts: tiltDeg': "the tilt in Fuentes' own code, which no request sets",
  'sun/spa.ts: method': 'how precisely the sun is computed, not the optimizer',
  'wind/layout/layout-search.ts: temperature': 'of simulated annealing, not of a cell',
  'wind/resource/shear.ts: minSpeedMPerS': 'weakest wind of a measurement that counts, not a bin',
  'wind/resource/turbulence.ts: minSpeedMPerS': 'weakest wind of a measurement that counts, not a bin',
};

test('finds each form of a default, and no constant', () => {
  expect(defaultsIn('const { u0 = 25, heightM: h = 1.5 } = given;')).toEqual(['u0', 'heightM']);
  expect(defaultsIn("of(system.transposition ?? 'perez')")).toEqual(['transposition']);
  expect(defaultsIn('function f(tilt: number, albedo = 0.2, gcr: number = 0.4) {}')).toEqual(['albedo', 'gcr']);
  expect(defaultsIn('const albedo = 0.2;\n  let gcr = 0;\n  if (albedo === 0) gcr = 3;')).toEqual([]);
});

test('a field with a default in OpenAPI has none in engine and services', () => {
  const endpoints = endpointsOf({ config: parseConfig({}) } as unknown as Services);
  const fields = new Set(fieldsWithDefault(JSON.parse(JSON.stringify(openApiDocument(endpoints)))));
  expect(fields).toContain('curtailment_pct');
  const found = ROOMS.flatMap((room) => {
    const folder = new URL(`../${room}/`, import.meta.url);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        defaultsIn(readFileSync(new URL(file, folder), 'utf8'))
          .filter((name) => fields.has(snakeName(name)))
          .map((name) => `${room}/${file}: ${name}`),
      );
  });
  expect(found.sort()).toEqual(Object.keys(OTHERS).sort());
});

/** A number that a description states as the default; code that fills it in would state it again. */
const STATED = /[\w,]* (?:default:|otherwise) [1-9][\d.]*/gi;

test('a default that depends on other fields is a constant, which the description states too', () => {
  const folder = new URL('../contracts/', import.meta.url);
  const stated = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.schema.ts'))
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').match(STATED) ?? []);
  expect(stated).toEqual([]);
});
