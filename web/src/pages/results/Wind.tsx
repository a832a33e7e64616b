import { Select, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BestLayout, CompleteWindAnalysis, Economics, JobOf } from '../../../../src/client/index.ts';
import { Chart } from '../../components/Chart.tsx';
import { waterfall } from '../../components/charts.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { ExceedanceTable } from '../../components/ExceedanceTable.tsx';
import { Figures } from '../../components/Figures.tsx';
import { type MapContent, type Position, SiteMap } from '../../components/Map.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { RoseChart } from '../../components/RoseChart.tsx';
import { useTerm } from '../../components/terms.ts';
import { requestOfJob } from '../../engine/request.ts';
import { useFarmEnergy } from '../../engine/use-farm-energy.ts';
import { Files } from './Files.tsx';
import { Wakes } from './Wakes.tsx';

type WindJob = JobOf<'wind-analyze'> | JobOf<'wind-optimize'>;
type Farm = BestLayout | CompleteWindAnalysis;

/** The yield that a job has: of the analysis, or of the best layout. */
function yieldOf(job: WindJob): Farm | undefined {
  if (job.kind === 'wind-optimize') return job.result?.best ?? undefined;
  return job.result?.is_complete ? job.result : undefined;
}

/** Positions of a layout that has a place on the globe */
export function positionsOf(layout: {
  readonly longitude_deg?: readonly number[];
  readonly latitude_deg?: readonly number[];
}): Position[] | undefined {
  const { longitude_deg, latitude_deg } = layout;
  return longitude_deg && latitude_deg && longitude_deg.map((longitude, k) => [longitude, latitude_deg[k]] as const);
}

/** The areas of a search, as far as they have a place on the globe. */
export function areasOf(input: object): MapContent {
  const { boundary, exclusions } = input as {
    readonly boundary?: MapContent['boundary'];
    readonly exclusions?: MapContent['exclusions'];
  };
  const onGlobe = (area: MapContent['boundary']) => (area && area.unit !== 'm' ? area : undefined);
  return { boundary: onGlobe(boundary), exclusions: onGlobe(exclusions) };
}

/** The yield of a wind farm: main figures, layout, losses, sectors, turbines, money and files. */
export function WindView({ job }: { readonly job: WindJob }) {
  const farm = yieldOf(job);
  const t = useTranslations('result');
  const { energy } = useNumbers();
  const request = useMemo(() => requestOfJob(job), [job]);
  const live = useFarmEnergy(request);
  const content = useMemo((): MapContent | undefined => {
    const turbines = farm && positionsOf(farm.layout);
    if (!turbines) return undefined;
    const worst = Math.max(...farm.turbines.map(({ wake_loss_pct }) => wake_loss_pct), 1e-9);
    return { ...areasOf(job.input), turbines, shades: farm.turbines.map(({ wake_loss_pct }) => wake_loss_pct / worst) };
  }, [job, farm]);
  if (!farm) return null;
  return (
    <Stack>
      <MainFigures farm={farm} />
      {live.data && <Text size="sm">{t('browser', { energy: energy(live.data.annualEnergyKwh) })}</Text>}
      <Layout content={content} farm={farm} />
      {request && content && <Wakes request={request} content={content} />}
      <Losses farm={farm} />
      <ExceedanceTable exceedance={farm.exceedance} />
      <RoseChart sectors={farm.sectors} />
      <Sectors farm={farm} />
      <Turbines farm={farm} />
      {farm.economics && <Money economics={farm.economics} />}
      {farm.curtailment && <CurtailmentTable curtailment={farm.curtailment} />}
      {'wake_steering' in farm && farm.wake_steering && <Steering steering={farm.wake_steering} />}
      {job.kind === 'wind-optimize' && job.result && <Search result={job.result} />}
      {'flow_maps' in farm && <FlowMaps jobId={job.id} maps={farm.flow_maps} />}
      <Files
        jobId={job.id}
        others={[
          ['layout.svg', `/v1/wind/jobs/${job.id}/layout.svg`],
          ['wind-rose.svg', `/v1/wind/jobs/${job.id}/wind-rose.svg`],
          ['windio.yaml', `/v1/wind/jobs/${job.id}/windio`],
        ]}
      />
    </Stack>
  );
}

