import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { FileDrop } from '../components/FileDrop.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { sampleWeather, weatherList } from '../samples.ts';
import { FetchWeather } from './FetchWeather.tsx';
import { WindFiles } from './WindFiles.tsx';

export function WeatherList() {
  const t = useTranslations('weather');
  const common = useTranslations('common');
  const navigate = useNavigate();
  const { number, time } = useNumbers();
  const query = useQuery(weatherList);
  const open = async ({ id }: { readonly id: string }): Promise<void> => {
    await queries.invalidateQueries(weatherList);
    await navigate({ to: '/weather/$id', params: { id } });
  };
  const upload = useMutation({
    mutationFn: (file: File) => api.upload('/v1/weather', file, { name: file.name.slice(0, 200) }),
    onSuccess: open,
  });
  const sample = useMutation({ mutationFn: sampleWeather, onSuccess: open });
  return (
    <Page title={t('title')}>
      <FileDrop hint={t('empty')} label={t('upload')} isBusy={upload.isPending} onFile={upload.mutate}>
        <Button variant="default" onClick={() => sample.mutate()} loading={sample.isPending}>
          {t('sample')}
        </Button>
      </FileDrop>
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
      <FetchWeather onStored={open} />
      <WindFiles />
    </Page>
  );
}
