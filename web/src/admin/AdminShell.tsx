import { Button, Loader, NavLink, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { administrator, api, queries } from '../api.ts';
import { Fault } from '../components/Fault.tsx';
import { text } from '../components/Part.tsx';
import { Frame } from '../Frame.tsx';

const PAGES = [
  ['/admin', 'platform'],
  ['/admin/organizations', 'organizations'],
  ['/admin/people', 'people'],
  ['/admin/keys', 'keys'],
  ['/admin/jobs', 'jobs'],
  ['/admin/deliveries', 'deliveries'],
  ['/admin/limits', 'limits'],
  ['/admin/plans', 'plans'],
  ['/admin/experiments', 'experiments'],
  ['/admin/usage', 'usage'],
  ['/admin/audit', 'audit'],
] as const;

/** The pages of the platform's administrators, and the form to sign in while none is. */
export function AdminShell() {
  const t = useTranslations('admin');
  const common = useTranslations('common');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const caller = useQuery(administrator);
  const signOut = useMutation({
    mutationFn: () => api.request('DELETE /v1/admin/session'),
    onSuccess: () => location.assign('/admin'),
  });
  return (
    <Frame
      isSignedIn={Boolean(caller.data)}
      onSignOut={signOut.mutate}
      isSigningOut={signOut.isPending}
      navigation={(close) =>
        PAGES.map(([to, name]) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            activeOptions={{ exact: to === '/admin' }}
            label={t(`nav.${name}`)}
            active={to === '/admin' ? path === to : path.startsWith(to)}
            onClick={close}
          />
        ))
      }
    >
      {signOut.isError && <Fault error={signOut.error} />}
      {caller.isPending ? (
        <Loader aria-label={common('loading')} />
      ) : caller.isError ? (
        <Fault error={caller.error} onRetry={() => void caller.refetch()} />
      ) : caller.data ? (
        <Outlet />
      ) : (
        <AdminSignIn />
      )}
    </Frame>
  );
}

function AdminSignIn() {
  const t = useTranslations('sign');
  const admin = useTranslations('admin');
  const send = useMutation({
    mutationFn: (form: FormData) =>
      api.request('POST /v1/admin/browser-session', {
        body: { email: text(form, 'email'), password: text(form, 'password'), code: text(form, 'code') },
      }),
    onSuccess: () => queries.invalidateQueries(administrator),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send.mutate(new FormData(event.currentTarget));
  };
  return (
    <Paper withBorder p="lg" maw={420} mx="auto" mt="xl">
      <form onSubmit={submit}>
        <Stack>
          <Title order={1} size="h3">
            {admin('signIn')}
          </Title>
          <TextInput name="email" type="email" label={t('email')} required autoComplete="username" />
          <PasswordInput
            name="password"
            label={t('password')}
            required
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <TextInput
            name="code"
            label={t('code')}
            description={admin('codeHint')}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
          />
          {send.isError && <Fault error={send.error} />}
          <Button type="submit" loading={send.isPending}>
            {t('in')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
