/** Options of the charts that several pages share: what to draw, and the same numbers as a table. */
import type { Exceedance, Series } from '../../../src/client/index.ts';
import type { ChartTable } from './Chart.tsx';
import type { Numbers } from './numbers.ts';

interface Drawn {
  readonly option: Readonly<Record<string, unknown>>;
  readonly table: ChartTable;
}

export function monthlyEnergy(kwh: readonly number[], { months, number }: Numbers, month: string): Drawn {
  return {
    option: {
      xAxis: { type: 'category', data: months },
      yAxis: { type: 'value', name: 'kWh' },
      series: [{ type: 'bar', name: 'kWh', data: kwh }],
    },
    table: { head: [month, 'kWh'], rows: months.map((name, k) => [name, number(kwh[k])]) },
  };
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/**
 * Mean power [kW] of each hour of a day as a map of the year, and by month as a table, in standard time.
 * @param names of the two axes
 */
export function powerByHour(
  { columns, utc_offset_h = 0 }: Series,
  { months, number, significant }: Numbers,
  [day, hour]: readonly [string, string],
): Drawn {
  const cells = new Map<string, { sum: number; n: number }>();
  const byMonth = months.map(() => Array.from({ length: DAY_HOURS }, () => ({ sum: 0, n: 0 })));
  columns.time.forEach((time, i) => {
    const power = columns.ac_kw[i];
    if (typeof power !== 'number') return;
    const local = new Date(Date.parse(String(time)) + utc_offset_h * HOUR_MS);
    const key = `${local.toISOString().slice(0, 10)} ${local.getUTCHours()}`;
    const cell = cells.get(key) ?? { sum: 0, n: 0 };
    cells.set(key, cell);
    for (const mean of [cell, byMonth[local.getUTCMonth()][local.getUTCHours()]]) {
      mean.sum += power;
      mean.n++;
    }
  });
  const points = [...cells].map(([key, { sum, n }]) => {
    const [date, hours] = key.split(' ');
    return [date, Number(hours), sum / n] as const;
  });
  const hours = Array.from({ length: DAY_HOURS }, (_, k) => String(k));
  return {
    option: {
      tooltip: { trigger: 'item' },
      grid: { left: 28, right: 90, top: 16, bottom: 28, containLabel: true },
      xAxis: {
        type: 'category',
        name: day,
        nameLocation: 'middle',
        nameGap: 24,
        data: [...new Set(points.map(([date]) => date))],
        // The months of typical years come from several years.
        axisTick: { show: false },
        axisLabel: {
          interval: (_: number, date: string) => date.endsWith('-15'),
          formatter: (date: string) => months[Number(date.slice(5, 7)) - 1],
        },
      },
      yAxis: {
        type: 'category',
        name: hour,
        nameLocation: 'middle',
        nameGap: 28,
        data: hours,
        axisLabel: { interval: 5 },
      },
      visualMap: {
        min: 0,
        max: points.reduce((most, [, , power]) => Math.max(most, power), 0),
        calculable: true,
        orient: 'vertical',
        right: 0,
        top: 'middle',
        text: ['kW', ''],
        formatter: (value: number) => significant(value, 3),
        inRange: { color: ['#0b1d51', '#1c7ed6', '#ffd43b', '#ffffff'] },
      },
      series: [{ type: 'heatmap', progressive: 0, data: points }],
    },
    table: {
      head: ['kW', ...hours],
      rows: byMonth.map((of, k) => [months[k], ...of.map(({ sum, n }) => (n === 0 ? '–' : number(sum / n, 1)))]),
    },
  };
}

export interface WaterfallStep {
  readonly name: string;
  readonly changeKwh: number;
  readonly leftKwh: number;
}

/** A waterfall: each step floats between the energy before and after it. @param names of the start and the end */
export function waterfall(
  startKwh: number,
  all: readonly WaterfallStep[],
  [start, end]: readonly [string, string],
  { number, percent }: Numbers,
): Drawn {
  // Effects that the plant does not have would fill the figure with zeros.
  const steps = all.filter(({ changeKwh }) => Math.abs(changeKwh) > 1e-6 * startKwh);
  const endKwh = steps.at(-1)?.leftKwh ?? startKwh;
  const names = [start, ...steps.map(({ name }) => name), end];
  const floors = [0, ...steps.map(({ leftKwh, changeKwh }) => Math.min(leftKwh, leftKwh - changeKwh)), 0];
  const color = (changeKwh: number): object => ({ color: changeKwh < 0 ? '#e8590c' : '#2b8a3e' });
  return {
    option: {
      tooltip: {},
      xAxis: {
        type: 'value',
        name: 'kWh',
        nameLocation: 'middle',
        nameGap: 24,
        min: ({ min }: { min: number }) => min,
      },
      yAxis: { type: 'category', data: names, inverse: true },
      series: [
        {
          type: 'bar',
          stack: 'energy',
          silent: true,
          itemStyle: { color: 'transparent' },
          data: floors,
          tooltip: { show: false },
        },
        {
          type: 'bar',
          stack: 'energy',
          data: [
            { value: startKwh },
            ...steps.map(({ changeKwh }) => ({ value: Math.abs(changeKwh), itemStyle: color(changeKwh) })),
            { value: endKwh },
          ],
        },
      ],
    },
    table: {
      head: ['', 'kWh', '%'],
      rows: [
        [start, number(startKwh), ''],
        ...steps.map(({ name, changeKwh, leftKwh }) => [
          name,
          number(changeKwh),
          percent((100 * changeKwh) / (leftKwh - changeKwh), 2),
        ]),
        [end, number(endKwh), ''],
      ],
    },
  };
}

/** Rows of P50 to P99; one row for each period that the result has. */
export function exceedanceRows(
  exceedance: Exceedance,
  { number }: Numbers,
  nameOf: (period: 'one_year' | 'ten_years' | 'twenty_years') => string,
): ChartTable {
  return {
    head: ['', 'P50 [kWh]', 'P75 [kWh]', 'P90 [kWh]', 'P99 [kWh]'],
    rows: (['one_year', 'ten_years', 'twenty_years'] as const).flatMap((period) => {
      const levels = exceedance[period];
      return levels
        ? [
            [
              nameOf(period),
              ...[levels.p50_kwh, levels.p75_kwh, levels.p90_kwh, levels.p99_kwh].map((kwh) => number(kwh)),
            ],
          ]
        : [];
    }),
  };
}
