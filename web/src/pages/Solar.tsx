import { Button, Fieldset, Group, NumberInput, Radio, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { AnalyzeSolarRequest, Mounting, OptimizeSolarRequest } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Estimate } from '../components/Estimate.tsx';
import { Fault } from '../components/Fault.tsx';
import { FieldLabel, FieldRow } from '../components/Field.tsx';
import { Page } from '../components/Page.tsx';
import { ClearForm, useUndo } from '../components/Undo.tsx';
import { sampleWeather, siteList, weatherList } from '../samples.ts';
import { useDraft } from '../settings.tsx';

const PRESETS = {
  residential: { capacity: 8, mounting: 'roof', tilt: 30, ratio: 1.2, gcr: 0.4 },
  commercial: { capacity: 1_000, mounting: 'fixed', tilt: 30, ratio: 1.25, gcr: 0.45 },
  // https://pvwatts.nrel.gov, system of its form before anything is changed
  pvwatts: { capacity: 4, mounting: 'fixed', tilt: 20, ratio: 1.2, gcr: 0.4 },
  tracker: { capacity: 20_000, mounting: 'one_axis', tilt: 0, ratio: 1.3, gcr: 0.35 },
} as const;
type Preset = keyof typeof PRESETS;
const OF_PRESET = ['capacity', 'mounting', 'tilt', 'ratio', 'gcr'] as const;
type MountingType = 'fixed' | 'roof' | 'one_axis';
type Objective = 'lcoe' | 'npv' | 'energy' | 'specific_yield';
const OBJECTIVES: readonly Objective[] = ['lcoe', 'npv', 'energy', 'specific_yield'];

/** What a field for a number holds; text while it is empty */
type Entry = number | string;
type Range = readonly [lower: Entry, upper: Entry];

interface Draft {
  readonly what: 'search' | 'analyze';
  readonly preset: Preset;
  readonly weather: string | null;
  readonly site: string | null;
  readonly capacity: Entry;
  readonly mounting: MountingType;
  readonly tilt: Entry;
  /** Empty: toward the equator */
  readonly azimuth: Entry;
  readonly ratio: Entry;
  readonly gcr: Entry;
  readonly objective: Objective;
  readonly tilts: Range;
  readonly ratios: Range;
  readonly gcrs: Range;
}

const INITIAL: Draft = {
  what: 'search',
  preset: 'commercial',
  weather: null,
  site: null,
  azimuth: '',
  objective: 'lcoe',
  tilts: [0, 60],
  ratios: [1, 2],
  gcrs: [0.2, 0.6],
  ...PRESETS.commercial,
};

function mountingOf({ mounting, tilt, azimuth, gcr }: Draft): Mounting {
  if (mounting === 'one_axis') return { type: 'one_axis', gcr: Number(gcr) };
  return { type: mounting, tilt_deg: Number(tilt), ...(azimuth !== '' && { azimuth_deg: Number(azimuth) }) };
}

function analysisOf(draft: Draft, weather_id: string): AnalyzeSolarRequest {
  const { capacity, ratio, site } = draft;
  return {
    weather_id,
    ...(site && { site_id: site }),
    system: { dc_capacity_kw: Number(capacity), dc_ac_ratio: Number(ratio), mounting: mountingOf(draft) },
  };
}

function searchOf(draft: Draft, weather_id: string): OptimizeSolarRequest {
  const { capacity, mounting, objective, tilts, ratios, gcrs, site } = draft;
  const range = ([lower, upper]: Range) => ({ lower: Number(lower), upper: Number(upper) });
  return {
    weather_id,
    ...(site && { site_id: site }),
    system: { dc_capacity_kw: Number(capacity), mounting: mountingOf(draft) },
    variables: {
      dc_ac_ratio: range(ratios),
      ...(mounting !== 'one_axis' && { tilt_deg: range(tilts) }),
      ...(mounting !== 'roof' && { gcr: range(gcrs) }),
    },
    // The second objective shows what the best design costs in land.
    objectives: [objective, mounting === 'roof' ? (objective === 'energy' ? 'lcoe' : 'energy') : 'land_use'],
  };
}

