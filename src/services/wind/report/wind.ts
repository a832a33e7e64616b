/** The report of a wind farm. */
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { barChart, lineChart, scatterChart } from '../../../documents/charts/charts.ts';
import {
  densityChart,
  type FarmMap,
  layoutMap,
  MAX_NUMBERED_TURBINES,
  type MapZone,
  windRose,
} from '../../../documents/charts/wind.ts';
import type { Block, DataSheet, KeyFigure, Section } from '../../../documents/model.ts';
import { FULL_WIDTH, HALF_WIDTH } from '../../../documents/model.ts';
import type { ProjectInput } from '../../../finance/project.ts';
import type { economicsView } from '../../economics/project.ts';
import { plantProject } from '../../economics/project.ts';
import type { yieldView } from '../result.ts';
import { plantOf } from '../result.ts';
import { farmConditions, projectionOf, siteOf, wakeModelOf } from '../setup.ts';
import { SpanningTree } from '../../../wind/layout/cable.ts';
import type { LayoutSite } from '../../../wind/layout/layout-site.ts';
import type { FlowContour } from '../../../wind/energy/flow-contours.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { ratedPowerKw } from '../../../wind/turbine/turbine.ts';
import type { Weibull } from '../../../wind/resource/weibull.ts';
import {
  fitSectors,
  fitWeibullMle,
  fitWeibullWasp,
  weibullCdf,
  weibullMean,
  weibullPdf,
} from '../../../wind/resource/weibull.ts';
import { sectorOf } from '../../../wind/resource/wind-rose.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import { shownName } from '../../../series/columns.ts';
import { economicsFigures } from '../../reports/economics.ts';
import { M_PER_MI } from '../../reports/format.ts';
import type { Place } from '../../reports/report-job.ts';
import { windReferences } from './references.ts';
import type { WindJob } from './wind-job.ts';
import { term } from '../../reports/text/text.ts';
import type { Exceedance, ReportContext } from '../../reports/context.ts';
import {
  facts,
  figure,
  listedLevels,
  lossBlocks,
  monthFigure,
  p90Of,
  placeBySite,
  placeOfWeather,
} from '../../reports/context.ts';

interface Layout {
  readonly x_m: readonly number[];
  readonly y_m: readonly number[];
  readonly longitude_deg?: readonly number[];
  readonly latitude_deg?: readonly number[];
  readonly type?: readonly number[];
  readonly is_fixed?: readonly boolean[];
  readonly cable_length_m?: number;
}
export type WindYield = ReturnType<typeof yieldView> & {
  readonly layout: Layout;
  readonly cable_length_m?: number;
  readonly area_km2?: number;
  readonly economics: ReturnType<typeof economicsView> | null;
  readonly wake_model?: string;
  readonly long_term?: Readonly<Record<string, number | string>> | null;
  readonly records_excluded?: number;
  readonly site_wind?: {
    readonly frequencies: string;
    readonly weibull_shapes: string;
    readonly frequency_effect_pct: number | null;
  } | null;
  readonly wake_steering?: { readonly wind_speed_m_s: number; readonly gain_pct: number } | null;
};

/** The result of a layout search. */
interface WindSearch {
  readonly runs: readonly {
    readonly candidate: number;
    readonly seed: number;
    readonly n_iterations: number;
    readonly score: number | null;
    readonly history: readonly (readonly [step: number, score: number])[];
  }[];
  readonly pareto: readonly Record<string, number | number[]>[];
  readonly candidates: readonly {
    readonly type: number | null;
    readonly turbine: string | null;
    readonly n_turbines: number;
    readonly hub_height_m: number | null;
  }[];
  readonly best: WindYield & { readonly run: number; readonly candidate: number };
}

export const yieldOf = ({ job }: Pick<WindJob, 'job'>): WindYield =>
  (job.kind === 'wind-optimize' ? job.result!.best : job.result) as unknown as WindYield;

/** Entry of the request's turbines at each place. */
export const kindsOf = ({ body, job }: Pick<WindJob, 'job' | 'body'>): readonly number[] => {
  const { layout } = yieldOf({ job });
  return (('layout' in body ? body.layout.type : layout.type) ?? layout.x_m.map(() => 0)) as readonly number[];
};

/** The turbine types of the farm that was computed: a search that uses one type at a time only has that type. */
export function farmSpecs({ body, job, specs }: Pick<WindJob, 'job' | 'body' | 'specs'>): readonly TurbineSpec[] {
  if (job.kind !== 'wind-optimize' || ('fixed' in body && body.fixed)) return specs;
  const { best, candidates } = job.result as unknown as WindSearch;
  const { type } = candidates[best.candidate];
  return type === null ? specs : [specs[type]];
}

/** The designs of a search that no other beats, without their places. */
export const windFront = ({ job }: Pick<WindJob, 'job'>): Record<string, number>[] =>
  job.kind === 'wind-optimize'
    ? (job.result as unknown as WindSearch).pareto.map(
        (one) =>
          Object.fromEntries(Object.entries(one).filter(([, value]) => typeof value === 'number')) as Record<
            string,
            number
          >,
      )
    : [];

/** The sector from which the wind blows most. */
export const prevailing = <Sector extends { readonly frequency: number }>(sectors: readonly Sector[]): Sector =>
  sectors.reduce((main, one) => (one.frequency > main.frequency ? one : main));

const cableLengthM = (windYield: WindYield): number => windYield.cable_length_m ?? windYield.layout.cable_length_m ?? 0;

export function windPlace({ site, job, weather: [first] }: WindJob, fallback: string): Place | null {
  const { longitude_deg: longitudes, latitude_deg: latitudes } = yieldOf({ job }).layout;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return placeBySite(
    site,
    longitudes?.length && latitudes?.length
      ? { name: fallback, latitudeDeg: mean(latitudes), longitudeDeg: mean(longitudes), elevationM: null }
      : first && placeOfWeather(fallback, first),
  );
}

