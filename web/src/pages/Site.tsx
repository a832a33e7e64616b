import { Button, FileButton, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Site, UpdateSiteRequest } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { Fault } from '../components/Fault.tsx';
import { QuantityInput } from '../components/Field.tsx';
import { Figures } from '../components/Figures.tsx';
import { type MapContent, type Position, SiteMap } from '../components/Map.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { useUndo } from '../components/Undo.tsx';
import { Warnings } from '../components/Warnings.tsx';
import { siteList } from '../samples.ts';
import { useUtm } from '../utm.ts';

const page = getRouteApi('/sites/$id');
const siteOf = (id: string) =>
  queryOptions({ queryKey: ['site', id], queryFn: () => api.request('GET /v1/sites/{id}', { path: { id } }) });
const refresh = (id: string) =>
  Promise.all([queries.invalidateQueries(siteOf(id)), queries.invalidateQueries(siteList)]);

const USES = ['boundary', 'exclusions'] as const;
type Use = (typeof USES)[number];

/** A site with its areas, which are drawn on the map or read from files. */
export function SitePage() {
  const { id } = page.useParams();
  const t = useTranslations('sites');
  const query = useQuery(siteOf(id));
  return (
    <Page
      title={query.data?.name ?? t('title')}
      actions={
        <Group gap="xs">
          <Button variant="default" renderRoot={(props) => <Link to="/wind" search={{ site: id }} {...props} />}>
            {t('toWind')}
          </Button>
        </Group>
      }
    >
      <Loaded query={query}>{(site) => <SiteView key={id} site={site} />}</Loaded>
    </Page>
  );
}

function SiteView({ site }: { readonly site: Site }) {
  const t = useTranslations('sites');
  const { number, quantity } = useNumbers();
  const [use, setUse] = useState<Use>('boundary');
  const [corners, setCorners] = useState<readonly Position[]>();
  const { latitude_deg, longitude_deg, elevation_m } = site;
  const utm = useUtm(longitude_deg, latitude_deg, number);

  const content = useMemo(
    (): MapContent => ({
      places: [{ name: site.name, latitude: latitude_deg, longitude: longitude_deg }],
      boundary: site.boundary,
      exclusions: site.exclusions,
      line: corners,
      turbines: corners,
    }),
    [site, latitude_deg, longitude_deg, corners],
  );
  const change = useMutation({
    mutationFn: (body: UpdateSiteRequest) => api.request('PATCH /v1/sites/{id}', { path: { id: site.id }, body }),
    onSuccess: () => refresh(site.id),
  });
  const undoable = useUndo();
  /** Sets or removes the area at once; the one before comes back by undo. */
  const set = (area: UpdateSiteRequest[Use], text: string, onDone?: () => void): void => {
    const before = site[use];
    change.mutate(
      { [use]: area },
      {
        onSuccess: () => {
          onDone?.();
          undoable(text, () => change.mutateAsync({ [use]: before }));
        },
      },
    );
  };
  const stop = (): void => {
    setCorners(undefined);
    if (corners?.length) undoable(t('stopped', { n: corners.length }), () => setCorners(corners));
  };
  const finish = (): void => {
    if (!corners) return;
    const ring = [...corners, corners[0]].map(([longitude, latitude]) => [longitude, latitude] as [number, number]);
    const before = site[use];
    // Further exclusions join those that the site has.
    const area = {
      type: 'FeatureCollection' as const,
      features: [
        ...(use === 'exclusions' && before ? featuresOf(before) : []),
        { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [ring] } },
      ],
    };
    set(area, t('drawn', { use: t(`uses.${use}`) }), () => setCorners(undefined));
  };
  return (
    <Stack>
      <Warnings warnings={site.warnings} />
      <Figures
        figures={[
          [t('latitude'), `${number(latitude_deg, 5)}°`],
          [t('longitude'), `${number(longitude_deg, 5)}°`],
          ['UTM', utm ?? '–'],
          [t('elevation'), elevation_m === null ? '–' : quantity(elevation_m, 'm')],
        ]}
      />
      <SiteMap
        label={t('map')}
        content={content}
        height={440}
        onPick={corners && ((latitude, longitude) => setCorners([...corners, [longitude, latitude]]))}
      />
      <Paper withBorder p="md">
        <Stack>
          <Group align="end">
            <Select
              label={t('use')}
              value={use}
              onChange={(value) => value && setUse(value as Use)}
              data={USES.map((value) => ({ value, label: t(`uses.${value}`) }))}
              allowDeselect={false}
            />
            {corners ? (
              <>
                <Button onClick={finish} disabled={corners.length < 3} loading={change.isPending}>
                  {t('finish', { n: corners.length })}
                </Button>
                <Button
                  variant="default"
                  onClick={() => setCorners(corners.slice(0, -1))}
                  disabled={corners.length === 0}
                >
                  {t('lastCorner')}
                </Button>
                <Button variant="default" onClick={stop}>
                  {t('stopDrawing')}
                </Button>
              </>
            ) : (
              <>
                <Button variant="default" onClick={() => setCorners([])}>
                  {t('draw')}
                </Button>
                <AreaUpload
                  site={site}
                  use={use}
                  onSent={(before) =>
                    undoable(t('uploaded', { use: t(`uses.${use}`) }), () => change.mutateAsync({ [use]: before }))
                  }
                />
                {site[use] && (
                  <Button
                    variant="subtle"
                    onClick={() => set(null, t('removed', { use: t(`uses.${use}`), name: site.name }))}
                    loading={change.isPending}
                  >
                    {t('removeArea')}
                  </Button>
                )}
              </>
            )}
          </Group>
          {corners && <Text size="sm">{t('drawHint')}</Text>}
          <Text size="sm">{t('fileHint')}</Text>
          {change.isError && <Fault error={change.error} />}
        </Stack>
      </Paper>
      <DeleteSite site={site} />
    </Stack>
  );
}

