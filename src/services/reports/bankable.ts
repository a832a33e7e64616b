/** The chapters of a bankable report and the pages of a summary, in their order; each technology brings its own. */
import type { Block, Figure, KeyFigure, Section } from '../../documents/model.ts';
import type { ProjectInput } from '../../finance/project.ts';
import { economicsReferences, economicsSection } from './economics.ts';
import type { Place, ReportJob } from './report-job.ts';
import type { TextKey } from './text/text.ts';
import type { Ageing, Exceedance, ReportContext, ShownInput } from './context.ts';
import {
  assumptionsSection,
  exceedanceBlocks,
  limitsSection,
  reproducibilitySection,
  siteSection,
  uncertaintySection,
} from './context.ts';

/** The subjects of the chapters in a bankable report. This module writes the chapters that solar and wind share. */
export interface BankableParts {
  readonly summary: string;
  readonly figures: readonly KeyFigure[];
  readonly findings: readonly string[];
  readonly place: Place | null;
  /** More of the site */
  readonly siteSentences: readonly string[];
  /** Resource, design, energy */
  readonly chapters: readonly Section[];
  readonly exceedance: Exceedance;
  /** Absent where nothing states it */
  readonly ageing?: Ageing | null;
  readonly search: Section | null;
  readonly project: { readonly input: ProjectInput; readonly exceedance: Exceedance; readonly title: string } | null;
  readonly methods: readonly TextKey[];
  /** Papers of the jobs' models; the report adds those of the economics and lists each paper once */
  readonly references: readonly string[];
  readonly limits: readonly TextKey[];
  readonly inputs: readonly ShownInput[];
  readonly jobs: readonly ReportJob[];
  readonly notes: readonly string[];
}

/** Returns all chapters of a bankable report, in their order. */
export function bankableSections(context: ReportContext, parts: BankableParts): Section[] {
  const { text } = context;
  const { exceedance, project, search } = parts;
  return [
    {
      title: text('summary.title'),
      blocks: [
        { type: 'paragraph', text: parts.summary },
        { type: 'key_figures', items: parts.figures },
        { type: 'paragraph', text: text('summary.scope') },
        {
          type: 'list',
          items: [
            ...parts.findings,
            ...(project ? [] : [text(exceedance.p50Kwh > 0 ? 'finding.no_economics' : 'finding.no_energy')]),
          ],
        },
      ],
    },
    siteSection(context, parts.place, parts.siteSentences),
    ...parts.chapters,
    uncertaintySection(context, exceedance, parts.ageing),
    ...(search ? [search] : []),
    ...(project ? [economicsSection(context, project.input, casesOf(context, project.exceedance), project.title)] : []),
    {
      title: text('method.title'),
      blocks: [
        ...[...parts.methods, ...(project ? (['method.economics'] as const) : [])].map(
          (key): Block => ({ type: 'paragraph', text: text(key) }),
        ),
        { type: 'heading', text: text('method.references') },
        {
          type: 'list',
          numbered: true,
          items: [...new Set([...parts.references, ...(project ? economicsReferences(project.input) : [])])],
        },
      ],
    },
    limitsSection(context, [...parts.limits, 'limits.losses', 'limits.uncertainty', 'limits.economics']),
    assumptionsSection(context, parts.inputs),
    reproducibilitySection(context, parts.jobs, parts.notes),
  ];
}

/** Returns the two pages of a summary: key figures, the figures that the technology shows first, losses, P-values. */
export function summarySections(
  context: ReportContext,
  {
    summary,
    figures,
    more,
    losses,
    exceedance,
    notes,
  }: Pick<BankableParts, 'summary' | 'figures' | 'exceedance'> & {
    readonly more: readonly Block[];
    readonly notes: readonly Block[];
    readonly losses: Figure;
  },
): Section[] {
  const { text } = context;
  return [
    {
      title: text('summary.title'),
      blocks: [{ type: 'paragraph', text: summary }, { type: 'key_figures', items: figures }, ...more],
    },
    { title: text('loss.title'), blocks: [losses] },
    { title: text('uncertainty.title'), blocks: [...exceedanceBlocks(context, exceedance, 112), ...notes] },
  ];
}

/** Returns the energies of the first year that matter to a lender, P50 first. */
function casesOf({ text }: ReportContext, { p50Kwh, levels }: Exceedance): { name: string; kwh: number }[] {
  const [one, ten] = levels;
  if (!one || !ten) return [{ name: 'P50', kwh: p50Kwh }];
  const [year, decade] = [text('uncertainty.one_year_short'), text('uncertainty.ten_years_short')];
  return [
    { name: 'P50', kwh: one.kwh[0] },
    { name: `P75, ${decade}`, kwh: ten.kwh[1] },
    { name: `P90, ${decade}`, kwh: ten.kwh[2] },
    { name: `P90, ${year}`, kwh: one.kwh[2] },
    { name: `P99, ${year}`, kwh: one.kwh[3] },
  ];
}
