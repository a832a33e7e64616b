/** Reads and summarises files of wind resources in a compute thread, and reads them again for a job. */
import type { WIND_FILE_FORMATS } from '../contracts/wind/library.schema.ts';
import { inflateSync } from 'node:zlib';
import { fileText } from '../contracts/common/file-text.ts';
import { windError } from './check.ts';
import type { WindIoSystem } from './formats/windio.ts';
import { parseWindIo } from './formats/windio.ts';
import { annualMaxima, returnSpeed } from './resource/extreme.ts';
import { checkSeries, FLAG_OK } from './resource/series-quality.ts';
import { fitSectorShear } from './resource/shear.ts';
import { fitSectorTurbulence } from './resource/turbulence.ts';
import type { ObservedWindClimate, SurfaceGrid, WindResourceGrid } from './resource/wasp.ts';
import { parseGrd, parseTab, parseWrg } from './resource/wasp.ts';
import { fitSectors, fitWeibullMle, fitWeibullWasp, speedMoments, weibullPowerDensity } from './resource/weibull.ts';
import type { MeasuredWind } from './resource/wind-csv.ts';
import { parseWindCsv } from './resource/wind-csv.ts';

export type WindFileFormat = (typeof WIND_FILE_FORMATS)[number];

/** Heights of the speeds, where the file does not state them [m]. */
export interface WindFileOptions {
  readonly heightM?: number;
  readonly lowerHeightM?: number;
}

export type WindFile =
  | { readonly format: 'csv'; readonly heightM: number; readonly lowerHeightM?: number; readonly wind: MeasuredWind }
  | { readonly format: 'tab'; readonly heightM: number; readonly climate: ObservedWindClimate }
  | { readonly format: 'wrg'; readonly heightM: number; readonly grid: WindResourceGrid }
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
 * Recognises a file by its content: a Surfer grid begins with DSAA, a .wrg with five numbers, a .tab has three in its
 * second line.
 */
function recognise(text: string): WindFileFormat {
  const [first, second = ''] = text.slice(0, 4000).split(/\r?\n/);
  if (first.trim() === 'DSAA') return 'grd';
  const areNumbers = (line: string, count: number) => {
    const words = line.trim().split(/\s+/);
    return words.length === count && words.every((word) => Number.isFinite(Number(word)));
  };
  if (areNumbers(first, 5)) return 'wrg';
  if (areNumbers(second, 3)) return 'tab';
  if (/[,;]/.test(first)) return 'csv';
  throw windError('the file is none of CSV, .tab, .wrg and .grd; name its format', '/query/format');
}

/** Reads a wind file. @throws AppError `wind.invalid_input` with line, column and reason */
export function readWindFile({ bytes, isDeflated, format, options }: ReadWindInput): WindFile {
  const text = fileText(isDeflated ? inflateSync(bytes) : bytes, (reason) => windError(reason, '/file'));
  const { heightM, lowerHeightM } = options;
  switch (format ?? recognise(text)) {
    case 'csv': {
      if (heightM === undefined) throw windError('height_m is missing; a CSV needs it', '/query/height_m');
      const wind = parseWindCsv(text);
      if (wind.lowerMPerS && !(lowerHeightM !== undefined && lowerHeightM < heightM))
        throw windError(
          `lower_height_m is ${lowerHeightM ?? 'missing'}; the lower speeds need one below height_m, ${heightM}`,
          '/query/lower_height_m',
        );
      return { format: 'csv', heightM, lowerHeightM, wind };
    }
    case 'tab': {
      const climate = parseTab(text);
      return { format: 'tab', heightM: climate.heightM, climate };
    }
    case 'wrg': {
      const grid = parseWrg(text);
      return { format: 'wrg', heightM: grid.points[0].heightM, grid };
    }
    case 'grd':
      return {
        format: 'grd',
        heightM,
        sectors: text
          .split(/(?=DSAA)/)
          .filter((part) => part.trim() !== '')
          .map(parseGrd),
      };
  }
}

