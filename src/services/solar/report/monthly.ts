/** Months of a plant's hourly series. */
import type { Series } from '../../reports/report-job.ts';

export interface Monthly {
  readonly ghi: number[];
  readonly dni: number[];
  readonly dhi: number[];
  /** On the front of the modules before any shade, to which performance ratios refer */
  readonly poa: number[];
  /** After shade, soiling and reflection; null for series of earlier versions, which do not have it */
  readonly effective: number[] | null;
  /** At the inverters' input [kWh] */
  readonly arrayKwh: number[];
  readonly energyKwh: number[];
  readonly tempC: number[];
  /** [12][24] mean AC power by local standard time [kW] */
  readonly byHourKw: number[][];
}

/** Returns the means over the years of what the hourly series hold; months by local standard time. */
export function monthlyOf(hourly: readonly Series[]): Monthly | null {
  if (hourly.length === 0) return null;
  const zeros = (): number[] => new Array(12).fill(0);
  const [ghi, dni, dhi, poa, effective, arrayKwh, energyKwh, tempC, counts] = Array.from({ length: 9 }, zeros);
  const byHourKw = Array.from({ length: 12 }, () => new Array<number>(24).fill(0));
  const hourCounts = Array.from({ length: 12 }, () => new Array<number>(24).fill(0));
  for (const { columns, meta } of hourly) {
    const { step_minutes: stepMinutes = 60, utc_offset_h: offsetH = 0 } = meta as {
      step_minutes?: number;
      utc_offset_h?: number;
    };
    const hours = stepMinutes / 60;
    // Jobs before 0.1.0 stored the shaded irradiance only.
    const { time_ms: time, poa_unshaded_w_m2: poaWm2 = columns.poa_w_m2, poa_effective_w_m2: effectiveWm2 } = columns;
    for (let i = 0; i < time.length; i++) {
      const local = new Date(time[i] + offsetH * 3.6e6);
      const month = local.getUTCMonth();
      const hour = local.getUTCHours();
      ghi[month] += (columns.ghi_w_m2[i] * hours) / 1000;
      dni[month] += (columns.dni_w_m2[i] * hours) / 1000;
      dhi[month] += (columns.dhi_w_m2[i] * hours) / 1000;
      poa[month] += (poaWm2[i] * hours) / 1000;
      effective[month] += ((effectiveWm2?.[i] ?? 0) * hours) / 1000;
      arrayKwh[month] += columns.dc_kw[i] * hours;
      energyKwh[month] += columns.ac_kw[i] * hours;
      tempC[month] += columns.temp_air_c[i];
      counts[month]++;
      byHourKw[month][hour] += columns.ac_kw[i];
      hourCounts[month][hour]++;
    }
  }
  const years = hourly.length;
  const perYear = (values: number[]): number[] => values.map((value) => value / years);
  return {
    ghi: perYear(ghi),
    dni: perYear(dni),
    dhi: perYear(dhi),
    poa: perYear(poa),
    effective: hourly.every(({ columns }) => 'poa_effective_w_m2' in columns) ? perYear(effective) : null,
    arrayKwh: perYear(arrayKwh),
    energyKwh: perYear(energyKwh),
    tempC: tempC.map((value, month) => value / Math.max(counts[month], 1)),
    byHourKw: byHourKw.map((row, month) => row.map((value, hour) => value / Math.max(hourCounts[month][hour], 1))),
  };
}

export const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
