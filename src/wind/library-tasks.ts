/** Reads and summarises files of wind resources in a compute thread, and reads them again for a job. */
import type { GumbelFit, WeibullFit } from '../contracts/wind/fits.ts';
import type { WIND_FILE_FORMATS } from '../contracts/wind/library.schema.ts';
import { inflateSync } from 'node:zlib';
import type { WindWarning } from '../contracts/wind/warnings.ts';
import { fileText } from '../contracts/common/file-text.ts';
import { windError } from './check.ts';
import { isSrw, parseSrw } from './formats/srw.ts';
import { placesOf } from './resource/resource-grid.ts';
import { annualMaxima, returnSpeed } from './resource/extreme.ts';
import type { SeriesQuality } from './resource/series-quality.ts';
import { checkSeries, coveredMonths, FLAG_OK, monthlyCoverage } from './resource/series-quality.ts';
import type { SectorShear } from './resource/shear.ts';
import { fitSectorShear } from './resource/shear.ts';
import { gridDoubts, libDoubts, pointDoubts, seriesDoubts, tabDoubts } from './resource/resource-doubts.ts';
import { fitSectorTurbulence } from './resource/turbulence.ts';
import { type GeneralisedClimate, parseLib } from './resource/generalised-climate.ts';
import type { ObservedWindClimate, ResourcePoint, SurfaceGrid, WindResourceGrid } from './resource/wasp.ts';
import { isResourcePoint, parseGrd, parseRsf, parseTab, parseWrg } from './resource/wasp.ts';
import type { Weibull } from './resource/weibull.ts';
import {
  fitSectors,
  fitWeibullMle,
  fitWeibullWasp,
  speedMoments,
  weibullMaxEnergySpeed,
  weibullMode,
  weibullPowerDensity,
} from './resource/weibull.ts';
import type { ReadWindTable, WindTableOptions } from './resource/wind-csv.ts';
import { parseWindCsv } from './resource/wind-csv.ts';

export type WindFileFormat = (typeof WIND_FILE_FORMATS)[number];

/** How a file is read, where it does not say so itself. */
export interface WindFileOptions extends WindTableOptions {
  /** Heights of the speeds [m] */
  readonly heightM?: number;
  readonly lowerHeightM?: number;
  readonly weibullFit?: WeibullFit;
  readonly extremeWindFit?: GumbelFit;
}

/** Measurements in text: a table of a logger, of wind software or of a reanalysis */
export interface SeriesFile extends Pick<ReadWindTable, 'wind' | 'columns'> {
  readonly format: 'csv';
  readonly heightM: number;
  readonly lowerHeightM?: number;
}

export type WindFile =
  | SeriesFile
  | { readonly format: 'tab'; readonly heightM: number; readonly climate: ObservedWindClimate }
  /** `grid` is null if the points are on none */
  | {
      readonly format: 'wrg' | 'rsf';
      readonly heightM: number;
      readonly points: readonly ResourcePoint[];
      readonly grid: WindResourceGrid | null;
    }
  | { readonly format: 'lib'; readonly heightM?: undefined; readonly climate: GeneralisedClimate }
  /** Mean speeds by sector, the first centred on north */
  | { readonly format: 'grd'; readonly heightM?: number; readonly sectors: readonly SurfaceGrid[] };

export interface ReadWindInput {
  /** Deflated or not */
  readonly bytes: Uint8Array;
  readonly isDeflated: boolean;
  readonly format?: WindFileFormat;
  readonly options: WindFileOptions;
}

/**
 * Recognises a file by its content: a Surfer grid begins with DSAA, a .wrg with five numbers, a .rsf with a point. A .tab and
 * a .lib have three numbers in their second line; the third begins with the number of sectors in a .tab, and with the
 * roughness 0 in a .lib. Any other file is a table of measurements.
 */
function recognise(text: string): WindFileFormat {
  const [first, second = '', third = ''] = text
    .replace(/^\uFEFF/, '')
    .slice(0, 4000)
    .split(/\r?\n/);
  if (first.trim() === 'DSAA') return 'grd';
  const areNumbers = (line: string, count: number) => {
    const words = line.trim().split(/\s+/);
    return words.length === count && words.every((word) => Number.isFinite(Number(word.replace(',', '.'))));
  };
  if (areNumbers(first, 5)) return 'wrg';
  if (areNumbers(second, 3)) return /^\s*0*[.,]?0+\s/.test(third) ? 'lib' : 'tab';
  return isResourcePoint(first) ? 'rsf' : 'csv';
}

/** WAsP has XML too, of the same climates as in its files of text. @throws AppError `wind.invalid_input` with the file that is read */
function refuseXml(text: string): void {
  const [, root = ''] = /^\uFEFF?\s*(?:<[?!][^>]*>\s*)*<([\w:.-]{1,100})/.exec(text.slice(0, 4000)) ?? [];
  // The description of a .tab may begin with <None>.
  if (root === '' || !text.includes(`</${root}`)) return;
  const expected = /WindClimate/i.test(root)
    ? 'In WAsP, export an observed climate (.owc) as .tab, a generalised one (.gwc) as .lib, and a predicted one (.pwc) as .rsf or .wrg.'
    : 'Expected a table of measurements, or a .tab, .lib, .wrg, .rsf or .grd of WAsP; POST /v1/wind/turbines/files reads a .wtg, and POST /v1/sites/{id}/areas reads KML.';
  throw windError(`the file is XML with <${root}>, which is not read here. ${expected}`, '/file');
}

