/** The wind of a job, from stored datasets and uploads, in the engine's form. Runs in a compute thread. */
import type { StepMeasures } from '../operation/rules.ts';
import type { WindResource } from '../energy/analyze-farm.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { windError } from '../check.ts';
import type { McpFit, McpMethod } from './long-term.ts';
import { fitMcp, fitSectorMcp, monthlyCorrelation, predictBySector, predictLongTerm } from './long-term.ts';
import type { GridBounds, Places, SpeedupGrid } from './resource-grid.ts';
import { speedupsOfGrds, speedupsOfWrg } from './resource-grid.ts';
import type { SectorShear } from './shear.ts';
import { fitSectorTurbulence } from './turbulence.ts';
import { type WindStrength, windStrength } from './wind-strength.ts';
import {
  climateAt,
  type GeneralisedClimate,
  profileAt,
  requireRoughness,
  type SpeedProfile,
} from './generalised-climate.ts';
import type { ResourcePoint, WindResourceGrid } from './wasp.ts';
import { roseOfTab } from './wasp.ts';
import { coveredMonths, monthlyCoverage } from './series-quality.ts';
import { withCalmsSpread } from '../../weather/calms.ts';
import { decodeWeather } from '../../weather/weather-bytes.ts';
import type { ReadWindInput, WindFile } from '../library-tasks.ts';
import { readWindFile, usableSeries } from '../library-tasks.ts';

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
      /** Roughness length at the site [m], one or one a sector: for a generalised climate */
      readonly roughnessM?: number | readonly number[];
      /** Hub height of the first turbine type [m]: a generalised climate is read there */
      readonly hubHeightM?: number;
      /** Months of the year that a measured series must cover, unless it is corrected to the long term */
      readonly minMonths?: number;
      /** Corrects a measured series to the years of the reference that follows it best */
      readonly longTerm?: LongTermInput;
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
  /** Where the grid is, before a job reads it */
  readonly gridBounds?: GridBounds;
  /** Points of a resource that is no grid: each turbine has the wind of the nearest one */
  readonly points: readonly ResourcePoint[] | null;
  /** Where these points are, before a job reads them */
  readonly pointPlaces?: Places;
  /** Mean speed by height, where the resource has several heights */
  readonly profile: SpeedProfile | null;
  /** Place of the resource on the globe, where a file names it */
  readonly place: GeneralisedClimate['place'];
  /** Shear by sector, where two heights were measured */
  readonly shear: readonly SectorShear[] | null;
  /** Turbulence intensity by sector, where standard deviations were measured */
  readonly turbulence: readonly (number | null)[] | null;
  /** What of the strength of measured wind a turbine's class limits */
  readonly strength: WindStrength | null;
  readonly meanTemperatureC: number | null;
  readonly meanPressurePa: number | null;
  /** Instants of a series [ms] */
  readonly timeMs: Float64Array | null;
  /** What curtailment needs of the steps of a series; null for other resources, and for series without times */
  readonly steps: StepMeasures | null;
  /** Number of records that were left out because of a flag or a missing value */
  readonly leftOut: number;
  /** How the long-term correction was made */
  readonly longTerm: LongTerm | null;
}

export interface LongTermInput {
  /** Years of weather, one reference together */
  readonly years?: readonly Uint8Array[];
  /** Series of wind, each a reference */
  readonly files?: readonly ReadWindInput[];
  readonly method: McpMethod;
  /** Whether each sector of the reference has a line of its own */
  readonly isBySector?: boolean;
}

/** How well a reference follows the measurement */
export interface ReferenceQuality {
  readonly correlation: number;
  /** Correlation of the means of months; null with fewer than three months */
  readonly monthlyCorrelation: number | null;
  /** Concurrent steps */
  readonly n: number;
  readonly longTermMPerS: number;
}

export interface LongTerm extends McpFit, ReferenceQuality {
  /** All references: the weather first, then the files */
  readonly references: readonly ReferenceQuality[];
  /** Index of the one that is used */
  readonly referenceIndex: number;
  /** Lines of sectors with enough records; null: one line for all */
  readonly sectors: readonly (McpFit & { readonly centreDeg: number })[] | null;
  /** Mean speeds of the measurement and of the long term [m/s] */
  readonly measuredMPerS: number;
  /** Number of records for which the line gave a negative speed, which was set to 0 */
  readonly raisedToZero: number;
}

