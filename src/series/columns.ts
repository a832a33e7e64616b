/**
 * Stores numeric series as one compressed value: a JSON header (names, lengths, types), then the bytes of each column.
 * Doubles are transposed by byte so that deflate compresses them better. Every bit pattern is restored, NaN included.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../contracts/common/app-error.ts';
import { joinPlanes, splitPlanes } from './byte-planes.ts';

export type Column = Float64Array | Float32Array | Uint8Array;
export type Columns = Readonly<Record<string, Column>>;

const TYPES = { f64: Float64Array, f32: Float32Array, u8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
const typeOf = (column: Column): TypeName =>
  column instanceof Float64Array ? 'f64' : column instanceof Float32Array ? 'f32' : 'u8';
const FORMAT = 1;

/**
 * Encodes columns of numbers.
 * @param meta small values that are stored with the columns
 */
export function encodeColumns(columns: Columns, meta: Readonly<Record<string, unknown>> = {}): Buffer {
  const fields = Object.entries(columns).map(([name, column]) => ({
    name,
    type: typeOf(column),
    length: column.length,
  }));
  const header = Buffer.from(JSON.stringify({ format: FORMAT, meta, fields }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const parts = Object.values(columns).map((column) =>
    splitPlanes(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), column.BYTES_PER_ELEMENT),
  );
  return Buffer.concat([size, header, deflateSync(Buffer.concat(parts), { level: 1 })]);
}

interface Header {
  readonly meta: Record<string, unknown>;
  readonly fields: readonly { readonly name: string; readonly type: TypeName; readonly length: number }[];
  /** Where the columns begin [bytes] */
  readonly end: number;
}

/** Returns what is stored beside the columns, without unpacking them. @throws AppError `internal`, as `decodeColumns` */
export function headerOf(data: Buffer): Header {
  const end = 4 + data.readUInt32LE(0);
  const header = JSON.parse(data.subarray(4, end).toString()) as Omit<Header, 'end'> & { readonly format: number };
  if (header.format !== FORMAT) throw new AppError('internal', `Stored series have unknown format ${header.format}`);
  return { ...header, end };
}

/**
 * @param names of the columns to decode; default: all
 * @throws AppError `internal` if `encodeColumns` did not write the bytes
 */
export function decodeColumns(
  data: Buffer,
  names?: readonly string[],
): { columns: Record<string, Column>; meta: Record<string, unknown> } {
  const { meta, fields, end: headerEnd } = headerOf(data);
  const body = inflateSync(data.subarray(headerEnd));
  const columns: Record<string, Column> = {};
  let offset = 0;
  for (const { name, type, length } of fields) {
    const Type = TYPES[type];
    const end = offset + length * Type.BYTES_PER_ELEMENT;
    if (!names || names.includes(name))
      columns[name] = new Type(joinPlanes(body.subarray(offset, end), Type.BYTES_PER_ELEMENT).buffer);
    offset = end;
  }
  return { columns, meta };
}

/**
 * Returns the name under which a stored column is shown: instants, stored in milliseconds, are `time` and written by
 * ISO 8601.
 */
export const shownName = (stored: string): string => (stored === 'time_ms' ? 'time' : stored);
