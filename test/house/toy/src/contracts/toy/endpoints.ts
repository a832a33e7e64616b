/** The library of generators. */
import { z } from 'zod';
import { endpoints } from '../common/endpoint-contract.ts';
import { idOf, instant, pageOf, rangeOf } from '../common/fields.schema.ts';
import { linksById } from '../common/links.ts';
import { pageQuery } from '../common/pages.schema.ts';

export const generator = {
  rated_kw: rangeOf(1, 1e6, 'Rated power [kW]'),
  run_probability: rangeOf(0, 1, 'Probability that the generator runs in an hour [1]'),
};
/** A generator as it is stored */
export const generatorSchema = z.strictObject(generator);

const itemSchema = z
  .strictObject({ id: idOf('component', 'Id'), name: z.string(), ...generator, created_at: instant('Uploaded') })
  .meta({ id: 'ToyGenerator' });

export const toyEndpoints = endpoints({
  uploadToyGenerator: {
    method: 'post',
    path: '/v1/toy/generators',
    summary: 'Upload a generator: CSV of its rated power [kW] and its probability to run in an hour',
    scope: 'jobs:write',
    status: 201,
    file: { mediaTypes: ['application/octet-stream', 'text/csv'], maxBytes: 1000 },
    links: linksById('deleteToyGenerator'),
    query: z.strictObject({ name: z.string().min(1).max(200).default('generator') }),
    response: itemSchema,
    errors: ['toy.invalid_input'],
  },
  listToyGenerators: {
    method: 'get',
    path: '/v1/toy/generators',
    summary: 'List generators, newest first',
    scope: 'jobs:read',
    query: pageQuery('component'),
    response: pageOf(itemSchema, 'ToyGeneratorPage'),
  },
  deleteToyGenerator: {
    method: 'delete',
    path: '/v1/toy/generators/:id',
    summary: 'Delete a generator',
    scope: 'jobs:write',
  },
});
