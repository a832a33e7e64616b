/**
 * A photovoltaic system: the few numbers of PVWatts, and optional models for each part. It has plain values only,
 * because it is sent as JSON.
 */
import { Guards } from '../contracts/common/guards.ts';
import type { NoctSamModule, SapmThermal } from './power/cell-temperature.ts';
import type { HorizonProfile } from './irradiance/horizon.ts';
import { checkHorizon } from './irradiance/horizon.ts';
import type { Bifaciality } from './irradiance/infinite-sheds.ts';
import type { SandiaInverter } from './power/inverter.ts';
import type { PvwattsLosses } from './power/pvwatts.ts';
import type { CecModule, PvsystModule } from './power/single-diode.ts';
import type { TownsendMonths, TownsendRow } from './irradiance/snow.ts';
import type { KimberOptions } from './irradiance/soiling.ts';
import type { SpectralModule } from './irradiance/spectral.ts';

export type Mounting =
  | {
      /** `fixed` is an open rack; `roof` is mounted close to a roof and gets hotter. */
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
      /** Slope of the plane that holds the axes, across them [deg] */
      readonly crossAxisTiltDeg: number;
    }
  | {
      /** Faces the sun, and is level if it would have to tilt further than its limit. */
      readonly type: 'two_axis';
      /** Largest tilt [deg] */
      readonly maxTiltDeg: number;
    };

export const TRANSPOSITIONS = ['perez', 'perez_sam', 'hay_davies', 'isotropic'] as const;
/** `perez_sam`: Perez up to 87.5 degrees of zenith, an isotropic sky beyond, and no light when the sun is down, as in SAM. */
export type Transposition = (typeof TRANSPOSITIONS)[number];

/** Losses of the cover by reflection; without `includeDiffuse` of the beam only. */
export type IamChoice =
  /** Fresnel's equations */
  | { readonly type: 'physical'; readonly coatingIndex?: number; readonly includeDiffuse: boolean }
  | { readonly type: 'ashrae'; readonly b: number; readonly includeDiffuse: boolean }
  | { readonly type: 'martin_ruiz'; readonly ar: number; readonly includeDiffuse: boolean }
  /** Measured points between which it is linear, angles [deg] rising from 0 to 90 */
  | {
      readonly type: 'points';
      readonly angleDeg: readonly number[];
      readonly modifier: readonly number[];
      readonly includeDiffuse: boolean;
    }
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
  | { readonly type: 'faiman'; readonly u0: number; readonly u1: number }
  | {
      readonly type: 'pvsyst';
      readonly uc: number;
      readonly uv: number;
      readonly moduleEfficiency: number;
      readonly alphaAbsorption: number;
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
      readonly nStrings: number;
    }
  /** PVsyst's one-diode model, as in .PAN files. */
  | {
      readonly type: 'pvsyst';
      readonly module: PvsystModule;
      readonly modulesPerString: number;
      readonly nStrings: number;
    };

/** Limits of an inverter's DC voltage; without modules in strings they have no effect. */
export interface VoltageLimits {
  /** Window of maximum power point tracking [V] */
  readonly mppMinV?: number;
  readonly mppMaxV?: number;
  /** Largest input voltage [V] */
  readonly maxDcV?: number;
}

/** AC by DC power of one inverter, linear between points, as in .OND files; beyond the last its efficiency holds. */
export interface CurveInverter extends VoltageLimits {
  readonly type: 'curve';
  readonly acRatingKw: number;
  readonly nInverters: number;
  /** Rising [kW] */
  readonly dcKw: readonly number[];
  /** [kW], as many, at most the DC power */
  readonly acKw: readonly number[];
  /** Drawn at night by one inverter [W] */
  readonly nightW: number;
  /**
   * Most AC power of one inverter by the temperature of the air, linear between points; before the first that of the first,
   * beyond the last 0. Default: its rating
   */
  readonly derating?: {
    /** Rising [degC] */
    readonly tempAirC: readonly number[];
    readonly acKw: readonly number[];
  };
}

export type InverterChoice =
  | { readonly type: 'pvwatts' }
  | ({ readonly type: 'sandia'; readonly inverter: SandiaInverter; readonly nInverters: number } & VoltageLimits)
  /** Proportional above its own consumption, given as a share of the AC rating [1]. */
  | { readonly type: 'linear'; readonly consumption: number }
  | CurveInverter;

