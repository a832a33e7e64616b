/** From gross to net energy, by month and by sector. */
import { lossCategory } from '../../../contracts/wind/categories.ts';
import { barChart } from '../../../documents/charts/charts.ts';
import type { Figure, Section } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import type { LossBlocks, ReportContext } from '../../reports/context.ts';
import { figure, lossBlocks, monthFigure } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { WindJob } from './wind-job.ts';
import { turbinesText } from './summary.ts';
import { yieldOf } from './wind-job.ts';

export function energySection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const energy = format.energy(windYield.annual_gross_energy_kwh, text('unit.per_year'));
  const monthly = windMonthly(job);
  const losses = windLosses(context, job);
  return {
    title: text('energy.title'),
    blocks: [
      {
        type: 'paragraph',
        text: text('energy.wind_intro', {
          gross: energy.with(windYield.annual_gross_energy_kwh),
          net: energy.with(windYield.annual_energy_kwh),
          efficiency: format.percent(100 * windYield.array_efficiency),
        }),
      },
      ...wakesApart(context, job),
      losses.figure,
      losses.table,
      ...ruleBlocks(context, job),
      monthly ? monthFigure(context, monthly) : { type: 'note', text: text('energy.no_months') },
      ...hourTable(context, job),
      sectorFigure(context, job),
    ],
  };
}

/** Returns the chain from gross to net energy. */
export function windLosses(context: ReportContext, job: WindJob): LossBlocks {
  const { text } = context;
  const windYield = yieldOf(job);
  return lossBlocks(
    context,
    { name: text('wind.gross'), kwh: windYield.annual_gross_energy_kwh },
    windYield.losses.map(({ name, loss_kwh }) => ({
      name:
        name === 'wakes'
          ? text('wind.wake_step')
          : name === 'external_wakes'
            ? text('wind.external_step')
            : name === 'export_limit'
              ? text('wind.limit_step')
              : term(text, name),
      kwh: -loss_kwh,
      category: text(`category.${lossCategory(name)}`),
      basis: text(name in job.body.losses_pct ? 'category.stated' : 'category.computed'),
    })),
    text('wind.net'),
  );
}

/** Says what own turbines and those of other farms take; nothing without neighbours. */
function wakesApart(context: ReportContext, job: WindJob): { type: 'paragraph'; text: string }[] {
  const { text, format } = context;
  const { internal_wake_loss_pct: own, external_wake_loss_pct: external, neighbours } = yieldOf(job);
  if (own === undefined || external === undefined) return [];
  return [
    {
      type: 'paragraph',
      text: text('energy.wakes_apart', {
        own: format.percent(own),
        external: format.percent(external),
        count: turbinesText(context, neighbours?.length ?? 0),
      }),
    },
  ];
}

/** Returns the table of what each rule of curtailment costs; nothing without rules. */
function ruleBlocks({ text, format }: ReportContext, job: WindJob): Section['blocks'] {
  const { curtailment, annual_gross_energy_kwh: gross } = yieldOf(job);
  if (!curtailment) return [];
  const energy = format.energy(gross, text('unit.per_year'));
  return [
    {
      type: 'table',
      caption: text('wind.rules_table'),
      columns: [
        { title: text('wind.rules_rule') },
        ...(['hours', 'loss', 'share', 'single'] as const).map((name) => ({
          title: text(`wind.rules_${name}`),
          align: 'right' as const,
        })),
      ],
      rows: curtailment.rules.map(
        ({ type, name, turbine_hours, curtailment_loss_kwh, curtailment_loss_pct, single_loss_kwh }) => [
          name === type ? term(text, type) : name,
          format.fixed(turbine_hours),
          energy.with(curtailment_loss_kwh),
          format.percent(curtailment_loss_pct),
          energy.with(single_loss_kwh),
        ],
      ),
    },
    { type: 'note', text: text('wind.rules_note') },
  ];
}

