import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { FieldRow } from '../components/Field.tsx';
import { SiteMap } from '../components/Map.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { siteList } from '../samples.ts';
import { useDraft } from '../settings.tsx';

interface Draft {
  readonly name: string;
  readonly latitude: number | string;
  readonly longitude: number | string;
}
const EMPTY: Draft = { name: '', latitude: '', longitude: '' };
const rounded = (degrees: number): number => Number(degrees.toFixed(5));

export function Sites() {
  const t = useTranslations('sites');
  const common = useTranslations('common');
  const { number, time } = useNumbers();
  const navigate = useNavigate();
  const query = useQuery(siteList);
  const [draft, setDraft] = useDraft<Draft>('site', EMPTY);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const create = useMutation({
    mutationFn: () =>
      api.request('POST /v1/sites', {
        body: { name: draft.name, latitude_deg: Number(draft.latitude), longitude_deg: Number(draft.longitude) },
      }),
    onSuccess: async ({ id }) => {
      setDraft(() => EMPTY);
      await queries.invalidateQueries(siteList);
      await navigate({ to: '/sites/$id', params: { id } });
    },
  });
  const content = useMemo(() => {
    const stored = (query.data ?? []).map(({ name, latitude_deg, longitude_deg }) => ({
      name,
      latitude: latitude_deg,
      longitude: longitude_deg,
    }));
    const { name, latitude, longitude } = draft;
    const isPlaced = typeof latitude === 'number' && typeof longitude === 'number';
    return { places: isPlaced ? [...stored, { name: name || t('new'), latitude, longitude }] : stored };
  }, [query.data, draft, t]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Page title={t('title')}>
      <SiteMap
        label={t('map')}
        content={content}
        onPick={(latitude, longitude) =>
          change({
            latitude: rounded(latitude),
            longitude: rounded(((((longitude + 180) % 360) + 360) % 360) - 180),
          })
        }
      />
      <Text size="sm">{t('mapHint')}</Text>
      <form onSubmit={submit}>
        <Stack maw={640}>
          <TextInput
            label={t('new')}
            value={draft.name}
            onChange={({ currentTarget: { value } }) => change({ name: value })}
            required
            maxLength={200}
          />
          <FieldRow>
            <NumberInput
              label={t('latitude')}
              value={draft.latitude}
              onChange={(latitude) => change({ latitude })}
              min={-90}
              max={90}
              suffix=" °"
              required
            />
            <NumberInput
              label={t('longitude')}
              value={draft.longitude}
              onChange={(longitude) => change({ longitude })}
              min={-180}
              max={180}
              suffix=" °"
              required
            />
          </FieldRow>
          {create.isError && <Fault error={create.error} />}
          <Button type="submit" loading={create.isPending} w="fit-content">
            {common('create')}
          </Button>
        </Stack>
      </form>
      <Loaded query={query}>
        {(sites) =>
          sites.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <DataTable
              label={t('title')}
              head={[common('name'), t('latitude'), t('longitude'), common('created')]}
              keys={sites.map(({ id }) => id)}
              rows={sites.map(({ id, name, latitude_deg, longitude_deg, created_at }) => [
                <Link key="site" to="/sites/$id" params={{ id }}>
                  {name}
                </Link>,
                `${number(latitude_deg, 5)}°`,
                `${number(longitude_deg, 5)}°`,
                time(created_at),
              ])}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
