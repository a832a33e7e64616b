/** Simulates years of many systems in a compute thread, one unit after another; a unit is one system in one year. */
import { type Stepwise, stepwiseTask } from '../../lib/stepwise.ts';
import { encodeColumns } from '../../series/columns.ts';
import type { SolarSystem } from '../system.ts';
import { preparedSite } from './prepared-site.ts';
import type { PreparedSite, PrepareOptions, YearResult } from './simulate.ts';
import { simulateYear } from './simulate.ts';
import { WATERFALL_STEPS } from './waterfall.ts';

export interface SolarYearsSpec {
  /** Years by id; `data` as stored. A thread remembers the last few. */
  readonly weather: readonly { readonly id: string; readonly data: Uint8Array }[];
  readonly systems: readonly SolarSystem[];
  readonly options: PrepareOptions;
  /** Whether to keep the time series of each unit. */
  readonly series: boolean;
}

/** Numbers of one unit in `figures`: annual AC, DC, POA, rear POA, twelve months of AC, hours of the year, unshaded POA. */
export const FIGURES_PER_UNIT = 18;
/** Numbers of one system in `waterfall`: the start, then a change for each of WATERFALL_STEPS, NaN where there is none. */
export const WATERFALL_WIDTH = 1 + WATERFALL_STEPS.length;

/** Numbers of one subarray in one year in `subarrays`: AC and DC energy, front POA before and after shade, rear POA. */
export const FIGURES_PER_SUBARRAY = 5;

/** Returns where the figures of a system's subarrays in a year begin in `subarrays`. */
export const startOfSubarrays = (
  systems: readonly { readonly subarrays?: readonly unknown[] }[],
  years: number,
  system: number,
  year: number,
): number => {
  const count = ({ subarrays = [] }: { readonly subarrays?: readonly unknown[] }): number => subarrays.length;
  const before = systems.slice(0, system).reduce((sum, one) => sum + count(one), 0) * years;
  return (before + year * (system < systems.length ? count(systems[system]) : 0)) * FIGURES_PER_SUBARRAY;
};

export interface SolarYears {
  /** Units done: unit u is system floor(u / years) in year u % years. */
  readonly done: number;
  /** [done x FIGURES_PER_UNIT]: AC [kWh], DC [kWh], front and rear POA [kWh/m2], AC of January to December [kWh], hours of the year [h], front POA before shade [kWh/m2] */
  readonly figures: Float64Array;
  /** [systems x WATERFALL_WIDTH]: of each system the sum of its years, in their order [kWh] */
  readonly waterfall: Float64Array;
  /** Figures of the subarrays of each unit, FIGURES_PER_SUBARRAY each [kWh, kWh/m2] */
  readonly subarrays: Float64Array;
}

function encodeYear(site: PreparedSite, year: YearResult): Uint8Array {
  const { timeMs, ghiWm2, dniWm2, dhiWm2, tempAirC, windSpeedMPerS, stepMinutes, utcOffsetH } = site.weather;
  return encodeColumns(
    {
      time_ms: timeMs,
      ac_kw: year.acKw,
      dc_kw: year.dcKw,
      poa_unshaded_w_m2: year.poaUnshadedWm2,
      poa_w_m2: year.poaWm2,
      poa_effective_w_m2: year.poaEffectiveWm2,
      temp_cell_c: year.cellTempC,
      ghi_w_m2: ghiWm2,
      dni_w_m2: dniWm2,
      dhi_w_m2: dhiWm2,
      temp_air_c: tempAirC,
      wind_speed_m_s: windSpeedMPerS,
      ...Object.fromEntries(
        year.subarrays.flatMap((one, k) => [
          [`subarray_${k + 1}_dc_kw`, one.dcKw],
          [`subarray_${k + 1}_poa_w_m2`, one.poaWm2],
        ]),
      ),
    },
    { step_minutes: stepMinutes, utc_offset_h: utcOffsetH },
  );
}

class SolarYearsRun implements Stepwise<SolarYears, null> {
  readonly #spec: SolarYearsSpec;
  readonly #figures: Float64Array;
  readonly #waterfall: Float64Array;
  readonly #subarrays: Float64Array;
  readonly #series = new Map<string, Uint8Array>();
  #done: number;

  constructor(spec: SolarYearsSpec, state: SolarYears | null) {
    this.#spec = spec;
    this.#done = state?.done ?? 0;
    this.#figures = new Float64Array(this.#units * FIGURES_PER_UNIT);
    this.#subarrays = new Float64Array(this.#startOfSubarrays(this.#units));
    if (state) {
      this.#figures.set(state.figures);
      this.#subarrays.set(state.subarrays);
    }
    this.#waterfall =
      state?.waterfall.slice() ?? new Float64Array(spec.systems.length * WATERFALL_WIDTH).fill(Number.NaN);
  }

  #startOfSubarrays(unit: number): number {
    const { systems, weather } = this.#spec;
    return startOfSubarrays(systems, weather.length, Math.floor(unit / weather.length), unit % weather.length);
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
    this.#figures[at + 17] = year.poaUnshadedAnnualKwhM2;
    this.#figures[at + 16] = (site.weather.timeMs.length * site.weather.stepMinutes) / 60;
    year.subarrays.forEach((one, k) => {
      const { acAnnualKwh, dcAnnualKwh, poaUnshadedAnnualKwhM2, poaAnnualKwhM2, poaBackAnnualKwhM2 } = one;
      this.#subarrays.set(
        [acAnnualKwh, dcAnnualKwh, poaUnshadedAnnualKwhM2, poaAnnualKwhM2, poaBackAnnualKwhM2],
        this.#startOfSubarrays(this.#done) + k * FIGURES_PER_SUBARRAY,
      );
    });
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
    return {
      done,
      figures: this.#figures.slice(0, done * FIGURES_PER_UNIT),
      waterfall: this.#waterfall,
      subarrays: this.#subarrays.slice(0, this.#startOfSubarrays(done)),
    };
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
