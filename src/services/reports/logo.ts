/** Checks the logo of a report: a complete, small PNG with a size that is safe for a decoder. */
import { crc32, inflateSync } from 'node:zlib';
import { AppError } from '../../contracts/common/app-error.ts';
import { MAX_LOGO_BYTES } from '../../contracts/reports/reports.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_SIDE = 2000;
/** Samples of a pixel by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const refuse = (why: string): AppError =>
  new AppError('request.invalid', `logo_png ${why}; expected a PNG of at most ${MAX_SIDE} pixels each way`, {
    pointer: '/logo_png',
  });

/** @returns the PNG's bytes. @throws AppError `request.invalid` for what is not a sound PNG */
export function checkLogo(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_LOGO_BYTES) throw refuse(`has ${bytes.length} bytes, more than ${MAX_LOGO_BYTES}`);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw refuse('does not begin like a PNG');
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  let isWhole = false;
  for (let at = 8; at + 12 <= bytes.length && !isWhole; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw refuse('ends within a chunk');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw refuse(`has a broken chunk ${type}`);
    const body = bytes.subarray(at + 8, end - 4);
    if (type === 'IHDR' && length === 13) header = body;
    if (type === 'IDAT') data.push(body);
    isWhole = type === 'IEND';
    at = end;
  }
  if (!header || data.length === 0 || !isWhole) throw refuse('lacks its header, its pixels or its end');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlace] = header.subarray(8);
  if (!(width > 0 && width <= MAX_SIDE && height > 0 && height <= MAX_SIDE))
    throw refuse(`is ${width} by ${height} pixels`);
  const channels = CHANNELS[colour];
  if (channels === undefined || interlace !== 0 || (depth !== 8 && colour !== 3))
    throw refuse('is interlaced or of a rare kind; save it as plain 8-bit PNG');
  const expected = height * (1 + Math.ceil((width * channels * depth) / 8));
  try {
    if (inflateSync(Buffer.concat(data), { maxOutputLength: expected + 1 }).length !== expected)
      throw refuse('has too few pixels');
  } catch (error) {
    throw error instanceof AppError ? error : refuse('has pixels that cannot be read');
  }
  return bytes;
}
