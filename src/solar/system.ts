/**
 * A photovoltaic system: PVWatts' few numbers, and by choice the models of each part. Plain values: it travels as JSON.
 */
import { AppError } from '../contracts/common/app-error.ts';
import type { NoctSamModule, SapmThermal } from './power/cell-temperature.ts';
import type { HorizonProfile } from './irradiance/horizon.ts';
import { checkHorizon } from './irradiance/horizon.ts';
import type { Bifaciality } from './irradiance/infinite-sheds.ts';
import type { SandiaInverter } from './power/inverter.ts';
import type { PvwattsLosses } from './power/pvwatts.ts';
import { DEFAULT_LOSSES } from './power/pvwatts.ts';
import type { CecModule, PvsystModule } from './power/single-diode.ts';
import type { TownsendMonths, TownsendRow } from './irradiance/snow.ts';
import type { KimberOptions } from './irradiance/soiling.ts';
import type { SpectralModule } from './irradiance/spectral.ts';

export type Mounting =
  | {
      /** `fixed` stands on an open rack, `roof` lies close to it and runs hotter. */
      readonly type: 'fixed' | 'roof';
      /** From horizontal [deg], 0 to 90 */
      readonly tiltDeg: number;
      /** Clockwise from north [deg], 0 to 360 */
      readonly azimuthDeg: number;
    }
  | {
      readonly type: 'one_axis';
      /** [deg], 0 to 90 */
      readonly axisTiltDeg: number;
      /** [deg], 0 to 360; 180 for a horizontal north-south axis */
      readonly axisAzimuthDeg: number;
      /** [deg], 0 to 180 */
      readonly maxAngleDeg: number;
      readonly backtrack: boolean;
      /** Ground coverage ratio [1], above 0, to 1 */
      readonly gcr: number;
      /** Slope of the plane that holds the axes, across them [deg], -45 to 45; default 0 */
      readonly crossAxisTiltDeg?: number;
    }
  | {
      /** Faces the sun; it rests level where it would have to tilt further. */
      readonly type: 'two_axis';
      /** Largest tilt [deg], 0 to 90; default 90 */
      readonly maxTiltDeg?: number;
    };

export const TRANSPOSITIONS = ['perez', 'perez_sam', 'hay_davies', 'isotropic'] as const;
/** `perez_sam`: Perez up to 87.5 degrees of zenith, an isotropic sky beyond, and no light when the sun is down, as in SAM. */
export type Transposition = (typeof TRANSPOSITIONS)[number];

/** Losses of the cover by reflection. */
export type IamChoice =
  /** Fresnel's equations; only for the beam unless `includeDiffuse`. */
  | { readonly type: 'physical'; readonly coatingIndex?: number; readonly includeDiffuse?: boolean }
  | { readonly type: 'ashrae'; readonly b?: number }
  | { readonly type: 'martin_ruiz'; readonly ar?: number }
  /** Measured points between which it is linear, angles [deg] rising from 0 to 90; on the beam. */
  | { readonly type: 'points'; readonly angleDeg: readonly number[]; readonly modifier: readonly number[] }
  /** SAM's coated glass, on beam and diffuse. */
  | { readonly type: 'sam' }
  | { readonly type: 'none' };

export type SpectralChoice =
  | { readonly type: 'none' }
  /** De Soto's polynomial of air mass; beyond `maxZenithDeg` it is that of this zenith [deg], 0 to 90. Default 90; SAM has 86. */
  | { readonly type: 'de_soto'; readonly maxZenithDeg?: number }
  /** First Solar's; water from the weather's dew point unless stated [cm]. */
  | { readonly type: 'first_solar'; readonly module: SpectralModule; readonly precipitableWaterCm?: number };

