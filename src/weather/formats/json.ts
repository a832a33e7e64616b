/**
 * The parts that JSON weather formats share: parsing with line and column in errors, checked numbers, and checked
 * records.
 */
import { brokenFile, quoted, tooLarge, tooMany } from '../broken.ts';
import type { ValueColumn } from '../value-column.ts';
import { admit, OutsideValues } from '../value-column.ts';
import { dateProblem } from '../date-problem.ts';
import { MISSING_TEXT } from '../scan.ts';

export type JsonObject = Record<string, unknown>;

const MAX_JSON_BYTES = 64 * 1024 * 1024;
/** Forty years of hours with twenty columns have 7 million. Each value takes memory, however short it is. */
const MAX_JSON_VALUES = 10_000_000;

/** Returns about how many values JSON has: its commas and opening brackets. */
function valuesOf(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
  }
  return count;
}

/** Parses JSON. @throws AppError `weather.malformed` with line and column of the first fault, `weather.too_large` */
export function parseJson(bytes: Uint8Array, name: string): JsonObject {
  if (bytes.length > MAX_JSON_BYTES) throw tooLarge(name, MAX_JSON_BYTES);
  if (valuesOf(bytes) > MAX_JSON_VALUES) throw tooMany(name, MAX_JSON_VALUES, 'values');
  const text = new TextDecoder('utf-8').decode(bytes);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const at = /position (\d+)/.exec(cause.message);
    const position = at === null ? text.length : Number(at[1]);
    const before = text.slice(0, position);
    const line = before.split('\n').length;
    const column = position - before.lastIndexOf('\n');
    throw brokenFile(
      name,
      { line, column },
      `not valid JSON: ${position >= text.length ? 'it ends too early' : 'unexpected text'}`,
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw brokenFile(name, { line: 1 }, 'expected a JSON object');
  return parsed as JsonObject;
}

/** Returns a member that must be an object. @throws AppError `weather.malformed` with the field */
export function jsonObject(name: string, parent: JsonObject, field: string): JsonObject {
  const value = parent[field];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw brokenFile(name, { field }, 'expected an object');
  return value as JsonObject;
}

/** Returns a value that must be a number within a range. @throws AppError `weather.malformed` with the field */
export function numberIn(name: string, field: string, value: unknown, [min, max]: readonly [number, number]): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw brokenFile(name, { field }, `value is ${show(value)}; expected ${min} to ${max}`);
}

/** Returns a value as text for a message. */
export const show = (value: unknown): string =>
  typeof value === 'string' ? quoted(value) : typeof value === 'object' && value !== null ? 'an object' : String(value);

const STAMPS: readonly RegExp[] = [
  /^(\d{4})(\d{2})(\d{2}):?(\d{2})(\d{2})?$/, // PVGIS 20180131:0010, NASA POWER 2018013100
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/, // Open-Meteo 2018-01-31T00:00
];

/** Collects records of JSON data into typed arrays, with the checks that the byte scanner makes. */
export class JsonRecords {
  readonly rows: {
    readonly count: number;
    readonly year: Int32Array;
    readonly month: Uint8Array;
    readonly day: Uint8Array;
    readonly minute: Int32Array;
    readonly values: Record<string, Float64Array>;
    readonly outside: OutsideValues;
  };
  readonly #name: string;
  readonly #list: string;

  constructor(name: string, list: string, count: number, columns: readonly ValueColumn[]) {
    this.#name = name;
    this.#list = list;
    const values: Record<string, Float64Array> = {};
    for (const { key } of columns) values[key] = new Float64Array(count).fill(Number.NaN);
    this.rows = {
      count,
      year: new Int32Array(count),
      month: new Uint8Array(count),
      day: new Uint8Array(count),
      minute: new Int32Array(count),
      values,
      outside: new OutsideValues(name),
    };
  }

  stamp(i: number, value: unknown, field: string): void {
    const text = typeof value === 'string' ? value : '';
    const match = STAMPS[0].exec(text) ?? STAMPS[1].exec(text);
    const place = { field: `${this.#list}[${i}].${field}` };
    if (match === null) throw brokenFile(this.#name, place, `${show(value)} is not a time`);
    const [year, month, day, hour, minute] = [1, 2, 3, 4, 5].map((part) => Number(match[part] ?? '0'));
    const problem =
      dateProblem(year, month, day) ?? (hour > 23 || minute > 59 ? `${quoted(text)} is not a time` : undefined);
    if (problem !== undefined) throw brokenFile(this.#name, place, problem);
    this.rows.year[i] = year;
    this.rows.month[i] = month;
    this.rows.day[i] = day;
    this.rows.minute[i] = hour * 60 + minute;
  }

  /** null, absent and a word such as NaN are missing values. */
  value(i: number, column: ValueColumn, raw: unknown): void {
    if (raw === null || raw === undefined || (typeof raw === 'string' && MISSING_TEXT.test(raw))) return;
    const place = { field: `${this.#list}[${i}].${column.field}` };
    if (typeof raw !== 'number') throw brokenFile(this.#name, place, `${show(raw)} is not a number`);
    let value = admit(column, raw);
    if (value === Number.POSITIVE_INFINITY) value = this.rows.outside.settle(column, raw, String(raw), place);
    this.rows.values[column.key][i] = value;
  }
}
