/** Answers that are files. */
import type { Request, Response } from 'express';

const BYTES = 'application/octet-stream';

/**
 * Returns the media types of a file in OpenAPI. Bytes come first, because generators of clients take the first one that
 * they know.
 */
export const fileTypes = (...mediaTypes: readonly string[]): readonly string[] => [BYTES, ...mediaTypes];

/** Sets the media type of a file: its own, or bytes for a client that accepts only these. */
export function setFileType(request: Request, response: Response, mediaType: string): Response {
  const accepted = request.accepts([mediaType.split(';')[0], BYTES]);
  return response.vary('accept').type(accepted === BYTES ? BYTES : mediaType);
}