export function windProject(job: WindJob, { request }: ReportContext): ProjectInput | null {
  const windYield = yieldOf(job);
  const economics = job.body.economics ?? request.economics;
  if (!economics) return null;
  const plant = plantOf(economics, job.specs, job.body.turbines, kindsOf(job));
  return plantProject(economics, { ...plant, netKwh: windYield.annual_energy_kwh, cableM: cableLengthM(windYield) });
}

function windFigures(job: WindJob, { text, format }: ReportContext): KeyFigure[] {
  const windYield = yieldOf(job);
  const rated = format.power(windYield.rated_kw);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return [
    { label: text('figure.rated'), value: rated.of(windYield.rated_kw), unit: rated.unit },
    { label: text('figure.turbines'), value: String(windYield.turbines.length) },
    { label: text('figure.p50'), value: energy.of(windYield.annual_energy_kwh), unit: energy.unit },
    {
      label: text('figure.p90'),
      value: energy.of(p90Of(windYield.exceedance.one_year, windYield.annual_energy_kwh)),
      unit: energy.unit,
    },
    { label: text('figure.capacity_factor'), value: format.fixed(windYield.capacity_factor_pct, 1), unit: '%' },
    { label: text('figure.full_load_hours'), value: format.fixed(windYield.full_load_hours), unit: 'h' },
    { label: text('figure.wake_loss'), value: format.fixed(windYield.wake_loss_pct, 1), unit: '%' },
    { label: text('figure.mean_speed'), value: format.speed.of(meanSpeed(windYield)), unit: format.speed.unit },
  ];
}

const meanSpeed = ({ turbines }: WindYield): number =>
  turbines.reduce((sum, { mean_speed_m_s }) => sum + mean_speed_m_s, 0) / turbines.length;

export function windExceedance({ text }: ReportContext, job: WindJob): Exceedance {
  const { annual_energy_kwh: meanKwh, exceedance } = yieldOf(job);
  const { one_year, ten_years, twenty_years, long_term } = exceedance;
  return {
    p50Kwh: meanKwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: job.body.uncertainty_pct,
    levels: [
      { key: 'one_year', name: text('uncertainty.any_year'), kwh: listedLevels(one_year, meanKwh) },
      { key: 'ten_years', name: text('uncertainty.ten_year_mean'), kwh: listedLevels(ten_years, meanKwh) },
      { key: 'twenty_years', name: text('uncertainty.twenty_year_mean'), kwh: listedLevels(twenty_years, meanKwh) },
      { key: 'long_term', name: text('uncertainty.without_wind'), kwh: listedLevels(long_term, meanKwh) },
    ],
  };
}

// Sections ------------------------------------------------------------------------------------------------------------

export function windSummarySections(context: ReportContext, job: WindJob): Section[] {
  const project = windProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...windFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [{ type: 'figures', figures: [roseFigure(context, job), layoutFigure(context, job, HALF_WIDTH, 250)] }],
    losses: energySection(context, job).blocks.slice(0, 2),
    exceedance: windExceedance(context, job),
  });
}

const summaryText = ({ text, format }: ReportContext, job: WindJob): string => {
  const windYield = yieldOf(job);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return text('summary.wind', {
    count: String(windYield.turbines.length),
    turbine: format.list([...new Set(windYield.turbines.map(({ turbine }) => turbine))]),
    rated: format.power(windYield.rated_kw).with(windYield.rated_kw),
    energy: energy.with(windYield.annual_energy_kwh),
    hours: format.fixed(windYield.full_load_hours),
    cf: format.percent(windYield.capacity_factor_pct),
    wake: format.percent(windYield.wake_loss_pct),
    p90: energy.with(p90Of(windYield.exceedance.one_year, windYield.annual_energy_kwh)),
    uncertainty: format.percent(windYield.exceedance.uncertainty_pct),
  });
};

