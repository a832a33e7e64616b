/** Jobs of one division side by side. */
import { barChart } from '../../documents/charts/charts.ts';
import type { Section, Table } from '../../documents/model.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import { projectEconomics } from '../../finance/project.ts';
import type { ReportJob, SolarJob, WindJob } from './report-job.ts';
import { mountingOf, solarProject } from '../solar/report/solar.ts';
import { windProject, yieldOf } from '../wind/report/wind.ts';
import type { ReportContext } from './context.ts';
import { assumptionsSection, figure, limitsSection, p90Of, reproducibilitySection } from './context.ts';

interface Compared {
  readonly name: string;
  readonly p50Kwh: number;
  readonly p90Kwh: number;
  readonly lcoePerKwh: number | null;
  /** Label and value of each row, in one order for all */
  readonly rows: readonly (readonly [label: string, value: string])[];
}

export function comparisonSections(context: ReportContext, jobs: readonly ReportJob[]): Section[] {
  const { text, format } = context;
  const compared = jobs.map((job, k) =>
    job.division === 'solar' ? ofSolar(context, job, k) : ofWind(context, job, k),
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
              { name: 'P90', values: compared.map(({ p90Kwh }) => energy.value(p90Kwh)) },
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
        ...monthlyFigure(context, jobs, shortNames),
        { type: 'note', text: text('comparison.note') },
      ],
    },
    limitsSection(context, ['limits.models', 'limits.losses', 'limits.uncertainty']),
    assumptionsSection(
      context,
      jobs.map(({ job }, k) => ({ name: compared[k].name, input: withoutLists(job.input, jobs[k]) })),
    ),
    reproducibilitySection(context, jobs, []),
  ];
}

const letterOf = (k: number): string => String.fromCharCode(65 + k);

/**
 * In a comparison, an analysis with several systems shows the compared one, and long lists are left out: the data package has
 * them.
 */
function withoutLists(input: Record<string, unknown>, one: ReportJob): object {
  const { modules: _, inverters: _inverters, systems: _systems, system: _system, resource, ...rest } = input;
  if (one.division === 'solar') return { ...rest, system: one.system.system };
  return { ...rest, resource: { type: (resource as { type: string }).type } };
}

function monthlyFigure({ text, format }: ReportContext, jobs: readonly ReportJob[], names: readonly string[]) {
  const solar = jobs.filter((job): job is SolarJob => job.division === 'solar');
  if (solar.length !== jobs.length || jobs.length > 4) return [];
  const energy = format.energy(Math.max(...solar.flatMap(({ system }) => system.monthly_energy_kwh)));
  return [
    figure(
      text('energy.month_caption'),
      text('comparison.month_alt'),
      barChart({
        width: FULL_WIDTH,
        height: 185,
        categories: format.months,
        series: solar.map(({ system }, k) => ({ name: names[k], values: system.monthly_energy_kwh.map(energy.value) })),
        title: text('axis.energy', { unit: energy.unit }),
        format: format.tick,
      }),
    ),
  ];
}

const moneyRows = ({ text, format }: ReportContext, project: ReturnType<typeof solarProject>): [string, string][] => {
  const economics = project && projectEconomics(project);
  const money = (value: number): string => format.money(value).with(value);
  return [
    [text('economics.capital_cost'), project ? money(project.capitalCost) : '\u2013'],
    [text('economics.lcoe_real'), economics ? format.perMwh(economics.lcoeRealPerKwh) : '\u2013'],
    [text('economics.npv'), economics ? money(economics.npv) : '\u2013'],
    [text('economics.irr'), economics?.irr == null ? '\u2013' : format.percent(100 * economics.irr)],
  ];
};

function ofSolar(context: ReportContext, job: SolarJob, k: number): Compared {
  const { text, format } = context;
  const { system } = job;
  const { annual_energy_kwh: p50Kwh } = system;
  const p90Kwh = p90Of(system.exceedance.one_year, p50Kwh);
  const project = solarProject(job, context);
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  return {
    name: system.system.name ?? job.site?.name ?? text('comparison.name', { letter: letterOf(k) }),
    p50Kwh,
    p90Kwh,
    lcoePerKwh: project && projectEconomics(project).lcoeRealPerKwh,
    rows: [
      [text('figure.dc_capacity'), format.power(system.system.dc_capacity_kw).with(system.system.dc_capacity_kw)],
      [text('design.ratio'), format.fixed(system.system.dc_ac_ratio, 2)],
      [text('design.mounting'), mountingOf(context, job)],
      [text('resource.dataset'), job.weather[0]?.row?.name ?? text('reproduce.deleted')],
      [text('figure.poa'), format.unit(format.fixed(system.poa_annual_kwh_m2), 'kWh/m\u00b2')],
      [text('figure.p50'), energy.with(p50Kwh)],
      [text('figure.p90'), energy.with(p90Kwh)],
      [text('figure.specific_yield'), format.unit(format.fixed(system.specific_yield_kwh_per_kw), 'kWh/kWp')],
      [text('figure.performance_ratio'), format.percent(100 * system.performance_ratio)],
      [text('figure.capacity_factor_dc'), format.percent(system.capacity_factor_dc_pct)],
      [text('figure.capacity_factor_ac'), format.percent(system.capacity_factor_ac_pct)],
      [text('uncertainty.combined'), format.percent(system.exceedance.uncertainty_pct)],
      ...moneyRows(context, project),
    ],
  };
}

function ofWind(context: ReportContext, job: WindJob, k: number): Compared {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { annual_energy_kwh: p50Kwh } = windYield;
  const p90Kwh = p90Of(windYield.exceedance.one_year, p50Kwh);
  const project = windProject(job, context);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return {
    name: job.site?.name ?? text('comparison.name', { letter: letterOf(k) }),
    p50Kwh,
    p90Kwh,
    lcoePerKwh: project && projectEconomics(project).lcoeRealPerKwh,
    rows: [
      [text('figure.rated'), format.power(windYield.rated_kw).with(windYield.rated_kw)],
      [text('figure.turbines'), String(windYield.turbines.length)],
      [text('turbine.type'), format.list([...new Set(windYield.turbines.map(({ turbine }) => turbine))])],
      [text('turbine.wake_model'), job.body.wake.model],
      [text('wind.gross'), energy.with(windYield.annual_gross_energy_kwh)],
      [text('figure.wake_loss'), format.percent(windYield.wake_loss_pct)],
      [text('figure.p50'), energy.with(p50Kwh)],
      [text('figure.p90'), energy.with(p90Kwh)],
      [text('figure.capacity_factor'), format.percent(windYield.capacity_factor_pct)],
      [text('figure.full_load_hours'), format.unit(format.fixed(windYield.full_load_hours), 'h')],
      [text('uncertainty.combined'), format.percent(windYield.exceedance.uncertainty_pct)],
      ...moneyRows(context, project),
    ],
  };
}
