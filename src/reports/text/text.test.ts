import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { WATERFALL_STEPS } from '../../solar/simulate.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/uncertainty.ts';
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

test('every text is used by a report', () => {
  const source = readdirSync('src/reports')
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(`src/reports/${name}`, 'utf8'))
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
