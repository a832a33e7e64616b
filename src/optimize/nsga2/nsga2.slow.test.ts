import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hypervolume } from '../hypervolume.ts';
import { Nsga2 } from './nsga2.ts';
import type { Nsga2Options } from './options.ts';
import type { Candidate, Evaluation, Problem } from '../problem.ts';
import { testProblem } from '../test-problems.ts';

const evaluator = (id: string) => {
  const test = testProblem(id)!;
  return {
    problem: test.problem,
    evaluate: (candidates: readonly Candidate[]): Evaluation[] =>
      candidates.map(({ id, values }) => ({ id, ...test.evaluate(values) })),
  };
};

function run(id: string, options: Nsga2Options): Nsga2 {
  const { problem, evaluate } = evaluator(id);
  const search = new Nsga2(problem, options);
  while (!search.done) search.tell(evaluate(search.ask()));
  return search;
}

const mixed: Problem = {
  variables: [
    { name: 'tilt_deg', kind: 'real', lower: 0, upper: 60 },
    { name: 'rows', kind: 'integer', lower: 1, upper: 9 },
    { name: 'module', kind: 'categorical', choices: ['a', 'b', 'c'] },
  ],
  objectives: [
    { name: 'energy', goal: 'maximize' },
    { name: 'cost', goal: 'minimize' },
  ],
  constraints: ['budget'],
};
/** Best module: c; the budget allows 7 rows. */
const mixedValues = ([tilt, rows, module]: readonly number[]) => ({
  objectives: [rows * (10 - ((tilt - 30) / 30) ** 2 + module), rows * 3],
  constraints: [rows * 3 - 21],
});

test.each([
  ['zdt1', 150, 0.86],
  ['zdt6', 120, 0.25],
  ['dtlz2', 100, 0.69],
  ['bnh', 40, 5200],
] as const)('%s reaches its hypervolume in %i generations', (id, generations, floor) => {
  const reference = { zdt1: [1.1, 1.1], zdt6: [1.1, 1.1], dtlz2: [1.1, 1.1, 1.1], bnh: [140, 50] }[id];
  const front = run(id, { seed: 1, populationSize: 100, generations }).pareto();
  expect(
    hypervolume(
      front.map((s) => s.objectives),
      reference,
    ),
  ).toBeGreaterThan(floor);
  expect(front.every((s) => s.violation === 0)).toBe(true);
});

test('same seed, same result; another seed, another', () => {
  const options = { seed: 3, generations: 10, populationSize: 20 };
  expect(run('osy', options).state()).toEqual(run('osy', options).state());
  expect(run('osy', { ...options, seed: 4 }).pareto()).not.toEqual(run('osy', options).pareto());
});

test('continues from a stored state in mid-generation to the same bits', () => {
  const { problem, evaluate } = evaluator('tnk');
  const options = { seed: 5, generations: 12, populationSize: 21 };
  const undisturbed = run('tnk', options);
  let search = new Nsga2(problem, options);
  for (let step = 0; !search.done; step++) {
    const told = search.ask(1 + (step % 7));
    search.ask(2); // asked, lost with the worker
    search.tell(evaluate(told).reverse());
    search = Nsga2.fromState(problem, JSON.parse(JSON.stringify(search.state())));
  }
  expect(search.state()).toEqual(undisturbed.state());
  expect(search.pareto()).toEqual(undisturbed.pareto());
});

test('evaluated in any parts and restored at any point, a mixed and constrained search ends with the same bits', () => {
  const options = { seed: 11, generations: 8, populationSize: 14 };
  const told = ({ id, values }: Candidate): Evaluation => ({ id, ...mixedValues(values) });
  const undisturbed = new Nsga2(mixed, options);
  while (!undisturbed.done) undisturbed.tell(undisturbed.ask().map(told));
  const step = fc.record({ size: fc.integer({ min: 1, max: 20 }), isRestored: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let search = new Nsga2(mixed, options);
      for (let k = 0; !search.done; k++) {
        const { size, isRestored } = steps[k % steps.length];
        search.tell(search.ask(size).map(told).reverse());
        if (isRestored) search = Nsga2.fromState(mixed, JSON.parse(JSON.stringify(search.state())));
      }
      expect(search.state()).toEqual(undisturbed.state());
    }),
    { numRuns: 30, seed: 1 },
  );
});