export type TemperatureChoice =
  | ({ readonly type: 'sapm' } & SapmThermal)
  | { readonly type: 'faiman'; readonly u0?: number; readonly u1?: number }
  | {
      readonly type: 'pvsyst';
      readonly uc?: number;
      readonly uv?: number;
      readonly moduleEfficiency?: number;
      readonly alphaAbsorption?: number;
    }
  | ({ readonly type: 'noct_sam' } & NoctSamModule)
  | { readonly type: 'fuentes'; readonly installedNoctC: number };

export type ModuleChoice =
  /** Linear in irradiance and temperature. */
  | { readonly type: 'pvwatts' }
  /** CEC six-parameter modules in strings; `dcCapacityKw` must be their power under standard conditions. */
  | {
      readonly type: 'cec';
      readonly module: CecModule;
      readonly modulesPerString: number;
      readonly strings: number;
    }
  /** PVsyst's one-diode model, as in .PAN files. */
  | {
      readonly type: 'pvsyst';
      readonly module: PvsystModule;
      readonly modulesPerString: number;
      readonly strings: number;
    };

export type InverterChoice =
  | { readonly type: 'pvwatts' }
  | { readonly type: 'sandia'; readonly inverter: SandiaInverter; readonly count: number }
  /** Proportional above its own consumption, given as a share of the AC rating [1]. */
  | { readonly type: 'linear'; readonly consumption: number }
  /** AC by DC power of one inverter, linear between points, as in .OND files; beyond the last its efficiency holds. */
  | {
      readonly type: 'curve';
      readonly acRatingKw: number;
      readonly count: number;
      /** Rising [kW] */
      readonly dcKw: readonly number[];
      /** [kW], as many, at most the DC power */
      readonly acKw: readonly number[];
      /** Drawn at night by one inverter [W]; default 0 */
      readonly nightW?: number;
    };

/** Shading between rows. Trackers with backtracking only lose diffuse irradiance. */
export interface RowShading {
  /**
   * `linear`: power follows the irradiance. `electrical`: bypass diodes switch off whole blocks (Martinez). Both hide parts of
   * sky and ground. `fixed_fraction`: a stated share of the beam, always.
   */
  readonly model: 'linear' | 'electrical' | 'fixed_fraction';
  /** Ground coverage ratio [1], above 0, to 1; a tracker's own by default */
  readonly gcr?: number;
  /** As in SAM: every row has another row in front of it, and steep rows close together hide less of the sky; default false */
  readonly asSam?: boolean;
  /** Rows in the array, at least 1; default 10 */
  readonly rowCount?: number;
  /**
   * Length of a row / pitch [1], above 0; default: infinitely long rows. Light along the rows passes the ends of shorter ones.
   */
  readonly lengthPerPitch?: number;
  /** Slope of the ground across the rows [deg]; default 0 */
  readonly crossAxisTiltDeg?: number;
  /** Blocks of cells along the slant height (electrical), at least 1; default 3 */
  readonly blocks?: number;
  /** Share of the beam lost (fixed_fraction) [1], 0 to 1 */
  readonly fraction?: number;
}

export interface Bifacial extends Bifaciality {
  /** [1]; a tracker's own by default */
  readonly gcr?: number;
  /** Height of the row's centre above ground [m]; default 1.5 */
  readonly heightM?: number;
  /** From row to row [m]; default 5 */
  readonly pitchM?: number;
}

export type SoilingChoice =
  /** Losses of the months [%], January first, 12 */
  | { readonly type: 'monthly'; readonly pct: readonly number[] }
  /** Rain of each day [mm], 365 or 366, from 1 January */
  | ({ readonly type: 'kimber'; readonly dailyRainMm: readonly number[] } & KimberOptions);

export type SnowChoice =
  | ({ readonly type: 'townsend' } & TownsendMonths & TownsendRow)
  /** Snowfall in each step of the weather and, if known, depth on the ground [cm] */
  | {
      readonly type: 'marion';
      readonly snowfallCm: readonly number[];
      readonly snowDepthCm?: readonly number[];
      /** Parallel strings along the slant height; default 1 */
      readonly stringsAlongSlant?: number;
    };

