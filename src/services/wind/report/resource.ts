/** The wind: where its data come from, how it blows by direction and speed. */
import { densityChart, windRose } from '../../../documents/charts/wind.ts';
import { OPEN_LAND_ALPHA } from '../../../contracts/wind/requests.schema.ts';
import type { Block, Figure, Section, Table } from '../../../documents/model.ts';
import { HALF_WIDTH } from '../../../documents/model.ts';
import { turbulenceCategoryFor, windClassFor } from '../../../wind/resource/extreme.ts';
import { weibullMean } from '../../../wind/resource/weibull.ts';
import { type WindStrength, windStrength } from '../../../wind/resource/wind-strength.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, figure } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import { densityOf } from '../setup.ts';
import type { WindJob, WindAnalysis } from './wind-job.ts';
import { farmSpecs, meanSpeed, prevailing, yieldOf } from './wind-job.ts';

/** Exponent of the shear of extreme winds [1]. IEC 61400-1, extreme wind speed model */
const EXTREME_SHEAR = 0.11;

export function resourceSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  return {
    title: text('wind.title'),
    blocks: [
      {
        type: 'paragraph',
        text: text(isAtHub(job) ? 'wind.intro_hub' : 'wind.intro', {
          source: resourceName(context, job),
          height: heightText(context, job),
          hub: format.heightM(farmSpecs(job)[0].hubHeightM),
        }),
      },
      sourceTable(context, job),
      { type: 'figures', figures: [roseFigure(context, job), densityFigure(context, job)] },
      sectorTable(context, job),
      ...allSectorsNote(context, job),
    ],
  };
}

const resourceName = ({ text }: ReportContext, { body: { resource } }: WindJob): string =>
  term(text, resource?.type ?? 'weather_series');

/** Whether the speeds of the wind are those at all hubs already */
const isAtHub = (job: WindJob): boolean =>
  farmSpecs(job).every(({ hubHeightM }) => (job.climate.heightM ?? hubHeightM) === hubHeightM);

const heightText = ({ text, format }: ReportContext, { climate: { heightM } }: WindJob): string =>
  heightM === null ? text('wind.hub') : format.heightM(heightM);

/** Returns the table with the source of the wind data and the assumptions about them. */
function sourceTable(context: ReportContext, job: WindJob): Table {
  const { text, format } = context;
  const { body, climate } = job;
  const windYield = yieldOf(job);
  const siteWind = 'site_wind' in windYield ? windYield.site_wind : null;
  const { speed } = format;
  const row = job.weather[0]?.row;
  return facts(context, text('wind.source'), [
    [text('wind.resource_type'), resourceName(context, job)],
    ...(row
      ? [
          [text('resource.dataset'), row.name] as const,
          [text('resource.records'), format.fixed(row.row_count)] as const,
        ]
      : []),
    [text('wind.height'), heightText(context, job)],
    [text('wind.shear'), shearText(context, job)],
    ...(siteWind ? [[text('wind.site'), siteWindText(context, siteWind)] as const] : []),
    [
      text('wind.left_out'),
      format.fixed('n_records_excluded' in windYield ? windYield.n_records_excluded : climate.leftOut),
    ],
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
    [text('wind.density'), densityText(context, job)],
    ...classRows(context, job),
  ]);
}

/** Returns the strength of the wind, from what was measured or from the series itself; null without a series. */
function strengthOf({ climate: { strength, resource, timeMs } }: WindJob): WindStrength | null {
  if (strength || resource?.kind !== 'series' || !timeMs) return strength;
  return windStrength({ wsMPerS: Float64Array.from(resource.wsMPerS), timeMs, stepMs: resource.stepHours * 3.6e6 });
}

const yearsText = ({ text }: ReportContext, years: number): string =>
  years < 2
    ? text(years === 0 ? 'wind.extreme_no_year' : 'wind.extreme_one_year')
    : text('wind.extreme_short', { years: String(years) });

