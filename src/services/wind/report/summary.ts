/** A farm in key figures, a paragraph and findings. */
import type { KeyFigure } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { orDash, p90Of } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { WindJob } from './wind-job.ts';
import { meanSpeed, prevailing, yieldOf } from './wind-job.ts';

export function windFigures(job: WindJob, { text, format }: ReportContext): KeyFigure[] {
  const windYield = yieldOf(job);
  const rated = format.power(windYield.rated_kw);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return [
    { label: text('figure.rated'), value: rated.of(windYield.rated_kw), unit: rated.unit },
    { label: text('figure.turbines'), value: String(windYield.turbines.length) },
    { label: text('figure.p50'), value: energy.of(windYield.annual_energy_kwh), unit: energy.unit },
    {
      label: text('figure.p90'),
      value: orDash(p90Of(windYield.exceedance), energy.of),
      unit: energy.unit,
    },
    { label: text('figure.capacity_factor'), value: format.fixed(windYield.capacity_factor_pct, 1), unit: '%' },
    { label: text('figure.full_load_hours'), value: format.fixed(windYield.full_load_hours), unit: 'h' },
    { label: text('figure.wake_loss'), value: format.fixed(windYield.wake_loss_pct, 1), unit: '%' },
    { label: text('figure.mean_speed'), value: format.speed.of(meanSpeed(windYield)), unit: format.speed.unit },
  ];
}

/** Returns `one turbine` or `8 turbines` */
export const turbinesText = ({ text }: Pick<ReportContext, 'text'>, count: number): string =>
  count === 1 ? text('layout.one_turbine') : text('layout.turbines', { count: String(count) });

/** Tells whether nothing but wakes is lost, which no farm does. */
export const missingLosses = ({ body }: WindJob): boolean => Object.keys(body.losses_pct).length === 0;

export const summaryText = (context: ReportContext, job: WindJob): string => {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  const p90 = p90Of(windYield.exceedance);
  return `${text('summary.wind', {
    count: turbinesText(context, windYield.turbines.length),
    turbine: format.list([...new Set(windYield.turbines.map(({ turbine }) => turbine))]),
    rated: format.power(windYield.rated_kw).with(windYield.rated_kw),
    energy: energy.with(windYield.annual_energy_kwh),
    hours: format.fixed(windYield.full_load_hours),
    cf: format.percent(windYield.capacity_factor_pct),
    wake: format.percent(windYield.wake_loss_pct),
  })} ${
    p90 === null
      ? text('uncertainty.none')
      : text('summary.wind_p90', {
          p90: energy.with(p90),
          uncertainty: format.percent(windYield.exceedance.uncertainty_pct),
        })
  }${missingLosses(job) ? ` ${text('finding.no_losses')}` : ''}`;
};

export function findings({ text, format }: ReportContext, job: WindJob): string[] {
  const windYield = yieldOf(job);
  const worst = [...windYield.turbines]
    .map((one, k) => ({ ...one, number: k + 1 }))
    .sort((a, b) => b.wake_loss_pct - a.wake_loss_pct)[0];
  const main = prevailing(windYield.sectors);
  const sources = Object.entries(job.body.uncertainty_pct).sort(([, a], [, b]) => b - a);
  return [
    text('finding.sector', {
      direction: format.fixed(main.wind_direction_deg),
      share: format.percent(100 * main.frequency, 0),
    }),
    ...(windYield.wake_loss_pct > 0 && windYield.turbines.length > 1
      ? [text('finding.worst_turbine', { number: String(worst.number), percent: format.percent(worst.wake_loss_pct) })]
      : []),
    ...(sources.length > 0
      ? [text('finding.uncertainty', { source: term(text, sources[0][0]), percent: format.percent(sources[0][1]) })]
      : []),
    ...('wake_steering' in windYield && windYield.wake_steering
      ? [text('finding.steering', { percent: format.percent(windYield.wake_steering.gain_pct, 2) })]
      : []),
  ];
}
