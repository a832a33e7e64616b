/** A design search: the best design, those that no other beats, and what changes would do. */
import { lineChart, scatterChart } from '../../../documents/charts/charts.ts';
import type { Block, Figure, Section, Table } from '../../../documents/model.ts';
import { FULL_WIDTH, HALF_WIDTH } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, figure, timeLimitNotes } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarDesignView, SolarJob } from './load.ts';

type Design = NonNullable<SolarJob['design']>;
type Values = SolarDesignView['values'];

/** How an objective is shown. */
interface Objective {
  readonly name: string;
  /** With its unit */
  readonly title: string;
  readonly value: (value: number) => number;
  readonly show: (value: number) => string;
}

export function searchSection(context: ReportContext, job: SolarJob): Section {
  const { text } = context;
  const design = job.design!;
  const pareto = distinctDesigns(design.pareto);
  const objectives = Object.keys(design.best.objectives).map((name) => objectiveOf(context, name, design, pareto));
  const figures = searchFigures(context, design, pareto, objectives);
  return {
    title: text('search.title'),
    blocks: [
      introduction(context, job, design),
      ...timeLimitNotes(context, job.job),
      bestTable(context, design, objectives),
      ...(figures.length > 0 ? [{ type: 'figures' as const, figures }] : []),
      ...(pareto.length > 1 ? [paretoTable(context, design, pareto, objectives)] : []),
      ...sensitivityTable(context, design, objectives),
    ],
  };
}

/** Tells whether a value has no effect: a tracker moves, so the tilt and azimuth of the search do not apply to it. */
const isUnused = (name: string, values: Values): boolean =>
  values.mounting === 'one_axis' && (name === 'tilt_deg' || name === 'azimuth_deg');

/** Removes repeated designs. Designs count as one if they only differ in values that have no effect. */
function distinctDesigns(designs: readonly SolarDesignView[]): SolarDesignView[] {
  const keyOf = ({ values }: SolarDesignView): string =>
    JSON.stringify(Object.entries(values).filter(([name]) => !isUnused(name, values)));
  return [...new Map(designs.map((one) => [keyOf(one), one])).values()];
}

function shownValue({ text, format }: ReportContext, name: string, values: Values): string {
  const value = values[name];
  if (isUnused(name, values)) return '\u2013';
  return typeof value === 'number' ? format.digits(value) : term(text, value);
}

function objectiveOf(
  context: ReportContext,
  name: string,
  { best }: Design,
  pareto: readonly SolarDesignView[],
): Objective {
  const most = Math.max(...pareto.map(({ objectives }) => Math.abs(objectives[name])), Math.abs(best.objectives[name]));
  const { unit, ...shown } = scaleOf(context, name, most);
  return { name, title: `${term(context.text, name)} [${unit}]`, ...shown };
}

/**
 * Returns how an objective is shown.
 * @param most the largest value of the objective, which decides on its unit
 */
function scaleOf(
  { text, format }: ReportContext,
  name: string,
  most: number,
): Pick<Objective, 'value' | 'show'> & { readonly unit: string } {
  switch (name) {
    case 'lcoe':
      return { unit: `${format.currency}/MWh`, value: (v) => v * 1000, show: (v) => format.fixed(v * 1000, 2) };
    case 'npv': {
      const { unit, value, of } = format.money(most);
      return { unit, value, show: of };
    }
    case 'energy':
    case 'energy_p90': {
      const { unit, value, of } = format.energy(most, text('unit.per_year'));
      return { unit, value, show: of };
    }
    case 'land_use':
      return format.isImperial
        ? { unit: 'acres', value: (v) => v / 4046.856, show: (v) => format.digits(v / 4046.856) }
        : { unit: 'ha', value: (v) => v / 1e4, show: (v) => format.digits(v / 1e4) };
    case 'specific_yield':
      return { unit: 'kWh/kWp', value: (v) => v, show: (v) => format.fixed(v) };
    default:
      return { unit: '%', value: (v) => v, show: (v) => format.fixed(v, 2) };
  }
}

function introduction({ text, format, request }: ReportContext, { job }: SolarJob, design: Design): Block {
  const names = Object.keys(design.best.objectives);
  return {
    type: 'paragraph',
    text:
      text('search.intro', {
        method: term(text, design.method),
        evaluations: format.fixed(design.n_evaluations),
        objectives: format.list(names.map((name) => term(text, name))),
        seed: String(job.seed),
      }) + (request.economics ? ` ${text('search.own_costs')}` : ''),
  };
}