/** Shading between rows. Trackers with backtracking only lose diffuse irradiance. */
export interface RowShading {
  /**
   * `linear`: power follows the irradiance. `electrical`: a shadow switches off each block that it touches. `martinez`: the
   * same by the formula of Martinez-Moreno. All three hide parts of sky and ground. `fixed_fraction`: a stated share of the
   * beam, always.
   */
  readonly model: 'linear' | 'electrical' | 'martinez' | 'fixed_fraction';
  /** Ground coverage ratio [1], above 0, to 1; a tracker's own by default */
  readonly gcr?: number;
  /** As in SAM: every row has another row in front of it, and steep rows close together hide less of the sky */
  readonly asSam: boolean;
  /** Rows in the array, at least 1 */
  readonly nRows: number;
  /**
   * Length of a row / pitch [1], above 0; default: infinitely long rows. Light along the rows passes the ends of shorter ones.
   */
  readonly lengthPerPitch?: number;
  /** Slope of the ground across the rows [deg]; default 0 */
  readonly crossAxisTiltDeg?: number;
  /** Blocks of cells along the slant height (electrical, martinez), at least 1; with 1 any shadow takes the whole beam */
  readonly nBlocks: number;
  /** Share of the beam lost (fixed_fraction) [1], 0 to 1 */
  readonly fraction?: number;
}

export interface Bifacial extends Bifaciality {
  /** [1]; a tracker's own by default */
  readonly gcr?: number;
  /** Height of the row's centre above ground [m] */
  readonly heightM: number;
  /** From row to row [m] */
  readonly pitchM: number;
}

export type SoilingChoice =
  /** Losses of the months [%], January first, 12 */
  | { readonly type: 'monthly'; readonly pct: readonly number[] }
  /** Rain of each day [mm], 365 or 366, from 1 January; default: that of the weather */
  | ({ readonly type: 'kimber'; readonly dailyRainMm?: readonly number[] } & KimberOptions);

export type SnowChoice =
  /** Months by default from the weather's snow depth and dew point */
  | ({ readonly type: 'townsend' } & Partial<TownsendMonths> & TownsendRow)
  /** Snowfall in each step of the weather and, if known, depth on the ground [cm]; default: from the weather's snow depth */
  | {
      readonly type: 'marion';
      readonly snowfallCm?: readonly number[];
      readonly snowDepthCm?: readonly number[];
      /** Parallel strings along the slant height */
      readonly nStringsAlongSlant: number;
    };

/** Returns the AC power that the inverters are rated for, together [kW]. */
export function acRatingKw({ inverter, dcCapacityKw, dcAcRatio }: SolarSystem): number {
  if (inverter.type === 'sandia') return (inverter.inverter.paco * inverter.nInverters) / 1000;
  if (inverter.type === 'curve') return inverter.acRatingKw * inverter.nInverters;
  return dcCapacityKw / dcAcRatio;
}

/** Modules of one orientation among several that feed the same inverters. */
export interface Subarray {
  readonly name?: string;
  /** Share of the system's DC power [%], above 0; those of all subarrays add up to 100 */
  readonly sharePct: number;
  /** Its strings, where the system's modules are in strings */
  readonly modulesPerString?: number;
  readonly nStrings?: number;
  readonly mounting: Mounting;
  /** Default: those of the system */
  readonly rows?: RowShading;
  /** Default: that of the system */
  readonly farHorizon?: HorizonProfile;
  /** Near shading [%]. Default: the entry in `lossesPct` */
  readonly shadingPct?: number;
}

/** Ohmic losses in cables: they grow with the square of the current. They replace `wiring` in `lossesPct`. */
export interface Wiring {
  /** Loss at the nameplate DC power [%] */
  readonly dcPct: number;
  /** Loss between inverters and transformer or meter at the AC rating [%] */
  readonly acPct: number;
}

/** A transformer between the inverters and the meter. */
export interface Transformer {
  /** Loss in the core, by day and night, as a share of the rating [%] */
  readonly ironPct: number;
  /** Loss in the windings at the rating [%]; it grows with the square of the load */
  readonly copperPct: number;
  /** Rating [kW]. Default: the AC rating of the inverters */
  readonly ratedKw?: number;
  /** Whether it is disconnected while the inverters deliver nothing */
  readonly isOffAtNight: boolean;
}

/** What the plant itself uses. */
export interface Auxiliaries {
  /** At all times [kW] */
  readonly constantKw: number;
  /** In addition while the inverters deliver nothing [kW] */
  readonly nightKw: number;
}

export interface SolarSystem {
  /** Nameplate DC power at 1000 W/m2 and 25 degC [kW] */
  readonly dcCapacityKw: number;
  /** DC nameplate / AC rating [1] */
  readonly dcAcRatio: number;
  readonly mounting: Mounting;
  /** Default none: all modules have the system's own mounting */
  readonly subarrays?: readonly Subarray[];
  /** `own`: each subarray has its own maximum power point; `shared`: all are at one voltage. Default: own */
  readonly subarrayMpp?: 'own' | 'shared';
  /** Temperature coefficient of power [1/K] */
  readonly gammaPerK: number;
  /** Nominal efficiency of the inverter [1] */
  readonly inverterEfficiency: number;
  /** A model for soiling, snow, degradation or availability replaces the entry here. */
  readonly lossesPct: PvwattsLosses;
  /** Ground reflectance [1] */
  readonly albedo: number;
  /** Ground reflectance of the months [1], January first, 12. Default: `albedo` */
  readonly albedoMonthly?: readonly number[];
  /** Whether to use the weather's ground reflectance if it has one */
  readonly albedoFromWeather: boolean;

