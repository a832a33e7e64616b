/** Curtailment of turbines in requests: the rules, and the modes in which turbines may run. */
import { z } from 'zod';
import { kwh, ownChoice, percent, rangeOf, withDefault } from '../common/fields.schema.ts';

const MAX_RULES = 20;
const MAX_MODES = 20;
const MAX_RECEPTORS = 100;
const MAX_TURBINES = 2000;

const column = (min: number, max: number) => z.array(z.number().min(min).max(max)).min(2).max(1000);

/** Names of a generic thrust, as turbines have them. */
export const GENERIC_THRUSTS = ['frohboese_schmuck', 'momentum'] as const;

const modeSchema = z
  .strictObject({
    name: z.string().min(1).max(100).describe('Name, to which rules refer'),
    wind_speed_m_s: column(0, 100).describe(
      'Wind speed, in rising order [m/s]; outside of this range power and thrust are 0',
    ),
    power_kw: column(-1e4, 1e5).describe('Power at each wind speed [kW]'),
    thrust_coefficient: column(0, 1.3)
      .optional()
      .describe('Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust'),
    generic_thrust: z
      .enum(GENERIC_THRUSTS)
      .optional()
      .describe('Thrust coefficients of a curve that has none, as in `turbines`'),
    air_density_kg_m3: withDefault(
      rangeOf(0.5, 1.6, 'Air density: that of the power curve [kg/m3]'),
      1.225,
      'ISO 2533, air at sea level',
    ),
  })
  .meta({ id: 'TurbineMode', description: 'Mode: power and thrust of a turbine that runs with less noise or load' });
export type TurbineModeBody = z.output<typeof modeSchema>;

const receptorSchema = z
  .strictObject({
    x_m: rangeOf(-1e8, 1e8, 'Easting [m]').optional(),
    y_m: rangeOf(-1e8, 1e8, 'Northing [m]').optional(),
    longitude_deg: rangeOf(-180, 180, 'Longitude [deg]').optional(),
    latitude_deg: rangeOf(-85, 85, 'Latitude [deg]').optional(),
    height_m: withDefault(
      rangeOf(-500, 500, "Height above the ground of the turbines [m]: the receptor's own, and the terrain's"),
      2,
      'LAI 2020, point of immission',
    ),
  })
  .refine(
    ({ x_m, y_m, longitude_deg, latitude_deg }) =>
      (x_m !== undefined && y_m !== undefined) !== (longitude_deg !== undefined && latitude_deg !== undefined),
    'expected x_m and y_m, or longitude_deg and latitude_deg',
  )
  .meta({ id: 'ShadowReceptor' });

const about = {
  name: z.string().min(1).max(100).optional().describe('Name in results and reports; left out: the type'),
  turbine_indices: z
    .array(
      z
        .int()
        .min(0)
        .max(MAX_TURBINES - 1),
    )
    .min(1)
    .max(MAX_TURBINES)
    .optional()
    .describe('Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches'),
};
const wind = {
  wind_directions: z
    .array(
      z.strictObject({
        from_deg: rangeOf(0, 360, 'Start of the sector, clockwise [deg]'),
        to_deg: rangeOf(0, 360, 'End of the sector [deg]; it may enclose north'),
      }),
    )
    .min(1)
    .max(36)
    .optional()
    .describe('Sectors from which the wind comes; left out: all'),
  wind_speed_from_m_s: rangeOf(0, 60, 'From this free wind speed at the hub [m/s]').optional(),
  wind_speed_below_m_s: rangeOf(0, 60, 'Below this free wind speed at the hub [m/s]').optional(),
};
const hour = (what: string) => rangeOf(0, 24, `${what} of the day in time_zone [h]`);
const weather = {
  hours: z
    .strictObject({ from_h: hour('Start'), to_h: hour('End') })
    .optional()
    .describe('Hours of the day; they may enclose midnight'),
  months: z.array(z.int().min(1).max(12)).min(1).max(12).optional().describe('Months, January is 1'),
  sun_elevation_below_deg: rangeOf(
    -90,
    90,
    "Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise",
  ).optional(),
  temp_air_from_c: rangeOf(-60, 60, 'From this air temperature [degC]').optional(),
  temp_air_below_c: rangeOf(-60, 60, 'Below this air temperature [degC]').optional(),
  precipitation_max_mm_h: rangeOf(0, 100, 'At most this precipitation [mm/h]; 0: no rain').optional(),
};
const mode = {
  turbine_mode: z.string().min(1).max(100).optional().describe('Name of the mode in `modes`; left out: turbines stop'),
};

