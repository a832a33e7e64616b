import { Box, Button, Fieldset, Group, SegmentedControl, Select, Stack, Table, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AnalyzeWindRequest, OptimizeWindRequest, WakeChoice } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Estimate } from '../components/Estimate.tsx';
import { Fault } from '../components/Fault.tsx';
import {
  type Entry,
  FieldLabel,
  FieldRow,
  given,
  NumberField,
  type NumberFieldProps,
  QuantityInput,
  useField,
} from '../components/Field.tsx';
import { type MapContent, type Position, SiteMap } from '../components/Map.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { useTerm } from '../components/terms.ts';
import { ClearForm, useUndo } from '../components/Undo.tsx';
import { useFarmEnergy } from '../engine/use-farm-energy.ts';
import { SAMPLE_WIND, type Sector, sampleSite, siteList, weatherList } from '../samples.ts';
import { useDraft } from '../settings.tsx';
import { type CurtailmentDraft, CurtailmentFields, curtailmentOf, NO_CURTAILMENT } from './Curtailment.tsx';
import { windFileList } from './WindFiles.tsx';
import { WindIoFile } from './WindIoFile.tsx';

const OBJECTIVES = ['aep', 'lcoe', 'aep_per_area', 'cable_length'] as const;
const METHODS = ['annealing', 'gradient', 'random_search', 'greedy', 'bayesian'] as const;
type Objective = (typeof OBJECTIVES)[number];
type Method = (typeof METHODS)[number];
type Source = 'sectors' | 'file' | 'weather';

interface Draft {
  readonly what: 'search' | 'analyze';
  readonly site: string | null;
  readonly source: Source;
  readonly sectors: readonly Sector[];
  readonly height: Entry;
  readonly resource: string | null;
  readonly weather: string | null;
  readonly turbine: string;
  readonly hub: Entry;
  readonly count: Entry;
  readonly spacing: Entry;
  readonly objective: Objective | null;
  readonly method: Method | null;
  readonly iterations: Entry;
  readonly wake: string | null;
  readonly turbulence: Entry;
  readonly availability: Entry;
  readonly electrical: Entry;
  readonly windUncertainty: Entry;
  readonly wakeUncertainty: Entry;
  readonly interannual: Entry;
  readonly cost: Entry;
  readonly operation: Entry;
  readonly cable: Entry;
  readonly price: Entry;
  readonly steering: boolean;
  /** Power that the grid takes */
  readonly exportLimit: Entry;
  readonly curtailment: CurtailmentDraft;
  /** Positions of turbines placed by hand */
  readonly positions: readonly Position[];
}

const INITIAL: Draft = {
  what: 'search',
  site: null,
  source: 'sectors',
  sectors: SAMPLE_WIND.sectors,
  height: SAMPLE_WIND.heightM,
  resource: null,
  weather: null,
  turbine: 'v80',
  hub: '',
  count: 12,
  spacing: '',
  objective: null,
  method: null,
  iterations: '',
  wake: null,
  turbulence: '',
  availability: 3,
  electrical: 2,
  windUncertainty: 5,
  wakeUncertainty: 3,
  interannual: '',
  cost: 1500,
  operation: 40,
  cable: 400,
  price: '',
  steering: false,
  exportLimit: '',
  curtailment: NO_CURTAILMENT,
  positions: [],
};

/** Members whose values are given; the API has defaults for the others. */
const present = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as Values;

function windOf(draft: Draft): Pick<AnalyzeWindRequest, 'resource' | 'weather_id'> {
  if (draft.source === 'weather') return { weather_id: draft.weather ?? undefined };
  if (draft.source === 'file') return { resource: { type: 'upload', resource_id: draft.resource ?? '' } };
  return {
    resource: {
      type: 'weibull',
      height_m: given(draft.height),
      sectors: draft.sectors.map(({ frequency, scale, shape }) => ({
        frequency: Number(frequency),
        scale_m_s: Number(scale),
        shape: Number(shape),
      })),
    },
  };
}

