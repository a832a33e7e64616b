/** Reads the bodies of requests: files as bytes, and JSON. A large body is parsed and checked in a compute thread. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ErrorCode } from '../../contracts/common/error-codes.ts';
import { parseJson } from '../../contracts/common/json-text.ts';
import { principalOf } from './identify.ts';

/**
 * Bodies up to this size are parsed and checked on the event loop [bytes]. A thread would take longer, because bytes and
 * value are copied.
 */
export const INLINE_LIMIT = 64 * 1024;
/** The same where larger bodies are allowed: their schemas have unions in lists, which take a microsecond for three bytes [bytes] */
const INLINE_LIMIT_OF_LARGE = 16 * 1024;

/**
 * Reads a file, whatever its content type says.
 * @param limit of the body [bytes]
 * @param isDecoded whether a content encoding is undone; otherwise it is refused
 */
export const fileBody = (limit: number, isDecoded: boolean): RequestHandler =>
  express.raw({ type: () => true, limit, inflate: isDecoded });

/**
 * Returns the bytes of an upload. @throws AppError with this code if there are none
 * @param name of the file, for the message
 */
export function fileOf(request: Request, code: ErrorCode, name: string): Buffer {
  const bytes: unknown = request.body;
  if (Buffer.isBuffer(bytes) && bytes.length > 0) return bytes;
  throw new AppError(code, `${name}: the file is empty`, {
    fix: 'Send the file as the body of the request, as with curl --data-binary @FILE.',
  });
}

/** Requests whose body was parsed and checked in a compute thread. */
const checkedInThread = new WeakSet<Request>();
export const isChecked = (request: Request): boolean => checkedInThread.has(request);

/**
 * Reads JSON into `request.body`.
 * @param limit of the body after unpacking [bytes]
 * @param readLarge parses and checks a large body in a compute thread
 */
export function jsonBody(
  limit: number,
  readLarge: (bytes: Uint8Array, caller: string) => Promise<unknown>,
): RequestHandler {
  const read = express.raw({ type: 'application/json', limit });
  const inlineLimit = limit > INLINE_LIMIT ? INLINE_LIMIT_OF_LARGE : INLINE_LIMIT;
  return (request, response, next) =>
    read(request, response, (error?: unknown) => {
      if (error || !Buffer.isBuffer(request.body)) next(error);
      else parse(request, response, request.body).then(() => next(), next);
    });

  async function parse(request: Request, response: Response, bytes: Buffer): Promise<void> {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.get('content-type') ?? '')?.[1];
    if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
      throw new AppError('request.unsupported_media_type', `charset is ${charset}; expected utf-8`, {
        fix: 'Send JSON in UTF-8 with content-type application/json.',
      });
    if (bytes.length <= inlineLimit) request.body = parseJson(bytes);
    else {
      request.body = await readLarge(bytes, principalOf(response).orgId);
      checkedInThread.add(request);
    }
  }
}

/** Tells whether a request has a body that was not read because it is not JSON. */
export const hasUnreadBody = (request: Request): boolean =>
  request.body === undefined &&
  (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0);
