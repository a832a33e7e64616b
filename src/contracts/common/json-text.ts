/**
 * Reads JSON that clients send, and refuses what JSON allows but the platform does not: characters that PostgreSQL cannot
 * store and unlimited nesting.
 */
import { AppError } from './app-error.ts';

/** Most characters of a text that an answer is made of or becomes as a whole; longer ones are sent piece by piece. */
export const MAX_TEXT = 16 * 1024 * 1024;

/** Maximum nesting of objects and lists; a GeoJSON boundary in a request has 8 levels. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH, U] = ['"', '\\', 'u'].map((char) => char.charCodeAt(0));
const OPEN = new Set(['[', '{'].map((char) => char.charCodeAt(0)));
const CLOSE = new Set([']', '}'].map((char) => char.charCodeAt(0)));

/** @returns whether strings contain `\u` escapes @throws AppError `request.invalid` for a body that is nested too deeply */
function scan(bytes: Uint8Array): boolean {
  let [depth, isString, hasEscapes] = [0, false, false];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (isString) {
      if (byte === BACKSLASH) hasEscapes = bytes[++i] === U || hasEscapes;
      else if (byte === QUOTE) isString = false;
    } else if (byte === QUOTE) isString = true;
    else if (OPEN.has(byte) && ++depth > MAX_DEPTH)
      throw new AppError('request.invalid', `The body is nested more than ${MAX_DEPTH} levels deep`);
    else if (CLOSE.has(byte)) depth--;
  }
  return hasEscapes;
}

/** Tells whether PostgreSQL can store the text. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** @throws AppError `request.invalid` for text that cannot be stored: U+0000, or half of a surrogate pair */
export function requireText(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    if (isStorable(value)) return;
    throw new AppError('request.invalid', `${pointer}: the text contains U+0000 or half of a surrogate pair`, {
      pointer,
    });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, one] of Object.entries(value)) {
    if (!isStorable(name)) requireText(name, pointer);
    requireText(one, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/**
 * Parses a body. An empty one is an empty object, as from a client that always sends the content type.
 * @param notJson the error for what is not an object or a list of JSON; for a body: `request.malformed`
 * @throws AppError also `request.invalid` for nesting and for text that cannot be stored
 */
export function parseJson(
  bytes: Uint8Array,
  notJson: (reason: string, cause?: unknown) => AppError = notBody,
): unknown {
  if (bytes.length === 0) return {};
  const hasEscapes = scan(bytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw notJson((cause as Error).message, cause);
  }
  if (typeof value !== 'object' || value === null) throw notJson('expected an object or a list');
  // Only an escape can produce these characters: bytes that are not UTF-8 are replaced, and an unescaped U+0000 is not
  // valid JSON.
  if (hasEscapes) requireText(value, '');
  return value;
}

const notBody = (reason: string, cause?: unknown): AppError =>
  new AppError('request.malformed', `The body is not valid JSON: ${reason}`, {
    cause,
    fix: 'Send JSON in UTF-8 with content-type application/json.',
  });
