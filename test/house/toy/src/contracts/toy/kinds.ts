/** The job kind of generators that run at random. */
import { z } from 'zod';
import { kwh, percent, rangeOf } from '../common/fields.schema.ts';
import { seedSchema } from '../common/optimizer.schema.ts';
import { SUBMIT_DESCRIPTION, technology } from '../jobs/job-kind.ts';

const countSchema = z
  .strictObject({
    rated_kw: rangeOf(1, 1e6, 'Rated power [kW]'),
    availability: rangeOf(0, 1, 'Probability that the generator runs in an hour [1]'),
    n_hours: z.int().min(1).max(1e12).default(1e6).describe('Hours to draw; 1 to 10^12'),
    seed: seedSchema,
  })
  .meta({ id: 'ToyCountRequest' });
const countResultSchema = z
  .strictObject({
    is_complete: z.boolean().describe('Whether all hours were drawn'),
    n_hours: z.int().describe('Hours that were drawn'),
    n_running_hours: z.int().describe('Hours in which the generator ran'),
    capacity_factor_pct: percent('Share of the hours in which the generator ran'),
    annual_energy_kwh: kwh('Energy of a year'),
  })
  .meta({ id: 'ToyCountResult' });
export type ToyCountResult = z.output<typeof countResultSchema>;

export const toy = technology({
  name: 'toy',
  tag: 'Toy',
  description: 'Generators that run at random',
  invalidInput: 'request.invalid',
  kinds: [
    {
      kind: 'toy-count',
      queue: 'toy',
      path: '/v1/toy/count',
      operation: 'countToy',
      schemaId: 'ToyCount',
      scope: 'jobs:write',
      summary: 'Count the hours in which a generator runs',
      description: SUBMIT_DESCRIPTION,
      errors: [],
      body: countSchema,
      input: countSchema,
      result: countResultSchema,
      example: { rated_kw: 500, availability: 0.3 },
    },
  ],
});
