/** The wind of a job, from stored datasets and uploads, in the engine's form. Runs in a compute thread. */
import type { WindResource } from '../energy/analyze-farm.ts';
import { windError } from '../check.ts';
import type { McpFit, McpMethod } from './long-term.ts';
import { fitMcp, predictLongTerm } from './long-term.ts';
import type { SpeedupGrid } from './resource-grid.ts';
import { speedupsOfGrds, speedupsOfWrg } from './resource-grid.ts';
import { checkSeries } from './series-quality.ts';
import type { SectorShear } from './shear.ts';
import { fitSectorShear } from './shear.ts';
import { fitSectorTurbulence } from './turbulence.ts';
import type { WindResourceGrid } from './wasp.ts';
import { roseOfTab } from './wasp.ts';
import { decodeWeather } from '../../weather/weather-bytes.ts';
import type { ReadWindInput, WindFile } from '../library-tasks.ts';
import { readWindFile, usableRecords } from '../library-tasks.ts';

interface Place {
  readonly xM: number;
  readonly yM: number;
}

export type ClimateSource =
  | { readonly kind: 'weather'; readonly years: readonly Uint8Array[]; readonly heightM: number }
  | {
      readonly kind: 'file';
      readonly file: ReadWindInput;
      readonly reference?: Place;
      /** Corrects a measured series to the years of a reference */
      readonly longTerm?: { readonly years: readonly Uint8Array[]; readonly method: McpMethod };
    };

export interface ClimateInput {
  /** If absent, the wind is in the request, and only speed-ups are read */
  readonly source?: ClimateSource;
  /** Speed-ups from another file, relative to a reference point */
  readonly speedups?: { readonly file: ReadWindInput; readonly reference: Place };
}

/** Wind at one height, and the other data of the files. */
export interface WindClimate {
  readonly resource: WindResource | null;
  /** Whether the rose has one direction for each sector */
  readonly isBySector: boolean;
  /** Height of the speeds [m]; null: the hub's */
  readonly heightM: number | null;
  readonly grid: SpeedupGrid | null;
  /** Shear by sector, where two heights were measured */
  readonly shear: readonly SectorShear[] | null;
  /** Turbulence intensity by sector, where standard deviations were measured */
  readonly turbulence: readonly (number | null)[] | null;
  readonly meanTemperatureC: number | null;
  readonly meanPressurePa: number | null;
  /** Instants of a series [ms] */
  readonly timeMs: Float64Array | null;
  /** Number of records that were left out because of a flag or a missing value */
  readonly leftOut: number;
  /** How the long-term correction was made */
  readonly longTerm: LongTerm | null;
}

export interface LongTerm extends McpFit {
  /** Mean speeds of the measurement and of the long term [m/s] */
  readonly measuredMPerS: number;
  readonly longTermMPerS: number;
  /** Number of records for which the line gave a negative speed, which was set to 0 */
  readonly raisedToZero: number;
}

const NOTHING: WindClimate = {
  resource: null,
  isBySector: false,
  heightM: null,
  grid: null,
  shear: null,
  turbulence: null,
  meanTemperatureC: null,
  meanPressurePa: null,
  timeMs: null,
  leftOut: 0,
  longTerm: null,
};

/** Returns the wind that a resource describes. @throws AppError that names what a file lacks */
export function windClimate({ source, speedups }: ClimateInput): WindClimate {
  const climate = source === undefined ? NOTHING : source.kind === 'weather' ? ofWeather(source) : ofFile(source);
  if (!speedups) return climate;
  if (climate.grid) throw windError('the resource is a grid with its own speed-ups; expected no others', '/speedups');
  return { ...climate, grid: gridOf(readWindFile(speedups.file), speedups.reference) };
}

