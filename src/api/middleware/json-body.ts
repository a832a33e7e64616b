/**
 * Reads JSON bodies and refuses what JSON allows but the platform does not: characters that PostgreSQL cannot store and unlimited
 * nesting.
 */
import express, { type Request, type RequestHandler } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';

/** Maximum nesting of objects and lists; a GeoJSON boundary in a request has 8 levels. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH, U] = ['"', '\\', 'u'].map((char) => char.charCodeAt(0));
const OPEN = new Set(['[', '{'].map((char) => char.charCodeAt(0)));
const CLOSE = new Set([']', '}'].map((char) => char.charCodeAt(0)));

/** @returns whether strings contain `\u` escapes @throws AppError `request.invalid` for a body that is nested too deeply */
function scan(bytes: Buffer): boolean {
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

/** Whether PostgreSQL can store the text. */
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

/** @param limit in the form that body-parser accepts, such as `4mb` */
export function jsonBody(limit: string): RequestHandler {
  const escaped = new WeakSet<object>();
  const read = express.json({
    limit,
    verify: (request, _response, bytes) => {
      if (scan(bytes)) escaped.add(request);
    },
  });
  return (request, response, next) =>
    read(request, response, (error?: unknown) => {
      let refusal = error;
      // Only an escape can produce these characters: bytes that are not UTF-8 are replaced, and an unescaped U+0000 is not valid
      // JSON.
      if (!refusal && escaped.has(request))
        try {
          requireText(request.body, '');
        } catch (error) {
          refusal = error; // an error thrown here would end the process
        }
      next(refusal);
    });
}

/** Whether a request has a body that was not read because it is not JSON. */
export const hasUnreadBody = (request: Request): boolean =>
  request.body === undefined &&
  (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0);
