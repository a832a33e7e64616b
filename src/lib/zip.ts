/**
 * Reads zip archives that anybody may send: sizes of the directory may be wrong, entries may share their data, and bytes may be
 * damaged. fflate, which writes our archives, checks none of that: it cuts what is longer than the directory says.
 */
import { crc32, inflateRawSync } from 'node:zlib';

/** Why an archive is refused, as a message about `the zip` */
export class ZipError extends Error {
  /** Whether it has more bytes than allowed */
  readonly isTooLarge: boolean;
  constructor(reason: string, { isTooLarge = false, cause }: { isTooLarge?: boolean; cause?: unknown } = {}) {
    super(`the zip ${reason}`, { cause });
    this.isTooLarge = isTooLarge;
  }
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
/** The value of a field that stands in the extra field of zip64 */
const IN_EXTRA = 0xffffffff;
const EXTRA_64 = 1;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const UTF_8 = 1 << 11;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && [3, 5, 7].includes(bytes[2]) && bytes[3] === bytes[2] + 1;

/**
 * Unpacks the files of an archive, by their paths in the order of its directory. Folders are left out.
 * @param isWanted which files are unpacked; only these count
 * @param maxBytes of all files after unpacking
 * @throws ZipError
 */
export function unzipped(
  zip: Uint8Array,
  { isWanted, maxFiles, maxBytes }: { isWanted(path: string): boolean; maxFiles: number; maxBytes: number },
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  try {
    for (const entry of entriesOf(zip)) {
      const { name } = entry;
      if (name.endsWith('/') || !isWanted(name)) continue;
      if (files.has(name)) throw new ZipError(`has two files of one name, ${name}`);
      if (files.size === maxFiles) throw new ZipError(`has more than ${maxFiles} files; expected fewer`);
      total += entry.bytes;
      if (total > maxBytes)
        throw new ZipError(`has more than ${maxBytes} bytes unpacked; expected fewer`, { isTooLarge: true });
      files.set(name, dataOf(zip, entry));
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new ZipError('is damaged or cut off', { cause });
    throw cause;
  }
  return files;
}

/** Reads the directory at the end of an archive. @throws RangeError where it ends before its directory does */
function* entriesOf(zip: Uint8Array): Generator<Entry> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const u16 = (at: number): number => view.getUint16(at, true);
  const u32 = (at: number): number => view.getUint32(at, true);
  const u64 = (at: number): number => Number(view.getBigUint64(at, true));
  let end = view.byteLength - END_BYTES;
  const first = Math.max(0, end - MAX_COMMENT);
  while (end >= first && u32(end) !== END) end--;
  if (end < first) throw new ZipError('is damaged or cut off: it has no directory at its end');
  let [count, at] = [u16(end + 10), u32(end + 16)];
  if (end >= 20 && u32(end - 20) === LOCATOR_64) {
    const end64 = u64(end - 12);
    if (u32(end64) === END_64) [count, at] = [u64(end64 + 32), u64(end64 + 48)];
  }
  for (let i = 0; i < count; i++) {
    if (u32(at) !== ENTRY) throw new ZipError('is damaged or cut off: its directory is broken');
    const [nameBytes, extraBytes, commentBytes] = [u16(at + 28), u16(at + 30), u16(at + 32)];
    const flags = u16(at + 8);
    const nameAt = at + 46;
    const decoder = new TextDecoder(flags & UTF_8 ? 'utf-8' : 'latin1');
    const name = decoder.decode(zip.subarray(nameAt, nameAt + nameBytes));
    const next = nameAt + nameBytes + extraBytes + commentBytes;
    let extra = nameAt + nameBytes;
    const endOfExtra = extra + extraBytes;
    while (extra + 4 <= endOfExtra && u16(extra) !== EXTRA_64) extra += 4 + u16(extra + 2);
    let field = extra + 4;
    /** A value of the entry, or of zip64, which has only those that do not fit, in this order. */
    const long = (value: number): number => {
      if (value !== IN_EXTRA || field + 8 > endOfExtra) return value;
      field += 8;
      return u64(field - 8);
    };
    const bytes = long(u32(at + 24));
    const packedBytes = long(u32(at + 20));
    const offset = long(u32(at + 42));
    yield { name, flags, method: u16(at + 10), crc: u32(at + 16), packedBytes, bytes, offset };
    at = next;
  }
}

/** Returns the bytes of a file as its entry describes them. @throws ZipError */
function dataOf(zip: Uint8Array, { name, flags, method, crc, packedBytes, bytes, offset }: Entry): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (flags & ENCRYPTED) throw new ZipError(`has ${name} with a password; expected none`);
  if (method !== STORED && method !== DEFLATED)
    throw new ZipError(`has ${name} packed by method ${method}; expected deflate, as every program can write it`);
  const damaged = (cause?: unknown): ZipError => new ZipError(`is damaged or cut off at ${name}`, { cause });
  if (view.getUint32(offset, true) !== LOCAL) throw damaged();
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw damaged();
  let data = packed;
  if (method === DEFLATED)
    try {
      data = inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
    } catch (cause) {
      throw damaged(cause);
    }
  if (data.length !== bytes || crc32(data) !== crc) throw damaged();
  return data;
}
