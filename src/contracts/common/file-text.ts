/** Text of uploaded files. */

/** Characters of a name that a file gives, as of names in requests */
export const MAX_NAME = 200;

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
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw refuse('the file is packed by gzip; expected it unpacked, or with the header Content-Encoding: gzip');
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw refuse(`line ${lineAt(bytes, zero)} contains U+0000; expected text`);
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

/** Returns the line of a byte, from 1 */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}
