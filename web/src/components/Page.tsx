import { Box, Group, Loader, Stack, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Fault } from './Fault.tsx';

interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, actions, children }: PageProps) {
  const t = useTranslations('app');
  useEffect(() => {
    document.title = `${title} - ${t('name')}`;
  }, [title, t]);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h2">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}

/** Shows what a query has read, or that it is loading, or why it failed. */
export function Loaded<Data>({
  query,
  height,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  /** Height of what will be shown, so that what stands below does not move [px] */
  readonly height?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  const t = useTranslations('common');
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Fault error={query.error} />}
        {children(query.data)}
      </>
    );
  if (query.isError) return <Fault error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Box mih={height}>
      <Loader aria-label={t('loading')} />
    </Box>
  );
}
