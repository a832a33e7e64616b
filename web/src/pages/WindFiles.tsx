import { Stack, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { type Entry, given, QuantityInput } from '../components/Field.tsx';
import { FileDrop } from '../components/FileDrop.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded } from '../components/Page.tsx';

export const windFileList = queryOptions({
  queryKey: ['wind-resources'],
  queryFn: () => Array.fromAsync(api.list('/v1/wind/resources')),
});

/** Files of wind: measurements of a mast, and WAsP's files. */
export function WindFiles() {
  const t = useTranslations('windFiles');
  const common = useTranslations('common');
  const { time, size } = useNumbers();
  const navigate = useNavigate();
  const query = useQuery(windFileList);
  const [height, setHeight] = useState<Entry>('');
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.upload('/v1/wind/resources', file, { name: file.name.slice(0, 200), height_m: given(height) }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries(windFileList);
      await navigate({ to: '/wind-files/$id', params: { id } });
    },
  });
  return (
    <Stack>
      <Title order={2} size="h3">
        {t('title')}
      </Title>
      <FileDrop hint={t('hint')} label={t('upload')} isBusy={upload.isPending} onFile={upload.mutate}>
        <QuantityInput label={t('height')} value={height} onChange={setHeight} min={1} max={500} unit="m" w={220} />
      </FileDrop>
      {upload.isError && <Fault error={upload.error} />}
      <Loaded query={query}>
        {(files) =>
          files.length > 0 && (
            <DataTable
              label={t('title')}
              head={[common('name'), t('format'), t('height'), common('created')]}
              keys={files.map(({ id }) => id)}
              rows={files.map(({ id, name, format, summary, created_at }) => [
                <Link key="file" to="/wind-files/$id" params={{ id }}>
                  {name}
                </Link>,
                format,
                summary.height_m === null ? '–' : size(summary.height_m, 'm'),
                time(created_at),
              ])}
            />
          )
        }
      </Loaded>
    </Stack>
  );
}
