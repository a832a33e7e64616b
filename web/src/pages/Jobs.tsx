import { Badge, Button, Group, Progress } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { JobSummary } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';

const COLORS = { queued: 'gray', running: 'blue', succeeded: 'green', failed: 'red', cancelled: 'orange' } as const;

export function StatusBadge({ status }: { readonly status: JobSummary['status'] }) {
  const t = useTranslations('status');
  return (
    <Badge variant="dot" color={COLORS[status]}>
      {t(status)}
    </Badge>
  );
}

const jobPages = pagesOf(['jobs'], (cursor) => api.request('GET /v1/jobs', { query: { limit: 50, cursor } }));

/** Lists of more pages do not refresh themselves: each page would be read again. */
const MAX_REFRESHED_PAGES = 2;

export function Jobs() {
  const t = useTranslations();
  const { time } = useNumbers();
  const query = useInfiniteQuery({
    ...jobPages,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length <= MAX_REFRESHED_PAGES ? 5_000 : false),
  });
  return (
    <Page
      title={t('jobs.title')}
      actions={
        <Group gap="xs">
          <Button component={Link} to="/solar">
            {t('jobs.start')}
          </Button>
          <Button component={Link} to="/wind">
            {t('jobs.startWind')}
          </Button>
        </Group>
      }
    >
      <Pages query={query} empty={t('jobs.empty')}>
        {(jobs) => (
          <DataTable
            label={t('jobs.title')}
            head={[t('jobs.kind'), t('common.status'), t('jobs.progress'), t('common.created')]}
            keys={jobs.map(({ id }) => id)}
            rows={jobs.map(({ id, kind, status, progress, created_at }) => [
              <Link key="job" to="/jobs/$id" params={{ id }}>
                {t(`kind.${kind}`)}
              </Link>,
              <StatusBadge key="status" status={status} />,
              <Progress key="progress" value={100 * progress} aria-label={t('jobs.progress')} />,
              time(created_at),
            ])}
          />
        )}
      </Pages>
    </Page>
  );
}
