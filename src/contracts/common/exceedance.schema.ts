/** Yields by the probability of exceeding them, as results of all technologies state them; src/statistics/exceedance.ts computes them. */
import { z } from 'zod';
import { kwh, percent } from './fields.schema.ts';

const levelsSchema = z
  .strictObject({
    p50_kwh: kwh('Energy exceeded with a probability of 50 %'),
    p75_kwh: kwh('Energy exceeded with a probability of 75 %'),
    p90_kwh: kwh('Energy exceeded with a probability of 90 %'),
    p99_kwh: kwh('Energy exceeded with a probability of 99 %'),
  })
  .meta({ id: 'ExceedanceLevels', description: 'Energies of a year by the probability of exceeding them' });

export const exceedanceSchema = z
  .strictObject({
    uncertainty_pct: percent('Standard uncertainty of the yield, of models and inputs together, the same in all years'),
    interannual_pct: percent('Standard deviation of the yield between single years'),
    long_term: levelsSchema.nullable().describe('Levels of the long-term mean, without the variation of single years'),
    one_year: levelsSchema.nullable().describe('Levels of any single year, by the normal distribution'),
    ten_years: levelsSchema.nullable().describe('Levels of the mean of ten years, by the normal distribution'),
    twenty_years: levelsSchema.nullable().describe('Levels of the mean of twenty years, by the normal distribution'),
    empirical: levelsSchema
      .nullable()
      .describe('Levels of any single year, by the years of weather themselves; null with one year'),
  })
  .meta({
    id: 'Exceedance',
    description:
      'Yields by the probability of exceeding them; levels by the normal distribution are null where no source of uncertainty is stated',
  });
