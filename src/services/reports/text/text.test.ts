import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { solarAnalyzeSchema } from '../../../contracts/solar/analyze.schema.ts';
import { solarOptimizeSchema } from '../../../contracts/solar/optimize.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../../contracts/wind/requests.schema.ts';
import { WAKE_MODELS } from '../../../wind/wakes/wake-models.ts';
import { WATERFALL_STEPS } from '../../../solar/year/waterfall.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../../contracts/common/uncertainty.ts';
import { DICTIONARIES, term, textOf } from './text.ts';

const { en, ...others } = DICTIONARIES;
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).sort();

test('every language has the same keys with the same values in them, none of them empty', () => {
  for (const [language, dictionary] of Object.entries(others)) {
    expect([language, Object.keys(dictionary).sort()]).toEqual([language, Object.keys(en).sort()]);
    for (const [key, text] of Object.entries(dictionary)) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      expect([key, placeholders(text)]).toEqual([key, placeholders(en[key as keyof typeof en])]);
    }
  }
});

test('every text is used by a report or picture', () => {
  const source = ['reports', 'solar/report', 'wind', 'wind/report']
    .flatMap((folder) => readdirSync(`src/services/${folder}`).map((name) => `src/services/${folder}/${name}`))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(name, 'utf8'))
    .join('\n');
  // Of some families the name is put together: `economics.${name}`.
  const families = [...source.matchAll(/text\(`([a-z_.]+)\$\{/g)].map(([, family]) => family);
  const unused = Object.keys(en).filter(
    (key) =>
      !key.startsWith('term.') && !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
  );
  expect(unused).toEqual([]);
});

test('all steps of the waterfall and all usual uncertainties have names', () => {
  for (const name of [...WATERFALL_STEPS, ...Object.keys(USUAL_UNCERTAINTY_PCT)])
    expect(en).toHaveProperty([`term.${name}`]);
  expect(term(textOf('de'), 'loss_shading')).toBe('Nahverschattung');
  expect(term(textOf('de'), 'my_own_loss')).toBe('my own loss');
});

/** What a report says of a request in words: by the names of their fields. */
const WORDED = [
  'decomposition',
  'transposition',
  'iam',
  'spectral',
  'temperature',
  'inverter',
  'soiling',
  'snow',
  'rows',
];
const WORDED_TOO = [
  'method',
  'objective',
  'objectives',
  'superposition',
  'turbulence',
  'blockage',
  'mounting',
  'module',
];

test('every model, method and objective that a request can name has a name in reports', () => {
  const found = new Set<string>(WAKE_MODELS.map(({ name }) => name));
  // biome-ignore lint/suspicious/noExplicitAny: JSON schema
  const walk = (node: any, field: string, root: any): void => {
    if (typeof node !== 'object' || node === null) return;
    if (node.$ref) walk(root.$defs[node.$ref.split('/').at(-1)], field, root);
    if ([...WORDED, ...WORDED_TOO].includes(field))
      for (const value of [...(node.enum ?? []), node.const]) if (typeof value === 'string') found.add(value);
    // A kind is named by the field that holds it: `iam: { type }`.
    for (const [name, inner] of Object.entries(node.properties ?? {}))
      walk(inner, name === 'type' || (name === 'model' && field === 'rows') ? field : name, root);
    for (const inner of [node.anyOf, node.oneOf, node.allOf, node.prefixItems].flat()) walk(inner, field, root);
    for (const inner of [node.items, node.additionalProperties]) walk(inner, field, root);
  };
  for (const schema of [solarAnalyzeSchema, solarOptimizeSchema, windAnalyzeSchema, windOptimizeSchema]) {
    const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    walk(root, '', root);
  }
  for (const name of [
    'perez_sam',
    'martin_ruiz',
    'noct_sam',
    'energy_p90',
    'gradient',
    'stf2017',
    'self_similar',
    'kimber',
  ])
    expect(found).toContain(name);
  // A module of the library is shown by its own name.
  const nameless = [...found].filter((name) => name !== 'library' && !(`term.${name}` in en));
  expect(nameless).toEqual([]);
});
