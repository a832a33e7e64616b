import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { me, queries } from '../api.ts';
import { Fault } from './Fault.tsx';

export const text = (form: FormData, name: string): string => String(form.get(name));

interface PartProps {
  readonly title: string;
  readonly hint?: string;
  /** What the button says; default: save */
  readonly action?: string;
  readonly send: (form: FormData) => Promise<unknown>;
  /** Default: reads again who the caller is */
  readonly onSent?: () => Promise<unknown>;
  readonly children: ReactNode;
}

/** A form of its own, with its outcome */
export function Part({ title, hint, action, send, onSent, children }: PartProps) {
  const t = useTranslations('account');
  const change = useMutation({ mutationFn: send, onSuccess: onSent ?? (() => queries.invalidateQueries(me)) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    change.mutate(new FormData(form), { onSuccess: () => form.reset() });
  };
  return (
    <Paper withBorder p="md" maw={520}>
      <form onSubmit={submit} aria-label={title}>
        <Stack>
          <Title order={2} size="h4">
            {title}
          </Title>
          {hint && <Text size="sm">{hint}</Text>}
          {children}
          {change.isError && <Fault error={change.error} />}
          {change.isSuccess && <Text role="status">{t('saved')}</Text>}
          <Button type="submit" variant="default" loading={change.isPending} w="fit-content">
            {action ?? t('save')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

interface PasswordProps {
  readonly name: string;
  readonly label: string;
  readonly isNew?: boolean;
}

export function Password({ name, label, isNew }: PasswordProps) {
  const t = useTranslations('sign');
  return (
    <PasswordInput
      name={name}
      label={label}
      required
      minLength={isNew ? 10 : 1}
      description={isNew ? t('passwordHint') : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
    />
  );
}
