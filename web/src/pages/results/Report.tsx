import { Anchor, Button, Group, List, Paper, Select, Stack, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ReportResult as Result } from '../../../../src/client/index.ts';
import { api, queries } from '../../api.ts';
import { Fault } from '../../components/Fault.tsx';
import { Loaded } from '../../components/Page.tsx';
import { useLanguage } from '../../settings.tsx';

/** The files of a report that is written. */
export function ReportResult({ result }: { readonly result: Result }) {
  const t = useTranslations('reports');
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {result.title}
      </Title>
      <List>
        {result.files.map(({ format, name, bytes }) => (
          <List.Item key={format}>
            <Anchor href={`/v1/reports/${result.report_id}/files/${format}`} download={name}>
              {name}
            </Anchor>{' '}
            ({Math.ceil(bytes / 1024)} kB{format === 'pdf' && `, ${t('pages', { n: result.n_pages })}`})
          </List.Item>
        ))}
      </List>
      {result.files.some(({ format }) => format === 'html') && <Preview result={result} />}
    </Stack>
  );
}

/** The report as it reads, in a frame that runs no script. */
function Preview({ result: { report_id, title } }: { readonly result: Result }) {
  const query = useQuery({
    queryKey: ['report', report_id, 'html'],
    queryFn: async () => {
      const path = { id: report_id, format: 'html' };
      return (await api.download('/v1/reports/{id}/files/{format}', { path })).text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={query}>
      {(html) => (
        <iframe
          title={title}
          srcDoc={html}
          sandbox=""
          style={{
            width: '100%',
            height: '75vh',
            border: '1px solid var(--mantine-color-default-border)',
            background: 'white',
          }}
        />
      )}
    </Loaded>
  );
}

/** Asks which report to write about a job, and starts it. */
export function WriteReport({ jobId }: { readonly jobId: string }) {
  const t = useTranslations('reports');
  const job = useTranslations('job');
  const navigate = useNavigate();
  const { language } = useLanguage();
  const [template, setTemplate] = useState<'summary' | 'bankable'>('bankable');
  const [written, setWritten] = useState(language);
  const start = useMutation({
    mutationFn: () => api.submit('/v1/reports', { job_ids: [jobId], template, language: written }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      await navigate({ to: '/jobs/$id', params: { id } });
    },
  });
  return (
    <Paper withBorder p="md">
      <Stack>
        <Title order={2} size="h4">
          {job('report')}
        </Title>
        <Group align="end">
          <Select
            label={t('template')}
            value={template}
            onChange={(value) => value && setTemplate(value as typeof template)}
            data={(['bankable', 'summary'] as const).map((value) => ({ value, label: t(`templates.${value}`) }))}
            allowDeselect={false}
          />
          <Select
            label={t('language')}
            value={written}
            onChange={(value) => value && setWritten(value as typeof written)}
            data={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
            allowDeselect={false}
          />
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            {t('write')}
          </Button>
        </Group>
        {start.isError && <Fault error={start.error} />}
      </Stack>
    </Paper>
  );
}
