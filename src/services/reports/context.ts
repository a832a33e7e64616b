/** The context in which every part of a report is written, and the parts that solar and wind reports share. */
import type { z } from 'zod';
import { type PlantEconomics, plantEconomicsSchema } from '../../contracts/common/economics.schema.ts';
import type { exceedanceSchema } from '../../contracts/common/exceedance.schema.ts';
import { createHash } from 'node:crypto';
import type { ReportInput } from '../../contracts/reports/reports.schema.ts';
import { barChart, lineChart, waterfallChart } from '../../documents/charts/charts.ts';
import { siteMap } from '../../documents/charts/site-map.ts';
import type { Block, Figure, Section, Table } from '../../documents/model.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { normalProbability } from '../../statistics/normal.ts';
import type { WeatherFormat } from '../../weather/series.ts';
import { ENGINE_VERSION } from '../../adapters/version/version.ts';
import { ownChoice } from '../../contracts/common/fields.schema.ts';
import { defaultsIn } from './defaults.ts';
import { Formatter } from './format.ts';
import { M_PER_MI } from '../../lib/units.ts';
import type { Place, ReportJob, WeatherUsed } from './report-job.ts';
import type { Text, TextKey } from './text/text.ts';
import { term } from './text/text.ts';

export interface ReportContext {
  readonly text: Text;
  readonly format: Formatter;
  readonly request: ReportInput;
}

export const figure = (caption: string, alt: string, scene: Figure['scene']): Figure => ({
  type: 'figure',
  caption,
  alt,
  scene,
});

/**
 * Returns the economics by which a report shows a job: the costs that the request states for this design count first.
 * @param own those of the job itself
 */
export function economicsOf(
  { request: { economics, design_costs = [] } }: ReportContext,
  jobId: string,
  own?: PlantEconomics,
): PlantEconomics | undefined {
  const terms = own ?? economics;
  const costs = design_costs.find(({ job_id }) => job_id === jobId)?.costs;
  return terms && costs ? { ...terms, costs } : terms;
}

/** Letter of a design in a comparison, by its position */
export const letterOf = (k: number): string => String.fromCharCode(65 + k);

/** Returns `one year of weather data` */
export const yearsOfWeather = ({ text }: ReportContext, years: number): string =>
  years === 1 ? text('resource.one_year') : text('resource.several_years', { count: String(years) });

const WEATHER_NAMES: Readonly<Record<WeatherFormat, string>> = {
  tmy3: 'TMY3',
  tm2: 'TMY2',
  epw: 'EPW',
  'sam-csv': 'SAM CSV',
  'pvgis-csv': 'PVGIS CSV',
  'pvgis-json': 'PVGIS JSON',
  'nasa-power-json': 'NASA POWER JSON',
  'open-meteo-json': 'Open-Meteo JSON',
  solaranywhere: 'SolarAnywhere CSV',
  solargis: 'Solargis CSV',
  solcast: 'Solcast CSV',
  cams: 'CAMS CSV',
  surfrad: 'SURFRAD',
  bsrn: 'BSRN',
  pvsyst: 'PVsyst CSV',
  csv: 'CSV',
};
/** Returns the usual name of a format. */
export const weatherFormat = (format: string): string => WEATHER_NAMES[format as WeatherFormat] ?? format;

/** Returns a table of quantities and their values. */
export const facts = (
  { text }: ReportContext,
  caption: string,
  rows: readonly (readonly [name: string, value: string])[],
  options: { readonly dense?: boolean } = {},
): Table => ({
  type: 'table',
  caption,
  columns: [{ title: text('table.quantity') }, { title: text('table.value') }],
  rows,
  pairs: true,
  ...options,
});

/** Returns a place with the name of its site, or with what is known without a site. */
export const placeBySite = (site: SiteRow | null, other: Place | null): Place | null =>
  site
    ? {
        name: site.name,
        latitudeDeg: site.latitude_deg,
        longitudeDeg: site.longitude_deg,
        elevationM: site.elevation_m,
      }
    : other;

/** Returns the place of a weather dataset; null if the dataset was deleted. */
export const placeOfWeather = (name: string, { row }: WeatherUsed): Place | null =>
  row && { name, latitudeDeg: row.latitude_deg, longitudeDeg: row.longitude_deg, elevationM: row.elevation_m };

