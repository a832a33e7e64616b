/** Doubts about uploaded wind resources: what a reader of the file would ask its author. */
import { type WindWarning, warnWind } from '../../contracts/wind/warnings.ts';
import { coveredMonths, FLAG_OK, monthlyCoverage, type SeriesQuality } from './series-quality.ts';
import type { SectorShear } from './shear.ts';
import { fitSectorTurbulence } from './turbulence.ts';
import type { GeneralisedClimate } from './generalised-climate.ts';
import type { ObservedWindClimate, ResourcePoint, WindResourceGrid } from './wasp.ts';
import { fitWeibullWasp, speedMoments, weibullMean, weibullPowerDensity } from './weibull.ts';

/** Least share of usable records without a word [1] */
const COVERAGE = 0.9;
/** Months of the year from which a measurement counts as one of a year */
const MONTHS_OF_A_YEAR = 10;
const CALM_HOURS = 48;
/** Share of the records from which a fault of a sensor needs a word of its own [1] */
const MANY_SHARE = 0.005;
/** Difference between two means of one wind that needs a word [1] */
const MEAN_DIFFERENCE = { seasons: 0.01, weibull: 0.05 };
/** No site on the globe has a higher mean [m/s] */
const LARGEST_MEAN_M_PER_S = 15;
/** Directions of a year reach all around */
const ROUND_DEG = 90;
const SHEAR = { min: -0.1, max: 0.5, records: 100 };
const TURBULENCE = { min: 0.03, max: 0.3 };
/** Records below tell little of a mean */
const MANY_RECORDS = 1000;
const MS_OF_HOUR = 3.6e6;
const HOURS_OF_YEAR = 8766;
/** Share of the records beyond whole years, or of the time in one gap, that needs a word [1]: seasons differ by 30 % in energy, so that it moves the yield by 1 % */
const SHARE_OF_RECORDS = 0.03;
/** Difference of power densities that rounding of A and k does not explain [1] */
const POWER_DIFFERENCE = 0.2;
/** The Global Wind Atlas has 200 m and 1.5 m, WAsP's own climates at most 300 m; cities have roughness lengths of 2 m [m]. */
const LARGEST_LIB = { heightM: 350, roughnessM: 3 } as const;

export interface SeriesToDoubt {
  readonly quality: SeriesQuality;
  readonly wsMPerS: Float64Array;
  readonly wdDeg: Float64Array;
  readonly stdMPerS?: Float64Array;
  readonly shear: readonly SectorShear[] | null;
}

export function seriesDoubts(series: SeriesToDoubt): WindWarning[] {
  const { quality, wsMPerS, wdDeg, stdMPerS, shear } = series;
  const { counts, flags, leftOut, availability } = quality;
  const share = (n: number) => ({ n_records: n, share_pct: (100 * n) / flags.length });
  const left = flags.length - counts.ok;
  const isMany = (n: number) => n >= MANY_SHARE * flags.length;
  const months = coveredMonths(monthlyCoverage(quality));
  const isYear = months >= MONTHS_OF_A_YEAR;
  return [
    ...(left > 0 ? [warnWind('wind.records_left_out', { n_records: left, n_records_in_file: flags.length })] : []),
    ...leftOut.flatMap(({ column, outOfRange, example }) =>
      outOfRange > 0 && example !== null
        ? [warnWind('wind.values_excluded', { n_values: outOfRange, column, example })]
        : [],
    ),
    ...(isMany(counts.stuck) ? [warnWind('wind.sensor_stuck', share(counts.stuck))] : []),
    ...(isMany(counts.icing) ? [warnWind('wind.sensor_iced', share(counts.icing))] : []),
    ...calmDoubts(quality),
    ...(availability < COVERAGE ? [warnWind('wind.coverage_low', { coverage_pct: 100 * availability })] : []),
    ...(availability < COVERAGE ? [] : gapDoubts(quality)),
    ...(isYear ? [] : [warnWind('wind.measurement_short', { n_months: months })]),
    ...(isYear && months < 12 ? [warnWind('wind.months_missing', { n_months: months })] : []),
    ...(months === 12 ? [...seasonDoubts(quality), ...yearDoubts(quality)] : []),
    ...speedDoubts(wsMPerS),
    ...directionDoubts(wdDeg),
    ...shearDoubts(shear),
    ...turbulenceDoubts(wsMPerS, stdMPerS, wdDeg),
  ];
}

