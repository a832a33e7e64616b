/**
 * Doubts about photovoltaic plants and their yields. Nothing here changes a result: a reader of the trade would ask about these
 * values. Each limit has its source, and the pages in docs/warnings show them.
 */
import type { Warning } from '../contracts/common/warnings.ts';
import { type SolarWarningCode, warnSolar } from '../contracts/solar/warnings.ts';
import { snakeName } from '../lib/case.ts';
import { type UsualRange, unusualValues } from '../lib/usual-range.ts';
import { distanceKm } from '../geometry/distance.ts';
import { totalLossPct } from './power/pvwatts.ts';
import { acRatingKw, type Mounting, type SolarSystem } from './system.ts';
import { cellTemperatureOf } from './year/models.ts';

type Warnings = Warning<SolarWarningCode>[];

const LOSSES = 'our choice; the defaults of PVWatts are 0.5 to 3, together 14';
const loss = (upper: number, most: number): UsualRange => ({ usual: [0, upper], possible: [0, most], source: LOSSES });
/** Losses that may be gains */
const gainOrLoss = (upper: number, most: number): UsualRange => ({
  usual: [-2, upper],
  possible: [-5, most],
  source: LOSSES,
});

/** Usual values of a plant, by their names in a request. */
const USUAL_SYSTEM = {
  dc_capacity_kw: {
    usual: [0.2, 3e6],
    possible: [0.02, 1e7],
    source: 'our choice: half a module, and the largest plants of 2024',
  },
  dc_ac_ratio: { usual: [0.8, 2], possible: [0.5, 4], source: 'our choice: plants have 1.0 to 1.6' },
  gamma_per_k: {
    usual: [-0.006, -0.0018],
    possible: [-0.01, -0.0005],
    source: "the CEC's list of modules of 2019: 98 % from -0.0057 to -0.0029",
  },
  inverter_efficiency: {
    usual: [0.9, 0.995],
    possible: [0.8, 1],
    source: "the CEC's list of inverters of 2019: 98 % from 0.91 to 0.98",
  },
  albedo: {
    usual: [0.05, 0.6],
    possible: [0.01, 0.9],
    source: 'PVsyst, albedo coefficients: fresh snow 0.82, which no place has all year',
  },
  'mounting.tilt_deg': {
    usual: [3, 65],
    possible: [0, 90],
    source: 'our choice: rain does not clean flatter modules, and the best tilt at 65 N is near 50',
  },
  'mounting.max_angle_deg': {
    usual: [30, 75],
    possible: [15, 90],
    source: 'our choice: trackers turn by 45 to 60 degrees',
  },
  'mounting.axis_tilt_deg': { usual: [0, 30], possible: [0, 45], source: 'our choice: nearly all axes are horizontal' },
  'mounting.cross_axis_tilt_deg': {
    usual: [-20, 20],
    possible: [-35, 35],
    source: 'our choice: trackers stand on slopes of up to 15 degrees',
  },
  'mounting.max_tilt_deg': { usual: [45, 90], possible: [20, 90], source: 'our choice: two axes reach a low sun' },
  'mounting.gcr': { usual: [0.15, 0.7], possible: [0.05, 0.9], source: 'our choice: trackers have 0.25 to 0.5' },
  'rows.gcr': { usual: [0.15, 0.85], possible: [0.05, 0.98], source: 'our choice: racks have 0.3 to 0.7' },
  'bifacial.bifaciality': { usual: [0.5, 0.95], possible: [0.2, 1], source: 'our choice: modules have 0.65 to 0.95' },
  'bifacial.height_m': { usual: [0.3, 8], possible: [0.1, 20], source: 'our choice: racks have 1 to 3' },
  'bifacial.pitch_m': { usual: [2, 20], possible: [1, 50], source: 'our choice: rows are 4 to 12 apart' },
  'bifacial.back_shading': { usual: [0, 0.25], possible: [0, 0.6], source: 'our choice: structures shade 0.02 to 0.1' },
  'bifacial.transmission': { usual: [0, 0.15], possible: [0, 0.4], source: 'our choice: gaps are below 0.05' },
  'iam.b': { usual: [0.02, 0.12], possible: [0.005, 0.3], source: 'ASHRAE 93-77 and PVsyst: 0.05' },
  'iam.ar': { usual: [0.1, 0.3], possible: [0.05, 0.6], source: 'Martin and Ruiz 2001: 0.15 to 0.27' },
  'iam.coating_index': { usual: [1.1, 1.6], possible: [1, 2], source: 'our choice: coatings have 1.2 to 1.4' },
  'spectral.precipitable_water_cm': {
    usual: [0.2, 6],
    possible: [0.05, 8],
    source: 'our choice: means of a year are 0.5 to 5.5',
  },
  'temperature.installed_noct_c': { usual: [40, 60], possible: [35, 75], source: 'Fuentes 1987: 45 to 49 on racks' },
  cell_temperature_rise_k: {
    usual: [16, 60],
    possible: [8, 90],
    source: 'King et al. 2004, SAND2004-3535: 27 to 58 K at 1000 W/m2 and 1 m/s',
  },
  losses_pct: { usual: [3, 35], possible: [0.5, 60], source: LOSSES },
  'losses_pct.soiling': loss(15, 40),
  'losses_pct.shading': loss(15, 50),
  'losses_pct.snow': loss(20, 50),
  'losses_pct.mismatch': loss(5, 20),
  'losses_pct.wiring': loss(8, 20),
  'losses_pct.connections': loss(3, 10),
  'losses_pct.lid': gainOrLoss(5, 15),
  'losses_pct.nameplate_rating': gainOrLoss(5, 15),
  'losses_pct.age': loss(25, 50),
  'losses_pct.availability': loss(10, 40),
  'wiring.dc_pct': { usual: [0, 4], possible: [0, 12], source: 'our choice; PVsyst begins with 1.5' },
  'wiring.ac_pct': { usual: [0, 4], possible: [0, 12], source: 'our choice; SAM begins with 1' },
  'transformer.iron_pct': {
    usual: [0, 0.5],
    possible: [0, 2],
    source: 'our choice; PVsyst begins with 0.1, and the rules of ecodesign of the EU lead to 0.05 to 0.2',
  },
  'transformer.copper_pct': { usual: [0, 2.5], possible: [0, 6], source: 'our choice; PVsyst begins with 1' },
  transformer_over_ac_rating: {
    usual: [0.9, 3],
    possible: [0.6, 10],
    source: 'our choice: transformers are as large as the inverters or the grid connection, and 1.1 times it',
  },
  'soiling.loss_per_day': { usual: [1e-4, 0.01], possible: [0, 0.05], source: 'Kimber et al. 2006: 0.001 to 0.003' },
  'soiling.rain_mm_per_year': {
    usual: [10, 5000],
    possible: [1, 12_000],
    source: 'our choice: deserts have 10 to 250',
  },
  'snow.snow_depth_max_cm': {
    usual: [0.5, 500],
    possible: [0, 1200],
    source:
      'our choice: a year with frost and a model of snow has some; 1,182 cm is the record, of Mount Ibuki in 1927',
  },
  'snow.relative_humidity_pct': { usual: [20, 98], possible: [5, 100], source: 'our choice: winters have 60 to 90' },
  'snow.snow_cm_per_year': { usual: [0, 1000], possible: [0, 2500], source: 'our choice: Sapporo has 480' },
  'soiling.pct': {
    usual: [0.2, 15],
    possible: [0, 40],
    source: 'our choice; Ilse et al. 2019: 3 to 4 % in the mean of the world',
  },
  'degradation.pct_per_year': {
    usual: [0.1, 2],
    possible: [0, 5],
    source: 'Jordan et al. 2016: the median is 0.5 to 0.6',
  },
  'degradation.year': {
    usual: [1, 40],
    possible: [1, 60],
    source: 'our choice: warranties of modules end after 25 to 30 years',
  },
  availability_pct: {
    usual: [92, 100],
    possible: [70, 100],
    source: 'our choice: contracts of operation have 97 to 99.5',
  },
  curtailment_pct: { usual: [0.1, 20], possible: [0, 70], source: 'our choice' },
} as const satisfies Readonly<Record<string, UsualRange>>;

