import { Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, me, queries } from '../api.ts';
import { Fault } from '../components/Fault.tsx';

/** Signs in, or registers an organization and signs in. @param isExpired whether a session has ended by itself */
export function SignIn({ isExpired }: { readonly isExpired: boolean }) {
  const t = useTranslations('sign');
  const [isNew, setIsNew] = useState(false);
  const send = useMutation({
    mutationFn: async (form: FormData) => {
      const text = (name: string): string => String(form.get(name));
      const login = { email: text('email'), password: text('password') };
      if (isNew)
        await api.request('POST /v1/auth/register', {
          body: { ...login, name: text('name'), organization_name: text('organization') },
        });
      await api.request('POST /v1/auth/session', { body: login });
    },
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
          {send.isError && <Fault error={send.error} />}
          <Button type="submit" loading={send.isPending}>
            {isNew ? t('register') : t('in')}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={() => setIsNew(!isNew)}>
            {isNew ? t('toSignIn') : t('toRegister')}
          </Anchor>
        </Stack>
      </form>
    </Paper>
  );
}
