import { Group, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { IvCurve, TabulatedTurbine } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { type Entry, NumberField } from '../components/Field.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';

const modulePage = getRouteApi('/modules/$id');
const inverterPage = getRouteApi('/inverters/$id');
const turbinePage = getRouteApi('/turbines/$id');

/** The properties of a component and the parameters of its model, by the API's names, which have the units. */
function Properties({ of }: { readonly of: object }) {
  const t = useTranslations('library');
  const { significant } = useNumbers();
  const shown = (value: unknown): string =>
    typeof value === 'number' ? significant(value, 6) : value === null ? '–' : String(value);
  const rows = Object.entries(of).flatMap(([name, value]): [string, string][] => {
    if (value === null || typeof value !== 'object') return [[name, shown(value)]];
    if (Array.isArray(value)) return [];
    return Object.entries(value)
      .filter(([, inner]) => typeof inner !== 'object')
      .map(([inner, number]) => [`${name}.${inner}`, shown(number)]);
  });
  return (
    <DataTable label={t('properties')} head={[t('property'), t('value')]} rows={rows} minWidth={320} hasRowHeads />
  );
}

export function ModulePage() {
  const { id } = modulePage.useParams();
  const t = useTranslations('library');
  const { quantity } = useNumbers();
  const [irradiance, setIrradiance] = useState<Entry>('');
  const [temperature, setTemperature] = useState<Entry>('');
  const query = useQuery({
    queryKey: ['module', id],
    queryFn: () => api.request('GET /v1/modules/{id}', { path: { id } }),
  });
  const conditions = {
    irradiance_w_m2: irradiance === '' ? 1000 : Number(irradiance),
    temp_cell_c: temperature === '' ? 25 : Number(temperature),
  };
  const curve = useQuery({
    queryKey: ['module', id, 'iv', conditions],
    queryFn: () => api.request('GET /v1/modules/{id}/iv-curve', { path: { id }, query: conditions }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={query.data?.name ?? t('parts.modules')}>
      <Group>
        <NumberField
          label={t('irradiance')}
          of="IvCurve.irradiance_w_m2"
          value={irradiance}
          onChange={setIrradiance}
          unit="W/m²"
          empty={quantity(1000, 'W/m²')}
        />
        <NumberField
          label={t('temperature')}
          of="IvCurve.temp_cell_c"
          value={temperature}
          onChange={setTemperature}
          unit="°C"
          empty={quantity(25, '°C')}
        />
      </Group>
      <Loaded query={curve}>{(shown) => <IvChart curve={shown} />}</Loaded>
      <Loaded query={query}>{(shown) => <Properties of={shown} />}</Loaded>
    </Page>
  );
}

function IvChart({ curve }: { readonly curve: IvCurve }) {
  const t = useTranslations('library');
  const { number } = useNumbers();
  const chart = useMemo(
    () => ({
      option: {
        legend: { top: 0 },
        xAxis: { type: 'value', name: 'V', max: Math.ceil(curve.v_oc_v) },
        yAxis: [
          { type: 'value', name: 'A' },
          { type: 'value', name: 'W', splitLine: { show: false } },
        ],
        series: [
          {
            type: 'line',
            showSymbol: false,
            name: t('current'),
            data: curve.points.map(({ voltage_v, current_a }) => [voltage_v, current_a]),
          },
          {
            type: 'line',
            showSymbol: false,
            yAxisIndex: 1,
            name: t('power'),
            data: curve.points.map(({ voltage_v, current_a }) => [voltage_v, voltage_v * current_a]),
          },
        ],
      },
      table: {
        head: ['V', 'A', 'W'],
        rows: curve.points.map(({ voltage_v, current_a }) => [
          number(voltage_v, 2),
          number(current_a, 3),
          number(voltage_v * current_a, 1),
        ]),
      },
    }),
    [curve, t, number],
  );
  return (
    <Chart title={t('ivTitle', { power: number(curve.p_mp_w, 1), voltage: number(curve.v_mp_v, 1) })} {...chart} />
  );
}

export function InverterPage() {
  const { id } = inverterPage.useParams();
  const t = useTranslations('library');
  const query = useQuery({
    queryKey: ['inverter', id],
    queryFn: () => api.request('GET /v1/inverters/{id}', { path: { id } }),
  });
  return (
    <Page title={query.data?.name ?? t('parts.inverters')}>
      <Loaded query={query}>{(shown) => <Properties of={shown} />}</Loaded>
    </Page>
  );
}

export function TurbinePage() {
  const { id } = turbinePage.useParams();
  const t = useTranslations('library');
  const query = useQuery({
    queryKey: ['turbine', id],
    queryFn: () => api.request('GET /v1/wind/turbines/{id}', { path: { id } }),
  });
  return (
    <Page title={query.data?.name ?? t('parts.turbines')}>
      <Loaded query={query}>
        {(turbine) => (
          <Stack>
            {'power_kw' in turbine && <PowerCurve turbine={turbine} />}
            <Properties of={turbine} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function PowerCurve({ turbine }: { readonly turbine: TabulatedTurbine }) {
  const t = useTranslations('library');
  const { number, unit, inUnit } = useNumbers();
  const chart = useMemo(() => {
    const speeds = turbine.wind_speed_m_s.map((mPerS) => inUnit(mPerS, 'm/s'));
    const { power_kw: powers, thrust_coefficient: thrusts } = turbine;
    const line = { type: 'line', showSymbol: false } as const;
    return {
      option: {
        legend: { top: 0 },
        xAxis: { type: 'value', name: unit('m/s') },
        yAxis: [
          { type: 'value', name: 'kW' },
          { type: 'value', name: 'Ct', splitLine: { show: false } },
        ],
        series: [
          { ...line, name: t('power'), data: speeds.map((speed, k) => [speed, powers[k]]) },
          ...(thrusts
            ? [{ ...line, name: t('thrust'), yAxisIndex: 1, data: speeds.map((speed, k) => [speed, thrusts[k]]) }]
            : []),
        ],
      },
      table: {
        head: [unit('m/s'), 'kW', 'Ct'],
        rows: speeds.map((speed, k) => [number(speed, 1), number(powers[k], 1), thrusts ? number(thrusts[k], 3) : '–']),
      },
    };
  }, [turbine, t, number, unit, inUnit]);
  return <Chart title={t('curve')} {...chart} />;
}
