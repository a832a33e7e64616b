/**
 * Returns a PostgreSQL regular expression for a text in any case; `lower()` of a database with locale C only knows
 * ASCII.
 */
export const anyCase = (text: string): string =>
  [...text]
    .map((letter) => [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])])
    .map((cases) => `(?:${cases.map((one) => one.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|')})`)
    .join('');
