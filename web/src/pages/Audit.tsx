import { Anchor, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AuditEvent } from '../../../src/client/index.ts';
import { api } from '../api.ts';
import { Choice } from '../components/Choice.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Page } from '../components/Page.tsx';
import { Pages, pagesOf } from '../components/PagedTable.tsx';

export type ActType = AuditEvent['type'];
const eventsOf = (type: ActType | null) =>
  pagesOf(['audit', type], (cursor) =>
    api.request('GET /v1/audit-events', { query: { limit: 50, cursor, type: type ?? undefined } }),
  );

/** What people and keys have done, the newest first. */
export function Audit() {
  const t = useTranslations('audit');
  const [type, setType] = useState<ActType | null>(null);
  const query = useInfiniteQuery(eventsOf(type));
  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <Group align="end">
        <ActTypeChoice value={type} onChange={setType} />
        <Anchor href={`/v1/audit-events.csv${type === null ? '' : `?type=${type}`}`} download="audit.csv">
          CSV
        </Anchor>
      </Group>
      <Pages query={query} empty={t('empty')}>
        {(events) => <ActTable events={events} />}
      </Pages>
    </Page>
  );
}

interface ActTypeChoiceProps {
  readonly value: ActType | null;
  readonly onChange: (value: ActType | null) => void;
}

/** A filter by what was done */
export function ActTypeChoice(props: ActTypeChoiceProps) {
  const t = useTranslations('audit');
  return <Choice label={t('type')} of="AuditEvent.type" placeholder={t('all')} searchable maw={360} {...props} />;
}

/** Acts with who has done them, and to what */
export function ActTable({ events }: { readonly events: readonly AuditEvent[] }) {
  const t = useTranslations('audit');
  const common = useTranslations('common');
  const { time } = useNumbers();
  return (
    <DataTable
      label={t('title')}
      head={[common('created'), t('type'), t('actor'), t('target'), t('details')]}
      keys={events.map(({ id }) => id)}
      minWidth={860}
      rows={events.map(({ created_at, type, actor_kind, actor_id, target_id, details, personal }) => [
        time(created_at),
        type,
        actor_id ?? t(`actors.${actor_kind}`),
        target_id ?? '–',
        Object.entries({ ...details, ...personal })
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(', '),
      ])}
    />
  );
}
