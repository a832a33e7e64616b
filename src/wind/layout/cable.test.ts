import { expect, test } from '@jest/globals';
import { Random } from '../../statistics/random.ts';
import { SpanningTree } from './cable.ts';

test('a cross of four around a substation is four arms', () => {
  const tree = new SpanningTree(4, [[0, 0]]);
  expect(tree.length([100, -100, 0, 0], [0, 0, 100, -100])).toBeCloseTo(400, 9);
  expect(tree.edges()).toHaveLength(4);
});

test('the length is that of Kruskal, its gradient that of the length', () => {
  const random = Random.fromSeed(9);
  const x = Float64Array.from({ length: 30 }, () => 4000 * random.uniform());
  const y = Float64Array.from({ length: 30 }, () => 4000 * random.uniform());
  const edges: [number, number, number][] = [];
  for (let i = 0; i < 30; i++) for (let j = 0; j < i; j++) edges.push([Math.hypot(x[i] - x[j], y[i] - y[j]), i, j]);
  edges.sort((a, b) => a[0] - b[0]);
  const group = x.map((_, i) => i);
  let kruskal = 0;
  for (const [length, i, j] of edges) {
    if (group[i] === group[j]) continue;
    kruskal += length;
    const [from, to] = [group[i], group[j]];
    for (let k = 0; k < 30; k++) if (group[k] === from) group[k] = to;
  }
  const tree = new SpanningTree(30);
  const [gx, gy] = [new Float64Array(30), new Float64Array(30)];
  expect(tree.length(x, y, gx, gy)).toBeCloseTo(kruskal, 8);
  const h = 1e-4;
  for (let i = 0; i < 30; i++)
    for (const [place, gradient] of [
      [x, gx],
      [y, gy],
    ]) {
      const at = place[i];
      place[i] = at + h;
      const ahead = tree.length(x, y);
      place[i] = at - h;
      const behind = tree.length(x, y);
      place[i] = at;
      expect((ahead - behind) / (2 * h)).toBeCloseTo(gradient[i], 6);
    }
});