/** Reads a wind file. @throws AppError `wind.invalid_input` with line, column and reason */
export function readWindFile({ bytes, isDeflated, format, options }: ReadWindInput): WindFile {
  const text = fileText(isDeflated ? inflateSync(bytes) : bytes, (reason) => windError(reason, '/file'));
  refuseXml(text);
  switch (format ?? recognise(text)) {
    case 'csv':
      return readSeries(text, options);
    case 'tab': {
      const climate = parseTab(text);
      return { format: 'tab', heightM: climate.heightM, climate };
    }
    case 'wrg': {
      const grid = parseWrg(text, options.heightM);
      return { format: 'wrg', heightM: grid.points[0].heightM, points: grid.points, grid };
    }
    case 'rsf': {
      const { points, grid } = parseRsf(text, options.heightM);
      return { format: 'rsf', heightM: points[0].heightM, points, grid };
    }
    case 'lib':
      return { format: 'lib', climate: parseLib(text) };
    case 'grd':
      return {
        format: 'grd',
        heightM: options.heightM,
        sectors: text
          .split(/(?=DSAA)/)
          .filter((part) => part.trim() !== '')
          .map(parseGrd),
      };
  }
}

function readSeries(text: string, options: WindFileOptions): SeriesFile {
  const isOfSam = isSrw(text.slice(0, 20_000).split(/\r?\n/));
  const { wind, columns, ...stated } = isOfSam ? parseSrw(text, options.heightM) : parseWindCsv(text, options);
  const heightM = options.heightM ?? stated.heightM;
  const lowerHeightM = options.lowerHeightM ?? stated.lowerHeightM ?? undefined;
  if (heightM === null) throw windError('height_m is missing; a CSV needs it', '/query/height_m');
  if (wind.lowerMPerS && !(lowerHeightM !== undefined && lowerHeightM < heightM))
    throw windError(
      `lower_height_m is ${lowerHeightM ?? 'missing'}; the lower speeds need one below height_m, ${heightM}`,
      '/query/lower_height_m',
    );
  return { format: 'csv', heightM, lowerHeightM, wind, columns };
}

/** What a customer checks first. */
export interface WindFileSummary {
  readonly format: WindFileFormat;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly warnings: WindWarning[];
}

/** Reads an upload, so that a malformed one is refused before it is stored, and summarises its contents. */
export function describeWindFile(input: ReadWindInput): WindFileSummary {
  const file = readWindFile(input);
  const { format, heightM = null } = file;
  if (file.format !== 'csv')
    return { format, summary: { height_m: heightM, ...summaryOf(file) }, warnings: doubtsOf(file) };
  const used = usableSeries(file);
  return {
    format,
    summary: { height_m: heightM, ...summaryOfSeries(file, used, input.options) },
    warnings: seriesDoubts(used),
  };
}

function doubtsOf(file: Exclude<WindFile, SeriesFile>): WindWarning[] {
  switch (file.format) {
    case 'tab':
      return tabDoubts(file.climate);
    case 'lib':
      return libDoubts(file.climate);
    case 'grd':
      return [];
    default:
      return [...(file.grid ? gridDoubts(file.grid) : []), ...pointDoubts(file.points, file.format === 'wrg')];
  }
}

function summaryOf(file: Exclude<WindFile, SeriesFile>): Record<string, unknown> {
  if (file.format === 'tab') {
    const { climate } = file;
    return {
      description: climate.description,
      latitude_deg: climate.latitudeDeg,
      longitude_deg: climate.longitudeDeg,
      n_sectors: climate.frequency.length,
      n_speed_bins: climate.upperMPerS.length,
      frequency: climate.frequency,
    };
  }
  if (file.format === 'lib') {
    const { description, place, roughnessM, heightsM, frequency } = file.climate;
    return {
      description,
      longitude_deg: place?.longitudeDeg ?? null,
      latitude_deg: place?.latitudeDeg ?? null,
      roughness_m: roughnessM,
      heights_m: heightsM,
      n_sectors: frequency[0].length,
    };
  }
  if ('points' in file) {
    if (!file.grid) {
      const { xM, yM } = placesOf(file.points);
      return { n_points: xM.length, n_sectors: file.points[0].frequency.length, x_m: xM, y_m: yM };
    }
    const { columns, rows, minX, minY, cellM, points } = file.grid;
    const density = points.map((point) => point.powerDensityWm2);
    return {
      n_x: columns,
      n_y: rows,
      min_x_m: minX,
      min_y_m: minY,
      cell_m: cellM,
      n_points: points.length,
      n_sectors: points[0].frequency.length,
      power_density_w_m2: {
        min: density.reduce((a, b) => Math.min(a, b)),
        max: density.reduce((a, b) => Math.max(a, b)),
      },
    };
  }
  const [first] = file.sectors;
  return {
    n_x: first.columns,
    n_y: first.rows,
    min_x_m: first.minX,
    max_x_m: first.maxX,
    min_y_m: first.minY,
    max_y_m: first.maxY,
    n_sectors: file.sectors.length,
  };
}