/** AC power that the inverters are rated for, together [kW]. */
export function acRatingKw({ inverter, dcCapacityKw, dcAcRatio }: SolarSystem): number {
  if (inverter?.type === 'sandia') return (inverter.inverter.paco * inverter.count) / 1000;
  if (inverter?.type === 'curve') return inverter.acRatingKw * inverter.count;
  return dcCapacityKw / dcAcRatio;
}

export interface SolarSystem {
  /** Nameplate DC power at 1000 W/m2 and 25 degC [kW] */
  readonly dcCapacityKw: number;
  /** DC nameplate / AC rating [1] */
  readonly dcAcRatio: number;
  readonly mounting: Mounting;
  /** Temperature coefficient of power [1/K] */
  readonly gammaPerK: number;
  /** Nominal efficiency of the inverter [1] */
  readonly inverterEfficiency: number;
  /** A model for soiling, snow, degradation or availability replaces the entry here. */
  readonly lossesPct: PvwattsLosses;
  /** Ground reflectance [1] */
  readonly albedo: number;
  /** The weather's own ground reflectance where it has one; default false */
  readonly albedoFromWeather?: boolean;

  /** Default `perez` */
  readonly transposition?: Transposition;
  /** Default `physical` without coating, on the beam */
  readonly iam?: IamChoice;
  /** Default `none` */
  readonly spectral?: SpectralChoice;
  /** Default `sapm` by mounting: open rack glass polymer, or close mount glass glass for `roof` */
  readonly temperature?: TemperatureChoice;
  /** Default `pvwatts` */
  readonly module?: ModuleChoice;
  /** Default `pvwatts` with `dcAcRatio` and `inverterEfficiency` */
  readonly inverter?: InverterChoice;
  /** Default none: the rows stand free */
  readonly rows?: RowShading;
  /** Default: none, the rear produces no power */
  readonly bifacial?: Bifacial;
  /** Default none: a flat horizon */
  readonly farHorizon?: HorizonProfile;
  /** Default: the entry in `lossesPct` */
  readonly soiling?: SoilingChoice;
  /** Default: the entry in `lossesPct` */
  readonly snow?: SnowChoice;
  /** Loss of power in a year [%] and the year of operation, 1 for the first. Default: `age` in `lossesPct` */
  readonly degradation?: { readonly pctPerYear: number; readonly year: number };
  /** Share of the time in which the plant delivers [%], 0 to 100. Default: the loss in `lossesPct` */
  readonly availabilityPct?: number;
  /** Share of the energy that the grid refuses [%], 0 to 100; default 0 */
  readonly curtailmentPct?: number;
  /** Most power that may be fed in [kW]; default none */
  readonly exportLimitKw?: number;
}

/** PVWatts' defaults for a rack that faces south at 20 degrees. */
export const DEFAULT_SYSTEM: SolarSystem = {
  dcCapacityKw: 100,
  dcAcRatio: 1.2,
  mounting: { type: 'fixed', tiltDeg: 20, azimuthDeg: 180 },
  gammaPerK: -0.0037,
  inverterEfficiency: 0.96,
  lossesPct: DEFAULT_LOSSES,
  albedo: 0.2,
};

type RangeCheck = (name: string, value: number | undefined, min: number, max: number) => void;

const requireRange: RangeCheck = (name, value, min, max) => {
  if (value !== undefined && !(value >= min && value <= max))
    throw new AppError('solar.invalid_input', `${name} is ${value}; expected ${min} to ${max}`, {
      pointer: `/${name.replaceAll('.', '/')}`,
    });
};

function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly T[]): void {
  if (value !== undefined && !allowed.includes(value))
    throw new AppError('solar.invalid_input', `${name} is ${value}; expected ${allowed.join(', ')}`, {
      pointer: `/${name.replaceAll('.', '/')}`,
    });
}

