import { Button, Checkbox, Group, Progress, Select, Stack, TagsInput, Text, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { type Entry, FieldLabel, NumberField } from '../components/Field.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded } from '../components/Page.tsx';
import { METRICS, type Metric } from '../metrics.ts';

const budgetList = queryOptions({
  queryKey: ['budgets'],
  queryFn: () => Array.fromAsync(api.list('/v1/budgets')),
});

/** What the organization wants to use at most in a month. */
export function Budgets() {
  const t = useTranslations('budgets');
  const metrics = useTranslations('usage.metrics');
  const common = useTranslations('common');
  const { significant } = useNumbers();
  const query = useQuery(budgetList);
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('title')}
      </Title>
      <Loaded query={query}>
        {(budgets) =>
          budgets.length > 0 && (
            <DataTable
              label={t('title')}
              head={[t('metric'), t('used'), t('alerts'), t('stop'), common('actions')]}
              keys={budgets.map(({ id }) => id)}
              minWidth={760}
              rows={budgets.map(({ id, metric, monthly_amount, used_amount, alert_pcts, is_hard_stop }) => [
                metrics(metric),
                <Stack key="used" gap={4}>
                  {t('of', { used: significant(used_amount), amount: significant(monthly_amount) })}
                  <Progress
                    value={Math.min(100, (100 * used_amount) / monthly_amount)}
                    color={used_amount >= monthly_amount ? 'red' : undefined}
                    aria-label={t('used')}
                  />
                </Stack>,
                alert_pcts.map((pct) => `${pct} %`).join(', '),
                is_hard_stop ? t('yes') : t('no'),
                <Confirm
                  key="delete"
                  isSmall
                  label={t('delete')}
                  title={t('deleteTitle', { metric: metrics(metric) })}
                  text={t('deleteText')}
                  onConfirm={async () => {
                    await api.request('DELETE /v1/budgets/{id}', { path: { id } });
                    await queries.invalidateQueries(budgetList);
                  }}
                />,
              ])}
            />
          )
        }
      </Loaded>
      <NewBudget />
    </Stack>
  );
}

function NewBudget() {
  const t = useTranslations('budgets');
  const metrics = useTranslations('usage.metrics');
  const [metric, setMetric] = useState<Metric>('compute_s');
  const [amount, setAmount] = useState<Entry>('');
  const [alerts, setAlerts] = useState<string[]>(['80', '100']);
  const [isHardStop, setIsHardStop] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      api.request('POST /v1/budgets', {
        body: {
          metric,
          monthly_amount: Number(amount),
          alert_pcts: alerts.map(Number),
          is_hard_stop: isHardStop,
        },
      }),
    onSuccess: () => {
      setAmount('');
      return queries.invalidateQueries(budgetList);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t('new')}>
      <Stack gap="xs">
        <Group align="end">
          <Select
            label={t('metric')}
            value={metric}
            onChange={(value) => value && setMetric(value as Metric)}
            data={METRICS.map((value) => ({ value, label: metrics(value) }))}
            allowDeselect={false}
          />
          <NumberField
            label={t('amount')}
            of="CreateBudgetRequest.monthly_amount"
            value={amount}
            onChange={setAmount}
            isRequired
          />
          <TagsInput
            label={<FieldLabel label={t('alertsPct')} of="CreateBudgetRequest.alert_pcts" />}
            aria-label={t('alertsPct')}
            value={alerts}
            onChange={setAlerts}
            w={220}
          />
          <Checkbox
            label={t('stop')}
            checked={isHardStop}
            onChange={({ currentTarget: { checked } }) => setIsHardStop(checked)}
            mb={8}
          />
          <Button type="submit" variant="default" loading={create.isPending}>
            {t('create')}
          </Button>
        </Group>
        <Text size="sm">{t('hint')}</Text>
        {create.isError && <Fault error={create.error} />}
      </Stack>
    </form>
  );
}
