/** The body of POST /v1/solar/analyze: ranges, units and defaults, which are PVWatts'. */
import { z } from 'zod';

const within = (min: number, max: number, description: string) =>
  z.number().min(min).max(max).describe(`${description}; ${min} to ${max}`);
const pct = (fallback: number, description: string) => within(0, 99, `${description} [%]`).default(fallback);

export const MAX_SYSTEMS = 1000;
export const MAX_YEARS = 50;
/** Time series are kept for jobs of at most so many systems times years. */
export const MAX_SERIES_UNITS = 60;

const fixedMounting = (type: 'fixed' | 'roof', description: string) =>
  z
    .strictObject({
      type: z.literal(type),
      tilt_deg: within(0, 90, 'From horizontal [deg]').default(20),
      azimuth_deg: within(0, 360, 'Clockwise from north [deg]').default(180),
    })
    .describe(description);

export const mountingSchema = z
  .discriminatedUnion('type', [
    fixedMounting('fixed', 'Open rack'),
    fixedMounting('roof', 'Close to a roof, which makes modules hotter'),
    z
      .strictObject({
        type: z.literal('one_axis'),
        axis_tilt_deg: within(0, 90, 'Axis from horizontal [deg]').default(0),
        axis_azimuth_deg: within(0, 360, 'Axis clockwise from north [deg]').default(180),
        max_angle_deg: within(0, 180, 'Largest rotation [deg]').default(45),
        backtrack: z.boolean().default(true).describe('Turn back when rows would shade each other'),
        gcr: within(0.01, 1, 'Ground coverage ratio [1]').default(0.4),
      })
      .describe('One-axis tracker'),
  ])
  .describe('How the modules stand');

export const lossesSchema = z
  .strictObject({
    soiling: pct(2, 'Dirt'),
    shading: pct(3, 'Near shading'),
    snow: pct(0, 'Snow'),
    mismatch: pct(2, 'Unequal modules'),
    wiring: pct(2, 'DC and AC wires'),
    connections: pct(0.5, 'Connectors'),
    lid: pct(1.5, 'Light-induced degradation'),
    nameplate_rating: pct(1, 'Modules below nameplate'),
    age: pct(0, 'Ageing'),
    availability: pct(3, 'Outages'),
  })
  .describe("Losses, each of what the ones before left; PVWatts' defaults, 14.08 % together");

export const solarSystemSchema = z
  .strictObject({
    name: z.string().min(1).max(200).optional().describe('For the reader of the result'),
    dc_capacity_kw: within(1e-3, 1e7, 'Nameplate DC power at 1000 W/m2 and 25 degC [kW]'),
    dc_ac_ratio: within(0.1, 10, 'DC nameplate over AC rating [1]').default(1.2),
    mounting: mountingSchema.prefault({ type: 'fixed' }),
    gamma_per_k: within(-0.02, 0, 'Temperature coefficient of power [1/K]').default(-0.0037),
    inverter_efficiency: within(0.5, 1, 'Nominal efficiency of the inverter [1]').default(0.96),
    losses_pct: lossesSchema.prefault({}),
    albedo: within(0, 1, 'Ground reflectance [1]').default(0.2),
  })
  .describe('A photovoltaic system');
export type SolarSystemBody = z.output<typeof solarSystemSchema>;

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

/** A body in its one stored form. */
export interface SolarAnalyzeInput {
  readonly site_id?: string;
  readonly weather_ids: readonly string[];
  readonly systems: readonly SolarSystemBody[];
  readonly series: boolean;
}

export function normalizeSolarAnalyze(body: z.output<typeof solarAnalyzeSchema>): SolarAnalyzeInput {
  const weather_ids = body.weather_ids ?? [body.weather_id!];
  const systems = body.systems ?? [body.system!];
  return {
    site_id: body.site_id,
    weather_ids,
    systems,
    series: body.series ?? weather_ids.length * systems.length <= MAX_SERIES_UNITS,
  };
}
