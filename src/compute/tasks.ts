/** What a compute thread can do. Inputs and results are plain values and typed arrays: they cross a thread's border. */
import type { Control } from '../lib/control.ts';
import { encodeColumns } from '../series/columns.ts';
import type { PreparedSite, PrepareOptions, YearResult } from '../solar/year/simulate.ts';
import { simulateYear, WATERFALL_STEPS } from '../solar/year/simulate.ts';
import type { SolarSystem } from '../solar/system.ts';
import { parseWeather } from '../weather/parse.ts';
import type { WeatherFormat, WeatherYear } from '../weather/series.ts';
import { preparedSite } from '../solar/year/prepared-site.ts';
import { REPORT_TASKS } from '../documents/tasks.ts';
import { SOLAR_DESIGN_TASKS } from '../solar/design/tasks.ts';
import { SOLAR_LIBRARY_TASKS } from '../solar/library/library-tasks.ts';
import { encodeWeather } from '../weather/weather-bytes.ts';
import { WIND_LIBRARY_TASKS } from '../wind/library-tasks.ts';
import { WIND_TASKS } from '../wind/tasks.ts';

export interface ReadWeatherInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly format?: string;
  readonly year?: number;
}

/** A year as it comes from a reader: its header, and the whole as `encodeWeather` wrote it. */
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
  return describeWeather(year);
}

/** A year ready to be stored, with its key figures. */
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

export interface SolarYearsInput {
  /** Years by id; `data` as stored. A thread remembers the last few. */
  readonly weather: readonly { readonly id: string; readonly data: Uint8Array }[];
  readonly systems: readonly SolarSystem[];
  readonly options: PrepareOptions;
  /** Units to compute, `first` to before `end`: unit u is system floor(u / years) in year u % years. */
  readonly first: number;
  readonly end: number;
  /** Keep the time series of each unit. */
  readonly series: boolean;
  readonly control: Control;
}

/** Numbers of one unit in `SolarYears.figures`: annual AC, DC, POA, rear POA, twelve months of AC, hours of the year. */
export const FIGURES_PER_UNIT = 17;
/** Numbers of one unit in `SolarYears.waterfall`: the start, then a change for each of WATERFALL_STEPS, NaN where there is none. */
export const WATERFALL_WIDTH = 1 + WATERFALL_STEPS.length;

export interface SolarYears {
  /** Units done, fewer than asked for when stopped. */
  readonly done: number;
  /**
   * [done x FIGURES_PER_UNIT]: AC [kWh], DC [kWh], front and rear POA [kWh/m2], AC of January to December [kWh], hours of the
   * year [h]
   */
  readonly figures: Float64Array;
  /** [done x WATERFALL_WIDTH] [kWh] */
  readonly waterfall: Float64Array;
  /** Encoded columns of each unit, by `series` asked for. */
  readonly series: readonly Uint8Array[];
}

function encodeYear(site: PreparedSite, year: YearResult): Uint8Array {
  const { timeMs, ghiWm2, dniWm2, dhiWm2, tempAirC, windSpeedMPerS, stepMinutes, utcOffsetH } = site.weather;
  return encodeColumns(
    {
      time_ms: timeMs,
      ac_kw: year.acKw,
      dc_kw: year.dcKw,
      poa_w_m2: year.poaWm2,
      cell_temp_c: year.cellTempC,
      ghi_w_m2: ghiWm2,
      dni_w_m2: dniWm2,
      dhi_w_m2: dhiWm2,
      temp_air_c: tempAirC,
      wind_speed_m_s: windSpeedMPerS,
    },
    { step_minutes: stepMinutes, utc_offset_h: utcOffsetH },
  );
}

function solarYears({ weather, systems, options, first, end, series, control }: SolarYearsInput): SolarYears {
  const waterfall = new Float64Array((end - first) * WATERFALL_WIDTH).fill(Number.NaN);
  const figures = new Float64Array((end - first) * FIGURES_PER_UNIT);
  const encoded: Uint8Array[] = [];
  let unit = first;
  for (; unit < end && Atomics.load(control, 0) === 0; unit++) {
    const site = preparedSite(weather[unit % weather.length], options);
    const year = simulateYear(site, systems[Math.floor(unit / weather.length)]);
    const at = (unit - first) * FIGURES_PER_UNIT;
    figures.set([year.acAnnualKwh, year.dcAnnualKwh, year.poaAnnualKwhM2, year.poaBackAnnualKwhM2], at);
    figures.set(year.acMonthlyKwh, at + 4);
    figures[at + 16] = (site.weather.timeMs.length * site.weather.stepMinutes) / 60;
    const start = (unit - first) * WATERFALL_WIDTH;
    waterfall[start] = year.waterfall.startKwh;
    for (const { name, changeKwh } of year.waterfall.steps)
      waterfall[start + 1 + WATERFALL_STEPS.indexOf(name)] = changeKwh;
    if (series) encoded.push(encodeYear(site, year));
    Atomics.add(control, 1, 1);
  }
  const done = unit - first;
  return {
    done,
    figures: figures.slice(0, done * FIGURES_PER_UNIT),
    waterfall: waterfall.slice(0, done * WATERFALL_WIDTH),
    series: encoded,
  };
}

export const TASKS = {
  readWeather,
  solarYears,
  ...SOLAR_DESIGN_TASKS,
  ...SOLAR_LIBRARY_TASKS,
  ...WIND_LIBRARY_TASKS,
  ...WIND_TASKS,
  ...REPORT_TASKS,
} as const;
export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
