/** Reads and summarises weather files in a compute thread. */
import { MAX_NAME } from '../contracts/common/file-text.ts';
import { isStorable } from '../contracts/common/json-text.ts';
import { brokenFile } from './broken.ts';
import { encodeWeather } from './weather-bytes.ts';
import { parseWeather } from './parse.ts';
import type { WeatherFormat, WeatherYear } from './series.ts';

export interface ReadWeatherInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly format?: string;
  readonly year?: number;
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
    readonly wind_speed_mean_m_s: number;
  };
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
      wind_speed_mean_m_s: sum(year.windSpeedMPerS) / n,
    },
    data: encodeWeather(year),
  };
}

export const WEATHER_TASKS = { readWeather } as const;