export const NO_CLIMATE: WindClimate = {
  resource: null,
  isBySector: false,
  heightM: null,
  grid: null,
  points: null,
  profile: null,
  place: null,
  shear: null,
  turbulence: null,
  strength: null,
  meanTemperatureC: null,
  meanPressurePa: null,
  timeMs: null,
  steps: null,
  leftOut: 0,
  longTerm: null,
};

/** Returns the wind that a resource describes. @throws AppError that names what a file lacks */
export function windClimate({ source, speedups }: ClimateInput): WindClimate {
  const climate = source === undefined ? NO_CLIMATE : source.kind === 'weather' ? ofWeather(source) : ofFile(source);
  if (!speedups) return climate;
  if (climate.grid) throw windError('the resource is a grid with its own speed-ups; expected no others', '/speedups');
  return { ...climate, grid: gridOf(readWindFile(speedups.file), speedups.reference) };
}

function gridOf(file: WindFile, reference: Place): SpeedupGrid {
  if ('grid' in file && file.grid) return speedupsOfWrg(file.grid, reference);
  if (file.format === 'grd') return speedupsOfGrds(file.sectors, reference);
  throw windError(`speed-ups come from grids, .wrg or .grd; the file is a ${file.format}`, '/speedups/resource_id');
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
  const tempC = joined(weather.map((year) => year.tempAirC));
  const timeMs = time.filter(isUsable);
  const { stepMinutes } = weather[0];
  return {
    ...NO_CLIMATE,
    resource: {
      kind: 'series',
      wsMPerS,
      wdDeg: withCalmsSpread(wsMPerS, wd.filter(isUsable)),
      stepHours: weather[0].stepMinutes / 60,
    },
    heightM,
    place: weather[0],
    meanTemperatureC: meanOf(tempC),
    meanPressurePa: meanOf(joined(weather.flatMap((year) => (year.pressurePa ? [year.pressurePa] : [])))),
    timeMs,
    // The instants of weather are the middles of its steps.
    steps: { startMs: timeMs.map((ms) => ms - 30_000 * stepMinutes), temperatureC: tempC.filter(isUsable) },
    leftOut: ws.length - wsMPerS.length,
  };
}

/** @throws AppError for a measured series that covers too few months of the year */
export function requireMonths(covered: number, minMonths: number): void {
  if (covered < minMonths)
    throw new AppError(
      'wind.invalid_input',
      `the measurement covers ${covered} months of the year; expected at least ${minMonths}`,
      {
        pointer: '/resource/n_months_min',
        fix: 'Correct it with long_term, measure longer, or lower n_months_min if the wind of these months is what you want.',
      },
    );
}

function ofFile({
  file: input,
  reference,
  roughnessM,
  hubHeightM,
  longTerm,
  minMonths = 0,
}: Extract<ClimateSource, { kind: 'file' }>): WindClimate {
  const file = readWindFile(input);
  const { heightM = null } = file;
  if (longTerm && file.format !== 'csv')
    throw windError(`long_term needs a measured CSV; the file is a ${file.format}`, '/resource/long_term');
  if (file.format === 'tab')
    return {
      ...NO_CLIMATE,
      resource: { kind: 'rose', rose: roseOfTab(file.climate) },
      isBySector: true,
      heightM,
      // Programs write 0 and 0 where they know no place.
      place: file.climate.latitudeDeg || file.climate.longitudeDeg ? file.climate : null,
    };
  if (file.format === 'lib') return ofGeneralised(file.climate, roughnessM, hubHeightM);
  if ('points' in file) {
    if (file.grid) return { ...NO_CLIMATE, ...ofResourceGrid(file.grid, reference), heightM };
    const { points } = file;
    return { ...NO_CLIMATE, resource: resourceOfPoint(referencePoint(points, reference)), points, heightM };
  }
  if (file.format === 'grd')
    throw windError(
      'a .grd has only speed-ups, no wind; expected it as speedups of another resource',
      '/resource/resource_id',
    );
  const { quality, wsMPerS, wdDeg, timeMs, shear, stdMPerS, temperatureC } = usableSeries(file);
  if (!longTerm) requireMonths(coveredMonths(monthlyCoverage(quality)), minMonths);
  const measured: WindClimate = {
    ...NO_CLIMATE,
    resource: { kind: 'series', wsMPerS, wdDeg, stepHours: quality.stepMs / 3.6e6 },
    heightM,
    shear,
    turbulence: stdMPerS ? fitSectorTurbulence(wsMPerS, stdMPerS, wdDeg).map(({ meanTi }) => meanTi) : null,
    strength: windStrength({ wsMPerS, timeMs, stdMPerS, stepMs: quality.stepMs }, input.options.extremeWindFit),
    meanTemperatureC: meanOf(quality.wind.temperatureC),
    meanPressurePa: meanOf(quality.wind.pressurePa),
    timeMs,
    steps: { startMs: timeMs, temperatureC },
    leftOut: file.wind.wsMPerS.length - wsMPerS.length,
  };
  return longTerm ? carried(measured, wsMPerS, longTerm) : measured;
}

