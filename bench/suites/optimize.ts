/** Speed of the optimizers themselves, on problems whose evaluation takes almost no time. */
import { performance } from 'node:perf_hooks';
import { Bayesian } from '../../src/optimize/bayesian/bayesian.ts';
import { Nsga2 } from '../../src/optimize/nsga2/nsga2.ts';
import type { Optimizer } from '../../src/optimize/optimizer.ts';
import { type TestProblem, testProblem } from '../../src/optimize/test-problems.ts';
import type { Benchmark } from './suite.ts';

function step(search: Optimizer, { evaluate }: TestProblem): void {
  search.tell(search.ask().map(({ id, values }) => ({ id, ...evaluate(values) })));
}

function nsga2Seconds(seed: number, populationSize: number, generations: number): number {
  const zdt1 = testProblem('zdt1')!;
  const started = performance.now();
  const search = new Nsga2(zdt1.problem, { seed, populationSize, generations });
  while (!search.done) step(search, zdt1);
  return (performance.now() - started) / 1000;
}

/** Milliseconds of each iteration from 45 to 55 points on Hartmann-6: fit, choice and the evaluated result. */
function bayesMilliseconds(seed: number): number[] {
  const hartmann6 = testProblem('hartmann6')!;
  const search = new Bayesian(hartmann6.problem, { seed, maxEvaluations: 56 });
  const samples: number[] = [];
  while (!search.done) {
    const started = performance.now();
    const isCounted = search.evaluations >= 45;
    step(search, hartmann6);
    if (isCounted) samples.push(performance.now() - started);
  }
  return samples;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'optimize.nsga2_zdt1_s',
    unit: 's',
    run: async () => Array.from({ length: 9 }, (_, k) => nsga2Seconds(k + 1, 100, 250)),
  },
  {
    name: 'optimize.nsga2_generation_1000_ms',
    unit: 'ms',
    run: async () => Array.from({ length: 5 }, (_, k) => (nsga2Seconds(k + 1, 1000, 20) * 1000) / 20),
  },
  {
    name: 'optimize.bayes_iteration_50_ms',
    unit: 'ms',
    run: async () => Array.from({ length: 3 }, (_, k) => bayesMilliseconds(k + 1)).flat(),
  },
];