/** Long times of exactly no wind */
function calmDoubts({ wind: { wsMPerS }, stepMs }: SeriesQuality): WindWarning[] {
  let longest = 0;
  let run = 0;
  for (const ws of wsMPerS) {
    run = ws === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  const hours = (longest * stepMs) / MS_OF_HOUR;
  return hours >= CALM_HOURS ? [warnWind('wind.calm_long', { hours })] : [];
}

/** Compares the mean of all records with that of twelve months of equal weight. */
function seasonDoubts({ flags, wind: { wsMPerS, timeMs } }: SeriesQuality): WindWarning[] {
  const sums = Array.from({ length: 12 }, () => ({ n: 0, sum: 0 }));
  flags.forEach((flag, i) => {
    if (flag !== FLAG_OK) return;
    const month = sums[new Date(timeMs[i]).getUTCMonth()];
    month.n++;
    month.sum += wsMPerS[i];
  });
  const all = sums.reduce((total, { n, sum }) => ({ n: total.n + n, sum: total.sum + sum }));
  const mean_m_s = all.sum / all.n;
  const monthly_mean_m_s = sums.reduce((total, { n, sum }) => total + sum / n / 12, 0);
  return Math.abs(mean_m_s / monthly_mean_m_s - 1) > MEAN_DIFFERENCE.seasons
    ? [warnWind('wind.seasons_uneven', { mean_m_s, monthly_mean_m_s })]
    : [];
}

/** A measurement of whole years has each season as often as the others. */
function yearDoubts({ wind: { timeMs } }: SeriesQuality): WindWarning[] {
  const n_years = (timeMs[timeMs.length - 1] - timeMs[0]) / (MS_OF_HOUR * HOURS_OF_YEAR);
  const beyond = Math.abs(n_years - Math.round(n_years));
  return beyond > SHARE_OF_RECORDS * n_years ? [warnWind('wind.years_not_whole', { n_years })] : [];
}

/** A gap takes its season out of the mean. */
function gapDoubts({ gaps, wind: { timeMs } }: SeriesQuality): WindWarning[] {
  const longestMs = gaps.reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0);
  const isLong = longestMs > SHARE_OF_RECORDS * (timeMs[timeMs.length - 1] - timeMs[0]);
  return isLong ? [warnWind('wind.gap_long', { n_days: longestMs / (24 * MS_OF_HOUR) })] : [];
}

function speedDoubts(wsMPerS: Float64Array): WindWarning[] {
  if (wsMPerS.length < MANY_RECORDS) return [];
  const moments = speedMoments(wsMPerS);
  const mean_m_s = moments.meanMPerS;
  const fit = fitWeibullWasp(moments);
  const fitted_mean_m_s = fit === null ? mean_m_s : weibullMean(fit);
  return [
    ...(mean_m_s > LARGEST_MEAN_M_PER_S ? [warnWind('wind.speed_unit_doubtful', { mean_m_s })] : []),
    ...(Math.abs(fitted_mean_m_s / mean_m_s - 1) > MEAN_DIFFERENCE.weibull
      ? [warnWind('wind.weibull_fit_poor', { mean_m_s, fitted_mean_m_s })]
      : []),
  ];
}

function directionDoubts(wdDeg: Float64Array): WindWarning[] {
  if (wdDeg.length < MANY_RECORDS) return [];
  const max_deg = wdDeg.reduce((a, b) => Math.max(a, b), 0);
  return max_deg < ROUND_DEG ? [warnWind('wind.direction_unit_doubtful', { max_deg })] : [];
}

function shearDoubts(shear: readonly SectorShear[] | null): WindWarning[] {
  const odd = shear?.find(
    ({ n, alpha }) => n >= SHEAR.records && alpha !== null && (alpha < SHEAR.min || alpha > SHEAR.max),
  );
  return odd?.alpha == null
    ? []
    : [warnWind('wind.measured_shear_unusual', { direction_deg: odd.centreDeg, alpha: odd.alpha })];
}

function turbulenceDoubts(
  wsMPerS: Float64Array,
  stdMPerS: Float64Array | undefined,
  wdDeg: Float64Array,
): WindWarning[] {
  const [all] = stdMPerS ? fitSectorTurbulence(wsMPerS, stdMPerS, wdDeg, 1) : [];
  if (!all || all.meanTi === null || all.n < SHEAR.records) return [];
  return all.meanTi < TURBULENCE.min || all.meanTi > TURBULENCE.max
    ? [warnWind('wind.measured_turbulence_unusual', { turbulence_intensity: all.meanTi })]
    : [];
}