export const curtailmentRuleSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('noise'), ...about, ...mode, ...wind, ...weather })
      .describe('Noise: turbines run in a mode or stop'),
    z
      .strictObject({
        type: z.literal('bats'),
        ...about,
        ...mode,
        ...wind,
        wind_speed_below_m_s: rangeOf(0, 60, 'Below this free wind speed at the hub [m/s]'),
        ...weather,
      })
      .describe('Bats: turbines stop at low wind in warm nights'),
    z
      .strictObject({
        type: z.literal('shadow_flicker'),
        ...about,
        ...wind,
        ...weather,
        receptors: z.array(receptorSchema).min(1).max(MAX_RECEPTORS).describe('Points where shadows must not fall'),
        budget_h_per_year: withDefault(
          rangeOf(0, 8784, 'Hours of a year in which shadows may fall on each receptor before turbines stop [h]'),
          0,
          ownChoice('no shadow falls'),
        ),
        sun_elevation_min_deg: withDefault(
          rangeOf(0, 90, 'Shadows count from this elevation of the sun [deg]'),
          3,
          'LAI 2020, elevation of the sun',
        ),
        distance_max_m: withDefault(
          rangeOf(10, 10_000, 'Shadows of turbines count up to this distance [m]'),
          2000,
          ownChoice('beyond it blades cover little of the sun'),
        ),
      })
      .describe('Shadow flicker: turbines stop while the shadow of their rotor would fall on a receptor'),
    z
      .strictObject({ type: z.literal('sector_management'), ...about, ...mode, ...wind, ...weather })
      .describe('Sector management: turbines stop or run in a mode while the wind comes from sectors'),
    z
      .strictObject({ type: z.literal('other'), ...about, ...mode, ...wind, ...weather })
      .describe('Any other reason, such as birds, ice or the grid'),
  ])
  .meta({ id: 'CurtailmentRule' });
export type CurtailmentRuleBody = z.output<typeof curtailmentRuleSchema>;

/** Conditions that a table of directions and speeds cannot carry */
const TIMED = [
  'hours',
  'months',
  'sun_elevation_below_deg',
  'temp_air_from_c',
  'temp_air_below_c',
  'precipitation_max_mm_h',
  'receptors',
] as const;

/** Returns the conditions of a rule that need time steps, by their names. */
export const timedConditions = (rule: CurtailmentRuleBody): string[] =>
  TIMED.filter((name) => name in rule && (rule as Readonly<Record<string, unknown>>)[name] !== undefined);