function farmOf(draft: Draft) {
  const { availability, electrical, windUncertainty, wakeUncertainty, cost, operation } = draft;
  const percents = (named: Readonly<Record<string, Entry>>) =>
    Object.fromEntries(Object.entries(named).flatMap(([name, entry]) => (entry === '' ? [] : [[name, Number(entry)]])));
  return present({
    ...windOf(draft),
    site_id: draft.site ?? undefined,
    turbines: [present({ id: draft.turbine, hub_height_m: given(draft.hub) })],
    wake: draft.wake === null ? undefined : { model: draft.wake as WakeChoice['model'] },
    turbulence_intensity: given(draft.turbulence),
    losses_pct: percents({ availability, electrical }),
    uncertainty_pct: percents({ wind: windUncertainty, wakes: wakeUncertainty }),
    interannual_pct: given(draft.interannual),
    export_limit_kw: given(draft.exportLimit),
    curtailment: curtailmentOf(draft.curtailment, draft.what === 'search'),
    economics:
      cost === '' || operation === ''
        ? undefined
        : present({
            costs: present({
              per_kw: Number(cost),
              operation_per_kw_year: Number(operation),
              cable_per_m: given(draft.cable),
            }),
            price_per_kwh: given(draft.price),
          }),
  });
}

const searchOf = (draft: Draft): OptimizeWindRequest =>
  present({
    ...farmOf(draft),
    n_turbines: Number(draft.count),
    min_spacing_diameters: given(draft.spacing),
    objective: draft.objective ?? undefined,
    method: draft.method ?? undefined,
    n_iterations: given(draft.iterations),
  });

const analysisOf = (draft: Draft): AnalyzeWindRequest =>
  present({
    ...farmOf(draft),
    layout: {
      longitude_deg: draft.positions.map(([longitude]) => longitude),
      latitude_deg: draft.positions.map(([, latitude]) => latitude),
    },
    wake_steering: draft.steering ? {} : undefined,
  });

/** Heights of the map and of the positions below it, so that nothing moves when the sites are known */
const MAP_PX = 360;
const POSITIONS_PX = 240;

const page = getRouteApi('/wind');