/** Frequencies are shares, percent or per mille. */
const SCALES = [1, 100, 1000];
const SCALE_TOLERANCE = { frequencies: 0.02, histogram: 0.005 };

const isWhole = (sum: number, tolerance: number): boolean =>
  SCALES.some((scale) => Math.abs(sum / scale - 1) <= tolerance);
/** A bin that is wider than the others by this much stands for two. */
const WIDE_BIN = 1.9;

export function tabDoubts({
  frequency,
  frequencySum: sum,
  histogramSums,
  upperMPerS,
}: ObservedWindClimate): WindWarning[] {
  const sector = histogramSums.findIndex((total, s) => frequency[s] > 0 && !isWhole(total, SCALE_TOLERANCE.histogram));
  const widths = upperMPerS.map((upper, k) => upper - (upperMPerS[k - 1] ?? 0));
  const usual_m_s = [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)];
  const wide = widths.findIndex((width) => width > WIDE_BIN * usual_m_s);
  return [
    ...(isWhole(sum, SCALE_TOLERANCE.frequencies) ? [] : [warnWind('wind.file_frequencies_scaled', { sum })]),
    ...(sector < 0
      ? []
      : [warnWind('wind.file_histogram_incomplete', { sector: sector + 1, sum: histogramSums[sector] })]),
    ...(wide < 0
      ? []
      : [warnWind('wind.file_bins_uneven', { upper_m_s: upperMPerS[wide], width_m_s: widths[wide], usual_m_s })]),
  ];
}

export function gridDoubts({ columns, rows, cellM, points }: WindResourceGrid): WindWarning[] {
  const n_points = columns * rows;
  const n_missing = n_points - points.length;
  return [
    ...(n_points === 1 ? [warnWind('wind.grid_one_point', { cell_m: cellM })] : []),
    ...(n_missing > 0 ? [warnWind('wind.grid_incomplete', { n_missing, n_points })] : []),
  ];
}

/** @param hasDensity whether the power of the points is a power density; in .rsf files it may be an energy */
export function pointDoubts(points: readonly ResourcePoint[], hasDensity: boolean): WindWarning[] {
  const areFar = (a: number, b: number): boolean => Math.abs(a / b - 1) > POWER_DIFFERENCE;
  const scaled = points.find(({ frequencySum }) => !isWhole(frequencySum, SCALE_TOLERANCE.frequencies));
  const odd = points.find(
    ({ all, powerDensityWm2: stated }) => hasDensity && stated > 0 && areFar(stated, weibullPowerDensity(all)),
  );
  const split = points.find((point) => areFar(sectorsPowerDensity(point), weibullPowerDensity(point.all)));
  return [
    ...(scaled ? [warnWind('wind.file_frequencies_scaled', { sum: scaled.frequencySum })] : []),
    ...(odd
      ? [
          warnWind('wind.grid_power_mismatch', {
            x_m: odd.xM,
            y_m: odd.yM,
            power_density_w_m2: odd.powerDensityWm2,
            computed_w_m2: weibullPowerDensity(odd.all),
          }),
        ]
      : []),
    ...(split
      ? [
          warnWind('wind.grid_sectors_mismatch', {
            x_m: split.xM,
            y_m: split.yM,
            sectors_w_m2: sectorsPowerDensity(split),
            all_w_m2: weibullPowerDensity(split.all),
          }),
        ]
      : []),
  ];
}

const sectorsPowerDensity = ({ frequency, weibull }: ResourcePoint): number =>
  frequency.reduce((sum, share, s) => sum + share * weibullPowerDensity(weibull[s]), 0);

export function libDoubts({ frequencySums, heightsM, roughnessM }: GeneralisedClimate): WindWarning[] {
  const sum = frequencySums.find((one) => !isWhole(one, SCALE_TOLERANCE.frequencies));
  const [height_m, roughness_m] = [Math.max(...heightsM), Math.max(...roughnessM)];
  return [
    ...(sum === undefined ? [] : [warnWind('wind.file_frequencies_scaled', { sum })]),
    ...(height_m > LARGEST_LIB.heightM || roughness_m > LARGEST_LIB.roughnessM
      ? [warnWind('wind.file_lengths_doubtful', { height_m, roughness_m })]
      : []),
  ];
}
