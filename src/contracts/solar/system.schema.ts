/** A photovoltaic system in requests: every model by name, with ranges, units and defaults. The defaults are those of PVWatts. */
import { z } from 'zod';
import { givenId, ownChoice, rangeOf, sourceOfDefault, withDefault } from '../common/fields.schema.ts';

const PVWATTS = 'PVWatts v8';
/** Configuration "PVWatts, no financial model" of SAM */
const SAM_PVWATTS = "SAM's configuration of PVWatts v8";
/** SAM's pvwattsv8 differs: there it is 0.3. */
const PVWATTS_GCR = 'PVWatts v7 in SAM; v8 in SAM has 0.3';
export const PVWATTS_LOSSES = 'PVWatts Version 5 Manual, table of losses';
/** Near shading where it is not modelled [%] */
export const NEAR_SHADING_PCT = 3;
/** Light-induced degradation where no file states it [%] */
export const LID_PCT = 1.5;
const PVLIB_PVWATTS = 'pvlib, ModelChain.with_pvwatts';

const pct = (fallback: number, description: string) =>
  withDefault(rangeOf(0, 99, `${description} [%]`), fallback, PVWATTS_LOSSES);
const twelve = (value: z.ZodNumber, description: string) =>
  z.array(value).length(12).describe(`${description}; January is first`);

const fixedMounting = (type: 'fixed' | 'roof', description: string) =>
  z
    .strictObject({
      type: z.literal(type),
      tilt_deg: withDefault(rangeOf(0, 90, 'Tilt from horizontal [deg]'), 20, SAM_PVWATTS),
      azimuth_deg: sourceOfDefault(
        rangeOf(0, 360, 'Azimuth, clockwise from north [deg]; default: toward the equator').optional(),
        ownChoice('where most of the sun is'),
      ),
    })
    .describe(description);

export const rackSchema = fixedMounting('fixed', 'Open rack');
export const trackerSchema = z
  .strictObject({
    type: z.literal('one_axis'),
    axis_tilt_deg: withDefault(
      rangeOf(0, 90, 'Tilt of the axis from horizontal [deg]'),
      0,
      'pvlib, tracking.singleaxis',
    ),
    axis_azimuth_deg: sourceOfDefault(
      rangeOf(
        0,
        360,
        'Azimuth of the axis, clockwise from north, toward its lower end [deg]; default: toward the equator',
      ).optional(),
      ownChoice('rows from north to south, as most trackers'),
    ),
    max_angle_deg: withDefault(rangeOf(0, 180, 'Maximum rotation [deg]'), 45, PVWATTS),
    backtrack: withDefault(z.boolean(), true, 'pvlib, tracking.singleaxis').describe(
      'Whether the tracker backtracks, so that rows do not shade each other',
    ),
    gcr: withDefault(rangeOf(0.01, 1, 'Ground coverage ratio [1]'), 0.4, PVWATTS_GCR),
    cross_axis_tilt_deg: withDefault(
      rangeOf(-45, 45, 'Cross-axis tilt: slope of the plane that holds the axes, across the axes [deg]'),
      0,
      'pvlib, tracking.singleaxis',
    ),
  })
  .describe('Single-axis tracker');

export const mountingSchema = z
  .discriminatedUnion('type', [
    rackSchema,
    fixedMounting('roof', 'Rack close to a roof, where modules get hotter'),
    trackerSchema,
    z
      .strictObject({
        type: z.literal('two_axis'),
        max_tilt_deg: withDefault(
          rangeOf(0, 90, 'Maximum tilt [deg]'),
          90,
          ownChoice('it follows the sun to the horizon'),
        ),
      })
      .describe('Two-axis tracker, which faces the sun'),
  ])
  .meta({ id: 'Mounting', description: 'Mounting of the modules' });

/** A loss that may be a gain: modules above their nameplate, light soaking. The bound is SAM's. */
const gainOr = (description: string) => rangeOf(-5, 99, `${description}; a negative value is a gain [%]`);

