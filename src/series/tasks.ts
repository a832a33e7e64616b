/** Unpacks stored series in a compute thread. */
import { type Column, decodeColumns } from './columns.ts';

export interface SeriesRequest {
  readonly data: Uint8Array;
  /** Stored names of the columns, in the order of the answer */
  readonly names: readonly string[];
}

export const SERIES_TASKS = {
  /** The columns that are asked for. */
  decodeSeries: ({ data, names }: SeriesRequest): readonly Column[] => {
    const { columns } = decodeColumns(Buffer.from(data.buffer, data.byteOffset, data.byteLength), names);
    return names.map((name) => columns[name]);
  },
} as const;
