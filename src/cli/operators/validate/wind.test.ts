import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { windResourceValidators } from './wind-resource.ts';

const FOLDER = 'test/fixtures/reference/wind';
const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(`${FOLDER}/${basename(name)}`, 'utf8'));
const context = { readJson, readText: (name: string) => readFile(`${FOLDER}/${basename(name)}`, 'utf8') };

test.each(Object.entries(windResourceValidators))('%s agrees with the reference tools', async (name, validator) => {
  const { results, notCovered } = await validator(await readJson(name), context);
  expect(notCovered).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});