function gridOf(file: WindFile, reference: Place): SpeedupGrid {
  if (file.format === 'wrg') return speedupsOfWrg(file.grid, reference);
  if (file.format === 'grd') return speedupsOfGrds(file.sectors, reference);
  throw windError(`speed-ups come from .wrg or .grd; the file is a ${file.format}`, '/speedups/resource_id');
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns the mean of the finite values; null if there are none. */
function meanOf(values: Float64Array | undefined): number | null {
  const finite = values?.filter(Number.isFinite) ?? new Float64Array(0);
  return finite.length > 0 ? mean(finite) : null;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function ofWeather({ years, heightM }: Extract<ClimateSource, { kind: 'weather' }>): WindClimate {
  const weather = years.map((data) => decodeWeather(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
  const directions = weather.map(({ windDirectionDeg }, i) => {
    if (!windDirectionDeg)
      throw windError(
        `weather dataset ${i} has no wind directions; a wind analysis needs them`,
        '/resource/weather_ids',
      );
    return windDirectionDeg;
  });
  const steps = new Set(weather.map(({ stepMinutes }) => stepMinutes));
  if (steps.size > 1)
    throw windError(
      `the datasets have steps of ${[...steps].join(' and ')} minutes; expected one`,
      '/resource/weather_ids',
    );
  const [ws, wd, time] = [
    joined(weather.map((year) => year.windSpeedMPerS)),
    joined(directions),
    joined(weather.map((y) => y.timeMs)),
  ];
  const isUsable = (_: number, i: number) => Number.isFinite(ws[i]) && Number.isFinite(wd[i]);
  const wsMPerS = ws.filter(isUsable);
  return {
    ...NOTHING,
    resource: { kind: 'series', wsMPerS, wdDeg: wd.filter(isUsable), stepHours: weather[0].stepMinutes / 60 },
    heightM,
    meanTemperatureC: meanOf(joined(weather.map((year) => year.tempAirC))),
    meanPressurePa: meanOf(joined(weather.flatMap((year) => (year.pressurePa ? [year.pressurePa] : [])))),
    timeMs: time.filter(isUsable),
    leftOut: ws.length - wsMPerS.length,
  };
}

function ofFile({ file: input, reference, longTerm }: Extract<ClimateSource, { kind: 'file' }>): WindClimate {
  const file = readWindFile(input);
  const { heightM = null } = file;
  if (longTerm && file.format !== 'csv')
    throw windError(`long_term needs a measured CSV; the file is a ${file.format}`, '/resource/long_term');
  if (file.format === 'tab')
    return { ...NOTHING, resource: { kind: 'rose', rose: roseOfTab(file.climate) }, isBySector: true, heightM };
  if (file.format === 'wrg') return { ...NOTHING, ...ofResourceGrid(file.grid, reference), heightM };
  if (file.format === 'grd')
    throw windError(
      'a .grd has only speed-ups, no wind; expected it as speedups of another resource',
      '/resource/resource_id',
    );
  const { wind, lowerHeightM } = file;
  const { flags, stepMs } = checkSeries(wind);
  const { wsMPerS, wdDeg, lower, std } = usableRecords(wind, flags);
  const isUsable = (_: number, i: number) =>
    flags[i] === 0 && (!wind.lowerMPerS || Number.isFinite(wind.lowerMPerS[i]));
  const measured: WindClimate = {
    ...NOTHING,
    resource: { kind: 'series', wsMPerS, wdDeg, stepHours: stepMs / 3.6e6 },
    heightM,
    shear:
      lower && lowerHeightM !== undefined ? fitSectorShear(lower, lowerHeightM, wsMPerS, file.heightM, wdDeg) : null,
    turbulence: std ? fitSectorTurbulence(wsMPerS, std, wdDeg).map(({ meanTi }) => meanTi) : null,
    meanTemperatureC: meanOf(wind.temperatureC),
    meanPressurePa: meanOf(wind.pressurePa),
    timeMs: wind.timeMs.filter(isUsable),
    leftOut: wind.wsMPerS.length - wsMPerS.length,
  };
  return longTerm ? carried(measured, wsMPerS, longTerm) : measured;
}

/** The heights do not matter: the regression line between the two series includes them. */
const REFERENCE_HEIGHT_M = 10;
/** Minimum number of concurrent records for a line between two series. */
const MIN_CONCURRENT_RECORDS = 100;

/** Returns the speeds of the measurement in the years of a reference, with the directions of the reference. */
function carried(
  measured: WindClimate,
  siteMPerS: Float64Array,
  { years, method }: { readonly years: readonly Uint8Array[]; readonly method: McpMethod },
): WindClimate {
  const reference = ofWeather({ kind: 'weather', years, heightM: REFERENCE_HEIGHT_M });
  const { resource, timeMs } = reference;
  if (resource?.kind !== 'series' || !timeMs) throw new Error('weather is a series');
  // Records within a step of the reference count together.
  const stepMs = resource.stepHours * 3.6e6;
  const steps = new Map<number, { sum: number; n: number }>();
  measured.timeMs!.forEach((time, i) => {
    const step = Math.floor(time / stepMs);
    const { sum, n } = steps.get(step) ?? { sum: 0, n: 0 };
    steps.set(step, { sum: sum + siteMPerS[i], n: n + 1 });
  });
  const pairs: [site: number, reference: number][] = [];
  timeMs.forEach((time, k) => {
    const step = steps.get(Math.floor(time / stepMs));
    if (step) pairs.push([step.sum / step.n, resource.wsMPerS[k]]);
  });
  if (pairs.length < MIN_CONCURRENT_RECORDS)
    throw windError(
      `the measurement and its reference have ${pairs.length} steps in common; expected at least ${MIN_CONCURRENT_RECORDS}`,
      '/resource/long_term',
    );
  const concurrent = (which: 0 | 1) => Float64Array.from(pairs, (pair) => pair[which]);
  const fit = fitMcp(concurrent(0), concurrent(1), method);
  const { wsMPerS, raisedToZero } = predictLongTerm(fit, resource.wsMPerS);
  return {
    ...measured,
    resource: { ...resource, wsMPerS },
    timeMs,
    longTerm: { ...fit, measuredMPerS: mean(siteMPerS), longTermMPerS: mean(wsMPerS), raisedToZero },
  };
}

/** Returns the distributions at the grid point nearest to a position, and speed-ups relative to it. */
function ofResourceGrid(grid: WindResourceGrid, reference?: Place): Pick<WindClimate, 'resource' | 'grid'> {
  const { columns, rows, minX, minY, cellM, points } = grid;
  const xM = reference?.xM ?? minX + ((columns - 1) * cellM) / 2;
  const yM = reference?.yM ?? minY + ((rows - 1) * cellM) / 2;
  const nearest = points.reduce((best, point) =>
    Math.hypot(point.xM - xM, point.yM - yM) < Math.hypot(best.xM - xM, best.yM - yM) ? point : best,
  );
  return {
    resource: { kind: 'weibull', site: { frequency: nearest.frequency, weibull: nearest.weibull } },
    grid: speedupsOfWrg(grid, nearest),
  };
}
