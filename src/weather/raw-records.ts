/** What a reader makes of a file, before it becomes whole years. */
import type { MeasuredPlane } from '../sun/gti-dirint.ts';
import type { Place } from './broken.ts';
import type { OutsideValues } from './value-column.ts';
import type { WeatherFormat, WeatherQuantity } from './series.ts';

/** Records in file order, with what the format says about its clock. */
export interface RawRecords {
  readonly format: WeatherFormat;
  /** File name for messages. */
  readonly name: string;
  readonly station?: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number;
  readonly utcOffsetH: number;
  readonly count: number;
  /** Line of record 0 in a file of lines; absent for JSON. */
  readonly firstLine?: number;
  /** The stamp's date and minute of the day; 24:00 is minute 1440 of its date. */
  readonly year: Int32Array;
  readonly month: Uint8Array;
  readonly day: Uint8Array;
  readonly minute: Int32Array;
  /**
   * Meaning of the time stamp: 'end' of the interval (the sun position is half a step earlier), its 'start' (half a step later),
   * or an 'instant' (`sunOffsetMinutes` later).
   */
  readonly stamp: 'start' | 'end' | 'instant';
  readonly sunOffsetMinutes?: number;
  /** Plane of `values.poaWm2` */
  readonly plane?: MeasuredPlane;
  readonly values: Readonly<Partial<Record<WeatherQuantity, Float64Array>>>;
  readonly outside: OutsideValues;
  readonly notes: readonly string[];
}

/** Returns two digits. */
export const two = (value: number): string => String(value).padStart(2, '0');
/** Returns the time stamp of a record, for messages. */
export const stampText = (raw: RawRecords, row: number): string =>
  `${raw.year[row]}-${two(raw.month[row])}-${two(raw.day[row])} ${two(Math.floor(raw.minute[row] / 60))}:${two(raw.minute[row] % 60)}`;
/** Returns the place of a record, for messages. */
export const placeOf = (raw: RawRecords, row: number): Place =>
  raw.firstLine === undefined ? {} : { line: raw.firstLine + row };