function summaryOfSeries({ columns }: SeriesFile, used: UsableSeries, { weibullFit, extremeWindFit }: WindFileOptions) {
  const { quality, wsMPerS, wdDeg, timeMs, stdMPerS: std } = used;
  const { wind } = quality;
  if (wsMPerS.length < 3) throw windError(`${wsMPerS.length} records are usable; expected at least 3`, '/file');
  const moments = speedMoments(wsMPerS);
  const months = monthlyCoverage(quality);
  return {
    n_records: wind.timeMs.length,
    starts_at: new Date(wind.timeMs[0]).toISOString(),
    ends_at: new Date(wind.timeMs[wind.timeMs.length - 1]).toISOString(),
    step_minutes: quality.stepMs / 60_000,
    columns,
    n_records_by_flag: quality.counts,
    n_calms_without_direction: quality.calmsWithoutDirection,
    excluded_values: quality.leftOut.map(({ column, missing, outOfRange, example }) => ({
      column,
      n_missing: missing,
      n_out_of_range: outOfRange,
      example,
    })),
    months: months.map(({ year, month, coverage }) => ({
      month: `${year}-${String(month).padStart(2, '0')}`,
      coverage_pct: 100 * coverage,
    })),
    n_months_covered: coveredMonths(months),
    gaps: quality.gaps.slice(0, 50).map(({ fromMs, toMs, steps }) => ({
      starts_at: new Date(fromMs).toISOString(),
      ends_at: new Date(toMs).toISOString(),
      n_steps: steps,
    })),
    n_gaps: quality.gaps.length,
    data_recovery_pct: 100 * quality.availability,
    wind_speed_mean_m_s: moments.meanMPerS,
    weibull_mle: weibullView(fitWeibullMle(wsMPerS)),
    weibull_wasp: weibullView(fitWeibullWasp(moments)),
    sectors: fitSectors(wsMPerS, wdDeg, 12, weibullFit).map(({ centreDeg, frequency, meanMPerS, weibull }) => ({
      wind_direction_deg: centreDeg,
      frequency,
      wind_speed_mean_m_s: meanMPerS,
      scale_m_s: weibull?.scaleMPerS ?? null,
      shape: weibull?.shape ?? null,
    })),
    shear:
      used.shear?.map(({ centreDeg, n, alpha, roughnessM }) => ({
        wind_direction_deg: centreDeg,
        n_records: n,
        alpha,
        roughness_m: roughnessM,
      })) ?? null,
    turbulence: std
      ? fitSectorTurbulence(wsMPerS, std, wdDeg).map(({ centreDeg, n, meanTi }) => ({
          wind_direction_deg: centreDeg,
          n_records: n,
          turbulence_intensity: meanTi,
        }))
      : null,
    // Extreme wind for the averaging time of the records.
    extreme_50_year_m_s: returnSpeed(annualMaxima(wsMPerS, timeMs, quality.stepMs), 50, extremeWindFit),
  };
}

const weibullView = (fit: Weibull | null) =>
  fit && {
    scale_m_s: fit.scaleMPerS,
    shape: fit.shape,
    power_density_w_m2: weibullPowerDensity(fit),
    mode_m_s: weibullMode(fit),
    max_energy_speed_m_s: weibullMaxEnergySpeed(fit),
  };

/** Records without a flag. */
export interface UsableSeries {
  readonly quality: SeriesQuality;
  readonly timeMs: Float64Array;
  readonly wsMPerS: Float64Array;
  readonly wdDeg: Float64Array;
  /** NaN where missing */
  readonly stdMPerS?: Float64Array;
  readonly temperatureC?: Float64Array;
  /** From the records that have both speeds; null without lower speeds */
  readonly shear: readonly SectorShear[] | null;
}

/** Checks a series and returns its usable records. */
export function usableSeries({ wind: read, heightM, lowerHeightM }: SeriesFile): UsableSeries {
  const quality = checkSeries(read);
  const { flags, wind } = quality;
  const isUsable = (_: number, i: number) => flags[i] === FLAG_OK;
  const hasBoth = (_: number, i: number) => flags[i] === FLAG_OK && Number.isFinite(wind.lowerMPerS?.[i]);
  const lower = wind.lowerMPerS?.filter(hasBoth);
  return {
    quality,
    timeMs: wind.timeMs.filter(isUsable),
    wsMPerS: wind.wsMPerS.filter(isUsable),
    wdDeg: wind.wdDeg.filter(isUsable),
    stdMPerS: wind.stdMPerS?.filter(isUsable),
    temperatureC: wind.temperatureC?.filter(isUsable),
    shear:
      lower && lower.length > 0 && lowerHeightM !== undefined
        ? fitSectorShear(lower, lowerHeightM, wind.wsMPerS.filter(hasBoth), heightM, wind.wdDeg.filter(hasBoth))
        : null,
  };
}