/** @param search a layout search that goes with the analysis */
export function windSections(context: ReportContext, job: WindJob, search: WindJob | null): Section[] {
  const { text, format } = context;
  const { area_km2 } = yieldOf(job);
  const project = windProject(job, context);
  const searched = job.job.kind === 'wind-optimize' ? job : search;
  const exceedance = windExceedance(context, job);
  return bankableSections(context, {
    summary: summaryText(context, job),
    figures: [...windFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    findings: findings(context, job),
    place: windPlace(job, text('site.default_name')),
    siteSentences: area_km2 ? [text('site.area', { area: format.areaM2(area_km2 * 1e6) })] : [],
    chapters: [
      resourceSection(context, job),
      turbineSection(context, job),
      layoutSection(context, job),
      energySection(context, job),
    ],
    exceedance,
    search: searched && searchSection(context, searched),
    project: project && { input: project, exceedance, title: text('economics.title') },
    methods: ['method.wind', 'method.wind_losses'],
    references: [job, ...(search ? [search] : [])].flatMap(windReferences),
    limits: ['limits.wind', 'limits.wakes'],
    inputs: [{ name: text('assumptions.request'), input: withoutSeries(job.body) }],
    jobs: [job, ...(search ? [search] : [])],
    notes: [],
  });
}

const withoutSeries = (body: WindAnalyzeInput | WindOptimizeInput): object => {
  const { turbines, ...rest } = body;
  return { ...rest, turbines: turbines.map((one) => (one.curve ? { ...one, curve: one.curve.name } : one)) };
};

function findings({ text, format }: ReportContext, job: WindJob): string[] {
  const windYield = yieldOf(job);
  const worst = [...windYield.turbines]
    .map((one, k) => ({ ...one, number: k + 1 }))
    .sort((a, b) => b.wake_loss_pct - a.wake_loss_pct)[0];
  const main = prevailing(windYield.sectors);
  const sources = Object.entries(job.body.uncertainty_pct).sort(([, a], [, b]) => b - a);
  return [
    text('finding.sector', {
      direction: format.fixed(main.direction_deg),
      share: format.percent(100 * main.frequency, 0),
    }),
    text('finding.worst_turbine', { number: String(worst.number), percent: format.percent(worst.wake_loss_pct) }),
    ...(sources.length > 0
      ? [text('finding.uncertainty', { source: term(text, sources[0][0]), percent: format.percent(sources[0][1]) })]
      : [text('finding.no_uncertainty')]),
    ...(windYield.losses.length <= 1 ? [text('finding.no_losses')] : []),
    ...(windYield.wake_steering
      ? [text('finding.steering', { percent: format.percent(windYield.wake_steering.gain_pct, 2) })]
      : []),
  ];
}

// The wind ------------------------------------------------------------------------------------------------------------

export interface SectorWind {
  readonly directionDeg: number;
  readonly frequency: number;
  readonly weibull: Weibull | null;
  /** Share of the sector's time below a speed [m/s] */
  readonly below: (speedMPerS: number) => number;
}

interface HubWind {
  readonly sectors: readonly SectorWind[];
  /** Distribution over all directions; null if it is that of the sectors */
  readonly all: Weibull | null;
  readonly bins: readonly { readonly speed: number; readonly density: number }[];
}
const hubWinds = new WeakMap<WindJob, HubWind>();

/** Weibull distributions by sector at the first hub: those of the request, or fits to its records or table. */
function sectorWinds(job: WindJob): HubWind {
  const known = hubWinds.get(job) ?? findSectorWinds(job);
  hubWinds.set(job, known);
  return known;
}

function findSectorWinds(job: WindJob): HubWind {
  const { climate, body } = job;
  const specs = farmSpecs(job);
  const bins = { ...body.bins, direction_step_deg: body.bins.direction_step_deg };
  if (climate.resource?.kind === 'weibull') {
    const { frequency, weibull } = climate.resource.site;
    const hub = farmConditions(
      body,
      specs,
      { ...climate, resource: { kind: 'series', wsMPerS: [1], wdDeg: [0], stepHours: 1 } },
      bins,
      true,
    );
    const factor = hub.resource.kind === 'series' ? hub.resource.wsMPerS[0] : 1;
    const sectors = weibull.map((one, k) => {
      const atHub = { scaleMPerS: one.scaleMPerS * factor, shape: one.shape };
      return {
        directionDeg: (360 * k) / weibull.length,
        frequency: frequency[k],
        weibull: atHub,
        below: (speedMPerS: number) => weibullCdf(atHub, speedMPerS),
      };
    });
    return { sectors, all: null, bins: mixture(sectors) };
  }
  const conditions = farmConditions(body, specs, climate, bins, true);
  if (conditions.resource.kind === 'series') {
    const { wsMPerS, wdDeg } = conditions.resource;
    const fits = fitSectors(wsMPerS, wdDeg, body.sectors);
    return {
      sectors: fits.map(({ centreDeg, frequency, weibull, n }, sector) => ({
        directionDeg: centreDeg,
        frequency,
        weibull,
        below: (speedMPerS) => {
          let count = 0;
          for (let i = 0; i < wsMPerS.length; i++)
            if (wsMPerS[i] < speedMPerS && sectorOf(wdDeg[i], body.sectors) === sector) count++;
          return n > 0 ? count / n : 0;
        },
      })),
      all: fitWeibullMle(Array.from(wsMPerS)),
      bins: histogram(wsMPerS),
    };
  }
  if (conditions.resource.kind !== 'rose') return { sectors: [], all: null, bins: [] };
  const { directionsDeg, speedsMPerS, probability } = conditions.resource.rose;
  const count = Math.min(body.sectors, directionsDeg.length);
  const sums = Array.from({ length: count }, () => new Float64Array(speedsMPerS.length));
  const total = new Float64Array(speedsMPerS.length);
  directionsDeg.forEach((direction, d) => {
    const sector = Math.floor((direction * count) / 360 + 0.5) % count;
    for (let s = 0; s < speedsMPerS.length; s++) {
      sums[sector][s] += probability[d * speedsMPerS.length + s];
      total[s] += probability[d * speedsMPerS.length + s];
    }
  });
  const step = speedsMPerS.length > 1 ? speedsMPerS[1] - speedsMPerS[0] : 1;
  return {
    sectors: sums.map((weights, k) => ({
      directionDeg: (360 * k) / count,
      frequency: weights.reduce((sum, value) => sum + value, 0),
      weibull: fitOfTable(speedsMPerS, weights),
      below: (speedMPerS) => {
        const sum = weights.reduce((total, value) => total + value, 0);
        return sum > 0
          ? weights.reduce((total, value, s) => total + (speedsMPerS[s] < speedMPerS ? value : 0), 0) / sum
          : 0;
      },
    })),
    all: fitOfTable(speedsMPerS, total),
    bins: Array.from(speedsMPerS, (speed, s) => ({ speed, density: total[s] / step })),
  };
}

/** WAsP's fit to a table of speeds: its mean cube and the share above the mean. null where the table is too thin. */
function fitOfTable(speedsMPerS: Float64Array, weights: Float64Array): Weibull | null {
  const sum = weights.reduce((total, value) => total + value, 0);
  if (!(sum > 0)) return null;
  const moment = (power: number): number =>
    speedsMPerS.reduce((total, speed, s) => total + weights[s] * speed ** power, 0) / sum;
  const meanMPerS = moment(1);
  // The bin of the mean is split where the mean lies in it.
  const step = speedsMPerS.length > 1 ? speedsMPerS[1] - speedsMPerS[0] : 1;
  const above =
    speedsMPerS.reduce(
      (total, speed, s) => total + weights[s] * Math.min(1, Math.max(0, (speed + step / 2 - meanMPerS) / step)),
      0,
    ) / sum;
  if (!(above > 0 && above < 1)) return null;
  return fitWeibullWasp({
    n: speedsMPerS.length,
    meanMPerS,
    stdMPerS: Math.sqrt(Math.max(0, moment(2) - meanMPerS ** 2)),
    meanCube: moment(3),
    fractionAboveMean: above,
  });
}

function histogram(wsMPerS: ArrayLike<number>): { speed: number; density: number }[] {
  const counts = new Float64Array(40);
  for (let i = 0; i < wsMPerS.length; i++) counts[Math.min(39, Math.floor(wsMPerS[i]))]++;
  const last = counts.findLastIndex((count) => count > 0);
  return Array.from(counts.subarray(0, last + 1), (count, k) => ({ speed: k + 0.5, density: count / wsMPerS.length }));
}

/** Distribution over all sectors, in steps of 1 m/s. */
function mixture(sectors: readonly SectorWind[]): { speed: number; density: number }[] {
  const share = sectors.reduce((sum, { frequency }) => sum + frequency, 0);
  return Array.from({ length: 28 }, (_, k) => ({
    speed: k + 0.5,
    density: sectors.reduce(
      (sum, { frequency, weibull }) =>
        sum + (weibull ? (frequency / share) * (weibullCdf(weibull, k + 1) - weibullCdf(weibull, k)) : 0),
      0,
    ),
  }));
}

/** Bounds of the rose's classes of speed, in the unit of the report. */
const CLASSES = { metric: [5, 10, 15], imperial: [10, 20, 30] } as const;

function roseFigure({ text, format }: ReportContext, job: WindJob) {
  const { sectors } = yieldOf(job);
  const winds = sectorWinds(job).sectors;
  const main = prevailing(sectors);
  const { speed } = format;
  const bounds = CLASSES[format.units];
  // Sectors of the wind may be fewer than those of the result: then each shows its whole.
  const classes = winds.length === sectors.length ? bounds : [];
  const [first, last] = [String(bounds[0]), `${bounds[bounds.length - 1]} ${speed.unit}`];
  return figure(
    text('wind.rose_caption', { unit: speed.unit }),
    text('wind.rose_alt', {
      direction: format.fixed(main.direction_deg),
      share: format.percent(100 * main.frequency, 0),
    }),
    windRose({
      size: HALF_WIDTH,
      sectors: sectors.map(({ direction_deg, frequency, mean_speed_m_s }, k) => ({
        directionDeg: direction_deg,
        shares: [...classes.map((bound) => winds[k].below(bound / speed.value(1))), 1].map(
          (share) => share * frequency,
        ),
        label: format.fixed(speed.value(mean_speed_m_s), format.isImperial ? 0 : 1),
      })),
      classes: classes.length
        ? [
            text('wind.class_below', { to: first }),
            ...classes.slice(1).map((bound, k) => `${classes[k]}\u2013${bound}`),
            text('wind.class_above', { from: last }),
          ]
        : [],
      compass: [text('compass.n'), text('compass.e'), text('compass.s'), text('compass.w')],
      format: (share) => format.percent(100 * share, 0),
    }),
  );
}

/** What turbines have of the wind for themselves. */
function siteWindText({ text, format }: ReportContext, site: NonNullable<WindYield['site_wind']>): string {
  if (site.frequency_effect_pct !== null)
    return text('wind.site_series', { effect: format.percent(site.frequency_effect_pct, 2) });
  if (site.weibull_shapes === 'by_place') return text('wind.site_shapes');
  return text(site.frequencies === 'by_place' ? 'wind.site_frequencies' : 'wind.site_speeds');
}

function resourceSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { body, climate } = job;
  const [{ hubHeightM }] = farmSpecs(job);
  const { sectors, all, bins } = sectorWinds(job);
  const speed = format.speed;
  const resource = term(text, body.resource.type === 'weather' ? 'weather_series' : body.resource.type);
  const most = 30;
  const share = sectors.reduce((sum, { frequency }) => sum + frequency, 0) || 1;
  const density = (value: number): number =>
    all
      ? weibullPdf(all, value)
      : sectors.reduce(
          (sum, { frequency, weibull }) => sum + (weibull ? (frequency / share) * weibullPdf(weibull, value) : 0),
          0,
        );
  const row = job.weather[0]?.row;
  const shear = body.shear ?? { model: 'power', alpha: 1 / 7 };
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text('wind.intro', {
        source: resource,
        height: climate.heightM === null ? text('wind.hub') : format.heightM(climate.heightM),
        hub: format.heightM(hubHeightM),
      }),
    },
    facts(context, text('wind.source'), [
      [text('wind.resource_type'), resource],
      ...(row
        ? [
            [text('resource.dataset'), row.name] as const,
            [text('resource.records'), format.fixed(row.row_count)] as const,
          ]
        : []),
      [text('wind.height'), climate.heightM === null ? text('wind.hub') : format.heightM(climate.heightM)],
      [
        text('wind.shear'),
        shear.model === 'power'
          ? text('wind.shear_power', { alpha: format.fixed((shear as { alpha: number }).alpha, 3) })
          : shear.model === 'log'
            ? text('wind.shear_log', { roughness: format.plain((shear as { roughness_m: number }).roughness_m) })
            : text('law' in shear && shear.law === 'log' ? 'wind.shear_fitted_log' : 'wind.shear_fitted'),
      ],
      ...(windYield.site_wind ? [[text('wind.site'), siteWindText(context, windYield.site_wind)] as const] : []),
      [text('wind.left_out'), format.fixed(windYield.records_excluded ?? climate.leftOut)],
      ...(climate.longTerm
        ? [
            [
              text('wind.long_term'),
              text('wind.long_term_value', {
                method: term(text, climate.longTerm.method),
                correlation: format.fixed(climate.longTerm.correlation, 3),
                measured: speed.with(climate.longTerm.measuredMPerS),
                long: speed.with(climate.longTerm.longTermMPerS),
              }),
            ] as const,
          ]
        : []),
      [
        text('wind.turbulence'),
        typeof body.turbulence_intensity === 'number'
          ? format.percent(100 * body.turbulence_intensity)
          : text('wind.by_sector'),
      ],
      [
        text('wind.density'),
        typeof body.air_density_kg_m3 === 'number'
          ? format.unit(format.fixed(body.air_density_kg_m3, 3), 'kg/m\u00b3')
          : body.air_density_kg_m3 === 'weather'
            ? text('wind.density_weather')
            : text('wind.density_curve'),
      ],
    ]),
    {
      type: 'figures',
      figures: [
        roseFigure(context, job),
        figure(
          text('wind.density_caption'),
          text('wind.density_alt', { mean: speed.with(meanSpeed(windYield)) }),
          densityChart({
            width: HALF_WIDTH,
            height: HALF_WIDTH,
            bins: bins
              .filter(({ speed: value }) => value <= most)
              .map((bin) => ({ speed: speed.value(bin.speed), density: bin.density / speed.value(1) })),
            curve: Array.from(
              { length: most * 4 + 1 },
              (_, k) => [speed.value(k / 4), density(k / 4) / speed.value(1)] as const,
            ),
            xTitle: text('axis.speed', { unit: speed.unit }),
            title: text('axis.density', { unit: format.isImperial ? 'h/mi' : 's/m' }),
            format: (value) => format.fixed(value, 2),
            names: [text(climate.resource?.kind === 'weibull' ? 'wind.all_sectors' : 'wind.records'), 'Weibull'],
          }),
        ),
      ],
    },
    {
      type: 'table',
      caption: text('wind.sector_table', { height: format.heightM(hubHeightM) }),
      columns: [
        { title: text('wind.sector') },
        { title: text('wind.frequency'), align: 'right' },
        { title: text('wind.scale', { unit: speed.unit }), align: 'right' },
        { title: text('wind.shape'), align: 'right' },
        { title: text('wind.mean_speed', { unit: speed.unit }), align: 'right' },
        { title: text('wind.gross_share'), align: 'right' },
        { title: text('figure.wake_loss'), align: 'right' },
      ],
      rows: windYield.sectors.map((sector, k) => {
        const fit = sectors.length === windYield.sectors.length ? sectors[k].weibull : null;
        return [
          `${format.fixed(sector.direction_deg, 0)}\u00b0`,
          format.percent(100 * sector.frequency),
          fit ? speed.of(fit.scaleMPerS) : '\u2013',
          fit ? format.fixed(fit.shape, 2) : '\u2013',
          speed.of(sector.mean_speed_m_s),
          format.percent((100 * sector.annual_gross_energy_kwh) / windYield.annual_gross_energy_kwh),
          format.percent(sector.wake_loss_pct),
        ];
      }),
    },
  ];
  if (all)
    blocks.push({
      type: 'note',
      text: text('wind.all_note', {
        scale: speed.with(all.scaleMPerS),
        shape: format.fixed(all.shape, 2),
        mean: speed.with(weibullMean(all)),
      }),
    });
  return { title: text('wind.title'), blocks };
}

