import { Button, Group, MultiSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Experiment } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { type Entry, NumberField } from '../components/Field.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { planList } from './Plans.tsx';

const experimentList = queryOptions({
  queryKey: ['admin', 'experiments'],
  queryFn: () => api.request('GET /v1/admin/experiments'),
});

/** Experiments about the defaults of searches: their results, and a new one. */
export function Experiments() {
  const t = useTranslations('admin');
  const query = useQuery(experimentList);
  return (
    <Page title={t('nav.experiments')}>
      <Loaded query={query}>
        {({ data }) => (
          <Stack>
            {data.length === 0 && <Text>{t('none')}</Text>}
            {data.map((one) => (
              <Results key={one.id} experiment={one} />
            ))}
            <NewExperiment />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Results({ experiment }: { readonly experiment: Experiment }) {
  const t = useTranslations('admin');
  const { time, percent, significant } = useNumbers();
  const { id, name, n_per_variant, is_large_enough, is_ratio_plausible, variants, created_at, ended_at } = experiment;
  type Interval = Experiment['variants'][number]['converted_pct'];
  const interval = (of: Interval): string =>
    of === null ? '–' : t('interval', { lower: percent(of.lower_pct), upper: percent(of.upper_pct) });
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {name}
          </Title>
          {ended_at === null && (
            <Confirm
              isSmall
              label={t('stop')}
              title={t('stopTitle', { name })}
              text={t('stopText')}
              onConfirm={async () => {
                await api.request('POST /v1/admin/experiments/{id}/stop', { path: { id } });
                await queries.invalidateQueries(experimentList);
              }}
            />
          )}
        </Group>
        <Text size="sm">
          {ended_at === null
            ? t('begun', { at: time(created_at) })
            : t('begunAndEnded', { at: time(created_at), end: time(ended_at) })}{' '}
          {is_large_enough ? t('largeEnough') : t('tooSmall', { n: n_per_variant })}{' '}
          {is_ratio_plausible ? '' : t('ratioWrong')}
        </Text>
        <DataTable
          hasRowHeads
          label={name}
          minWidth={760}
          head={[t('variant'), t('iterations'), t('exposed'), t('converted'), t('share'), t('difference'), t('chance')]}
          rows={variants.map((one) => [
            one.name,
            one.n_iterations === null ? t('usual') : String(one.n_iterations),
            String(one.n_exposed),
            String(one.n_converted),
            interval(one.converted_pct),
            interval(one.difference_pct),
            one.p_value === null ? '–' : significant(one.p_value, 3),
          ])}
        />
      </Stack>
    </Paper>
  );
}

function NewExperiment() {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const plans = useQuery(planList);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [iterations, setIterations] = useState<Entry>('');
  const [baseline, setBaseline] = useState<Entry>('');
  const [effect, setEffect] = useState<Entry>('');
  const start = useMutation({
    mutationFn: () =>
      api.request('POST /v1/admin/experiments', {
        body: {
          name,
          subject: 'search_defaults',
          plans: chosen,
          variants: [
            { name: 'usual', weight: 1, n_iterations: null },
            { name: 'tried', weight: 1, n_iterations: Number(iterations) },
          ],
          baseline_pct: Number(baseline),
          effect_pct: Number(effect),
        },
      }),
    onSuccess: () => {
      setName('');
      return queries.invalidateQueries(experimentList);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  const field = (label: string, of: string, value: Entry, onChange: (value: Entry) => void) => (
    <NumberField label={label} of={`AdminStartExperimentRequest.${of}`} value={value} onChange={onChange} isRequired />
  );
  return (
    <form onSubmit={submit} aria-label={t('newExperiment')}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('newExperiment')}
        </Title>
        <Text size="sm">{t('experimentHint')}</Text>
        <Group align="end">
          <TextInput
            label={common('name')}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
            required
            maxLength={200}
          />
          <MultiSelect
            label={t('nav.plans')}
            value={chosen}
            onChange={setChosen}
            data={(plans.data?.data ?? []).map((plan) => ({ value: plan.id, label: plan.name }))}
            placeholder={chosen.length === 0 ? t('all') : undefined}
          />
          <NumberField
            label={t('triedIterations')}
            of="ExperimentVariant.n_iterations"
            value={iterations}
            onChange={setIterations}
            isRequired
          />
          {field(t('baseline'), 'baseline_pct', baseline, setBaseline)}
          {field(t('effect'), 'effect_pct', effect, setEffect)}
          <Button type="submit" variant="default" loading={start.isPending}>
            {t('startExperiment')}
          </Button>
        </Group>
        {start.isError && <Fault error={start.error} />}
      </Stack>
    </form>
  );
}
