import { Anchor, Button, Paper, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, me, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Part, Password, text } from '../components/Part.tsx';
import { IdentityProvider } from './IdentityProvider.tsx';
import { SecondFactor } from './SecondFactor.tsx';

const logins = queryOptions({ queryKey: ['logins'], queryFn: () => Array.fromAsync(api.list('/v1/auth/sessions')) });

/** The person's own name, address, password and logins, and the name of the organization. */
export function Account() {
  const t = useTranslations('account');
  const organization = useQuery(me).data?.organization;
  return (
    <Page title={t('title')}>
      <Part title={t('name')} send={(form) => api.request('PATCH /v1/me', { body: { name: text(form, 'name') } })}>
        <TextInput name="name" label={t('name')} required maxLength={200} autoComplete="name" />
      </Part>
      <MailLanguage />
      <Part
        title={t('password')}
        // All logins end, this one too: the next request asks to sign in again.
        hint={t('passwordHint')}
        send={(form) =>
          api.request('POST /v1/auth/password', {
            body: { current_password: text(form, 'current'), new_password: text(form, 'new') },
          })
        }
      >
        <Password name="current" label={t('current')} />
        <Password name="new" label={t('new')} isNew />
      </Part>
      <SecondFactor />
      <Part
        title={t('email')}
        hint={t('emailHint')}
        send={(form) =>
          api.request('POST /v1/auth/email', {
            body: { current_password: text(form, 'current'), new_email: text(form, 'email') },
          })
        }
      >
        <TextInput name="email" type="email" label={t('newEmail')} required autoComplete="email" />
        <Password name="current" label={t('current')} />
      </Part>
      <Part
        title={t('organization')}
        send={(form) => api.request('PATCH /v1/organization', { body: { name: text(form, 'name') } })}
      >
        <TextInput
          // Another name is the default of another field.
          key={organization?.name}
          name="name"
          label={t('organizationName')}
          defaultValue={organization?.name}
          required
          maxLength={200}
        />
      </Part>
      <RequireSecondFactor />
      <IdentityProvider />
      <Logins />
      <Departure />
    </Page>
  );
}

/** What owners decide about the second factors of all */
function RequireSecondFactor() {
  const t = useTranslations('secondFactor');
  const caller = useQuery(me).data;
  const change = useMutation({
    mutationFn: (is_second_factor_required: boolean) =>
      api.request('PATCH /v1/organization', { body: { is_second_factor_required } }),
    onSuccess: () => queries.invalidateQueries(me),
  });
  if (!caller?.scopes.includes('organization:own')) return null;
  return (
    <Stack gap="xs">
      <Switch
        label={t('require')}
        description={t('requireHint')}
        checked={caller.organization.is_second_factor_required}
        onChange={({ currentTarget: { checked } }) => change.mutate(checked)}
        disabled={change.isPending}
      />
      {change.isError && <Fault error={change.error} />}
    </Stack>
  );
}

function MailLanguage() {
  const t = useTranslations('account');
  const [language, setLanguage] = useState<'en' | 'de' | null>(null);
  return (
    <Part
      title={t('mails')}
      send={async () => {
        if (language) await api.request('PATCH /v1/me', { body: { language } });
      }}
    >
      <Select
        label={t('mailLanguage')}
        value={language}
        onChange={(value) => setLanguage(value as typeof language)}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        required
      />
    </Part>
  );
}

function Logins() {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useQuery(logins);
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('logins')}
      </Title>
      <Loaded query={query}>
        {(all) => (
          <DataTable
            label={t('logins')}
            head={[t('client'), t('address'), t('started'), t('renewed'), common('actions')]}
            keys={all.map(({ id }) => id)}
            minWidth={760}
            rows={all.map(({ id, client, address, started_at, last_renewed_at, is_current }) => [
              client ?? '–',
              address ?? '–',
              time(started_at),
              time(last_renewed_at),
              is_current ? (
                t('thisOne')
              ) : (
                <Confirm
                  key="end"
                  isSmall
                  label={t('end')}
                  title={t('endTitle', { client: client ?? id })}
                  text={t('endText')}
                  onConfirm={async () => {
                    await api.request('DELETE /v1/auth/sessions/{id}', { path: { id } });
                    await queries.invalidateQueries(logins);
                  }}
                />
              ),
            ])}
          />
        )}
      </Loaded>
      <Confirm
        label={t('endAll')}
        title={t('endAllTitle')}
        text={t('endText')}
        onConfirm={async () => {
          await api.request('POST /v1/auth/logout-everywhere');
          await queries.invalidateQueries(me);
        }}
      />
    </Stack>
  );
}

/** The data of the organization to take away, and its end. */
function Departure() {
  const t = useTranslations('account');
  const navigate = useNavigate();
  const caller = useQuery(me).data;
  const leave = useMutation({
    mutationFn: (name: string) => api.request('POST /v1/organization/deletion', { body: { name } }),
    onSuccess: async ({ id }) => {
      await navigate({ to: '/deletions/$id', params: { id } });
      await queries.invalidateQueries(me);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    leave.mutate(text(new FormData(event.currentTarget), 'name'));
  };
  return (
    <Paper withBorder p="md" maw={520}>
      <Stack>
        <Title order={2} size="h4">
          {t('leave')}
        </Title>
        <Text size="sm">{t('exportHint')}</Text>
        <Anchor href="/v1/organization/export" download>
          {t('export')}
        </Anchor>
        <Text size="sm">{t('deleteHint', { name: caller?.organization.name ?? '' })}</Text>
        <form onSubmit={submit} aria-label={t('deleteOrganization')}>
          <Stack>
            <TextInput name="name" label={t('deleteName')} required autoComplete="off" />
            {leave.isError && <Fault error={leave.error} />}
            <Button type="submit" color="red" variant="outline" loading={leave.isPending} w="fit-content">
              {t('deleteOrganization')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Paper>
  );
}