// Turbines and layout -------------------------------------------------------------------------------------------------

function curveOf(spec: TurbineSpec): (readonly [number, number])[] {
  const { curve } = spec;
  if (curve.kind === 'table') {
    const points = curve.wsMPerS.map((ws, k) => [ws, curve.powerKw[k]] as const);
    return points.filter(([ws]) => ws <= 30);
  }
  const { cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw } = curve;
  return Array.from({ length: 101 }, (_, k) => {
    const ws = (k * cutOutMPerS) / 100;
    return [
      ws,
      ws < cutInMPerS ? 0 : ws >= ratedMPerS ? ratedKw : ratedKw * ((ws - cutInMPerS) / (ratedMPerS - cutInMPerS)) ** 3,
    ] as const;
  });
}

/** Thrust coefficients over the wind speed, where they are published. */
function thrustOf({ curve }: TurbineSpec): (readonly [number, number])[] {
  if (curve.kind === 'cubic')
    return [
      [curve.cutInMPerS, curve.ct],
      [curve.cutOutMPerS, curve.ct],
    ];
  return (curve.ct ?? []).map((ct, k) => [curve.wsMPerS[k], ct] as const).filter(([ws]) => ws <= 30);
}

function turbineSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const { specs } = job;
  const kinds = kindsOf(job);
  const used = specs
    .map((spec, k) => ({ spec, count: kinds.filter((kind) => kind === k).length }))
    .filter(({ count }) => count > 0);
  const shown = used.slice(0, 4);
  const power = format.power(Math.max(...used.map(({ spec }) => ratedPowerKw(spec))));
  const wake = wakeModelOf(job.body);
  const names = format.list(shown.map(({ spec }) => spec.name));
  const curveFigure = (
    caption: string,
    alt: string,
    yTitle: string,
    curve: (spec: TurbineSpec) => readonly (readonly [number, number])[],
  ) =>
    figure(
      caption,
      alt,
      lineChart({
        width: HALF_WIDTH,
        height: 165,
        series: shown.map(({ spec }) => ({
          name: spec.name,
          points: curve(spec).map(([ws, value]) => [format.speed.value(ws), value] as const),
        })),
        xTitle: text('axis.speed', { unit: format.speed.unit }),
        yTitle,
        xFormat: format.tick,
        yFormat: format.tick,
        fromZero: true,
      }),
    );
  return {
    title: text('turbine.title'),
    blocks: [
      {
        type: 'table',
        caption: text('turbine.table'),
        columns: [
          { title: text('turbine.type') },
          { title: text('turbine.count'), align: 'right' },
          { title: text('turbine.rated'), align: 'right' },
          { title: text('turbine.rotor'), align: 'right' },
          { title: text('turbine.hub'), align: 'right' },
          { title: text('turbine.specific'), align: 'right' },
        ],
        rows: used.map(({ spec, count }) => [
          spec.name,
          String(count),
          power.with(ratedPowerKw(spec)),
          format.heightM(spec.diameterM),
          format.heightM(spec.hubHeightM),
          format.unit(format.fixed((ratedPowerKw(spec) * 1000) / (Math.PI * (spec.diameterM / 2) ** 2)), 'W/m\u00b2'),
        ]),
      },
      {
        type: 'figures',
        figures: [
          curveFigure(
            text('turbine.curve_caption'),
            text('turbine.curve_alt', { names }),
            text('axis.power', { unit: power.unit }),
            (spec) => curveOf(spec).map(([ws, kw]) => [ws, power.value(kw)] as const),
          ),
          curveFigure(
            text('turbine.thrust_caption'),
            text('turbine.thrust_alt', { names }),
            text('axis.thrust'),
            thrustOf,
          ),
        ],
      },
      facts(context, text('turbine.models'), [
        [text('turbine.wake_model'), term(text, wake.name)],
        ...(wake.kind === 'superposed'
          ? [[text('turbine.superposition'), term(text, wake.superposition)] as const]
          : []),
        ...(wake.kind === 'superposed' && wake.turbulence
          ? [[text('turbine.turbulence'), term(text, wake.turbulence.kind)] as const]
          : []),
        [text('turbine.blockage'), term(text, job.body.wake.blockage)],
        [
          text('turbine.bins'),
          text('turbine.bins_value', {
            direction: format.plain(job.body.bins.direction_step_deg),
            speed: format.plain(job.body.bins.speed_step_m_s),
          }),
        ],
        ...used.flatMap(({ spec }) =>
          spec.source ? [[text('turbine.source', { name: spec.name }), spec.source] as const] : [],
        ),
      ]),
    ],
  };
}

