// `node scripts/bayesian-seeds.mjs FROM TO`: median best value of the Bayesian search after 50 and 100 evaluations over these seeds, of
// the build in dist/. Settings are chosen on seeds 1 to 11 (npm run validate); other seeds tell what they are worth.
import { Bayesian } from '../dist/src/optimize/bayesian.js';
import { testProblem } from '../dist/src/optimize/test-problems.js';

const [from, to] = process.argv.slice(2).map(Number);
if (!(from >= 0 && to >= from)) {
  console.error('usage: node scripts/bayesian-seeds.mjs FROM TO');
  process.exit(1);
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
for (const name of ['hartmann6', 'ackley5', 'levy6']) {
  const { problem, evaluate } = testProblem(name);
  const found = { 50: [], 100: [] };
  for (let seed = from; seed <= to; seed++) {
    const search = new Bayesian(problem, { seed, maxEvaluations: 100 });
    let best = Number.POSITIVE_INFINITY;
    while (!search.done) {
      search.tell(search.ask().map(({ id, values }) => ({ id, ...evaluate(values) })));
      best = search.best().objectives[0];
      found[search.evaluations]?.push(best);
    }
  }
  console.log(`${name}: ${median(found[50]).toFixed(3)} after 50, ${median(found[100]).toFixed(3)} after 100`);
}