export const curtailmentSchema = z
  .strictObject({
    rules: z
      .array(curtailmentRuleSchema)
      .min(1)
      .max(MAX_RULES)
      .describe(
        'Rules. Where several act on a turbine, a stop goes before modes, and the mode with less power before others; their order only decides how the loss is divided among them',
      ),
    modes: withDefault(z.array(modeSchema).max(MAX_MODES), [], ownChoice('none')).describe(
      'Modes to which rules refer',
    ),
    time_zone: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe(
        'Time zone of hours and months, with its daylight saving time: IANA name such as Europe/Berlin, or Etc/GMT-1 (UTC+1) without',
      ),
    latitude_deg: rangeOf(-85, 85, 'Latitude of the farm [deg], for the sun; left out: that of its places').optional(),
    longitude_deg: rangeOf(-180, 180, 'Longitude of the farm [deg]; left out: that of its places').optional(),
  })
  .superRefine(({ rules, modes, time_zone, latitude_deg, longitude_deg }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((latitude_deg === undefined) !== (longitude_deg === undefined))
      issue(['latitude_deg'], 'expected both latitude_deg and longitude_deg, or none of them');
    const names = modes.map(({ name }) => name);
    names.forEach((name, m) => {
      if (names.indexOf(name) < m) issue(['modes', m, 'name'], `mode ${name} is there twice; expected different names`);
    });
    modes.forEach(({ wind_speed_m_s: speeds, power_kw, thrust_coefficient }, m) => {
      for (const [field, values] of Object.entries({ power_kw, thrust_coefficient }))
        if (values && values.length !== speeds.length)
          issue(['modes', m, field], `expected ${speeds.length} values, one a wind speed; got ${values.length}`);
    });
    rules.forEach((rule, r) => {
      const path = ['rules', r];
      const chosen = 'turbine_mode' in rule ? rule.turbine_mode : undefined;
      if (chosen !== undefined && !names.includes(chosen))
        issue([...path, 'turbine_mode'], `mode ${chosen} is not in modes; known are ${names.join(', ') || 'none'}`);
      if ((rule.hours || rule.months) && time_zone === undefined)
        issue(['time_zone'], `rule ${r} has hours or months; expected the time zone in which they hold`);
      const { wind_speed_from_m_s: low, wind_speed_below_m_s: high } = rule;
      if (low !== undefined && high !== undefined && low >= high)
        issue([...path, 'wind_speed_below_m_s'], `is ${high}; expected above wind_speed_from_m_s, ${low}`);
      if (
        rule.temp_air_from_c !== undefined &&
        rule.temp_air_below_c !== undefined &&
        rule.temp_air_from_c >= rule.temp_air_below_c
      )
        issue(
          [...path, 'temp_air_below_c'],
          `is ${rule.temp_air_below_c}; expected above temp_air_from_c, ${rule.temp_air_from_c}`,
        );
      if (rule.hours && rule.hours.from_h === rule.hours.to_h)
        issue([...path, 'hours'], 'starts and ends at the same hour; expected two hours, or 0 to 24 for all');
      for (const { from_deg, to_deg } of rule.wind_directions ?? [])
        if (from_deg === to_deg)
          issue([...path, 'wind_directions'], `a sector from ${from_deg} to ${to_deg} deg is empty; expected a width`);
      if (rule.type === 'sector_management' && !rule.wind_directions)
        issue([...path, 'wind_directions'], 'sector_management needs the sectors');
      if (rule.type === 'bats' && !rule.hours && rule.sun_elevation_below_deg === undefined)
        issue(
          [...path, 'sun_elevation_below_deg'],
          'bats need the night: expected hours, or sun_elevation_below_deg such as -0.833',
        );
    });
  })
  .meta({
    id: 'Curtailment',
    description: 'Rules by which turbines stop or run in a mode',
    examples: [
      {
        time_zone: 'Europe/Berlin',
        rules: [
          {
            type: 'bats',
            wind_speed_below_m_s: 6,
            sun_elevation_below_deg: -0.833,
            months: [5, 6, 7, 8, 9, 10],
            temp_air_from_c: 10,
          },
          { type: 'sector_management', wind_directions: [{ from_deg: 345, to_deg: 15 }], turbine_indices: [0, 2] },
        ],
      },
    ],
  });
export type CurtailmentBody = z.output<typeof curtailmentSchema>;

const ruleCostSchema = z
  .strictObject({
    type: z.string().describe('Type of the rule'),
    name: z.string().describe('Name of the rule'),
    curtailment_loss_kwh: kwh(
      'Energy that curtailment takes of a year: with the rules before this one less with this one too',
    ),
    curtailment_loss_pct: percent('Energy that curtailment takes as a share of the gross energy'),
    single_loss_kwh: kwh('Energy of a year without rules less that with only this one'),
    single_loss_pct: percent('Loss by only this rule as a share of the gross energy'),
    turbine_hours: z.number().describe('Hours of a year in which the rule acts, summed over the turbines [h]'),
    loss_kwh_by_turbine: z
      .array(z.number())
      .describe(
        'curtailment_loss_kwh by turbine; below 0 where a turbine gains because others slow the wind less [kWh]',
      ),
    hours_by_turbine: z.array(z.number()).describe('Hours of a year in which the rule acts, by turbine [h]'),
  })
  .meta({ id: 'RuleCost' });

export const curtailmentResultSchema = z
  .strictObject({
    curtailment_loss_kwh: kwh(
      'Energy that curtailment takes of a year: without rules less with all of them, with wakes, before other losses',
    ),
    curtailment_loss_pct: percent('Energy that curtailment takes as a share of the gross energy'),
    rules: z.array(ruleCostSchema).describe('Rules in the order of the request, with what each one costs'),
  })
  .meta({ id: 'CurtailmentCost' });