  readonly transposition: Transposition;
  readonly iam: IamChoice;
  readonly spectral: SpectralChoice;
  readonly temperature: TemperatureChoice;
  readonly module: ModuleChoice;
  /** `pvwatts` uses `dcAcRatio` and `inverterEfficiency` */
  readonly inverter: InverterChoice;
  /** Default none: rows do not shade each other */
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
  /** Default: the loss in `lossesPct` */
  readonly wiring?: Wiring;
  /** Default none */
  readonly transformer?: Transformer;
  /** Default none */
  readonly auxiliaries?: Auxiliaries;
  /** Share of the energy that the grid does not accept [%], 0 to 100 */
  readonly curtailmentPct: number;
  /** Most power that may be fed in [kW]; default none */
  readonly exportLimitKw?: number;
}

const guard: Guards = new Guards('solar.invalid_input');

function checkCurves({ iam, module, inverter }: SolarSystem): void {
  if (iam.type === 'points') {
    const { angleDeg, modifier } = iam;
    if (angleDeg.length < 2) guard.refuse('iam.angleDeg', `has ${angleDeg.length} values; expected at least 2`);
    guard.requireLength('iam.modifier', modifier, [angleDeg.length]);
    for (let i = 1; i < angleDeg.length; i++)
      if (angleDeg[i] < angleDeg[i - 1])
        guard.refuse(`iam.angleDeg.${i}`, `is ${angleDeg[i]} after ${angleDeg[i - 1]}; expected rising angles`);
  }
  if (module.type !== 'pvwatts') {
    guard.requirePositive('module.modulesPerString', module.modulesPerString);
    guard.requirePositive('module.nStrings', module.nStrings);
  }
  if (inverter.type === 'sandia') {
    const { paco, pdco } = inverter.inverter;
    guard.requirePositive('inverter.nInverters', inverter.nInverters);
    if (pdco < paco) guard.refuse('inverter.inverter.pdco', `is ${pdco}; expected at least paco, ${paco}`);
    if (module.type === 'pvwatts')
      guard.refuse(
        'inverter.type',
        "is sandia; expected with module.type cec or pvsyst, whose string's voltage it needs",
      );
  } else if (inverter.type === 'curve') {
    const { dcKw, acKw } = inverter;
    guard.requirePositive('inverter.nInverters', inverter.nInverters);
    if (dcKw.length < 2) guard.refuse('inverter.dcKw', `has ${dcKw.length} values; expected at least 2`);
    guard.requireLength('inverter.acKw', acKw, [dcKw.length]);
    for (let i = 0; i < dcKw.length; i++) {
      if (i > 0 && dcKw[i] < dcKw[i - 1])
        guard.refuse(`inverter.dcKw.${i}`, `is ${dcKw[i]} after ${dcKw[i - 1]}; expected rising powers`);
      if (acKw[i] > dcKw[i])
        guard.refuse(`inverter.acKw.${i}`, `is ${acKw[i]}; expected at most the DC power, ${dcKw[i]}`);
    }
    const { derating } = inverter;
    if (derating) {
      const { tempAirC } = derating;
      guard.requireLength('inverter.derating.acKw', derating.acKw, [tempAirC.length]);
      for (let i = 1; i < tempAirC.length; i++)
        if (tempAirC[i] <= tempAirC[i - 1])
          guard.refuse(
            `inverter.derating.tempAirC.${i}`,
            `is ${tempAirC[i]} after ${tempAirC[i - 1]}; expected rising temperatures`,
          );
    }
  }
}

