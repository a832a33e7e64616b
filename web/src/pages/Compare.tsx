import { Button, Group, MultiSelect, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Economics, Exceedance, Job } from '../../../src/client/index.ts';
import { Chart } from '../components/Chart.tsx';
import { Fault } from '../components/Fault.tsx';
import { SiteMap } from '../components/Map.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { endedJobs, jobOf } from '../queries.ts';
import { areasOf, positionsOf } from './results/Wind.tsx';

const page = getRouteApi('/compare');

/** Two or more designs side by side; what differs from the first is marked. */
export function Compare() {
  const t = useTranslations('compare');
  const kind = useTranslations('kind');
  const { time } = useNumbers();
  const navigate = useNavigate();
  const ids: readonly string[] = page.useSearch().jobs ?? [];
  const ended = useQuery(endedJobs);
  const queries = useQueries({ queries: ids.map((id) => jobOf(id)) });
  const jobs = queries.flatMap(({ data }) => data ?? []);
  const fault = queries.find(({ isError }) => isError)?.error ?? ended.error;
  const nameOf = (job: Pick<Job, 'id' | 'kind' | 'created_at'>): string =>
    `${kind(job.kind)}, ${time(job.created_at)}, …${job.id.slice(-4)}`;
  return (
    <Page
      title={t('title')}
      actions={
        jobs.length > 1 && (
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/reports" search={{ jobs: [...ids] }} {...props} />}
          >
            {t('report')}
          </Button>
        )
      }
    >
      <MultiSelect
        label={t('jobs')}
        value={[...ids]}
        onChange={(jobs) => void navigate({ to: '/compare', search: { jobs }, replace: true })}
        data={ended.data?.map((job) => ({ value: job.id, label: nameOf(job) })) ?? []}
        maxValues={6}
        searchable
      />
      {fault && <Fault error={fault} />}
      {ids.length < 2 && <Text>{t('empty')}</Text>}
      {jobs.length > 0 && jobs.length === ids.length && <SideBySide jobs={jobs} nameOf={nameOf} />}
    </Page>
  );
}

/** The figures of a design that others have too */
interface Design {
  readonly energyKwh: number;
  readonly monthlyKwh?: readonly number[];
  readonly powerKw: number;
  readonly capacityFactorPct: number;
  readonly wakeLossPct?: number;
  readonly performanceRatio?: number;
  readonly landM2?: number;
  readonly exceedance: Exceedance;
  readonly economics?: Economics | null;
}

