import { Button, FileButton, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { sampleWeather, weatherList } from '../sample.ts';

export function WeatherList() {
  const t = useTranslations('weather');
  const common = useTranslations('common');
  const navigate = useNavigate();
  const { number, time } = useNumbers();
  const query = useQuery(weatherList);
  const [isOver, setIsOver] = useState(false);
  const open = async ({ id }: { readonly id: string }): Promise<void> => {
    await queries.invalidateQueries(weatherList);
    await navigate({ to: '/weather/$id', params: { id } });
  };
  const upload = useMutation({
    mutationFn: (file: File) => api.upload('/v1/weather', file, { name: file.name.slice(0, 200) }),
    onSuccess: open,
  });
  const sample = useMutation({ mutationFn: sampleWeather, onSuccess: open });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file) upload.mutate(file);
  };
  return (
    <Page title={t('title')}>
      <Paper
        withBorder
        p="lg"
        style={{ borderStyle: 'dashed', borderColor: isOver ? 'var(--mantine-primary-color-filled)' : undefined }}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <Text mb="sm">{t('empty')}</Text>
        <Group>
          <FileButton onChange={(file) => file && upload.mutate(file)}>
            {(props) => (
              <Button {...props} loading={upload.isPending}>
                {t('upload')}
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={() => sample.mutate()} loading={sample.isPending}>
            {t('sample')}
          </Button>
        </Group>
      </Paper>
      {upload.isError && <Fault error={upload.error} />}
      {sample.isError && <Fault error={sample.error} />}
      <Loaded query={query}>
        {(sets) =>
          sets.length > 0 && (
            <DataTable
              label={t('title')}
              head={[common('name'), t('place'), t('ghi'), common('created')]}
              keys={sets.map(({ id }) => id)}
              rows={sets.map(({ id, name, latitude_deg, longitude_deg, summary, created_at }) => [
                <Link key="weather" to="/weather/$id" params={{ id }}>
                  {name}
                </Link>,
                `${number(latitude_deg, 3)}°, ${number(longitude_deg, 3)}°`,
                `${number(summary.ghi_annual_kwh_m2)} kWh/m²`,
                time(created_at),
              ])}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
