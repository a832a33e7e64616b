/** The short form of `npm run drill:inputs`: each kind of fault once. */
import { expect, test } from '@jest/globals';
import { drillInputs } from '../../bench/drills/inputs.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { newCustomer } from '../support/customer.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { key } = await newCustomer(platform);
/** Kinds of fault at least: none is lost unseen */
const KINDS = 195;

test('good files and requests with one fault each are right, warned about or refused', async () => {
  const client = new TessellateClient({ baseUrl: platform.base, credentials: key });
  const { nKinds, faults } = await drillInputs(client, { seed: 1, isDone: (nCases, kinds) => nCases >= kinds });
  expect(faults).toEqual([]);
  expect(nKinds).toBeGreaterThanOrEqual(KINDS);
});
