/** Text of uploaded files. */

/** Characters of a name that a file gives, as of names in requests */
export const MAX_NAME = 200;

/** Lines of a file: ten years of minutes have 5.3 million. Each takes memory, however short it is. */
export const MAX_LINES = 6_000_000;

/** Tells whether a file has more lines than may be read. An iterator over the bytes takes eleven times as long. */
export function hasTooManyLines(bytes: Uint8Array): boolean {
  let ends = 0;
  let returns = 0;
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i] === 10) ends++;
    else if (bytes[i] === 13) returns++;
  return Math.max(ends, returns) >= MAX_LINES;
}

/** Files that are no text of UTF-8, by their first bytes, and what is expected in their place */
const NO_TEXT: readonly (readonly [first: readonly number[], reason: string])[] = [
  [[0x1f, 0x8b], 'the file is packed by gzip; expected it unpacked, or with the header Content-Encoding: gzip'],
  [[0x50, 0x4b, 3, 4], 'the file is a zip, as an .xlsx is too; expected the text in it, such as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'the file is an .xls; expected text, such as CSV'],
  [[0x43, 0x44, 0x46], 'the file is netCDF; expected text, such as CSV'],
  [[0x89, 0x48, 0x44, 0x46], 'the file is netCDF; expected text, such as CSV'],
  [[0xff, 0xfe], 'the text is UTF-16; expected UTF-8'],
  [[0xfe, 0xff], 'the text is UTF-16; expected UTF-8'],
];

/**
 * Decodes a file. Bytes that are not UTF-8 become replacement characters.
 * @param maxLine characters of a line; default: any number
 * @param refuse makes the error, which is thrown with the line and the reason
 */
export function fileText(
  bytes: Uint8Array,
  refuse: (reason: string) => Error,
  maxLine = Number.POSITIVE_INFINITY,
): string {
  const other = NO_TEXT.find(([first]) => first.every((byte, i) => bytes[i] === byte));
  if (other) throw refuse(other[1]);
  const zero = zeroByteAt(bytes);
  if (zero >= 0) throw refuse(`line ${lineAt(bytes, zero)} contains U+0000; expected text`);
  if (hasTooManyLines(bytes)) throw refuse(`the file has more than ${MAX_LINES} lines; expected fewer`);
  const text = new TextDecoder().decode(bytes);
  if (Number.isFinite(maxLine))
    for (let from = 0, line = 1; from < text.length; line++) {
      const end = text.indexOf('\n', from);
      const length = (end < 0 ? text.length : end) - from;
      if (length > maxLine) throw refuse(`line ${line} has ${length} characters; expected at most ${maxLine}`);
      from += length + 1;
    }
  return text;
}

/** Returns the offset of the first zero byte; -1 if there is none. Uint8Array's own `indexOf` takes 25 times as long. */
export const zeroByteAt = (bytes: Uint8Array): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(0);

/** Returns the line of a byte, from 1 */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}