function MainFigures({ farm }: { readonly farm: Farm }) {
  const t = useTranslations('result');
  const { number, energy, power, percent, quantity } = useNumbers();
  return (
    <Figures
      figures={[
        [t('energy'), energy(farm.annual_energy_kwh)],
        [t('rated'), power(farm.rated_kw)],
        [t('capacityFactor'), percent(farm.capacity_factor_pct)],
        [t('wakeLoss'), percent(farm.wake_loss_pct, 2)],
        [t('fullLoad'), `${number(farm.full_load_hours)} h`],
        [t('turbines'), number(farm.turbines.length)],
        ...('area_km2' in farm
          ? ([
              [t('cables'), quantity(farm.cable_length_m / 1000, 'km', 1)],
              [t('area'), quantity(farm.area_km2, 'km²', 1)],
            ] as const)
          : []),
      ]}
    />
  );
}

/** The turbines in the colours of their wake losses: on the map, or on the plane if it has no place on the globe. */
function Layout({ content, farm }: { readonly content: MapContent | undefined; readonly farm: Farm }) {
  const t = useTranslations('result');
  const { number, percent, unit, inUnit } = useNumbers();
  const table = {
    head: [`x [${unit('m')}]`, `y [${unit('m')}]`, `${t('energy')} [kWh]`, t('wakeLoss')],
    rows: farm.turbines.map(({ x_m, y_m, annual_energy_kwh, wake_loss_pct }) => [
      number(inUnit(x_m, 'm')),
      number(inUnit(y_m, 'm')),
      number(annual_energy_kwh),
      percent(wake_loss_pct, 2),
    ]),
  };
  if (!content)
    return (
      <Chart
        title={t('layout')}
        height={420}
        option={{
          tooltip: { trigger: 'item' },
          xAxis: { type: 'value', name: unit('m'), scale: true },
          yAxis: { type: 'value', name: unit('m'), scale: true },
          series: [
            {
              type: 'scatter',
              symbolSize: 10,
              data: farm.turbines.map(({ x_m, y_m }) => [inUnit(x_m, 'm'), inUnit(y_m, 'm')]),
            },
          ],
        }}
        table={table}
      />
    );
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('layout')}
      </Title>
      <SiteMap label={t('layout')} content={content} height={420} />
      <Text size="sm">{t('shades')}</Text>
      <details>
        <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
          {t('positions')}
        </Text>
        <DataTable label={t('layout')} {...table} maxHeight={320} />
      </details>
    </Stack>
  );
}

function Losses({ farm }: { readonly farm: Farm }) {
  const t = useTranslations('result');
  const term = useTerm();
  const numbers = useNumbers();
  const losses = farm.losses.map(({ name, loss_kwh, remaining_kwh }) => ({
    name: name === 'wake' ? t('wakeLoss') : term(name),
    changeKwh: -loss_kwh,
    leftKwh: remaining_kwh,
  }));
  return (
    <Chart
      title={t('losses')}
      height={320}
      {...waterfall(farm.annual_gross_energy_kwh, losses, [t('gross'), t('energy')], numbers)}
    />
  );
}

function Sectors({ farm: { sectors } }: { readonly farm: Farm }) {
  const t = useTranslations('result');
  const term = useTerm();
  const { number, percent } = useNumbers();
  const names = sectors.map(({ wind_direction_deg }) => `${number(wind_direction_deg)}°`);
  const loss = t('wakeLoss');
  return (
    <Chart
      title={t('sectorLosses')}
      option={{
        legend: { top: 0 },
        xAxis: { type: 'category', data: names },
        yAxis: [
          { type: 'value', name: 'kWh' },
          { type: 'value', name: '%', splitLine: { show: false } },
        ],
        series: [
          { type: 'bar', name: t('energy'), data: sectors.map((sector) => sector.annual_energy_with_wakes_kwh) },
          { type: 'line', name: loss, yAxisIndex: 1, data: sectors.map(({ wake_loss_pct }) => wake_loss_pct) },
        ],
      }}
      table={{
        head: [t('direction'), `${term('annual_energy_with_wakes_kwh')} [kWh]`, loss],
        rows: sectors.map(({ annual_energy_with_wakes_kwh, wake_loss_pct }, k) => [
          names[k],
          number(annual_energy_with_wakes_kwh),
          percent(wake_loss_pct, 2),
        ]),
      }}
    />
  );
}

