/** How reports show photovoltaic plants. */
import type { Compared, ReportChapters, ReportRoom } from '../../reports/room.ts';
import { p90Of, type ReportContext } from '../../reports/context.ts';
import { loadSolarJob, type SolarJob } from './load.ts';
import { solarSections, solarSummarySections } from './chapters.ts';
import { mountingOf, placeOf, solarExceedance, solarProject } from './plant.ts';
import { solarSheets } from './sheets.ts';

export const solarChapters: ReportChapters<SolarJob> = {
  subtitle: ({ text }, isSummary) => text(isSummary ? 'document.solar_summary' : 'document.solar'),
  place: placeOf,
  capacity({ format }, { system: { system } }) {
    const kw = system.dc_capacity_kw;
    return `${format.power(kw).with(kw)} DC`;
  },
  summary: solarSummarySections,
  bankable: solarSections,
  compared,
  exceedance: solarExceedance,
  project: (context, job, search) => solarProject(job, context) ?? (search && solarProject(search, context)),
  sheets: solarSheets,
  front: ({ design }) =>
    (design?.pareto ?? []).map(({ values, objectives, annual_energy_kwh, land_area_m2, economics }) => ({
      ...values,
      ...objectives,
      annual_energy_kwh,
      land_area_m2,
      capital_cost: economics.capital_cost,
    })),
};

export const solarRoom: ReportRoom<SolarJob, SolarJob['job']> = { ...solarChapters, load: loadSolarJob };

/** Returns the input with only the compared system, if it has several. */
function withoutLists({ job, system }: SolarJob): object {
  if (job.kind === 'solar-analyze') {
    const { systems: _, ...input } = job.input;
    return { ...input, system: system.system };
  }
  const { modules: _modules, inverters: _inverters, ...input } = job.input;
  return { ...input, system: system.system };
}

function compared(context: ReportContext, job: SolarJob): Compared {
  const { text, format } = context;
  const { system } = job;
  const { annual_energy_kwh: p50Kwh } = system;
  const p90Kwh = p90Of(system.exceedance.one_year, p50Kwh);
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  return {
    name: system.system.name ?? job.site?.name ?? null,
    p50Kwh,
    p90Kwh,
    project: solarProject(job, context),
    monthlyKwh: system.monthly_energy_kwh,
    input: withoutLists(job),
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
    ],
  };
}