const zonesOf = (parts: LayoutSite['zones']): MapZone[] =>
  parts.map((part) =>
    'radiusM' in part
      ? { circle: { x: part.xM, y: part.yM, radius: part.radiusM } }
      : { rings: [part.outer, ...(part.holes ?? [])] },
  );

/** What pictures are written with. */
export type Words = Pick<ReportContext, 'text' | 'format'>;
/** What the map of a farm needs of its job. */
export type DrawnJob = Pick<WindJob, 'job' | 'body' | 'specs'>;

/** What the maps of a farm share. */
function farmMap(words: Words, job: DrawnJob): Omit<FarmMap, 'width' | 'maxHeight'> {
  const { body, specs } = job;
  const kinds = kindsOf(job);
  const { x_m: x, y_m: y, is_fixed } = yieldOf(job).layout;
  const largestM = Math.max(...specs.map(({ diameterM }) => diameterM));
  const site = 'boundary' in body ? siteOf(body, projectionOf(body), largestM) : null;
  return {
    turbines: x.map((one, k) => ({
      x: one,
      y: y[k],
      diameterM: specs[kinds[k]].diameterM,
      isFixed: is_fixed?.[k] ?? false,
    })),
    boundary: site ? zonesOf(site.zones) : [],
    exclusions: site?.exclusions ? zonesOf(site.exclusions) : [],
    ...mapWords(words),
  };
}

