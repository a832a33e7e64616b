/** A plant in key figures, a paragraph and findings. */
import type { KeyFigure } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { orDash, p90Of, yearsOfWeather } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarJob } from './load.ts';
import { acCapacityKw } from './plant.ts';

export function solarFigures(job: SolarJob, { text, format }: ReportContext): KeyFigure[] {
  const { system } = job;
  const dc = format.power(system.system.dc_capacity_kw);
  const ac = format.power(acCapacityKw(job));
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  return [
    { label: text('figure.dc_capacity'), value: dc.of(system.system.dc_capacity_kw), unit: `${dc.unit} DC` },
    { label: text('figure.ac_capacity'), value: ac.of(acCapacityKw(job)), unit: `${ac.unit} AC` },
    { label: text('figure.p50'), value: energy.of(system.annual_energy_kwh), unit: energy.unit },
    {
      label: text('figure.p90'),
      value: orDash(p90Of(system.exceedance), energy.of),
      unit: energy.unit,
    },
    { label: text('figure.specific_yield'), value: format.fixed(system.specific_yield_kwh_per_kw), unit: 'kWh/kWp' },
    { label: text('figure.performance_ratio'), value: format.fixed(100 * system.performance_ratio, 1), unit: '%' },
    {
      label: text('figure.capacity_factor_dc_ac'),
      value: `${format.fixed(system.capacity_factor_dc_pct, 1)} / ${format.fixed(system.capacity_factor_ac_pct, 1)}`,
      unit: '%',
    },
    { label: text('figure.poa'), value: format.fixed(system.poa_unshaded_annual_kwh_m2), unit: 'kWh/m\u00b2' },
  ];
}

export const summaryText = (context: ReportContext, job: SolarJob): string => {
  const { text, format } = context;
  const { system, weather } = job;
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  const { annual_energy_kwh: meanKwh } = system;
  const { exceedance } = system;
  const p90 = p90Of(exceedance);
  return `${text('summary.solar', {
    dc: format.power(system.system.dc_capacity_kw).with(system.system.dc_capacity_kw),
    energy: energy.with(meanKwh),
    yield: format.fixed(system.specific_yield_kwh_per_kw),
    pr: format.percent(100 * system.performance_ratio),
    years: yearsOfWeather(context, weather.length),
  })} ${
    p90 === null
      ? text('uncertainty.none')
      : text('summary.solar_p90', {
          p90: energy.with(p90),
          p90_ten: energy.with(exceedance.ten_years?.p90_kwh ?? meanKwh),
          uncertainty: format.percent(exceedance.uncertainty_pct),
        })
  }`;
};

export function findings({ text, format }: ReportContext, job: SolarJob): string[] {
  const { start_kwh, steps } = job.system.waterfall;
  const largest = steps
    .map(({ name, change_kwh }, k) => ({ name, change_kwh, before: k === 0 ? start_kwh : steps[k - 1].remaining_kwh }))
    .filter(({ change_kwh }) => change_kwh < 0)
    .sort((a, b) => a.change_kwh - b.change_kwh)
    .slice(0, 3);
  const { annual_energy_kwh: meanKwh, exceedance } = job.system;
  const p90 = p90Of(exceedance);
  const sources = Object.entries(job.uncertaintyPct).sort(([, a], [, b]) => b - a);
  return [
    text('finding.losses', {
      list: format.list(
        largest.map(
          ({ name, change_kwh, before }) => `${term(text, name)} (${format.percent((100 * change_kwh) / before)})`,
        ),
      ),
    }),
    ...(sources.length > 0
      ? [text('finding.uncertainty', { source: term(text, sources[0][0]), percent: format.percent(sources[0][1]) })]
      : []),
    ...(p90 === null ? [] : [text('finding.p90', { percent: format.percent((100 * p90) / meanKwh) })]),
  ];
}
