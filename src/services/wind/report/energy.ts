/** From gross to net energy, by month and by sector. */
import { barChart } from '../../../documents/charts/charts.ts';
import type { Figure, Section } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import type { LossBlocks, ReportContext } from '../../reports/context.ts';
import { figure, lossBlocks, monthFigure } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { WindJob } from './wind-job.ts';
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
      losses.figure,
      losses.table,
      monthly ? monthFigure(context, monthly) : { type: 'note', text: text('energy.no_months') },
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
      name: name === 'wakes' ? text('wind.wake_step') : term(text, name),
      kwh: -loss_kwh,
    })),
    text('wind.net'),
  );
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
