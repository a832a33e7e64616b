/** The body of POST /v1/solar/analyze. */
import { z } from 'zod';
import { givenId, ownChoice, rangeOf, sourceOfDefault, withDefault } from '../common/fields.schema.ts';
import { weatherFields } from '../common/weather-choice.schema.ts';
import { solarSystemSchema } from './system.schema.ts';
import { USUAL_UNCERTAINTY_PCT } from '../common/uncertainty.ts';

const MAX_SYSTEMS = 1000;
/** A job can store time series up to this number of systems multiplied by years. */
export const MAX_SERIES_UNITS = 60;

export const solarAnalyzeSchema = z
  .strictObject({
    site_id: givenId('site', 'a site')
      .optional()
      .describe('Site: the job is stored with it. The computation uses the coordinates of the weather dataset'),
    ...weatherFields,
    system: solarSystemSchema.optional(),
    systems: z
      .array(solarSystemSchema)
      .min(1)
      .max(MAX_SYSTEMS)
      .optional()
      .describe(`Systems, up to ${MAX_SYSTEMS}; each is computed for every year of weather`),
    decomposition: withDefault(
      z.enum(['weather', 'erbs', 'disc', 'dirint']),
      'weather',
      ownChoice('measured or modelled by the provider of the weather'),
    ).describe(
      'Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance',
    ),
    edge_steps: withDefault(z.enum(['mid_step', 'mid_sunlit']), 'mid_step', ownChoice('as most models do')).describe(
      'Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does',
    ),
    uncertainty_pct: withDefault(
      z.record(z.string().min(1).max(100), rangeOf(0, 100, 'Standard uncertainty [%]')),
      USUAL_UNCERTAINTY_PCT,
      ownChoice('together 6 %, the size that Thevenard and Pelland 2013 report'),
    ).describe('Standard uncertainty of the yield by source; the sources are independent of each other'),
    interannual_pct: withDefault(
      rangeOf(0, 100, 'Standard deviation of the yield between single years [%]; used if there is one year of weather'),
      4,
      ownChoice('a usual year-to-year variation of irradiation'),
    ),
    include_series: sourceOfDefault(
      z
        .boolean()
        .optional()
        .describe(
          `Whether time series are stored; default: true up to ${MAX_SERIES_UNITS} systems multiplied by years, which is also the maximum`,
        ),
      ownChoice('few enough to be stored'),
    ),
    seed: z
      .int()
      .min(0)
      .max(2_147_483_647)
      .optional()
      .describe('Seed, stored with the job; this analysis uses no random numbers'),
  })
  .superRefine((body, context) => {
    const one = (a: keyof typeof body, b: keyof typeof body): void => {
      if ((body[a] === undefined) === (body[b] === undefined))
        context.addIssue({ code: 'custom', path: [a], message: `expected either ${a} or ${b}` });
    };
    one('weather_id', 'weather_ids');
    one('system', 'systems');
    const units = (body.systems?.length ?? 1) * (body.weather_ids?.length ?? 1);
    if (body.include_series && units > MAX_SERIES_UNITS)
      context.addIssue({
        code: 'custom',
        path: ['include_series'],
        message: `series of ${units} systems multiplied by years; at most ${MAX_SERIES_UNITS} can be stored`,
      });
  });
export type SolarAnalyzeBody = z.output<typeof solarAnalyzeSchema>;
