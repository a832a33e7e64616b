import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Weather, WeatherQuality } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { Fault } from '../components/Fault.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Warnings } from '../components/Warnings.tsx';
import { weatherList } from '../samples.ts';

const page = getRouteApi('/weather/$id');

export function WeatherSet() {
  const { id } = page.useParams();
  const t = useTranslations('weather');
  const navigate = useNavigate();
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
      <Loaded query={quality} height={QUALITY_PX}>
        {(shown) => <QualityCharts quality={shown} />}
      </Loaded>
      <Anchor href={`/v1/weather/${id}/quality.svg`} download={`${id}.svg`} size="sm">
        {t('picture')}
      </Anchor>
      {weather.data && <ClearSkyDay place={weather.data} />}
      <Confirm
        label={t('delete')}
        title={t('deleteTitle', { name: weather.data?.name ?? id })}
        text={t('deleteText')}
        onConfirm={async () => {
          await api.request('DELETE /v1/weather/{id}', { path: { id } });
          await queries.invalidateQueries(weatherList);
          await navigate({ to: '/weather' });
        }}
      />
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

/** Height of the charts of a weather's quality */
const QUALITY_PX = 760;

/** A day of clear sky at the place of the weather: where the sun stands and what it gives. */
function ClearSkyDay({ place }: { readonly place: Weather }) {
  const t = useTranslations('weather');
  const { number } = useNumbers();
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const { latitude_deg, longitude_deg, elevation_m, utc_offset_h } = place;
  const startsAt = Date.parse(`${day}T00:00:00Z`) - 3_600_000 * utc_offset_h;
  const query = useQuery({
    queryKey: ['clear-sky', place.id, day],
    queryFn: () =>
      api.request('GET /v1/solar/clear-sky', {
        query: {
          latitude_deg,
          longitude_deg,
          elevation_m,
          starts_at: new Date(startsAt).toISOString(),
          ends_at: new Date(startsAt + 86_400_000).toISOString(),
          step_minutes: 15,
        },
      }),
    enabled: Number.isFinite(startsAt),
    placeholderData: keepPreviousData,
  });
  const chart = useMemo(() => {
    const rows = query.data?.data ?? [];
    const clock = ({ time }: (typeof rows)[number]): string =>
      new Date(Date.parse(time) + 3_600_000 * utc_offset_h).toISOString().slice(11, 16);
    const series = [
      ['GHI', rows.map(({ ghi_w_m2 }) => ghi_w_m2)],
      ['DNI', rows.map(({ dni_w_m2 }) => dni_w_m2)],
      ['DHI', rows.map(({ dhi_w_m2 }) => dhi_w_m2)],
    ] as const;
    return {
      option: {
        legend: { top: 0 },
        xAxis: { type: 'category', data: rows.map(clock) },
        yAxis: { type: 'value', name: 'W/m²' },
        series: series.map(([name, data]) => ({ name, data, type: 'line', showSymbol: false })),
      },
      table: {
        head: ['h', ...series.map(([name]) => `${name} [W/m²]`), t('sunElevation')],
        rows: rows.map((row) => [
          clock(row),
          ...[row.ghi_w_m2, row.dni_w_m2, row.dhi_w_m2].map((value) => (value === null ? '–' : number(value))),
          `${number(90 - row.apparent_zenith_deg, 1)}°`,
        ]),
      },
    };
  }, [query.data, utc_offset_h, t, number]);
  return (
    <Stack gap="xs">
      <TextInput
        type="date"
        label={t('clearDay')}
        value={day}
        onChange={({ currentTarget: { value } }) => setDay(value)}
        maw={220}
      />
      {query.isError && <Fault error={query.error} />}
      <Chart title={t('clearDayTitle', { day })} {...chart} />
    </Stack>
  );
}
