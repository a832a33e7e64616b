/**
 * Values of many parts, such as areas of 50,000 corners, cross between a thread and the event loop in pieces: copying one at a
 * time lets the loop answer others between two of them. Plain arrays are cut; everything else stays whole.
 */
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';

/** Values in a piece, about: copying them takes 1 ms. */
const PIECE_VALUES = 5_000;
/** Levels below which nothing is cut */
const MAX_DEPTH = 32;
/** Time after which the event loop gets a turn [ms] */
const TURN_MS = 5;

type Path = readonly (string | number)[];

/** The next values of an array */
interface Piece {
  readonly path: Path;
  readonly bytes: Uint8Array;
}

/** A value whose large arrays are empty, and what belongs into them in order, the inner arrays last. */
export interface InPieces {
  readonly outline: unknown;
  readonly pieces: readonly Piece[];
}

interface Part {
  readonly path: Path;
  readonly values: readonly unknown[];
}

type Members = Record<string | number, unknown>;

/** Returns an array or a plain object as what can be gone through; null for everything else. */
function membersOf(value: unknown): Members | null {
  if (value === null || typeof value !== 'object') return null;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype ? (value as Members) : null;
}

/** Counts the values in a value, up to a bound. */
function countOf(value: unknown, bound = PIECE_VALUES + 1, depth = 0): number {
  const members = depth < MAX_DEPTH ? membersOf(value) : null;
  let count = 1;
  if (Array.isArray(members))
    for (let i = 0; i < members.length && count < bound; i++) count += countOf(members[i], bound - count, depth + 1);
  else for (const key in members) if (count < bound) count += countOf(members[key], bound - count, depth + 1);
  return count;
}

/** Takes the values out of all large arrays. */
function partsOf(value: unknown): { readonly outline: unknown; readonly parts: Part[] } {
  const parts: Part[] = [];
  const outlineOf = (one: unknown, path: Path): unknown => {
    const members = membersOf(one);
    if (!members || path.length >= MAX_DEPTH || countOf(one) <= PIECE_VALUES) return one;
    if (!Array.isArray(one))
      return Object.fromEntries(Object.entries(members).map(([key, inner]) => [key, outlineOf(inner, [...path, key])]));
    const inner = one.map((each, i) => (countOf(each) > PIECE_VALUES ? outlineOf(each, [...path, i]) : each));
    const own: Part[] = [];
    for (let to = 1, from = 0, count = 0; to <= inner.length; to++) {
      count += countOf(inner[to - 1]);
      if (count < PIECE_VALUES && to < inner.length) continue;
      own.push({ path, values: inner.slice(from, to) });
      [from, count] = [to, 0];
    }
    parts.unshift(...own);
    return [];
  };
  const outline = outlineOf(value, []);
  return { outline, parts };
}

const written = ({ path, values }: Part): Piece => ({ path, bytes: serialize(values) });

/** Cuts a value in a thread, where nobody waits. Where nothing is large, there are no pieces. */
export function cut(value: unknown): InPieces {
  const { outline, parts } = partsOf(value);
  return { outline, pieces: parts.map(written) };
}

/** Cuts a value on an event loop, which gets turns in between. */
export async function cutWithPauses(value: unknown): Promise<InPieces> {
  const { outline, parts } = partsOf(value);
  const pieces: Piece[] = [];
  await withPauses(parts, (part) => pieces.push(written(part)));
  return { outline, pieces };
}

/** Returns the value in a thread. */
export function join({ outline, pieces }: InPieces): unknown {
  for (const piece of pieces) fill(outline, piece);
  return outline;
}

/** Returns the value on an event loop, which gets turns in between. */
export async function joinWithPauses({ outline, pieces }: InPieces): Promise<unknown> {
  await withPauses(pieces, (piece) => fill(outline, piece));
  return outline;
}

function fill(outline: unknown, { path, bytes }: Piece): void {
  const array = path.reduce((one, key) => (one as Members)[key], outline) as unknown[];
  for (const value of deserialize(bytes) as unknown[]) array.push(value);
}

async function withPauses<One>(all: readonly One[], each: (one: One) => void): Promise<void> {
  let from = performance.now();
  for (const one of all) {
    if (performance.now() - from > TURN_MS) {
      await setImmediate();
      from = performance.now();
    }
    each(one);
  }
}
