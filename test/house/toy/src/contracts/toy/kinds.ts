/** The job kind of generators that run at random. */
import { z } from 'zod';
import { kwh, percent } from '../common/fields.schema.ts';
import { seedSchema } from '../common/optimizer.schema.ts';
import { SUBMIT_DESCRIPTION, technology } from '../jobs/job-kind.ts';
import { generator, toyEndpoints } from './endpoints.ts';

const draws = {
  n_hours: z
    .int()
    .min(1)
    .max(1e12)
    .default(1e6)
    .describe("Hours drawn; 1 to 10^12; source of the default: the platform's choice, a round figure"),
  seed: seedSchema,
};
const countSchema = z
  .strictObject({
    rated_kw: generator.rated_kw.optional(),
    run_probability: generator.run_probability.optional(),
    generator_id: z
      .string()
      .optional()
      .describe('A generator of your library, in place of rated_kw and run_probability'),
    ...draws,
  })
  .refine(({ rated_kw, run_probability, generator_id: id }) =>
    id === undefined ? rated_kw !== undefined && run_probability !== undefined : !(rated_kw ?? run_probability),
  )
  .meta({ id: 'ToyCountRequest' });
const countInputSchema = z.strictObject({ ...generator, ...draws }).meta({ id: 'ToyCountInput' });
const countResultSchema = z
  .strictObject({
    is_complete: z.boolean(),
    n_hours: z.int().describe('Hours drawn'),
    n_running_hours: z.int().describe('Hours in which the generator ran'),
    capacity_factor_pct: percent('Net energy divided by rated power and 8,760 h'),
    annual_energy_kwh: kwh('Energy delivered in a year'),
  })
  .meta({ id: 'ToyCountResult' });
export type ToyCountResult = z.output<typeof countResultSchema>;

const errorCodes = {
  'toy.invalid_input': { status: 422, title: 'The generator is not valid', final: true },
} as const;
declare module '../common/error-codes.ts' {
  interface TechnologyErrorCodes {
    readonly toy: typeof errorCodes;
  }
}

export const toy = technology({
  name: 'toy',
  tag: 'Toy',
  description: 'Generators that run at random',
  invalidInput: 'toy.invalid_input',
  errorCodes,
  endpoints: toyEndpoints,
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
      errors: ['toy.invalid_input', 'request.not_found'],
      body: countSchema,
      input: countInputSchema,
      result: countResultSchema,
      example: { rated_kw: 500, run_probability: 0.3 },
    },
  ],
});
