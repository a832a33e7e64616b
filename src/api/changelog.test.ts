import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { renamedFields } from '../contracts/common/renamed-fields.ts';
import { breakingChanges, type OpenApi, renames, unnamed } from '../../test/support/openapi-changes.ts';

/** The API of commit d1737ab, from which names changed; only what the comparison reads. */
const before: OpenApi = JSON.parse(gunzipSync(readFileSync('test/fixtures/openapi/d1737ab.json.gz')).toString());
const now: OpenApi = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');

/** Names of d1737ab that its OpenAPI document does not have: columns of series, uploads and data packs, and events. */
const OTHER_NAMES = [
  ...['time_ms', 'time_utc', 'cell_temp_c', 'wind_speed_hub_ms', 'weibull_scale_ms', 'weibull_shape'],
  ...['wind_speed_lower_ms', 'wind_speed_std_ms', 'best_run'],
];

type Json = Record<string, unknown>;
/** Every object of a document. */
function objectsOf(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsOf);
  return Array.isArray(value) ? inner : [value as Json, ...inner];
}
const propertiesOf = (document: OpenApi): Json[] =>
  objectsOf(document).flatMap(({ type, properties }) =>
    // A field may have the name `properties`, or the name `type`.
    properties && (typeof type === 'string' || Array.isArray(type)) ? [properties as Json] : [],
  );

test('each change since d1737ab that breaks clients is announced', () => {
  const changes = breakingChanges(before, now);
  expect(changes.length).toBeGreaterThan(250);
  expect(unnamed(changes, changelog).map(({ what }) => what)).toEqual([]);
});

test('each field that requests lost is refused with its new name', () => {
  const lost = breakingChanges(before, now).filter(({ what }) =>
    /^(?!on[A-Z])\w+ (body|query)\b.* is gone$/.test(what),
  );
  expect(lost.length).toBeGreaterThan(60);
  const silent = lost.filter(({ name, others }) => renamedFields([name], [...others, 'economics', 'costs']) === '');
  expect(silent.map(({ what }) => what)).toEqual([]);
});

test('the first column of the table has names of d1737ab only', () => {
  const known = new Set(OTHER_NAMES);
  for (const object of objectsOf(before)) {
    for (const name of Object.keys((object.properties ?? {}) as Json)) known.add(name);
    for (const value of [object.name, object.const, object.enum].flat()) known.add(String(value));
  }
  const names = renames(changelog).flatMap((row) => [...row.before]);
  expect(names.length).toBeGreaterThan(150);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

describe('what the changelog has today announces none of the changes to come', () => {
  /** Returns the names that are not announced after a change. */
  function openAfter(change: (next: OpenApi) => void): Set<string> {
    const next: OpenApi = structuredClone(now);
    change(next);
    return new Set(unnamed(breakingChanges(now, next), changelog).map(({ name }) => name));
  }
  const drop = (names: readonly string[]) =>
    openAfter((next) => {
      for (const properties of propertiesOf(next)) for (const name of names) delete properties[name];
    });

  test('a field that goes everywhere, though the page has its name', () => {
    const words = new Set(changelog.match(/\w+/g));
    const names = [...new Set(propertiesOf(now).flatMap(Object.keys))].filter((name) => words.has(name));
    expect(names.length).toBeGreaterThan(100);
    const batches = Array.from({ length: Math.ceil(names.length / 25) }, (_, i) => names.slice(25 * i, 25 * i + 25));
    const unseen = batches.flatMap((batch) => {
      const open = drop(batch);
      return batch.filter((name) => !open.has(name));
    });
    // A field within another that went with it is dropped alone.
    expect(unseen.length).toBeLessThan(names.length / 3);
    expect(unseen.filter((name) => drop([name]).size === 0)).toEqual([]);
  });

  test('an operation', () => {
    const open = openAfter((next) => {
      for (const path of Object.keys(next.paths)) delete (next.paths as Json)[path];
    });
    expect(Object.keys(now.paths).filter((path) => !open.has(path))).toEqual([]);
  });

  test('a value', () => {
    const firsts: string[] = [];
    const open = openAfter((next) => {
      for (const object of objectsOf(next))
        if (Array.isArray(object.enum) && object.enum.length > 1) firsts.push(String(object.enum.shift()));
    });
    expect(firsts.length).toBeGreaterThan(50);
    expect(firsts.filter((value) => !open.has(value))).toEqual([]);
  });

  test('a field that requests must have', () => {
    const added: string[] = [];
    const open = openAfter((next) => {
      const schemas = next.components?.schemas as Record<string, { required: string[]; properties: Json }>;
      const { required, properties } = schemas.SolarSystem;
      added.push(...Object.keys(properties).filter((name) => !required.includes(name)));
      required.push(...added);
    });
    expect(added.length).toBeGreaterThan(10);
    expect(added.filter((name) => !open.has(name))).toEqual([]);
  });
});
