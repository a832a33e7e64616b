/** Lists over all organizations, or of one: people, keys, jobs, deliveries, acts. */
import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AdminDelivery, AdminJob } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Choice } from '../components/Choice.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';
import { ActTable, ActTypeChoice, type ActType } from '../pages/Audit.tsx';
import { StatusBadge } from '../pages/Jobs.tsx';

interface ListProps {
  /** Only of this organization */
  readonly organizationId?: string;
}
const LIMIT = 50;
/** What the lists of this page show may have changed. */
const refresh = () => queries.invalidateQueries({ queryKey: ['admin'] });

export const OrganizationLink = ({ id }: { readonly id: string }): ReactNode => (
  <Link to="/admin/organizations/$id" params={{ id }}>
    {id}
  </Link>
);

function PeopleList({ organizationId }: ListProps) {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const [entered, setEntered] = useState('');
  const [email] = useDebouncedValue(entered.trim(), 300);
  const query = useInfiniteQuery(
    pagesOf(['admin', 'people', organizationId, email], (cursor) =>
      api.request('GET /v1/admin/people', {
        query: { limit: LIMIT, cursor, organization_id: organizationId, email: email === '' ? undefined : email },
      }),
    ),
  );
  return (
    <>
      <TextInput
        label={t('address')}
        description={t('addressHint')}
        value={entered}
        onChange={({ currentTarget: { value } }) => setEntered(value)}
        maw={360}
      />
      <Pages query={query} empty={t('none')}>
        {(people) => (
          <DataTable
            label={t('nav.people')}
            head={[t('address'), common('name'), t('role'), t('organization'), common('created'), common('actions')]}
            keys={people.map(({ id }) => id)}
            minWidth={980}
            rows={people.map(({ id, email: address, name, role, organization_id, created_at, has_second_factor }) => [
              address,
              name,
              role,
              <OrganizationLink key="organization" id={organization_id} />,
              time(created_at),
              <Group key="actions" gap="xs" wrap="nowrap">
                <Confirm
                  isSmall
                  label={t('endLogins')}
                  title={t('endLoginsTitle', { email: address })}
                  text={t('endLoginsText')}
                  onConfirm={() => api.request('POST /v1/admin/people/{id}/end-logins', { path: { id } })}
                />
                {has_second_factor && (
                  <Confirm
                    isSmall
                    label={t('endFactor')}
                    title={t('endFactorTitle', { email: address })}
                    text={t('endFactorText')}
                    onConfirm={async () => {
                      await api.request('DELETE /v1/admin/people/{id}/second-factor', { path: { id } });
                      await refresh();
                    }}
                  />
                )}
              </Group>,
            ])}
          />
        )}
      </Pages>
    </>
  );
}

function KeyList({ organizationId }: ListProps) {
  const t = useTranslations('admin');
  const keys = useTranslations('keys');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useInfiniteQuery(
    pagesOf(['admin', 'keys', organizationId], (cursor) =>
      api.request('GET /v1/admin/api-keys', { query: { limit: LIMIT, cursor, organization_id: organizationId } }),
    ),
  );
  return (
    <Pages query={query} empty={t('none')}>
      {(rows) => (
        <DataTable
          label={t('nav.keys')}
          head={[
            common('name'),
            keys('prefix'),
            t('organization'),
            keys('scopes'),
            keys('lastUsed'),
            common('actions'),
          ]}
          keys={rows.map(({ id }) => id)}
          minWidth={980}
          rows={rows.map(({ id, name, prefix, organization_id, scopes, last_used_at, revoked_at }) => [
            name,
            `${prefix}…`,
            <OrganizationLink key="organization" id={organization_id} />,
            scopes.join(', '),
            last_used_at === null ? '–' : time(last_used_at),
            revoked_at === null ? (
              <Confirm
                key="revoke"
                isSmall
                label={keys('revoke')}
                title={keys('revokeTitle', { name })}
                text={keys('revokeText')}
                onConfirm={async () => {
                  await api.request('DELETE /v1/admin/api-keys/{id}', { path: { id } });
                  await refresh();
                }}
              />
            ) : (
              keys('revoked', { at: time(revoked_at) })
            ),
          ])}
        />
      )}
    </Pages>
  );
}

