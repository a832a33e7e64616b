/** Files of WAsP: .tab (observed wind climate), .wrg and .rsf (resource grids and points), .grd (Surfer grids). */
import { MAX_NAME } from '../../contracts/common/file-text.ts';
import { windError } from '../check.ts';
import type { Weibull } from './weibull.ts';
import type { WindRose } from './wind-rose.ts';

/** Maximum number of values; no real file has more. */
const MAX_CELLS = 4_000_000;
/** Surfer's mark for a cell without a value; larger ones count too */
const NO_VALUE = 1.70141e38;

/**
 * Returns the lines of a file with decimal points. A file has decimal commas if blanks separate numbers with commas, and no point
 * is in a number.
 * @param from first line that has only numbers
 */
export function numberLines(text: string, from: number): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const rows = lines.slice(from);
  const hasComma = rows.some((line) => /\d,\d/.test(line));
  if (!hasComma || rows.some((line) => /\d\.\d|\d,[\s;]|\d,\d+,/.test(line))) return lines;
  return lines.map((line, i) => (i < from ? line : line.replace(/(?<=\d),(?=\d)/g, '.')));
}

/** Reads the numbers of a line. @throws AppError that names line and word */
export function numbers(line: string, lineNumber: number, file: string): number[] {
  return line
    .trim()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const value = Number(word);
      if (!Number.isFinite(value))
        throw windError(`${file}, line ${lineNumber}: '${word.slice(0, 40)}' is not a number`, '/file');
      return value;
    });
}

export interface ObservedWindClimate {
  readonly description: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Height above ground [m] */
  readonly heightM: number;
  /** Share of each sector; sector 0 centred on `offsetDeg` */
  readonly frequency: readonly number[];
  /** Sum of the frequencies as the file has them */
  readonly frequencySum: number;
  readonly offsetDeg: number;
  /** Upper bounds of the speed bins [m/s], rising; the first bin begins at 0 */
  readonly upperMPerS: readonly number[];
  /** Share of each bin within its sector, by [sector][bin], summing to 1 */
  readonly histogram: readonly (readonly number[])[];
  /** Sum of the shares of each sector as the file has them */
  readonly histogramSums: readonly number[];
}

/**
 * Reads a .tab file: description; latitude, longitude, height; sectors, speed factor, direction offset; sector
 * frequencies; then a row a bin with its upper speed and each sector's share. Shares may be in percent or per mille.
 */
export function parseTab(text: string): ObservedWindClimate {
  const lines = numberLines(text, 1);
  const row = (index: number, least: number, what: string): number[] => {
    if (index >= lines.length) throw windError(`.tab: the file ends before line ${index + 1}, ${what}`, '/file');
    const values = numbers(lines[index], index + 1, '.tab');
    if (values.length < least)
      throw windError(
        `.tab, line ${index + 1}: ${what} has ${values.length} numbers; expected at least ${least}`,
        '/file',
      );
    return values;
  };
  const description = lines[0].trim();
  if (description.length > MAX_NAME)
    throw windError(
      `.tab, line 1: the description has ${description.length} characters; expected at most ${MAX_NAME}`,
      '/file',
    );
  const [latitudeDeg, longitudeDeg, heightM] = row(1, 3, 'latitude, longitude and height');
  const [sectors, speedFactor, offsetDeg] = row(2, 3, 'sectors, speed factor and direction offset');
  if (!(Number.isInteger(sectors) && sectors >= 1 && sectors <= 360))
    throw windError(`.tab, line 3: the number of sectors is ${sectors}; expected 1 to 360`, '/file');
  if (!(speedFactor > 0))
    throw windError(`.tab, line 3: the speed factor is ${speedFactor}; expected above 0`, '/file');
  const shares = row(3, sectors, 'sector frequencies');
  const sum = shares.slice(0, sectors).reduce((a, b) => a + b, 0);
  if (!(sum > 0)) throw windError(`.tab, line 4: the sector frequencies sum to ${sum}; expected above 0`, '/file');
  const upperMPerS: number[] = [];
  const bins: number[][] = [];
  for (let index = 4; index < lines.length; index++) {
    if (lines[index].trim() === '') continue;
    const [upper, ...values] = row(index, sectors + 1, 'a speed bin');
    const last = upperMPerS.at(-1) ?? 0;
    if (!(upper * speedFactor > last))
      throw windError(
        `.tab, line ${index + 1}: the bin ends at ${upper} m/s after ${last}; expected rising speeds`,
        '/file',
      );
    if (values.some((value) => value < 0))
      throw windError(`.tab, line ${index + 1}: a share is below 0; expected 0 or more`, '/file');
    upperMPerS.push(upper * speedFactor);
    bins.push(values.slice(0, sectors));
  }
  if (bins.length < 2) throw windError(`.tab: ${bins.length} speed bins; expected at least 2`, '/file');
  const histogram = Array.from({ length: sectors }, (_, s) => {
    const column = bins.map((bin) => bin[s]);
    const total = column.reduce((a, b) => a + b, 0);
    if (!(total > 0) && shares[s] > 0)
      throw windError(`.tab: sector ${s} has frequency ${shares[s]} and an empty histogram`, '/file');
    return column.map((value) => (total > 0 ? value / total : 0));
  });
  return {
    description,
    latitudeDeg,
    longitudeDeg,
    heightM,
    frequency: shares.slice(0, sectors).map((share) => share / sum),
    frequencySum: sum,
    offsetDeg,
    upperMPerS,
    histogram,
    histogramSums: Array.from({ length: sectors }, (_, s) => bins.reduce((total, bin) => total + bin[s], 0)),
  };
}

