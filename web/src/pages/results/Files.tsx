import { Anchor, List, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { seriesNamesOf } from '../../queries.ts';

interface FilesProps {
  readonly jobId: string;
  /** Files besides the series and all of it as JSON: name and address */
  readonly others?: readonly (readonly [name: string, address: string])[];
}

/** What can be downloaded of a job. */
export function Files({ jobId, others = [] }: FilesProps) {
  const t = useTranslations('result');
  const series = useQuery(seriesNamesOf(jobId));
  const files = [
    ...others,
    ['job.json', `/v1/jobs/${jobId}`],
    ...(series.data?.data ?? []).map((name) => [`${name}.csv`, `/v1/jobs/${jobId}/series/${name}?format=csv`] as const),
  ];
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('files')}
      </Title>
      <List>
        {files.map(([name, address]) => (
          <List.Item key={name}>
            <Anchor href={address} download={name}>
              {name}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