const lossesSchema = z
  .strictObject({
    soiling: pct(2, 'Dirt'),
    shading: sourceOfDefault(
      rangeOf(0, 99, `Near shading [%]; default: ${NEAR_SHADING_PCT}, or 0 where \`rows\` are modelled`).optional(),
      PVWATTS_LOSSES,
    ),
    snow: pct(0, 'Snow'),
    mismatch: pct(2, 'Mismatch between modules'),
    wiring: pct(2, 'Losses in DC and AC wiring, at any load; `wiring` of the system replaces it'),
    connections: pct(0.5, 'Connectors'),
    lid: sourceOfDefault(
      gainOr(
        `Light-induced degradation, or the gain by light soaking of thin films; default: that of the module's file, otherwise ${LID_PCT}`,
      ).optional(),
      PVWATTS_LOSSES,
    ),
    nameplate_rating: withDefault(
      gainOr(
        'Power of modules below their nameplate, in PVsyst the module quality loss: -0.8 for modules 0.8 % above it',
      ),
      1,
      PVWATTS_LOSSES,
    ),
    age: pct(0, 'Ageing'),
    availability: pct(3, 'Outages'),
  })
  .describe(
    'Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, wiring, degradation or availability replaces the corresponding entry',
  );

const include_diffuse = withDefault(z.boolean(), true, 'pvlib, iam.marion_diffuse').describe(
  'Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017',
);
export const iamSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('physical'),
      coating_index: rangeOf(1, 3, 'Refractive index of an anti-reflective coating [1]; absent: no coating').optional(),
      include_diffuse: withDefault(z.boolean(), false, 'pvlib, ModelChain').describe(
        'Whether the model also applies to diffuse irradiance',
      ),
    }),
    z.strictObject({
      type: z.literal('ashrae'),
      b: withDefault(rangeOf(0, 1, 'b0 of the incidence angle modifier [1]'), 0.05, 'pvlib, iam.ashrae'),
      include_diffuse,
    }),
    z.strictObject({
      type: z.literal('martin_ruiz'),
      ar: withDefault(rangeOf(0.01, 1, 'Angular loss coefficient [1]'), 0.16, 'pvlib, iam.martin_ruiz'),
      include_diffuse,
    }),
    z.strictObject({
      type: z.literal('points'),
      angle_deg: z
        .array(rangeOf(0, 90, 'Angles of incidence in rising order [deg]'))
        .min(2)
        .max(1000),
      modifier: z
        .array(rangeOf(0, 1.2, 'Modifier [1]'))
        .min(2)
        .max(1000),
      include_diffuse,
    }),
    z
      .strictObject({ type: z.literal('sam') })
      .describe("SAM's glass with anti-reflective coating, for beam and diffuse irradiance"),
    z.strictObject({ type: z.literal('none') }),
  ])
  .meta({
    id: 'IncidenceAngleModifier',
    description: 'Incidence angle modifier: reflection at the cover by angle of incidence',
  });

const spectralSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('de_soto'), max_zenith_deg: z.number().min(0).max(90).optional() }),
    z.strictObject({
      type: z.literal('first_solar'),
      module: z.enum(['cdte', 'monosi', 'multisi', 'cigs', 'asi']),
      precipitable_water_cm: rangeOf(
        0,
        8,
        "Precipitable water [cm]; absent: derived from the weather's dew point",
      ).optional(),
    }),
  ])
  .meta({ id: 'SpectralModel', description: 'Correction for the spectrum of the light' });

const SAPM_CONSTRUCTIONS = [
  'open_rack_glass_glass',
  'close_mount_glass_glass',
  'open_rack_glass_polymer',
  'insulated_back_glass_polymer',
] as const;

const temperatureSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('sapm'),
        construction: z
          .enum(SAPM_CONSTRUCTIONS)
          .optional()
          .describe('Preset that provides a, b and delta_t_k if they are absent'),
        a: rangeOf(-10, 0, 'Empirical coefficient a of the SAPM temperature model [1]').optional(),
        b: rangeOf(-1, 0, 'Wind coefficient b of the SAPM temperature model [s/m]').optional(),
        delta_t_k: rangeOf(0, 20, 'Difference between cell and rear temperature at 1000 W/m2 [K]').optional(),
      })
      .describe('Default: open_rack_glass_polymer; on a roof close_mount_glass_glass')
      .meta({ default_source: ownChoice('polymer back sheets on racks, glass close to a roof') }),
    z.strictObject({
      type: z.literal('faiman'),
      u0: withDefault(
        rangeOf(1, 200, 'Constant heat loss of the Faiman model [W/m2/K]'),
        25,
        'pvlib, temperature.faiman',
      ),
      u1: withDefault(
        rangeOf(0, 100, 'Heat loss by wind of the Faiman model [W s/m3/K]'),
        6.84,
        'pvlib, temperature.faiman',
      ),
    }),
    z.strictObject({
      type: z.literal('pvsyst'),
      uc: withDefault(
        rangeOf(1, 200, 'Constant heat loss of the PVsyst model [W/m2/K]'),
        29,
        'pvlib, temperature.pvsyst_cell',
      ),
      uv: withDefault(
        rangeOf(0, 100, 'Heat loss by wind of the PVsyst model [W s/m3/K]'),
        0,
        'pvlib, temperature.pvsyst_cell',
      ),
      module_efficiency: withDefault(
        rangeOf(0, 1, 'Efficiency of the module [1]'),
        0.1,
        'pvlib, temperature.pvsyst_cell',
      ),
      alpha_absorption: withDefault(
        rangeOf(0, 1, 'Share of the irradiance that the module absorbs [1]'),
        0.9,
        'pvlib, temperature.pvsyst_cell',
      ),
    }),
    z.strictObject({
      type: z.literal('noct_sam'),
      noct_c: withDefault(
        rangeOf(30, 80, 'Nominal operating cell temperature [degC]'),
        45,
        ownChoice('a usual value of data sheets'),
      ),
      module_efficiency: withDefault(
        rangeOf(0, 1, 'Efficiency of the module [1]'),
        0.2,
        ownChoice('a usual crystalline module'),
      ),
      transmittance_absorptance: withDefault(
        rangeOf(0.1, 1, 'Product of transmittance and absorptance [1]'),
        0.9,
        'pvlib, temperature.noct_sam',
      ),
      array_height_storeys: withDefault(z.union([z.literal(1), z.literal(2)]), 1, 'pvlib, temperature.noct_sam'),
      mount_standoff_inch: withDefault(
        rangeOf(0, 100, 'Standoff from the roof [inch]; above 3.5 the module counts as open rack'),
        4,
        'pvlib, temperature.noct_sam',
      ),
    }),
    z.strictObject({
      type: z.literal('fuentes'),
      installed_noct_c: withDefault(
        rangeOf(30, 80, 'Installed nominal operating cell temperature (INOCT) [degC]'),
        45,
        'PVWatts version 5, open rack',
      ),
    }),
  ])
  .meta({ id: 'TemperatureModel', description: 'Cell temperature' });

const diode = {
  alpha_sc_a_per_k: rangeOf(-1, 1, 'Temperature coefficient of the short-circuit current [A/K]'),
  i_l_ref_a: rangeOf(1e-3, 1000, 'Photocurrent [A]'),
  i_o_ref_a: rangeOf(1e-40, 1, 'Saturation current [A]'),
  r_s_ohm: rangeOf(0, 1000, 'Series resistance [ohm]'),
  r_sh_ref_ohm: rangeOf(1e-3, 1e9, 'Shunt resistance [ohm]'),
};
export const cecParametersSchema = z.strictObject({
  ...diode,
  a_ref_v: rangeOf(1e-3, 100, 'Modified ideality factor [V]'),
  adjust_pct: rangeOf(-1000, 1000, 'Adjustment of the temperature coefficient [%]'),
});
export const pvsystParametersSchema = z.strictObject({
  ...diode,
  gamma_ref: rangeOf(0.2, 5, 'Diode ideality factor [1]'),
  mu_gamma_per_k: withDefault(
    rangeOf(-0.1, 0.1, 'Temperature coefficient of the ideality factor [1/K]'),
    0,
    ownChoice('no dependence on temperature'),
  ),
  r_sh0_ohm: rangeOf(1e-3, 1e9, 'Shunt resistance in the dark [ohm]'),
  r_sh_exponent: withDefault(
    rangeOf(0.01, 100, 'Exponent of the shunt resistance [1]'),
    5.5,
    'pvlib, pvsystem.calcparams_pvsyst',
  ),
  cells_in_series: rangeOf(1, 1000, 'Cells in series in a module [1]'),
  band_gap_ev: withDefault(rangeOf(0.3, 5, 'Band gap of the cells [eV]'), 1.121, 'pvlib, pvsystem.calcparams_pvsyst'),
  d2_mu_tau_v: withDefault(
    rangeOf(0, 100, 'Recombination loss in thin films, d2/(mu tau) [V]'),
    0,
    'pvlib, pvsystem.max_power_point',
  ),
});
const strings = {
  power_w: rangeOf(
    0.1,
    5000,
    'Module: power of one under standard test conditions [W]; absent: that of its parameters',
  ).optional(),
  modules_per_string: rangeOf(1, 1e4, 'Modules in series in each string [1]'),
  n_strings: rangeOf(1e-6, 1e7, 'Number of strings in parallel [1]'),
};
export const componentIdSchema = z.string().min(1).max(200);

const moduleSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('pvwatts') }).describe('Power that is linear in irradiance and temperature'),
    z
      .strictObject({
        type: z.literal('library'),
        id: componentIdSchema.describe('Id from GET /v1/modules, or a name in that list'),
        modules_per_string: strings.modules_per_string
          .optional()
          .describe(
            "Modules in series in each string [1]; default: as many as fit the inverter's rated DC voltage and, in the cold, its maximum; 1 without such an inverter",
          ),
        n_strings: strings.n_strings
          .optional()
          .describe(
            'Number of strings in parallel [1]; default: the integer nearest to dc_capacity_kw, at least 1; dc_capacity_kw is then that of the strings',
          ),
      })
      .describe('A bundled or uploaded module'),
    z
      .strictObject({
        type: z.literal('cec'),
        name: z.string().max(200).optional(),
        parameters: cecParametersSchema,
        ...strings,
      })
      .describe('Six-parameter single-diode model (CEC)'),
    z
      .strictObject({
        type: z.literal('pvsyst'),
        name: z.string().max(200).optional(),
        parameters: pvsystParametersSchema,
        ...strings,
      })
      .describe("PVsyst's single-diode model"),
  ])
  .meta({
    id: 'SystemModule',
    description:
      'Model of DC power. For modules in stated strings dc_capacity_kw must equal their power under standard test conditions within 1 %',
  });

export const sandiaParametersSchema = z.strictObject({
  paco: rangeOf(1, 1e8, 'AC rating [W]'),
  pdco: rangeOf(1, 1e9, 'DC power at the AC rating [W]'),
  vdco: rangeOf(1, 5000, 'DC voltage at the AC rating [V]'),
  pso: rangeOf(0, 1e8, 'DC power at which the inverter starts [W]'),
  c0: rangeOf(-1, 1, 'Coefficient C0 of the Sandia inverter [1/W]'),
  c1: rangeOf(-1, 1, 'Coefficient C1 of the Sandia inverter [1/V]'),
  c2: rangeOf(-10, 10, 'Coefficient C2 of the Sandia inverter [1/V]'),
  c3: rangeOf(-10, 10, 'Coefficient C3 of the Sandia inverter [1/V]'),
  pnt: rangeOf(0, 1e8, 'Power consumption at night [W]'),
});
const n_inverters = rangeOf(1e-6, 1e6, 'Number of inverters [1]');
const volts = (description: string) => rangeOf(0, 5000, `${description} [V]; absent or 0: no limit`).optional();
const voltageLimits = {
  mpp_min_v: volts('Minimum voltage of maximum power point tracking'),
  mpp_max_v: volts('Maximum voltage of maximum power point tracking'),
  max_dc_v: volts('Maximum DC voltage'),
};
export const deratingSchema = z
  .strictObject({
    temp_air_c: z
      .array(rangeOf(-50, 100, 'Temperature of the air in rising order [degC]'))
      .min(1)
      .max(100),
    ac_kw: z
      .array(rangeOf(0, 1e6, 'Maximum AC power of one inverter at each temperature [kW]'))
      .min(1)
      .max(100),
  })
  .meta({
    id: 'InverterDerating',
    description:
      'Maximum AC power by the temperature of the air, linear between points. Below the first temperature it is that of the first; above the last the inverter is off',
  });

export const nightPowerSchema = withDefault(
  rangeOf(0, 1e6, 'Power consumption at night, of one inverter [W]'),
  0,
  ownChoice('none'),
);

const inverterSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('pvwatts') })
      .describe('PVWatts inverter, which uses dc_ac_ratio and inverter_efficiency'),
    z
      .strictObject({
        type: z.literal('library'),
        id: componentIdSchema.describe('Id from GET /v1/inverters, or a name in that list'),
        n_inverters: n_inverters
          .optional()
          .describe(
            'Number of inverters [1]; default: the integer nearest to dc_capacity_kw / dc_ac_ratio, at least 1',
          ),
      })
      .describe('A bundled or uploaded inverter'),
    z
      .strictObject({
        type: z.literal('sandia'),
        name: z.string().max(200).optional(),
        parameters: sandiaParametersSchema,
        n_inverters,
        ...voltageLimits,
      })
      .describe('Sandia inverter model. It requires modules in strings, because it uses their voltage'),
    z.strictObject({
      type: z.literal('linear'),
      consumption: withDefault(
        rangeOf(0, 0.5, 'Self-consumption as a share of the AC rating [1]'),
        0.01,
        ownChoice('a usual self-consumption'),
      ),
    }),
    z.strictObject({
      type: z.literal('curve'),
      name: z.string().max(200).optional(),
      ac_rating_kw: rangeOf(1e-3, 1e6, 'AC rating of one inverter [kW]'),
      n_inverters,
      dc_kw: z
        .array(rangeOf(0, 1e9, 'DC power in rising order [kW]'))
        .min(2)
        .max(1000),
      ac_kw: z
        .array(rangeOf(0, 1e9, 'AC power at each DC power [kW]; at most the DC power'))
        .min(2)
        .max(1000),
      night_w: nightPowerSchema,
      derating: deratingSchema.optional(),
      ...voltageLimits,
    }),
  ])
  .meta({ id: 'SystemInverter', description: 'Model of AC power' });

const rowsSchema = z
  .strictObject({
    model: z
      .enum(['linear', 'electrical', 'martinez', 'fixed_fraction'])
      .describe(
        'linear: power follows the irradiance. electrical: a shadow switches off each block of cells that it touches. martinez: a formula between the two, fitted to measured arrays. fixed_fraction: a share of the beam',
      ),
    gcr: rangeOf(0.01, 1, 'Ground coverage ratio [1]; absent: that of the tracker').optional(),
    as_sam: withDefault(z.boolean(), false, ownChoice('the geometry of the rows')),
    n_rows: withDefault(rangeOf(1, 1e6, 'Number of rows in the array [1]'), 10, ownChoice('a mid-size array')),
    length_per_pitch: rangeOf(
      1e-3,
      1e6,
      'Length of a row divided by the pitch [1]; absent: infinitely long rows',
    ).optional(),
    cross_axis_tilt_deg: rangeOf(
      -45,
      45,
      'Cross-axis tilt: slope of the ground across the rows [deg]; absent: that of the tracker, otherwise 0',
    ).optional(),
    n_blocks: withDefault(
      rangeOf(
        1,
        1000,
        'electrical, martinez: number of cell blocks along the slant height [1]; 1: any shadow takes the beam of the whole string',
      ),
      3,
      ownChoice('a module has three bypass diodes'),
    ),
    fraction: rangeOf(0, 1, 'fixed_fraction: share of the beam irradiance that is lost [1]').optional(),
  })
  .meta({ id: 'RowShading', description: 'Shading between rows' });

const bifacialSchema = z
  .strictObject({
    bifaciality: rangeOf(0, 1, 'Bifaciality: rear power divided by front power [1]'),
    back_shading: withDefault(
      rangeOf(0, 1, 'Share of the rear irradiance that the structure shades [1]'),
      0.02,
      'pvlib, bifacial.infinite_sheds',
    ),
    transmission: withDefault(
      rangeOf(0, 1, 'Gain from light that passes through gaps [1]'),
      0,
      'pvlib, bifacial.infinite_sheds',
    ),
    gcr: rangeOf(0.01, 1, 'Ground coverage ratio [1]; absent: that of the tracker').optional(),
    height_m: withDefault(
      rangeOf(0.05, 50, "Height of the row's centre above ground [m]"),
      1.5,
      ownChoice('a usual rack'),
    ),
    pitch_m: withDefault(rangeOf(0.1, 500, 'Distance from row to row [m]'), 5, ownChoice('a usual rack')),
  })
  .meta({ id: 'Bifacial', description: 'Rear gain by the infinite-sheds model' });

