/** Jobs of one technology side by side. */
import { barChart } from '../../documents/charts/charts.ts';
import type { Section, Table } from '../../documents/model.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import { type ProjectInput, projectEconomics } from '../../finance/project.ts';
import type { ReportJob } from './report-job.ts';
import type { Compared, ReportChapters } from './room.ts';
import type { ReportContext } from './context.ts';
import { assumptionsSection, figure, letterOf, limitsSection, reproducibilitySection } from './context.ts';

export function comparisonSections<Loaded extends ReportJob>(
  context: ReportContext,
  chapters: ReportChapters<Loaded>,
  jobs: readonly Loaded[],
): Section[] {
  const { text, format } = context;
  const names = distinctNames(
    jobs.map((job, k) => chapters.compared(context, job).name ?? text('comparison.name', { letter: letterOf(k) })),
  );
  const compared = jobs.map((job, k) => {
    const { project, rows, ...one } = chapters.compared(context, job);
    const lcoePerKwh = project && projectEconomics(project).lcoeRealPerKwh;
    return { ...one, name: names[k], lcoePerKwh, rows: [...rows, ...moneyRows(context, project)] };
  });
  const missing = compared.flatMap(({ name, p90Kwh, ...one }) =>
    [...(p90Kwh === null ? [text('uncertainty.none')] : []), ...one.missing].map((sentence) => `${name}: ${sentence}`),
  );
  const most = Math.max(...compared.map(({ p50Kwh }) => p50Kwh));
  const energy = format.energy(most, text('unit.per_year'));
  const best = compared.reduce((winner, one) => (one.p50Kwh > winner.p50Kwh ? one : winner));
  const shortNames = compared.map((_, k) => letterOf(k));
  const priced = compared.every(({ lcoePerKwh }) => lcoePerKwh !== null);
  // Five at a time: more columns would be too narrow to read.
  const tables: Table[] = [];
  for (let from = 0; from < compared.length; from += 5) {
    const part = compared.slice(from, from + 5);
    tables.push({
      type: 'table',
      caption: text('comparison.table'),
      dense: part.length > 3,
      columns: [
        { title: text('table.quantity') },
        ...part.map((_, k) => ({ title: letterOf(from + k), align: 'right' as const })),
      ],
      rows: [
        [text('comparison.job'), ...part.map(({ name }) => name)],
        ...part[0].rows.map(([label], r) => [label, ...part.map(({ rows }) => rows[r][1])]),
      ],
      strong: [0],
    });
  }
  return [
    {
      title: text('comparison.title'),
      blocks: [
        {
          type: 'paragraph',
          text: text('comparison.intro', {
            count: String(jobs.length),
            best: best.name,
            energy: energy.with(best.p50Kwh),
          }),
        },
        ...tables,
        figure(
          text('comparison.energy_caption'),
          text('comparison.energy_alt', { best: best.name, energy: energy.with(best.p50Kwh) }),
          barChart({
            width: FULL_WIDTH,
            height: 190,
            categories: shortNames,
            series: [
              { name: 'P50', values: compared.map(({ p50Kwh }) => energy.value(p50Kwh)) },
              ...(compared.some(({ p90Kwh }) => p90Kwh === null)
                ? []
                : [{ name: 'P90', values: compared.map(({ p90Kwh }) => energy.value(p90Kwh ?? 0)) }]),
            ],
            title: text('axis.energy', { unit: energy.unit }),
            format: format.tick,
          }),
        ),
        ...(priced
          ? [
              figure(
                text('comparison.lcoe_caption'),
                text('comparison.lcoe_caption'),
                barChart({
                  width: FULL_WIDTH,
                  height: 160,
                  categories: shortNames,
                  series: [
                    { name: text('economics.lcoe_real'), values: compared.map(({ lcoePerKwh }) => lcoePerKwh! * 1000) },
                  ],
                  title: `${text('economics.lcoe_real')} [${format.currency}/MWh]`,
                  format: format.tick,
                  labels: compared.map(({ lcoePerKwh }) => format.fixed(lcoePerKwh! * 1000, 2)),
                }),
              ),
            ]
          : []),
        ...monthlyFigure(context, compared, shortNames),
        ...(missing.length > 0 ? [{ type: 'list' as const, items: missing }] : []),
        { type: 'note', text: text('comparison.note') },
      ],
    },
    limitsSection(context, ['limits.models', 'limits.losses', 'limits.uncertainty']),
    assumptionsSection(
      context,
      compared.map(({ name, input, defaults }) => ({ name, input, defaults })),
    ),
    reproducibilitySection(context, jobs, []),
  ];
}

/** Returns the names with their letters where designs share one, as the designs of one site do. */
const distinctNames = (names: readonly string[]): string[] =>
  names.map((name, k) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${letterOf(k)})`));

function monthlyFigure(
  { text, format }: ReportContext,
  compared: readonly Pick<Compared, 'monthlyKwh'>[],
  names: readonly string[],
) {
  const months = compared.flatMap(({ monthlyKwh }) => (monthlyKwh ? [monthlyKwh] : []));
  if (months.length !== compared.length || compared.length > 4) return [];
  const energy = format.energy(Math.max(...months.flat()));
  return [
    figure(
      text('energy.month_caption'),
      text('comparison.month_alt'),
      barChart({
        width: FULL_WIDTH,
        height: 185,
        categories: format.months,
        series: months.map((values, k) => ({ name: names[k], values: values.map(energy.value) })),
        title: text('axis.energy', { unit: energy.unit }),
        format: format.tick,
      }),
    ),
  ];
}

const moneyRows = ({ text, format }: ReportContext, project: ProjectInput | null): [string, string][] => {
  const economics = project && projectEconomics(project);
  const money = (value: number): string => format.money(value).with(value);
  return [
    [text('economics.capital_cost'), project ? money(project.capitalCost) : '\u2013'],
    [text('economics.operating_cost'), project ? money(project.operatingCostPerYear) : '\u2013'],
    [text('economics.lcoe_real'), economics ? format.perMwh(economics.lcoeRealPerKwh) : '\u2013'],
    [text('economics.npv'), economics ? money(economics.npv) : '\u2013'],
    [text('economics.irr'), economics?.irr == null ? '\u2013' : format.percent(100 * economics.irr)],
  ];
};
