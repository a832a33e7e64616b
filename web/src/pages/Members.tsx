import { Button, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { User } from '../../../src/client/index.ts';
import { api, me, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { useUndo } from '../components/Undo.tsx';
import { useLanguage } from '../settings.tsx';

type Role = User['role'];
const ROLES: readonly Role[] = ['viewer', 'member', 'admin', 'owner'];
const memberList = queryOptions({
  queryKey: ['members'],
  queryFn: () => Array.fromAsync(api.list('/v1/organization/members')),
});
const invitationList = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => Array.fromAsync(api.list('/v1/organization/invitations')),
});

/** The people of the organization and those who are invited. */
export function Members() {
  const t = useTranslations('members');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const caller = useQuery(me).data;
  const members = useQuery(memberList);
  const invitations = useQuery(invitationList);
  const role = useMutation({
    mutationFn: ({ id, role }: Pick<User, 'id' | 'role'>) =>
      api.request('PATCH /v1/organization/members/{id}', { path: { id }, body: { role } }),
    onSuccess: () => queries.invalidateQueries(memberList),
  });
  const undoable = useUndo();
  const setRole = ({ id, name, role: before }: User, chosen: Role): void =>
    role.mutate(
      { id, role: chosen },
      {
        onSuccess: () =>
          undoable(t('roleChanged', { name, role: t(`roleNames.${chosen}`) }), () =>
            role.mutateAsync({ id, role: before }),
          ),
      },
    );
  return (
    <Page title={t('title')}>
      <Text>{t('roles')}</Text>
      {role.isError && <Fault error={role.error} />}
      <Loaded query={members}>
        {(people) => (
          <DataTable
            label={t('title')}
            head={[common('name'), t('email'), t('role'), t('secondFactor'), common('created'), common('actions')]}
            keys={people.map(({ id }) => id)}
            minWidth={760}
            rows={people.map((person) => [
              person.name,
              <>
                {person.email_confirmed_at === null ? t('unconfirmed', { email: person.email }) : person.email}
                {person.email_problem && (
                  <Text c="red" size="sm">
                    {t(`emailProblems.${person.email_problem}`)}
                  </Text>
                )}
              </>,
              <Select
                key="role"
                aria-label={t('roleOf', { name: person.name })}
                value={person.role}
                onChange={(chosen) => chosen && setRole(person, chosen as Role)}
                data={ROLES.map((value) => ({ value, label: t(`roleNames.${value}`) }))}
                allowDeselect={false}
                disabled={person.id === caller?.id}
                w={150}
              />,
              person.has_second_factor ? t('has') : t('hasNot'),
              time(person.created_at),
              person.id === caller?.id ? (
                t('you')
              ) : (
                <Confirm
                  key="remove"
                  isSmall
                  label={t('remove')}
                  title={t('removeTitle', { name: person.name })}
                  text={t('removeText')}
                  onConfirm={async () => {
                    await api.request('DELETE /v1/organization/members/{id}', { path: { id: person.id } });
                    await queries.invalidateQueries(memberList);
                  }}
                />
              ),
            ])}
          />
        )}
      </Loaded>
      <Invite />
      <Loaded query={invitations}>
        {(sent) =>
          sent.length > 0 && (
            <Stack gap="xs">
              <Title order={2} size="h4">
                {t('invitations')}
              </Title>
              <DataTable
                label={t('invitations')}
                head={[t('email'), t('role'), common('status'), t('expires'), common('actions')]}
                keys={sent.map(({ id }) => id)}
                rows={sent.map(({ id, email, role: given, status, expires_at }) => [
                  email,
                  t(`roleNames.${given}`),
                  t(`states.${status}`),
                  time(expires_at),
                  status === 'pending' ? (
                    <Confirm
                      key="revoke"
                      isSmall
                      label={t('revoke')}
                      title={t('revokeTitle', { email })}
                      text={t('revokeText')}
                      onConfirm={async () => {
                        await api.request('DELETE /v1/organization/invitations/{id}', { path: { id } });
                        await queries.invalidateQueries(invitationList);
                      }}
                    />
                  ) : (
                    ''
                  ),
                ])}
              />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function Invite() {
  const t = useTranslations('members');
  const { language } = useLanguage();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const invite = useMutation({
    mutationFn: () => api.request('POST /v1/organization/invitations', { body: { email, role, language } }),
    onSuccess: () => {
      setEmail('');
      return queries.invalidateQueries(invitationList);
    },
  });
  const resend = useMutation({ mutationFn: () => api.request('POST /v1/auth/confirm-email/resend') });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <Paper withBorder p="md">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {t('invite')}
          </Title>
          <Group align="end">
            <TextInput
              type="email"
              label={t('email')}
              value={email}
              onChange={({ currentTarget: { value } }) => setEmail(value)}
              required
            />
            <Select
              label={t('role')}
              value={role}
              onChange={(value) => value && setRole(value as Role)}
              data={ROLES.map((value) => ({ value, label: t(`roleNames.${value}`) }))}
              allowDeselect={false}
            />
            <Button type="submit" loading={invite.isPending}>
              {t('send')}
            </Button>
          </Group>
          {invite.isSuccess && <Text role="status">{t('sent', { email: invite.data.email })}</Text>}
          {invite.isError && <Fault error={invite.error} />}
          <Group gap="xs">
            <Button variant="subtle" size="compact-sm" onClick={() => resend.mutate()} loading={resend.isPending}>
              {t('resend')}
            </Button>
            {resend.isSuccess && <Text role="status">{t('resent')}</Text>}
          </Group>
          {resend.isError && <Fault error={resend.error} />}
        </Stack>
      </form>
    </Paper>
  );
}