const horizonSchema = z
  .union([
    z.strictObject({ horizon_id: givenId('component', 'a horizon') }).meta({ id: 'UploadedHorizon' }),
    z
      .strictObject({
        azimuth_deg: z
          .array(rangeOf(0, 360, 'Azimuths, clockwise from north, in rising order [deg]'))
          .min(1)
          .max(3600),
        elevation_deg: z
          .array(rangeOf(0, 90, '[deg]'))
          .min(1)
          .max(3600),
      })
      .meta({ id: 'HorizonProfile' }),
  ])
  .describe('Horizon that hides sun and diffuse sky: a profile here, or one that was uploaded by POST /v1/horizons');

const soilingSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('monthly'), pct: twelve(rangeOf(0, 100, 'Loss [%]'), 'Loss in each month') }),
    z.strictObject({
      type: z.literal('kimber'),
      daily_rain_mm: z
        .array(rangeOf(0, 2000, 'Rain of each day [mm]'))
        .min(365)
        .max(366)
        .optional()
        .describe('Rain of each day [mm]; absent: that of the weather, which must have it'),
      cleaning_threshold_mm: withDefault(
        rangeOf(0, 1000, 'Rain within a day that cleans the modules [mm]'),
        6,
        'pvlib, soiling.kimber',
      ),
      loss_per_day: withDefault(
        rangeOf(0, 1, 'Daily growth of the soiling loss [1/day]'),
        0.0015,
        'pvlib, soiling.kimber',
      ),
      grace_days: withDefault(rangeOf(0, 366, 'Days without soiling after cleaning rain'), 14, 'pvlib, soiling.kimber'),
      max_loss: withDefault(rangeOf(0, 1, 'Largest soiling loss [1]'), 0.3, 'pvlib, soiling.kimber'),
      initial_loss: withDefault(
        rangeOf(0, 1, 'Soiling loss at the beginning of the year [1]'),
        0,
        'pvlib, soiling.kimber',
      ),
      wash_steps: z
        .array(z.int().min(0).max(366))
        .max(366)
        .optional()
        .describe('Days of the year, counted from 0, on which the modules are washed'),
    }),
  ])
  .meta({ id: 'Soiling', description: 'Soiling model; replaces losses_pct.soiling' });

const snowSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('townsend'),
      snow_total_cm: twelve(
        rangeOf(0, 2000, 'Snowfall [cm]'),
        'Snowfall in each month; absent, with the next two: from the snow depth and dew point of the weather',
      ).optional(),
      snow_events: twelve(rangeOf(0, 31, 'Days [1]'), 'Days with more than 2.5 cm of snowfall').optional(),
      relative_humidity_pct: twelve(
        rangeOf(0, 100, 'Relative humidity [%]'),
        'Mean relative humidity in each month',
      ).optional(),
      slant_height_m: rangeOf(0.1, 100, 'Length of the row along its slope [m]'),
      lower_edge_height_m: rangeOf(0, 100, 'Height of the lower edge above ground [m]'),
      string_factor: withDefault(
        rangeOf(0.1, 1, '1 if one string runs along the slant, otherwise 0.75'),
        1,
        'pvlib, snow.loss_townsend',
      ),
    }),
    z.strictObject({
      type: z.literal('marion'),
      snowfall_cm: z
        .array(rangeOf(0, 500, 'Snowfall in each time step of the weather [cm]'))
        .max(600_000)
        .optional()
        .describe(
          'Snowfall in each time step of the weather [cm]; absent: the growth of the snow depth of the weather, which must have it',
        ),
      snow_depth_cm: z
        .array(rangeOf(0, 5000, 'Snow depth on the ground in each time step [cm]'))
        .max(600_000)
        .optional(),
      n_strings_along_slant: withDefault(z.int().min(1).max(100), 1, ownChoice('one string')),
    }),
  ])
  .meta({ id: 'Snow', description: 'Snow model; replaces losses_pct.snow' });

