import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { WeatherQuality } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Warnings } from '../components/Warnings.tsx';

const page = getRouteApi('/weather/$id');

export function WeatherSet() {
  const { id } = page.useParams();
  const t = useTranslations('weather');
  const { number, percent } = useNumbers();
  const weather = useQuery({
    queryKey: ['weather', id],
    queryFn: () => api.request('GET /v1/weather/{id}', { path: { id } }),
  });
  const quality = useQuery({
    queryKey: ['weather', id, 'quality'],
    queryFn: () => api.request('GET /v1/weather/{id}/quality', { path: { id } }),
  });
  return (
    <Page
      title={weather.data?.name ?? t('title')}
      actions={
        <Button renderRoot={(props) => <Link to="/solar" search={{ weather: id }} {...props} />}>{t('design')}</Button>
      }
    >
      <Loaded query={weather}>
        {({ warnings, latitude_deg, longitude_deg, format, step_minutes, summary }) => (
          <Stack>
            <Warnings warnings={warnings} />
            <Figures
              figures={[
                [t('place'), `${number(latitude_deg, 3)}°, ${number(longitude_deg, 3)}°`],
                [t('ghi'), `${number(summary.ghi_annual_kwh_m2)} kWh/m²`],
                [t('format'), format],
                [t('step'), `${step_minutes} min`],
                ...(quality.data
                  ? ([
                      [t('closure'), quality.data.closure_pct === null ? '–' : percent(quality.data.closure_pct, 2)],
                      [t('gaps'), percent(quality.data.missing_pct, 2)],
                    ] as const)
                  : []),
              ]}
            />
          </Stack>
        )}
      </Loaded>
      <Loaded query={quality}>{(shown) => <QualityCharts quality={shown} />}</Loaded>
    </Page>
  );
}

function QualityCharts({ quality }: { readonly quality: WeatherQuality }) {
  const t = useTranslations('weather');
  const common = useTranslations('common');
  const { number, months } = useNumbers();
  const monthly = useMemo(() => {
    const series = [
      ['GHI', quality.monthly_ghi_kwh_m2],
      ['DNI', quality.monthly_dni_kwh_m2],
      ['DHI', quality.monthly_dhi_kwh_m2],
      [t('clearSky'), quality.monthly_clear_sky_ghi_kwh_m2],
    ] as const;
    return {
      option: {
        legend: { top: 0 },
        xAxis: { type: 'category', data: months },
        yAxis: { type: 'value', name: 'kWh/m²' },
        series: series.map(([name, data], k) => ({ name, data, type: k < 3 ? 'bar' : 'line' })),
      },
      table: {
        head: [common('month'), ...series.map(([name]) => `${name} [kWh/m²]`)],
        rows: months.map((month, k) => [month, ...series.map(([, data]) => number(data[k], 1))]),
      },
    };
  }, [quality, months, t, common, number]);
  const day = useMemo(() => {
    const { ghi_w_m2, closed_ghi_w_m2, clear_sky_ghi_w_m2 } = quality.mean_day;
    const series = [
      [t('measured'), ghi_w_m2],
      [t('closed'), closed_ghi_w_m2],
      [t('clearSky'), clear_sky_ghi_w_m2],
    ] as const;
    return {
      option: {
        legend: { top: 0 },
        xAxis: { type: 'category', data: ghi_w_m2.map((_, hour) => `${hour}:00`) },
        yAxis: { type: 'value', name: 'W/m²' },
        series: series.map(([name, data]) => ({ name, data, type: 'line', showSymbol: false })),
      },
      table: {
        head: ['h', ...series.map(([name]) => `${name} [W/m²]`)],
        rows: ghi_w_m2.map((_, hour) => [`${hour}:00`, ...series.map(([, data]) => number(data[hour]))]),
      },
    };
  }, [quality, t, number]);
  return (
    <Stack>
      <Chart title={t('monthly')} {...monthly} />
      <Chart title={t('day')} {...day} />
      <Text size="sm">{t('dayHint')}</Text>
    </Stack>
  );
}
