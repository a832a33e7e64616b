/** Reads and summarises weather files in a compute thread. */
import { MAX_NAME } from '../contracts/common/file-text.ts';
import { isStorable } from '../contracts/common/json-text.ts';
import type { DecompositionModel } from '../sun/decomposition.ts';
import { brokenFile } from './broken.ts';
import type { Warning } from '../contracts/common/warnings.ts';
import type { WeatherWarningCode } from '../contracts/weather/warnings.ts';
import type { CsvOptions } from './formats/csv.ts';
import { decodeWeather, encodeWeather } from './weather-bytes.ts';
import { parseWeather } from './parse.ts';
import { type WeatherQuality, weatherQuality } from './quality.ts';
import { qualityWarnings } from './quality-warnings.ts';
import type { WeatherFormat, WeatherYear } from './series.ts';

export interface ReadWeatherInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly format?: string;
  readonly year?: number;
  readonly decomposition?: DecompositionModel;
  readonly table?: CsvOptions;
}

/** A year from a reader: its header, and the whole year as bytes of `encodeWeather`. */
export interface ReadWeather {
  readonly header: Pick<
    WeatherYear,
    'latitudeDeg' | 'longitudeDeg' | 'elevationM' | 'utcOffsetH' | 'stepMinutes' | 'source' | 'gaps'
  >;
  readonly rowCount: number;
  /** Irradiation [kWh/m2], means [degC, m/s]: what a customer checks first. */
  readonly summary: {
    readonly ghi_annual_kwh_m2: number;
    readonly dni_annual_kwh_m2: number;
    readonly dhi_annual_kwh_m2: number;
    readonly temp_air_mean_c: number;
    readonly temp_air_min_c: number;
    readonly wind_speed_mean_m_s: number;
    /** Rain of the year [mm]; absent without a column of it */
    readonly rain_annual_mm?: number;
    /** Deepest snow on the ground [cm]; absent without a column of it */
    readonly snow_depth_max_cm?: number;
  };
  readonly warnings: Warning<WeatherWarningCode>[];
  readonly data: Uint8Array;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function readWeather(input: ReadWeatherInput): ReadWeather {
  const year = parseWeather(input.bytes, { ...input, format: input.format as WeatherFormat | undefined });
  const { station = '' } = year.source;
  if (station.length > MAX_NAME || !isStorable(station))
    throw brokenFile(
      input.name,
      { field: 'station' },
      `the name of the station has ${station.length} characters; expected at most ${MAX_NAME}, without U+0000`,
    );
  return describeWeather(year);
}

/** Prepares a year for storage, with its key figures. */
export function describeWeather(year: WeatherYear): ReadWeather {
  const { latitudeDeg, longitudeDeg, elevationM, utcOffsetH, stepMinutes, source, gaps } = year;
  const n = year.timeMs.length;
  const kwh = stepMinutes / 60 / 1000;
  return {
    header: { latitudeDeg, longitudeDeg, elevationM, utcOffsetH, stepMinutes, source, gaps },
    rowCount: n,
    summary: {
      ghi_annual_kwh_m2: sum(year.ghiWm2) * kwh,
      dni_annual_kwh_m2: sum(year.dniWm2) * kwh,
      dhi_annual_kwh_m2: sum(year.dhiWm2) * kwh,
      temp_air_mean_c: sum(year.tempAirC) / n,
      temp_air_min_c: year.tempAirC.reduce((least, temp) => Math.min(least, temp)),
      wind_speed_mean_m_s: sum(year.windSpeedMPerS) / n,
      ...(year.rainMm && { rain_annual_mm: sum(year.rainMm) }),
      ...(year.snowDepthCm && { snow_depth_max_cm: year.snowDepthCm.reduce((most, depth) => Math.max(most, depth)) }),
    },
    warnings: [...year.warnings, ...qualityWarnings(year, weatherQuality(year))],
    data: encodeWeather(year),
  };
}

/** Computes the figures of a stored year. */
const rateWeather = ({ data }: { readonly data: Uint8Array }): WeatherQuality =>
  weatherQuality(decodeWeather(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));

export const WEATHER_TASKS = { readWeather, rateWeather } as const;
