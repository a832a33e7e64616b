import { Alert, Badge, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';

const REFRESH_MS = 10_000;

/** The state of the installation: parts, queues and workers, objectives, and what its settings switch on. */
export function Platform() {
  const t = useTranslations('admin');
  const { time } = useNumbers();
  const query = useQuery({
    queryKey: ['admin', 'platform'],
    queryFn: () => api.request('GET /v1/admin/platform'),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Page title={t('nav.platform')}>
      <Alerts />
      <Loaded query={query}>
        {({ version, timestamp, components: { database, redis, temporal } }) => (
          <Stack gap="xs">
            <Text size="sm">{t('stateAt', { version, at: time(timestamp) })}</Text>
            <DataTable
              hasRowHeads
              label={t('parts')}
              head={[t('part'), t('state'), t('latency'), t('numbers')]}
              rows={[
                [
                  'PostgreSQL',
                  database.status,
                  database.latency_ms ?? '–',
                  t('ofDatabase', {
                    used: database.pool_checked_out ?? '–',
                    size: database.pool_size ?? '–',
                    outbox: database.outbox_waiting ?? '–',
                  }),
                ],
                redis
                  ? [
                      'Redis',
                      redis.status,
                      redis.latency_ms ?? '–',
                      t('ofRedis', { memory: redis.memory_used_mb ?? '–' }),
                    ]
                  : ['Redis', t('notUsed'), '–', '–'],
                [
                  'Temporal',
                  temporal.status,
                  temporal.latency_ms ?? '–',
                  t('ofTemporal', { workers: temporal.active_workers ?? '–', jobs: temporal.active_tasks ?? '–' }),
                ],
              ]}
            />
            <Title order={2} size="h4">
              {t('queues')}
            </Title>
            <DataTable
              hasRowHeads
              label={t('queues')}
              head={[t('queue'), t('workers'), t('backlog')]}
              rows={Object.entries(temporal.queues ?? {}).map(([name, { pollers, queued_tasks }]) => [
                name,
                String(pollers),
                String(queued_tasks),
              ])}
            />
          </Stack>
        )}
      </Loaded>
      <Objectives />
      <Flags />
    </Page>
  );
}

function Alerts() {
  const t = useTranslations('admin');
  const query = useQuery({
    queryKey: ['admin', 'alerts'],
    queryFn: () => api.request('GET /v1/admin/slo/alerts'),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Loaded query={query}>
      {({ alerts }) =>
        alerts.map(({ name, kind, severity, message }) => (
          <Alert key={`${name} ${kind} ${severity}`} color={severity === 'critical' ? 'red' : 'orange'} title={name}>
            {t(`severity.${severity}`)}: {message}
          </Alert>
        ))
      }
    </Loaded>
  );
}

function Objectives() {
  const t = useTranslations('admin');
  const { percent, significant } = useNumbers();
  const query = useQuery({
    queryKey: ['admin', 'slo'],
    queryFn: () => api.request('GET /v1/admin/slo/budget'),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('objectives')}
      </Title>
      <Loaded query={query}>
        {({ objectives }) => (
          <DataTable
            hasRowHeads
            label={t('objectives')}
            minWidth={760}
            head={[t('objective'), t('target'), t('budget'), t('burnRates')]}
            rows={objectives.map(({ name, title, target, budget_remaining, burn_rates }) => [
              <Stack key="name" gap={0}>
                {name}
                <Text size="sm" fw={400}>
                  {title}
                </Text>
              </Stack>,
              percent(100 * target, 2),
              <Badge
                key="budget"
                variant="dot"
                color={budget_remaining < 0 ? 'red' : budget_remaining < 0.2 ? 'orange' : 'green'}
              >
                {percent(100 * budget_remaining)}
              </Badge>,
              burn_rates.map(({ window, burn_rate }) => `${window}: ${significant(burn_rate, 2)}`).join(', '),
            ])}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function Flags() {
  const t = useTranslations('admin');
  const query = useQuery({ queryKey: ['admin', 'flags'], queryFn: () => api.request('GET /v1/admin/flags') });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('flags')}
      </Title>
      <Loaded query={query}>
        {({ data }) => (
          <DataTable
            hasRowHeads
            label={t('flags')}
            head={[t('setting'), t('state')]}
            rows={data.map(({ name, is_on }) => [name, is_on ? t('on') : t('off')])}
          />
        )}
      </Loaded>
    </Stack>
  );
}
