/** Simulates years of many systems in a compute thread, one unit after another; a unit is one system in one year. */
import { type Stepwise, stepwiseTask } from '../../lib/stepwise.ts';
import { encodeColumns } from '../../series/columns.ts';
import type { SolarSystem } from '../system.ts';
import { preparedSite } from './prepared-site.ts';
import type { PreparedSite, PrepareOptions, YearResult } from './simulate.ts';
import { simulateYear, WATERFALL_STEPS } from './simulate.ts';

export interface SolarYearsSpec {
  /** Years by id; `data` as stored. A thread remembers the last few. */
  readonly weather: readonly { readonly id: string; readonly data: Uint8Array }[];
  readonly systems: readonly SolarSystem[];
  readonly options: PrepareOptions;
  /** Whether to keep the time series of each unit. */
  readonly series: boolean;
}

/** Numbers of one unit in `figures`: annual AC, DC, POA, rear POA, twelve months of AC, hours of the year. */
export const FIGURES_PER_UNIT = 17;
/** Numbers of one system in `waterfall`: the start, then a change for each of WATERFALL_STEPS, NaN where there is none. */
export const WATERFALL_WIDTH = 1 + WATERFALL_STEPS.length;

export interface SolarYears {
  /** Units done: unit u is system floor(u / years) in year u % years. */
  readonly done: number;
  /** [done x FIGURES_PER_UNIT]: AC [kWh], DC [kWh], front and rear POA [kWh/m2], AC of January to December [kWh], hours of the year [h] */
  readonly figures: Float64Array;
  /** [systems x WATERFALL_WIDTH]: of each system the sum of its years, in their order [kWh] */
  readonly waterfall: Float64Array;
}

function encodeYear(site: PreparedSite, year: YearResult): Uint8Array {
  const { timeMs, ghiWm2, dniWm2, dhiWm2, tempAirC, windSpeedMPerS, stepMinutes, utcOffsetH } = site.weather;
  return encodeColumns(
    {
      time_ms: timeMs,
      ac_kw: year.acKw,
      dc_kw: year.dcKw,
      poa_w_m2: year.poaWm2,
      temp_cell_c: year.cellTempC,
      ghi_w_m2: ghiWm2,
      dni_w_m2: dniWm2,
      dhi_w_m2: dhiWm2,
      temp_air_c: tempAirC,
      wind_speed_m_s: windSpeedMPerS,
    },
    { step_minutes: stepMinutes, utc_offset_h: utcOffsetH },
  );
}

class SolarYearsRun implements Stepwise<SolarYears, null> {
  readonly #spec: SolarYearsSpec;
  readonly #figures: Float64Array;
  readonly #waterfall: Float64Array;
  readonly #series = new Map<string, Uint8Array>();
  #done: number;

  constructor(spec: SolarYearsSpec, state: SolarYears | null) {
    this.#spec = spec;
    this.#done = state?.done ?? 0;
    this.#figures = new Float64Array(this.#units * FIGURES_PER_UNIT);
    if (state) this.#figures.set(state.figures);
    this.#waterfall =
      state?.waterfall.slice() ?? new Float64Array(spec.systems.length * WATERFALL_WIDTH).fill(Number.NaN);
  }

  get #units(): number {
    return this.#spec.systems.length * this.#spec.weather.length;
  }

  get done(): boolean {
    return this.#done === this.#units;
  }

  get progress(): number {
    return this.#done / this.#units;
  }

  step(): void {
    const { weather, systems, options, series } = this.#spec;
    const [index, nth] = [Math.floor(this.#done / weather.length), this.#done % weather.length];
    const site = preparedSite(weather[nth], options);
    const year = simulateYear(site, systems[index]);
    const at = this.#done * FIGURES_PER_UNIT;
    this.#figures.set([year.acAnnualKwh, year.dcAnnualKwh, year.poaAnnualKwhM2, year.poaBackAnnualKwhM2], at);
    this.#figures.set(year.acMonthlyKwh, at + 4);
    this.#figures[at + 16] = (site.weather.timeMs.length * site.weather.stepMinutes) / 60;
    const start = index * WATERFALL_WIDTH;
    this.#add(start, year.waterfall.startKwh);
    for (const { name, changeKwh } of year.waterfall.steps)
      this.#add(start + 1 + WATERFALL_STEPS.indexOf(name), changeKwh);
    if (series) {
      const name = `system-${index + 1}${weather.length > 1 ? `-year-${nth + 1}` : ''}`;
      this.#series.set(name, encodeYear(site, year));
    }
    this.#done++;
  }

  #add(at: number, kwh: number): void {
    const sum = this.#waterfall[at];
    if (!Number.isNaN(kwh)) this.#waterfall[at] = Number.isNaN(sum) ? kwh : sum + kwh;
  }

  state(): SolarYears {
    const done = this.#done;
    return { done, figures: this.#figures.slice(0, done * FIGURES_PER_UNIT), waterfall: this.#waterfall };
  }

  result(): null {
    return null;
  }

  series(): ReadonlyMap<string, Uint8Array> {
    return this.#series;
  }
}

export const SOLAR_YEAR_TASKS = {
  solarYears: stepwiseTask((spec: SolarYearsSpec, state: SolarYears | null) => new SolarYearsRun(spec, state)),
} as const;
