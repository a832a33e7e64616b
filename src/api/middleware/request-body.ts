/** Reads the bodies of requests: files as bytes, and JSON. A large body is parsed and checked in a compute thread. */
import { createHash, type Hash } from 'node:crypto';
import { finished, PassThrough, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import getRawBody from 'raw-body';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ErrorCode } from '../../contracts/common/error-codes.ts';
import { parseJson } from '../../contracts/common/json-text.ts';
import type { BodyBudget } from './body-budget.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import { principalOf } from './identify.ts';

/**
 * Bodies up to this size are parsed and checked on the event loop [bytes]. A thread would take longer, because bytes and
 * value are copied.
 */
export const INLINE_LIMIT = 64 * 1024;
/** The same where larger bodies are allowed: their schemas have unions in lists, which take a microsecond for three bytes [bytes] */
const INLINE_LIMIT_OF_LARGE = 16 * 1024;

const UNPACKED: Readonly<Record<string, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export interface BodyOptions {
  /** Most bytes of the body after unpacking */
  readonly limit: number;
  /** Whether a content encoding is undone; otherwise it is refused. Default: yes */
  readonly isDecoded?: boolean;
  /** For bodies that are large; others are not counted. */
  readonly budget?: BodyBudget;
}

/** Digests of the bodies of requests with an Idempotency-Key, made while they arrive. */
const digests = new WeakMap<Request, Hash>();
/** Returns a digest of the body that was read; empty if the request has none. */
export const bodyDigestOf = (request: Request): string => digests.get(request)?.copy().digest('hex') ?? '';

/**
 * Reads a body. One that is refused before all of it has arrived is not kept, however long its sender takes.
 * @returns undefined if the request has none
 * @throws AppError, or an error of raw-body
 */
async function readBody(
  request: Request,
  response: Response,
  { limit, isDecoded = true, budget }: BodyOptions,
): Promise<Buffer | undefined> {
  const { headers } = request;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return undefined;
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (!Object.hasOwn(UNPACKED, encoding) || (!isDecoded && encoding !== 'identity'))
    throw new AppError('request.unsupported_media_type', `content-encoding is ${encoding}, which is not read here`);
  const stream = UNPACKED[encoding]();
  stream.on('error', () => undefined); // getRawBody rejects with it; what comes after that concerns nobody
  // Callers without credentials, such as SendGrid, share what one organization may have.
  const caller = (response.locals.principal as Principal | undefined)?.orgId ?? 'anonymous';
  const held = budget?.open(caller, (error) => stream.destroy(error));
  response.once('close', () => held?.release());
  finished(request, { writable: false }, (error) => {
    if (error) stream.destroy(new AppError('request.malformed', 'The request ended before its body was complete'));
  });
  if (headers['idempotency-key'] !== undefined) {
    const digest = createHash('sha256');
    digests.set(request, digest);
    stream.on('data', (chunk: Buffer) => void digest.update(chunk));
  }
  if (held) stream.on('data', (chunk: Buffer) => held.add(chunk.length));
  try {
    return await getRawBody(request.pipe(stream), { limit, length: encoding === 'identity' ? length : undefined });
  } catch (error) {
    held?.release();
    if (error instanceof AppError || (error as { type?: string }).type !== undefined) throw error;
    throw new AppError('request.malformed', `The body is not valid ${encoding}`, { cause: error });
  } finally {
    held?.complete();
    request.unpipe(stream);
    stream.destroy();
    request.resume(); // what still arrives is dropped
  }
}

/** Reads a file, whatever its content type says. */
export const fileBody =
  (options: BodyOptions): RequestHandler =>
  async (request, response, next) => {
    request.body = await readBody(request, response, options);
    next();
  };

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
 * @param readLarge parses and checks a large body in a compute thread
 */
export function jsonBody(
  options: BodyOptions,
  readLarge: (bytes: Uint8Array, caller: string) => Promise<unknown>,
): RequestHandler {
  const inlineLimit = options.limit > INLINE_LIMIT ? INLINE_LIMIT_OF_LARGE : INLINE_LIMIT;
  return async (request, response, next) => {
    if (request.is('application/json')) {
      const bytes = await readBody(request, response, options);
      if (bytes) await parse(request, response, bytes);
    }
    next();
  };

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
