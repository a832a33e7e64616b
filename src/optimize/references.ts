/** The papers behind the searches that do not depend on a technology. */
import type { References } from '../lib/references.ts';

export const OPTIMIZER_REFERENCES = {
  method: {
    nsga2: [
      'Deb, K. et al. (2002). A fast and elitist multiobjective genetic algorithm: NSGA-II. IEEE Transactions on Evolutionary Computation 6(2), 182-197. doi:10.1109/4235.996017',
    ],
    bayesian: [
      'Jones, D. R., Schonlau, M., Welch, W. J. (1998). Efficient global optimization of expensive black-box functions. Journal of Global Optimization 13, 455-492. doi:10.1023/A:1008306431147',
      'Ament, S. et al. (2023). Unexpected improvements to expected improvement for Bayesian optimization. arXiv:2310.20708',
    ],
    grid_search: { noPaper: 'every combination of steps' },
  },
} as const satisfies References;
