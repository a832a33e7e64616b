/** What reports show of photovoltaic plants. */
import type { Section } from '../../../documents/model.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, monthFigure, orDash, p90Of } from '../../reports/context.ts';
import type { Compared, ReportChapters } from '../../reports/room.ts';
import { defaultNotes, requestDefaults, systemDefaults } from './defaults.ts';
import { defaultTermsNotes, economicsFigures } from '../../reports/economics.ts';
import type { TextKey } from '../../reports/text/text.ts';
import { degradationWarnings } from '../warnings.ts';
import { designRows, designSection } from './design.ts';
import { energySection } from './energy.ts';
import type { SolarJob } from './load.ts';
import { lossSection, solarLosses } from './losses.ts';
import { monthlyOf } from './monthly.ts';
import { ageingOf, mountingOf, placeOf, solarExceedance, solarProject } from './plant.ts';
import { solarReferences } from './references.ts';
import { resourceSection } from './resource.ts';
import { searchSection } from './search.ts';
import { solarSheets } from './sheets.ts';
import { findings, solarFigures, summaryText } from './summary.ts';
import { variantsSection } from './variants.ts';

export const solarChapters: ReportChapters<SolarJob> = {
  subtitle: ({ text }, isSummary) => text(isSummary ? 'document.solar_summary' : 'document.solar'),
  place: placeOf,
  capacity({ format }, { system: { system } }) {
    const kw = system.dc_capacity_kw;
    return `${format.power(kw).with(kw)} DC`;
  },
  summary,
  bankable,
  compared,
  exceedance: solarExceedance,
  project: (context, job, search) => solarProject(job, context) ?? (search && solarProject(search, context)),
  projectWarnings: ({ system }, { degradationPerYear }) => degradationWarnings(system.system, degradationPerYear),
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

function summary(context: ReportContext, job: SolarJob): Section[] {
  const project = solarProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...solarFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [
      ...(job.hourly.length > 0 ? [monthFigure(context, job.system.monthly_energy_kwh)] : []),
      facts(context, context.text('design.table'), designRows(context, job).slice(0, 10)),
      ...defaultNotes(context, job).map((text) => ({ type: 'note' as const, text })),
    ],
    losses: solarLosses(context, job).figure,
    exceedance: solarExceedance(context, job),
    notes: project ? defaultTermsNotes(context, project) : [],
  });
}

/**
 * Returns all chapters of a report.
 * @param search a design search that goes with the analysis
 */
function bankable(context: ReportContext, job: SolarJob, search: SolarJob | null): Section[] {
  const { text } = context;
  const project = solarProject(job, context);
  const design = job.design ? job : search?.design ? search : null;
  // Economics of the job that the report is about, or of the best design of the additional search.
  const economics = project
    ? { job, input: project }
    : design && { job: design, input: solarProject(design, context)! };
  const isOfSearch = economics?.job.design && !context.request.economics;
  const monthly = monthlyOf(job.hourly);
  const time = text('site.utc_offset', { offset: `UTC${offsetText(job.weather[0]?.row?.utc_offset_h ?? 0)}` });
  return bankableSections(context, {
    summary: summaryText(context, job),
    figures: [...solarFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    findings: [...findings(context, job), ...defaultNotes(context, job)],
    place: placeOf(job, text('site.default_name')),
    siteSentences: [time],
    chapters: [
      resourceSection(context, job, monthly),
      designSection(context, job),
      ...(job.systems.length > 1 ? [variantsSection(context, job)] : []),
      energySection(context, job, monthly),
      lossSection(context, job),
    ],
    exceedance: solarExceedance(context, job),
    ageing: ageingOf(job, project),
    search: design && searchSection(context, design),
    project: economics && {
      input: economics.input,
      exceedance: solarExceedance(context, economics.job),
      title: text(isOfSearch ? 'economics.of_search' : 'economics.title'),
    },
    methods: ['method.solar', sunOfSteps(job), 'method.solar_losses'],
    references: [job, ...(search ? [search] : [])].flatMap(solarReferences),
    limits: ['limits.weather', 'limits.models'],
    inputs: [
      { name: text('assumptions.system'), input: job.system.system, defaults: systemDefaults(job) },
      { name: text('assumptions.models'), input: withoutSystem(job.job.input), defaults: requestDefaults(job) },
    ],
    jobs: [job, ...(search ? [search] : [])],
    notes: job.isRecomputed ? [text('reproduce.recomputed')] : [],
  });
}

/** Returns the text about the sun's position by the request's `edge_steps`, which design searches do not have. */
const sunOfSteps = ({ job }: SolarJob): TextKey =>
  job.kind === 'solar-analyze' && job.input.edge_steps === 'mid_sunlit'
    ? 'method.sun_mid_sunlit'
    : 'method.sun_mid_step';

const withoutSystem = (input: Record<string, unknown>): object => {
  const { systems: _, system: _system, modules: _modules, inverters: _inverters, ...rest } = input;
  return rest;
};

const offsetText = (hours: number): string => `${hours < 0 ? '\u2212' : '+'}${Math.abs(hours)}`;

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
  const p90Kwh = p90Of(system.exceedance);
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  return {
    name: system.system.name ?? job.site?.name ?? null,
    p50Kwh,
    p90Kwh,
    project: solarProject(job, context),
    monthlyKwh: system.monthly_energy_kwh,
    missing: defaultNotes(context, job),
    input: withoutLists(job),
    defaults: new Map([
      ...requestDefaults(job),
      ...[...systemDefaults(job)].map(([path, source]) => [`system.${path}`, source] as const),
    ]),
    rows: [
      [text('figure.dc_capacity'), format.power(system.system.dc_capacity_kw).with(system.system.dc_capacity_kw)],
      [text('design.ratio'), format.fixed(system.system.dc_ac_ratio, 2)],
      [text('design.mounting'), mountingOf(context, job)],
      [text('resource.dataset'), job.weather[0]?.row?.name ?? text('reproduce.deleted')],
      [text('figure.poa'), format.unit(format.fixed(system.poa_unshaded_annual_kwh_m2), 'kWh/m\u00b2')],
      [text('figure.p50'), energy.with(p50Kwh)],
      [text('figure.p90'), orDash(p90Kwh, energy.with)],
      [text('figure.specific_yield'), format.unit(format.fixed(system.specific_yield_kwh_per_kw), 'kWh/kWp')],
      [text('figure.performance_ratio'), format.percent(100 * system.performance_ratio)],
      [text('figure.capacity_factor_dc'), format.percent(system.capacity_factor_dc_pct)],
      [text('figure.capacity_factor_ac'), format.percent(system.capacity_factor_ac_pct)],
      [text('uncertainty.combined'), orDash(system.exceedance.uncertainty_pct || null, (pct) => format.percent(pct))],
    ],
  };
}
