import { Button, Code, Group, Modal, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ListedDelivery, UpdateWebhookRequest, Webhook } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';
import { Secret } from '../components/Secret.tsx';
import { useUndo } from '../components/Undo.tsx';
import { WebhookState, webhookList } from './Webhooks.tsx';

const page = getRouteApi('/webhooks/$id');
const webhookOf = (id: string) =>
  queryOptions({
    queryKey: ['webhook', id],
    queryFn: () => api.request('GET /v1/webhooks/{id}', { path: { id } }),
    // The service disables an endpoint while its page is open.
    refetchInterval: 5_000,
  });

const STATUSES = ['pending', 'succeeded', 'failed', 'skipped'] as const;
type Status = (typeof STATUSES)[number];
const deliveriesOf = (id: string, status: Status | null) => ({
  ...pagesOf(['deliveries', id, status], (cursor) =>
    api.request('GET /v1/webhooks/{id}/deliveries', {
      path: { id },
      query: { limit: 50, cursor, status: status ?? undefined },
    }),
  ),
  refetchInterval: 5_000,
});
const refresh = (id: string) =>
  Promise.all([
    queries.invalidateQueries(webhookOf(id)),
    queries.invalidateQueries(webhookList),
    queries.invalidateQueries({ queryKey: ['deliveries', id] }),
  ]);

/** An endpoint with its settings, its secret, and the log of its deliveries. */
export function WebhookPage() {
  const { id } = page.useParams();
  const t = useTranslations('webhooks');
  const query = useQuery(webhookOf(id));
  return (
    <Page title={t('one')}>
      <Loaded query={query}>{(webhook) => <Settings key={id} webhook={webhook} />}</Loaded>
      <Deliveries id={id} />
    </Page>
  );
}

function Settings({ webhook }: { readonly webhook: Webhook }) {
  const t = useTranslations('webhooks');
  const navigate = useNavigate();
  const { time } = useNumbers();
  const { id } = webhook;
  const [url, setUrl] = useState(webhook.url);
  const change = useMutation({
    mutationFn: (body: UpdateWebhookRequest) => api.request('PATCH /v1/webhooks/{id}', { path: { id }, body }),
    onSuccess: () => refresh(id),
  });
  const undoable = useUndo();
  const set = (body: UpdateWebhookRequest, before: UpdateWebhookRequest): void =>
    change.mutate(body, { onSuccess: () => undoable(t('changed', { url }), () => change.mutateAsync(before)) });
  const test = useMutation({
    mutationFn: () => api.request('POST /v1/webhooks/{id}/test', { path: { id } }),
    onSuccess: () => refresh(id),
  });
  const [secret, setSecret] = useState<string>();
  return (
    <Stack>
      <Group>
        <WebhookState webhook={webhook} />
        <Text size="sm">{webhook.events.join(', ')}</Text>
      </Group>
      {webhook.disabled_reason !== null && <Text>{webhook.disabled_reason}</Text>}
      {webhook.first_failure_at !== null && <Text>{t('failingSince', { at: time(webhook.first_failure_at) })}</Text>}
      <Group align="end">
        <TextInput
          label={t('url')}
          value={url}
          onChange={({ currentTarget: { value } }) => setUrl(value)}
          maw={480}
          style={{ flexGrow: 1 }}
        />
        <Button variant="default" onClick={() => set({ url }, { url: webhook.url })} disabled={url === webhook.url}>
          {t('save')}
        </Button>
      </Group>
      <Switch
        label={t('enabled')}
        checked={webhook.is_enabled}
        onChange={({ currentTarget: { checked } }) => set({ is_enabled: checked }, { is_enabled: !checked })}
      />
      <Group>
        <Button onClick={() => test.mutate()} loading={test.isPending}>
          {t('test')}
        </Button>
        <Confirm
          label={t('rotate')}
          title={t('rotateTitle', { url: webhook.url })}
          text={t('rotateText')}
          onConfirm={async () => {
            setSecret((await api.request('POST /v1/webhooks/{id}/rotate-secret', { path: { id } })).secret);
            await refresh(id);
          }}
        />
        <Confirm
          label={t('delete')}
          title={t('deleteTitle', { url: webhook.url })}
          text={t('deleteText')}
          onConfirm={async () => {
            await api.request('DELETE /v1/webhooks/{id}', { path: { id } });
            await queries.invalidateQueries(webhookList);
            await navigate({ to: '/webhooks' });
          }}
        />
      </Group>
      {webhook.previous_secret_expires_at !== null && (
        <Text size="sm">{t('twoSecrets', { at: time(webhook.previous_secret_expires_at) })}</Text>
      )}
      {secret && <Secret title={t('secret')} secret={secret} onDone={() => setSecret(undefined)} />}
      {change.isError && <Fault error={change.error} />}
      {test.isError && <Fault error={test.error} />}
    </Stack>
  );
}