/**
 * Returns the bins of direction and speed as in the file: one direction for each sector, speeds at the middle of their
 * bins.
 */
export function roseOfTab({ frequency, offsetDeg, upperMPerS, histogram }: ObservedWindClimate): WindRose {
  const sectors = frequency.length;
  return {
    directionsDeg: Float64Array.from(frequency, (_, s) => (360 + offsetDeg + (360 * s) / sectors) % 360),
    speedsMPerS: Float64Array.from(upperMPerS, (upper, i) => 0.5 * (upper + (upperMPerS[i - 1] ?? 0))),
    probability: Float64Array.from(histogram.flatMap((shares, s) => shares.map((share) => share * frequency[s]))),
  };
}

/** A place of a resource grid with its Weibull distributions. */
export interface ResourcePoint {
  readonly xM: number;
  readonly yM: number;
  readonly elevationM: number;
  readonly heightM: number;
  /** All sectors together */
  readonly all: Weibull;
  readonly powerDensityWm2: number;
  /** Share and distribution of each sector, sector 0 centred on north */
  readonly frequency: readonly number[];
  /** Sum of the shares as the file has them */
  readonly frequencySum: number;
  readonly weibull: readonly Weibull[];
}

export interface WindResourceGrid {
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly minY: number;
  readonly cellM: number;
  /** As in the file, in any order; cells may be missing */
  readonly points: readonly ResourcePoint[];
}

/** Widths of the columns: label, x, y, elevation, height, A, k, power, sectors; then share, A and k of each sector. */
const WRG_HEAD = [10, 10, 10, 8, 5, 5, 6, 15, 3];
const WRG_SECTOR = [4, 4, 5];

function fixedWidth(line: string, widths: readonly number[]): string[] {
  let at = 0;
  return widths.map((width) => {
    const word = line.slice(at, at + width).trim();
    at += width;
    return word;
  });
}

/**
 * Parses one row of a .wrg or .rsf file: label, x, y, elevation, height, A, k, power, sectors; share, 10 A and 100 k of
 * each sector.
 */
function parseResourcePoint(line: string, lineNumber: number, file: string): ResourcePoint {
  const at = `${file}, line ${lineNumber}`;
  let words = line.trim().split(/\s+/);
  // The label is any text of up to ten letters, or blank.
  if (line.slice(0, 10).trim() !== '' && (Number.isNaN(Number(words[0])) || (words.length - 9) % 3 === 0))
    words = words.slice(1);
  const sectors = Number(words[7]);
  if (words.length !== 8 + 3 * sectors) {
    // Columns that touch: the format's own widths.
    const head = fixedWidth(line, WRG_HEAD).slice(1);
    const count = Number(head[7]);
    const offset = WRG_HEAD.reduce((a, b) => a + b, 0);
    const widths = Array.from({ length: Number.isInteger(count) ? count * 3 : 0 }, (_, i) => WRG_SECTOR[i % 3]);
    words = [...head, ...fixedWidth(line.slice(offset), widths)];
  }
  const values = words.map((word) => (word === '' ? Number.NaN : Number(word)));
  const [xM, yM, elevationM, heightM, a, k, powerDensityWm2, count] = values;
  if (!(Number.isInteger(count) && count >= 1 && count <= 360) || values.length !== 8 + 3 * count)
    throw windError(`${at}: ${values.length} values; expected 8 and three for each of the sectors`, '/file');
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw windError(`${at}: value ${bad + 1} is '${words[bad]}'; expected a number`, '/file');
  const sector = (i: number) => values.slice(8 + 3 * i, 11 + 3 * i);
  const rows = Array.from({ length: count }, (_, i) => sector(i));
  if (!(a > 0 && k > 0)) throw windError(`${at}: A is ${a} and k is ${k}; expected both above 0`, '/file');
  rows.forEach(([share, tenA, hundredK], i) => {
    if (!(share >= 0 && tenA >= 0 && hundredK >= 0) || (share > 0 && !(tenA > 0 && hundredK > 0)))
      throw windError(
        `${at}: sector ${i} has the share ${share}, 10 A of ${tenA} and 100 k of ${hundredK}; expected them above 0, or a share of 0`,
        '/file',
      );
  });
  const sum = rows.reduce((total, [share]) => total + share, 0);
  if (!(sum > 0)) throw windError(`${at}: the sectors' shares sum to ${sum}; expected above 0`, '/file');
  return {
    xM,
    yM,
    elevationM,
    heightM,
    all: { scaleMPerS: a, shape: k },
    powerDensityWm2,
    frequency: rows.map(([share]) => share / sum),
    frequencySum: sum,
    // A sector without wind may have no distribution; that of all sectors has no effect there.
    weibull: rows.map(([, tenA, hundredK]) =>
      tenA > 0 && hundredK > 0 ? { scaleMPerS: tenA / 10, shape: hundredK / 100 } : { scaleMPerS: a, shape: k },
    ),
  };
}

