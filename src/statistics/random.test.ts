import { expect, test } from '@jest/globals';
import { Random } from './random.ts';

test('random numbers continue with the same bits from a stored state, and look uniform', () => {
  const random = Random.fromSeed(7);
  random.uniform();
  const copy = Random.fromState(JSON.parse(JSON.stringify(random.state())));
  expect(Array.from({ length: 50 }, () => copy.normal())).toEqual(Array.from({ length: 50 }, () => random.normal()));
  const many = Array.from({ length: 20_000 }, () => random.uniform());
  expect(many.reduce((a, b) => a + b) / many.length).toBeCloseTo(0.5, 2);
  const normals = Array.from({ length: 20_000 }, () => random.normal());
  expect(normals.reduce((a, b) => a + b * b) / normals.length).toBeCloseTo(1, 1);
  expect(() => Random.fromSeed(-1)).toThrow('seed is -1');
});
