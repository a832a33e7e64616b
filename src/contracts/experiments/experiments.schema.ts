/** Experiments in requests and answers of administrators. */
import { z } from 'zod';
import { idOf, instant, ownChoice, withDefault } from '../common/fields.schema.ts';
import { EXPERIMENT_SUBJECTS } from './experiments.ts';

const variant = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'expected lower case letters, digits, _ and -'),
  weight: z.number().min(0.001).max(1000).describe('Share of organizations, relative to the other weights'),
  n_iterations: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .describe('Number of iterations of searches by nsga2 whose request names none; null: as without the experiment'),
});
export const newExperimentSchema = z.strictObject({
  name: z.string().min(1).max(200),
  subject: z.enum(EXPERIMENT_SUBJECTS),
  plans: withDefault(z.array(z.string().max(60)).max(50), [], ownChoice('everybody')).describe(
    'Only organizations with these plans; empty: all',
  ),
  variants: z
    .array(variant)
    .min(2)
    .max(5)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'expected each name once')
    .describe('The first one is what the others are compared with'),
  baseline_pct: z.number().min(0.1).max(99.9).describe('Conversion that is expected of the first variant [%]'),
  effect_pct: z.number().min(0.1).max(99).describe('Smallest difference that is to be found [%]'),
});

const interval = (description: string) =>
  z
    .strictObject({ lower_pct: z.number(), upper_pct: z.number() })
    .nullable()
    .describe(`${description}, with 95 % confidence [%]; null without organizations`);
export const experimentSchema = z
  .strictObject({
    id: idOf('experiment', 'Id'),
    name: z.string(),
    subject: z.enum(EXPERIMENT_SUBJECTS),
    plans: z.array(z.string()),
    n_per_variant: z
      .int()
      .describe('Organizations that each variant needs (power 80 %, significance 5 %), stated when it began'),
    is_large_enough: z.boolean().describe('Whether each variant has them: before, no difference is a result'),
    ratio_p_value: z
      .number()
      .describe(
        'Probability of numbers of organizations that differ so from the weights; below 0.001 something is wrong',
      ),
    is_ratio_plausible: z.boolean(),
    variants: z.array(
      z
        .strictObject({
          ...variant.shape,
          n_exposed: z.int().describe('Organizations that have used it'),
          n_converted: z.int().describe('Organizations among them that had a report written about such a search'),
          converted_pct: interval('Share that converted'),
          difference_pct: interval('Difference from the first variant').describe(
            'Difference from the first variant, with 95 % confidence [%]; null for the first one',
          ),
          p_value: z
            .number()
            .nullable()
            .describe('Probability of such a difference by chance, by a two-proportion test; null for the first one'),
        })
        .meta({ id: 'ExperimentVariant' }),
    ),
    created_at: instant('Begun'),
    ended_at: instant('Stopped').nullable(),
  })
  .meta({ id: 'Experiment', description: 'An experiment with its results' });
export const experimentListSchema = z.strictObject({ data: z.array(experimentSchema) }).meta({ id: 'ExperimentList' });