/**
 * Reads a .wrg file: columns, rows, x and y of the south-west point, distance of points; then a row a point.
 * @param heightM height of the points that are read [m]; left out: all have the same
 */
export function parseWrg(text: string, heightM?: number): WindResourceGrid {
  const lines = numberLines(text, 0);
  const head = numbers(lines[0], 1, '.wrg');
  if (head.length !== 5)
    throw windError(`.wrg, line 1: ${head.length} numbers; expected columns, rows, x, y and cell size`, '/file');
  const [columns, rows, minX, minY, cellM] = head;
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0 && columns * rows <= MAX_CELLS))
    throw windError(
      `.wrg, line 1: ${columns} by ${rows} points; expected whole numbers, at most ${MAX_CELLS}`,
      '/file',
    );
  if (!(cellM > 0)) throw windError(`.wrg, line 1: cell size is ${cellM} m; expected above 0`, '/file');
  const points = parsePoints(lines, 1, '.wrg', heightM);
  requireOnGrid({ columns, rows, minX, minY, cellM }, points);
  return { columns, rows, minX, minY, cellM, points: points.map(({ line: _, ...point }) => point) };
}

/** Coordinates in files are whole metres [m]. */
const ROUNDING_M = 1;

/** @throws AppError that names the line of a point that is not on the grid, or is there twice */
function requireOnGrid(
  { columns, rows, minX, minY, cellM }: Omit<WindResourceGrid, 'points'>,
  points: readonly (ResourcePoint & { readonly line: number })[],
): void {
  const lineAt = new Map<number, number>();
  for (const { xM, yM, line } of points) {
    const [column, row] = [Math.round((xM - minX) / cellM), Math.round((yM - minY) / cellM)];
    const isNear =
      Math.hypot(minX + column * cellM - xM, minY + row * cellM - yM) <= Math.max(ROUNDING_M, 0.02 * cellM);
    if (!(isNear && column >= 0 && column < columns && row >= 0 && row < rows))
      throw windError(
        `.wrg, line ${line}: the point at ${xM}, ${yM} m is not on the grid of line 1, ${columns} by ${rows} points each ${cellM} m from ${minX}, ${minY}`,
        '/file',
      );
    const other = lineAt.get(row * columns + column);
    if (other !== undefined)
      throw windError(
        `.wrg, line ${line}: the point at ${xM}, ${yM} m is in line ${other} too; expected it once`,
        '/file',
      );
    lineAt.set(row * columns + column, line);
  }
}

/** A .rsf file names single places; more points are a grid. */
const MAX_PLACES = 5000;

/**
 * Reads a .rsf file: a row a point. Points that fill a regular grid are returned as one.
 * @param heightM height of the points that are read [m]; left out: all have the same
 */
export function parseRsf(
  text: string,
  heightM?: number,
): { points: readonly ResourcePoint[]; grid: WindResourceGrid | null } {
  const lined = parsePoints(numberLines(text, 0), 0, '.rsf', heightM);
  const points = lined.map(({ line: _, ...point }) => point);
  const lineAt = new Map<string, number>();
  for (const { xM, yM, line } of lined) {
    const other = lineAt.get(`${xM} ${yM}`);
    if (other !== undefined)
      throw windError(
        `.rsf, line ${line}: the point at ${xM}, ${yM} m is in line ${other} too; expected it once`,
        '/file',
      );
    lineAt.set(`${xM} ${yM}`, line);
  }
  const grid = gridOfPoints(points);
  if (!grid && points.length > MAX_PLACES)
    throw windError(
      `.rsf: ${points.length} points that are on no regular grid; expected at most ${MAX_PLACES}, or a grid`,
      '/file',
    );
  return { points, grid };
}

