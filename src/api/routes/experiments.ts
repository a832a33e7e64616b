/** Experiments, for administrators; where ENABLE_AB_TESTING is false there are none. */
import {
  experimentListSchema,
  experimentSchema,
  newExperimentSchema,
} from '../../contracts/experiments/experiments.schema.ts';
import { experiment, experiments, startExperiment, stopExperiment } from '../../services/experiments/experiments.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';

const TAG = 'Experiments';

export const experimentRoutes = ({ database }: Services) => [
  endpoint({
    id: 'adminListExperiments',
    method: 'get',
    path: '/v1/admin/experiments',
    tag: TAG,
    summary: 'List experiments with their results, newest first',
    scope: 'admin',
    response: experimentListSchema,
    handler: async () => ({ data: await experiments(database) }),
  }),
  endpoint({
    id: 'adminStartExperiment',
    method: 'post',
    path: '/v1/admin/experiments',
    tag: TAG,
    summary: 'Start an experiment; its size follows from the difference that it is to find',
    scope: 'admin',
    status: 201,
    body: newExperimentSchema,
    response: experimentSchema,
    errors: ['request.conflict'],
    example: {
      name: 'more generations',
      subject: 'search_defaults',
      plans: ['free'],
      variants: [
        { name: 'usual', weight: 1, n_iterations: null },
        { name: 'longer', weight: 1, n_iterations: 80 },
      ],
      baseline_pct: 20,
      effect_pct: 5,
    },
    handler: async ({ body }) => experiment(database, await startExperiment(database, body)),
  }),
  endpoint({
    id: 'adminGetExperiment',
    method: 'get',
    path: '/v1/admin/experiments/:id',
    tag: TAG,
    summary: 'Read an experiment with its results',
    scope: 'admin',
    response: experimentSchema,
    handler: ({ params }) => experiment(database, params.id),
  }),
  endpoint({
    id: 'adminStopExperiment',
    method: 'post',
    path: '/v1/admin/experiments/:id/stop',
    tag: TAG,
    summary: 'Stop an experiment: everybody gets the usual choice again',
    scope: 'admin',
    response: experimentSchema,
    handler: async ({ params }) => {
      await stopExperiment(database, params.id);
      return experiment(database, params.id);
    },
  }),
];