/** Usual terms of a search, by their names in a request. */
const USUAL_SEARCH = {
  module_kw_per_m2: {
    usual: [0.14, 0.26],
    possible: [0.05, 0.35],
    source: 'our choice: modules of today have 0.19 to 0.24, thin films 0.14 and more',
  },
  land_factor: {
    usual: [1, 3],
    possible: [1, 10],
    source: 'our choice: roads, fences and setbacks take a tenth to a half of the land',
  },
  tracker_max_angle_deg: {
    usual: [30, 75],
    possible: [15, 90],
    source: 'our choice: trackers turn by 45 to 60 degrees',
  },
} as const satisfies Readonly<Record<string, UsualRange>>;

/** Usual results of a plant, by their names in a result. */
const USUAL_RESULT = {
  performance_ratio: {
    usual: [0.65, 0.93],
    possible: [0.5, 0.95],
    source: 'Reich et al. 2012, doi:10.1002/pip.1219: 0.70 to 0.90',
  },
  capacity_factor_dc_pct: { usual: [6, 35], possible: [2, 45], source: 'our choice: 530 to 3,070 kWh/kW' },
} as const satisfies Readonly<Record<string, UsualRange>>;

/** Usual uncertainties of a yield. */
const USUAL_UNCERTAINTY = {
  uncertainty_pct: { usual: [2.5, 15], possible: [1, 30], source: 'Thevenard and Pelland 2013: 4 to 9 %' },
  interannual_pct: {
    usual: [0.5, 12],
    possible: [0.2, 20],
    source: 'our choice; Suri et al. 2007: 2 to 6 % in Europe',
  },
} as const satisfies Readonly<Record<string, UsualRange>>;