/** Draws the net energy of each month [kWh]. */
export function monthFigure({ text, format }: ReportContext, values: readonly number[]): Figure {
  const energy = format.energy(Math.max(...values));
  const total = values.reduce((sum, kwh) => sum + kwh, 0);
  return figure(
    text('energy.month_caption'),
    text('energy.month_alt', { total: format.energy(total, text('unit.per_year')).with(total) }),
    barChart({
      width: FULL_WIDTH,
      height: 152,
      categories: format.months,
      series: [{ name: text('energy.net'), values: values.map(energy.value) }],
      title: text('axis.energy', { unit: energy.unit }),
      format: format.tick,
      labels: values.map(energy.of),
    }),
  );
}

/** Says that a time limit ended a job. */
export const timeLimitText = ({ text, format }: ReportContext, { compute_s }: ReportJob['job']): string =>
  text('search.time_limited', { seconds: orDash(compute_s, (value) => format.fixed(value)) });

/** Returns the note about a search that a time limit ended; none for one that came to its end. */
export const timeLimitNotes = (context: ReportContext, job: ReportJob['job']): Block[] =>
  job.time_limited ? [{ type: 'note', text: timeLimitText(context, job) }] : [];

export interface LossBlocks {
  readonly figure: Figure;
  readonly table: Table;
}

/** A gain or loss; its category and basis are shown where the trade has such categories. */
interface LossStep {
  readonly name: string;
  readonly kwh: number;
  readonly category?: string;
  readonly basis?: string;
}

/** Shows the steps from a start to an end as a waterfall and as a table. */
export function lossBlocks(
  { text, format }: ReportContext,
  start: { readonly name: string; readonly kwh: number },
  changes: readonly LossStep[],
  end: string,
): LossBlocks {
  const energy = format.energy(start.kwh, text('unit.per_year'));
  let left = start.kwh;
  const steps = changes.map((one) => {
    const percent = format.change((100 * one.kwh) / left, 2);
    left += one.kwh;
    return { ...one, percent, left };
  });
  const isSorted = changes.some(({ category }) => category !== undefined);
  const sorted = (category = '', basis = ''): string[] => (isSorted ? [category, basis] : []);
  const change = (kwh: number): string => (kwh > 0 ? `+${energy.of(kwh)}` : energy.of(kwh));
  const whole = left - start.kwh;
  return {
    figure: figure(
      text('loss.caption', { unit: energy.unit }),
      text('loss.alt', { start: energy.with(start.kwh), end: energy.with(left) }),
      waterfallChart({
        width: FULL_WIDTH,
        start: { name: start.name, label: energy.of(start.kwh), value: start.kwh },
        steps: steps.map(({ name, percent, kwh }) => ({ name, label: percent, change: kwh })),
        end: { name: end, label: energy.of(left) },
      }),
    ),
    table: {
      type: 'table',
      caption: text('loss.table'),
      dense: steps.length > 10,
      columns: [
        { title: text('loss.step') },
        ...(isSorted ? [{ title: text('category.iec') }, { title: text('category.basis') }] : []),
        { title: text('loss.change_percent'), align: 'right' },
        { title: text('loss.change', { unit: energy.unit }), align: 'right' },
        { title: text('loss.left', { unit: energy.unit }), align: 'right' },
      ],
      rows: [
        [start.name, ...sorted(), '', '', energy.of(start.kwh)],
        ...steps.map((one) => [
          one.name,
          ...sorted(one.category, one.basis),
          one.percent,
          change(one.kwh),
          energy.of(one.left),
        ]),
        [end, ...sorted(), format.change((100 * whole) / start.kwh, 2), change(whole), energy.of(left)],
      ],
      strong: [0, steps.length + 1],
    },
  };
}