function sectorFigure({ text, format }: ReportContext, job: WindJob): Figure {
  const windYield = yieldOf(job);
  const bySector = format.energy(
    Math.max(...windYield.sectors.map(({ annual_gross_energy_kwh }) => annual_gross_energy_kwh)),
  );
  return figure(
    text('energy.sector_caption'),
    text('energy.sector_alt'),
    barChart({
      width: FULL_WIDTH,
      height: 165,
      categories: windYield.sectors.map(({ wind_direction_deg }) => `${format.fixed(wind_direction_deg)}\u00b0`),
      series: [
        {
          name: text('wind.gross'),
          values: windYield.sectors.map(({ annual_gross_energy_kwh }) => bySector.value(annual_gross_energy_kwh)),
        },
        {
          name: text('energy.behind_wakes'),
          values: windYield.sectors.map(({ annual_energy_with_wakes_kwh }) =>
            bySector.value(annual_energy_with_wakes_kwh),
          ),
        },
      ],
      title: text('axis.energy', { unit: bySector.unit }),
      format: format.tick,
    }),
  );
}

/** Clock of a job's series, as the difference from UTC: that of its weather [h] */
const clockOf = ({ weather: [first] }: WindJob): number => first?.row?.utc_offset_h ?? 0;

/**
 * Returns the mean net power by month and hour of the day of a power series [12][24], scaled as `windMonthly` [kW];
 * null where there is no series, NaN where it has no step.
 */
export function windMonthHours(job: WindJob): number[][] | null {
  const monthly = windMonthly(job);
  if (!monthly || !job.power) return null;
  const { columns, meta } = job.power;
  const offsetMs = clockOf(job) * 3.6e6;
  const hours = (meta.step_minutes as number) / 60;
  const [sums, counts] = [0, 1].map(() => Array.from({ length: 12 }, () => new Array<number>(24).fill(0)));
  let total = 0;
  for (let i = 0; i < columns.time_ms.length; i++) {
    const local = new Date(columns.time_ms[i] + offsetMs);
    sums[local.getUTCMonth()][local.getUTCHours()] += columns.power_kw[i];
    counts[local.getUTCMonth()][local.getUTCHours()]++;
    total += columns.power_kw[i] * hours;
  }
  const scale = (yieldOf(job).annual_energy_kwh * columns.time_ms.length * hours) / (8760 * total);
  return sums.map((row, m) => row.map((sum, h) => (counts[m][h] > 0 ? (sum * scale) / counts[m][h] : Number.NaN)));
}

/** Returns the table of the mean net power by month and hour of the day; nothing without a series. */
function hourTable(context: ReportContext, job: WindJob): Section['blocks'] {
  const { text, format } = context;
  const values = windMonthHours(job);
  if (!values) return [];
  const power = format.power(Math.max(...values.flat().filter(Number.isFinite)));
  const offset = clockOf(job);
  return [
    {
      type: 'table',
      caption: text('energy.hour_table', {
        unit: power.unit,
        clock: offset === 0 ? 'UTC' : `UTC${offset < 0 ? '\u2212' : '+'}${format.plain(Math.abs(offset))}`,
      }),
      dense: true,
      columns: [{ title: text('energy.hour') }, ...format.months.map((title) => ({ title, align: 'right' as const }))],
      rows: Array.from({ length: 24 }, (_, hour) => [
        `${hour}\u2013${hour + 1}`,
        ...values.map((row) => (Number.isFinite(row[hour]) ? power.of(row[hour]) : '\u2013')),
      ]),
    },
  ];
}

/** Returns the energy by month of a power series, scaled from gross of losses to net [kWh]; null without a series. */
export function windMonthly(job: WindJob): number[] | null {
  if (!job.power || !job.climate.timeMs) return null;
  const { columns, meta } = job.power;
  const hours = (meta.step_minutes as number) / 60;
  const months = new Array<number>(12).fill(0);
  let total = 0;
  for (let i = 0; i < columns.time_ms.length; i++) {
    const kwh = columns.power_kw[i] * hours;
    months[new Date(columns.time_ms[i]).getUTCMonth()] += kwh;
    total += kwh;
  }
  const { annual_energy_kwh } = yieldOf(job);
  return total > 0 ? months.map((kwh) => (kwh * annual_energy_kwh) / total) : null;
}
