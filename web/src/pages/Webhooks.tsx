import { Badge, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Webhook } from '../../../src/client/index.ts';
import { DEFAULT_WEBHOOK_EVENTS, WEBHOOK_EVENTS } from '../../../src/contracts/webhooks/webhooks.ts';
import { api, queries } from '../api.ts';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Secret } from '../components/Secret.tsx';
import { SignatureTester } from './SignatureTester.tsx';

export const webhookList = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => Array.fromAsync(api.list('/v1/webhooks')),
});
export function Webhooks() {
  const t = useTranslations('webhooks');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useQuery(webhookList);
  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <NewWebhook />
      <Loaded query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <DataTable
              label={t('title')}
              head={[t('url'), common('status'), t('events'), common('created')]}
              keys={webhooks.map(({ id }) => id)}
              rows={webhooks.map((webhook) => [
                <Link key="webhook" to="/webhooks/$id" params={{ id: webhook.id }} style={{ overflowWrap: 'anywhere' }}>
                  {webhook.url}
                </Link>,
                <WebhookState key="state" webhook={webhook} />,
                webhook.events.join(', '),
                time(webhook.created_at),
              ])}
            />
          )
        }
      </Loaded>
      <SignatureTester />
    </Page>
  );
}

export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const t = useTranslations('webhooks');
  const { is_enabled, first_failure_at } = webhook;
  const state = !is_enabled ? 'off' : first_failure_at !== null ? 'failing' : 'on';
  return (
    <Badge variant="dot" color={{ off: 'gray', failing: 'red', on: 'green' }[state]}>
      {t(`states.${state}`)}
    </Badge>
  );
}

function NewWebhook() {
  const t = useTranslations('webhooks');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly string[]>(DEFAULT_WEBHOOK_EVENTS);
  const create = useMutation({
    mutationFn: () => api.request('POST /v1/webhooks', { body: { url, events: events as Webhook['events'] } }),
    onSuccess: () => {
      setUrl('');
      return queries.invalidateQueries(webhookList);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Paper withBorder p="md">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {t('new')}
          </Title>
          <TextInput
            type="url"
            label={t('url')}
            description={t('urlHint')}
            placeholder="https://example.com/webhooks"
            value={url}
            onChange={({ currentTarget: { value } }) => setUrl(value)}
            required
          />
          <Checkbox.Group label={t('events')} value={[...events]} onChange={setEvents}>
            <Group mt="xs">
              {WEBHOOK_EVENTS.map((event) => (
                <Checkbox key={event} value={event} label={event} />
              ))}
            </Group>
          </Checkbox.Group>
          {create.isError && <Fault error={create.error} />}
          <Button type="submit" loading={create.isPending} disabled={events.length === 0} w="fit-content">
            {t('create')}
          </Button>
          {create.data && <Secret title={t('secret')} secret={create.data.secret} onDone={create.reset} />}
        </Stack>
      </form>
    </Paper>
  );
}