/** Returns the chapter that says where the site is, with a map. @param sentences with more information on it */
export function siteSection(context: ReportContext, place: Place | null, sentences: readonly string[]): Section {
  const { text, format } = context;
  if (!place)
    return {
      title: text('site.title'),
      blocks: [{ type: 'paragraph', text: [text('site.unknown'), ...sentences].join(' ') }],
    };
  const position = positionOf(context, place);
  const where =
    place.name === text('site.default_name')
      ? text('site.intro_unnamed', { position })
      : text('site.intro', { name: place.name, position });
  const high =
    place.elevationM === null
      ? []
      : [text('site.elevation', { elevation: format.heightM(Math.round(place.elevationM)) })];
  return {
    title: text('site.title'),
    blocks: [
      { type: 'paragraph', text: [where, ...high, ...sentences].join(' ') },
      figure(
        text('site.map_caption', { name: place.name }),
        text('site.map_alt', { name: place.name, position }),
        siteMap({
          width: FULL_WIDTH,
          height: 186,
          longitudeDeg: place.longitudeDeg,
          latitudeDeg: place.latitudeDeg,
          name: place.name,
          north: text('compass.n'),
          scaleLabel: (m) => (format.isImperial ? `${format.plain(m / M_PER_MI)} mi` : `${format.plain(m / 1000)} km`),
          scaleUnitM: format.isImperial ? M_PER_MI : 1000,
          degreeLabel: (value, axis) => format.degrees(value, axis, 0),
        }),
      ),
    ],
  };
}

/** Formats a position with 4 decimals of a degree (11 m). */
export const positionOf = ({ format }: ReportContext, { latitudeDeg, longitudeDeg }: Place): string =>
  `${format.degrees(latitudeDeg, 'latitude', 4)}, ${format.degrees(longitudeDeg, 'longitude', 4)}`;

type StoredExceedance = z.output<typeof exceedanceSchema>;
/** Returns the P90 of any single year [kWh]; null for a yield without stated uncertainties, which has no P-values. */
export const p90Of = ({ uncertainty_pct, one_year }: StoredExceedance): number | null =>
  uncertainty_pct > 0 && one_year ? one_year.p90_kwh : null;
/** Formats a value, or writes a dash in its place. */
export const orDash = (value: number | null, show: (value: number) => string): string =>
  value === null ? '\u2013' : show(value);

/** Returns the rows of P-values that a result has; none for a yield without stated uncertainties. */
export const levelsOf = (
  exceedance: StoredExceedance,
  rows: readonly (readonly [
    key: 'one_year' | 'ten_years' | 'twenty_years' | 'long_term' | 'empirical',
    name: string,
  ])[],
): Exceedance['levels'] =>
  rows.flatMap(([key, name]) => {
    const levels = exceedance.uncertainty_pct > 0 ? exceedance[key] : null;
    return levels ? [{ key, name, kwh: [levels.p50_kwh, levels.p75_kwh, levels.p90_kwh, levels.p99_kwh] }] : [];
  });

export interface Exceedance {
  readonly p50Kwh: number;
  /** Uncertainty of the yield without the weather's variation from year to year [%] */
  readonly uncertaintyPct: number;
  readonly interannualPct: number;
  readonly components: Readonly<Record<string, number>>;
  /** Returns the category of a component, where the trade has such categories */
  readonly categoryOf?: (name: string) => string;
  /** Rows of the table: what they hold for, in the data pack and in words, then P50, P75, P90, P99 [kWh]; none without uncertainties */
  readonly levels: readonly { readonly key: string; readonly name: string; readonly kwh: readonly number[] }[];
}

/** Energy that is lost each year of life, and where that is stated */
export interface Ageing {
  readonly perYear: number;
  /** Year of life whose energy the report shows; 1 is the first */
  readonly ofYear: number;
  readonly years: number;
}

