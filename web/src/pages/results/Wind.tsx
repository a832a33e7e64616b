import { Stack } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { JobOf } from '../../../../src/client/index.ts';
import { Chart } from '../../components/Chart.tsx';
import { waterfall } from '../../components/charts.ts';
import { ExceedanceTable } from '../../components/ExceedanceTable.tsx';
import { Figures } from '../../components/Figures.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { useTerm } from '../../components/terms.ts';

type WindJob = JobOf<'wind-analyze'> | JobOf<'wind-optimize'>;

/** The yield that a job has: of the analysis, or of the best layout. */
function yieldOf(job: WindJob) {
  if (job.kind === 'wind-optimize') return job.result?.best ?? undefined;
  return job.result?.is_complete ? job.result : undefined;
}

/** The yield of a wind farm: main figures, turbines on the plane, losses, sectors and exceedance. */
export function WindView({ job }: { readonly job: WindJob }) {
  const t = useTranslations('result');
  const term = useTerm();
  const numbers = useNumbers();
  const { number, energy, power, percent } = numbers;
  const farm = yieldOf(job);
  if (!farm) return null;
  const losses = farm.losses.map(({ name, loss_kwh, remaining_kwh }) => ({
    name: term(name),
    changeKwh: -loss_kwh,
    leftKwh: remaining_kwh,
  }));
  return (
    <Stack>
      <Figures
        figures={[
          [t('energy'), energy(farm.annual_energy_kwh)],
          [term('rated_kw'), power(farm.rated_kw)],
          [term('capacity_factor_pct'), percent(farm.capacity_factor_pct)],
          [term('wake_loss_pct'), percent(farm.wake_loss_pct, 2)],
        ]}
      />
      <Chart
        title={term('layout')}
        height={420}
        option={{
          tooltip: { trigger: 'item' },
          xAxis: { type: 'value', name: 'm', scale: true },
          yAxis: { type: 'value', name: 'm', scale: true },
          series: [{ type: 'scatter', symbolSize: 10, data: farm.turbines.map(({ x_m, y_m }) => [x_m, y_m]) }],
        }}
        table={{
          head: ['x [m]', 'y [m]', 'kWh', term('wake_loss_pct')],
          rows: farm.turbines.map(({ x_m, y_m, annual_energy_kwh, wake_loss_pct }) => [
            number(x_m),
            number(y_m),
            number(annual_energy_kwh),
            percent(wake_loss_pct, 2),
          ]),
        }}
      />
      <Chart
        title={t('waterfall')}
        height={320}
        {...waterfall(farm.annual_gross_energy_kwh, losses, [term('annual_gross_energy_kwh'), t('energy')], numbers)}
      />
      <ExceedanceTable exceedance={farm.exceedance} />
    </Stack>
  );
}
