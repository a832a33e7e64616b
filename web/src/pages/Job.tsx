import { Alert, Anchor, Button, Code, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Job, JobEvent, ReportResult as WrittenReport } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { Fault } from '../components/Fault.tsx';
import { Figures } from '../components/Figures.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { useTerm } from '../components/terms.ts';
import { Warnings } from '../components/Warnings.tsx';
import { StatusBadge } from './Jobs.tsx';
import { ReportResult, WriteReport } from './results/Report.tsx';
import { SolarAnalysisView } from './results/SolarAnalysis.tsx';
import { SolarDesignView } from './results/SolarDesign.tsx';
import { WindView } from './results/Wind.tsx';

const page = getRouteApi('/jobs/$id');
const jobOf = (id: string) => queryOptions({ queryKey: ['job', id], queryFn: () => api.job(id) });
const isOpen = ({ status }: Pick<Job, 'status'>): boolean => status === 'queued' || status === 'running';

export function JobPage() {
  const { id } = page.useParams();
  const t = useTranslations();
  const query = useQuery(jobOf(id));
  const kind = query.data?.kind;
  return (
    <Page title={kind ? t(`kind.${kind}`) : t('jobs.title')}>
      <Loaded query={query}>{(job) => <JobView key={id} job={job} />}</Loaded>
    </Page>
  );
}

function JobView({ job }: { readonly job: Job }) {
  const t = useTranslations('job');
  const { time, duration } = useNumbers();
  return (
    <Stack>
      <Group gap="sm">
        <StatusBadge status={job.status} />
        <Code>{job.id}</Code>
        <Text size="sm">{time(job.created_at)}</Text>
        {job.compute_s !== null && !isOpen(job) && <Text size="sm">{duration(job.compute_s)}</Text>}
      </Group>
      {isOpen(job) && <Running job={job} />}
      {job.error && (
        <Alert color="red" title={t('failed')} role="alert">
          <Text size="sm">{job.error.message}</Text>
          <Anchor size="sm" href={`/docs/errors/${job.error.code}`}>
            {job.error.code}
          </Anchor>
          {job.error.request_id && (
            <Text size="sm">
              {t('request')}: <Code>{job.error.request_id}</Code>
            </Text>
          )}
        </Alert>
      )}
      <Warnings warnings={job.warnings} />
      <Result job={job} />
      {job.status === 'succeeded' && job.kind !== 'report' && <WriteReport jobId={job.id} />}
      <details>
        <Text component="summary" style={{ cursor: 'pointer' }}>
          {t('input')}
        </Text>
        <Code block>{JSON.stringify(job.input, null, 2)}</Code>
      </details>
      <Text size="sm">{t('engine', { version: job.engine_version, seed: String(job.seed) })}</Text>
    </Stack>
  );
}

/** A report that was cancelled has an empty result. */
const isWritten = (result: object): result is WrittenReport => 'report_id' in result;

function Result({ job }: { readonly job: Job }) {
  const t = useTranslations('job');
  if (!job.result) return isOpen(job) ? null : <Text>{t('noResult')}</Text>;
  switch (job.kind) {
    case 'solar-analyze':
      return <SolarAnalysisView result={job.result} />;
    case 'solar-optimize':
      return <SolarDesignView result={job.result} />;
    case 'report':
      return isWritten(job.result) ? <ReportResult result={job.result} /> : <Text>{t('noResult')}</Text>;
    default:
      return <WindView job={job} />;
  }
}

