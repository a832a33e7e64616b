import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';

const arrays = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int8Array(),
  fc.uint8Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.constantFrom(null, undefined, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.string(),
    fc.boolean(),
    fc.bigInt(),
    arrays,
    fc.array(tie('tree')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '$$', '$a')), tie('tree'), { noNullPrototype: true }),
  ),
}));

describe('checkpoints', () => {
  test('every bit of any tree of plain values and typed arrays comes back', () => {
    fc.assert(
      fc.property(tree, (value) => {
        // toStrictEqual tells -0 from 0, undefined from absent, and types of arrays from each other.
        expect(decodeCheckpoint(encodeCheckpoint({ value }))).toStrictEqual({ value });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('payloads of NaN are kept in typed arrays', () => {
    const bits = new BigUint64Array([0x7ff8000000000001n, 0xfff4000000000abcn, 0x8000000000000000n]);
    const kept = decodeCheckpoint<Float64Array>(encodeCheckpoint(new Float64Array(bits.buffer)))!;
    expect(new BigUint64Array(kept.buffer)).toEqual(bits);
  });

  test('a view is stored, not what lies around it; a Buffer comes back as bytes', () => {
    const all = Float64Array.from([1, 2, 3, 4]);
    expect(decodeCheckpoint(encodeCheckpoint(all.subarray(1, 3)))).toStrictEqual(Float64Array.from([2, 3]));
    expect(decodeCheckpoint(encodeCheckpoint(Buffer.from('abc')))).toStrictEqual(Uint8Array.from([97, 98, 99]));
  });

  test('the bytes do not depend on the version of Node: magic word, version, then what zlib of any version inflates', () => {
    const data = encodeCheckpoint({ done: 3 });
    expect(data.toString('latin1', 0, 4)).toBe('TSCP');
    expect(data[4]).toBe(3);
    // A checkpoint as this format's first release wrote it.
    const first = Buffer.concat([
      Buffer.from('TSCP\x03', 'latin1'),
      deflateSync(
        Buffer.concat([
          Buffer.from([30, 0, 0, 0]),
          Buffer.from('{"a":{"$":["u16",2]},"b":"c"} '),
          Buffer.from([1, 2, 0, 0]),
        ]),
      ),
    ]);
    expect(decodeCheckpoint(first)).toStrictEqual({ a: Uint16Array.from([1, 2]), b: 'c' });
  });

  test('checkpoints of other formats are reported, so that their work begins again', () => {
    expect(decodeCheckpoint(deflateSync(Buffer.from([0xff, 0x0f, 0x22])))).toBeUndefined();
    const later = encodeCheckpoint(1);
    later[4] = 4;
    expect(decodeCheckpoint(later)).toBeUndefined();
    expect(decodeCheckpoint(Buffer.alloc(0))).toBeUndefined();
  });

  test('damaged bytes are an error, never a state', () => {
    const data = encodeCheckpoint({ figures: new Float64Array(100).fill(1.5) });
    expect(() => decodeCheckpoint(data.subarray(0, data.length - 8))).toThrow('A stored checkpoint is damaged');
  });

  test('what cannot be restored is refused by name', () => {
    expect(() => encodeCheckpoint({ at: new Date() })).toThrow('A checkpoint holds a Date');
    expect(() => encodeCheckpoint(new Map())).toThrow('A checkpoint holds a Map');
    expect(() => encodeCheckpoint(() => 0)).toThrow('A checkpoint holds a function');
  });
});