export function WindFarm() {
  const t = useTranslations('wind');
  const navigate = useNavigate();
  const { energy, percent } = useNumbers();
  const { site: chosen } = page.useSearch();
  const [draft, setDraft, clear] = useDraft<Draft>('wind', INITIAL);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const sites = useQuery(siteList);
  const suitable = sites.data?.filter(({ boundary }) => draft.what === 'analyze' || boundary !== null);
  const siteId = chosen ?? draft.site ?? suitable?.[0]?.id ?? null;
  const full: Draft = { ...draft, site: siteId };
  const site = sites.data?.find(({ id }) => id === siteId);

  const sample = useMutation({ mutationFn: sampleSite, onSuccess: ({ id }) => change({ site: id }) });
  const start = useMutation({
    mutationFn: (): Promise<{ readonly id: string }> =>
      draft.what === 'search'
        ? api.submit('/v1/wind/optimize', searchOf(full))
        : api.submit('/v1/wind/analyze', analysisOf(full)),
    onSuccess: async ({ id }) => {
      clear();
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      await navigate({ to: '/jobs/$id', params: { id } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  const isSearch = draft.what === 'search';
  const number = (
    name: keyof Draft,
    of: string,
    more: Pick<NumberFieldProps, 'unit' | 'step' | 'isRequired' | 'empty'> = {},
  ) => (
    <NumberField
      label={t(name as 'count')}
      of={of}
      value={draft[name] as Entry}
      onChange={(value) => change({ [name]: value })}
      {...more}
    />
  );
  const hand = useMemo(
    () => (draft.what === 'analyze' && draft.positions.length > 0 ? analysisOf({ ...draft, site: null }) : undefined),
    [draft],
  );
  const live = useFarmEnergy(hand);
  const isReady =
    (isSearch ? siteId !== null : draft.positions.length > 0) &&
    (draft.source !== 'file' || draft.resource !== null) &&
    (draft.source !== 'weather' || draft.weather !== null);

  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <form onSubmit={submit}>
        <Stack maw={760}>
          <SegmentedControl
            aria-label={t('what')}
            value={draft.what}
            onChange={(what) => change({ what: what as Draft['what'] })}
            data={(['search', 'analyze'] as const).map((value) => ({ value, label: t(value) }))}
          />
          <Stack gap="xs">
            {suitable?.length === 0 ? (
              <Text size="sm">{t('siteEmpty')}</Text>
            ) : (
              <Select
                label={<FieldLabel label={t('site')} of="OptimizeWindRequest.site_id" />}
                aria-label={t('site')}
                value={siteId}
                onChange={(id) => {
                  change({ site: id });
                  void navigate({ to: '/wind', search: {}, replace: true });
                }}
                data={suitable?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                searchable
                required={isSearch}
                clearable={!isSearch}
              />
            )}
            {sites.isError && <Fault error={sites.error} onRetry={() => void sites.refetch()} />}
            <Group gap="xs">
              <Button variant="default" onClick={() => sample.mutate()} loading={sample.isPending}>
                {t('sampleSite')}
              </Button>
              <Button variant="subtle" renderRoot={(props) => <Link to="/sites" {...props} />}>
                {t('toSites')}
              </Button>
            </Group>
            {sample.isError && <Fault error={sample.error} />}
          </Stack>
          {/* The map fits what it shows first, so that it waits for the site. */}
          {sites.isPending && <Box mih={isSearch ? MAP_PX : MAP_PX + POSITIONS_PX} />}
          {(site || (!isSearch && !sites.isPending)) && (
            <FarmMap
              isEditable={!isSearch}
              positions={isSearch ? [] : draft.positions}
              onChange={(move) => setDraft((now) => ({ ...now, positions: move(now.positions) }))}
              content={{ boundary: site?.boundary, exclusions: site?.exclusions }}
            />
          )}
          {hand && live.data && (
            <Text role="status">
              {t('live', { energy: energy(live.data.annualEnergyKwh), loss: percent(live.data.wakeLossPct, 2) })}
            </Text>
          )}
          {hand && live.isError && <Text role="status">{live.error.message}</Text>}
          <WindFields draft={draft} change={change} />
          <Fieldset legend={t('farm')}>
            <Stack>
              <TurbineSelect value={draft.turbine} onChange={(turbine) => change({ turbine })} />
              {number('hub', 'TurbineChoice.hub_height_m', { unit: 'm', empty: t('ofTurbine') })}
              {isSearch && (
                <>
                  {number('count', 'OptimizeWindRequest.n_turbines', { isRequired: true })}
                  {number('spacing', 'OptimizeWindRequest.min_spacing_diameters', { unit: 'D', step: 0.5 })}
                  <Choice
                    label={t('objective')}
                    of="OptimizeWindRequest.objective"
                    value={draft.objective}
                    values={OBJECTIVES}
                    onChange={(objective) => change({ objective })}
                  />
                  <Choice
                    label={t('method')}
                    of="OptimizeWindRequest.method"
                    value={draft.method}
                    values={METHODS}
                    onChange={(method) => change({ method })}
                  />
                  {number('iterations', 'OptimizeWindRequest.n_iterations', { step: 100, empty: t('byMethod') })}
                </>
              )}
              <WakeSelect value={draft.wake} onChange={(wake) => change({ wake })} />
              {number('turbulence', 'OptimizeWindRequest.turbulence_intensity', { step: 0.01 })}
              {!isSearch && (
                <SegmentedControl
                  aria-label={t('steering')}
                  value={draft.steering ? 'on' : 'off'}
                  onChange={(value) => change({ steering: value === 'on' })}
                  data={[
                    { value: 'off', label: t('steeringOff') },
                    { value: 'on', label: t('steeringOn') },
                  ]}
                />
              )}
            </Stack>
          </Fieldset>
          <Fieldset legend={t('lossesAndDoubts')}>
            <Stack>
              <FieldRow>
                {number('availability', 'OptimizeWindRequest.losses_pct', { unit: '%', step: 0.5 })}
                {number('electrical', 'OptimizeWindRequest.losses_pct', { unit: '%', step: 0.5 })}
              </FieldRow>
              <FieldRow>
                {number('windUncertainty', 'OptimizeWindRequest.uncertainty_pct', { unit: '%', step: 0.5 })}
                {number('wakeUncertainty', 'OptimizeWindRequest.uncertainty_pct', { unit: '%', step: 0.5 })}
                {number('interannual', 'OptimizeWindRequest.interannual_pct', { unit: '%', step: 0.5 })}
              </FieldRow>
              {number('exportLimit', 'OptimizeWindRequest.export_limit_kw', { unit: 'kW', step: 100 })}
            </Stack>
          </Fieldset>
          <CurtailmentFields
            value={draft.curtailment}
            onChange={(move) => setDraft((now) => ({ ...now, curtailment: move(now.curtailment) }))}
            isSearch={isSearch}
          />
          <Fieldset legend={t('money')}>
            <Stack>
              <FieldRow>
                {number('cost', 'PlantCosts.per_kw', { unit: '/kW', step: 50 })}
                {number('operation', 'PlantCosts.operation_per_kw_year', { unit: '/kW/a', step: 5 })}
              </FieldRow>
              <FieldRow>
                {number('cable', 'PlantCosts.cable_per_m', { unit: '/m', step: 50 })}
                {number('price', 'PlantEconomics.price_per_kwh', { unit: '/kWh', step: 0.005 })}
              </FieldRow>
            </Stack>
          </Fieldset>
          {start.isError ? (
            <Fault error={start.error} />
          ) : isSearch ? (
            <Estimate
              body={isReady && draft.count !== '' ? searchOf(full) : undefined}
              ask={(body) => api.request('POST /v1/wind/optimize/estimate', { body })}
            />
          ) : (
            <Estimate
              body={isReady ? analysisOf(full) : undefined}
              ask={(body) => api.request('POST /v1/wind/analyze/estimate', { body })}
            />
          )}
          <Group>
            <Button type="submit" disabled={!isReady} loading={start.isPending}>
              {t('start')}
            </Button>
            <ClearForm draft={draft} initial={INITIAL} setDraft={setDraft} />
          </Group>
        </Stack>
      </form>
      <WindIoFile />
    </Page>
  );
}

/** A choice among names of the API; while it is empty, it shows the default. */
function Choice<Value extends string>({
  label,
  of,
  value,
  values,
  onChange,
}: {
  readonly label: string;
  readonly of: string;
  readonly value: Value | null;
  readonly values: readonly Value[];
  readonly onChange: (value: Value | null) => void;
}) {
  const t = useTranslations('common');
  const term = useTerm();
  const preset = useField(of)?.default;
  return (
    <Select
      label={<FieldLabel label={label} of={of} />}
      aria-label={label}
      value={value}
      onChange={(chosen) => onChange(chosen as Value | null)}
      data={values.map((name) => ({ value: name, label: term(name) }))}
      placeholder={typeof preset === 'string' ? t('default', { value: term(preset) }) : undefined}
      clearable
    />
  );
}

function WakeSelect({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  const t = useTranslations('wind');
  const { data } = useQuery({
    queryKey: ['wake-models'],
    queryFn: () => api.request('GET /v1/wind/wake-models'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const models = (data?.data ?? []).map(({ name }) => name);
  return <Choice label={t('wake')} of="WakeChoice.model" value={value} values={models} onChange={onChange} />;
}

function TurbineSelect({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTranslations('wind');
  const { size } = useNumbers();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 300);
  const found = useQuery({
    queryKey: ['turbines', search],
    queryFn: () => api.request('GET /v1/wind/turbines', { query: { limit: 100, ...(search && { search }) } }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: ['turbine', value],
    queryFn: () => api.request('GET /v1/wind/turbines/{id}', { path: { id: value } }),
  });
  const options = new Map(
    [...(chosen.data ? [chosen.data] : []), ...(found.data?.data ?? [])]
      .filter((turbine) => turbine.has_thrust)
      .map(({ id, name, rated_kw, rotor_diameter_m }) => [
        id,
        `${name}, ${rated_kw} kW, ${size(rotor_diameter_m, 'm')}`,
      ]),
  );
  return (
    <>
      <Select
        label={<FieldLabel label={t('turbine')} of="TurbineChoice.id" />}
        aria-label={t('turbine')}
        value={value}
        onChange={(id) => id && onChange(id)}
        data={[...options].map(([id, label]) => ({ value: id, label }))}
        searchable
        onSearchChange={(typed) => setText(typed === options.get(value) ? '' : typed)}
        filter={({ options: all }) => all}
        nothingFoundMessage={t('noTurbine')}
        required
      />
      {found.isError && <Fault error={found.error} onRetry={() => void found.refetch()} />}
    </>
  );
}

/** Where the wind comes from: sectors typed here, a file of wind, or weather. */
function WindFields({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const t = useTranslations('wind');
  const weather = useQuery({ ...weatherList, enabled: draft.source === 'weather' });
  const resources = useQuery({ ...windFileList, enabled: draft.source === 'file' });
  return (
    <Fieldset legend={t('wind')}>
      <Stack>
        <SegmentedControl
          aria-label={t('wind')}
          value={draft.source}
          onChange={(source) => change({ source: source as Source })}
          data={(['sectors', 'file', 'weather'] as const).map((value) => ({ value, label: t(`sources.${value}`) }))}
        />
        {draft.source === 'sectors' && <SectorTable draft={draft} change={change} />}
        {draft.source === 'file' && (
          <>
            <Select
              label={<FieldLabel label={t('resource')} of="WindInputUpload.resource_id" />}
              aria-label={t('resource')}
              value={draft.resource}
              onChange={(resource) => change({ resource })}
              data={resources.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              placeholder={resources.data?.length === 0 ? t('noResource') : undefined}
              required
            />
            {resources.isError && <Fault error={resources.error} onRetry={() => void resources.refetch()} />}
            <Button variant="subtle" w="fit-content" renderRoot={(props) => <Link to="/weather" {...props} />}>
              {t('toFiles')}
            </Button>
          </>
        )}
        {draft.source === 'weather' && (
          <>
            <Select
              label={<FieldLabel label={t('weather')} of="OptimizeWindRequest.weather_id" />}
              aria-label={t('weather')}
              value={draft.weather}
              onChange={(id) => change({ weather: id })}
              data={weather.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              required
            />
            {weather.isError && <Fault error={weather.error} onRetry={() => void weather.refetch()} />}
          </>
        )}
      </Stack>
    </Fieldset>
  );
}

const SECTOR_FIELDS = [
  ['frequency', 0.01, ''],
  ['scale', 0.1, 'm/s'],
  ['shape', 0.1, ''],
] as const;

function SectorTable({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const t = useTranslations('wind');
  const { unit } = useNumbers();
  const step = 360 / draft.sectors.length;
  const sum = draft.sectors.reduce((total, { frequency }) => total + Number(frequency), 0);
  return (
    <Stack gap="xs">
      <Text size="sm">{t('sampleWind')}</Text>
      <NumberField
        label={t('height')}
        of="WindInputWeibull.height_m"
        value={draft.height}
        onChange={(height) => change({ height })}
        unit="m"
      />
      <Table.ScrollContainer minWidth={420}>
        <Table aria-label={t('wind')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('sector')}</Table.Th>
              {SECTOR_FIELDS.map(([name, , metric]) => (
                <Table.Th key={name}>
                  {t(`sectorFields.${name}`)}
                  {metric && ` [${unit(metric)}]`}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {draft.sectors.map((sector, k) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sector is its place in the circle
              <Table.Tr key={k}>
                <Table.Th scope="row">{step * k}°</Table.Th>
                {SECTOR_FIELDS.map(([name, by, metric]) => (
                  <Table.Td key={name}>
                    <QuantityInput
                      size="xs"
                      unit={metric}
                      isUnitless
                      aria-label={`${t(`sectorFields.${name}`)}, ${step * k}°`}
                      value={sector[name]}
                      onChange={(value) =>
                        change({
                          sectors: draft.sectors.map((other, at) => (at === k ? { ...other, [name]: value } : other)),
                        })
                      }
                      step={by}
                      min={0}
                      hideControls
                      required
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm">{t('sum', { pct: Number((100 * sum).toFixed(2)) })}</Text>
    </Stack>
  );
}

const rounded = (degrees: number): number => Number(degrees.toFixed(6));
const lineOf = ([longitude, latitude]: Position): string => `${rounded(latitude)}, ${rounded(longitude)}`;
/** Reads lines of latitude and longitude; a line without two numbers is left out. */
const positionsOf = (text: string): Position[] =>
  text.split('\n').flatMap((line) => {
    const [latitude, longitude] = line.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
    return latitude !== undefined && longitude !== undefined ? [[longitude, latitude] as const] : [];
  });

/** The area with the turbines; with `isEditable` a click places one, and turbines can be dragged or typed. */
function FarmMap({
  content,
  positions,
  isEditable,
  onChange,
}: {
  readonly content: MapContent;
  readonly positions: readonly Position[];
  readonly isEditable: boolean;
  readonly onChange: (change: (now: readonly Position[]) => readonly Position[]) => void;
}) {
  const t = useTranslations('wind');
  const undoable = useUndo();
  // While lines are typed, some are not complete yet.
  const [typed, setTyped] = useState<string>();
  const removeAll = (): void => {
    onChange(() => []);
    undoable(t('removed', { n: positions.length }), () => onChange((now) => [...positions, ...now]));
  };
  return (
    <Stack gap="xs">
      <SiteMap
        label={t('map')}
        content={{ ...content, turbines: positions }}
        {...(isEditable && {
          onPick: (latitude: number, longitude: number) =>
            onChange((now) => [...now, [rounded(longitude), rounded(latitude)]]),
          onMove: (index: number, [longitude, latitude]: Position) =>
            onChange((now) => now.map((other, at) => (at === index ? [rounded(longitude), rounded(latitude)] : other))),
          onRemove: (index: number) => {
            const removed = positions[index];
            onChange((now) => now.toSpliced(index, 1));
            undoable(t('removed', { n: 1 }), () => onChange((now) => now.toSpliced(index, 0, removed)));
          },
        })}
      />
      {isEditable && (
        <>
          <Text size="sm">{t('mapHint')}</Text>
          <Textarea
            label={t('positions')}
            description={t('positionsHint')}
            value={typed ?? positions.map(lineOf).join('\n')}
            onChange={({ currentTarget: { value } }) => {
              setTyped(value);
              onChange(() => positionsOf(value));
            }}
            onBlur={() => setTyped(undefined)}
            autosize
            minRows={3}
            maxRows={10}
          />
          <Button variant="default" w="fit-content" onClick={removeAll} disabled={positions.length === 0}>
            {t('removeAll')}
          </Button>
        </>
      )}
    </Stack>
  );
}
