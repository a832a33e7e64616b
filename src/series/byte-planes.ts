/**
 * Transposes numbers by byte: all first bytes, then all second bytes, and so on. Deflate compresses them better in this
 * order.
 */

/**
 * Reorders numbers by byte: all first bytes, then all second bytes, and so on.
 * @param width bytes of a number
 */
export function splitPlanes(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const count = bytes.length / width;
  const out = new Uint8Array(bytes.length);
  for (let b = 0; b < width; b++) for (let i = 0; i < count; i++) out[b * count + i] = bytes[i * width + b];
  return out;
}

/** Undoes `splitPlanes`. */
export function joinPlanes(planes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const count = planes.length / width;
  const out = new Uint8Array(planes.length);
  for (let b = 0; b < width; b++) for (let i = 0; i < count; i++) out[i * width + b] = planes[b * count + i];
  return out;
}