test('memory does not grow with the generations', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const wide: Problem = {
    variables: Array.from({ length: 400 }, (_, k) => ({ name: `x${k}`, kind: 'real', lower: 0, upper: 1 })),
    objectives: ['first', 'second'].map((name) => ({ name, goal: 'minimize' })),
    constraints: [],
  };
  const told = ({ id, values }: Candidate): Evaluation => {
    const sum = values.reduce((total, value) => total + value, 0);
    return { id, objectives: [values[0] + sum, 1 - values[0] + sum] };
  };
  const search = new Nsga2(wide, { seed: 1, generations: 400, populationSize: 40 });
  const usedAfter = (iteration: number): number => {
    while (search.iteration < iteration) search.tell(search.ask().map(told));
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const early = usedAfter(50);
  const storedBytes = JSON.stringify(search.state()).length;
  // 350 generations of 40 designs with 400 variables are 45 MB where they are kept; the test runner's heap moves by several MB.
  expect(usedAfter(400) - early).toBeLessThan(22e6);
  expect(JSON.stringify(search.state()).length).toBeLessThan(1.1 * storedBytes);
});

test('mixed variables stay within bounds and kinds, constraints hold, maximised objectives are handed back as such', () => {
  const search = new Nsga2(mixed, { seed: 2, generations: 40, populationSize: 40 });
  while (!search.done) {
    const candidates = search.ask();
    for (const { values } of candidates) {
      expect(values[0]).toBeGreaterThanOrEqual(0);
      expect(values[0]).toBeLessThanOrEqual(60);
      expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(values[1]);
      expect([0, 1, 2]).toContain(values[2]);
    }
    search.tell(candidates.map(({ id, values }) => ({ id, ...mixedValues(values) })));
  }
  const best = search.best()!;
  expect(best.values.slice(1)).toEqual([7, 2]);
  expect(best.objectives[0]).toBeCloseTo(84, 2);
  expect(search.pareto().every((s) => s.violation === 0)).toBe(true);
});

test('ends when a small discrete space has been seen whole', () => {
  const problem: Problem = {
    variables: [{ name: 'choice', kind: 'categorical', choices: ['a', 'b', 'c', 'd', 'e'] }],
    objectives: [{ name: 'f', goal: 'minimize' }],
    constraints: [],
  };
  const search = new Nsga2(problem, { seed: 1, generations: 1000, populationSize: 10 });
  while (!search.done) search.tell(search.ask().map(({ id, values }) => ({ id, objectives: [(values[0] - 3) ** 2] })));
  expect(search.best()!.values).toEqual([3]);
  expect(search.evaluations).toBe(5);
});

test('an unreachable constraint leaves no Pareto set, and the best is the least violation', () => {
  const problem: Problem = {
    variables: [{ name: 'x', kind: 'real', lower: 0, upper: 1 }],
    objectives: [{ name: 'f', goal: 'minimize' }],
    constraints: ['g'],
  };
  const search = new Nsga2(problem, { seed: 1, generations: 20, populationSize: 10 });
  while (!search.done)
    search.tell(search.ask().map(({ id, values: [x] }) => ({ id, objectives: [x], constraints: [2 - x] })));
  expect(search.pareto()).toEqual([]);
  expect(search.best()!.violation).toBeCloseTo(1, 3);
});

describe('refuses', () => {
  const { problem, evaluate } = evaluator('bnh');
  test('a population of 2', () => {
    expect(() => new Nsga2(problem, { seed: 1, populationSize: 2, generations: 100 })).toThrow(
      'population_size is 2; expected',
    );
  });
  test('bounds in the wrong order, by name', () => {
    const variables = [{ name: 'tilt_deg', kind: 'real', lower: 9, upper: 1 }] as const;
    expect(() => new Nsga2({ ...problem, variables }, { seed: 1, populationSize: 100, generations: 100 })).toThrow(
      'tilt_deg has the bounds 9 to 1',
    );
  });
  test('an objective that is not a number, by name', () => {
    const search = new Nsga2(problem, { seed: 1, populationSize: 100, generations: 100 });
    const [evaluation] = evaluate(search.ask(1));
    expect(() => search.tell([{ ...evaluation, objectives: [1, Number.NaN] }])).toThrow('f2 of candidate 0 is NaN');
  });
  test('a candidate evaluated twice', () => {
    const search = new Nsga2(problem, { seed: 1, populationSize: 100, generations: 100 });
    const told = evaluate(search.ask(1));
    search.tell(told);
    expect(() => search.tell(told)).toThrow('candidate 0 is not waiting');
  });
});
