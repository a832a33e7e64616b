import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { weatherText } from '../../../../test/support/fixtures.ts';
import { solarOptimumValidators } from './solar-optimum.ts';

test("the search finds pvlib's best orientation at four sites, and the energies agree to 1e-6", async () => {
  const json = JSON.parse(readFileSync('test/fixtures/reference/solar/optimum.json', 'utf8'));
  const { results, notCovered } = await solarOptimumValidators['optimum.json'](json, {
    readText: async (name) => weatherText(basename(name)),
    readJson: () => Promise.reject(new Error('no other file is needed')),
  });
  expect(notCovered).toEqual([]);
  expect(results.map(({ rows }) => rows)).toEqual([480, 4, 4, 4, 4]);
  for (const { quantity, maxError, tolerance } of results)
    expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
});
