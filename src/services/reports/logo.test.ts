import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { checkLogo } from './logo.ts';

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])));
  return Buffer.concat([head, body, check]);
}

/** Grey pixels. */
function png(width: number, height: number, { interlace = 0, pixels = height * (width + 1) } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(pixels, 120))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('takes a sound PNG', () => {
  expect(checkLogo(png(40, 10).toString('base64'))).toHaveLength(png(40, 10).length);
});

test.each([
  ['another format', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /does not begin like a PNG/],
  ['a cut one', png(40, 10).subarray(0, -20), /chunk|lacks/],
  ['a changed byte', Buffer.from(png(40, 10)).fill(7, 45, 46), /broken chunk/],
  ['too many pixels', png(4000, 1), /4000 by 1/],
  ['an interlaced one', png(4, 4, { interlace: 1 }), /interlaced/],
  ['fewer pixels than it says', png(40, 10, { pixels: 30 }), /too few pixels/],
  ['more pixels than it says', png(40, 10, { pixels: 1e6 }), /cannot be read/],
  ['a large file', Buffer.alloc(300_000), /300000 bytes/],
])('refuses %s', (_, bytes, message) => {
  expect(() => checkLogo(bytes.toString('base64'))).toThrow(message);
});