function Deliveries({ id }: { readonly id: string }) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const [status, setStatus] = useState<Status | null>(null);
  const [shown, setShown] = useState<string>();
  const query = useInfiniteQuery(deliveriesOf(id, status));
  const retry = useMutation({
    // An endpoint's id retries its failed deliveries, a delivery's id that one.
    mutationFn: (what: string) => api.request('POST /v1/webhooks/{id}/retry', { path: { id: what } }),
    onSuccess: () => refresh(id),
  });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('deliveries')}
        </Title>
        <Button variant="default" size="compact-sm" onClick={() => retry.mutate(id)} loading={retry.isPending}>
          {t('retryAll')}
        </Button>
      </Group>
      <Select
        label={common('status')}
        value={status}
        onChange={(value) => setStatus(value as Status | null)}
        data={STATUSES.map((value) => ({ value, label: t(`deliveryStates.${value}`) }))}
        placeholder={t('allStates')}
        clearable
        maw={240}
      />
      {retry.isSuccess && <Text role="status">{t('retried', { n: retry.data.n_retried })}</Text>}
      {retry.isError && <Fault error={retry.error} />}
      <Pages query={query} empty={t('noDelivery')}>
        {(deliveries: readonly ListedDelivery[]) => (
          <DataTable
            label={t('deliveries')}
            head={[t('event'), common('status'), t('answer'), t('attempts'), common('created'), common('actions')]}
            keys={deliveries.map((delivery) => delivery.id)}
            minWidth={760}
            rows={deliveries.map((delivery) => [
              delivery.event_type,
              t(`deliveryStates.${delivery.status}`),
              delivery.last_status_code === null ? (delivery.last_error ?? '–') : String(delivery.last_status_code),
              String(delivery.n_attempts),
              time(delivery.created_at),
              <Group key="actions" gap="xs" wrap="nowrap">
                <Button variant="default" size="compact-sm" onClick={() => setShown(delivery.id)}>
                  {t('show')}
                </Button>
                {delivery.status === 'failed' && (
                  <Button variant="default" size="compact-sm" onClick={() => retry.mutate(delivery.id)}>
                    {t('retry')}
                  </Button>
                )}
              </Group>,
            ])}
          />
        )}
      </Pages>
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={t('delivery')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        {shown && <DeliveryView id={shown} />}
      </Modal>
    </Stack>
  );
}

/** What was sent, and what the endpoint answered to each attempt */
function DeliveryView({ id }: { readonly id: string }) {
  const t = useTranslations('webhooks');
  const { time, number } = useNumbers();
  const query = useQuery({
    queryKey: ['delivery', id],
    queryFn: () => api.request('GET /v1/deliveries/{id}', { path: { id } }),
  });
  return (
    <Loaded query={query}>
      {({ event_id, payload, attempts }) => (
        <Stack>
          <Text size="sm">
            webhook-id: <Code>{event_id}</Code>
          </Text>
          <Title order={3} size="h5">
            {t('payload')}
          </Title>
          <Code block tabIndex={0} mah={280} style={{ overflow: 'auto' }}>
            {JSON.stringify(payload, null, 2)}
          </Code>
          <Title order={3} size="h5">
            {t('attempts')}
          </Title>
          {attempts.length === 0 && <Text size="sm">{t('noAttempt')}</Text>}
          {attempts.map(({ round, attempt, started_at, latency_ms, status_code, answer, error }) => (
            <Stack key={`${round} ${attempt}`} gap={4}>
              <Text size="sm">
                {round}.{attempt}, {time(started_at)}, {number(latency_ms)} ms: {status_code ?? error}
              </Text>
              {answer && (
                <Code block tabIndex={0} mah={160} style={{ overflow: 'auto' }}>
                  {answer}
                </Code>
              )}
            </Stack>
          ))}
        </Stack>
      )}
    </Loaded>
  );
}