/** The heights do not matter: the regression line between the two series includes them. */
const REFERENCE_HEIGHT_M = 10;
const MS_OF_HOUR = 3.6e6;
/** Minimum number of concurrent records for a line between two series. */
const MIN_CONCURRENT_RECORDS = 100;

/** A series that may be a reference */
interface Reference {
  readonly resource: Extract<WindResource, { kind: 'series' }>;
  readonly timeMs: Float64Array;
  readonly steps: StepMeasures | null;
}

function referencesOf({ years, files }: LongTermInput): Reference[] {
  const ofYears = years && years.length > 0 ? [ofWeather({ kind: 'weather', years, heightM: REFERENCE_HEIGHT_M })] : [];
  const ofFiles = (files ?? []).map((file) => ofFile({ kind: 'file', file }));
  return [...ofYears, ...ofFiles].map(({ resource, timeMs, steps }, i) => {
    if (resource?.kind === 'series' && timeMs) return { resource, timeMs, steps };
    throw windError(
      'a reference is no series of wind; expected measurements or reanalyses with times',
      `/resource/long_term/resource_ids/${i - ofYears.length}`,
    );
  });
}

/** Concurrent steps of a measurement and a reference */
interface Concurrent {
  readonly siteMPerS: Float64Array;
  readonly referenceMPerS: Float64Array;
  readonly wdDeg: Float64Array;
  readonly timeMs: Float64Array;
}

/** Returns the steps that both have. Records within a step of the reference count together. */
function concurrentOf(measured: WindClimate, siteMPerS: Float64Array, { resource, timeMs }: Reference): Concurrent {
  const stepMs = resource.stepHours * MS_OF_HOUR;
  const steps = new Map<number, { sum: number; n: number }>();
  measured.timeMs!.forEach((time, i) => {
    const step = Math.floor(time / stepMs);
    const { sum, n } = steps.get(step) ?? { sum: 0, n: 0 };
    steps.set(step, { sum: sum + siteMPerS[i], n: n + 1 });
  });
  const common = Array.from(timeMs, (time, k) => ({ k, step: steps.get(Math.floor(time / stepMs)) })).filter(
    ({ step }) => step !== undefined,
  );
  return {
    siteMPerS: Float64Array.from(common, ({ step }) => step!.sum / step!.n),
    referenceMPerS: Float64Array.from(common, ({ k }) => resource.wsMPerS[k]),
    wdDeg: Float64Array.from(common, ({ k }) => resource.wdDeg[k]),
    timeMs: Float64Array.from(common, ({ k }) => timeMs[k]),
  };
}

/**
 * Returns the speeds of the measurement in the years of a reference, with the directions of the reference. Of several references
 * it takes the one whose monthly means, or steps where the months are too few, follow the measurement best.
 */