/** Says how strong the wind is at its extremes, how well that is known, and which class of IEC 61400-1 bears it. */
function classRows(context: ReportContext, job: WindJob): (readonly [string, string])[] {
  const { text, format } = context;
  const { body, climate } = job;
  const { speed } = format;
  const stated = [...new Set(body.turbines.flatMap(({ iec_class }) => iec_class ?? []))];
  const statedRows = stated.length > 0 ? [[text('wind.class_stated'), format.list(stated)] as const] : [];
  const strength = strengthOf(job);
  const extreme = strength?.extreme50MPerS;
  if (!strength || extreme == null)
    return [
      [text('wind.extreme'), strength ? yearsText(context, strength.nYears) : text('wind.extreme_unknown')],
      ...statedRows,
    ];
  const [{ hubHeightM }] = farmSpecs(job);
  const heightM = climate.heightM ?? hubHeightM;
  const hubMPerS = extreme * (hubHeightM / heightM) ** EXTREME_SHEAR;
  const windClass = windClassFor(hubMPerS, meanSpeed(yieldOf(job)));
  const category = strength.std15MPerS === null ? null : turbulenceCategoryFor(strength.std15MPerS);
  return [
    [
      text('wind.extreme'),
      text(strength.stepMs > 600_000 ? 'wind.extreme_long_means' : 'wind.extreme_value', {
        value: speed.of(extreme),
        error: speed.with(strength.extreme50ErrorMPerS ?? 0),
        height: format.heightM(heightM),
        years: String(strength.nYears),
        minutes: format.plain(strength.stepMs / 60_000),
      }),
    ],
    [
      text('wind.class'),
      text('wind.class_value', {
        name: windClass === null ? 'S' : `${windClass}${category ?? ''}`,
        extreme: speed.with(hubMPerS),
        hub: format.heightM(hubHeightM),
        turbulence: text(category === null ? 'wind.class_no_turbulence' : 'wind.class_turbulence'),
      }),
    ],
    ...statedRows,
  ];
}

/** Says which density of the air the power curves were corrected to, and where it comes from. */
function densityText({ text, format }: ReportContext, job: WindJob): string {
  const { body, climate } = job;
  const kgM3 = densityOf(body, climate, farmSpecs(job)[0].hubHeightM);
  if (kgM3 === undefined) return text('wind.density_curve');
  const density = format.unit(format.fixed(kgM3, 3), 'kg/m\u00b3');
  if (body.air)
    return text('wind.density_air', { density, elevation: format.heightM(Math.round(body.air.elevation_m)) });
  return body.air_density_kg_m3 === 'weather' ? text('wind.density_weather', { density }) : density;
}

function shearText({ text, format }: ReportContext, { body }: WindJob): string {
  const shear = body.shear ?? { model: 'power', alpha: OPEN_LAND_ALPHA };
  return shear.model === 'power'
    ? text('wind.shear_power', { alpha: format.fixed((shear as { alpha: number }).alpha, 3) })
    : shear.model === 'log'
      ? text('wind.shear_log', { roughness: format.plain((shear as { roughness_m: number }).roughness_m) })
      : text('law' in shear && shear.law === 'log' ? 'wind.shear_fitted_log' : 'wind.shear_fitted');
}

/** Says which properties of the wind differ from turbine to turbine. */
function siteWindText({ text, format }: ReportContext, site: NonNullable<WindAnalysis['site_wind']>): string {
  if (site.frequency_effect_pct !== null)
    return text('wind.site_series', { effect: format.percent(site.frequency_effect_pct, 2) });
  if (site.weibull_shapes === 'by_place') return text('wind.site_shapes');
  return text(site.frequencies === 'by_place' ? 'wind.site_frequencies' : 'wind.site_speeds');
}

/** Bounds of the rose's classes of speed, in the unit of the report. */
const CLASSES = { metric: [5, 10, 15], imperial: [10, 20, 30] } as const;

