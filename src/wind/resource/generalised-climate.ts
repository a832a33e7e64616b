/** Generalised wind climates: .lib files of WAsP and of the Global Wind Atlas, for flat land of several roughness lengths. */
import { MAX_NAME } from '../../contracts/common/file-text.ts';
import { windError } from '../check.ts';
import { type Weibull, weibullMean } from './weibull.ts';
import type { SectorWeibull } from './wind-rose.ts';
import { numberLines, numbers } from './wasp.ts';

export interface GeneralisedClimate {
  readonly description: string;
  /** Place that the description names; null: none */
  readonly place: { readonly longitudeDeg: number; readonly latitudeDeg: number } | null;
  /** Roughness lengths [m], rising from 0, which is water */
  readonly roughnessM: readonly number[];
  /** Heights above ground [m], rising */
  readonly heightsM: readonly number[];
  /** Share of each sector by [roughness][sector], sector 0 centred on north; each row sums to 1 */
  readonly frequency: readonly (readonly number[])[];
  /** Sums of these rows as the file has them */
  readonly frequencySums: readonly number[];
  /** Distributions by [roughness][height][sector] */
  readonly weibull: readonly (readonly (readonly Weibull[])[])[];
}

/** Roughness length of water [m]: roughness class 0 of the European Wind Atlas */
const WATER_M = 0.0002;
const MAX_COUNTS = { roughness: 20, heights: 50, sectors: 360 } as const;

/**
 * Reads a .lib file: description; numbers of roughness lengths, heights and sectors; the roughness lengths; the heights;
 * then for each roughness the sectors' frequencies, and for each height the sectors' A and k. Long rows may be broken.
 * @throws AppError with line and reason
 */
export function parseLib(text: string): GeneralisedClimate {
  const lines = numberLines(text, 1);
  const description = lines[0].replace(/<coordinates>.*$/, '').trim();
  if (description.length > MAX_NAME)
    throw windError(
      `.lib, line 1: the description has ${description.length} characters; expected at most ${MAX_NAME}`,
      '/file',
    );
  let at = 1;
  const row = (count: number, what: string): number[] => {
    const values: number[] = [];
    const first = at + 1;
    while (values.length < count) {
      if (at >= lines.length) throw windError(`.lib: the file ends before line ${at + 1}, ${what}`, '/file');
      values.push(...numbers(lines[at], at + 1, '.lib'));
      at++;
    }
    if (values.length > count)
      throw windError(`.lib, line ${first}: ${what} has ${values.length} numbers; expected ${count}`, '/file');
    return values;
  };
  const rising = (values: number[], least: number, what: string): number[] => {
    values.forEach((value, i) => {
      if (!(i === 0 ? value >= least : value > values[i - 1]))
        throw windError(`.lib, line ${at}: ${what} ${value} is not in rising order from ${least} on`, '/file');
    });
    return values;
  };
  const counts = row(3, 'the numbers of roughness lengths, heights and sectors');
  Object.entries(MAX_COUNTS).forEach(([what, most], i) => {
    if (!(Number.isInteger(counts[i]) && counts[i] >= 1 && counts[i] <= most))
      throw windError(`.lib, line 2: the number of ${what} is ${counts[i]}; expected 1 to ${most}`, '/file');
  });
  const [roughnesses, heights, sectors] = counts;
  const roughnessM = rising(row(roughnesses, 'the roughness lengths'), 0, 'the roughness length');
  const heightsM = rising(row(heights, 'the heights'), 1, 'the height');
  const shares: number[][] = [];
  const weibull = roughnessM.map(() => {
    const line = at + 1;
    const frequencies = row(sectors, 'the frequencies of the sectors');
    if (frequencies.some((share) => share < 0) || !frequencies.some((share) => share > 0))
      throw windError(
        `.lib, line ${line}: a frequency is below 0, or all of them are 0; expected shares in percent`,
        '/file',
      );
    shares.push(frequencies);
    return heightsM.map(() => {
      const line = at + 1;
      const scales = row(sectors, 'A of the sectors');
      const shapes = row(sectors, 'k of the sectors');
      return scales.map((scaleMPerS, s): Weibull => {
        if (scaleMPerS > 0 && shapes[s] > 0) return { scaleMPerS, shape: shapes[s] };
        if (frequencies[s] === 0) return NO_WIND;
        throw windError(
          `.lib, line ${line}: A is ${scaleMPerS} and k ${shapes[s]} in sector ${s}; expected both above 0`,
          '/file',
        );
      });
    });
  });
  const end = lines.findIndex((line, i) => i >= at && line.trim() !== '');
  if (end >= 0) throw windError(`.lib, line ${end + 1}: the file has more lines than line 2 says`, '/file');
  const frequencySums = shares.map((list) => list.reduce((sum, share) => sum + share, 0));
  return {
    description,
    place: placeOf(lines[0]),
    roughnessM,
    heightsM,
    frequency: shares.map((list, r) => list.map((share) => share / frequencySums[r])),
    frequencySums,
    weibull,
  };
}

