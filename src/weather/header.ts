/** The lines of text above the records of a weather file. */
import { brokenFile, quoted } from './broken.ts';

const NEWLINE = 10;

/** One line of text and where the next begins; undefined at the end of the bytes. */
export interface TextLine {
  readonly text: string;
  readonly line: number;
  readonly next: number;
}

/** Returns the header lines: at most `limit` lines from the start, each at most 64 KiB. */
export function headerLines(bytes: Uint8Array, limit: number): TextLine[] {
  const lines: TextLine[] = [];
  const decoder = new TextDecoder('utf-8');
  let position = 0;
  while (position < bytes.length && lines.length < limit) {
    let stop = bytes.indexOf(NEWLINE, position);
    if (stop < 0) stop = bytes.length;
    const text = decoder.decode(bytes.subarray(position, Math.min(stop, position + 65_536))).replace(/\r$/, '');
    lines.push({ text, line: lines.length + 1, next: Math.min(stop + 1, bytes.length) });
    position = stop + 1;
  }
  return lines;
}

/** Splits one line at its separators; double quotes protect them, and `""` inside is a quote. Cells are trimmed. */
export function splitCells(text: string, separator = ','): string[] {
  const cells: string[] = [];
  let cell = '';
  let quotedCell = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') {
      if (quotedCell && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quotedCell = !quotedCell;
    } else if (letter === separator && !quotedCell) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  cells.push(cell.trim());
  return cells;
}

/** Reads a number of the header, within a range. */
export function headerNumber(
  name: string,
  line: number,
  column: number | undefined,
  field: string,
  text: string | undefined,
  [min, max]: readonly [number, number],
): number {
  const trimmed = text?.trim() ?? '';
  const value = trimmed === '' ? Number.NaN : Number(trimmed);
  if (!(value >= min && value <= max))
    throw brokenFile(
      name,
      { line, ...(column === undefined ? {} : { column }), field },
      `value is ${quoted(trimmed)}; expected ${min} to ${max}`,
    );
  return value;
}

export const LATITUDE_RANGE = [-90, 90] as const;
export const LONGITUDE_RANGE = [-180, 180] as const;
export const ELEVATION_RANGE = [-500, 9000] as const;
export const UTC_OFFSET_RANGE = [-12, 14] as const;
