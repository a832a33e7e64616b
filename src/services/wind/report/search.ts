/** A layout search: its runs, and the designs that no other beats. */
import type { WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { lineChart, scatterChart } from '../../../documents/charts/charts.ts';
import type { Block, Figure, Section, Table } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { figure, timeLimitNotes } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { WindJob, WindSearch } from './wind-job.ts';
import { searchOf, windFront } from './wind-job.ts';

/** How the scores of runs are shown. */
interface Score {
  readonly title: string;
  readonly value: (score: number) => number;
  readonly show: (score: number) => string;
  /** Whether the score of a run means the same as that of the best run */
  readonly compares: (run: WindSearch['runs'][number]) => boolean;
}

export function searchSection(context: ReportContext, job: WindJob): Section {
  const { body, search } = searchOf(job);
  const score = scoreOf(context, body, search);
  return {
    title: context.text('search.title'),
    blocks: [
      introduction(context, job, body, search),
      runsTable(context, search, score),
      ...timeLimitNotes(context, job.job),
      ...(search.runs.some((run) => run.score !== null && !score.compares(run))
        ? [{ type: 'note' as const, text: context.text('search.not_comparable') }]
        : []),
      ...runsFigure(context, search, score),
      ...frontFigure(context, job),
    ],
  };
}

function scoreOf({ text, format }: ReportContext, body: WindOptimizeInput, { best, runs }: WindSearch): Score {
  // Only energies mean something by themselves; the other scores compare.
  const top = runs[best.run_index].score ?? 1;
  const energy = format.energy(top, text('unit.per_year'));
  // Runs with other turbines were compared by their levelised cost itself, which their scores are not.
  const compares: Score['compares'] = (run) =>
    body.objective !== 'lcoe' || run.candidate_index === runs[best.run_index].candidate_index;
  return body.objective === 'aep'
    ? { compares, title: text('search.aep', { unit: energy.unit }), value: energy.value, show: energy.of }
    : {
        compares,
        title: text('search.relative'),
        value: (one: number) => (100 * one) / top,
        show: (one: number) => format.fixed((100 * one) / top, 3),
      };
}

function introduction(
  { text, format }: ReportContext,
  { job }: WindJob,
  body: WindOptimizeInput,
  { runs }: WindSearch,
): Block {
  return {
    type: 'paragraph',
    text: text('search.wind_intro', {
      method: term(text, body.method),
      objective: term(text, body.objective),
      runs: runs.length === 1 ? text('search.one_run') : text('search.several_runs', { count: String(runs.length) }),
      spacing: format.plain(body.min_spacing_diameters),
      seed: String(job.seed),
    }),
  };
}

function runsTable({ text, format }: ReportContext, { best, runs, candidates }: WindSearch, score: Score): Table {
  return {
    type: 'table',
    caption: text('search.runs'),
    dense: runs.length > 14,
    columns: [
      { title: text('search.run') },
      { title: text('turbine.type') },
      { title: text('turbine.count'), align: 'right' },
      { title: text('search.steps'), align: 'right' },
      { title: score.title, align: 'right' },
    ],
    rows: runs.map((run, k) => [
      String(k + 1),
      candidates[run.candidate_index].turbine ?? text('search.mixed'),
      String(candidates[run.candidate_index].n_turbines),
      format.fixed(run.n_iterations),
      run.score !== null && score.compares(run) ? score.show(run.score) : '\u2013',
    ]),
    strong: [best.run_index],
  };
}

/** Draws the scores of up to four runs over their steps, the best run first; none where no run has a history. */
function runsFigure({ text, format }: ReportContext, { best, runs }: WindSearch, score: Score): Figure[] {
  const shown = runs
    .map((run, k) => ({ ...run, k }))
    .filter((run) => run.history.length > 1 && score.compares(run))
    .sort((a, b) => Number(b.k === best.run_index) - Number(a.k === best.run_index))
    .slice(0, 4);
  if (shown.length === 0) return [];
  return [
    figure(
      text('search.runs_caption'),
      text('search.runs_alt', { value: score.show(runs[best.run_index].score ?? 0), title: score.title }),
      lineChart({
        width: FULL_WIDTH,
        height: 165,
        series: shown.map(({ k, history, n_iterations }) => ({
          name: `${text('search.run')} ${k + 1}`,
          points: [...history, [n_iterations, history[history.length - 1][1]] as const].map(
            ([step, value]) => [step, score.value(value)] as const,
          ),
        })),
        xTitle: text('search.steps'),
        yTitle: score.title,
        xFormat: format.tick,
        yFormat: format.tick,
      }),
    ),
  ];
}

/** Draws the designs that no other design beats, by two objectives; draws nothing if the search had one objective. */
function frontFigure({ text, format }: ReportContext, job: WindJob): Figure[] {
  const front = windFront(job);
  const names = Object.keys(front[0] ?? {});
  if (front.length < 2 || names.length < 2) return [];
  const [first, second] = names;
  const numbers = (name: string): number[] => front.map((one) => one[name]);
  const scale = (name: string) =>
    name === 'annual_energy_with_wakes_kwh' || name === 'annual_energy_with_wakes_kwh_per_turbine'
      ? format.energy(Math.max(...numbers(name)), text('unit.per_year'))
      : name === 'cable_length_m'
        ? format.lengthM(Math.max(...numbers(name)))
        : { unit: '', value: (value: number) => value };
  const [a, b] = [scale(first), scale(second)];
  const axis = (name: string, unit: string): string => (unit ? `${term(text, name)} [${unit}]` : term(text, name));
  return [
    figure(
      text('search.pareto_caption'),
      text('search.pareto_alt', { count: String(front.length), x: axis(second, b.unit), y: axis(first, a.unit) }),
      scatterChart({
        width: FULL_WIDTH,
        height: 190,
        points: front.map((one) => [b.value(one[second]), a.value(one[first])] as const),
        xTitle: axis(second, b.unit),
        yTitle: axis(first, a.unit),
        xFormat: format.tick,
        yFormat: format.tick,
      }),
    ),
  ];
}