/** Returns points as a grid if they fill one of at least two by two points with equal steps; otherwise null. */
function gridOfPoints(points: readonly ResourcePoint[]): WindResourceGrid | null {
  const steps = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  const [x, y] = [steps(points.map(({ xM }) => xM)), steps(points.map(({ yM }) => yM))];
  if (x.length < 2 || y.length < 2 || x.length * y.length !== points.length) return null;
  const cellM = (x[x.length - 1] - x[0]) / (x.length - 1);
  const isEven = (values: readonly number[]) =>
    values.every((value, i) => Math.abs(value - values[0] - i * cellM) <= ROUNDING_M);
  if (!isEven(x) || !isEven(y)) return null;
  return { columns: x.length, rows: y.length, minX: x[0], minY: y[0], cellM, points };
}

/** Tells whether a line is a point of a resource file. */
export function isResourcePoint(line: string): boolean {
  try {
    parseResourcePoint(line, 1, '.rsf');
    return true;
  } catch {
    return false; // Any other line is refused by the reader of its own format.
  }
}

function parsePoints(lines: readonly string[], from: number, file: string, heightM?: number) {
  const all: (ResourcePoint & { readonly line: number })[] = [];
  lines.forEach((line, i) => {
    if (i >= from && line.trim() !== '') all.push({ ...parseResourcePoint(line, i + 1, file), line: i + 1 });
  });
  if (all.length === 0) throw windError(`${file}: the file has no points`, '/file');
  const heights = [...new Set(all.map((point) => point.heightM))].sort((a, b) => a - b);
  if (heightM === undefined ? heights.length > 1 : !heights.includes(heightM))
    throw windError(
      `${file}: the points are at ${heights.slice(0, 20).join(', ')} m; expected height_m with one of them`,
      '/query/height_m',
    );
  const points = heightM === undefined ? all : all.filter((point) => point.heightM === heightM);
  const sectors = points[0].frequency.length;
  const odd = points.findIndex((point) => point.frequency.length !== sectors);
  if (odd >= 0)
    throw windError(
      `${file}, line ${points[odd].line}: the point has ${points[odd].frequency.length} sectors, the first ${sectors}`,
      '/file',
    );
  return points;
}

/** One quantity on a regular grid. */
export interface SurfaceGrid {
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
  /** By [row * columns + column], rows from south to north; NaN where the file has no value */
  readonly values: Float64Array;
}

/** Reads a Surfer text grid: DSAA; columns, rows; bounds of x, of y and of the values; then the values from the south on. */
export function parseGrd(text: string): SurfaceGrid {
  const words = numberLines(text, 0).join('\n').trim().split(/\s+/);
  if (words[0] !== 'DSAA')
    throw windError(`.grd begins with '${words[0].slice(0, 8)}'; expected DSAA, a Surfer grid in text form`, '/file');
  const value = (i: number, what: string): number => {
    const number = Number(words[i]);
    if (words[i] === undefined || !Number.isFinite(number))
      throw windError(`.grd: ${what} is '${words[i] ?? 'missing'}'; expected a number`, '/file');
    return number;
  };
  const [columns, rows] = [value(1, 'the number of columns'), value(2, 'the number of rows')];
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && columns > 1 && rows > 1 && columns * rows <= MAX_CELLS))
    throw windError(
      `.grd: ${columns} by ${rows} values; expected whole numbers above 1, at most ${MAX_CELLS}`,
      '/file',
    );
  const [minX, maxX, minY, maxY] = [3, 4, 5, 6].map((i) => value(i, 'a bound'));
  if (!(minX < maxX && minY < maxY))
    throw windError(`.grd: bounds are ${minX} to ${maxX} and ${minY} to ${maxY}; expected rising ones`, '/file');
  if (words.length !== 9 + columns * rows)
    throw windError(`.grd: ${words.length - 9} values; expected ${columns * rows}, ${columns} by ${rows}`, '/file');
  const values = Float64Array.from({ length: columns * rows }, (_, i) => {
    const v = value(9 + i, `value ${i}`);
    return v >= NO_VALUE ? Number.NaN : v;
  });
  return { columns, rows, minX, maxX, minY, maxY, values };
}