function bestTable(context: ReportContext, { best }: Design, objectives: readonly Objective[]): Table {
  const { text, format } = context;
  return facts(context, text('search.best'), [
    ...Object.keys(best.values)
      .filter((name) => !isUnused(name, best.values))
      .map((name) => [term(text, name), shownValue(context, name, best.values)] as const),
    ...objectives.map(({ name, title, show }) => [title, show(best.objectives[name])] as const),
    ...(objectives.some(({ name }) => name === 'land_use')
      ? []
      : [[text('search.land'), format.areaM2(best.land_area_m2)] as const]),
    [text('economics.capital_cost'), format.money(best.economics.capital_cost).with(best.economics.capital_cost)],
  ]);
}

/** Draws the front by its first two objectives, and the progress of the search. */
function searchFigures(
  context: ReportContext,
  design: Design,
  pareto: readonly SolarDesignView[],
  [first, second]: readonly Objective[],
): Figure[] {
  const front = second && pareto.length > 1 ? [paretoFigure(context, design, pareto, first, second)] : [];
  if (design.convergence.length <= 1) return front;
  return [...front, convergenceFigure(context, design, first, front.length > 0 ? HALF_WIDTH : FULL_WIDTH)];
}

function paretoFigure(
  { text, format }: ReportContext,
  { best }: Design,
  pareto: readonly SolarDesignView[],
  first: Objective,
  second: Objective,
): Figure {
  return figure(
    text('search.pareto_caption'),
    text('search.pareto_alt', { count: String(pareto.length), x: second.title, y: first.title }),
    scatterChart({
      width: HALF_WIDTH,
      height: 190,
      points: pareto.map(
        ({ objectives }) => [second.value(objectives[second.name]), first.value(objectives[first.name])] as const,
      ),
      marked: {
        x: second.value(best.objectives[second.name]),
        y: first.value(best.objectives[first.name]),
        label: text('search.best_label'),
      },
      xTitle: second.title,
      yTitle: first.title,
      xFormat: format.tick,
      yFormat: format.tick,
    }),
  );
}

function convergenceFigure(
  { text, format }: ReportContext,
  { convergence }: Design,
  first: Objective,
  width: number,
): Figure {
  return figure(
    text('search.convergence_caption'),
    text('search.convergence_alt', { value: first.show(convergence[convergence.length - 1].best_value) }),
    lineChart({
      width,
      height: 190,
      series: [
        {
          name: first.title,
          points: convergence.map(
            ({ n_evaluations, best_value: value }) => [n_evaluations, first.value(value)] as const,
          ),
        },
      ],
      xTitle: text('search.evaluations'),
      yTitle: first.title,
      xFormat: format.tick,
      yFormat: format.tick,
    }),
  );
}

/** Returns about twelve designs of the front, in the order of the first objective. */
function paretoTable(
  context: ReportContext,
  { best }: Design,
  pareto: readonly SolarDesignView[],
  objectives: readonly Objective[],
): Table {
  const { text, format } = context;
  const [first] = objectives;
  const shown = [...pareto].sort((a, b) => a.objectives[first.name] - b.objectives[first.name]);
  const every = Math.ceil(shown.length / 12);
  const variables = Object.keys(best.values);
  return {
    type: 'table',
    caption: text('search.pareto_table', {
      shown: String(Math.ceil(shown.length / every)),
      count: String(shown.length),
    }),
    dense: true,
    columns: [
      ...variables.map((name) => ({ title: term(text, name), align: 'right' as const })),
      ...objectives.map(({ title }) => ({ title, align: 'right' as const })),
      { title: text('search.energy', { unit: 'MWh' }), align: 'right' },
    ],
    rows: shown
      .filter((_, k) => k % every === 0)
      .map((one) => [
        ...variables.map((name) => shownValue(context, name, one.values)),
        ...objectives.map(({ name, show }) => show(one.objectives[name])),
        format.fixed(one.annual_energy_kwh / 1000),
      ]),
  };
}

/** Shows what the objectives become when one value of the best design changes; none where the search did not compute it. */
function sensitivityTable(
  { text, format }: ReportContext,
  { best, sensitivity }: Design,
  objectives: readonly Objective[],
): Table[] {
  const changed = sensitivity.filter(({ name }) => !isUnused(name, best.values));
  if (changed.length === 0) return [];
  const order = [...new Set(changed.map(({ name }) => name))];
  return [
    {
      type: 'table',
      caption: text('search.sensitivity'),
      columns: [
        { title: text('search.changed') },
        { title: text('table.value'), align: 'right' },
        ...objectives.map(({ title }) => ({ title, align: 'right' as const })),
      ],
      rows: [...changed]
        .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.value - b.value)
        .map(({ name, value, objectives: values }) => [
          term(text, name),
          name === 'capital_cost'
            ? format.money(value).with(value)
            : name === 'price_per_kwh'
              ? format.perMwh(value)
              : format.digits(value, 4),
          ...objectives.map((one) => one.show(values[one.name])),
        ]),
    },
  ];
}