function carried(measured: WindClimate, siteMPerS: Float64Array, input: LongTermInput): WindClimate {
  const candidates = referencesOf(input).map((reference) => {
    const concurrent = concurrentOf(measured, siteMPerS, reference);
    const { length: n } = concurrent.siteMPerS;
    if (n < MIN_CONCURRENT_RECORDS)
      throw windError(
        `the measurement and its reference have ${n} steps in common; expected at least ${MIN_CONCURRENT_RECORDS}`,
        '/resource/long_term',
      );
    const fit = fitMcp(concurrent.siteMPerS, concurrent.referenceMPerS, input.method);
    const sectors = input.isBySector ? fitSectorMcp(concurrent, input.method) : null;
    const { resource } = reference;
    const { wsMPerS, raisedToZero } = sectors
      ? predictBySector(fit, sectors, resource)
      : predictLongTerm(fit, resource.wsMPerS);
    const quality: ReferenceQuality = {
      correlation: fit.correlation,
      monthlyCorrelation: monthlyCorrelation(concurrent),
      n,
      longTermMPerS: mean(wsMPerS),
    };
    return { reference, fit, sectors, wsMPerS, raisedToZero, quality };
  });
  const merit = ({ quality }: (typeof candidates)[number]) => quality.monthlyCorrelation ?? quality.correlation;
  const best = candidates.reduce((a, b) => (merit(b) > merit(a) ? b : a));
  return {
    ...measured,
    resource: { ...best.reference.resource, wsMPerS: best.wsMPerS },
    timeMs: best.reference.timeMs,
    steps: best.reference.steps,
    longTerm: {
      ...best.fit,
      ...best.quality,
      references: candidates.map(({ quality }) => quality),
      referenceIndex: candidates.indexOf(best),
      sectors: best.sectors,
      measuredMPerS: mean(siteMPerS),
      raisedToZero: best.raisedToZero,
    },
  };
}

/** Returns the point nearest to a position. */
const nearestPoint = (points: readonly ResourcePoint[], { xM, yM }: Place): ResourcePoint =>
  points.reduce((best, point) =>
    Math.hypot(point.xM - xM, point.yM - yM) < Math.hypot(best.xM - xM, best.yM - yM) ? point : best,
  );

const resourceOfPoint = ({ frequency, weibull }: ResourcePoint): WindResource => ({
  kind: 'weibull',
  site: { frequency, weibull },
});

/** Returns the distributions at the grid point nearest to a position, and speed-ups relative to it. */
function ofResourceGrid(grid: WindResourceGrid, reference?: Place): Pick<WindClimate, 'resource' | 'grid'> {
  const { columns, rows, minX, minY, cellM, points } = grid;
  const xM = reference?.xM ?? minX + ((columns - 1) * cellM) / 2;
  const yM = reference?.yM ?? minY + ((rows - 1) * cellM) / 2;
  const nearest = nearestPoint(points, { xM, yM });
  return { resource: resourceOfPoint(nearest), grid: speedupsOfWrg(grid, nearest) };
}

/**
 * Returns the point to which the others are relative: the one nearest to a position, by default to the middle of all, that has
 * wind from every sector from which any has.
 */
export function referencePoint(points: readonly ResourcePoint[], reference?: Place): ResourcePoint {
  const middle = (name: 'xM' | 'yM') => points.reduce((sum, point) => sum + point[name], 0) / points.length;
  const isWindy = points[0].frequency.map((_, s) => points.some(({ frequency }) => frequency[s] > 0));
  const whole = points.filter(({ frequency }) => frequency.every((share, s) => share > 0 || !isWindy[s]));
  if (whole.length === 0)
    throw windError('no point of the resource has wind from all sectors from which others have it; expected one');
  return nearestPoint(whole, reference ?? { xM: middle('xM'), yM: middle('yM') });
}

/**
 * Returns the wind of a generalised climate over land of a roughness: at the hub, or at the nearest height of the file, from
 * which the shear converts.
 */
function ofGeneralised(
  climate: GeneralisedClimate,
  roughnessM: number | readonly number[] | undefined,
  hubHeightM = climate.heightsM[0],
): WindClimate {
  const { heightsM, place } = climate;
  requireRoughness(roughnessM, climate.roughnessM, climate.frequency[0].length);
  const heightM = Math.min(Math.max(hubHeightM, heightsM[0]), heightsM[heightsM.length - 1]);
  const site = climateAt(climate, roughnessM, heightM);
  return {
    ...NO_CLIMATE,
    resource: { kind: 'weibull', site },
    heightM,
    profile: profileAt(climate, roughnessM),
    place,
  };
}