const page = getRouteApi('/solar');

export function Solar() {
  const t = useTranslations('solar');
  const navigate = useNavigate();
  const { weather: chosen } = page.useSearch();
  const weather = useQuery(weatherList);
  const sites = useQuery(siteList);
  const [draft, setDraft, clear] = useDraft<Draft>('solar', INITIAL);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const undoable = useUndo();
  const weatherId = chosen ?? draft.weather ?? weather.data?.[0]?.id ?? null;

  const sample = useMutation({ mutationFn: sampleWeather, onSuccess: ({ id }) => change({ weather: id }) });
  const start = useMutation({
    mutationFn: (id: string): Promise<{ readonly id: string }> =>
      draft.what === 'search'
        ? api.submit('/v1/solar/optimize', searchOf(draft, id))
        : api.submit('/v1/solar/analyze', analysisOf(draft, id)),
    onSuccess: async ({ id }) => {
      clear();
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      await navigate({ to: '/jobs/$id', params: { id } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (weatherId) start.mutate(weatherId);
  };
  const choose = (preset: Preset): void => {
    const own = OF_PRESET.filter((name) => draft[name] !== PRESETS[draft.preset][name]);
    const before = { preset: draft.preset, ...Object.fromEntries(OF_PRESET.map((name) => [name, draft[name]])) };
    change({ preset, ...PRESETS[preset] });
    // What somebody has typed is not lost by a look at another preset.
    if (own.length > 0)
      undoable(t('replaced', { fields: own.map((name) => t(name)).join(', ') }), () => change(before));
  };
  const isSearch = draft.what === 'search';
  const needed = isSearch
    ? [draft.capacity, ...draft.ratios, ...draft.tilts, ...draft.gcrs]
    : [draft.capacity, draft.tilt, draft.ratio, draft.gcr];
  const isComplete = weatherId !== null && !needed.includes('');
  const number = (
    name: 'capacity' | 'tilt' | 'ratio' | 'gcr',
    field: string,
    limits: { min: number; max: number; step: number; suffix?: string },
  ) => (
    <NumberInput
      label={<FieldLabel label={t(name)} of={field} />}
      aria-label={t(name)}
      value={draft[name]}
      onChange={(value) => change({ [name]: value })}
      required
      {...limits}
    />
  );
  const range = (
    name: 'tilts' | 'ratios' | 'gcrs',
    label: string,
    limits: { min: number; max: number; step: number; suffix?: string },
  ) => (
    <FieldRow>
      {([0, 1] as const).map((end) => (
        <NumberInput
          key={end}
          label={`${label}, ${end === 0 ? t('from') : t('to')}`}
          value={draft[name][end]}
          onChange={(value) => change({ [name]: end === 0 ? [value, draft[name][1]] : [draft[name][0], value] })}
          required
          {...limits}
        />
      ))}
    </FieldRow>
  );

  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <form onSubmit={submit}>
        <Stack maw={640}>
          <SegmentedControl
            aria-label={t('what')}
            value={draft.what}
            onChange={(what) => change({ what: what as Draft['what'] })}
            data={(['search', 'analyze'] as const).map((value) => ({ value, label: t(value) }))}
          />
          <Radio.Group label={t('preset')} value={draft.preset} onChange={(preset) => choose(preset as Preset)}>
            <Stack gap="xs" mt="xs">
              {(Object.keys(PRESETS) as Preset[]).map((preset) => (
                <Radio key={preset} value={preset} label={t(`presets.${preset}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Stack gap="xs">
            {weather.data?.length === 0 ? (
              <Text size="sm">{t('weatherEmpty')}</Text>
            ) : (
              <Select
                label={<FieldLabel label={t('weather')} of="OptimizeSolarRequest.weather_id" />}
                aria-label={t('weather')}
                value={weatherId}
                onChange={(id) => {
                  change({ weather: id });
                  void navigate({ to: '/solar', search: {}, replace: true });
                }}
                data={weather.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                searchable
                required
              />
            )}
            {weather.isError && <Fault error={weather.error} onRetry={() => void weather.refetch()} />}
            <Button variant="default" w="fit-content" onClick={() => sample.mutate()} loading={sample.isPending}>
              {t('sample')}
            </Button>
            {sample.isError && <Fault error={sample.error} />}
          </Stack>
          <Select
            label={<FieldLabel label={t('site')} of="OptimizeSolarRequest.site_id" />}
            aria-label={t('site')}
            value={draft.site}
            onChange={(site) => change({ site })}
            data={sites.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            placeholder={t('noSite')}
            searchable
            clearable
          />
          {number('capacity', 'SolarSystem.dc_capacity_kw', { min: 0.001, max: 1e7, step: 1, suffix: ' kW' })}
          <Select
            label={<FieldLabel label={t('mounting')} of="SolarSystem.mounting" />}
            aria-label={t('mounting')}
            value={draft.mounting}
            onChange={(mounting) => mounting && change({ mounting: mounting as MountingType })}
            data={(['fixed', 'roof', 'one_axis'] as const).map((value) => ({ value, label: t(`mountings.${value}`) }))}
            allowDeselect={false}
          />
          {draft.mounting !== 'one_axis' && (
            <NumberInput
              label={<FieldLabel label={t('azimuth')} of="MountingFixed.azimuth_deg" />}
              aria-label={t('azimuth')}
              value={draft.azimuth}
              onChange={(azimuth) => change({ azimuth })}
              min={0}
              max={360}
              suffix=" °"
            />
          )}
          {isSearch ? (
            <>
              <Select
                label={<FieldLabel label={t('objective')} of="OptimizeSolarRequest.objectives" />}
                aria-label={t('objective')}
                value={draft.objective}
                onChange={(objective) => objective && change({ objective: objective as Objective })}
                data={OBJECTIVES.map((value) => ({ value, label: t(`objectives.${value}`) }))}
                allowDeselect={false}
              />
              <Fieldset legend={t('ranges')}>
                <Stack>
                  {draft.mounting !== 'one_axis' &&
                    range('tilts', t('tilt'), { min: 0, max: 90, step: 1, suffix: ' °' })}
                  {range('ratios', t('ratio'), { min: 0.5, max: 3, step: 0.05 })}
                  {draft.mounting !== 'roof' && range('gcrs', t('gcr'), { min: 0.05, max: 0.95, step: 0.05 })}
                </Stack>
              </Fieldset>
            </>
          ) : (
            <>
              {draft.mounting === 'one_axis'
                ? number('gcr', 'MountingOneAxis.gcr', { min: 0.01, max: 1, step: 0.01 })
                : number('tilt', 'MountingFixed.tilt_deg', { min: 0, max: 90, step: 1, suffix: ' °' })}
              {number('ratio', 'SolarSystem.dc_ac_ratio', { min: 0.1, max: 10, step: 0.05 })}
            </>
          )}
          {start.isError ? (
            <Fault error={start.error} />
          ) : isSearch ? (
            <Estimate
              body={isComplete ? searchOf(draft, weatherId) : undefined}
              ask={(body) => api.request('POST /v1/solar/optimize/estimate', { body })}
            />
          ) : (
            <Estimate
              body={isComplete ? analysisOf(draft, weatherId) : undefined}
              ask={(body) => api.request('POST /v1/solar/analyze/estimate', { body })}
            />
          )}
          <Group>
            <Button type="submit" disabled={!weatherId} loading={start.isPending}>
              {t('start')}
            </Button>
            <ClearForm draft={draft} initial={INITIAL} setDraft={setDraft} />
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
