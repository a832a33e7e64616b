import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from '@jest/globals';
import { cut, cutWithPauses, type InPieces, join, joinWithPauses } from './pieces.ts';

const corners = (n: number) => Array.from({ length: n }, (_, i) => [i, i / 7]);
const VALUES: Readonly<Record<string, unknown>> = {
  'a small value': { a: [1, 'x', null], b: undefined },
  'text and bytes': ['x'.repeat(100_000), new Uint8Array(100_000)],
  'an area of one ring': { boundary: { coordinates: [corners(20_000)] }, name: 'S' },
  'an area of many rings': { coordinates: Array.from({ length: 490 }, () => [corners(100)]) },
  'a list': [...corners(9_000), [corners(6_000), corners(3)], 'x'],
  'a list of small objects': Array.from({ length: 40_000 }, (_, i) => ({ x: i })),
  'a wide object': Object.fromEntries(corners(20_000)),
  'a deep list': JSON.parse(`${'['.repeat(200)}${'1,'.repeat(20_000)}1${']'.repeat(200)}`),
};
/** As a thread gets it. */
const sent = (value: InPieces) => deserialize(serialize(value)) as InPieces;

describe('values in pieces', () => {
  test.each(Object.keys(VALUES))('%s comes back as it was, in a thread and on an event loop', async (name) => {
    // As text: jest compares so many values slowly.
    const before = JSON.stringify(VALUES[name]);
    expect(JSON.stringify(join(sent(cut(VALUES[name])))) === before).toBe(true);
    expect(JSON.stringify(await joinWithPauses(sent(await cutWithPauses(VALUES[name])))) === before).toBe(true);
    expect(JSON.stringify(VALUES[name]) === before).toBe(true);
  });

  test('no piece is large, and few are small', () => {
    const { outline, pieces } = cut(VALUES['an area of many rings']);
    expect(serialize(outline).length).toBeLessThan(2_000);
    expect(pieces.length).toBeLessThan(40);
    for (const { bytes } of pieces) expect(bytes.length).toBeLessThan(100_000);
  });

  test('a value of few parts stays whole', () => {
    expect(cut(VALUES['text and bytes'])).toEqual({ outline: VALUES['text and bytes'], pieces: [] });
  });

  test('other work gets turns while a large value is cut and joined', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const many = Array.from({ length: 20 }, () => VALUES['an area of many rings']);
    await joinWithPauses(await cutWithPauses(many));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });
});