/** Returns the net energy of each year of life, in which each P-value falls as the P50 does. */
function lifeTable({ text, format }: ReportContext, exceedance: Exceedance, { perYear, ofYear, years }: Ageing): Table {
  const { p50Kwh, levels } = exceedance;
  const [oneYear] = levels;
  const energy = format.energy(p50Kwh, text('unit.per_year'));
  return {
    type: 'table',
    caption: text('life.table', { unit: energy.unit, percent: format.percent(100 * perYear, 2) }),
    dense: true,
    columns: [
      { title: text('life.year') },
      { title: text('life.share'), align: 'right' },
      ...['P50', ...(oneYear ? ['P75', 'P90', 'P99'] : [])].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: Array.from({ length: years }, (_, k) => {
      const left = (1 - perYear) ** (k + 1 - ofYear);
      return [
        String(k + 1),
        format.percent(100 * left),
        ...(oneYear?.kwh ?? [p50Kwh]).map((kwh) => energy.of(kwh * left)),
      ];
    }),
  };
}

export const uncertaintySection = (
  context: ReportContext,
  exceedance: Exceedance,
  ageing: Ageing | null = null,
): Section => ({
  title: context.text('uncertainty.title'),
  blocks: [
    ...(exceedance.levels.length === 0
      ? []
      : [
          {
            type: 'paragraph' as const,
            text: context.text('uncertainty.intro', { combined: context.format.percent(exceedance.uncertaintyPct) }),
          },
          componentsTable(context, exceedance),
        ]),
    ...exceedanceBlocks(context, exceedance, 190),
    ...(ageing ? [lifeTable(context, exceedance, ageing)] : []),
  ],
});

const oneYearPct = ({ uncertaintyPct, interannualPct }: Exceedance): number =>
  Math.hypot(uncertaintyPct, interannualPct);

/** Returns the standard uncertainties by their source. */
function componentsTable({ text, format }: ReportContext, exceedance: Exceedance): Table {
  const { p50Kwh, uncertaintyPct, interannualPct, components, categoryOf } = exceedance;
  const sorted = (category: string): string[] => (categoryOf ? [category] : []);
  const energy = format.energy(p50Kwh, text('unit.per_year'));
  const names = Object.entries(components);
  const oneYear = oneYearPct(exceedance);
  const sigma = (percent: number): number => (percent / 100) * p50Kwh;
  return {
    type: 'table',
    caption: text('uncertainty.components'),
    columns: [
      { title: text('uncertainty.source') },
      ...(categoryOf ? [{ title: text('category.iec') }] : []),
      { title: text('uncertainty.standard'), align: 'right' },
      { title: text('uncertainty.energy', { unit: energy.unit }), align: 'right' },
    ],
    rows: [
      ...names.map(([name, percent]) => [
        term(text, name),
        ...sorted(categoryOf?.(name) ?? ''),
        format.percent(percent),
        energy.of(sigma(percent)),
      ]),
      [text('uncertainty.combined'), ...sorted(''), format.percent(uncertaintyPct), energy.of(sigma(uncertaintyPct))],
      [
        text('uncertainty.interannual'),
        ...sorted(text('category.future_wind')),
        format.percent(interannualPct),
        energy.of(sigma(interannualPct)),
      ],
      [text('uncertainty.one_year'), ...sorted(''), format.percent(oneYear), energy.of(sigma(oneYear))],
    ],
    strong: [names.length, names.length + 2],
  };
}

/** Returns the P-values as a table and a curve; without stated uncertainties it says so instead. @param curveHeight of the figure [pt] */
export const exceedanceBlocks = (context: ReportContext, exceedance: Exceedance, curveHeight: number): Block[] =>
  exceedance.levels.length === 0
    ? [{ type: 'note', text: context.text('uncertainty.none') }]
    : [
        levelsTable(context, exceedance),
        ...(exceedance.p50Kwh > 0 ? [exceedanceFigure(context, exceedance, curveHeight)] : []),
      ];

function levelsTable({ text, format }: ReportContext, { p50Kwh, levels }: Exceedance): Table {
  const energy = format.energy(p50Kwh, text('unit.per_year'));
  return {
    type: 'table',
    caption: text('uncertainty.levels', { unit: energy.unit }),
    columns: [
      { title: text('uncertainty.horizon') },
      ...['P50', 'P75', 'P90', 'P99'].map((title) => ({ title, align: 'right' as const })),
      { title: text('uncertainty.p90_p50'), align: 'right' },
    ],
    rows: levels.map(({ name, kwh }) => [
      name,
      ...kwh.map((value) => energy.of(value)),
      format.percent((100 * kwh[2]) / kwh[0]),
    ]),
  };
}

function exceedanceFigure({ text, format }: ReportContext, exceedance: Exceedance, height: number): Figure {
  const { p50Kwh, uncertaintyPct, interannualPct, levels } = exceedance;
  const energy = format.energy(p50Kwh, text('unit.per_year'));
  const oneYear = oneYearPct(exceedance);
  const longTerm = Math.hypot(uncertaintyPct, interannualPct / Math.sqrt(10));
  const first = levels[0].kwh;
  const sigma = (percent: number): number => (percent / 100) * p50Kwh;
  const curve = (percent: number): [number, number][] => {
    const points: [number, number][] = [];
    for (let z = -3; z <= 3.001; z += 0.1) points.push([p50Kwh + z * sigma(percent), 100 * (1 - normalProbability(z))]);
    return points;
  };
  return figure(
    text('uncertainty.curve_caption'),
    text('uncertainty.curve_alt', { p50: energy.with(first[0]), p90: energy.with(first[2]) }),
    lineChart({
      width: FULL_WIDTH,
      height,
      series: [
        { name: text('uncertainty.one_year_short'), points: curve(oneYear) },
        { name: text('uncertainty.ten_years_short'), points: curve(longTerm) },
      ].map(({ name, points }) => ({ name, points: points.map(([x, y]) => [energy.value(x), y] as const) })),
      xTitle: text('axis.energy', { unit: energy.unit }),
      yTitle: text('axis.exceedance'),
      xFormat: format.tick,
      yFormat: format.tick,
      fromZero: true,
      points: ([50, 75, 90, 99] as const).map((level, k) => ({
        x: energy.value(first[k]),
        y: level,
        label: `P${level} ${energy.of(first[k])}`,
      })),
    }),
  );
}

/** Items of a list that are written out. */
const MAX_LISTED_ITEMS = 24;

/** Lists every value of an input by its path, with defaults. Long lists are described by their length. */
export function echo(format: Formatter, value: unknown, prefix = ''): [string, string][] {
  if (value === null || value === undefined) return [];
  const shown = (one: unknown): string =>
    Array.isArray(one)
      ? one.map(shown).join(', ')
      : one === null || one === undefined
        ? '\u2013'
        : typeof one === 'number'
          ? format.plain(one)
          : String(one);
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    if (value.length > MAX_LISTED_ITEMS) return [[prefix, `[${value.length}]`]];
    const isFlat = (one: unknown): boolean => one === null || typeof one !== 'object';
    if (value.every((item) => isFlat(item) || (Array.isArray(item) && item.every(isFlat))))
      return [[prefix, value.map(shown).join('; ')]];
    // Objects of plain values: a row for each of their names.
    const isRecord = (one: unknown): boolean =>
      !isFlat(one) && !Array.isArray(one) && Object.values(one as object).every(isFlat);
    if (value.length > 2 && value.every(isRecord))
      return [...new Set(value.flatMap(Object.keys))].map((name) => [
        `${prefix}[].${name}`,
        value.map((item) => shown(item[name])).join('; '),
      ]);
    return value.flatMap((item, k) => echo(format, item, `${prefix}[${k}]`));
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, item]) => echo(format, item, prefix ? `${prefix}.${name}` : name));
  return [[prefix, shown(value)]];
}

