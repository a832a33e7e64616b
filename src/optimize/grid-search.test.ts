import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gridLevels } from './grid-levels.ts';
import { GridSearch } from './grid-search.ts';
import type { Candidate, Problem } from './problem.ts';

const problem: Problem = {
  variables: [
    { name: 'tilt_deg', kind: 'real', lower: 0, upper: 50 },
    { name: 'rows', kind: 'integer', lower: 1, upper: 4 },
    { name: 'mount', kind: 'categorical', choices: ['fixed', 'tracker'] },
  ],
  objectives: [
    { name: 'energy', goal: 'maximize' },
    { name: 'cost', goal: 'minimize' },
  ],
  constraints: ['budget'],
};
const evaluate = (candidates: readonly Candidate[]) =>
  candidates.map(({ id, values: [tilt, rows, mount] }) => ({
    id,
    objectives: [rows * (10 + mount - ((tilt - 30) / 30) ** 2), rows * (3 + mount)],
    constraints: [rows * (3 + mount) - 13],
  }));

function run(search: GridSearch): GridSearch {
  while (!search.done) search.tell(evaluate(search.ask()));
  return search;
}

test('visits every step, both bounds and every choice', () => {
  expect(gridLevels(problem, { points: 5, steps: { tilt_deg: 20 } })).toEqual([
    [0, 20, 40, 50],
    [1, 2, 3, 4],
    [0, 1],
  ]);
  expect(gridLevels(problem, { points: 5, steps: { tilt_deg: 0.1 } })[0]).toHaveLength(501);
  expect(gridLevels(problem, { points: 3, steps: {} })[0]).toEqual([0, 25, 50]);
});

test('finds the best feasible design and the front', () => {
  const search = run(new GridSearch(problem, { points: 5, steps: { tilt_deg: 10 }, chunkSize: 7 }));
  expect(search.evaluations).toBe(6 * 4 * 2);
  expect(search.best()!.values).toEqual([30, 4, 0]);
  expect(search.pareto().every(({ violation }) => violation === 0)).toBe(true);
  expect(search.pareto().map(({ values }) => values.slice(1))).toEqual(
    expect.arrayContaining([
      [1, 0],
      [4, 0],
    ]),
  );
});

test('any order of telling and any interruption ends with the same bits', () => {
  const undisturbed = run(new GridSearch(problem, { points: 5, steps: { tilt_deg: 5 } })).state();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }), (sizes) => {
      let search = new GridSearch(problem, { points: 5, steps: { tilt_deg: 5 } });
      for (let step = 0; !search.done; step++) {
        const told = search.ask(sizes[step % sizes.length]);
        const lost = search.ask(2);
        search.tell(evaluate([...told, ...lost.slice(1)]).reverse());
        search = GridSearch.fromState(problem, JSON.parse(JSON.stringify(search.state())));
      }
      expect(search.state()).toEqual(undisturbed);
    }),
    { numRuns: 30, seed: 3 },
  );
});

test('refuses a grid too large, with its size and what to change', () => {
  expect(() => new GridSearch(problem, { points: 5, steps: { tilt_deg: 1e-5 } })).toThrow(
    'the grid has 40000008 designs; expected at most 10000000',
  );
  expect(() => new GridSearch(problem, { points: 5, steps: { tilt: 1 } })).toThrow('steps names tilt, which is not');
  expect(() => new GridSearch(problem, { points: 5, steps: { tilt_deg: 0 } })).toThrow('steps.tilt_deg is 0; expected');
});