/** The design of a job: of an analysis its best system, of a search the best that it has found. */
function designOf(job: Job): Design | undefined {
  switch (job.kind) {
    case 'solar-analyze': {
      const system = job.result?.systems[job.result.best_index ?? 0];
      return (
        system && {
          energyKwh: system.annual_energy_kwh,
          monthlyKwh: system.monthly_energy_kwh,
          powerKw: system.system.dc_capacity_kw,
          capacityFactorPct: system.capacity_factor_dc_pct,
          performanceRatio: system.performance_ratio,
          exceedance: system.exceedance,
        }
      );
    }
    case 'solar-optimize': {
      const best = job.result?.best;
      return best
        ? {
            energyKwh: best.annual_energy_kwh,
            powerKw: best.dc_capacity_kw,
            capacityFactorPct: best.capacity_factor_dc_pct,
            landM2: best.land_area_m2,
            exceedance: best.exceedance,
            economics: best.economics,
          }
        : undefined;
    }
    case 'wind-analyze':
    case 'wind-optimize': {
      const farm = job.kind === 'wind-optimize' ? job.result?.best : job.result?.is_complete ? job.result : undefined;
      return farm
        ? {
            energyKwh: farm.annual_energy_kwh,
            powerKw: farm.rated_kw,
            capacityFactorPct: farm.capacity_factor_pct,
            wakeLossPct: farm.wake_loss_pct,
            exceedance: farm.exceedance,
            economics: farm.economics,
          }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The values of an input by their paths, `system.dc_capacity_kw`; long lists and areas by their text. */
function valuesOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  const isOpen = typeof value === 'object' && value !== null && !Array.isArray(value) && !('coordinates' in value);
  if (isOpen)
    for (const [name, part] of Object.entries(value)) valuesOf(part, path === '' ? name : `${path}.${name}`, into);
  else into.set(path, JSON.stringify(value));
  return into;
}
const SHORT = 60;
const shortened = (text: string | undefined): string =>
  text === undefined ? '–' : text.length > SHORT ? `${text.slice(0, SHORT)} …` : text;

function SideBySide({ jobs, nameOf }: { readonly jobs: readonly Job[]; readonly nameOf: (job: Job) => string }) {
  const t = useTranslations('compare');
  const result = useTranslations('result');
  const { number, energy, power, percent, quantity, months } = useNumbers();
  const designs = jobs.map(designOf);
  type Row = readonly [
    name: string,
    read: (design: Design) => number | null | undefined,
    text: (value: number) => string,
  ];
  const rows: readonly Row[] = [
    [result('energy'), (design) => design.energyKwh, energy],
    [t('power'), (design) => design.powerKw, power],
    [result('capacityFactor'), (design) => design.capacityFactorPct, percent],
    [t('specific'), ({ energyKwh, powerKw }) => energyKwh / powerKw, (value) => `${number(value)} kWh/kW`],
    [result('ratio'), (design) => design.performanceRatio, (value) => number(value, 3)],
    [result('wakeLoss'), (design) => design.wakeLossPct, (value) => percent(value, 2)],
    ['P90', ({ exceedance }) => exceedance.one_year?.p90_kwh, energy],
    [t('uncertainty'), ({ exceedance }) => exceedance.uncertainty_pct, percent],
    [result('land'), (design) => design.landM2, (value) => quantity(value / 10_000, 'ha', 2)],
    [result('capital'), ({ economics }) => economics?.capital_cost, number],
    [result('lcoe'), ({ economics }) => economics?.lcoe_real_per_kwh, (value) => `${number(1000 * value, 2)} /MWh`],
    [result('npv'), ({ economics }) => economics?.npv, number],
    [result('irr'), ({ economics }) => economics?.irr, (value) => percent(100 * value)],
  ];
  const shown = rows
    .map(([name, read, text]) => ({ name, text, values: designs.map((design) => design && read(design)) }))
    .filter(({ values }) => values.some((value) => typeof value === 'number'));
  const inputs = jobs.map(({ input }) => valuesOf(input, '', new Map()));
  const paths = [...new Set(inputs.flatMap((values) => [...values.keys()]))].filter(
    (path) => new Set(inputs.map((values) => values.get(path))).size > 1,
  );
  const head = (first: string) => (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{first}</Table.Th>
        {jobs.map((job) => (
          <Table.Th key={job.id}>
            <Link to="/jobs/$id" params={{ id: job.id }}>
              {nameOf(job)}
            </Link>
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
  const monthly = designs.flatMap((design, k) =>
    design?.monthlyKwh ? [{ name: nameOf(jobs[k]), kwh: design.monthlyKwh }] : [],
  );
  return (
    <Stack>
      <Table.ScrollContainer minWidth={220 * (jobs.length + 1)}>
        <Table aria-label={t('figures')}>
          {head(t('figures'))}
          <Table.Tbody>
            {shown.map(({ name, text, values: [first, ...others] }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td>{typeof first === 'number' ? text(first) : '–'}</Table.Td>
                {others.map((value, k) => (
                  <Table.Td key={jobs[k + 1].id} fw={value === first ? undefined : 700}>
                    {typeof value === 'number' ? text(value) : '–'}
                    {typeof value === 'number' && typeof first === 'number' && value !== first && first !== 0 && (
                      <Text span size="sm">
                        {' '}
                        ({value > first ? '+' : '−'}
                        {percent(Math.abs(100 * (value / first - 1)), 2)})
                      </Text>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {monthly.length > 1 && (
        <Chart
          title={result('monthly')}
          option={{
            legend: { top: 0 },
            xAxis: { type: 'category', data: months },
            yAxis: { type: 'value', name: 'kWh' },
            series: monthly.map(({ name, kwh }) => ({ type: 'bar', name, data: kwh })),
          }}
          table={{
            head: ['', ...monthly.map(({ name }) => name)],
            rows: months.map((month, k) => [month, ...monthly.map(({ kwh }) => number(kwh[k]))]),
          }}
        />
      )}
      <Layouts jobs={jobs} nameOf={nameOf} />
      <Title order={2} size="h4">
        {t('inputs')}
      </Title>
      {paths.length === 0 ? (
        <Text>{t('equal')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={220 * (jobs.length + 1)}>
          <Table aria-label={t('inputs')}>
            {head(t('field'))}
            <Table.Tbody>
              {paths.map((path) => (
                <Table.Tr key={path}>
                  <Table.Th scope="row">{path}</Table.Th>
                  {inputs.map((values, k) => (
                    <Table.Td key={jobs[k].id} fw={values.get(path) === inputs[0].get(path) ? undefined : 700}>
                      {shortened(values.get(path))}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

function Layouts({ jobs, nameOf }: { readonly jobs: readonly Job[]; readonly nameOf: (job: Job) => string }) {
  const maps = jobs.flatMap((job) => {
    if (job.kind !== 'wind-analyze' && job.kind !== 'wind-optimize') return [];
    const farm = job.kind === 'wind-optimize' ? job.result?.best : job.result?.is_complete ? job.result : undefined;
    const turbines = farm ? positionsOf(farm.layout) : undefined;
    return turbines ? [{ job, content: { ...areasOf(job.input), turbines } }] : [];
  });
  if (maps.length < 2) return null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {maps.map(({ job, content }) => (
        <Group key={job.id} gap={4}>
          <Text size="sm">{nameOf(job)}</Text>
          <div style={{ width: '100%' }}>
            <SiteMap label={nameOf(job)} content={content} height={280} />
          </div>
        </Group>
      ))}
    </SimpleGrid>
  );
}
