// `node scripts/bayesian-seeds.mjs FROM TO [PROBLEM ...]`: quartiles of the Bayesian search's best value after 50 and 100
// evaluations over these seeds, with the build in dist/. Fresh seeds and problems show whether settings that were chosen on
// others are good.
import { Bayesian } from '../dist/src/optimize/bayesian/bayesian.js';
import { testProblem } from '../dist/src/optimize/test-problems.js';

const [from, to] = process.argv.slice(2, 4).map(Number);
const named = process.argv.slice(4);
if (!(from >= 0 && to >= from)) {
  console.error('usage: node scripts/bayesian-seeds.mjs FROM TO [PROBLEM ...]');
  process.exit(1);
}
const quartiles = (values) => {
  const sorted = values.sort((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((share) => sorted[Math.round((sorted.length - 1) * share)].toPrecision(4)).join(' ');
};
for (const name of named.length > 0 ? named : ['branin', 'hartmann6', 'ackley5', 'levy6', 'rosenbrock4']) {
  const test = testProblem(name);
  if (!test) throw new Error(`${name} is not a test problem`);
  const hypervolumes = { 50: [], 100: [] };
  for (let seed = from; seed <= to; seed++) {
    const search = new Bayesian(test.problem, { seed, maxEvaluations: 100 });
    let best = Number.POSITIVE_INFINITY;
    while (!search.done) {
      search.tell(search.ask().map(({ id, values }) => ({ id, ...test.evaluate(values) })));
      best = search.best().objectives[0];
      hypervolumes[search.evaluations]?.push(best);
    }
  }
  console.log(`${name}: ${quartiles(hypervolumes[50])} after 50, ${quartiles(hypervolumes[100])} after 100`);
}
