/**
 * A stream of bytes sealed in frames of 1 MiB by AES-256-GCM. The number of a frame and whether it is the last one are in its
 * nonce, so frames that are changed, moved, left out or cut off are noticed (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár 2015, doi:10.1007/978-3-662-47989-6_24).
 *
 * A file is a line that names the format, a line of JSON that is readable without the key, and the frames; both lines are
 * authenticated by each frame. Each file has a key of its own, made of the secret and a random salt by HKDF-SHA-256.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const FORMAT = 'TESSELLATE BACKUP 1';
const ALGORITHM = 'aes-256-gcm';
const FRAME_BYTES = 2 ** 20;
const TAG_BYTES = 16;
/** Longest head: the two lines. */
const HEAD_BYTES = 4096;

type Bytes = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Cuts a stream into frames. There is always a last one, which may be empty. */
async function* framesOf(source: Bytes, size: number): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    parts.push(part);
    length += part.length;
    if (length <= size) continue;
    let all = Buffer.concat(parts);
    for (; all.length > size; all = all.subarray(size)) yield { bytes: all.subarray(0, size), isLast: false };
    parts = [all];
    length = all.length;
  }
  yield { bytes: Buffer.concat(parts), isLast: true };
}

const keyOf = (secret: string, salt: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'hex'), FORMAT, 32));

function nonceOf(frame: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(frame));
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Seals a stream. @param about what everybody may read of it, and nobody can change */
export async function* seal(source: Bytes, secret: string, about: object): AsyncGenerator<Buffer> {
  const salt = randomBytes(16).toString('hex');
  const head = Buffer.from(`${FORMAT}\n${JSON.stringify({ ...about, salt })}\n`);
  if (head.length > HEAD_BYTES) throw new Error(`The head has ${head.length} bytes; expected at most ${HEAD_BYTES}`);
  yield head;
  const key = keyOf(secret, salt);
  let n = 0;
  for await (const { bytes, isLast } of framesOf(source, FRAME_BYTES)) {
    const cipher = createCipheriv(ALGORITHM, key, nonceOf(n++, isLast)).setAAD(head);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @returns the bytes of the two lines, and what they say. @throws Error if the bytes do not begin as a sealed file does */
export function readHead(start: Buffer): { readonly head: Buffer; readonly about: Readonly<Record<string, string>> } {
  const first = start.indexOf('\n');
  const second = start.indexOf('\n', first + 1);
  if (first < 0 || second < 0 || start.toString('utf8', 0, first) !== FORMAT) throw new Error('It is no backup');
  return {
    head: start.subarray(0, second + 1),
    about: JSON.parse(start.toString('utf8', first + 1, second)) as Readonly<Record<string, string>>,
  };
}

/**
 * Opens a sealed stream.
 * @returns its bytes, frame by frame; each is released once it is authenticated
 * @throws Error after the last good frame if the file was changed or cut off, or was sealed with another secret
 */
export async function* open(source: Bytes, secret: string): AsyncGenerator<Buffer> {
  const parts = (async function* () {
    yield* source;
  })();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < HEAD_BYTES) {
    const { value, done } = await parts.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const { head, about } = readHead(start);
  const key = keyOf(secret, about.salt);
  const sealed = (async function* () {
    yield start.subarray(head.length);
    yield* parts;
  })();
  let n = 0;
  for await (const { bytes, isLast } of framesOf(sealed, FRAME_BYTES + TAG_BYTES)) {
    const end = bytes.length - TAG_BYTES;
    let plain: Buffer;
    try {
      const decipher = createDecipheriv(ALGORITHM, key, nonceOf(n, isLast), { authTagLength: TAG_BYTES })
        .setAAD(head)
        .setAuthTag(bytes.subarray(Math.max(0, end)));
      plain = Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]);
    } catch (cause) {
      const where = n === 0 ? '' : ` after ${n} MiB`;
      throw new Error(`It cannot be opened${where}: it was changed or cut off, or BACKUP_KEY is another one`, {
        cause,
      });
    }
    n++;
    yield plain;
  }
}
