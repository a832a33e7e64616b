import { Anchor, Button, Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Plan, UsageRow } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { METRICS } from '../metrics.ts';
import { Budgets } from './Budgets.tsx';

type Metric = UsageRow['metric'];
const GROUPS = ['none', 'kind', 'caller'] as const;
type Group_ = (typeof GROUPS)[number];
const DAYS = ['7', '30', '90'] as const;

/** What the organization uses, its plan, and its invoices. */
export function Usage() {
  const t = useTranslations('usage');
  return (
    <Page title={t('title')}>
      <OwnPlan />
      <UsageChart />
      <Budgets />
      <Invoices />
    </Page>
  );
}

/** Heights of what is shown when it is known */
const CHART_PX = 340;
const PLAN_PX = 180;

function UsageChart() {
  const t = useTranslations('usage');
  const { number, significant } = useNumbers();
  const [metric, setMetric] = useState<Metric>('compute_s');
  const [group, setGroup] = useState<Group_>('kind');
  const [days, setDays] = useState<string>('30');
  const query = useQuery({
    queryKey: ['usage', metric, group, days],
    queryFn: () =>
      api.request('GET /v1/usage', {
        query: {
          interval: 'day',
          group_by: group,
          metric,
          starts_at: new Date(Date.now() - Number(days) * 86_400_000).toISOString(),
        },
      }),
  });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('used')}
      </Title>
      <Group align="end">
        <Select
          label={t('metric')}
          value={metric}
          onChange={(value) => value && setMetric(value as Metric)}
          data={METRICS.map((value) => ({ value, label: t(`metrics.${value}`) }))}
          allowDeselect={false}
        />
        <Select
          label={t('group')}
          value={group}
          onChange={(value) => value && setGroup(value as Group_)}
          data={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))}
          allowDeselect={false}
        />
        <SegmentedControl
          aria-label={t('period')}
          value={days}
          onChange={setDays}
          data={DAYS.map((value) => ({ value, label: t('days', { n: Number(value) }) }))}
        />
        <Anchor href="/v1/usage.csv" download="usage.csv">
          CSV
        </Anchor>
      </Group>
      <Loaded query={query} height={CHART_PX}>
        {({ data }) =>
          data.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <Rows rows={data} title={t(`metrics.${metric}`)} format={metric === 'compute_s' ? significant : number} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Rows({
  rows,
  title,
  format,
}: {
  readonly rows: readonly UsageRow[];
  readonly title: string;
  readonly format: (amount: number) => string;
}) {
  const t = useTranslations('usage');
  const drawn = useMemo(() => {
    const days = [...new Set(rows.map(({ starts_at }) => starts_at))].sort();
    const groups = [...new Set(rows.map((row) => row.group ?? t('all')))].sort();
    const amounts = new Map(rows.map((row) => [`${row.starts_at} ${row.group ?? t('all')}`, row.amount]));
    const of = (day: string, group: string): number => amounts.get(`${day} ${group}`) ?? 0;
    const short = (day: string): string => day.slice(0, 10);
    return {
      option: {
        legend: { top: 0, type: 'scroll' },
        xAxis: { type: 'category', data: days.map(short) },
        yAxis: { type: 'value' },
        series: groups.map((group) => ({
          type: 'bar',
          stack: 'all',
          barMaxWidth: 48,
          name: group,
          data: days.map((day) => of(day, group)),
        })),
      },
      table: {
        head: [t('day'), ...groups],
        rows: days.map((day) => [short(day), ...groups.map((group) => format(of(day, group)))]),
      },
    };
  }, [rows, t, format]);
  return <Chart title={title} {...drawn} />;
}

/** The plan with its limits, and the ways to another one */
function OwnPlan() {
  const t = useTranslations('usage');
  const { number, time, duration } = useNumbers();
  const organization = useQuery({ queryKey: ['organization'], queryFn: () => api.request('GET /v1/organization') });
  const billing = useQuery({ queryKey: ['billing'], queryFn: () => api.request('GET /v1/billing') });
  const go = useMutation({
    mutationFn: (plan: string | undefined) =>
      plan === undefined
        ? api.request('POST /v1/billing/portal')
        : api.request('POST /v1/billing/checkout', { body: { plan } }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const plans = useQuery({ queryKey: ['plans'], queryFn: () => api.request('GET /v1/plans') });
  const limit = (value: number | null): string => (value === null ? t('unlimited') : number(value));
  const figures = (plan: Plan) => [
    [t('plan'), plan.name] as const,
    [t('requests'), limit(plan.n_requests_per_minute)] as const,
    [t('openJobs'), limit(plan.n_open_jobs)] as const,
    [t('compute'), plan.monthly_compute_s === null ? t('unlimited') : duration(plan.monthly_compute_s)] as const,
    [t('retention'), plan.n_retention_days === null ? t('forever') : t('days', { n: plan.n_retention_days })] as const,
  ];
  return (
    <Stack gap="xs">
      <Loaded query={organization} height={PLAN_PX}>
        {({ limits }) => <Figures figures={figures(limits)} />}
      </Loaded>
      {plans.data && (
        <details>
          <Text component="summary" style={{ cursor: 'pointer' }}>
            {t('plans')}
          </Text>
          <DataTable
            label={t('plans')}
            head={figures(plans.data.data[0]).map(([name]) => name)}
            rows={plans.data.data.map((plan) => figures(plan).map(([, value]) => value))}
            minWidth={760}
          />
        </details>
      )}
      {billing.data && (
        <>
          {billing.data.period_ends_at && (
            <Text size="sm">{t('paidUntil', { at: time(billing.data.period_ends_at) })}</Text>
          )}
          {billing.data.cancels_at && <Text size="sm">{t('cancelsAt', { at: time(billing.data.cancels_at) })}</Text>}
          {billing.data.grace_ends_at && (
            <Text size="sm">{t('graceUntil', { at: time(billing.data.grace_ends_at) })}</Text>
          )}
          <Group gap="xs">
            {billing.data.purchasable_plans.map((plan) => (
              <Button key={plan} variant="default" onClick={() => go.mutate(plan)}>
                {t('choose', { plan })}
              </Button>
            ))}
            {billing.data.status !== null && (
              <Button variant="default" onClick={() => go.mutate(undefined)}>
                {t('portal')}
              </Button>
            )}
          </Group>
        </>
      )}
      {go.isError && <Fault error={go.error} />}
    </Stack>
  );
}

function Invoices() {
  const t = useTranslations('usage');
  const common = useTranslations('common');
  const { number, time } = useNumbers();
  const query = useQuery({
    queryKey: ['invoices'],
    queryFn: () => Array.fromAsync(api.list('/v1/billing/invoices')),
    retry: false,
  });
  // An installation without billing has no invoices.
  if (query.isError || query.data?.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('invoices')}
      </Title>
      <Loaded query={query}>
        {(invoices) => (
          <DataTable
            label={t('invoices')}
            head={[t('number'), common('status'), t('amount'), common('created'), t('pdf')]}
            keys={invoices.map(({ id }) => id)}
            rows={invoices.map(({ id, number: printed, status, currency, amount_due, created_at, pdf_url }) => [
              printed ?? id,
              status ?? '–',
              `${number(amount_due, 2)} ${currency.toUpperCase()}`,
              time(created_at),
              pdf_url && (
                <Anchor key="pdf" href={pdf_url}>
                  PDF
                </Anchor>
              ),
            ])}
          />
        )}
      </Loaded>
    </Stack>
  );
}