const subarraySchema = z
  .strictObject({
    name: z.string().min(1).max(200).optional().describe('Name of the subarray in results and reports'),
    share_pct: rangeOf(
      0.01,
      100,
      "Share of the system's DC power [%]; those of all subarrays add up to 100. With modules in strings it divides their strings into whole ones",
    ).optional(),
    n_strings: rangeOf(
      1e-6,
      1e7,
      'Number of strings in parallel, where modules are in strings, instead of share_pct [1]',
    ).optional(),
    modules_per_string: rangeOf(1, 1e4, "Modules in series in each string [1]; default: the system's").optional(),
    mounting: sourceOfDefault(mountingSchema.optional(), ownChoice("the system's")),
    rows: rowsSchema.optional().describe("Shading between rows; absent: the system's"),
    far_horizon: horizonSchema.optional().describe("Horizon that hides sun and diffuse sky; absent: the system's"),
    shading_pct: rangeOf(0, 99, 'Near shading [%]; absent: losses_pct.shading').optional(),
  })
  .meta({ id: 'Subarray', description: 'Modules of one orientation among several on the same inverters' });

const wiringSchema = z
  .strictObject({
    dc_pct: withDefault(
      rangeOf(0, 20, 'Loss of DC cables under standard test conditions, in PVsyst the ohmic loss fraction at STC [%]'),
      1.5,
      'PVsyst 7, array ohmic wiring loss',
    ),
    ac_pct: withDefault(
      rangeOf(0, 20, 'Loss of AC cables at the AC rating, in SAM the AC wiring loss [%]'),
      1,
      'SAM, detailed photovoltaic model',
    ),
  })
  .meta({
    id: 'Wiring',
    description:
      'Ohmic losses of cables, which grow with the square of the current; replaces losses_pct.wiring. Power stands for the current where modules have no voltage, and on the AC side',
  });

const transformerSchema = z
  .strictObject({
    iron_pct: withDefault(
      rangeOf(
        0,
        5,
        'Loss in the core at all times as a share of the rating: iron loss in PVsyst, no-load loss in SAM [%]',
      ),
      0.1,
      'PVsyst 7, external transformer',
    ),
    copper_pct: withDefault(
      rangeOf(
        0,
        10,
        'Loss in the windings at the rating, which grows with the square of the load: copper loss in PVsyst, load loss in SAM [%]',
      ),
      1,
      'PVsyst 7, external transformer',
    ),
    rated_kw: rangeOf(1e-3, 1e9, 'Rated power [kW]; absent: the AC rating of the inverters').optional(),
    is_off_at_night: withDefault(z.boolean(), false, 'PVsyst 7, external transformer').describe(
      'Whether it is disconnected while the inverters deliver nothing',
    ),
  })
  .meta({ id: 'Transformer', description: 'Transformer between the inverters and the meter' });

const auxiliariesSchema = z
  .strictObject({
    constant_kw: withDefault(rangeOf(0, 1e6, 'Power at all times [kW]'), 0, ownChoice('none')),
    night_kw: withDefault(
      rangeOf(0, 1e6, 'Power in addition while the inverters deliver nothing [kW]'),
      0,
      ownChoice('none'),
    ),
  })
  .meta({ id: 'Auxiliaries', description: 'What the plant itself uses: control, cooling, motors, lights' });

const presetSchema = z
  .strictObject({
    type: z.literal('pvwatts_v8'),
    module: withDefault(z.enum(['standard', 'premium', 'thin_film']), 'standard', PVWATTS),
    gcr: withDefault(rangeOf(0.01, 1, 'Ground coverage ratio of racks [1]; a tracker has its own'), 0.4, PVWATTS_GCR),
  })
  .describe(
    "NREL's PVWatts v8 as SAM runs it. It ends at the rear of bifacial modules: SAM has another model there, with 2 to 5 % less energy than `bifacial` of a system, which a warning says. The preset chooses transposition, iam, spectral, temperature, module, inverter, gamma_per_k and rows; the result shows the choices. For hourly means set edge_steps to mid_sunlit",
  );

