import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { open, readHead, seal } from './sealed.ts';

const SECRET = 'a secret of more than thirty-two characters';
const MIB = 2 ** 20;

async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
/** In pieces that end at no frame. */
function* pieces(bytes: Buffer, size = 70_001): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const sealed = (bytes: Buffer, about = { server: '15' }): Promise<Buffer> =>
  collect(seal(pieces(bytes), SECRET, about));
const opened = (bytes: Buffer, secret = SECRET): Promise<Buffer> => collect(open(pieces(bytes), secret));

test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 3 * MIB + 5])('%i bytes are opened as they were', async (length) => {
  const bytes = randomBytes(length);
  const file = await sealed(bytes);
  if (length >= MIB - 1) expect(file.includes(bytes.subarray(0, 32))).toBe(false);
  expect((await opened(file)).equals(bytes)).toBe(true);
});

test('the head is readable without the secret', async () => {
  expect(readHead(await sealed(Buffer.from('x'))).about).toMatchObject({ server: '15' });
  expect(() => readHead(Buffer.from('PGDMP\n{}\n'))).toThrow('It is no backup');
});

test('another secret, a changed byte anywhere, a cut and moved frames are refused', async () => {
  const file = await sealed(randomBytes(3 * MIB + 5));
  const { head } = readHead(file);
  const refusal = /^It cannot be opened.*: it was changed or cut off, or BACKUP_KEY is another one$/;
  await expect(opened(file, SECRET.toUpperCase())).rejects.toThrow(refusal);
  for (const at of [head.indexOf('15'), head.length, head.length + MIB + 20, file.length - 1]) {
    const changed = Buffer.from(file);
    changed[at] ^= 1;
    await expect(opened(changed)).rejects.toThrow(refusal);
  }
  const frame = MIB + 16;
  const [first, second, rest] = [head.length, head.length + frame, head.length + 2 * frame];
  for (const cut of [first, first + 3, second, rest, file.length - 1])
    await expect(opened(file.subarray(0, cut))).rejects.toThrow(refusal);
  const moved = [
    file.subarray(0, first),
    file.subarray(second, rest),
    file.subarray(first, second),
    file.subarray(rest),
  ];
  await expect(opened(Buffer.concat(moved))).rejects.toThrow(refusal);
  await expect(opened(Buffer.concat([file, Buffer.from('x')]))).rejects.toThrow(refusal);
});
