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

test('energies of Gaussian wakes agree to 1e-8 where a curve jumps at a speed of the rose', async () => {
  // dtu10mw of random25 starts at 4 m/s: whether a turbine runs there is decided by wakes of 1e-8 m/s.
  const { results } = await windFarmValidators['aep.json'](await readJson('aep.json'), { readJson, readText });
  const gaussians = results.filter(({ quantity }) => /^(net|per_turbine)_gwh\.bastankhah/.test(quantity));
  expect(gaussians.length).toBe(3);
  for (const { maxError } of gaussians) expect(maxError).toBeLessThan(1e-8);
});
