import { Badge, Button, Progress, Stack, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { JobSummary } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';

const COLORS = { queued: 'gray', running: 'blue', succeeded: 'green', failed: 'red', cancelled: 'orange' } as const;

export function StatusBadge({ status }: { readonly status: JobSummary['status'] }) {
  const t = useTranslations('status');
  return (
    <Badge variant="dot" color={COLORS[status]}>
      {t(status)}
    </Badge>
  );
}

const jobPages = infiniteQueryOptions({
  queryKey: ['jobs'],
  queryFn: ({ pageParam: cursor }) => api.request('GET /v1/jobs', { query: { limit: 50, cursor } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  refetchInterval: 5_000,
});

export function Jobs() {
  const t = useTranslations();
  const { time } = useNumbers();
  const query = useInfiniteQuery(jobPages);
  const jobs = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Page
      title={t('jobs.title')}
      actions={
        <Button component={Link} to="/solar">
          {t('jobs.start')}
        </Button>
      }
    >
      {query.isError && <Fault error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && jobs.length === 0 && <Text>{t('jobs.empty')}</Text>}
      {jobs.length > 0 && (
        <Stack>
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
          {query.hasNextPage && (
            <Button
              variant="default"
              onClick={() => void query.fetchNextPage()}
              loading={query.isFetchingNextPage}
              w="fit-content"
            >
              {t('common.more')}
            </Button>
          )}
        </Stack>
      )}
    </Page>
  );
}
