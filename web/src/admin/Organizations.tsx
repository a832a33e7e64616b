import { Group, Select, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AdminOrganization } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';
import { Part, text } from '../components/Part.tsx';
import { LISTS } from './lists.tsx';
import { planList } from './Plans.tsx';

const STATUSES = ['active', 'suspended'] as const;
type Status = (typeof STATUSES)[number];
const statusOf = ({ suspended_at }: AdminOrganization): Status => (suspended_at === null ? 'active' : 'suspended');

export function Organizations() {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const plans = useQuery(planList);
  const [entered, setEntered] = useState('');
  const [search] = useDebouncedValue(entered.trim(), 300);
  const [plan, setPlan] = useState<string | null>(null);
  const [status, setStatus] = useState<Status | null>(null);
  const query = useInfiniteQuery(
    pagesOf(['admin', 'organizations', search, plan, status], (cursor) =>
      api.request('GET /v1/admin/organizations', {
        query: {
          limit: 50,
          cursor,
          search: search === '' ? undefined : search,
          plan: plan ?? undefined,
          status: status ?? undefined,
        },
      }),
    ),
  );
  return (
    <Page title={t('nav.organizations')}>
      <Group align="end">
        <TextInput
          label={t('searchOrganizations')}
          value={entered}
          onChange={({ currentTarget: { value } }) => setEntered(value)}
          w={320}
        />
        <Select
          label={t('plan')}
          value={plan}
          onChange={setPlan}
          data={(plans.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          placeholder={t('all')}
          clearable
        />
        <Select
          label={common('status')}
          value={status}
          onChange={(value) => setStatus(value as Status | null)}
          data={STATUSES.map((value) => ({ value, label: t(`organizationStates.${value}`) }))}
          placeholder={t('all')}
          clearable
        />
      </Group>
      <Pages query={query} empty={t('none')}>
        {(rows) => (
          <DataTable
            label={t('nav.organizations')}
            head={[common('name'), t('plan'), common('status'), t('nav.people'), t('openJobs'), common('created')]}
            keys={rows.map(({ id }) => id)}
            minWidth={760}
            rows={rows.map((row) => [
              <Link key="name" to="/admin/organizations/$id" params={{ id: row.id }}>
                {row.name}
              </Link>,
              row.plan,
              t(`organizationStates.${statusOf(row)}`),
              String(row.n_people),
              String(row.n_open_jobs),
              time(row.created_at),
            ])}
          />
        )}
      </Pages>
    </Page>
  );
}

const page = getRouteApi('/admin/organizations/$id');
const organizationOf = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'organization', id],
    queryFn: () => api.request('GET /v1/admin/organizations/{id}', { path: { id } }),
  });
const refresh = () => queries.invalidateQueries({ queryKey: ['admin'] });
const NAMES = ['people', 'keys', 'jobs', 'deliveries', 'audit'] as const;

/** An organization: its plan, its suspension, and what it has. */
export function OrganizationPage() {
  const { id } = page.useParams();
  const t = useTranslations('admin');
  const query = useQuery(organizationOf(id));
  return (
    <Page title={query.data?.name ?? t('organization')}>
      <Loaded query={query}>{(organization) => <Settings key={id} organization={organization} />}</Loaded>
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List>
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`nav.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map((name) => {
          const List = LISTS[name];
          return (
            <Tabs.Panel key={name} value={name} pt="md">
              <Stack>
                <List organizationId={id} />
              </Stack>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}

function Settings({ organization }: { readonly organization: AdminOrganization }) {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const plans = useQuery(planList);
  const { id, name, plan, suspended_at, suspension_reason, n_people, n_keys, n_open_jobs } = organization;
  const setPlan = useMutation({
    mutationFn: (chosen: string) =>
      api.request('PATCH /v1/admin/organizations/{id}', { path: { id }, body: { plan: chosen } }),
    onSuccess: refresh,
  });
  return (
    <Stack>
      <Figures
        figures={[
          [common('status'), t(`organizationStates.${statusOf(organization)}`)],
          [t('nav.people'), String(n_people)],
          [t('nav.keys'), String(n_keys)],
          [t('openJobs'), String(n_open_jobs)],
        ]}
      />
      <Text size="sm">
        <code>{id}</code>
      </Text>
      <Select
        label={t('plan')}
        description={t('planHint')}
        value={plan}
        onChange={(chosen) => chosen !== null && chosen !== plan && setPlan.mutate(chosen)}
        data={(plans.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
        allowDeselect={false}
        maw={360}
      />
      {setPlan.isError && <Fault error={setPlan.error} />}
      {suspended_at === null ? (
        <Part
          title={t('suspend')}
          hint={t('suspendHint', { name })}
          action={t('suspend')}
          send={(form) =>
            api.request('POST /v1/admin/organizations/{id}/suspend', {
              path: { id },
              body: { suspension_reason: text(form, 'reason') },
            })
          }
          onSent={refresh}
        >
          <TextInput name="reason" label={t('reason')} required maxLength={500} />
        </Part>
      ) : (
        <Stack gap="xs">
          <Text>{t('suspendedSince', { at: time(suspended_at), reason: suspension_reason ?? '' })}</Text>
          <Confirm
            label={t('resume')}
            title={t('resumeTitle', { name })}
            text={t('resumeText')}
            onConfirm={async () => {
              await api.request('POST /v1/admin/organizations/{id}/resume', { path: { id } });
              await refresh();
            }}
          />
        </Stack>
      )}
    </Stack>
  );
}