/** Stands where a sector has no wind */
const NO_WIND: Weibull = { scaleMPerS: 1, shape: 2 };

/** Reads `<coordinates>longitude,latitude,height</coordinates>`. */
function placeOf(line: string): GeneralisedClimate['place'] {
  const [longitudeDeg, latitudeDeg] = (/<coordinates>([^<]*)<\/coordinates>/.exec(line)?.[1] ?? '')
    .split(',')
    .map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  return Math.abs(longitudeDeg) <= 180 && Math.abs(latitudeDeg) <= 90 ? { longitudeDeg, latitudeDeg } : null;
}

/**
 * Returns the wind over flat land of a roughness, or of one for each sector. A and k are linear in the logarithms of height
 * and roughness between those of the file, frequencies in that of the roughness, as wind-stats interpolates by the
 * European Wind Atlas; water counts with 0.0002 m.
 * @param roughnessM roughness length [m], one for all sectors or one for each; at most the largest of the file
 * @param heightM within the heights of the file [m]
 * @throws AppError `wind.invalid_input` for another number of sectors, and for a larger roughness
 * @see Troen and Petersen 1989, European Wind Atlas, ISBN 87-550-1482-8
 */
export function climateAt(
  { roughnessM: known, heightsM, frequency, weibull }: GeneralisedClimate,
  roughnessM: number | readonly number[],
  heightM: number,
): SectorWeibull {
  const sectors = frequency[0].length;
  requireRoughness(roughnessM, known, sectors);
  const roughness = typeof roughnessM === 'number' ? Array<number>(sectors).fill(roughnessM) : roughnessM;
  const logZ = heightsM.map(Math.log);
  const logZ0 = known.map((one) => Math.log(Math.max(one, WATER_M)));
  const height = between(logZ, Math.log(heightM));
  const at = roughness.map((one) => between(logZ0, Math.log(Math.max(one, WATER_M))));
  const shares = at.map((place, s) => mix(place, (r) => frequency[r][s]));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const parameter = (name: keyof Weibull, s: number) => mix(at[s], (r) => mix(height, (h) => weibull[r][h][s][name]));
  return {
    frequency: shares.map((share) => share / total),
    weibull: at.map((_, s) => ({ scaleMPerS: parameter('scaleMPerS', s), shape: parameter('shape', s) })),
  };
}

/**
 * Checks the roughness length of a request against a file.
 * @throws AppError `wind.invalid_input` if it is missing, too large, or of another number of sectors
 */
export function requireRoughness(
  roughnessM: number | readonly number[] | undefined,
  known: readonly number[],
  sectors: number,
): asserts roughnessM is number | readonly number[] {
  const pointer = '/resource/roughness_m';
  const largest = known[known.length - 1];
  const list = typeof roughnessM === 'number' ? Array<number>(sectors).fill(roughnessM) : (roughnessM ?? []);
  if (list.length === 0)
    throw windError(
      'the wind climate is that of flat land of any roughness; expected roughness_m, the roughness length around the farm',
      pointer,
    );
  if (list.length !== sectors)
    throw windError(
      `roughness_m has ${list.length} values; expected 1 or ${sectors}, as many as the sectors of the file`,
      pointer,
    );
  const bad = list.find((one) => !(one >= 0 && one <= largest));
  if (bad !== undefined)
    throw windError(`roughness_m is ${bad}; the wind climate has roughness lengths up to ${largest} m`, pointer);
}

/** Mean speeds by height, linear in the logarithm of the height between them */
export interface SpeedProfile {
  readonly heightsM: readonly number[];
  /** By [height][sector] [m/s] */
  readonly meanMPerS: readonly (readonly number[])[];
}

/** Returns the mean speeds at the heights of the file, over land of a roughness [m] as in `climateAt`. */
export const profileAt = (climate: GeneralisedClimate, roughnessM: number | readonly number[]): SpeedProfile => ({
  heightsM: climate.heightsM,
  meanMPerS: climate.heightsM.map((heightM) => climateAt(climate, roughnessM, heightM).weibull.map(weibullMean)),
});

/** Returns the mean speed of each sector at a height within the profile [m/s]. */
export function meansAt({ heightsM, meanMPerS }: SpeedProfile, heightM: number): number[] {
  const place = between(heightsM.map(Math.log), Math.log(heightM));
  return meanMPerS[0].map((_, s) => mix(place, (h) => meanMPerS[h][s]));
}

interface Between {
  readonly low: number;
  readonly high: number;
  readonly shareOfHigh: number;
}

/** Returns the two values around another one; beyond the first or last, that one. */
function between(values: readonly number[], value: number): Between {
  const above = values.findIndex((one) => one >= value);
  const high = above < 0 ? values.length - 1 : above;
  const low = above < 0 ? high : Math.max(0, high - 1);
  return { low, high, shareOfHigh: high === low ? 0 : (value - values[low]) / (values[high] - values[low]) };
}

const mix = ({ low, high, shareOfHigh }: Between, valueAt: (index: number) => number): number =>
  valueAt(low) * (1 - shareOfHigh) + valueAt(high) * shareOfHigh;
