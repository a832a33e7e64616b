/** The weather of a job, in the form that all technologies share: one dataset, or one for each of several years. */
import { z } from 'zod';
import { givenId } from './fields.schema.ts';

const MAX_YEARS = 50;
const weatherIdSchema = givenId('weather', 'a weather dataset');
export const weatherIdsSchema = z
  .array(weatherIdSchema)
  .min(1)
  .max(MAX_YEARS)
  .describe('Several years of weather at one place, one dataset for each year');

export const weatherFields = {
  weather_id: weatherIdSchema.optional().describe('One year of weather'),
  weather_ids: weatherIdsSchema.optional(),
};

/** Returns the request with a list in place of a single dataset. */
export const withWeatherIds = <Body extends { weather_id?: string; weather_ids?: string[] }>({
  weather_id: one,
  weather_ids: several,
  ...body
}: Body): Omit<Body, 'weather_id' | 'weather_ids'> & Pick<Body, 'weather_ids'> => ({
  ...body,
  weather_ids: one === undefined ? several : [one],
});
