import { expect, test } from '@jest/globals';
import { readArea } from './thread-tasks.ts';

test('the edges of an uploaded area cross however many corners it has', () => {
  const circle = Array.from({ length: 5000 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 5000;
    return [8 + 0.01 * Math.cos(angle), 55 + 0.01 * Math.sin(angle)];
  });
  // What follows in the other direction: a bow tie
  const crossed = [...circle.slice(0, 2000), ...circle.slice(2000).reverse()];
  const codesOf = (corners: number[][]) =>
    readArea({
      bytes: Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [[...corners, corners[0]]] })),
      use: 'boundary',
      setbackM: 0,
    }).warnings.map(({ code }) => code);
  expect(codesOf(circle)).toEqual([]);
  expect(codesOf(crossed)).toEqual(['site.edges_cross']);
});