function ofLength(name: string, values: readonly number[] | undefined, lengths: readonly number[]): void {
  if (values !== undefined && !lengths.includes(values.length))
    throw new AppError('solar.invalid_input', `${name} has ${values.length} values; expected ${lengths.join(' or ')}`, {
      pointer: `/${name.replaceAll('.', '/')}`,
    });
}

const MOUNTINGS = ['fixed', 'roof', 'one_axis', 'two_axis'] as const;

function checkMounting(mounting: Mounting): void {
  oneOf('mounting.type', mounting.type, MOUNTINGS);
  if (mounting.type === 'one_axis') {
    requireRange('mounting.axis_tilt_deg', mounting.axisTiltDeg, 0, 90);
    requireRange('mounting.axis_azimuth_deg', mounting.axisAzimuthDeg, 0, 360);
    requireRange('mounting.max_angle_deg', mounting.maxAngleDeg, 0, 180);
    requireRange('mounting.gcr', mounting.gcr, 0.01, 1);
    requireRange('mounting.cross_axis_tilt_deg', mounting.crossAxisTiltDeg, -45, 45);
  } else if (mounting.type === 'two_axis') {
    requireRange('mounting.max_tilt_deg', mounting.maxTiltDeg, 0, 90);
  } else {
    requireRange('mounting.tilt_deg', mounting.tiltDeg, 0, 90);
    requireRange('mounting.azimuth_deg', mounting.azimuthDeg, 0, 360);
  }
}

