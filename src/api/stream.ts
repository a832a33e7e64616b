/** Answers that are written piece by piece, as fast as the client reads, so that they are never in memory as a whole. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Response } from 'express';
import type { Column } from '../series/columns.ts';
import type { LongText } from '../services/jobs/jobs.ts';

/** Characters that wait to be sent. */
const HIGH_WATER_MARK = 64 * 1024;

type Pieces = Iterable<string> | AsyncIterable<string | Uint8Array>;

/** Sends the pieces. A client that goes away ends it without an error. */
export async function sendPieces(response: Response, pieces: Pieces): Promise<void> {
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  const source = Readable.from(inTurns(pieces), { objectMode: false, highWaterMark: HIGH_WATER_MARK });
  try {
    await pipeline(source, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Lets other requests have their turn before each piece. */
async function* inTurns(pieces: Pieces): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces) {
    await otherWork();
    yield piece;
  }
}

/** Text that is sent as a whole [characters] */
const SENT_WHOLE = 256 * 1024;

/**
 * Sends an object of JSON.
 * @param texts further members, which are JSON already
 */
export async function sendJson(response: Response, value: object, texts: Texts): Promise<void> {
  response.type('json');
  if (Object.values(texts).reduce((sum, text) => sum + (text?.length ?? 0), 0) <= SENT_WHOLE)
    response.send(jsonTextOf(value, texts));
  else await sendPieces(response, piecesOf(value, texts));
}

type Texts = Readonly<Record<string, LongText | null>>;
const beginOf = (value: object): string => JSON.stringify(value).slice(0, -1);

/** Returns what `sendJson` sends, of texts that are whole. */
export const jsonTextOf = (value: object, texts: Texts): string =>
  `${beginOf(value)}${Object.entries(texts)
    .map(([name, text]) => `,${JSON.stringify(name)}:${text?.first ?? 'null'}`)
    .join('')}}`;

async function* piecesOf(value: object, texts: Texts): AsyncGenerator<string> {
  yield beginOf(value);
  for (const [name, text] of Object.entries(texts)) {
    yield `,${JSON.stringify(name)}:`;
    yield* slicesOf(text?.first ?? 'null');
    for await (const piece of text?.rest?.() ?? []) yield* slicesOf(piece);
  }
  yield '}';
}

function* slicesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + HIGH_WATER_MARK);
    // Each piece is encoded by itself, so a pair of surrogates must not be parted.
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to--;
    yield text.slice(from, to);
    from = to;
  }
}

/** Sends a text, such as a picture. */
export async function sendText(response: Response, text: string): Promise<void> {
  if (text.length <= SENT_WHOLE) response.send(text);
  else await sendPieces(response, slicesOf(text));
}

/** Values that are written in one turn; an instant takes half a microsecond. */
const VALUES_A_PIECE = 5_000;

export interface SeriesColumn {
  readonly name: string;
  readonly values: Column;
}

/** Instants are stored in milliseconds and shown by ISO 8601. */
const shownAs = ({ name }: SeriesColumn): ((value: number) => number | string) =>
  name === 'time' ? (ms) => new Date(ms).toISOString() : (value) => value;

/** Yields a line of names, then the rows. */
export function* csvOf(columns: readonly SeriesColumn[]): Generator<string> {
  const show = columns.map(shownAs);
  const rows = columns[0]?.values.length ?? 0;
  const step = Math.ceil(VALUES_A_PIECE / Math.max(1, columns.length));
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  for (let from = 0; from < rows; from += step) {
    let piece = '';
    for (let i = from; i < Math.min(rows, from + step); i++)
      piece += `${columns.map(({ values }, c) => show[c](values[i])).join(',')}\n`;
    yield piece;
  }
}

/** Yields `{...meta, "columns": {"time": [...], ...}}` */
export function* jsonOf(meta: object, columns: readonly SeriesColumn[]): Generator<string> {
  const members = JSON.stringify(meta).slice(1, -1);
  yield `{${members}${members && ','}"columns":{`;
  for (const [c, column] of columns.entries()) {
    const show = shownAs(column);
    const { name, values } = column;
    yield `${c > 0 ? ',' : ''}${JSON.stringify(name)}:[`;
    for (let from = 0; from < values.length; from += VALUES_A_PIECE) {
      const piece = Array.from(values.subarray(from, from + VALUES_A_PIECE), show);
      yield (from > 0 ? ',' : '') + JSON.stringify(piece).slice(1, -1);
    }
    yield ']';
  }
  yield '}}';
}

/** Returns a cell of CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
