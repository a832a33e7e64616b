/** How reports show generators that run at random. */
import type { ToyCountResult } from '../../../contracts/toy/kinds.ts';
import type { JobRow } from '../../../adapters/database/tables/jobs.ts';
import type { KeyFigure, Section } from '../../../documents/model.ts';
import { exceedanceOf } from '../../../statistics/exceedance.ts';
import { bankableSections } from '../../reports/bankable.ts';
import type { Exceedance, ReportContext } from '../../reports/context.ts';
import { facts } from '../../reports/context.ts';
import type { ReportJob } from '../../reports/report-job.ts';
import type { ReportChapters, ReportRoom } from '../../reports/room.ts';

interface ToyJob extends ReportJob {
  readonly job: JobRow<'toy-count'>;
}

/** A report is about jobs that succeeded. */
const resultOf = ({ job }: ToyJob): ToyCountResult => job.result!;

const WORDS = {
  en: { title: 'Running hours', hours: 'Hours', running: 'Running hours', name: 'Toy', energy: 'Energy of a year' },
  de: { title: 'Laufstunden', hours: 'Stunden', running: 'Laufstunden', name: 'Spielzeug', energy: 'Jahresenergie' },
} as const;
const wordsOf = ({ request }: ReportContext) => WORDS[request.language];

const energyOf = ({ text, format }: ReportContext, job: ToyJob): string => {
  const { annual_energy_kwh: kwh } = resultOf(job);
  return format.energy(kwh, text('unit.per_year')).with(kwh);
};
const figures = (context: ReportContext, job: ToyJob): KeyFigure[] => [
  { label: wordsOf(context).energy, value: energyOf(context, job) },
];

const runningHours = (context: ReportContext, job: ToyJob): Section => {
  const { n_hours, n_running_hours } = resultOf(job);
  const words = wordsOf(context);
  return {
    title: words.title,
    blocks: [
      facts(context, words.title, [
        [words.hours, context.format.fixed(n_hours)],
        [words.running, context.format.fixed(n_running_hours)],
      ]),
    ],
  };
};

/** What is uncertain is the count: the standard error of a share. */
function exceedance({ text }: ReportContext, job: ToyJob): Exceedance {
  const { annual_energy_kwh: meanKwh, n_hours, n_running_hours } = resultOf(job);
  const idle = n_hours - n_running_hours;
  const counting = n_running_hours > 0 ? 100 * Math.sqrt(idle / n_running_hours / n_hours) : 0;
  const { uncertaintyPct, interannualPct, longTerm } = exceedanceOf(meanKwh, { counting }, 0);
  const kwh = longTerm && [longTerm.p50Kwh, longTerm.p75Kwh, longTerm.p90Kwh, longTerm.p99Kwh];
  return {
    p50Kwh: meanKwh,
    uncertaintyPct,
    interannualPct,
    components: { counting },
    levels: kwh
      ? [
          { key: 'one_year', name: text('uncertainty.any_year'), kwh },
          { key: 'ten_years', name: text('uncertainty.ten_year_mean'), kwh },
        ]
      : [],
  };
}

const toyChapters: ReportChapters<ToyJob> = {
  subtitle: (context) => wordsOf(context).name,
  place: () => null,
  capacity: ({ format }, { job: { input } }) => format.power(input.rated_kw).with(input.rated_kw),
  summary: (context, job) => [
    { title: context.text('summary.title'), blocks: [{ type: 'key_figures', items: figures(context, job) }] },
    runningHours(context, job),
  ],
  bankable: (context, job) =>
    bankableSections(context, {
      summary: energyOf(context, job),
      figures: figures(context, job),
      findings: [],
      place: null,
      siteSentences: [],
      chapters: [runningHours(context, job)],
      exceedance: exceedance(context, job),
      search: null,
      project: null,
      methods: [],
      references: ['Blackman and Vigna 2021, doi:10.1145/3460772'],
      limits: [],
      inputs: [{ name: job.job.id, input: job.job.input, defaults: new Map() }],
      jobs: [job],
      notes: [],
    }),
  compared(context, job) {
    const { levels, p50Kwh } = exceedance(context, job);
    return {
      name: null,
      p50Kwh,
      p90Kwh: levels.at(0)?.kwh[2] ?? null,
      project: null,
      rows: [[wordsOf(context).energy, energyOf(context, job)]],
      monthlyKwh: null,
      missing: [],
      defaults: new Map(),
      input: job.job.input,
    };
  },
  exceedance,
  project: () => null,
  sheets: (job, prefix) => [
    {
      name: `${prefix}running_hours`,
      columns: Object.entries(resultOf(job)).map(([name, value]) => ({ name, values: [Number(value)] })),
    },
  ],
  front: () => [],
};

export const toyRoom: ReportRoom<ToyJob, ToyJob['job']> = {
  ...toyChapters,
  load: async (job) => ({ job, site: null, weather: [] }),
};
