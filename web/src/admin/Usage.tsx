import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { OrganizationLink } from './lists.tsx';

const DAYS = ['1', '7', '30', '90', '365'] as const;
const DAY_MS = 86_400_000;

/** What organizations have used, the largest amounts first. */
export function Usage() {
  const t = useTranslations('usage');
  const admin = useTranslations('admin');
  const { significant } = useNumbers();
  const [days, setDays] = useState<string>('30');
  const query = useQuery({
    queryKey: ['admin', 'usage', days],
    queryFn: () =>
      api.request('GET /v1/admin/usage', {
        query: { starts_at: new Date(Date.now() - Number(days) * DAY_MS).toISOString(), limit: 200 },
      }),
  });
  return (
    <Page title={admin('nav.usage')}>
      <Select
        label={t('period')}
        value={days}
        onChange={(value) => value && setDays(value)}
        data={DAYS.map((value) => ({ value, label: t('days', { n: Number(value) }) }))}
        allowDeselect={false}
        maw={240}
      />
      <Loaded query={query}>
        {({ data }) => (
          <DataTable
            label={admin('nav.usage')}
            head={[admin('organization'), t('metric'), admin('amount')]}
            keys={data.map(({ organization_id, metric }) => `${organization_id} ${metric}`)}
            rows={data.map(({ organization_id, metric, amount }) => [
              <OrganizationLink key="organization" id={organization_id} />,
              t(`metrics.${metric}`),
              significant(amount),
            ])}
          />
        )}
      </Loaded>
    </Page>
  );
}
