import type { Warning } from '../contracts/common/warnings.ts';
import type { WeatherWarningCode } from '../contracts/weather/warnings.ts';

export const WEATHER_FORMATS = [
  'tmy3',
  'tm2',
  'epw',
  'sam-csv',
  'pvgis-csv',
  'pvgis-json',
  'nasa-power-json',
  'open-meteo-json',
  'solaranywhere',
  'solargis',
  'solcast',
  'cams',
  'surfrad',
  'bsrn',
  'pvsyst',
  'csv',
] as const;
export type WeatherFormat = (typeof WEATHER_FORMATS)[number];

/** Names of the value columns of a `WeatherYear`. */
export type WeatherQuantity =
  /** Column of files without horizontal irradiance; no `WeatherYear` has it. */
  | 'poaWm2'
  | 'ghiWm2'
  | 'dniWm2'
  | 'dhiWm2'
  | 'tempAirC'
  | 'windSpeedMPerS'
  | 'pressurePa'
  | 'albedo'
  | 'dewPointC'
  | 'windDirectionDeg'
  | 'snowDepthCm'
  | 'rainMm';

export const IRRADIANCE_QUANTITIES = ['ghiWm2', 'dniWm2', 'dhiWm2'] as const;
export type IrradianceQuantity = (typeof IRRADIANCE_QUANTITIES)[number];
export const STATE_QUANTITIES = ['tempAirC', 'windSpeedMPerS'] as const;
export type StateQuantity = (typeof STATE_QUANTITIES)[number];
/** Every `WeatherYear` has these columns; a file may lack some, see `DEFAULT_VALUES` and complete.ts. */
export const REQUIRED_QUANTITIES = [...IRRADIANCE_QUANTITIES, ...STATE_QUANTITIES] as const;
export const OPTIONAL_QUANTITIES = ['pressurePa', 'albedo', 'dewPointC', 'windDirectionDeg'] as const;
/** Snow on the ground and rain, which models of snow and soiling may take */
export const SURFACE_QUANTITIES = ['snowDepthCm', 'rainMm'] as const;

