import { Alert, Anchor, Code, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Job, JobEvent, ReportResult as WrittenReport } from '../../../src/client/index.ts';
import { api, queries } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { Fault } from '../components/Fault.tsx';
import { Figures } from '../components/Figures.tsx';
import { type Position, SiteMap } from '../components/Map.tsx';
import { useNumbers } from '../components/numbers.ts';
import { Loaded, Page } from '../components/Page.tsx';
import { useTerm } from '../components/terms.ts';
import { Warnings } from '../components/Warnings.tsx';
import { jobOf } from '../queries.ts';
import { StatusBadge } from './Jobs.tsx';
import { ReportResult, WriteReport } from './results/Report.tsx';
import { SolarAnalysisView } from './results/SolarAnalysis.tsx';
import { SolarDesignView } from './results/SolarDesign.tsx';
import { areasOf, positionsOf, WindView } from './results/Wind.tsx';

const page = getRouteApi('/jobs/$id');
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
      {!isOpen(job) && <DeleteJob id={job.id} />}
      <Text size="sm">{t('engine', { version: job.engine_version, seed: String(job.seed) })}</Text>
    </Stack>
  );
}

function DeleteJob({ id }: { readonly id: string }) {
  const t = useTranslations('job');
  const navigate = useNavigate();
  return (
    <Confirm
      label={t('delete')}
      title={t('deleteTitle', { id })}
      text={t('deleteText')}
      onConfirm={async () => {
        await api.request('DELETE /v1/jobs/{id}', { path: { id } });
        await navigate({ to: '/' });
        await queries.invalidateQueries({ queryKey: ['jobs'] });
      }}
    />
  );
}

/** A report that was cancelled has an empty result. */
const isWritten = (result: object): result is WrittenReport => 'report_id' in result;

function Result({ job }: { readonly job: Job }) {
  const t = useTranslations('job');
  if (!job.result) return isOpen(job) ? null : <Text>{t('noResult')}</Text>;
  switch (job.kind) {
    case 'solar-analyze':
      return <SolarAnalysisView jobId={job.id} result={job.result} />;
    case 'solar-optimize':
      return <SolarDesignView input={job.input} result={job.result} />;
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
  /** Positions of the best layout so far */
  readonly layout?: readonly Position[];
  /** Objectives of the Pareto front so far */
  readonly front?: readonly Front[];
}
interface Front {
  readonly objectives: Readonly<Record<string, number>>;
}

type LayoutOnGlobe = Parameters<typeof positionsOf>[0];
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** A job that waits or runs: follows its events, shows what a search has found so far, and offers to cancel. */
function Running({ job }: { readonly job: Job }) {
  const t = useTranslations('job');
  const jobs = useTranslations('jobs');
  const term = useTerm();
  const { significant, number, duration } = useNumbers();
  const [steps, setSteps] = useState<readonly Progressed[]>([]);
  const [fault, setFault] = useState<unknown>();

  useEffect(() => {
    const abort = new AbortController();
    const take = ({ type, data }: JobEvent): void => {
      if (type === 'job.started') void queries.invalidateQueries(jobOf(job.id));
      if (type !== 'job.progress') return;
      const { progress, n_evaluations, best_value, best_score, best_layout, pareto } = data;
      setSteps((before) => [
        ...before,
        {
          at: Date.parse(data.at),
          done: progress,
          evaluations: numberOf(n_evaluations),
          best: numberOf(best_value) ?? numberOf(best_score),
          layout: positionsOf((best_layout ?? {}) as LayoutOnGlobe),
          front: pareto as readonly Front[] | undefined,
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

  const last = steps.at(-1);
  const done = last?.done ?? job.progress;
  const first = steps[0];
  const elapsedS = first && last ? (last.at - first.at) / 1000 : 0;
  const leftS =
    first && last && last.done > first.done ? (elapsedS * (1 - last.done)) / (last.done - first.done) : undefined;
  const secondsOf = ({ at }: Progressed): number => (at - steps[0].at) / 1000;
  const found = steps.filter(({ best }) => best !== undefined);
  const objectives = 'objectives' in job.input ? job.input.objectives : undefined;
  const objective = term(
    Array.isArray(objectives) ? String(objectives[0]) : 'objective' in job.input ? String(job.input.objective) : '',
  );
  const front = steps.findLast((step) => step.front)?.front;
  const layout = steps.findLast((step) => step.layout)?.layout;
  const map = useMemo(() => layout && { ...areasOf(job.input), turbines: layout }, [layout, job.input]);
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
      {map && <SiteMap label={t('layout')} content={map} height={420} />}
      {found.length > 1 && (
        <Chart
          title={t('best', { objective })}
          height={200}
          option={{
            xAxis: { type: 'value', name: t('seconds'), nameLocation: 'middle', nameGap: 24 },
            yAxis: { type: 'value', scale: true },
            series: [
              {
                type: 'line',
                step: 'end',
                showSymbol: false,
                data: found.map((step) => [secondsOf(step), step.best]),
              },
            ],
          }}
          table={{
            head: [t('seconds'), t('best', { objective })],
            rows: found.map((step) => [number(secondsOf(step)), significant(step.best!)]),
          }}
        />
      )}
      {front && <FrontSoFar front={front} />}
      {fault !== undefined && <Fault error={fault} />}
      {job.cancel_requested_at ? (
        <Text size="sm">{t('cancelling')}</Text>
      ) : (
        <Confirm
          label={t('cancelDo')}
          title={t('cancelTitle')}
          text={t('cancelText', { id: job.id })}
          keep={t('cancelKeep')}
          onConfirm={async () => {
            await api.cancelJob(job.id);
            await queries.invalidateQueries(jobOf(job.id));
          }}
        />
      )}
    </Stack>
  );
}

/** The Pareto front of a search that runs, which grows and moves */
function FrontSoFar({ front }: { readonly front: readonly Front[] }) {
  const t = useTranslations('job');
  const term = useTerm();
  const { significant } = useNumbers();
  const [first, second] = Object.keys(front[0].objectives);
  return (
    <Chart
      title={t('front')}
      height={240}
      option={{
        xAxis: { type: 'value', name: term(first), nameLocation: 'middle', nameGap: 24, scale: true },
        yAxis: { type: 'value', name: term(second), scale: true },
        series: [
          {
            type: 'scatter',
            symbolSize: 8,
            data: front.map(({ objectives }) => [objectives[first], objectives[second]]),
          },
        ],
      }}
      table={{
        head: [term(first), term(second)],
        rows: front.map(({ objectives }) => [significant(objectives[first]), significant(objectives[second])]),
      }}
    />
  );
}