/** What a customer checks first. */
export interface WindFileSummary {
  readonly format: WindFileFormat;
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Reads an upload, so that a malformed one is refused before it is stored, and summarises its contents. */
export function describeWindFile(input: ReadWindInput): WindFileSummary {
  const file = readWindFile(input);
  return { format: file.format, summary: { height_m: file.heightM ?? null, ...summaryOf(file) } };
}

function summaryOf(file: WindFile): Record<string, unknown> {
  if (file.format === 'csv') return summaryOfSeries(file);
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
  if (file.format === 'wrg') {
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

function summaryOfSeries({ wind, heightM, lowerHeightM }: Extract<WindFile, { format: 'csv' }>) {
  const quality = checkSeries(wind);
  const { wsMPerS, wdDeg, lower, std } = usableRecords(wind, quality.flags);
  if (wsMPerS.length < 3) throw windError(`${wsMPerS.length} records are usable; expected at least 3`, '/file');
  const moments = speedMoments(wsMPerS);
  const mle = fitWeibullMle(wsMPerS);
  const wasp = fitWeibullWasp(moments);
  const years = Float64Array.from(wind.timeMs, (time) => new Date(time).getUTCFullYear());
  const maxima = annualMaxima(
    Float64Array.from(wind.wsMPerS, (ws, i) => (quality.flags[i] === FLAG_OK ? ws : Number.NaN)),
    years,
  );
  return {
    n_records: wind.timeMs.length,
    starts_at: new Date(wind.timeMs[0]).toISOString(),
    ends_at: new Date(wind.timeMs[wind.timeMs.length - 1]).toISOString(),
    step_minutes: quality.stepMs / 60_000,
    n_records_by_flag: quality.counts,
    gaps: quality.gaps.slice(0, 50).map(({ fromMs, toMs, steps }) => ({
      starts_at: new Date(fromMs).toISOString(),
      ends_at: new Date(toMs).toISOString(),
      n_steps: steps,
    })),
    n_gaps: quality.gaps.length,
    data_recovery_pct: 100 * quality.availability,
    wind_speed_mean_m_s: moments.meanMPerS,
    weibull_mle: { scale_m_s: mle.scaleMPerS, shape: mle.shape, power_density_w_m2: weibullPowerDensity(mle) },
    weibull_wasp: { scale_m_s: wasp.scaleMPerS, shape: wasp.shape, power_density_w_m2: weibullPowerDensity(wasp) },
    sectors: fitSectors(wsMPerS, wdDeg).map(({ centreDeg, frequency, meanMPerS, weibull }) => ({
      wind_direction_deg: centreDeg,
      frequency,
      wind_speed_mean_m_s: meanMPerS,
      scale_m_s: weibull?.scaleMPerS ?? null,
      shape: weibull?.shape ?? null,
    })),
    shear:
      lower && lowerHeightM !== undefined
        ? fitSectorShear(lower, lowerHeightM, wsMPerS, heightM, wdDeg).map(({ centreDeg, n, alpha, roughnessM }) => ({
            wind_direction_deg: centreDeg,
            n_records: n,
            alpha,
            roughness_m: roughnessM,
          }))
        : null,
    turbulence: std
      ? fitSectorTurbulence(wsMPerS, std, wdDeg).map(({ centreDeg, n, meanTi }) => ({
          wind_direction_deg: centreDeg,
          n_records: n,
          turbulence_intensity: meanTi,
        }))
      : null,
    // Extreme wind for the averaging time of the records, from at least three annual maxima.
    extreme_50_year_m_s: maxima.length >= 3 ? returnSpeed(maxima, 50) : null,
  };
}

/** Records without a flag; lower speeds only if a record has both speeds. */
export function usableRecords(
  { wsMPerS, wdDeg, lowerMPerS, stdMPerS }: MeasuredWind,
  flags: Uint8Array,
): {
  readonly wsMPerS: Float64Array;
  readonly wdDeg: Float64Array;
  readonly lower?: Float64Array;
  readonly std?: Float64Array;
} {
  const isUsable = (_: number, i: number) =>
    flags[i] === FLAG_OK && (lowerMPerS === undefined || Number.isFinite(lowerMPerS[i]));
  return {
    wsMPerS: wsMPerS.filter(isUsable),
    wdDeg: wdDeg.filter(isUsable),
    lower: lowerMPerS?.filter(isUsable),
    std: stdMPerS?.filter(isUsable),
  };
}

/** Reads a windIO document. */
const readWindIo = (bytes: Uint8Array): WindIoSystem =>
  parseWindIo(fileText(bytes, (reason) => windError(reason, '/file')));

export const WIND_LIBRARY_TASKS = { describeWindFile, readWindIo } as const;
