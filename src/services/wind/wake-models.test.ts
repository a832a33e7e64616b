/** A wake model that is added stands wherever users look for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { WAKE_MODEL_NAMES } from '../../contracts/wind/wake-models.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';

const REFERENCE = 'test/fixtures/reference/wind';
const names = WAKE_MODELS.map(({ name }) => name);

test('requests can name exactly the models that the engine has', () => {
  expect(names).toEqual([...WAKE_MODEL_NAMES]);
});

test.each(names)('%s is described, and has values of a reference implementation', (name) => {
  expect(readFileSync('docs/models/wind-wakes.md', 'utf8')).toContain(`\`${name}\``);
  // The case study of IEA Wind Task 37 defines this model; its files have energies and no name of a model.
  const isCompared = name === 'iea37_simple_gaussian' ? /iea37/ : new RegExp(`"${name}"`);
  const files = readdirSync(REFERENCE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const compared = files.filter(
    (entry) =>
      isCompared.test(entry.name) || isCompared.test(readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')),
  );
  expect(compared.length).toBeGreaterThan(0);
});