export function roseFigure({ text, format }: ReportContext, job: WindJob) {
  const { sectors } = yieldOf(job);
  const winds = job.hubWind.sectors;
  const main = prevailing(sectors);
  const { speed } = format;
  const bounds = CLASSES[format.units];
  // Sectors of the wind may be fewer than those of the result: then each shows its whole.
  const classes = winds.length === sectors.length ? bounds : [];
  const [first, last] = [String(bounds[0]), `${bounds[bounds.length - 1]} ${speed.unit}`];
  return figure(
    text('wind.rose_caption', { unit: speed.unit }),
    text('wind.rose_alt', {
      direction: format.fixed(main.wind_direction_deg),
      share: format.percent(100 * main.frequency, 0),
    }),
    windRose({
      size: HALF_WIDTH,
      sectors: sectors.map(({ wind_direction_deg, frequency, wind_speed_mean_m_s }, k) => ({
        directionDeg: wind_direction_deg,
        shares: [...classes.map((bound) => winds[k].below(bound / speed.value(1))), 1].map(
          (share) => share * frequency,
        ),
        label: format.fixed(speed.value(wind_speed_mean_m_s), format.isImperial ? 0 : 1),
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

/** The highest wind speed of the chart [m/s] */
const MAX_M_PER_S = 30;

/** Draws the distribution of the speeds over all directions. */
function densityFigure({ text, format }: ReportContext, job: WindJob): Figure {
  const { speed } = format;
  const { bins, density } = job.hubWind;
  return figure(
    text('wind.density_caption'),
    text('wind.density_alt', { mean: speed.with(meanSpeed(yieldOf(job))) }),
    densityChart({
      width: HALF_WIDTH,
      height: HALF_WIDTH,
      maxSpeed: speed.value(MAX_M_PER_S),
      bins: bins
        .filter(({ speed: value }) => value <= MAX_M_PER_S)
        .map((bin) => ({ speed: speed.value(bin.speed), density: bin.density / speed.value(1) })),
      curve:
        density &&
        Array.from(
          { length: MAX_M_PER_S * 4 + 1 },
          (_, k) => [speed.value(k / 4), density(k / 4) / speed.value(1)] as const,
        ),
      xTitle: text('axis.speed', { unit: speed.unit }),
      title: text('axis.density', { unit: format.isImperial ? 'h/mi' : 's/m' }),
      format: (value) => format.fixed(value, 2),
      names: [text(job.climate.resource?.kind === 'weibull' ? 'wind.all_sectors' : 'wind.records'), 'Weibull'],
    }),
  );
}

function sectorTable({ text, format }: ReportContext, job: WindJob): Table {
  const windYield = yieldOf(job);
  const { sectors } = job.hubWind;
  const [{ hubHeightM }] = farmSpecs(job);
  const { speed } = format;
  return {
    type: 'table',
    caption: text('wind.sector_table', { height: format.heightM(hubHeightM) }),
    // With larger rows the table of twelve sectors leaves a third of the page before it empty.
    dense: true,
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
        `${format.fixed(sector.wind_direction_deg, 0)}\u00b0`,
        format.percent(100 * sector.frequency),
        fit ? speed.of(fit.scaleMPerS) : '\u2013',
        fit ? format.fixed(fit.shape, 2) : '\u2013',
        speed.of(sector.wind_speed_mean_m_s),
        format.percent((100 * sector.annual_gross_energy_kwh) / windYield.annual_gross_energy_kwh),
        format.percent(sector.wake_loss_pct),
      ];
    }),
  };
}

/** Returns the distribution over all directions, or says that none fits. */
function allSectorsNote({ text, format }: ReportContext, { hubWind: { all, density, calms } }: WindJob): Block[] {
  if (!density) return [{ type: 'note', text: text('wind.no_fit') }];
  if (!all) return [];
  const { scaleMPerS, shape } = all;
  const { speed } = format;
  const fit = { scale: speed.with(scaleMPerS), shape: format.fixed(shape, 2), mean: speed.with(weibullMean(all)) };
  return [
    {
      type: 'note',
      text: calms
        ? text('wind.all_note_calms', {
            ...fit,
            calms: format.percent(100 * calms.share),
            mean_all: speed.with(calms.meanMPerS),
          })
        : text('wind.all_note', fit),
    },
  ];
}
