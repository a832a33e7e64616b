/** The short form of `npm run drill:inputs`: each kind of fault once. */
import { expect, test } from '@jest/globals';
import { drillInputs } from '../../bench/drill-inputs.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { newCustomer } from '../support/customer.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { key } = await newCustomer(platform);
const CASES = 170;

test('good files and requests with one fault each are right, warned about or refused', async () => {
  const client = new TessellateClient({ baseUrl: platform.base, credentials: key });
  const { nCases, faults } = await drillInputs(client, { seed: 1, isDone: (done) => done >= CASES });
  expect(faults).toEqual([]);
  expect(nCases).toBeGreaterThanOrEqual(CASES);
});
