import { Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '../../../src/client/index.ts';
import { api, me, proofOf, queries } from '../api.ts';
import { Fault } from '../components/Fault.tsx';

/** Whether the password is right and the account takes a code too */
const lacksCode = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'auth.second_factor_required';

/** Signs in, or registers an organization and signs in. @param isExpired whether a session has ended by itself */
export function SignIn({ isExpired }: { readonly isExpired: boolean }) {
  const t = useTranslations('sign');
  const [isNew, setIsNew] = useState(false);
  const [takesCode, setTakesCode] = useState(false);
  const send = useMutation({
    mutationFn: async (form: FormData) => {
      const text = (name: string): string => String(form.get(name));
      const login = { email: text('email'), password: text('password') };
      if (isNew)
        await api.request('POST /v1/auth/register', {
          body: { ...login, name: text('name'), organization_name: text('organization') },
        });
      await api.request('POST /v1/auth/session', { body: { ...login, ...(takesCode && proofOf(text('code'))) } });
    },
    onError: (error) => lacksCode(error) && setTakesCode(true),
    onSuccess: () => queries.invalidateQueries(me),
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
            {isNew ? t('register') : t('in')}
          </Title>
          {isExpired && <Text>{t('expired')}</Text>}
          {isNew && (
            <>
              <TextInput name="name" label={t('name')} required autoComplete="name" />
              <TextInput name="organization" label={t('organization')} required autoComplete="organization" />
            </>
          )}
          <TextInput name="email" type="email" label={t('email')} required autoComplete="username" />
          <PasswordInput
            name="password"
            label={t('password')}
            required
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            minLength={isNew ? 10 : 1}
            description={isNew ? t('passwordHint') : undefined}
            autoComplete={isNew ? 'new-password' : 'current-password'}
          />
          {takesCode && (
            <TextInput
              name="code"
              label={t('code')}
              description={t('codeHint')}
              required
              autoFocus
              autoComplete="one-time-code"
            />
          )}
          {send.isError && !lacksCode(send.error) && <Fault error={send.error} />}
          <Button type="submit" loading={send.isPending}>
            {isNew ? t('register') : t('in')}
          </Button>
          {!isNew && <ForgottenPassword />}
          {!isNew && <OrganizationSignIn />}
          <Anchor component="button" type="button" size="sm" onClick={() => setIsNew(!isNew)}>
            {isNew ? t('toSignIn') : t('toRegister')}
          </Anchor>
        </Stack>
      </form>
    </Paper>
  );
}

/** Sends a mail with a link to a new password; the answer does not say whether the address is known. */
function ForgottenPassword() {
  const t = useTranslations('sign');
  const [email, setEmail] = useState<string>();
  const send = useMutation({
    mutationFn: (to: string) => api.request('POST /v1/auth/password/forgot', { body: { email: to } }),
  });
  if (send.isSuccess) return <Text role="status">{t('resetSent')}</Text>;
  if (email === undefined)
    return (
      <Anchor component="button" type="button" size="sm" onClick={() => setEmail('')}>
        {t('forgot')}
      </Anchor>
    );
  return (
    <Stack gap="xs">
      <TextInput
        type="email"
        label={t('resetAddress')}
        value={email}
        onChange={({ currentTarget: { value } }) => setEmail(value)}
        autoComplete="username"
      />
      {send.isError && <Fault error={send.error} />}
      <Button variant="default" onClick={() => send.mutate(email)} loading={send.isPending} disabled={email === ''}>
        {t('resetSend')}
      </Button>
    </Stack>
  );
}

const ORGANIZATION = 'organization';

/** Opens the page of an organization's identity provider. The organization's own link names it, and the browser keeps it. */
function OrganizationSignIn() {
  const t = useTranslations('sign');
  const named = new URLSearchParams(location.search).get(ORGANIZATION);
  const [id, setId] = useState(named ?? localStorage.getItem(ORGANIZATION) ?? '');
  const [isOpen, setIsOpen] = useState(false);
  const begin = useMutation({
    mutationFn: () => api.request('POST /v1/auth/sign-in', { body: { organization_id: id.trim() } }),
    onSuccess: ({ url }) => {
      localStorage.setItem(ORGANIZATION, id.trim());
      location.assign(url);
    },
    onError: () => setIsOpen(true),
  });
  return (
    <Stack gap="xs">
      {isOpen && (
        <TextInput
          label={t('organizationId')}
          description={t('organizationIdHint')}
          value={id}
          onChange={({ currentTarget: { value } }) => setId(value)}
          autoComplete="off"
        />
      )}
      {begin.isError && <Fault error={begin.error} />}
      <Button
        variant="default"
        onClick={() => (id.trim() === '' ? setIsOpen(true) : begin.mutate())}
        loading={begin.isPending}
      >
        {t('byOrganization')}
      </Button>
    </Stack>
  );
}
