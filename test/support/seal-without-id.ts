import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Seals a webhook's secret as it was done before keys had ids: nonce, tag and ciphertext. */
export function sealWithoutId(applicationSecret: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', applicationSecret, '', 'webhook secrets', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}
