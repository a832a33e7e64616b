import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeColumns, encodeColumns } from './columns.ts';

describe('stored series', () => {
  test('every bit comes back, of any length and type', () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.float32Array(), fc.uint8Array(), (a, b, c) => {
        const { columns, meta } = decodeColumns(encodeColumns({ a, b, c }, { unit: 'kW' }));
        expect(columns).toEqual({ a: Float64Array.from(a), b: Float32Array.from(b), c: Uint8Array.from(c) });
        expect(meta).toEqual({ unit: 'kW' });
      }),
      { seed: 1 },
    );
  });

  test('a smooth year takes less than half of its raw size', () => {
    const year = Float64Array.from({ length: 8760 }, (_, hour) => Math.max(0, Math.round(500 * Math.sin(hour / 3.8))));
    expect(encodeColumns({ year }).length).toBeLessThan(year.byteLength / 2);
  });
});
