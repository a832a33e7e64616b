import { Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Warning } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { FileDrop } from '../components/FileDrop.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';
import { Warnings } from '../components/Warnings.tsx';
import { PARTS, type Part } from '../parts.ts';
import { NewTurbine } from './NewTurbine.tsx';

const page = getRouteApi('/library');

/** Components of plants: the bundled ones, and files of the organization. */
export function Library() {
  const t = useTranslations('library');
  const { part = 'modules' } = page.useSearch();
  const navigate = useNavigate();
  return (
    <Page title={t('title')}>
      <Tabs
        value={part}
        onChange={(value) => void navigate({ to: '/library', search: { part: value as Part } })}
        keepMounted={false}
      >
        <Tabs.List>
          {PARTS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`parts.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="modules" pt="md">
          <Modules />
        </Tabs.Panel>
        <Tabs.Panel value="inverters" pt="md">
          <Inverters />
        </Tabs.Panel>
        <Tabs.Panel value="turbines" pt="md">
          <Turbines />
        </Tabs.Panel>
        <Tabs.Panel value="horizons" pt="md">
          <Horizons />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** What an upload has found: components with their doubts, and what of the file is not used */
interface Uploaded {
  readonly data: readonly { readonly id: string; readonly name: string; readonly warnings: readonly Warning[] }[];
  readonly notes: readonly string[];
}

/** A drop zone for files of one part, with what came of the last one. */
function Upload({ part, send }: { readonly part: Part; readonly send: (file: File) => Promise<Uploaded> }) {
  const t = useTranslations('library');
  const upload = useMutation({ mutationFn: send, onSuccess: () => queries.invalidateQueries({ queryKey: [part] }) });
  return (
    <>
      <FileDrop
        hint={t(`hints.${part}`)}
        label={t('upload')}
        isBusy={upload.isPending}
        onFile={(file) => upload.mutate(file)}
      />
      {upload.isError && <Fault error={upload.error} />}
      {upload.data && (
        <Stack gap="xs" role="status">
          <Text>{t('stored', { names: upload.data.data.map(({ name }) => name).join(', ') })}</Text>
          <Warnings warnings={upload.data.data.flatMap(({ warnings }) => warnings)} />
          {upload.data.notes.map((note) => (
            <Text key={note} size="sm">
              {note}
            </Text>
          ))}
        </Stack>
      )}
    </>
  );
}

function useSearchText() {
  const t = useTranslations('library');
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 300);
  const field = (
    <TextInput label={t('search')} value={text} onChange={({ currentTarget: { value } }) => setText(value)} maw={360} />
  );
  return { search: search === '' ? undefined : search, field };
}

/** The button that deletes a component of the organization; bundled ones have none. */
function Delete({ name, act }: { readonly name: string; readonly act: () => Promise<unknown> }) {
  const t = useTranslations('library');
  return (
    <Confirm isSmall label={t('delete')} title={t('deleteTitle', { name })} text={t('deleteText')} onConfirm={act} />
  );
}
const refresh = (part: Part) => () => queries.invalidateQueries({ queryKey: [part] });

function Modules() {
  const t = useTranslations('library');
  const common = useTranslations('common');
  const { number, percent } = useNumbers();
  const { search, field } = useSearchText();
  const query = useInfiniteQuery({
    ...pagesOf(['modules', search], (cursor) =>
      api.request('GET /v1/modules', { query: { limit: 50, cursor, search } }),
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Upload part="modules" send={(file) => api.upload('/v1/modules', file)} />
      {field}
      <Pages query={query} empty={t('nothing')}>
        {(modules) => (
          <DataTable
            label={t('parts.modules')}
            head={[common('name'), t('power'), t('technology'), t('efficiency'), common('actions')]}
            keys={modules.map(({ id }) => id)}
            rows={modules.map(({ id, name, power_w, technology, efficiency, is_custom }) => [
              <Link key="module" to="/modules/$id" params={{ id }}>
                {name}
              </Link>,
              `${number(power_w)} W`,
              technology,
              efficiency === null ? '–' : percent(100 * efficiency),
              is_custom && (
                <Delete
                  key="delete"
                  name={name}
                  act={() => api.request('DELETE /v1/modules/{id}', { path: { id } }).then(refresh('modules'))}
                />
              ),
            ])}
          />
        )}
      </Pages>
    </Stack>
  );
}

function Inverters() {
  const t = useTranslations('library');
  const common = useTranslations('common');
  const { number, percent } = useNumbers();
  const { search, field } = useSearchText();
  const query = useInfiniteQuery({
    ...pagesOf(['inverters', search], (cursor) =>
      api.request('GET /v1/inverters', { query: { limit: 50, cursor, search } }),
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Upload part="inverters" send={(file) => api.upload('/v1/inverters', file)} />
      {field}
      <Pages query={query} empty={t('nothing')}>
        {(inverters) => (
          <DataTable
            label={t('parts.inverters')}
            head={[common('name'), t('power'), t('mpp'), t('efficiency'), common('actions')]}
            keys={inverters.map(({ id }) => id)}
            rows={inverters.map(({ id, name, power_w, mpp_min_v, mpp_max_v, efficiency, is_custom }) => [
              <Link key="inverter" to="/inverters/$id" params={{ id }}>
                {name}
              </Link>,
              `${number(power_w)} W`,
              mpp_min_v === null || mpp_max_v === null ? '–' : `${number(mpp_min_v)}–${number(mpp_max_v)} V`,
              percent(100 * efficiency),
              is_custom && (
                <Delete
                  key="delete"
                  name={name}
                  act={() => api.request('DELETE /v1/inverters/{id}', { path: { id } }).then(refresh('inverters'))}
                />
              ),
            ])}
          />
        )}
      </Pages>
    </Stack>
  );
}

function Turbines() {
  const t = useTranslations('library');
  const common = useTranslations('common');
  const { power, size } = useNumbers();
  const { search, field } = useSearchText();
  const query = useInfiniteQuery({
    ...pagesOf(['turbines', search], (cursor) =>
      api.request('GET /v1/wind/turbines', { query: { limit: 50, cursor, search } }),
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Upload
        part="turbines"
        send={async (file) => {
          const { turbine, not_used } = await api.upload('/v1/wind/turbines/files', file);
          return {
            data: [{ ...turbine, warnings: [] }],
            notes: not_used.map(({ path, reason }) => `${path}: ${reason}`),
          };
        }}
      />
      <NewTurbine onCreated={refresh('turbines')} />
      {field}
      <Pages query={query} empty={t('nothing')}>
        {(turbines) => (
          <DataTable
            label={t('parts.turbines')}
            head={[common('name'), t('power'), t('rotor'), t('hub'), common('actions')]}
            keys={turbines.map(({ id }) => id)}
            rows={turbines.map(({ id, name, rated_kw, rotor_diameter_m, hub_height_m, is_custom }) => [
              <Link key="turbine" to="/turbines/$id" params={{ id }}>
                {name}
              </Link>,
              power(rated_kw),
              size(rotor_diameter_m, 'm'),
              size(hub_height_m, 'm'),
              is_custom && (
                <Delete
                  key="delete"
                  name={name}
                  act={() => api.request('DELETE /v1/wind/turbines/{id}', { path: { id } }).then(refresh('turbines'))}
                />
              ),
            ])}
          />
        )}
      </Pages>
    </Stack>
  );
}

function Horizons() {
  const t = useTranslations('library');
  const common = useTranslations('common');
  const { number, time } = useNumbers();
  const query = useInfiniteQuery(
    pagesOf(['horizons'], (cursor) => api.request('GET /v1/horizons', { query: { limit: 50, cursor } })),
  );
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('parts.horizons')}
      </Title>
      <Upload part="horizons" send={(file) => api.upload('/v1/horizons', file)} />
      <Pages query={query} empty={t('nothing')}>
        {(horizons) => (
          <DataTable
            label={t('parts.horizons')}
            head={[common('name'), t('highest'), common('created'), common('actions')]}
            keys={horizons.map(({ id }) => id)}
            rows={horizons.map(({ id, name, elevation_deg, created_at }) => [
              name,
              `${number(Math.max(...elevation_deg), 1)}°`,
              time(created_at),
              <Delete
                key="delete"
                name={name}
                act={() => api.request('DELETE /v1/horizons/{id}', { path: { id } }).then(refresh('horizons'))}
              />,
            ])}
          />
        )}
      </Pages>
    </Stack>
  );
}