export interface QuantityRange {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/**
 * What a value may be. The limits are those of the atmosphere with room for instruments: the solar constant is 1361
 * W/m2 (1412 at perihelion), at the edges of clouds the global irradiance of a minute can reach almost 1900; the
 * records of air temperature are -89 and 57 degC, of a gust 113 m/s (WMO World Weather and Climate Extremes Archive).
 */
export const QUANTITY_RANGES: Readonly<Record<WeatherQuantity, QuantityRange>> = {
  ghiWm2: { name: 'global horizontal irradiance', unit: 'W/m2', min: 0, max: 2000 },
  dniWm2: { name: 'direct normal irradiance', unit: 'W/m2', min: 0, max: 1500 },
  dhiWm2: { name: 'diffuse horizontal irradiance', unit: 'W/m2', min: 0, max: 1500 },
  poaWm2: { name: 'irradiance on a tilted plane', unit: 'W/m2', min: 0, max: 2000 },
  tempAirC: { name: 'air temperature', unit: 'degC', min: -95, max: 65 },
  windSpeedMPerS: { name: 'wind speed', unit: 'm/s', min: 0, max: 115 },
  pressurePa: { name: 'air pressure', unit: 'Pa', min: 30_000, max: 112_000 },
  albedo: { name: 'albedo', unit: '', min: 0, max: 1 },
  dewPointC: { name: 'dew point', unit: 'degC', min: -110, max: 50 },
  windDirectionDeg: { name: 'wind direction', unit: 'deg', min: 0, max: 360 },
  // The records of rain are 38 mm in a minute, 305 mm in 42 minutes.
  snowDepthCm: { name: 'snow depth', unit: 'cm', min: 0, max: 2000 },
  rainMm: { name: 'rain', unit: 'mm', min: 0, max: 400 },
};

/**
 * Pyranometers read a little below zero at night (thermal offset). Irradiance from this value up to 0 is set to 0 and
 * counted in `gaps.nClippedNegatives`; anything lower is refused.
 */
export const NIGHT_OFFSET_LIMIT_WM2 = -20;

/** A gap of at most this many minutes is interpolated linearly; fill.ts says what happens to longer ones. */
export const MAX_INTERPOLATED_GAP_MINUTES = 180;
/** A gap of temperature or wind of at most this many minutes is interpolated linearly. */
export const MAX_STATE_GAP_MINUTES = 1440;

/**
 * Values of every step where a file has no such column: those of pvlib's ModelChain. Without wind the cells are computed
 * hotter than they are.
 * @see pvlib.modelchain.ModelChain.prepare_inputs
 */
export const DEFAULT_VALUES: Readonly<Record<StateQuantity, number>> = { tempAirC: 20, windSpeedMPerS: 0 };

/** What was missing in the file and what was done about it. All zero and empty for a complete file. */
export interface WeatherGaps {
  /** Records (time steps) that the file lacks. */
  readonly nMissingRecords: number;
  /** Cells that are empty or hold the format's missing-value mark, in records that exist. */
  readonly nMissingValues: number;
  /** Values written by interpolation, for missing records and missing values together. */
  readonly nInterpolatedValues: number;
  /** Longest interpolated gap [min]. */
  readonly longestGapMinutes: number;
  /** Optional columns left out because they are absent too long. */
  readonly droppedColumns: readonly WeatherQuantity[];
  /** Irradiance values between `NIGHT_OFFSET_LIMIT_WM2` and 0 that were set to 0. */
  readonly nClippedNegatives: number;
  /** Records of 29 February left out of a typical year, which has 365 days. */
  readonly nLeapDayRecordsDropped: number;
}

export interface WeatherSource {
  readonly format: WeatherFormat;
  /** The file's or provider's name as given by the caller. */
  readonly name: string;
  /** Station or place as the file names it. */
  readonly station?: string;
  /** True when the months come from different years. */
  readonly typicalYear: boolean;
  /** Calendar year of each month, January first. */
  readonly yearOfMonth: readonly number[];
  /** Decisions of the reader, in words for the user. */
  readonly notes: readonly string[];
}

/**
 * A whole year, January to December in the file's own clock, at a constant step. All arrays have the same length:
 * 365 (or 366) days of 1440 / stepMinutes records, and hold finite numbers only. Irradiance is the mean power over the
 * record's step (or the satellite's instant where the format has instants). Do not write to the arrays.
 */
export interface WeatherYear {
  /** North positive [deg], -90 to 90 */
  readonly latitudeDeg: number;
  /** East positive [deg], -180 to 180 */
  readonly longitudeDeg: number;
  readonly elevationM: number;
  /** Standard time of the file's clock minus UTC [h]; no daylight saving. 0 for files in UTC. */
  readonly utcOffsetH: number;
  /** 1 to 60 [min], a divisor of 60 */
  readonly stepMinutes: number;
  /** UTC instant at which the sun's position represents the record [ms since epoch]; mid-interval for means. A typical
   * year keeps the years of its months, so instants may jump back from one month to the next. */
  readonly timeMs: Float64Array;
  /** 1 to 12: month of that instant in the file's own clock. */
  readonly month: Uint8Array;
  readonly ghiWm2: Float64Array;
  readonly dniWm2: Float64Array;
  readonly dhiWm2: Float64Array;
  readonly tempAirC: Float64Array;
  /** At the height of the source, 10 m for all formats read here. */
  readonly windSpeedMPerS: Float64Array;
  readonly pressurePa?: Float64Array;
  readonly albedo?: Float64Array;
  readonly dewPointC?: Float64Array;
  /** Where the wind comes from, clockwise from north [deg] */
  readonly windDirectionDeg?: Float64Array;
  /** Snow on the ground [cm] */
  readonly snowDepthCm?: Float64Array;
  /** Rain in each step [mm] */
  readonly rainMm?: Float64Array;
  readonly source: WeatherSource;
  readonly gaps: WeatherGaps;
  /** What the reader filled, left out, computed or assumed. */
  readonly warnings: readonly Warning<WeatherWarningCode>[];
}
