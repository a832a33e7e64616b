/** Speed of the optimizers: the search's own work, on problems whose evaluation costs next to nothing. */
import { performance } from 'node:perf_hooks';
import { Nsga2 } from '../src/optimize/nsga2.ts';
import type { Optimizer } from '../src/optimize/optimizer.ts';
import { type TestProblem, testProblem } from '../src/optimize/test-problems.ts';

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

export const benchmarks: { name: string; unit: string; run(): Promise<number[]> }[] = [
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
];
