import { Button, Code, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { WindIoRequest } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Fault } from '../components/Fault.tsx';
import { FileDrop } from '../components/FileDrop.tsx';

/** A wind energy system in windIO: what the file says, and its yield by one click. */
export function WindIoFile() {
  const t = useTranslations('windIo');
  const read = useMutation({ mutationFn: (file: File) => api.upload('/v1/wind/windio', file) });
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('title')}
      </Title>
      <FileDrop hint={t('hint')} label={t('open')} isBusy={read.isPending} onFile={(file) => read.mutate(file)} />
      {read.isError && <Fault error={read.error} />}
      {read.data && <System system={read.data} />}
    </Stack>
  );
}

function System({ system }: { readonly system: WindIoRequest }) {
  const t = useTranslations('windIo');
  const navigate = useNavigate();
  const { name, analyze, not_used } = system;
  const start = useMutation({
    mutationFn: () => api.submit('/v1/wind/analyze', analyze),
    onSuccess: (id) => navigate({ to: '/jobs/$id', params: { id } }),
  });
  return (
    <Paper withBorder p="md" role="status">
      <Stack>
        <Title order={3} size="h5">
          {t('system', { name, n: analyze.layout.x_m.length })}
        </Title>
        {not_used.length > 0 && (
          <>
            <Text size="sm">{t('notUsed')}</Text>
            <List size="sm">
              {not_used.map(({ path, reason }) => (
                <List.Item key={path}>
                  <Code>{path}</Code> {reason}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {start.isError && <Fault error={start.error} />}
        <Button onClick={() => start.mutate()} loading={start.isPending} w="fit-content">
          {t('compute')}
        </Button>
      </Stack>
    </Paper>
  );
}
