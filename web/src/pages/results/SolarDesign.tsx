import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SolarDesign, SolarDesignResult } from '../../../../src/client/index.ts';
import { Chart } from '../../components/Chart.tsx';
import { ExceedanceTable } from '../../components/ExceedanceTable.tsx';
import { Figures } from '../../components/Figures.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { useTerm } from '../../components/terms.ts';
import type { SolarInput } from '../../solar-rows.ts';
import { RowDrawing } from './RowDrawing.tsx';

/** The best design of a search, the Pareto front to choose another from, and how the search went. */
export function SolarDesignView({ input, result }: { readonly input: SolarInput; readonly result: SolarDesignResult }) {
  const t = useTranslations('result');
  const job = useTranslations('job');
  const term = useTerm();
  const { number, significant } = useNumbers();
  const [picked, setPicked] = useState<number>();
  const { best, pareto, convergence, sensitivity } = result;
  if (!best) return <Text>{t('none')}</Text>;
  const [first, second] = Object.keys(best.objectives);
  const shown: SolarDesign = picked === undefined ? best : pareto[picked];
  return (
    <Stack>
      <DesignView design={shown} isBest={picked === undefined} />
      {second !== undefined && (
        <Chart
          title={t('pareto')}
          onPick={setPicked}
          option={{
            tooltip: { trigger: 'item' },
            xAxis: { type: 'value', name: term(first), nameLocation: 'middle', nameGap: 24, scale: true },
            yAxis: { type: 'value', name: term(second), scale: true },
            series: [
              {
                type: 'scatter',
                symbolSize: 9,
                data: pareto.map(({ objectives }) => [objectives[first], objectives[second]]),
              },
              {
                type: 'scatter',
                symbolSize: 14,
                silent: true,
                itemStyle: { color: '#e8590c' },
                data: [[shown.objectives[first], shown.objectives[second]]],
              },
            ],
          }}
          table={{
            head: [term(first), term(second), ...Object.keys(best.values).map(term)],
            rows: pareto.map(({ objectives, values }) => [
              significant(objectives[first]),
              significant(objectives[second]),
              ...Object.values(values).map((value) => (typeof value === 'number' ? significant(value) : value)),
            ]),
          }}
        />
      )}
      <RowDrawing input={input} result={result} design={shown} />
      <ExceedanceTable exceedance={shown.exceedance} />
      <Chart
        title={t('convergence')}
        height={220}
        option={{
          xAxis: { type: 'value', name: job('evaluations'), nameLocation: 'middle', nameGap: 24 },
          yAxis: { type: 'value', name: term(first), scale: true },
          series: [
            {
              type: 'line',
              step: 'end',
              showSymbol: false,
              data: convergence.map(({ n_evaluations, best_value }) => [n_evaluations, best_value]),
            },
          ],
        }}
        table={{
          head: [job('iteration'), job('evaluations'), term(first)],
          rows: convergence.map(({ iteration, n_evaluations, best_value }) => [
            number(iteration),
            number(n_evaluations),
            significant(best_value),
          ]),
        }}
      />
      {sensitivity.length > 0 && (
        <Chart
          title={t('sensitivity')}
          option={{
            xAxis: { type: 'value', name: term(first), nameLocation: 'middle', nameGap: 24, scale: true },
            yAxis: {
              type: 'category',
              data: sensitivity.map(({ name, value }) => `${term(name)} ${significant(value, 3)}`),
            },
            series: [
              {
                type: 'scatter',
                data: sensitivity.map(({ objectives }, k) => [objectives[first], k]),
                markLine: {
                  symbol: 'none',
                  precision: 10,
                  label: { show: false },
                  data: [{ xAxis: best.objectives[first] }],
                },
              },
            ],
          }}
          table={{
            head: ['', '', term(first)],
            rows: sensitivity.map(({ name, value, objectives }) => [
              term(name),
              significant(value),
              significant(objectives[first]),
            ]),
          }}
        />
      )}
    </Stack>
  );
}

function DesignView({ design, isBest }: { readonly design: SolarDesign; readonly isBest: boolean }) {
  const t = useTranslations('result');
  const term = useTerm();
  const { number, significant, energy, power, percent, quantity } = useNumbers();
  const { economics } = design;
  const years = (value: number | null): string => (value === null ? '–' : `${number(value, 1)} a`);
  return (
    <Stack>
      <Title order={2} size="h4">
        {isBest ? t('best') : t('values')}
      </Title>
      <Figures
        figures={[
          ...Object.entries(design.values).map(
            ([name, value]) => [term(name), typeof value === 'number' ? significant(value) : value] as const,
          ),
          [t('energy'), energy(design.annual_energy_kwh)],
          [t('yield'), `${number(design.specific_yield_kwh_per_kw)} kWh/kW`],
          [t('factor'), percent(design.capacity_factor_dc_pct)],
          [t('dc'), power(design.dc_capacity_kw)],
          [t('ac'), power(design.ac_capacity_kw)],
          [t('land'), quantity(design.land_area_m2 / 10_000, 'ha', 2)],
          [t('lcoe'), `${number(economics.lcoe_real_per_kwh * 1000, 2)} /MWh`],
          [t('npv'), number(economics.npv)],
          [t('irr'), economics.irr === null ? '–' : percent(100 * economics.irr)],
          [t('capital'), number(economics.capital_cost)],
          [t('payback'), years(economics.simple_payback_years)],
        ]}
      />
    </Stack>
  );
}
