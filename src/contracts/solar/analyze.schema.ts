/** The body of POST /v1/solar/analyze. */
import { z } from 'zod';
import type { SolarSystemBody } from './system.schema.ts';
import { rangeOf } from '../common/fields.schema.ts';
import { solarSystemSchema } from './system.schema.ts';
import { USUAL_UNCERTAINTY_PCT } from '../common/uncertainty.ts';

export const MAX_SYSTEMS = 1000;
export const MAX_YEARS = 50;
/** A job can store time series up to this number of systems multiplied by years. */
export const MAX_SERIES_UNITS = 60;

export const weatherIdSchema = z.string().regex(/^wth_[0-9a-z]{26}$/, 'expected the id of a weather dataset, wth_...');

export const solarAnalyzeSchema = z
  .strictObject({
    site_id: z
      .string()
      .regex(/^site_[0-9a-z]{26}$/, 'expected the id of a site, site_...')
      .optional()
      .describe('Site that the job is stored with. The computation uses the coordinates of the weather dataset'),
    weather_id: weatherIdSchema.optional().describe('One year of weather'),
    weather_ids: z
      .array(weatherIdSchema)
      .min(1)
      .max(MAX_YEARS)
      .optional()
      .describe('Several years of weather, one dataset for each year'),
    system: solarSystemSchema.optional(),
    systems: z
      .array(solarSystemSchema)
      .min(1)
      .max(MAX_SYSTEMS)
      .optional()
      .describe(`Up to ${MAX_SYSTEMS} systems; each is computed for every year of weather`),
    decomposition: z
      .enum(['weather', 'erbs', 'disc', 'dirint'])
      .default('weather')
      .describe(
        'Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance',
      ),
    edge_steps: z
      .enum(['mid_step', 'mid_sunlit'])
      .default('mid_step')
      .describe(
        'Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does',
      ),
    uncertainty_pct: z
      .record(z.string().min(1).max(100), rangeOf(0, 100, 'Standard uncertainty [%]'))
      .default(USUAL_UNCERTAINTY_PCT)
      .describe('Standard uncertainties of the yield by source; they are independent of each other'),
    interannual_pct: rangeOf(
      0,
      100,
      'Standard deviation of the yield between single years [%]; used if there is one year of weather',
    ).default(4),
    include_series: z
      .boolean()
      .optional()
      .describe(
        `Whether time series are stored; default: true up to ${MAX_SERIES_UNITS} systems multiplied by years, which is also the maximum`,
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

/** The form in which a body is stored: components are looked up and every default is written out. */
export interface SolarAnalyzeInput {
  readonly site_id?: string;
  readonly weather_ids: readonly string[];
  readonly systems: readonly SolarSystemBody[];
  readonly decomposition: 'weather' | 'erbs' | 'disc' | 'dirint';
  readonly edge_steps: 'mid_step' | 'mid_sunlit';
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  readonly interannual_pct: number;
  readonly include_series: boolean;
}

/**
 * Brings a body into its stored form.
 * @param resolve looks up the components that a system names; receives the system's position in the request
 */
export function normalizeSolarAnalyze(
  body: z.output<typeof solarAnalyzeSchema>,
  resolve: (system: SolarSystemBody, pointer: string) => SolarSystemBody,
): SolarAnalyzeInput {
  const { weather_id, weather_ids = [weather_id!], system, systems, include_series, seed: _, ...same } = body;
  const resolved = systems ? systems.map((one, k) => resolve(one, `/systems/${k}`)) : [resolve(system!, '/system')];
  return {
    ...same,
    weather_ids,
    systems: resolved,
    include_series: include_series ?? weather_ids.length * resolved.length <= MAX_SERIES_UNITS,
  };
}
