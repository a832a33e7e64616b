import { Button, Loader, Stack, Text } from '@mantine/core';
import { type InfiniteData, infiniteQueryOptions, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Fault } from './Fault.tsx';

interface ListPage<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
}

/** Options of a query for the pages of a list, each of which is asked for when it is needed. */
export const pagesOf = <Answer extends ListPage<unknown>>(
  queryKey: readonly unknown[],
  ask: (cursor: string | undefined) => Promise<Answer>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }: Answer) => next_cursor ?? undefined,
  });

/** The pages of a list that have been read, and a button for the next one. */
export function Pages<Row>({
  query,
  empty,
  children,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<ListPage<Row>>>;
  /** What a list without rows says */
  readonly empty: string;
  readonly children: (rows: readonly Row[]) => ReactNode;
}) {
  const t = useTranslations('common');
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      {query.isError && <Fault error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loader aria-label={t('loading')} />}
      {query.isSuccess && rows.length === 0 && <Text>{empty}</Text>}
      {rows.length > 0 && (
        <Stack>
          {children(rows)}
          {query.hasNextPage && (
            <Button
              variant="default"
              onClick={() => void query.fetchNextPage()}
              loading={query.isFetchingNextPage}
              w="fit-content"
            >
              {t('more')}
            </Button>
          )}
        </Stack>
      )}
    </>
  );
}
