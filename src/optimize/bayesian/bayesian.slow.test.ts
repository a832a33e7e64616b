import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Bayesian } from './bayesian.ts';
import type { BayesianOptions } from './options.ts';
import type { Candidate, Evaluation, Problem } from '../problem.ts';
import { testProblem } from '../test-problems.ts';

type Function = (values: readonly number[]) => { objectives: number[]; constraints?: number[] };
const evaluateAll = (f: Function, candidates: readonly Candidate[]): Evaluation[] =>
  candidates.map(({ id, values }) => ({ id, ...f(values) }));

function run(problem: Problem, f: Function, options: BayesianOptions): Bayesian {
  const search = new Bayesian(problem, options);
  while (!search.done) search.tell(evaluateAll(f, search.ask()));
  return search;
}

const branin = testProblem('branin')!;

/** Variables of each type */
const MIXED: Problem['variables'] = [
  { name: 'tilt_deg', kind: 'real', lower: 0, upper: 60 },
  { name: 'rows', kind: 'integer', lower: 1, upper: 9 },
  { name: 'module', kind: 'categorical', choices: ['a', 'b', 'c'] },
];

test('finds the minimum of Branin within 1e-3 in 50 evaluations', () => {
  const search = run(branin.problem, branin.evaluate, { seed: 1, maxEvaluations: 50 });
  expect(search.best()!.objectives[0]).toBeLessThan(0.397887 + 1e-3);
  expect(search.evaluations).toBe(50);
});

test('chosen in batches, the search ends as near with the same evaluations', () => {
  const search = run(branin.problem, branin.evaluate, { seed: 1, maxEvaluations: 50, batchSize: 4 });
  expect(search.best()!.objectives[0]).toBeLessThan(0.397887 + 1e-2);
});

test('evaluated in any parts and restored at any point, a mixed and constrained search ends with the same bits, in bounds, without repeats', () => {
  const problem: Problem = {
    variables: MIXED,
    objectives: [{ name: 'energy', goal: 'maximize' }],
    constraints: ['budget'],
  };
  const value: Function = ([tilt, rows, module]) => ({
    objectives: [rows * (10 - ((tilt - 33) / 30) ** 2 + module)],
    constraints: [rows * (1 + module / 5) - 7],
  });
  const options = { seed: 4, maxEvaluations: 24, batchSize: 3 };
  const undisturbed = run(problem, value, options);
  const step = fc.record({ size: fc.integer({ min: 1, max: 6 }), isRestored: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      let search = new Bayesian(problem, options);
      const seen = new Set<string>();
      for (let k = 0; !search.done; k++) {
        const { size, isRestored } = steps[k % steps.length];
        const told = search.ask(size);
        for (const { values } of told) {
          expect(values[0] >= 0 && values[0] <= 60).toBe(true);
          expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(values[1]);
          expect([0, 1, 2]).toContain(values[2]);
          expect(seen.has(values.join())).toBe(false);
          seen.add(values.join());
        }
        if (isRestored) search.ask(1); // asked, lost with the worker
        search.tell(evaluateAll(value, told).reverse());
        if (isRestored) search = Bayesian.fromState(problem, JSON.parse(JSON.stringify(search.state())));
      }
      expect(search.best()).toEqual(undisturbed.best());
      expect(search.state()).toEqual(undisturbed.state());
    }),
    { numRuns: 6, seed: 3 },
  );
});

test('settled in the second best valley, it begins again and finds the best one; restored on the way, with the same bits', () => {
  const { problem, evaluate } = testProblem('hartmann6')!;
  const options = { seed: 1, maxEvaluations: 100 };
  const undisturbed = run(problem, evaluate, options);
  expect(undisturbed.best()!.objectives[0]).toBeLessThan(-3.3); // the second best valley ends at -3.2032
  let search = new Bayesian(problem, options);
  while (!search.done) {
    search.tell(evaluateAll(evaluate, search.ask(7)));
    search = Bayesian.fromState(problem, JSON.parse(JSON.stringify(search.state())));
  }
  expect(search.state()).toEqual(undisturbed.state());
});

test('keeps to a constraint that cuts off the free minimum', () => {
  const problem: Problem = {
    variables: ['a', 'b'].map((name) => ({ name, kind: 'real', lower: 0, upper: 1 })),
    objectives: [{ name: 'f', goal: 'minimize' }],
    constraints: ['g'],
  };
  // The nearest point to (0.2, 0.2) with a + b >= 1.2 is (0.6, 0.6).
  const search = run(
    problem,
    ([a, b]) => ({ objectives: [(a - 0.2) ** 2 + (b - 0.2) ** 2], constraints: [1.2 - a - b] }),
    { seed: 2, maxEvaluations: 40 },
  );
  const best = search.best()!;
  expect(best.violation).toBe(0);
  expect(best.objectives[0]).toBeLessThan(0.32 * 1.01);
});

test('mixed variables: the best choice, whole number and real value; maximised', () => {
  const problem: Problem = {
    variables: MIXED,
    objectives: [{ name: 'energy', goal: 'maximize' }],
    constraints: [],
  };
  const search = run(
    problem,
    ([tilt, rows, module]) => ({ objectives: [10 - ((tilt - 33) / 30) ** 2 - (rows - 6) ** 2 / 10 + module] }),
    { seed: 5, maxEvaluations: 50 },
  );
  const best = search.best()!;
  expect(best.values.slice(1)).toEqual([6, 2]);
  expect(best.objectives[0]).toBeGreaterThan(11.99);
});

test('two objectives: the Pareto set spreads over the front', () => {
  const { problem, evaluate } = testProblem('zdt1', { nVariables: 4 })!;
  const front = run(problem, evaluate, { seed: 1, maxEvaluations: 70 }).pareto();
  expect(front.length).toBeGreaterThan(8);
  expect(front[0].objectives[0]).toBeLessThan(0.05);
  expect(front.at(-1)!.objectives[0]).toBeGreaterThan(0.7);
});

test('ends when a small discrete space has been seen whole', () => {
  const problem: Problem = {
    variables: [{ name: 'count', kind: 'integer', lower: 1, upper: 12 }],
    objectives: [{ name: 'f', goal: 'minimize' }],
    constraints: [],
  };
  const search = run(problem, ([x]) => ({ objectives: [(x - 9) ** 2] }), {
    seed: 1,
    maxEvaluations: 100,
    initialPoints: 4,
  });
  expect(search.evaluations).toBe(12);
  expect(search.best()!.values).toEqual([9]);
});

test('an objective that never changes does no harm', () => {
  const search = run(branin.problem, () => ({ objectives: [7] }), { seed: 1, maxEvaluations: 15 });
  expect(search.best()!.objectives).toEqual([7]);
});

test('refuses 5,000 evaluations, with the limit', () => {
  expect(() => new Bayesian(branin.problem, { seed: 1, maxEvaluations: 5000 })).toThrow(
    'max_evaluations is 5000; expected a whole number from 1 to 1000',
  );
});