function Turbines({ farm: { turbines } }: { readonly farm: Farm }) {
  const t = useTranslations('result');
  const { number, percent } = useNumbers();
  const loss = t('wakeLoss');
  return (
    <Chart
      title={t('turbineEnergy')}
      option={{
        legend: { top: 0 },
        xAxis: { type: 'category', data: turbines.map((_, k) => String(k + 1)) },
        yAxis: [
          { type: 'value', name: 'kWh' },
          { type: 'value', name: '%', splitLine: { show: false } },
        ],
        series: [
          { type: 'bar', name: t('energy'), data: turbines.map(({ annual_energy_kwh }) => annual_energy_kwh) },
          {
            type: 'line',
            name: loss,
            yAxisIndex: 1,
            showSymbol: false,
            data: turbines.map(({ wake_loss_pct }) => wake_loss_pct),
          },
        ],
      }}
      table={{
        head: [t('turbine'), t('kind'), `${t('energy')} [kWh]`, loss, t('capacityFactor')],
        rows: turbines.map(({ turbine, annual_energy_kwh, wake_loss_pct, capacity_factor_pct }, k) => [
          String(k + 1),
          turbine,
          number(annual_energy_kwh),
          percent(wake_loss_pct, 2),
          percent(capacity_factor_pct, 1),
        ]),
      }}
    />
  );
}

/** Main figures of a plant's economics, and the cash of each year */
export function Money({ economics }: { readonly economics: Economics }) {
  const t = useTranslations('result');
  const { number, percent } = useNumbers();
  const { cash_flows } = economics;
  return (
    <Stack>
      <Figures
        figures={[
          [t('lcoe'), `${number(economics.lcoe_real_per_kwh * 1000, 2)} /MWh`],
          [t('npv'), number(economics.npv)],
          [t('irr'), economics.irr === null ? '–' : percent(100 * economics.irr)],
          [t('capital'), number(economics.capital_cost)],
          [
            t('payback'),
            economics.simple_payback_years === null ? '–' : `${number(economics.simple_payback_years, 1)} a`,
          ],
        ]}
      />
      <Chart
        title={t('cash')}
        height={240}
        option={{
          xAxis: { type: 'category', data: cash_flows.map(({ year }) => String(year)) },
          yAxis: { type: 'value' },
          series: [{ type: 'bar', name: t('cash'), data: cash_flows.map(({ project_flow }) => project_flow) }],
        }}
        table={{
          head: [t('year'), t('cash')],
          rows: cash_flows.map(({ year, project_flow }) => [String(year), number(project_flow)]),
        }}
      />
    </Stack>
  );
}

