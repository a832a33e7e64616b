/** Prefixed identifiers. An id is `<prefix>_` and 26 characters of Crockford base32: 48 bits of time, 80 random bits. */
export const ID_PREFIXES = {
  organization: 'org',
  user: 'usr',
  apiKey: 'key',
  refreshToken: 'rft',
  accountLink: 'lnk',
  invitation: 'inv',
  site: 'site',
  weather: 'wth',
  component: 'cmp',
  turbine: 'trb',
  windResource: 'wrs',
  job: 'job',
  webhook: 'whk',
  delivery: 'dlv',
  event: 'evt',
  report: 'rpt',
  mail: 'mail',
  audit: 'aud',
  administrator: 'adm',
  deletion: 'del',
  budget: 'bud',
  experiment: 'exp',
  request: 'req',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Builds an id from its parts, so that this module needs neither clock nor randomness.
 * @param timeMs instant [ms since epoch], 0 to 2^48 - 1
 * @param random 10 random bytes
 */
export function formatId(kind: IdKind, timeMs: number, random: Uint8Array): string {
  let text = '';
  let time = timeMs;
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[time % 32] + text;
    time = Math.floor(time / 32);
  }
  let bits = 0;
  let buffer = 0;
  for (const byte of random.subarray(0, 10)) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
      buffer &= (1 << bits) - 1;
    }
  }
  return `${ID_PREFIXES[kind]}_${text}`;
}