/** The north arrow, the scale and the legend of a map. */
export function mapWords({ text, format }: Words): Pick<FarmMap, 'north' | 'scaleLabel' | 'scaleUnitM' | 'legend'> {
  return {
    north: text('compass.n'),
    scaleLabel: (m) => {
      const { unit, value } = format.lengthM(format.isImperial ? m : m >= 1000 ? 3000 : m);
      return format.unit(format.plain(value(m)), unit);
    },
    scaleUnitM: format.isImperial ? M_PER_MI : 1000,
    legend: {
      turbine: text('layout.turbine'),
      standing: text('layout.standing'),
      boundary: text('layout.boundary'),
      exclusion: text('layout.exclusion'),
      cable: text('layout.cable'),
      substation: text('layout.substation'),
    },
  };
}

export function layoutFigure(context: Words, job: DrawnJob, width: number, maxHeight: number) {
  const { text, format } = context;
  const { body } = job;
  const windYield = yieldOf(job);
  const { x_m: x, y_m: y } = windYield.layout;
  const substations = 'substations' in body ? body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const) : [];
  const places = [...x.map((one, k) => [one, y[k]] as const), ...substations];
  const tree = new SpanningTree(x.length, substations);
  tree.length(x as number[], y as number[]);
  return figure(
    text(x.length > MAX_NUMBERED_TURBINES ? 'layout.caption_many' : 'layout.caption'),
    text('layout.alt', {
      count: String(x.length),
      length: format.lengthM(cableLengthM(windYield)).with(cableLengthM(windYield)),
    }),
    layoutMap({
      ...farmMap(context, job),
      width,
      maxHeight,
      cables: Array.from(tree.edges(), ([a, b]) => [places[a], places[b]] as const),
      substations,
    }),
  );
}

/** Areas of a map by what they lose of the free speed, with their names. */
export function flowAreas({ text, format }: Words, contours: readonly FlowContour[]) {
  const percent = (share: number): string => format.percent(100 * share, 0);
  return contours.map(({ deficit, rings }, k) => ({
    rings,
    name:
      k + 1 < contours.length
        ? text('flow.between', { from: format.fixed(100 * deficit), to: percent(contours[k + 1].deficit) })
        : text('flow.above', { from: percent(deficit) }),
  }));
}

