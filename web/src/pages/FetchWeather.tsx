import { Anchor, Button, Group, NumberInput, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FetchWeatherRequest, Weather } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Fault } from '../components/Fault.tsx';
import { type Entry, FieldLabel, NumberField } from '../components/Field.tsx';

type Provider = FetchWeatherRequest['provider'];

/** Asks a provider of weather for a year at a place. */
export function FetchWeather({ onStored }: { readonly onStored: (weather: Weather) => Promise<void> }) {
  const t = useTranslations('fetchWeather');
  const providers = useQuery({
    queryKey: ['weather-providers'],
    queryFn: () => api.request('GET /v1/weather/providers'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [provider, setProvider] = useState<Provider>('pvgis');
  const [latitude, setLatitude] = useState<Entry>('');
  const [longitude, setLongitude] = useState<Entry>('');
  const [year, setYear] = useState<Entry>('');
  const chosen = providers.data?.data.find(({ name }) => name === provider);
  const fetched = useMutation({
    mutationFn: () =>
      api.request('POST /v1/weather/fetch', {
        body: {
          provider,
          latitude_deg: Number(latitude),
          longitude_deg: Number(longitude),
          period: year === '' ? 'typical' : Number(year),
        },
      }),
    onSuccess: onStored,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    fetched.mutate();
  };
  return (
    <Paper withBorder p="lg">
      <form onSubmit={submit} aria-label={t('title')}>
        <Stack>
          <Title order={2} size="h4">
            {t('title')}
          </Title>
          <Group align="end">
            <Select
              label={t('provider')}
              value={provider}
              onChange={(value) => value && setProvider(value as Provider)}
              data={(providers.data?.data ?? []).map(({ name, title, is_configured }) => ({
                value: name,
                label: title,
                disabled: !is_configured,
              }))}
              allowDeselect={false}
              w={280}
            />
            <NumberField
              label={t('latitude')}
              of="FetchWeatherRequest.latitude_deg"
              value={latitude}
              onChange={setLatitude}
              unit="°"
              isRequired
            />
            <NumberField
              label={t('longitude')}
              of="FetchWeatherRequest.longitude_deg"
              value={longitude}
              onChange={setLongitude}
              unit="°"
              isRequired
            />
            <NumberInput
              label={<FieldLabel label={t('year')} of="FetchWeatherRequest.period" />}
              aria-label={t('year')}
              value={year}
              onChange={setYear}
              min={chosen?.first_year}
              thousandSeparator=""
              allowDecimal={false}
              placeholder={chosen?.has_typical_year ? t('typical') : undefined}
              required={chosen && !chosen.has_typical_year}
            />
          </Group>
          {chosen && <Text size="sm">{chosen.attribution}</Text>}
          {fetched.isError && <Fault error={fetched.error} />}
          <Group>
            <Button type="submit" variant="default" loading={fetched.isPending}>
              {t('fetch')}
            </Button>
            <Anchor href="/docs/weather-formats" size="sm">
              {t('more')}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
