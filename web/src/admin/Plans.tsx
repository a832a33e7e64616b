import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AdminPlan } from '../../../src/client/index.ts';
import { FEATURES } from '../../../src/contracts/common/plans.ts';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { type Entry, NumberField } from '../components/Field.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';

export const planList = queryOptions({
  queryKey: ['admin', 'plans'],
  queryFn: () => api.request('GET /v1/admin/plans'),
});

const LIMITS = [
  'n_requests_per_minute',
  'n_burst_requests',
  'n_organization_requests_per_minute',
  'n_open_jobs',
  'monthly_compute_s',
  'n_retention_days',
] as const;

/** The plans, which take effect for everybody who has them as soon as they are changed. */
export function Plans() {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const { number } = useNumbers();
  const query = useQuery(planList);
  const [edited, setEdited] = useState<AdminPlan | 'new'>();
  return (
    <Page title={t('nav.plans')} actions={<Button onClick={() => setEdited('new')}>{t('newPlan')}</Button>}>
      <Loaded query={query}>
        {({ data }) => (
          <DataTable
            hasRowHeads
            label={t('nav.plans')}
            minWidth={980}
            head={[t('plan'), ...LIMITS.map((name) => t(`limits.${name}`)), t('features'), common('actions')]}
            keys={data.map(({ id }) => id)}
            rows={data.map((plan) => [
              plan.name,
              ...LIMITS.map((name) => {
                const value = plan[name];
                return value === null ? '–' : number(value);
              }),
              plan.features.join(', '),
              <Button key="change" variant="default" size="compact-sm" onClick={() => setEdited(plan)}>
                {t('change')}
              </Button>,
            ])}
          />
        )}
      </Loaded>
      <Modal
        opened={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={edited === 'new' ? t('newPlan') : (edited?.name ?? '')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        {edited && <PlanForm plan={edited === 'new' ? undefined : edited} onDone={() => setEdited(undefined)} />}
      </Modal>
    </Page>
  );
}

const limitOf = (entry: Entry): number | null => (entry === '' ? null : Number(entry));

function PlanForm({ plan, onDone }: { readonly plan?: AdminPlan; readonly onDone: () => void }) {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const [id, setId] = useState(plan?.id ?? '');
  const [name, setName] = useState(plan?.name ?? '');
  const [limits, setLimits] = useState<Record<(typeof LIMITS)[number], Entry>>(
    () => Object.fromEntries(LIMITS.map((one) => [one, plan?.[one] ?? ''])) as Record<(typeof LIMITS)[number], Entry>,
  );
  const [weight, setWeight] = useState<Entry>(plan?.fairness_weight ?? 1);
  const [price, setPrice] = useState(plan?.stripe_price_id ?? '');
  const [features, setFeatures] = useState<readonly string[]>(plan?.features ?? FEATURES);
  const save = useMutation({
    mutationFn: () => {
      const body = {
        name,
        n_requests_per_minute: limitOf(limits.n_requests_per_minute),
        n_burst_requests: limitOf(limits.n_burst_requests),
        n_organization_requests_per_minute: limitOf(limits.n_organization_requests_per_minute),
        n_open_jobs: limitOf(limits.n_open_jobs),
        monthly_compute_s: limitOf(limits.monthly_compute_s),
        n_retention_days: limitOf(limits.n_retention_days),
        fairness_weight: Number(weight),
        features: FEATURES.filter((feature) => features.includes(feature)),
        stripe_price_id: price === '' ? null : price,
      };
      return plan
        ? api.request('PATCH /v1/admin/plans/{id}', { path: { id: plan.id }, body })
        : api.request('POST /v1/admin/plans', { body: { id, ...body } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries(planList);
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {!plan && (
          <TextInput
            label={t('planId')}
            description={t('planIdHint')}
            value={id}
            onChange={({ currentTarget: { value } }) => setId(value)}
            required
          />
        )}
        <TextInput
          label={common('name')}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          required
          maxLength={200}
        />
        {LIMITS.map((one) => (
          <NumberField
            key={one}
            label={t(`limits.${one}`)}
            of={`AdminPlan.${one}`}
            value={limits[one]}
            onChange={(value) => setLimits({ ...limits, [one]: value })}
            empty={t('noLimit')}
          />
        ))}
        <NumberField
          label={t('weight')}
          of="AdminPlan.fairness_weight"
          value={weight}
          onChange={setWeight}
          isRequired
        />
        <Checkbox.Group label={t('features')} value={[...features]} onChange={setFeatures}>
          <Group mt={4}>
            {FEATURES.map((feature) => (
              <Checkbox key={feature} value={feature} label={feature} />
            ))}
          </Group>
        </Checkbox.Group>
        <TextInput
          label={t('price')}
          value={price}
          onChange={({ currentTarget: { value } }) => setPrice(value)}
          maxLength={200}
        />
        {save.isError && <Fault error={save.error} />}
        <Button type="submit" loading={save.isPending}>
          {t('savePlan')}
        </Button>
      </Stack>
    </form>
  );
}