/** @param of prefix of the names of what a subarray has of its own */
function checkSurroundings(
  { mounting, rows, bifacial, farHorizon, soiling, snow, albedoMonthly }: SolarSystem,
  of: string,
): void {
  if (albedoMonthly) guard.requireLength('albedoMonthly', albedoMonthly, [12]);
  const ownGcr = mounting.type === 'one_axis' ? mounting.gcr : undefined;
  const requireGcr = (name: string, gcr: number | undefined): void => {
    if (gcr === undefined)
      guard.refuse(name, `is absent; expected, because the mounting ${mounting.type} has none of its own`);
    guard.requirePositive(name, gcr);
  };
  if (mounting.type === 'one_axis') guard.requirePositive(`${of}mounting.gcr`, mounting.gcr);
  if (rows?.model === 'fixed_fraction') {
    if (rows.fraction === undefined)
      guard.refuse(`${of}rows.fraction`, 'is absent; expected with model fixed_fraction');
  } else if (rows) {
    if (mounting.type === 'two_axis')
      guard.refuse(`${of}rows.model`, 'is given for two_axis; expected rows of fixed or one-axis mounting');
    requireGcr(`${of}rows.gcr`, rows.gcr ?? ownGcr);
  }
  if (bifacial) {
    requireGcr('bifacial.gcr', bifacial.gcr ?? ownGcr);
    guard.requirePositive('bifacial.pitchM', bifacial.pitchM);
  }
  if (farHorizon) checkHorizon(farHorizon);
  if (soiling?.type === 'monthly') guard.requireLength('soiling.pct', soiling.pct, [12]);
  if (soiling?.type === 'kimber' && soiling.dailyRainMm)
    guard.requireLength('soiling.dailyRainMm', soiling.dailyRainMm, [365, 366]);
  if (snow?.type === 'marion' && snow.snowDepthCm) {
    if (!snow.snowfallCm) guard.refuse('snow.snowfallCm', 'is absent; expected it beside snow_depth_cm');
    guard.requireLength('snow.snowDepthCm', snow.snowDepthCm, [snow.snowfallCm.length]);
  }
  if (snow?.type === 'townsend') {
    const months = [snow.snowTotalCm, snow.snowEvents, snow.relativeHumidityPct];
    if (months.some((list) => list === undefined) && months.some((list) => list !== undefined))
      guard.refuse('snow', 'has some of snow_total_cm, snow_events and relative_humidity_pct; expected all or none');
  }
}

/** Largest difference of the shares' sum from 100 [%] */
const SHARES_TOLERANCE_PCT = 1e-6;

function checkSubarrays({ subarrays, subarrayMpp, module }: SolarSystem): void {
  if (!subarrays) return;
  if (subarrays.length === 0) guard.refuse('subarrays', 'has 0 entries; expected at least 1');
  const isInStrings = module.type !== 'pvwatts';
  if (subarrayMpp === 'shared' && !isInStrings)
    guard.refuse('subarrayMpp', 'is shared; expected own with module.type pvwatts, which has no voltage');
  for (const [k, one] of subarrays.entries()) {
    guard.requirePositive(`subarrays.${k}.sharePct`, one.sharePct);
    for (const name of ['modulesPerString', 'nStrings'] as const)
      if (isInStrings) guard.requirePositive(`subarrays.${k}.${name}`, one[name] ?? Number.NaN);
      else if (one[name] !== undefined)
        guard.refuse(`subarrays.${k}.${name}`, 'is given; expected with modules in strings');
  }
  const total = subarrays.reduce((sum, { sharePct }) => sum + sharePct, 0);
  if (Math.abs(total - 100) > SHARES_TOLERANCE_PCT)
    guard.refuse('subarrays', `has shares of ${total} % together; expected 100`);
}

/** Returns the system of each subarray's modules and its share of the power [1]; the system itself if it has no subarrays. */
export function partsOf(system: SolarSystem): readonly { readonly share: number; readonly system: SolarSystem }[] {
  const { subarrays, subarrayMpp: _, ...whole } = system;
  if (!subarrays) return [{ share: 1, system }];
  return subarrays.map(({ sharePct, modulesPerString = 0, nStrings = 0, ...own }) => {
    const { module, rows, farHorizon, lossesPct } = whole;
    const rowsOfPart = own.rows ?? rows;
    const horizon = own.farHorizon ?? farHorizon;
    return {
      share: sharePct / 100,
      system: {
        ...whole,
        dcCapacityKw: (whole.dcCapacityKw * sharePct) / 100,
        mounting: own.mounting,
        module: module.type === 'pvwatts' ? module : { ...module, modulesPerString, nStrings },
        ...(rowsOfPart && { rows: rowsOfPart }),
        ...(horizon && { farHorizon: horizon }),
        lossesPct: { ...lossesPct, shading: own.shadingPct ?? lossesPct.shading },
      },
    };
  });
}

/**
 * Refuses what would break the engine: numbers that are not finite, lists of other lengths, parts that do not fit each other. The
 * ranges of the quantities are those of the request's schema (contracts/solar/system.schema.ts).
 * @throws AppError `solar.invalid_input` that names the quantity and its value
 */
export function checkSystem(system: SolarSystem): void {
  guard.requireFinite('', system);
  guard.requirePositive('dcCapacityKw', system.dcCapacityKw);
  guard.requirePositive('dcAcRatio', system.dcAcRatio);
  checkCurves(system);
  checkSubarrays(system);
  for (const [k, part] of partsOf(system).entries())
    checkSurroundings(part.system, system.subarrays ? `subarrays.${k}.` : '');
  if (system.transformer?.ratedKw !== undefined)
    guard.requirePositive('transformer.ratedKw', system.transformer.ratedKw);
}