/** An input in the list of all inputs. */
export interface ShownInput {
  readonly name: string;
  readonly input: object;
  /** Sources of the values that equal a default, by path */
  readonly defaults: ReadonlyMap<string, string>;
}

const OWN_CHOICE = ownChoice('');

/** Returns the table of the defaults' sources, each with the names of its values. */
function sourcesTable({ text, request }: ReportContext, inputs: readonly ShownInput[]): Table[] {
  const bySource = new Map<string, Set<string>>();
  for (const { input, defaults } of inputs)
    for (const [path] of echoedPaths(input)) {
      const source = defaults.get(path);
      if (source === undefined) continue;
      // Reasons of our own are English; titles of papers and names of programs are what they are.
      const isOwn = source.startsWith(OWN_CHOICE) && request.language !== 'en';
      const shown = isOwn ? text('assumptions.own_choice') : source;
      bySource.set(shown, (bySource.get(shown) ?? new Set()).add(path.split('.').slice(-2).join('.')));
    }
  if (bySource.size === 0) return [];
  return [
    {
      type: 'table',
      caption: text('assumptions.defaults'),
      dense: true,
      columns: [{ title: text('assumptions.source') }, { title: text('assumptions.values') }],
      rows: [...bySource].map(([source, names]) => [source, [...names].join(', ')]),
    },
  ];
}

