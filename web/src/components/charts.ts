/** Options of the charts that several pages share: what to draw, and the same numbers as a table. */
import type { Exceedance } from '../../../src/client/index.ts';
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
      xAxis: { type: 'value', name: 'kWh', min: ({ min }: { min: number }) => min },
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