function checkModels({ iam, spectral, temperature, module, inverter }: SolarSystem): void {
  oneOf('iam.type', iam?.type, ['physical', 'ashrae', 'martin_ruiz', 'points', 'sam', 'none']);
  if (iam?.type === 'physical') requireRange('iam.coating_index', iam.coatingIndex, 1, 3);
  if (iam?.type === 'ashrae') requireRange('iam.b', iam.b, 0, 1);
  if (iam?.type === 'martin_ruiz') requireRange('iam.ar', iam.ar, 0.01, 1);
  if (iam?.type === 'points') {
    requireRange('iam.angle_deg length', iam.angleDeg.length, 2, 1000);
    ofLength('iam.modifier', iam.modifier, [iam.angleDeg.length]);
    iam.angleDeg.forEach((angle, i) => {
      requireRange(`iam.angle_deg.${i}`, angle, i === 0 ? 0 : iam.angleDeg[i - 1], 90);
      requireRange(`iam.modifier.${i}`, iam.modifier[i], 0, 1.2);
    });
  }
  oneOf('spectral.type', spectral?.type, ['none', 'de_soto', 'first_solar']);
  if (spectral?.type === 'de_soto') requireRange('spectral.max_zenith_deg', spectral.maxZenithDeg, 0, 90);
  if (spectral?.type === 'first_solar') {
    oneOf('spectral.module', spectral.module, ['cdte', 'monosi', 'multisi', 'cigs', 'asi']);
    requireRange('spectral.precipitable_water_cm', spectral.precipitableWaterCm, 0, 8);
  }
  oneOf('temperature.type', temperature?.type, ['sapm', 'faiman', 'pvsyst', 'noct_sam', 'fuentes']);
  if (temperature?.type === 'sapm') {
    requireRange('temperature.a', temperature.a, -10, 0);
    requireRange('temperature.b', temperature.b, -1, 0);
    requireRange('temperature.delta_t_k', temperature.deltaTK, 0, 20);
  } else if (temperature?.type === 'faiman') {
    requireRange('temperature.u0', temperature.u0, 1, 200);
    requireRange('temperature.u1', temperature.u1, 0, 100);
  } else if (temperature?.type === 'pvsyst') {
    requireRange('temperature.uc', temperature.uc, 1, 200);
    requireRange('temperature.uv', temperature.uv, 0, 100);
    requireRange('temperature.module_efficiency', temperature.moduleEfficiency, 0, 1);
    requireRange('temperature.alpha_absorption', temperature.alphaAbsorption, 0, 1);
  } else if (temperature?.type === 'noct_sam') {
    requireRange('temperature.noct_c', temperature.noctC, 30, 80);
    requireRange('temperature.module_efficiency', temperature.moduleEfficiency, 0, 1);
    requireRange('temperature.transmittance_absorptance', temperature.transmittanceAbsorptance, 0.1, 1);
  }
  oneOf('module.type', module?.type, ['pvwatts', 'cec', 'pvsyst']);
  if (module && module.type !== 'pvwatts') {
    requireRange('module.modules_per_string', module.modulesPerString, 1e-6, 1e4);
    requireRange('module.strings', module.strings, 1e-6, 1e7);
    const { module: unit } = module;
    requireRange('module.module.i_l_ref_a', unit.iLRefA, 1e-3, 1000);
    requireRange('module.module.i_o_ref_a', unit.iORefA, 1e-40, 1);
    requireRange('module.module.r_s_ohm', unit.rSOhm, 0, 1000);
    requireRange('module.module.r_sh_ref_ohm', unit.rShRefOhm, 1e-3, 1e9);
    requireRange('module.module.alpha_sc_a_per_k', unit.alphaScAPerK, -1, 1);
  }
  if (module?.type === 'cec') {
    requireRange('module.module.a_ref_v', module.module.aRefV, 1e-3, 100);
    requireRange('module.module.adjust_pct', module.module.adjustPct, -1000, 1000);
  } else if (module?.type === 'pvsyst') {
    requireRange('module.module.gamma_ref', module.module.gammaRef, 0.2, 5);
    requireRange('module.module.mu_gamma_per_k', module.module.muGammaPerK, -0.1, 0.1);
    requireRange('module.module.r_sh0_ohm', module.module.rSh0Ohm, 1e-3, 1e9);
    requireRange('module.module.r_sh_exponent', module.module.rShExponent, 0.01, 100);
    requireRange('module.module.cells_in_series', module.module.cellsInSeries, 1, 1000);
    requireRange('module.module.band_gap_ev', module.module.bandGapEv, 0.3, 5);
    requireRange('module.module.d2_mu_tau_v', module.module.d2MuTauV, 0, 100);
  }
  oneOf('inverter.type', inverter?.type, ['pvwatts', 'sandia', 'linear', 'curve']);
  if (inverter?.type === 'sandia') {
    requireRange('inverter.count', inverter.count, 1e-6, 1e6);
    requireRange('inverter.inverter.paco', inverter.inverter.paco, 1, 1e8);
    requireRange('inverter.inverter.pdco', inverter.inverter.pdco, inverter.inverter.paco, 1e9);
    if (module === undefined || module.type === 'pvwatts')
      throw new AppError(
        'solar.invalid_input',
        "inverter.type is sandia; expected with module.type cec or pvsyst, whose string's voltage it needs",
      );
  } else if (inverter?.type === 'linear') requireRange('inverter.consumption', inverter.consumption, 0, 0.5);
  else if (inverter?.type === 'curve') {
    requireRange('inverter.count', inverter.count, 1e-6, 1e6);
    requireRange('inverter.ac_rating_kw', inverter.acRatingKw, 1e-3, 1e6);
    ofLength('inverter.ac_kw', inverter.acKw, [inverter.dcKw.length]);
    requireRange('inverter.night_w', inverter.nightW, 0, 1e6);
    requireRange('inverter.dc_kw length', inverter.dcKw.length, 2, 1000);
    inverter.dcKw.forEach((dc, i) => {
      requireRange(`inverter.dc_kw.${i}`, dc, i === 0 ? 0 : inverter.dcKw[i - 1], 1e9);
      requireRange(`inverter.ac_kw.${i}`, inverter.acKw[i], 0, dc);
    });
  }
}

