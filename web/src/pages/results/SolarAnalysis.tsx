import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SolarAnalysisResult, SolarSystemResult } from '../../../../src/client/index.ts';
import { Chart } from '../../components/Chart.tsx';
import { monthlyEnergy, waterfall } from '../../components/charts.ts';
import { ExceedanceTable } from '../../components/ExceedanceTable.tsx';
import { Figures } from '../../components/Figures.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { useTerm } from '../../components/terms.ts';

/** The yield of the systems of an analysis, one at a time. */
export function SolarAnalysisView({ result: { systems, best_index } }: { readonly result: SolarAnalysisResult }) {
  const t = useTranslations('result');
  const [index, setIndex] = useState(best_index ?? 0);
  const system = systems[index];
  if (!system) return null;
  return (
    <Stack>
      {systems.length > 1 && (
        <Select
          label={t('best')}
          value={String(index)}
          onChange={(chosen) => setIndex(Number(chosen ?? 0))}
          data={systems.map(({ system: { name } }, k) => ({
            value: String(k),
            label: `${k + 1}${name ? `: ${name}` : ''}`,
          }))}
          allowDeselect={false}
          maw={420}
        />
      )}
      <SystemView system={system} />
    </Stack>
  );
}

function SystemView({ system }: { readonly system: SolarSystemResult }) {
  const t = useTranslations('result');
  const common = useTranslations('common');
  const term = useTerm();
  const numbers = useNumbers();
  const { number, energy, percent } = numbers;
  const steps = system.waterfall.steps.map(({ name, change_kwh, remaining_kwh }) => ({
    name: term(name),
    changeKwh: change_kwh,
    leftKwh: remaining_kwh,
  }));
  return (
    <Stack>
      <Figures
        figures={[
          [t('energy'), energy(system.annual_energy_kwh)],
          [t('yield'), `${number(system.specific_yield_kwh_per_kw)} kWh/kW`],
          [t('factor'), percent(system.capacity_factor_dc_pct)],
          [t('ratio'), number(system.performance_ratio, 3)],
        ]}
      />
      <Chart title={t('monthly')} {...monthlyEnergy(system.monthly_energy_kwh, numbers, common('month'))} />
      <Chart
        title={t('waterfall')}
        height={420}
        {...waterfall(system.waterfall.start_kwh, steps, ['GHI', t('energy')], numbers)}
      />
      <ExceedanceTable exceedance={system.exceedance} />
    </Stack>
  );
}
