import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ApiKey } from '../../../src/client/index.ts';
import { DEFAULT_KEY_SCOPES } from '../../../src/contracts/common/scopes.ts';
import { api, me, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Secret } from '../components/Secret.tsx';

type Scope = ApiKey['scopes'][number];
const keyList = queryOptions({ queryKey: ['keys'], queryFn: () => Array.fromAsync(api.list('/v1/api-keys')) });

/** API keys: made with chosen scopes, shown once, revoked. */
export function Keys() {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useQuery(keyList);
  const [rotated, setRotated] = useState<string>();
  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <NewKey />
      {rotated && <Secret title={t('made')} secret={rotated} onDone={() => setRotated(undefined)} />}
      <Loaded query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <DataTable
              label={t('title')}
              head={[common('name'), t('prefix'), t('scopes'), t('lastUsed'), t('ends'), common('actions')]}
              keys={keys.map(({ id }) => id)}
              minWidth={860}
              rows={keys.map(({ id, name, prefix, scopes, last_used_at, expires_at, revoked_at }) => [
                name,
                `${prefix}…`,
                scopes.join(', '),
                last_used_at === null ? '–' : time(last_used_at),
                expires_at === null ? t('never') : time(expires_at),
                revoked_at === null ? (
                  <Group key="actions" gap="xs" wrap="nowrap">
                    <Confirm
                      isSmall
                      label={t('rotate')}
                      title={t('rotateTitle', { name })}
                      text={t('rotateText')}
                      onConfirm={async () => {
                        setRotated((await api.request('POST /v1/api-keys/{id}/rotate', { path: { id } })).key);
                        await queries.invalidateQueries(keyList);
                      }}
                    />
                    <Confirm
                      isSmall
                      label={t('revoke')}
                      title={t('revokeTitle', { name })}
                      text={t('revokeText')}
                      onConfirm={async () => {
                        await api.request('DELETE /v1/api-keys/{id}', { path: { id } });
                        await queries.invalidateQueries(keyList);
                      }}
                    />
                  </Group>
                ) : (
                  t('revoked', { at: time(revoked_at) })
                ),
              ])}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

function NewKey() {
  const t = useTranslations('keys');
  const caller = useQuery(me);
  const own: readonly Scope[] = caller.data?.scopes ?? [];
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>();
  const chosen = scopes ?? own.filter((scope) => DEFAULT_KEY_SCOPES.includes(scope));
  const create = useMutation({
    mutationFn: () => api.request('POST /v1/api-keys', { body: { name, scopes: chosen } }),
    onSuccess: () => {
      setName('');
      setScopes(undefined);
      return queries.invalidateQueries(keyList);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('new')}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          required
          maxLength={200}
          maw={420}
        />
        <Fieldset legend={t('scopes')}>
          <Checkbox.Group value={[...chosen]} onChange={(values) => setScopes(values as Scope[])}>
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
              {own.map((scope) => (
                <Checkbox key={scope} value={scope} label={scope} description={t(`explained.${nameOf(scope)}`)} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        </Fieldset>
        {create.isError && <Fault error={create.error} />}
        <Group>
          <Button type="submit" loading={create.isPending} disabled={chosen.length === 0}>
            {t('create')}
          </Button>
        </Group>
        {create.data && <Secret title={t('made')} secret={create.data.key} onDone={create.reset} />}
      </Stack>
    </form>
  );
}

/** Names of messages have no colon. */
const nameOf = <Name extends string>(scope: Name) =>
  scope.replace(':', '_') as Name extends `${infer Subject}:${infer Right}` ? `${Subject}_${Right}` : never;
