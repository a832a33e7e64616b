import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';

const POLICIES = ['default', 'organization'] as const;

/** The counter of a rate limit of one caller: read, and cleared. */
export function Limits() {
  const t = useTranslations('admin');
  const { time } = useNumbers();
  const [policy, setPolicy] = useState<(typeof POLICIES)[number]>('default');
  const [caller, setCaller] = useState('');
  const query = { policy, caller: caller.trim() };
  const read = useMutation({ mutationFn: () => api.request('GET /v1/admin/rate-limits', { query }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    read.mutate();
  };
  return (
    <Page title={t('nav.limits')}>
      <form onSubmit={submit}>
        <Group align="end">
          <Select
            label={t('policy')}
            value={policy}
            onChange={(value) => value && setPolicy(value as typeof policy)}
            data={POLICIES.map((value) => ({ value, label: t(`policies.${value}`) }))}
            allowDeselect={false}
          />
          <TextInput
            label={t('caller')}
            description={t('callerHint')}
            value={caller}
            onChange={({ currentTarget: { value } }) => {
              setCaller(value);
              read.reset();
            }}
            required
            maxLength={100}
            w={340}
          />
          <Button type="submit" loading={read.isPending}>
            {t('read')}
          </Button>
        </Group>
      </form>
      {read.isError && <Fault error={read.error} />}
      {read.data && (
        <Stack gap="xs">
          <Text role="status">
            {read.data.resets_at === null
              ? t('nothingCounted')
              : t('counted', { n: read.data.n_counted, at: time(read.data.resets_at) })}
          </Text>
          <Confirm
            label={t('clear')}
            title={t('clearTitle', { caller: query.caller })}
            text={t('clearText')}
            onConfirm={async () => {
              await api.request('DELETE /v1/admin/rate-limits', { query });
              await read.mutateAsync();
            }}
          />
        </Stack>
      )}
    </Page>
  );
}
