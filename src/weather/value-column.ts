/** Columns of numbers in weather files: unit, range, marks of missing values, and what happens to values outside the range. */
import type { Place } from './broken.ts';
import { brokenFile } from './broken.ts';
import type { WeatherQuantity } from './series.ts';
import { NIGHT_OFFSET_LIMIT_WM2, QUANTITY_RANGES } from './series.ts';

/** A value column: its quantity, and how a number in the file becomes the quantity's unit. */
export interface ValueColumn {
  readonly kind: 'value';
  readonly field: string;
  readonly key: string;
  readonly factor?: number;
  readonly divisor?: number;
  /** Added after factor and divisor, for degrees of another zero */
  readonly offset?: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** Values between this and 0 become 0 and are counted. */
  readonly clipFrom?: number;
  /** The format's marks for a missing value, in the file's unit. */
  readonly missing?: readonly number[];
  /** Values of the file from this one up mean missing (EPW: 9999 and more). */
  readonly missingFrom?: number;
  readonly zeroIsMissing?: boolean;
  /** Whether a value outside the range is left out and counted; otherwise it is refused. */
  readonly isOutsideLeftOut?: boolean;
}

/** Returns a value column of a weather quantity with the range, clipping and zero rule that all formats share. */
export function quantityColumn(
  key: WeatherQuantity,
  field: string,
  more: Partial<Pick<ValueColumn, 'factor' | 'divisor' | 'offset' | 'missing' | 'missingFrom'>> = {},
): ValueColumn {
  const { min, max, unit } = QUANTITY_RANGES[key];
  const irradiance = key.endsWith('Wm2');
  return {
    kind: 'value',
    field,
    key,
    min,
    max,
    unit,
    // Every column has every field, in one order: `admit` reads millions of values, and one shape keeps it fast.
    factor: more.factor,
    divisor: more.divisor,
    offset: more.offset,
    missing: more.missing,
    missingFrom: more.missingFrom,
    clipFrom: irradiance ? NIGHT_OFFSET_LIMIT_WM2 : undefined,
    isOutsideLeftOut: !irradiance,
    // No ground reflects nothing: formats write 0 where they have no albedo.
    zeroIsMissing: key === 'albedo',
  };
}

/** Marks of missing irradiance in files of any format: no measurement is so low. */
const NEGATIVE_MARKS = [-99, -99.9, -999, -999.9, -9900, -9999, -9999.9, -99999];

/**
 * Applies a value column's unit, missing marks and range to a number of the file.
 * @returns the value in the quantity's unit, NaN for missing, Infinity for out of range
 */
export function admit(column: ValueColumn, raw: number): number {
  if (column.missing?.includes(raw)) return Number.NaN;
  if (column.missingFrom !== undefined && raw >= column.missingFrom) return Number.NaN;
  if (raw === 0 && column.zeroIsMissing) return Number.NaN;
  let value = raw;
  if (column.factor !== undefined) value *= column.factor;
  if (column.divisor !== undefined) value /= column.divisor;
  if (column.offset !== undefined) value += column.offset;
  if (value >= column.min && value <= column.max) return value + 0;
  return column.clipFrom !== undefined && NEGATIVE_MARKS.includes(raw) ? Number.NaN : Number.POSITIVE_INFINITY;
}

/** Returns the range of a column for a message, in the unit of the file. */
const rangeText = (column: ValueColumn): string => {
  const scale = (column.divisor ?? 1) / (column.factor ?? 1);
  const offset = column.offset ?? 0;
  const inFile = scale === 1 && offset === 0 ? '' : ' in the unit of the file';
  const bound = (value: number): number => Number(((value - offset) * scale).toPrecision(6));
  return `${bound(column.clipFrom ?? column.min)} to ${bound(column.max)}${inFile === '' && column.unit !== '' ? ` ${column.unit}` : inFile}`;
};

/** Values of one column that were left out because they are outside its range. */
export interface RejectedValues {
  count: number;
  /** The first of them, as the file has it, with its place and the range */
  readonly text: string;
  readonly place: Place;
  readonly range: string;
}

/** What a reader does with values outside the range of their column, and how many there are. */
export class OutsideValues {
  /** Irradiance values between `NIGHT_OFFSET_LIMIT_WM2` and 0 that were set to 0 */
  nClippedNegatives = 0;
  /** By `ValueColumn.key` */
  readonly rejected = new Map<string, RejectedValues>();
  readonly #name: string;

  /** @param name of the file, for messages */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Returns what to store for a value outside the range: 0 for the night offset of a pyranometer, NaN for one that is
   * left out.
   * @throws AppError `weather.malformed` where the column allows neither
   */
  settle(column: ValueColumn, raw: number, text: string, place: Place): number {
    if (column.clipFrom !== undefined && raw < 0 && raw >= column.clipFrom) {
      this.nClippedNegatives++;
      return 0;
    }
    const range = rangeText(column);
    if (column.isOutsideLeftOut !== true) throw brokenFile(this.#name, place, `value is ${text}; expected ${range}`);
    const known = this.rejected.get(column.key);
    if (known === undefined) this.rejected.set(column.key, { count: 1, text, place, range });
    else known.count++;
    return Number.NaN;
  }
}