export const solarSystemSchema = z
  .strictObject({
    name: z.string().min(1).max(200).optional().describe('Name of the system in the result'),
    dc_capacity_kw: rangeOf(1e-3, 1e7, 'Nameplate DC power at 1000 W/m2 and 25 degC [kW]'),
    dc_ac_ratio: withDefault(
      rangeOf(0.1, 10, 'DC nameplate power divided by AC rating [1]'),
      1.2,
      'PVWatts v8 web API',
    ).describe(
      'DC nameplate power divided by the AC rating of all inverters [1]; 0.1 to 10. With inverters of a stated size the number of them follows, and the result states the ratio that was built',
    ),
    mounting: sourceOfDefault(mountingSchema.prefault({ type: 'fixed' }), ownChoice('an open rack')),
    subarrays: z
      .array(subarraySchema)
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Subarrays: modules of different orientation that feed the same inverters, such as both sides of an east-west roof; their power is clipped together. What a subarray does not state is that of the system',
      ),
    subarray_mpp: sourceOfDefault(
      z
        .enum(['own', 'shared'])
        .optional()
        .describe(
          'own: each subarray has its own maximum power point tracker. shared: all strings are in parallel at one voltage, without blocking diodes. Default: own',
        ),
      ownChoice('inverters have several trackers'),
    ),
    gamma_per_k: withDefault(rangeOf(-0.02, 0, 'Temperature coefficient of the maximum power [1/K]'), -0.0037, PVWATTS),
    inverter_efficiency: withDefault(rangeOf(0.5, 1, 'Nominal efficiency of the inverter [1]'), 0.96, PVWATTS),
    losses_pct: lossesSchema.prefault({}),
    albedo: withDefault(rangeOf(0, 1, 'Ground reflectance (albedo) [1]'), 0.2, SAM_PVWATTS),
    albedo_monthly: twelve(
      rangeOf(0, 1, 'Ground reflectance [1]'),
      'Ground reflectance (albedo) of each month; replaces `albedo`',
    ).optional(),
    min_cell_temp_c: sourceOfDefault(
      rangeOf(
        -80,
        40,
        'Coldest cell temperature, at which the open-circuit voltage of strings is checked [degC]; default: the lowest air temperature of the weather',
      ).optional(),
      ownChoice('cells are as cold as the air before sunrise'),
    ),
    preset: presetSchema.optional(),
    albedo_source: withDefault(z.enum(['system', 'weather']), 'system', ownChoice('one value for the site')).describe(
      'weather: the albedo of the weather data if it has one, otherwise `albedo`',
    ),
    transposition: withDefault(
      z.enum(['perez', 'perez_sam', 'hay_davies', 'isotropic']),
      'perez',
      PVLIB_PVWATTS,
    ).describe('Model of diffuse irradiance on the tilted plane (transposition)'),
    iam: sourceOfDefault(
      iamSchema
        .optional()
        .describe(
          "Incidence angle modifier; default: that of the module's file, otherwise physical for the beam: diffuse irradiance then loses nothing by reflection, which gives 1 to 2 % more energy than include_diffuse",
        ),
      PVLIB_PVWATTS,
    ),
    spectral: sourceOfDefault(spectralSchema.prefault({ type: 'none' }), PVLIB_PVWATTS),
    temperature: sourceOfDefault(temperatureSchema.prefault({ type: 'sapm' }), PVLIB_PVWATTS),
    module: sourceOfDefault(moduleSchema.prefault({ type: 'pvwatts' }), PVLIB_PVWATTS),
    inverter: sourceOfDefault(inverterSchema.prefault({ type: 'pvwatts' }), PVLIB_PVWATTS),
    rows: rowsSchema.optional(),
    bifacial: bifacialSchema.optional(),
    far_horizon: horizonSchema.optional(),
    soiling: soilingSchema.optional(),
    snow: snowSchema.optional(),
    degradation: z
      .strictObject({
        pct_per_year: withDefault(
          rangeOf(0, 50, 'Power lost each year [%]'),
          0.5,
          'Jordan and Kurtz 2013, median of modules',
        ),
        year: withDefault(rangeOf(1, 100, 'Year of operation; the first year is 1'), 1, ownChoice('a new plant')),
      })
      .optional()
      .describe('Degradation model; replaces losses_pct.age'),
    availability_pct: rangeOf(0, 100, 'Share of the time in which the plant can deliver [%]')
      .optional()
      .describe('Availability model; replaces losses_pct.availability'),
    wiring: wiringSchema.optional(),
    transformer: transformerSchema.optional(),
    auxiliaries: auxiliariesSchema.optional(),
    curtailment_pct: withDefault(
      rangeOf(0, 100, 'Curtailment: share of the energy that the grid does not accept [%]'),
      0,
      ownChoice('none'),
    ),
    export_limit_kw: rangeOf(0, 1e9, 'Maximum power that may be fed in [kW]').optional(),
  })
  .meta({ id: 'SolarSystem', description: 'A photovoltaic system' });
export type SolarSystemBody = z.output<typeof solarSystemSchema>;