interface Progressed {
  readonly at: number;
  readonly done: number;
  readonly evaluations?: number;
  readonly best?: number;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** A job that waits or runs: follows its events, shows what a search has found so far, and offers to cancel. */
function Running({ job }: { readonly job: Job }) {
  const t = useTranslations('job');
  const common = useTranslations('common');
  const jobs = useTranslations('jobs');
  const term = useTerm();
  const { significant, number, duration } = useNumbers();
  const [steps, setSteps] = useState<readonly Progressed[]>([]);
  const [isAsking, { open, close }] = useDisclosure();
  const [fault, setFault] = useState<unknown>();

  useEffect(() => {
    const abort = new AbortController();
    const take = ({ type, data }: JobEvent): void => {
      if (type !== 'job.progress') return;
      const { progress, n_evaluations, best_value, best_score } = data;
      setSteps((before) => [
        ...before,
        {
          at: Date.parse(data.at),
          done: progress,
          evaluations: numberOf(n_evaluations),
          best: numberOf(best_value) ?? numberOf(best_score),
        },
      ]);
    };
    api
      .waitForJob(job.id, { signal: abort.signal, onEvent: take })
      .then(() =>
        Promise.all([queries.invalidateQueries(jobOf(job.id)), queries.invalidateQueries({ queryKey: ['jobs'] })]),
      )
      .catch((error: unknown) => !abort.signal.aborted && setFault(error));
    return () => abort.abort();
  }, [job.id]);

  const cancel = useMutation({
    mutationFn: () => api.cancelJob(job.id),
    onSuccess: () => {
      close();
      void queries.invalidateQueries(jobOf(job.id));
    },
  });
  const last = steps.at(-1);
  const done = last?.done ?? job.progress;
  const first = steps[0];
  const elapsedS = first && last ? (last.at - first.at) / 1000 : 0;
  const leftS =
    first && last && last.done > first.done ? (elapsedS * (1 - last.done)) / (last.done - first.done) : undefined;
  const found = steps.filter(({ best }) => best !== undefined);
  const objectives = 'objectives' in job.input ? job.input.objectives : undefined;
  const objective = Array.isArray(objectives) ? term(String(objectives[0])) : '';
  return (
    <Stack>
      <Progress value={100 * done} aria-label={jobs('progress')} size="lg" />
      <Figures
        figures={[
          [jobs('progress'), `${number(100 * done)} %`],
          ...(leftS === undefined ? [] : ([[t('elapsed'), duration(elapsedS)]] as const)),
          ...(last?.evaluations === undefined ? [] : ([[t('evaluations'), number(last.evaluations)]] as const)),
          ...(last?.best === undefined ? [] : ([[t('best', { objective }), significant(last.best)]] as const)),
        ]}
      />
      {leftS !== undefined && <Text size="sm">{t('left', { time: duration(leftS) })}</Text>}
      {found.length > 1 && (
        <Chart
          title={t('best', { objective })}
          height={200}
          option={{
            xAxis: { type: 'value', name: t('evaluations'), nameLocation: 'middle', nameGap: 24 },
            yAxis: { type: 'value', scale: true },
            series: [
              {
                type: 'line',
                step: 'end',
                showSymbol: false,
                data: found.map(({ evaluations, best }, k) => [evaluations ?? k, best]),
              },
            ],
          }}
          table={{
            head: [t('evaluations'), t('best', { objective })],
            rows: found.map(({ evaluations, best }, k) => [number(evaluations ?? k), significant(best!)]),
          }}
        />
      )}
      {fault !== undefined && <Fault error={fault} />}
      {job.cancel_requested_at ? (
        <Text size="sm">{t('cancelling')}</Text>
      ) : (
        <Button variant="default" onClick={open} w="fit-content">
          {common('cancel')}
        </Button>
      )}
      <Modal
        opened={isAsking}
        onClose={close}
        title={t('cancelTitle')}
        closeButtonProps={{ 'aria-label': t('cancelKeep') }}
      >
        <Stack>
          <Text size="sm">{t('cancelText', { id: job.id })}</Text>
          {cancel.isError && <Fault error={cancel.error} />}
          <Group>
            <Button color="red" onClick={() => cancel.mutate()} loading={cancel.isPending}>
              {t('cancelDo')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('cancelKeep')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
