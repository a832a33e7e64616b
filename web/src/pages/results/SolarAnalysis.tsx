import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SolarAnalysisResult, SolarSystemResult } from '../../../../src/client/index.ts';
import { api, queries } from '../../api.ts';
import { Chart } from '../../components/Chart.tsx';
import { monthlyEnergy, powerByHour, waterfall } from '../../components/charts.ts';
import { ExceedanceTable } from '../../components/ExceedanceTable.tsx';
import { Figures } from '../../components/Figures.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { useTerm } from '../../components/terms.ts';
import { seriesNamesOf } from '../../queries.ts';
import { Files } from './Files.tsx';

/** The yield of the systems of an analysis, one at a time. */
export function SolarAnalysisView({
  jobId,
  result: { systems, best_index },
}: {
  readonly jobId: string;
  readonly result: SolarAnalysisResult;
}) {
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
      <PowerByHour jobId={jobId} series={`system-${index + 1}`} />
      <Files jobId={jobId} />
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

/** Power of a system by hour and day, in the site's standard time; nothing where the job has stored no series */
function PowerByHour({ jobId, series }: { readonly jobId: string; readonly series: string }) {
  const t = useTranslations('result');
  const numbers = useNumbers();
  const { data } = useQuery({
    queryKey: ['job', jobId, 'series', series],
    queryFn: async () => {
      const names = await queries.ensureQueryData(seriesNamesOf(jobId));
      if (!names.data.includes(series)) return null;
      return api.request('GET /v1/jobs/{id}/series/{name}', {
        path: { id: jobId, name: series },
        query: { columns: 'time,ac_kw' },
      });
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const drawn = useMemo(() => data && powerByHour(data, numbers, [t('day'), t('hour')]), [data, numbers, t]);
  return drawn && <Chart title={t('byHour')} height={300} {...drawn} />;
}