/** The speed behind the turbines in the prevailing wind. */
function flowFigure(context: ReportContext, job: WindJob, { area, contours }: NonNullable<WindJob['flow']>) {
  const { text, format } = context;
  const { direction_deg, mean_speed_m_s } = prevailing(yieldOf(job).sectors);
  const values = {
    direction: format.fixed(direction_deg),
    speed: format.speed.with(mean_speed_m_s),
    height: format.heightM(farmSpecs(job)[0].hubHeightM),
  };
  return figure(
    text('flow.caption', values),
    text('flow.alt', values),
    layoutMap({
      ...farmMap(context, job),
      width: FULL_WIDTH,
      maxHeight: 330,
      flow: {
        area,
        directionDeg: direction_deg,
        contours: flowAreas(context, contours),
        title: text('flow.legend'),
        windName: text('flow.wind', values),
      },
    }),
  );
}

function layoutSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { layout, turbines } = windYield;
  const energy = format.energy(
    Math.max(...turbines.map(({ annual_energy_kwh }) => annual_energy_kwh)),
    text('unit.per_year'),
  );
  const length = format.lengthM(cableLengthM(windYield));
  const places = layout.longitude_deg && layout.latitude_deg;
  const types = new Set(turbines.map(({ turbine }) => turbine)).size > 1;
  return {
    title: text('layout.title'),
    blocks: [
      {
        type: 'paragraph',
        text: text('layout.intro', { count: String(turbines.length), length: length.with(cableLengthM(windYield)) }),
      },
      layoutFigure(context, job, FULL_WIDTH, 330),
      {
        type: 'table',
        caption: text('layout.table', { unit: energy.unit }),
        dense: turbines.length > 16,
        columns: [
          { title: text('layout.number') },
          ...(types ? [{ title: text('turbine.type') }] : []),
          ...(places
            ? [
                { title: text('layout.longitude'), align: 'right' as const },
                { title: text('layout.latitude'), align: 'right' as const },
              ]
            : [
                { title: 'x [m]', align: 'right' as const },
                { title: 'y [m]', align: 'right' as const },
              ]),
          { title: text('wind.mean_speed', { unit: format.speed.unit }), align: 'right' },
          { title: text('layout.gross'), align: 'right' },
          { title: text('figure.wake_loss'), align: 'right' },
          { title: text('layout.net'), align: 'right' },
          { title: text('figure.capacity_factor'), align: 'right' },
        ],
        rows: turbines.map((one, k) => [
          String(k + 1),
          ...(types ? [one.turbine] : []),
          ...(places
            ? [format.fixed(layout.longitude_deg![k], 5), format.fixed(layout.latitude_deg![k], 5)]
            : [format.fixed(one.x_m), format.fixed(one.y_m)]),
          format.speed.of(one.mean_speed_m_s),
          energy.of(one.annual_gross_energy_kwh),
          format.percent(one.wake_loss_pct),
          energy.of(one.annual_energy_kwh),
          format.percent(one.capacity_factor_pct),
        ]),
      },
      ...(job.flow ? [flowFigure(context, job, job.flow)] : []),
    ],
  };
}

// Energy --------------------------------------------------------------------------------------------------------------

/** Energy by month of a power series, scaled from gross of losses to net [kWh]; null without a series. */
function windMonthly(job: WindJob): number[] | null {
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

function energySection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const energy = format.energy(windYield.annual_gross_energy_kwh, text('unit.per_year'));
  const monthly = windMonthly(job);
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text('energy.wind_intro', {
        gross: energy.with(windYield.annual_gross_energy_kwh),
        net: energy.with(windYield.annual_energy_kwh),
        efficiency: format.percent(100 * windYield.array_efficiency),
      }),
    },
    ...lossBlocks(
      context,
      { name: text('wind.gross'), kwh: windYield.annual_gross_energy_kwh },
      windYield.losses.map(({ name, loss_kwh }) => ({
        name: name === 'wakes' ? text('wind.wake_step') : term(text, name),
        kwh: -loss_kwh,
      })),
      text('wind.net'),
    ),
  ];
  blocks.push(monthly ? monthFigure(context, monthly) : { type: 'note', text: text('energy.no_months') });
  const bySector = format.energy(
    Math.max(...windYield.sectors.map(({ annual_gross_energy_kwh }) => annual_gross_energy_kwh)),
  );
  blocks.push(
    figure(
      text('energy.sector_caption'),
      text('energy.sector_alt'),
      barChart({
        width: FULL_WIDTH,
        height: 165,
        categories: windYield.sectors.map(({ direction_deg }) => `${format.fixed(direction_deg)}\u00b0`),
        series: [
          {
            name: text('wind.gross'),
            values: windYield.sectors.map(({ annual_gross_energy_kwh }) => bySector.value(annual_gross_energy_kwh)),
          },
          {
            name: text('energy.behind_wakes'),
            values: windYield.sectors.map(({ energy_with_wakes_kwh }) => bySector.value(energy_with_wakes_kwh)),
          },
        ],
        title: text('axis.energy', { unit: bySector.unit }),
        format: format.tick,
      }),
    ),
  );
  return { title: text('energy.title'), blocks };
}

function searchSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const body = job.body as WindOptimizeInput;
  const { best, runs, candidates } = job.job.result as unknown as WindSearch;
  // Only energies mean something by themselves; the other scores compare.
  const top = runs[best.run].score ?? 1;
  const energy = format.energy(top, text('unit.per_year'));
  const score =
    body.objective === 'aep'
      ? { title: text('search.aep', { unit: energy.unit }), value: energy.value, show: energy.of }
      : {
          title: text('search.relative'),
          value: (one: number) => (100 * one) / top,
          show: (one: number) => format.fixed((100 * one) / top, 3),
        };
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text('search.wind_intro', {
        method: term(text, body.method),
        objective: term(text, body.objective),
        runs: runs.length === 1 ? text('search.one_run') : text('search.several_runs', { count: String(runs.length) }),
        spacing: format.plain(body.min_spacing_diameters),
        seed: String(job.job.seed),
      }),
    },
    {
      type: 'table',
      caption: text('search.runs'),
      dense: runs.length > 14,
      columns: [
        { title: text('search.run') },
        { title: text('turbine.type') },
        { title: text('turbine.count'), align: 'right' },
        { title: text('search.steps'), align: 'right' },
        { title: score.title, align: 'right' },
      ],
      rows: runs.map((run, k) => [
        String(k + 1),
        candidates[run.candidate].turbine ?? text('search.mixed'),
        String(candidates[run.candidate].n_turbines),
        format.fixed(run.n_iterations),
        run.score === null ? '\u2013' : score.show(run.score),
      ]),
      strong: [best.run],
    },
  ];
  const shown = runs
    .map((run, k) => ({ ...run, k }))
    .filter(({ history }) => history.length > 1)
    .sort((a, b) => Number(b.k === best.run) - Number(a.k === best.run))
    .slice(0, 4);
  if (shown.length > 0)
    blocks.push(
      figure(
        text('search.runs_caption'),
        text('search.runs_alt', { value: score.show(runs[best.run].score ?? 0), title: score.title }),
        lineChart({
          width: FULL_WIDTH,
          height: 165,
          series: shown.map(({ k, history, n_iterations }) => ({
            name: `${text('search.run')} ${k + 1}`,
            points: [...history, [n_iterations, history[history.length - 1][1]] as const].map(
              ([step, value]) => [step, score.value(value)] as const,
            ),
          })),
          xTitle: text('search.steps'),
          yTitle: score.title,
          xFormat: format.tick,
          yFormat: format.tick,
        }),
      ),
    );
  const front = windFront(job);
  const names = Object.keys(front[0] ?? {});
  if (front.length > 1 && names.length >= 2) {
    const [first, second] = names;
    const numbers = (name: string): number[] => front.map((one) => one[name]);
    const scale = (name: string) =>
      name === 'energy_with_wakes_kwh' || name === 'energy_with_wakes_kwh_per_turbine'
        ? format.energy(Math.max(...numbers(name)), text('unit.per_year'))
        : name === 'cable_length_m'
          ? format.lengthM(Math.max(...numbers(name)))
          : { unit: '', value: (value: number) => value };
    const [a, b] = [scale(first), scale(second)];
    const axis = (name: string, unit: string): string => (unit ? `${term(text, name)} [${unit}]` : term(text, name));
    blocks.push(
      figure(
        text('search.pareto_caption'),
        text('search.pareto_alt', { count: String(front.length), x: axis(second, b.unit), y: axis(first, a.unit) }),
        scatterChart({
          width: FULL_WIDTH,
          height: 190,
          points: front.map((one) => [b.value(one[second]), a.value(one[first])] as const),
          xTitle: axis(second, b.unit),
          yTitle: axis(first, a.unit),
          xFormat: format.tick,
          yFormat: format.tick,
        }),
      ),
    );
  }
  return { title: text('search.title'), blocks };
}

// Data ----------------------------------------------------------------------------------------------------------------

export function windSheets(job: WindJob, prefix = ''): DataSheet[] {
  const windYield = yieldOf(job);
  const column = <Row extends object>(rows: readonly Row[], name: keyof Row & string) => ({
    name,
    values: rows.map((row) => row[name] as unknown as number | string),
  });
  const monthly = windMonthly(job);
  const { sectors } = sectorWinds(job);
  const hasFits = sectors.length === windYield.sectors.length;
  return [
    ...(monthly
      ? [
          {
            name: `${prefix}monthly`,
            columns: [
              { name: 'month', values: monthly.map((_, m) => m + 1) },
              { name: 'energy_kwh', values: monthly },
            ],
          },
        ]
      : []),
    {
      name: `${prefix}losses`,
      columns: [
        { name: 'step', values: ['gross', ...windYield.losses.map(({ name }) => name)] },
        { name: 'loss_pct', values: [null, ...windYield.losses.map(({ loss_pct }) => loss_pct)] },
        {
          name: 'remaining_kwh',
          values: [windYield.annual_gross_energy_kwh, ...windYield.losses.map(({ remaining_kwh }) => remaining_kwh)],
        },
      ],
    },
    {
      name: `${prefix}sectors`,
      columns: [
        ...(
          [
            'direction_deg',
            'frequency',
            'mean_speed_m_s',
            'annual_gross_energy_kwh',
            'energy_with_wakes_kwh',
            'wake_loss_pct',
          ] as const
        ).map((name) => column(windYield.sectors, name)),
        ...(hasFits
          ? [
              { name: 'weibull_scale_m_s', values: sectors.map(({ weibull }) => weibull?.scaleMPerS ?? null) },
              { name: 'weibull_shape', values: sectors.map(({ weibull }) => weibull?.shape ?? null) },
            ]
          : []),
      ],
    },
    {
      name: `${prefix}turbines`,
      columns: [
        { name: 'number', values: windYield.turbines.map((_, k) => k + 1) },
        ...(['turbine', 'x_m', 'y_m'] as const).map((name) => column(windYield.turbines, name)),
        ...(windYield.layout.longitude_deg && windYield.layout.latitude_deg
          ? [
              { name: 'longitude_deg', values: windYield.layout.longitude_deg },
              { name: 'latitude_deg', values: windYield.layout.latitude_deg },
            ]
          : []),
        ...(
          [
            'rated_kw',
            'mean_speed_m_s',
            'annual_gross_energy_kwh',
            'energy_with_wakes_kwh',
            'wake_loss_pct',
            'annual_energy_kwh',
            'capacity_factor_pct',
          ] as const
        ).map((name) => column(windYield.turbines, name)),
      ],
    },
    ...(job.power
      ? [
          {
            name: `${prefix}hourly`,
            columns: Object.entries(job.power.columns).map(([name, values]) => ({ name: shownName(name), values })),
            workbookRows: 17_568,
            instants: ['time'],
          },
        ]
      : []),
  ];
}
