/** The errors of weather files: every message names file, line, column, field and reason. */
import { AppError } from '../contracts/common/app-error.ts';

export interface Place {
  /** 1-based line of the file */
  readonly line?: number;
  /** 1-based cell of a delimited line, or 1-based character of a fixed-width or JSON line */
  readonly column?: number;
  /** The field as the file names it. */
  readonly field?: string;
}

/** Returns a place for a message. */
export const placeText = ({ line, column, field }: Place): string =>
  [
    line === undefined ? '' : `line ${line}`,
    column === undefined ? '' : `column ${column}`,
    field === undefined ? '' : field,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** Returns the error for a file that cannot be read at `place`; the caller throws it. */
export function brokenFile(
  name: string,
  place: Place,
  reason: string,
  code: 'weather.malformed' | 'weather.gap_too_long' | 'weather.incomplete_year' = 'weather.malformed',
): AppError {
  const where = placeText(place);
  return new AppError(code, `${name}: ${where === '' ? '' : `${where}: `}${reason}`, {
    details: { ...place, reason },
  });
}

/** Returns the error for a file that is too large after unpacking; the caller throws it. */
export const tooLarge = (name: string, maxBytes: number): AppError =>
  new AppError('weather.too_large', `${name}: more than ${maxBytes} bytes after unpacking`, {
    details: { max_bytes: maxBytes },
  });

/** Returns the error for a file of too many lines or values; the caller throws it. */
export function tooMany(name: string, most: number, what: string): AppError {
  const reason = `more than ${most} ${what}`;
  return new AppError('weather.too_large', `${name}: ${reason}`, { details: { reason } });
}

/** Returns up to 40 printable characters of a cell, quoted, for a message. */
export function quoted(text: string): string {
  const printable = [...text].map((letter) => (letter < ' ' || letter === '\u007f' ? '.' : letter));
  return printable.length > 40 ? `"${printable.slice(0, 40).join('')}..."` : `"${printable.join('')}"`;
}
