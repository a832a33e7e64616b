import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';

const page = getRouteApi('/deletions/$id');

/** What became of the data of a deleted organization. */
export function DeletionPage() {
  const { id } = page.useParams();
  const t = useTranslations('deletion');
  const { number } = useNumbers();
  const query = useQuery({
    queryKey: ['deletion', id],
    queryFn: () => api.request('GET /v1/deletions/{id}', { path: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'ended' ? false : 2_000),
  });
  return (
    <Page title={t('title')}>
      <Loaded query={query}>
        {({ organization_id, status, deleted, retained }) => (
          <Stack>
            <Text>
              <Code>{organization_id}</Code> {t(`states.${status}`)}
            </Text>
            <DataTable
              label={t('deleted')}
              head={[t('deleted'), t('rows')]}
              rows={Object.entries(deleted).map(([table, n]) => [table, number(Number(n))])}
              minWidth={320}
            />
            {retained.length > 0 && (
              <DataTable
                label={t('retained')}
                head={[t('retained'), t('rows'), t('grounds')]}
                rows={retained.map(({ table, n_retained_rows, grounds }) => [table, number(n_retained_rows), grounds])}
              />
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