function checkSurroundings({ mounting, rows, bifacial, farHorizon, soiling, snow }: SolarSystem): void {
  const gcrOf = mounting.type === 'one_axis' ? mounting.gcr : undefined;
  oneOf('rows.model', rows?.model, ['linear', 'electrical', 'fixed_fraction']);
  if (rows?.model === 'fixed_fraction') requireRange('rows.fraction', rows.fraction ?? Number.NaN, 0, 1);
  else if (rows) {
    requireRange('rows.gcr', rows.gcr ?? gcrOf ?? Number.NaN, 0.01, 1);
    requireRange('rows.row_count', rows.rowCount, 1, 1e6);
    requireRange('rows.length_per_pitch', rows.lengthPerPitch, 1e-3, 1e6);
    requireRange('rows.cross_axis_tilt_deg', rows.crossAxisTiltDeg, -45, 45);
    requireRange('rows.blocks', rows.blocks, 1, 1000);
    if (mounting.type === 'two_axis')
      throw new AppError(
        'solar.invalid_input',
        'rows.model is given for two_axis; expected rows of fixed or one-axis mounting',
      );
  }
  if (bifacial) {
    requireRange('bifacial.bifaciality', bifacial.bifaciality, 0, 1);
    requireRange('bifacial.back_shading', bifacial.backShading, 0, 1);
    requireRange('bifacial.transmission', bifacial.transmission, 0, 1);
    requireRange('bifacial.gcr', bifacial.gcr ?? gcrOf ?? Number.NaN, 0.01, 1);
    requireRange('bifacial.height_m', bifacial.heightM, 0.05, 50);
    requireRange('bifacial.pitch_m', bifacial.pitchM, 0.1, 500);
  }
  if (farHorizon) checkHorizon(farHorizon);
  oneOf('soiling.type', soiling?.type, ['monthly', 'kimber']);
  if (soiling?.type === 'monthly') {
    ofLength('soiling.pct', soiling.pct, [12]);
    for (const [i, pct] of soiling.pct.entries()) requireRange(`soiling.pct.${i}`, pct, 0, 100);
  }
  if (soiling?.type === 'kimber') ofLength('soiling.daily_rain_mm', soiling.dailyRainMm, [365, 366]);
  oneOf('snow.type', snow?.type, ['townsend', 'marion']);
  if (snow?.type === 'marion') {
    ofLength('snow.snow_depth_cm', snow.snowDepthCm, [snow.snowfallCm.length]);
    requireRange('snow.strings_along_slant', snow.stringsAlongSlant, 1, 100);
  }
}

/** @throws AppError `solar.invalid_input` that names the quantity, its value and its range */
export function checkSystem(system: SolarSystem): void {
  requireRange('dc_capacity_kw', system.dcCapacityKw ?? Number.NaN, 1e-3, 1e7);
  requireRange('dc_ac_ratio', system.dcAcRatio ?? Number.NaN, 0.1, 10);
  requireRange('gamma_per_k', system.gammaPerK ?? Number.NaN, -0.02, 0);
  requireRange('inverter_efficiency', system.inverterEfficiency ?? Number.NaN, 0.5, 1);
  requireRange('albedo', system.albedo ?? Number.NaN, 0, 1);
  for (const [name, loss] of Object.entries(system.lossesPct)) requireRange(`losses_pct.${name}`, loss, 0, 99);
  checkMounting(system.mounting);
  oneOf('transposition', system.transposition, TRANSPOSITIONS);
  checkModels(system);
  checkSurroundings(system);
  requireRange('degradation.pct_per_year', system.degradation?.pctPerYear, 0, 50);
  requireRange('degradation.year', system.degradation?.year, 1, 100);
  requireRange('availability_pct', system.availabilityPct, 0, 100);
  requireRange('curtailment_pct', system.curtailmentPct, 0, 100);
  requireRange('export_limit_kw', system.exportLimitKw, 0, 1e9);
}
