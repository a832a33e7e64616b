/** The chapters of a plant's report, in their order. */
import type { Section } from '../../../documents/model.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, monthFigure } from '../../reports/context.ts';
import { economicsFigures } from '../../reports/economics.ts';
import type { TextKey } from '../../reports/text/text.ts';
import { designRows, designSection } from './design.ts';
import { energySection } from './energy.ts';
import type { SolarJob } from './load.ts';
import { lossSection, solarLosses } from './losses.ts';
import { monthlyOf } from './monthly.ts';
import { placeOf, solarExceedance, solarProject } from './plant.ts';
import { solarReferences } from './references.ts';
import { resourceSection } from './resource.ts';
import { searchSection } from './search.ts';
import { findings, solarFigures, summaryText } from './summary.ts';
import { variantsSection } from './variants.ts';

export function solarSummarySections(context: ReportContext, job: SolarJob): Section[] {
  const project = solarProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...solarFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [
      ...(job.hourly.length > 0 ? [monthFigure(context, job.system.monthly_energy_kwh)] : []),
      facts(context, context.text('design.table'), designRows(context, job).slice(0, 10)),
    ],
    losses: solarLosses(context, job).figure,
    exceedance: solarExceedance(context, job),
  });
}

/**
 * Returns all chapters of a report.
 * @param search a design search that goes with the analysis
 */
export function solarSections(context: ReportContext, job: SolarJob, search: SolarJob | null): Section[] {
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
    findings: findings(context, job),
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
      { name: text('assumptions.system'), input: job.system.system },
      { name: text('assumptions.models'), input: withoutSystem(job.job.input) },
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
