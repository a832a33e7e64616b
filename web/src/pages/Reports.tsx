import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { StatusBadge } from './Jobs.tsx';

export function Reports() {
  const t = useTranslations('reports');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useQuery({ queryKey: ['reports'], queryFn: () => Array.fromAsync(api.list('/v1/reports')) });
  return (
    <Page title={t('title')}>
      <Loaded query={query}>
        {(reports) =>
          reports.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <DataTable
              label={t('title')}
              head={[common('name'), common('status'), t('files'), common('created')]}
              keys={reports.map(({ id }) => id)}
              rows={reports.map(({ job_id, title, template, status, files, created_at }) => [
                <Link key="report" to="/jobs/$id" params={{ id: job_id }}>
                  {title ?? t(`templates.${template}`)}
                </Link>,
                <StatusBadge key="status" status={status} />,
                <Group key="files" gap="xs">
                  {files.map(({ format, name, url }) => (
                    <Anchor key={format} href={url} download={name} size="sm">
                      {format.toUpperCase()}
                    </Anchor>
                  ))}
                </Group>,
                time(created_at),
              ])}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
