import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { windFarmValidators } from './wind-farm.ts';

const FOLDER = 'test/fixtures/reference/wind';
const readText = (name: string) => readFile(`${FOLDER}/${basename(name)}`, 'utf8');
const readJson = async (name: string): Promise<unknown> => JSON.parse(await readText(name));

test.each(Object.entries(windFarmValidators))('%s agrees with the reference tools', async (name, validator) => {
  const { results, notCovered } = await validator(await readJson(name), { readJson, readText });
  expect(notCovered).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});