type Feature = Extract<NonNullable<Site['boundary']>, { type: 'FeatureCollection' }>['features'][number];
/** The features of an area, whatever its form */
function featuresOf(area: NonNullable<Site['boundary']>): Feature[] {
  if (area.type === 'FeatureCollection') return [...area.features];
  if (area.type === 'Feature') return [area as Feature];
  return [{ type: 'Feature', properties: {}, geometry: area } as Feature];
}

function AreaUpload({
  site,
  use,
  onSent,
}: {
  readonly site: Site;
  readonly use: Use;
  readonly onSent: (before: Site[Use]) => void;
}) {
  const t = useTranslations('sites');
  const [setback, setSetback] = useState<number | string>(0);
  const [dropped, setDropped] = useState<readonly Site['warnings'][number][]>([]);
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.request('POST /v1/sites/{id}/areas', {
        path: { id: site.id },
        query: { use, setback_m: Number(setback) },
        body: file,
      }),
    onSuccess: ({ warnings }) => {
      setDropped(warnings);
      onSent(site[use]);
      return refresh(site.id);
    },
  });
  return (
    <>
      <QuantityInput
        label={t('setback')}
        value={setback}
        onChange={setSetback}
        min={0}
        max={100_000}
        unit="m"
        w={140}
      />
      <FileButton onChange={(file) => file && upload.mutate(file)} accept=".kml,.kmz,.zip,.geojson,.json">
        {(props) => (
          <Button {...props} variant="default" loading={upload.isPending}>
            {t('uploadArea')}
          </Button>
        )}
      </FileButton>
      {upload.isError && <Fault error={upload.error} />}
      <Warnings warnings={dropped} />
    </>
  );
}

function DeleteSite({ site }: { readonly site: Site }) {
  const t = useTranslations('sites');
  const navigate = useNavigate();
  return (
    <Confirm
      label={t('delete')}
      title={t('deleteTitle', { name: site.name })}
      text={t('deleteText')}
      onConfirm={async () => {
        await api.request('DELETE /v1/sites/{id}', { path: { id: site.id } });
        await queries.invalidateQueries(siteList);
        await navigate({ to: '/sites' });
      }}
    />
  );
}
