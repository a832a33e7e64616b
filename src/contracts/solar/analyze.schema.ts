/** The body of POST /v1/solar/analyze. */
import { z } from 'zod';
import type { SolarSystemBody } from './system.schema.ts';
import { solarSystemSchema, within } from './system.schema.ts';
import { USUAL_UNCERTAINTY_PCT } from '../common/uncertainty.ts';

export const MAX_SYSTEMS = 1000;
export const MAX_YEARS = 50;
/** Time series are kept for jobs of at most so many systems times years. */
export const MAX_SERIES_UNITS = 60;

export const weatherIdSchema = z.string().regex(/^wth_[0-9a-z]{26}$/, 'expected the id of a weather dataset, wth_...');

export const solarAnalyzeSchema = z
  .strictObject({
    site_id: z
      .string()
      .regex(/^site_[0-9a-z]{26}$/, 'expected the id of a site, site_...')
      .optional()
      .describe('Kept with the job; the place of the weather data is what is computed'),
    weather_id: weatherIdSchema.optional().describe('One year of weather'),
    weather_ids: z.array(weatherIdSchema).min(1).max(MAX_YEARS).optional().describe('Several years, one dataset each'),
    system: solarSystemSchema.optional(),
    systems: z
      .array(solarSystemSchema)
      .min(1)
      .max(MAX_SYSTEMS)
      .optional()
      .describe(`Up to ${MAX_SYSTEMS} variants, each computed for every year`),
    decomposition: z
      .enum(['weather', 'erbs', 'disc', 'dirint'])
      .default('weather')
      .describe("Direct and diffuse irradiance: the weather's own, or from its global irradiance by a model"),
    edge_steps: z
      .enum(['mid_step', 'mid_sunlit'])
      .default('mid_step')
      .describe('Where the sun stands in a step in which it rises or sets; mid_sunlit as SAM does'),
    uncertainty_pct: z
      .record(z.string().min(1).max(100), within(0, 100, 'Standard uncertainty [%]'))
      .default(USUAL_UNCERTAINTY_PCT)
      .describe('Standard uncertainties of the yield by source, independent of each other'),
    interannual_pct: within(0, 100, 'Standard deviation of single years [%], used with one year of weather').default(4),
    series: z
      .boolean()
      .optional()
      .describe(
        `Keep time series; default: yes up to ${MAX_SERIES_UNITS} systems times years, the most that can be kept`,
      ),
    seed: z.int().min(0).max(2_147_483_647).optional().describe('Kept for reproduction; this analysis draws nothing'),
  })
  .superRefine((body, context) => {
    const one = (a: keyof typeof body, b: keyof typeof body): void => {
      if ((body[a] === undefined) === (body[b] === undefined))
        context.addIssue({ code: 'custom', path: [a], message: `expected either ${a} or ${b}` });
    };
    one('weather_id', 'weather_ids');
    one('system', 'systems');
    const units = (body.systems?.length ?? 1) * (body.weather_ids?.length ?? 1);
    if (body.series && units > MAX_SERIES_UNITS)
      context.addIssue({
        code: 'custom',
        path: ['series'],
        message: `series of ${units} systems times years; at most ${MAX_SERIES_UNITS} can be kept`,
      });
  });

/** A body in its one stored form: components are looked up, every default is filled in. */
export interface SolarAnalyzeInput {
  readonly site_id?: string;
  readonly weather_ids: readonly string[];
  readonly systems: readonly SolarSystemBody[];
  readonly decomposition: 'weather' | 'erbs' | 'disc' | 'dirint';
  readonly edge_steps: 'mid_step' | 'mid_sunlit';
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  readonly interannual_pct: number;
  readonly series: boolean;
}

/** @param resolve looks up what a system names; told where in the request it stands */
export function normalizeSolarAnalyze(
  body: z.output<typeof solarAnalyzeSchema>,
  resolve: (system: SolarSystemBody, pointer: string) => SolarSystemBody,
): SolarAnalyzeInput {
  const { weather_id, weather_ids = [weather_id!], system, systems, series, seed: _, ...same } = body;
  const resolved = systems ? systems.map((one, k) => resolve(one, `/systems/${k}`)) : [resolve(system!, '/system')];
  return {
    ...same,
    weather_ids,
    systems: resolved,
    series: series ?? weather_ids.length * resolved.length <= MAX_SERIES_UNITS,
  };
}
