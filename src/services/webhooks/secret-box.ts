/** Webhook secrets and headers at rest: AES-256-GCM under a key derived from the application's secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secrets } from '../../lib/secrets.ts';

/** Values begin with it, then with the id of their key. Values from before keys had ids begin with their nonce. */
const FORM = Buffer.from('tsb1');
const KEY_ID_BYTES = 8;
const HEADER_BYTES = FORM.length + KEY_ID_BYTES;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

interface Key {
  readonly header: Buffer;
  readonly bytes: Buffer;
}

function keyOf(secret: string): Key {
  const id = Buffer.from(hkdfSync('sha256', secret, '', 'webhook secrets, key id', KEY_ID_BYTES));
  return {
    header: Buffer.concat([FORM, id]),
    bytes: Buffer.from(hkdfSync('sha256', secret, '', 'webhook secrets', 32)),
  };
}

export class SecretBox {
  readonly #current: Key;
  readonly #keys: readonly Key[];

  constructor([current, ...previous]: Secrets) {
    this.#current = keyOf(current);
    this.#keys = [this.#current, ...previous.map(keyOf)];
  }

  /** What every value sealed under the current key begins with. */
  get header(): Buffer {
    return this.#current.header;
  }

  /** Returns the header, nonce, tag and ciphertext. */
  seal(text: string): Buffer {
    const { header, bytes } = this.#current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, bytes, nonce).setAAD(header);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed under a key that is not here, or changed since */
  open(sealed: Buffer): string {
    const header = sealed.subarray(0, HEADER_BYTES);
    const key = this.#keys.find((one) => one.header.equals(header));
    if (key) return decipher(key.bytes, sealed.subarray(HEADER_BYTES), header);
    for (const { bytes } of this.#keys)
      try {
        return decipher(bytes, sealed);
      } catch {
        // Without an id of its key, a value is opened by trying; another key may fit.
      }
    throw new Error(`The value is sealed under ${keyName(sealed)}, which is neither SECRET_KEY nor a previous one`);
  }
}

type Headers = Readonly<Record<string, string>>;

export const sealHeaders = (box: SecretBox, headers: Headers): Buffer => box.seal(JSON.stringify(headers));

/** Returns the headers of an endpoint; those of earlier releases may not be sealed yet. */
export const openHeaders = (
  box: SecretBox,
  { headers, sealed_headers }: { readonly headers: Headers | null; readonly sealed_headers: Buffer | null },
): Headers => headers ?? (sealed_headers ? JSON.parse(box.open(sealed_headers)) : {});

/** Returns the key of a value, as messages name it. */
const keyName = (sealed: Buffer): string =>
  sealed.subarray(0, FORM.length).equals(FORM)
    ? `key ${sealed.subarray(FORM.length, HEADER_BYTES).toString('hex')}`
    : 'a key without id';

/** @param header authenticated with the value; values without an id of their key have none */
function decipher(key: Buffer, sealed: Buffer, header?: Buffer): string {
  const opening = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES));
  if (header) opening.setAAD(header);
  opening.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([opening.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), opening.final()]).toString('utf8');
}