/** What each rule costs, and each turbine */
function CurtailmentTable({ curtailment }: { readonly curtailment: NonNullable<Farm['curtailment']> }) {
  const t = useTranslations('result');
  const rule = useTranslations('curtailment');
  const term = useTerm();
  const { number, percent } = useNumbers();
  const { rules } = curtailment;
  const names = rules.map(({ type, name }, k) => `${k + 1}: ${name === type ? term(type) : name}`);
  const turbines = rules[0].loss_kwh_by_turbine.map((_, k) => String(k + 1));
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {term('curtailment')}: {percent(curtailment.curtailment_loss_pct, 2)}
      </Title>
      <DataTable
        label={term('curtailment')}
        head={[t('rule'), `${t('loss')} [kWh]`, `${t('loss')} [%]`, `${t('aloneLoss')} [kWh]`, rule('hours')]}
        hasRowHeads
        rows={rules.map((one, k) => [
          names[k],
          number(one.curtailment_loss_kwh),
          number(one.curtailment_loss_pct, 2),
          number(one.single_loss_kwh),
          number(one.turbine_hours),
        ])}
      />
      <Chart
        title={rule('byTurbine')}
        height={240}
        option={{
          legend: { top: 0 },
          xAxis: { type: 'category', data: turbines },
          yAxis: { type: 'value', name: 'kWh' },
          series: rules.map(({ loss_kwh_by_turbine }, k) => ({
            type: 'bar',
            stack: 'loss',
            name: names[k],
            data: loss_kwh_by_turbine,
          })),
        }}
        table={{
          head: [t('turbine'), ...names.map((name) => `${name} [kWh]`)],
          rows: turbines.map((turbine, k) => [
            turbine,
            ...rules.map(({ loss_kwh_by_turbine }) => number(loss_kwh_by_turbine[k])),
          ]),
        }}
      />
    </Stack>
  );
}

function Steering({ steering }: { readonly steering: NonNullable<CompleteWindAnalysis['wake_steering']> }) {
  const t = useTranslations('result');
  const { energy, percent, quantity } = useNumbers();
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('steering')}
      </Title>
      <Figures
        figures={[
          [t('gain'), percent(steering.gain_pct, 2)],
          [t('steered'), energy(steering.annual_energy_kwh)],
          [t('steeredAt'), quantity(steering.wind_speed_m_s, 'm/s', 1)],
        ]}
      />
    </Stack>
  );
}

function Search({ result }: { readonly result: NonNullable<JobOf<'wind-optimize'>['result']> }) {
  const t = useTranslations('result');
  const job = useTranslations('job');
  const { significant, number } = useNumbers();
  const { runs, candidates } = result;
  const nameOf = (run: (typeof runs)[number], k: number): string => {
    const { turbine, n_turbines } = candidates[run.candidate_index];
    return `${k + 1}: ${n_turbines}${turbine === null ? '' : ` × ${turbine}`}`;
  };
  return (
    <Chart
      title={t('convergence')}
      height={260}
      option={{
        legend: { top: 0 },
        xAxis: { type: 'value', name: job('iteration'), nameLocation: 'middle', nameGap: 24 },
        yAxis: { type: 'value', scale: true },
        series: runs.map((run, k) => ({
          type: 'line',
          step: 'end',
          showSymbol: false,
          name: nameOf(run, k),
          data: run.history,
        })),
      }}
      table={{
        head: [t('run'), job('iteration'), t('score')],
        rows: runs.map((run, k) => [
          nameOf(run, k),
          number(run.n_iterations),
          run.score === null ? '–' : significant(run.score, 6),
        ]),
      }}
    />
  );
}

function FlowMaps({ jobId, maps }: { readonly jobId: string; readonly maps: CompleteWindAnalysis['flow_maps'] }) {
  const t = useTranslations('result');
  const { number, quantity } = useNumbers();
  const [shown, setShown] = useState('0');
  if (maps.length === 0) return null;
  const nameOf = ({ wind_direction_deg, freestream_m_s }: (typeof maps)[number]): string =>
    `${number(wind_direction_deg)}°, ${quantity(freestream_m_s, 'm/s', 1)}`;
  return (
    <Stack gap="xs">
      <Select
        label={t('flowMaps')}
        value={shown}
        onChange={(value) => value && setShown(value)}
        data={maps.map((map, k) => ({ value: String(k), label: nameOf(map) }))}
        allowDeselect={false}
        maw={320}
      />
      <img
        src={`/v1/wind/jobs/${jobId}/flow-maps/${Number(shown) + 1}.svg`}
        alt={`${t('flowMaps')}: ${nameOf(maps[Number(shown)])}`}
        style={{ maxWidth: '100%', background: 'white' }}
      />
    </Stack>
  );
}
