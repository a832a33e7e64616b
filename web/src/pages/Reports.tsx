import {
  Alert,
  Anchor,
  Button,
  Group,
  MultiSelect,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { CreateReportRequest, Report } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { DataTable } from '../components/DataTable.tsx';
import { Fault } from '../components/Fault.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { ClearForm } from '../components/Undo.tsx';
import { endedJobs } from '../queries.ts';
import { UNIT_SYSTEMS, type UnitSystem } from '../../../src/lib/units.ts';
import { useDraft, useLanguage, useUnits } from '../settings.tsx';
import { StatusBadge } from './Jobs.tsx';

const reportList = queryOptions({
  queryKey: ['reports'],
  queryFn: () => Array.fromAsync(api.list('/v1/reports')),
  refetchInterval: ({ state }) =>
    state.data?.some(({ status }) => status === 'queued' || status === 'running') ? 2_000 : false,
});

export function Reports() {
  const t = useTranslations('reports');
  const common = useTranslations('common');
  const { time } = useNumbers();
  const query = useQuery(reportList);
  const nameOf = ({ title, template }: Report): string => title ?? t(`templates.${template}`);
  return (
    <Page title={t('title')}>
      <NewReport />
      <Loaded query={query}>
        {(reports) =>
          reports.length === 0 ? (
            <Text>{t('empty')}</Text>
          ) : (
            <DataTable
              label={t('title')}
              head={[common('name'), common('status'), t('files'), common('created'), common('actions')]}
              keys={reports.map(({ id }) => id)}
              minWidth={760}
              rows={reports.map((report) => [
                <Link key="report" to="/jobs/$id" params={{ id: report.job_id }}>
                  {nameOf(report)}
                </Link>,
                <StatusBadge key="status" status={report.status} />,
                <Group key="files" gap="xs">
                  {report.files.map(({ format, name, url }) => (
                    <Anchor key={format} href={url} download={name} size="sm">
                      {format.toUpperCase()}
                    </Anchor>
                  ))}
                </Group>,
                time(report.created_at),
                <Group key="actions" gap="xs" wrap="nowrap">
                  {report.files.length > 0 && <ShareLink id={report.id} />}
                  <Confirm
                    isSmall
                    label={t('delete')}
                    title={t('deleteTitle', { name: nameOf(report) })}
                    text={t('deleteText')}
                    onConfirm={async () => {
                      await api.request('DELETE /v1/reports/{id}', { path: { id: report.id } });
                      await queries.invalidateQueries(reportList);
                    }}
                  />
                </Group>,
              ])}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Makes a link to the PDF that works without an account for a week. */
function ShareLink({ id }: { readonly id: string }) {
  const t = useTranslations('reports');
  const { time } = useNumbers();
  const share = useMutation({
    mutationFn: async () => {
      const link = await api.request('POST /v1/reports/{id}/links', { path: { id }, body: { format: 'pdf' } });
      await navigator.clipboard.writeText(link.url);
      return link;
    },
  });
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => share.mutate()} loading={share.isPending}>
        {t('share')}
      </Button>
      {share.isSuccess && (
        <Text size="sm" role="status">
          {t('shared', { at: time(share.data.expires_at) })}
        </Text>
      )}
      {share.isError && <Fault error={share.error} />}
    </>
  );
}

interface Draft {
  readonly jobs: readonly string[];
  readonly template: 'summary' | 'bankable' | 'comparison';
  readonly language: 'en' | 'de' | null;
  /** Default: those of the dashboard */
  readonly units: UnitSystem | null;
  readonly title: string;
  readonly client: string;
  readonly preparedBy: string;
  readonly author: string;
  readonly mailTo: readonly string[];
}
const EMPTY: Draft = {
  jobs: [],
  template: 'bankable',
  language: null,
  units: null,
  title: '',
  client: '',
  preparedBy: '',
  author: '',
  mailTo: [],
};
const TEXTS = ['title', 'client', 'preparedBy', 'author'] as const;

const page = getRouteApi('/reports');

/** Asks which jobs a report is about, how it looks, and who gets it. */
function NewReport() {
  const t = useTranslations('reports');
  const kind = useTranslations('kind');
  const { time } = useNumbers();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const { units: shownUnits } = useUnits();
  const { jobs: chosen } = page.useSearch();
  const [draft, setDraft, clear] = useDraft<Draft>('report', EMPTY);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const jobs = draft.jobs.length > 0 ? draft.jobs : (chosen ?? []);
  const ended = useQuery(endedJobs);
  const create = useMutation({
    mutationFn: () => {
      const { template, units, title, client, preparedBy, author, mailTo } = draft;
      const body: CreateReportRequest = {
        job_ids: jobs,
        template: template !== 'comparison' && jobs.length > 1 ? 'comparison' : template,
        language: draft.language ?? language,
        units: units ?? shownUnits,
        ...(title && { title }),
        ...(client && { client }),
        ...(preparedBy && { prepared_by: preparedBy }),
        ...(author && { author }),
        ...(mailTo.length > 0 && { mail_to: mailTo }),
      };
      return api.submit('/v1/reports', body);
    },
    onSuccess: async ({ id }) => {
      clear();
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      await queries.invalidateQueries(reportList);
      await navigate({ to: '/jobs/$id', params: { id } });
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
          {ended.data?.length === 0 && <Alert color="blue">{t('noJob')}</Alert>}
          {ended.isError && <Fault error={ended.error} onRetry={() => void ended.refetch()} />}
          <MultiSelect
            label={t('jobs')}
            description={t('jobsHint')}
            value={[...jobs]}
            onChange={(values) => change({ jobs: values })}
            data={
              ended.data?.map((job) => ({
                value: job.id,
                label: `${kind(job.kind)}, ${time(job.created_at)}, …${job.id.slice(-4)}`,
              })) ?? []
            }
            searchable
            required
          />
          <Group align="end">
            <Select
              label={t('template')}
              value={jobs.length > 1 ? 'comparison' : draft.template}
              onChange={(value) => value && change({ template: value as Draft['template'] })}
              data={(['bankable', 'summary', 'comparison'] as const).map((value) => ({
                value,
                label: t(`templates.${value}`),
              }))}
              allowDeselect={false}
            />
            <Select
              label={t('language')}
              value={draft.language ?? language}
              onChange={(value) => change({ language: value as Draft['language'] })}
              data={[
                { value: 'en', label: 'English' },
                { value: 'de', label: 'Deutsch' },
              ]}
              allowDeselect={false}
            />
            <SegmentedControl
              aria-label={t('units')}
              value={draft.units ?? shownUnits}
              onChange={(units) => change({ units: units as UnitSystem })}
              data={UNIT_SYSTEMS.map((value) => ({ value, label: t(value) }))}
            />
          </Group>
          <Group grow align="end" preventGrowOverflow={false}>
            {TEXTS.map((name) => (
              <TextInput
                key={name}
                label={name === 'title' ? t('project') : t(name)}
                value={draft[name]}
                onChange={({ currentTarget: { value } }) => change({ [name]: value })}
                maxLength={200}
                miw={180}
              />
            ))}
          </Group>
          <TagsInput
            label={t('mailTo')}
            description={t('mailHint')}
            value={[...draft.mailTo]}
            onChange={(mailTo) => change({ mailTo })}
            splitChars={[',', ' ', ';']}
          />
          {create.isError && <Fault error={create.error} />}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={jobs.length === 0}>
              {t('write')}
            </Button>
            <ClearForm draft={draft} initial={EMPTY} setDraft={setDraft} />
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