const echoedPaths = (input: object): [string, string][] => echo(new Formatter('en', 'metric', ''), input);

/** @param ofJobs inputs of the jobs; the economics of the report's request are added */
export function assumptionsSection(context: ReportContext, ofJobs: readonly ShownInput[]): Section {
  const { text, format, request } = context;
  const { economics } = request;
  const inputs = economics
    ? [
        ...ofJobs,
        {
          name: text('assumptions.economics'),
          input: economics,
          defaults: defaultsIn(plantEconomicsSchema, economics),
        },
      ]
    : ofJobs;
  return {
    title: text('assumptions.title'),
    blocks: [
      { type: 'paragraph', text: text('assumptions.intro') },
      ...inputs.map(
        ({ name, input, defaults }): Block => ({
          type: 'table',
          caption: text('assumptions.table', { name }),
          dense: true,
          pairs: true,
          columns: [{ title: text('table.input') }, { title: text('table.value') }],
          rows: echo(format, input).map(([path, value]) => [path, defaults.has(path) ? `${value}\u00a0*` : value]),
        }),
      ),
      ...sourcesTable(context, inputs),
    ],
  };
}

/** Returns the SHA-256 of a job's input in one canonical form. */
function inputHash(input: unknown): string {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, item]) => [name, sorted(item)]),
          )
        : value;
  return createHash('sha256')
    .update(JSON.stringify(sorted(input)))
    .digest('hex');
}

export function reproducibilitySection(
  context: ReportContext,
  jobs: readonly ReportJob[],
  notes: readonly string[],
): Section {
  const { text, format } = context;
  const weather = new Map<string, WeatherUsed>(
    jobs.flatMap((one) => one.weather.map((used) => [used.id, used] as const)),
  );
  return {
    title: text('reproduce.title'),
    blocks: [
      { type: 'paragraph', text: text('reproduce.intro', { version: ENGINE_VERSION }) },
      ...jobs.map(({ job }) =>
        facts(
          context,
          text('reproduce.job_table', { id: job.id }),
          [
            [text('reproduce.kind'), job.kind],
            [text('reproduce.engine'), job.engine_version],
            [text('reproduce.seed'), String(job.seed)],
            [text('reproduce.ended'), job.ended_at ? format.instant(job.ended_at.getTime()) : '\u2013'],
            [text('reproduce.input_hash'), inputHash(job.input)],
          ],
          { dense: true },
        ),
      ),
      ...[...weather.values()].map(({ id, row }) =>
        facts(
          context,
          text('reproduce.weather_table', { id }),
          row
            ? [
                [text('reproduce.name'), row.name],
                [text('reproduce.format'), weatherFormat(row.format)],
                [text('reproduce.records'), format.fixed(row.row_count)],
                [text('reproduce.file_hash'), row.sha256],
              ]
            : [[text('reproduce.name'), text('reproduce.deleted')]],
          { dense: true },
        ),
      ),
      ...notes.map((note): Block => ({ type: 'note', text: note })),
    ],
  };
}

export const limitsSection = (context: ReportContext, keys: readonly TextKey[]): Section => {
  const { text } = context;
  return {
    title: text('limits.title'),
    blocks: [
      { type: 'paragraph', text: text('limits.intro') },
      { type: 'list', items: keys.map((key) => text(key)) },
      { type: 'heading', text: text('limits.disclaimer_title') },
      { type: 'paragraph', text: text('limits.disclaimer') },
      ...versionTable(context),
    ],
  };
};

/** Returns the table of the versions that the request states. */
function versionTable({ text, format, request: { version_history: versions = [] } }: ReportContext): Table[] {
  if (versions.length === 0) return [];
  const hasAuthors = versions.some(({ author }) => author);
  return [
    {
      type: 'table',
      caption: text('versions.table'),
      columns: [
        { title: text('document.version') },
        { title: text('document.date') },
        ...(hasAuthors ? [{ title: text('document.author') }] : []),
        { title: text('versions.changes') },
      ],
      rows: versions.map(({ version, date, changes, author }) => [
        version,
        format.date(Date.parse(date)),
        ...(hasAuthors ? [author ?? '\u2013'] : []),
        changes,
      ]),
    },
  ];
}
