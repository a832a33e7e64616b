import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { isZip, unzipped, ZipError } from './zip.ts';

const LIMITS = { isWanted: () => true, maxFiles: 10, maxBytes: 1_000_000 };
const TEXT = strToU8('time,ghi\n'.repeat(1000));
const ZIP = zipSync({ 'a/one.csv': TEXT, 'täglich.txt': [strToU8('two'), { level: 0 }], 'c.png': TEXT });
/** Where a signature begins, from a place on */
const at = (zip: Uint8Array, signature: number, from = 0): number =>
  Buffer.from(zip).indexOf(Buffer.from(Uint32Array.of(signature).buffer), from);
const DIRECTORY = 0x02014b50;
/** A copy whose bytes are changed */
function changed(zip: Uint8Array, change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = Uint8Array.from(zip);
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

test('files are read by their paths, those that are wanted only', () => {
  const files = unzipped(ZIP, { ...LIMITS, maxFiles: 2, isWanted: (path) => !path.endsWith('.png') });
  expect([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
    ['a/one.csv', Buffer.from(TEXT).toString()],
    ['täglich.txt', 'two'],
  ]);
  expect([isZip(ZIP), isZip(zipSync({})), isZip(TEXT), isZip(new Uint8Array())]).toEqual([true, true, false, false]);
});

test('an archive behind other bytes, with a comment, is read', () => {
  const comment = 'x'.repeat(60_000);
  const long = changed(Buffer.concat([ZIP, Buffer.from(comment)]), (view) =>
    view.setUint16(ZIP.length - 2, comment.length, true),
  );
  expect([...unzipped(long, LIMITS).keys()]).toEqual(['a/one.csv', 'täglich.txt', 'c.png']);
  const inPool = Buffer.concat([Buffer.from('before'), ZIP, Buffer.from('after')]).subarray(6, 6 + ZIP.length);
  expect(unzipped(inPool, LIMITS).size).toBe(3);
});

test('sizes, place and number of files of zip64 are read', () => {
  const data = deflateRawSync(TEXT);
  const name = Buffer.from('big.csv');
  const one = zipSync({ 'big.csv': TEXT });
  const crc = Buffer.from(one.subarray(at(one, DIRECTORY) + 16, at(one, DIRECTORY) + 20));
  const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
  const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
  const u64 = (value: number): Buffer => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
  const sizes = [u32(0xffffffff), u32(0xffffffff), u16(name.length)];
  const local = Buffer.concat([u32(0x04034b50), ...[45, 0, 8, 0, 0].map(u16), crc, ...sizes, u16(0), name, data]);
  const other = Buffer.concat([u16(0x9999), u16(2), u16(7)]);
  const extra = Buffer.concat([other, u16(1), u16(24), u64(TEXT.length), u64(data.length), u64(0)]);
  const rest = [u16(extra.length), ...[0, 0, 0].map(u16), u32(0), u32(0xffffffff), name, extra];
  const directory = Buffer.concat([u32(DIRECTORY), ...[45, 45, 0, 8, 0, 0].map(u16), crc, ...sizes, ...rest]);
  const end64 = [u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(1), u64(1), u64(directory.length)];
  const locator = [u32(0x07064b50), u32(0), u64(local.length + directory.length), u32(1)];
  const end = [u32(0x06054b50), u16(0), u16(0), u16(0xffff), u16(0xffff), u32(0xffffffff), u32(0xffffffff), u16(0)];
  const zip = Buffer.concat([local, directory, ...end64, u64(local.length), ...locator, ...end]);
  expect(Buffer.from(unzipped(zip, LIMITS).get('big.csv')!).equals(TEXT)).toBe(true);
});

describe('is refused:', () => {
  test.each<[reason: string, zip: Uint8Array]>([
    ['has no directory', ZIP.slice(0, -23)],
    ['is damaged', ZIP.slice(100)],
    ['no directory', new Uint8Array()],
    // One bit of the data, or of what was stored: no program may go on with another text.
    ['at a/one.csv', changed(ZIP, (_, bytes) => (bytes[60] ^= 1))],
    ['at täglich.txt', changed(ZIP, (_, bytes) => (bytes[Buffer.from(ZIP).indexOf('two')] ^= 1))],
    // More or less than the directory says
    ['at a/one.csv', changed(ZIP, (view) => view.setUint32(at(ZIP, DIRECTORY) + 24, TEXT.length - 1, true))],
    ['at a/one.csv', changed(ZIP, (view) => view.setUint32(at(ZIP, DIRECTORY) + 24, TEXT.length + 1, true))],
    ['with a password', changed(ZIP, (view) => view.setUint16(at(ZIP, DIRECTORY) + 8, 1, true))],
    ['method 14', changed(ZIP, (view) => view.setUint16(at(ZIP, DIRECTORY) + 10, 14, true))],
    ['is damaged', changed(ZIP, (view) => view.setUint32(at(ZIP, DIRECTORY) + 42, 0xfffffff0, true))],
    ['its directory is broken', changed(ZIP, (view) => view.setUint16(ZIP.length - 12, 4, true))],
  ])('%s', (reason, zip) => {
    expect(() => unzipped(zip, LIMITS)).toThrow(ZipError);
    expect(() => unzipped(zip, LIMITS)).toThrow(reason);
  });

  test('more files or bytes than allowed', () => {
    expect(() => unzipped(ZIP, { ...LIMITS, maxFiles: 2 })).toThrow('has more than 2 files');
    expect(() => unzipped(ZIP, { ...LIMITS, maxBytes: TEXT.length + 2 })).toThrow('bytes unpacked');
  });

  test('two files of one name', () => {
    const twice = zipSync({ 'a.csv': TEXT, 'b.csv': TEXT });
    const second = at(twice, DIRECTORY, at(twice, DIRECTORY) + 4) + 46;
    expect(() =>
      unzipped(
        changed(twice, (_, bytes) => (bytes[second] = 0x61)),
        LIMITS,
      ),
    ).toThrow('one name, a.csv');
  });

  test('data that expands beyond the size that its entry states, at that size', () => {
    const bomb = zipSync({ 'a.csv': new Uint8Array(50_000_000) });
    const liar = changed(bomb, (view) => view.setUint32(at(bomb, DIRECTORY) + 24, 10, true));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unzipped(liar, LIMITS)).toThrow('at a.csv');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  test('entries that share stored data and state small sizes', () => {
    const stored = zipSync({ 'f000.csv': [randomBytes(200_000), { level: 0 }] });
    const directory = at(stored, DIRECTORY);
    const entry = stored.subarray(directory, stored.length - 22);
    const entries = Array.from({ length: 300 }, (_, i) =>
      changed(entry, (view, bytes) => {
        bytes.set(strToU8(`f${String(i).padStart(3, '0')}`), 46);
        view.setUint32(24, 1, true);
      }),
    );
    const end = changed(stored.subarray(stored.length - 22), (view) => view.setUint16(10, 300, true));
    const zip = Buffer.concat([stored.subarray(0, directory), ...entries, end]);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unzipped(zip, { ...LIMITS, maxFiles: 400 })).toThrow('at f000.csv');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });
});