/** All ranges, for the page of the warning. */
export const USUAL_SOLAR = { ...USUAL_SYSTEM, ...USUAL_SEARCH, ...USUAL_RESULT, ...USUAL_UNCERTAINTY };

/** Names whose field in the request is another one. */
const FIELD_OF: Readonly<Record<string, string>> = {
  cell_temperature_rise_k: 'temperature',
  transformer_over_ac_rating: 'transformer.rated_kw',
  'soiling.rain_mm_per_year': 'soiling.daily_rain_mm',
  'snow.snow_cm_per_year': 'snow.snow_total_cm',
  'snow.snow_depth_max_cm': 'snow',
};

function rangeWarnings(
  values: Readonly<Partial<Record<keyof typeof USUAL_SOLAR, number | null>>>,
  pointer: string | null,
): Warnings {
  return unusualValues(USUAL_SOLAR, values).map(({ isImplausible, ...value }) =>
    warnSolar(
      isImplausible ? 'solar.value_implausible' : 'solar.value_unusual',
      { ...value, value: Number(value.value.toPrecision(4)) },
      pointer === null ? null : `${pointer}/${(FIELD_OF[value.name] ?? value.name).replaceAll('.', '/')}`,
    ),
  );
}

/** Returns how far the cells are above the air at 1000 W/m2, 20 degC and 1 m/s [K]; null for the model that looks back in time. */
function cellTemperatureRise({ temperature }: SolarSystem): number | null {
  if (temperature.type === 'fuentes') return null;
  return cellTemperatureOf(temperature)(1000, 1000, 20, 1) - 20;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
/** Nothing is no doubt where a little is: 0.02 % is often 2 % as a fraction. */
const unlessZero = (value: number | undefined): number | null => value || null;

/** What is known of the weather of a plant; where there are several years, of that with the least rain and snow */
interface WeatherFacts {
  readonly rainMm?: number;
  readonly snowDepthMaxCm?: number;
  readonly minTempAirC?: number;
}

/** Values of the models of soiling, snow, reflection, spectrum and cell temperature. */
function modelValues({ soiling, snow, iam, spectral, temperature }: SolarSystem, weather: WeatherFacts) {
  const kimber = soiling?.type === 'kimber' ? soiling : null;
  const townsend = snow?.type === 'townsend' ? snow : null;
  const isSnowOfWeather = snow && !(snow.type === 'townsend' ? snow.snowTotalCm : snow.snowfallCm);
  return {
    'soiling.pct': soiling?.type === 'monthly' ? unlessZero(mean(soiling.pct)) : null,
    'soiling.loss_per_day': kimber?.lossPerDay,
    'soiling.rain_mm_per_year': kimber && (kimber.dailyRainMm ? sum(kimber.dailyRainMm) : weather.rainMm),
    // Where it never freezes, no snow is no doubt.
    'snow.snow_depth_max_cm': isSnowOfWeather && (weather.minTempAirC ?? 0) < 0 ? weather.snowDepthMaxCm : null,
    'snow.relative_humidity_pct': townsend?.relativeHumidityPct && mean(townsend.relativeHumidityPct),
    'snow.snow_cm_per_year': townsend?.snowTotalCm && sum(townsend.snowTotalCm),
    'iam.b': iam.type === 'ashrae' ? iam.b : null,
    'iam.ar': iam.type === 'martin_ruiz' ? iam.ar : null,
    'iam.coating_index': iam.type === 'physical' ? iam.coatingIndex : null,
    'spectral.precipitable_water_cm': spectral.type === 'first_solar' ? spectral.precipitableWaterCm : null,
    'temperature.installed_noct_c': temperature.type === 'fuentes' ? temperature.installedNoctC : null,
  };
}

const angleBetween = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/** Planes within these limits may face anywhere: flat ones see the whole sky, and at the equator there is no wrong side. */
const FACING = { minTiltDeg: 10, minLatitudeDeg: 10, maxAngleDeg: 120, maxFlatTiltDeg: 25 };

/** Returns the mountings of a system, of its subarrays where it has them, with their pointers. */
const mountingsOf = ({ mounting, subarrays }: SolarSystem, pointer: string) =>
  subarrays
    ? subarrays.map((one, k) => ({ mounting: one.mounting, pointer: `${pointer}/subarrays/${k}` }))
    : [{ mounting, pointer }];

function mountingWarnings(mounting: Mounting, latitudeDeg: number, pointer: string): Warnings {
  if (mounting.type === 'one_axis') {
    const { axisAzimuthDeg, axisTiltDeg } = mounting;
    const offDeg = Math.min(angleBetween(axisAzimuthDeg, 0), angleBetween(axisAzimuthDeg, 180));
    if (offDeg <= 45)
      return facingWarnings(axisTiltDeg, axisAzimuthDeg, latitudeDeg, `${pointer}/mounting/axis_azimuth_deg`);
    return [
      warnSolar('solar.tracker_axis', { axis_azimuth_deg: axisAzimuthDeg }, `${pointer}/mounting/axis_azimuth_deg`),
    ];
  }
  if (mounting.type === 'two_axis') return [];
  return facingWarnings(mounting.tiltDeg, mounting.azimuthDeg, latitudeDeg, `${pointer}/mounting/azimuth_deg`);
}

const isSteepRack = (mounting: Mounting): boolean =>
  mounting.type === 'fixed' && mounting.tiltDeg > FACING.maxFlatTiltDeg;

/** Returns the doubt about subarrays that differ in nothing but name and share. */
function equalSubarrays({ subarrays = [] }: SolarSystem, pointer: string): Warnings {
  const texts = subarrays.map(({ name: _name, sharePct: _share, ...rest }) => JSON.stringify(rest));
  const second = texts.findIndex((text, k) => texts.indexOf(text) < k);
  if (second < 0) return [];
  const values = { first: texts.indexOf(texts[second]), second };
  return [warnSolar('solar.subarrays_equal', values, `${pointer}/subarrays/${second}`)];
}

function facingWarnings(tiltDeg: number, azimuthDeg: number, latitudeDeg: number, pointer: string): Warnings {
  const equatorDeg = latitudeDeg >= 0 ? 180 : 0;
  const angle = angleBetween(azimuthDeg, equatorDeg);
  const isAway =
    tiltDeg >= FACING.minTiltDeg && Math.abs(latitudeDeg) >= FACING.minLatitudeDeg && angle > FACING.maxAngleDeg;
  return isAway
    ? [
        warnSolar(
          'solar.faces_away_from_equator',
          { azimuth_deg: azimuthDeg, tilt_deg: tiltDeg, latitude_deg: latitudeDeg },
          pointer,
        ),
      ]
    : [];
}

/** Losses in percent that look like fractions: at least three, none of which reaches this value [%]. */
const LARGEST_FRACTION = 0.15;

function lossWarnings({ lossesPct }: SolarSystem, pointer: string): Warnings {
  const stated = Object.values(lossesPct)
    .filter((value) => value !== 0)
    .map(Math.abs);
  const largest = Math.max(...stated, 0);
  return stated.length >= 3 && largest <= LARGEST_FRACTION
    ? [warnSolar('solar.losses_as_fractions', { largest_loss_pct: largest }, `${pointer}/losses_pct`)]
    : [];
}

function planeWarnings(mounting: Mounting, stepMinutes: number, pointer: string): Warnings {
  const tiltDeg = mounting.type === 'fixed' || mounting.type === 'roof' ? mounting.tiltDeg : null;
  const tracker = mounting.type === 'one_axis' ? mounting : null;
  return [
    ...(tiltDeg !== null && tiltDeg > 75 && stepMinutes > 30
      ? [
          warnSolar(
            'solar.hourly_means_on_steep_plane',
            { tilt_deg: tiltDeg, step_minutes: stepMinutes },
            `${pointer}/mounting/tilt_deg`,
          ),
        ]
      : []),
    ...rangeWarnings(
      {
        'mounting.tilt_deg': tiltDeg,
        'mounting.max_angle_deg': tracker?.maxAngleDeg,
        'mounting.axis_tilt_deg': tracker?.axisTiltDeg,
        'mounting.cross_axis_tilt_deg': tracker?.crossAxisTiltDeg,
        'mounting.max_tilt_deg': mounting.type === 'two_axis' ? mounting.maxTiltDeg : null,
        'mounting.gcr': tracker?.gcr,
      },
      pointer,
    ),
  ];
}

/** What a plant itself uses stays far below this share of its AC rating [1]: our choice; control and cooling take below 0.01. */
const MAX_AUXILIARIES = 0.03;

/**
 * Returns the doubts about a plant, before it is computed.
 * @param stepMinutes longest step of the weather [min]
 * @param pointer of the system in the request
 */
export function systemWarnings(
  system: SolarSystem,
  {
    latitudeDeg,
    stepMinutes,
    ...weather
  }: { readonly latitudeDeg: number; readonly stepMinutes: number } & WeatherFacts,
  pointer: string,
): Warnings {
  const { module, inverter, lossesPct, degradation, wiring, bifacial } = system;
  const values = {
    dc_capacity_kw: system.dcCapacityKw,
    dc_ac_ratio: system.dcCapacityKw / acRatingKw(system),
    gamma_per_k: module.type === 'pvwatts' ? system.gammaPerK : null,
    inverter_efficiency: inverter.type === 'pvwatts' ? system.inverterEfficiency : null,
    albedo: system.albedoMonthly ? mean(system.albedoMonthly) : system.albedo,
    'rows.gcr': system.rows?.gcr,
    'bifacial.bifaciality': bifacial?.bifaciality,
    'bifacial.height_m': bifacial?.heightM,
    'bifacial.pitch_m': bifacial?.pitchM,
    'bifacial.back_shading': bifacial?.backShading,
    'bifacial.transmission': bifacial?.transmission,
    ...modelValues(system, weather),
    cell_temperature_rise_k: cellTemperatureRise(system),
    'wiring.dc_pct': wiring?.dcPct,
    'wiring.ac_pct': wiring?.acPct,
    'transformer.iron_pct': system.transformer?.ironPct,
    'transformer.copper_pct': system.transformer?.copperPct,
    transformer_over_ac_rating: system.transformer?.ratedKw && system.transformer.ratedKw / acRatingKw(system),
    losses_pct: totalLossPct(wiring ? { ...lossesPct, wiring: 0 } : lossesPct),
    ...(Object.fromEntries(
      Object.entries(lossesPct).map(([name, value]) => [`losses_pct.${snakeName(name)}`, value]),
    ) as Partial<Record<keyof typeof USUAL_SOLAR, number>>),
    'degradation.pct_per_year': unlessZero(degradation?.pctPerYear),
    'degradation.year': degradation?.year,
    availability_pct: system.availabilityPct,
    curtailment_pct: unlessZero(system.curtailmentPct),
  };
  const mountings = mountingsOf(system, pointer);
  const facing = mountings.map((one) => mountingWarnings(one.mounting, latitudeDeg, one.pointer));
  const { auxiliaries } = system;
  const auxiliariesKw = auxiliaries ? auxiliaries.constantKw + auxiliaries.nightKw : 0;
  return [
    // The other side of a roof may face away, and a flat rack, a steep one hardly.
    ...(facing.every((warnings) => warnings.length > 0)
      ? facing.flat()
      : facing.filter((_, k) => isSteepRack(mountings[k].mounting)).flat()),
    ...equalSubarrays(system, pointer),
    ...mountings.flatMap((one) => planeWarnings(one.mounting, stepMinutes, one.pointer)),
    ...(auxiliariesKw > MAX_AUXILIARIES * acRatingKw(system)
      ? [
          warnSolar(
            'solar.auxiliaries_large',
            { auxiliaries_kw: auxiliariesKw, ac_capacity_kw: Number(acRatingKw(system).toPrecision(4)) },
            `${pointer}/auxiliaries`,
          ),
        ]
      : []),
    ...lossWarnings(system, pointer),
    ...rangeWarnings(values, pointer),
  ];
}

/** Returns the doubts about the terms of a search, which no system has. */
export const searchTermWarnings = (
  terms: Readonly<Partial<Record<keyof typeof USUAL_SEARCH, number | null>>>,
): Warnings => rangeWarnings(terms, '');

/** Hourly means hide clipping: above this ratio of DC to AC and this clipped share [%] a reader asks for finer data. */
const CLIPPING = { minRatio: 1.3, minPct: 1 };
const MAX_EXPORT_LOSS_PCT = 25;

/** What a computed year says of a plant, by its names in a result. */
export interface SolarFigures {
  readonly annual_energy_kwh: number;
  readonly annual_dc_energy_kwh: number;
  readonly performance_ratio: number;
  readonly capacity_factor_dc_pct: number;
  readonly waterfall: {
    readonly steps: readonly { readonly name: string; readonly change_kwh: number; readonly remaining_kwh: number }[];
  };
}

/** Returns the doubts about a computed plant. @param pointer of the system in the request */
export function resultWarnings(
  system: SolarSystem,
  figures: SolarFigures,
  stepMinutes: number,
  pointer: string,
): Warnings {
  const { annual_energy_kwh: ac, annual_dc_energy_kwh: dc, performance_ratio, capacity_factor_dc_pct } = figures;
  const ratio = system.dcCapacityKw / acRatingKw(system);
  const lostPct = (name: string): number => {
    const step = figures.waterfall.steps.find((one) => one.name === name);
    return step ? (-100 * step.change_kwh) / (step.remaining_kwh - step.change_kwh) : 0;
  };
  const clippedPct = lostPct('inverter_clipping');
  const limitedPct = lostPct('export_limit');
  // The rear of a module adds to the power, not to the irradiation that the ratio refers to.
  const isBelowLimit = system.bifacial !== undefined && performance_ratio >= 0.65 && performance_ratio < 1.1;
  return [
    ...(ac > dc ? [warnSolar('solar.ac_over_dc', { annual_energy_kwh: ac, annual_dc_energy_kwh: dc }, pointer)] : []),
    ...(ratio >= CLIPPING.minRatio && clippedPct >= CLIPPING.minPct && stepMinutes > 15
      ? [
          warnSolar(
            'solar.subhourly_clipping',
            {
              dc_ac_ratio: Number(ratio.toFixed(2)),
              clipped_pct: Number(clippedPct.toFixed(1)),
              step_minutes: stepMinutes,
            },
            `${pointer}/dc_ac_ratio`,
          ),
        ]
      : []),
    ...(limitedPct > MAX_EXPORT_LOSS_PCT
      ? [
          warnSolar(
            'solar.export_limit_share',
            { limited_pct: Number(limitedPct.toFixed(1)), export_limit_kw: system.exportLimitKw ?? 0 },
            `${pointer}/export_limit_kw`,
          ),
        ]
      : []),
    ...rangeWarnings(
      { performance_ratio: isBelowLimit ? null : performance_ratio, capacity_factor_dc_pct },
      pointer,
    ).map((warning) => ({ ...warning, pointer })),
  ];
}

/** Returns the doubts about the uncertainty of a yield. @param nYears years of weather */
export function uncertaintyWarnings(
  uncertaintyPct: Readonly<Record<string, number>>,
  interannualPct: number,
  nYears: number,
): Warnings {
  const total = Math.hypot(...Object.values(uncertaintyPct), 0);
  return rangeWarnings({ uncertainty_pct: total, interannual_pct: nYears === 1 ? interannualPct : null }, '');
}

interface Place {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly elevation_m?: number | null;
}

/** Farther weather is another climate: see docs/warnings/solar.weather_far.md. */
const FAR = { cautionKm: 30, severeKm: 100, elevationM: 300 };

/** Returns the doubts about weather of another place than the plant's. */
export function placeWarnings(site: Place, weather: Place, pointer: string): Warnings {
  const km = distanceKm(site, weather);
  const heightM = site.elevation_m == null ? 0 : site.elevation_m - (weather.elevation_m ?? 0);
  return [
    ...(km > FAR.cautionKm
      ? [
          warnSolar(
            km > FAR.severeKm ? 'solar.weather_of_another_place' : 'solar.weather_far',
            { distance_km: Math.round(km) },
            pointer,
          ),
        ]
      : []),
    ...(Math.abs(heightM) > FAR.elevationM
      ? [
          warnSolar(
            'solar.weather_elevation',
            { elevation_m: site.elevation_m ?? 0, weather_elevation_m: weather.elevation_m ?? 0 },
            pointer,
          ),
        ]
      : []),
  ];
}