function JobList({ organizationId }: ListProps) {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const jobs = useTranslations('jobs');
  const kinds = useTranslations('kind');
  const statuses = useTranslations('status');
  const { time, number, percent } = useNumbers();
  const [status, setStatus] = useState<AdminJob['status'] | null>(null);
  const [kind, setKind] = useState<AdminJob['kind'] | null>(null);
  const query = useInfiniteQuery({
    ...pagesOf(['admin', 'jobs', organizationId, status, kind], (cursor) =>
      api.request('GET /v1/admin/jobs', {
        query: {
          limit: LIMIT,
          cursor,
          organization_id: organizationId,
          status: status ?? undefined,
          kind: kind ?? undefined,
        },
      }),
    ),
    refetchInterval: 5_000,
  });
  const runAgain = useMutation({
    mutationFn: (id: string) => api.request('POST /v1/admin/jobs/{id}/run-again', { path: { id } }),
    onSuccess: refresh,
  });
  return (
    <>
      <Group>
        <Choice label={common('status')} of="AdminJob.status" value={status} onChange={setStatus} nameOf={statuses} />
        <Choice label={jobs('kind')} of="AdminJob.kind" value={kind} onChange={setKind} nameOf={kinds} />
      </Group>
      {runAgain.isError && <Fault error={runAgain.error} />}
      <Pages query={query} empty={t('none')}>
        {(rows) => (
          <DataTable
            label={t('nav.jobs')}
            head={[t('job'), common('status'), t('organization'), t('compute'), common('created'), common('actions')]}
            keys={rows.map(({ id }) => id)}
            minWidth={980}
            rows={rows.map((job) => [
              <JobName key="name" job={job} />,
              <Group key="status" gap="xs" wrap="nowrap">
                <StatusBadge status={job.status} />
                {job.status === 'running' ? percent(100 * job.progress, 0) : (job.error?.code ?? '')}
              </Group>,
              <OrganizationLink key="organization" id={job.organization_id} />,
              job.compute_s === null ? '–' : number(job.compute_s, 1),
              time(job.created_at),
              job.status === 'queued' || job.status === 'running' ? (
                <Confirm
                  key="cancel"
                  isSmall
                  label={t('cancelJob')}
                  title={t('cancelJobTitle', { id: job.id })}
                  text={t('cancelJobText')}
                  onConfirm={async () => {
                    await api.request('POST /v1/admin/jobs/{id}/cancel', { path: { id: job.id } });
                    await refresh();
                  }}
                />
              ) : (
                <Button
                  key="again"
                  variant="default"
                  size="compact-sm"
                  onClick={() => runAgain.mutate(job.id)}
                  loading={runAgain.isPending && runAgain.variables === job.id}
                >
                  {t('runAgain')}
                </Button>
              ),
            ])}
          />
        )}
      </Pages>
    </>
  );
}

/** The kind of a job, which leads to its workflow in Temporal's Web UI where there is one, and its id */
function JobName({ job: { id, kind, temporal_url } }: { readonly job: AdminJob }) {
  const kinds = useTranslations('kind');
  return (
    <>
      {temporal_url === null ? (
        kinds(kind)
      ) : (
        <a href={temporal_url} target="_blank" rel="noreferrer">
          {kinds(kind)}
        </a>
      )}
      <br />
      <code>{id}</code>
    </>
  );
}

function DeliveryList({ organizationId }: ListProps) {
  const t = useTranslations('admin');
  const webhooks = useTranslations('webhooks');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const [status, setStatus] = useState<AdminDelivery['status'] | null>(null);
  const query = useInfiniteQuery({
    ...pagesOf(['admin', 'deliveries', organizationId, status], (cursor) =>
      api.request('GET /v1/admin/deliveries', {
        query: { limit: LIMIT, cursor, organization_id: organizationId, status: status ?? undefined },
      }),
    ),
    refetchInterval: 5_000,
  });
  const nameOf = (one: AdminDelivery['status']): string => webhooks(`deliveryStates.${one}`);
  const retry = useMutation({
    mutationFn: (id: string) => api.request('POST /v1/admin/deliveries/{id}/retry', { path: { id } }),
    onSuccess: refresh,
  });
  return (
    <>
      <Choice label={common('status')} of="AdminDelivery.status" value={status} onChange={setStatus} nameOf={nameOf} />
      {retry.isError && <Fault error={retry.error} />}
      <Pages query={query} empty={t('none')}>
        {(rows) => (
          <DataTable
            label={t('nav.deliveries')}
            head={[
              webhooks('event'),
              common('status'),
              t('round'),
              t('organization'),
              common('created'),
              common('actions'),
            ]}
            keys={rows.map(({ id }) => id)}
            minWidth={860}
            rows={rows.map(({ id, event_type, status: state, round, organization_id, created_at }) => [
              event_type,
              nameOf(state),
              String(round),
              <OrganizationLink key="organization" id={organization_id} />,
              time(created_at),
              (state === 'failed' || state === 'skipped') && (
                <Button
                  key="retry"
                  variant="default"
                  size="compact-sm"
                  onClick={() => retry.mutate(id)}
                  loading={retry.isPending && retry.variables === id}
                >
                  {webhooks('retry')}
                </Button>
              ),
            ])}
          />
        )}
      </Pages>
    </>
  );
}

function ActList({ organizationId }: ListProps) {
  const t = useTranslations('admin');
  const [type, setType] = useState<ActType | null>(null);
  const query = useInfiniteQuery(
    pagesOf(['admin', 'audit', organizationId, type], (cursor) =>
      api.request('GET /v1/admin/audit-events', {
        query: { limit: LIMIT, cursor, organization_id: organizationId, type: type ?? undefined },
      }),
    ),
  );
  return (
    <>
      <ActTypeChoice value={type} onChange={setType} />
      <Pages query={query} empty={t('none')}>
        {(events) => <ActTable events={events} />}
      </Pages>
    </>
  );
}

type ListName = 'people' | 'keys' | 'jobs' | 'deliveries' | 'audit';
export const LISTS: Readonly<Record<ListName, (props: ListProps) => ReactNode>> = {
  people: PeopleList,
  keys: KeyList,
  jobs: JobList,
  deliveries: DeliveryList,
  audit: ActList,
};

function ListPage({ name }: { readonly name: ListName }) {
  const t = useTranslations('admin');
  const List = LISTS[name];
  return (
    <Page title={t(`nav.${name}`)}>
      <List />
    </Page>
  );
}
export const People = () => <ListPage name="people" />;
export const Keys = () => <ListPage name="keys" />;
export const Jobs = () => <ListPage name="jobs" />;
export const Deliveries = () => <ListPage name="deliveries" />;
export const Acts = () => <ListPage name="audit" />;
