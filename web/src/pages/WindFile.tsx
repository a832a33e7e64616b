import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { MeasuredWind, WindResource } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { RoseChart } from '../components/RoseChart.tsx';
import { Warnings } from '../components/Warnings.tsx';
import { windFileList } from './WindFiles.tsx';

const page = getRouteApi('/wind-files/$id');

/** A file of wind: what it holds, and how good it is. */
export function WindFilePage() {
  const { id } = page.useParams();
  const t = useTranslations('windFiles');
  const query = useQuery({
    queryKey: ['wind-resource', id],
    queryFn: () => api.request('GET /v1/wind/resources/{id}', { path: { id } }),
  });
  return (
    <Page
      title={query.data?.name ?? t('title')}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/wind" {...props} />}>
          {t('use')}
        </Button>
      }
    >
      <Loaded query={query}>{(file) => <FileView file={file} />}</Loaded>
    </Page>
  );
}

function FileView({ file }: { readonly file: WindResource }) {
  const t = useTranslations('windFiles');
  const navigate = useNavigate();
  const { size } = useNumbers();
  const { id, name, format, summary, warnings } = file;
  const { height_m } = summary;
  return (
    <Stack>
      <Warnings warnings={warnings} />
      <Figures
        figures={[
          [t('format'), format],
          [t('height'), height_m === null ? '–' : size(height_m, 'm')],
          ...('n_sectors' in summary ? ([[t('sectors'), String(summary.n_sectors)]] as const) : []),
          ...('n_points' in summary ? ([[t('points'), String(summary.n_points)]] as const) : []),
        ]}
      />
      {'n_records_by_flag' in summary && <Measured wind={summary} />}
      {'frequency' in summary && (
        <RoseChart
          sectors={summary.frequency.map((frequency, k) => ({
            wind_direction_deg: (360 * k) / summary.frequency.length,
            frequency,
            wind_speed_mean_m_s: null,
          }))}
        />
      )}
      <Confirm
        label={t('delete')}
        title={t('deleteTitle', { name })}
        text={t('deleteText')}
        onConfirm={async () => {
          await api.request('DELETE /v1/wind/resources/{id}', { path: { id } });
          await queries.invalidateQueries(windFileList);
          await navigate({ to: '/weather' });
        }}
      />
    </Stack>
  );
}

/** The quality of measurements: coverage, flags, Weibull parameters, shear and turbulence by sector */
function Measured({ wind }: { readonly wind: MeasuredWind }) {
  const t = useTranslations('windFiles');
  const result = useTranslations('result');
  const { number, percent, time, quantity, unit, inUnit } = useNumbers();
  const { months = [], weibull_mle, sectors, shear, turbulence } = wind;
  const cell = (value: number | null | undefined, digits = 2): string =>
    value === null || value === undefined ? '–' : number(value, digits);
  const speed = (mPerS: number | null | undefined) => (typeof mPerS === 'number' ? inUnit(mPerS, 'm/s') : mPerS);
  return (
    <Stack>
      <Figures
        figures={[
          [t('period'), `${time(wind.starts_at)} – ${time(wind.ends_at)}`],
          [t('step'), `${wind.step_minutes} min`],
          [t('recovery'), percent(wind.data_recovery_pct)],
          [t('gaps'), number(wind.n_gaps)],
          [result('meanSpeed'), quantity(wind.wind_speed_mean_m_s, 'm/s', 2)],
          [
            t('weibull'),
            weibull_mle ? `A ${quantity(weibull_mle.scale_m_s, 'm/s', 2)}, k ${cell(weibull_mle.shape)}` : '–',
          ],
          [t('extreme'), wind.extreme_50_year_m_s === null ? '–' : quantity(wind.extreme_50_year_m_s, 'm/s', 1)],
        ]}
      />
      <DataTable
        label={t('flags')}
        head={[t('flag'), t('records')]}
        minWidth={280}
        rows={Object.entries(wind.n_records_by_flag).map(([flag, n]) => [t(`flagNames.${flag as 'ok'}`), number(n)])}
      />
      {months.length > 0 && (
        <Chart
          title={t('coverage')}
          height={220}
          option={{
            xAxis: { type: 'category', data: months.map(({ month }) => month) },
            yAxis: { type: 'value', name: '%', max: 100 },
            series: [{ type: 'bar', name: t('coverage'), data: months.map(({ coverage_pct }) => coverage_pct) }],
          }}
          table={{
            head: [t('month'), '%'],
            rows: months.map(({ month, coverage_pct }) => [month, number(coverage_pct, 1)]),
          }}
        />
      )}
      <RoseChart sectors={sectors} />
      <DataTable
        label={t('bySector')}
        head={[
          result('direction'),
          `${result('meanSpeed')} [${unit('m/s')}]`,
          `A [${unit('m/s')}]`,
          'k',
          t('shear'),
          t('turbulence'),
        ]}
        rows={sectors.map((sector, k) => [
          `${number(sector.wind_direction_deg)}°`,
          cell(speed(sector.wind_speed_mean_m_s)),
          cell(speed(sector.scale_m_s)),
          cell(sector.shape),
          cell(shear?.[k]?.alpha, 3),
          cell(turbulence?.[k]?.turbulence_intensity, 3),
        ])}
      />
    </Stack>
  );
}
