/** The implementation of the job kind of generators that run at random, and of their library. */
import { generatorSchema } from '../../contracts/toy/endpoints.ts';
import { work } from '../jobs/working-kind.ts';
import type { WorkingTechnology } from '../reports/technology.ts';
import { generatorOf, toyHandlers, toyLibrary } from './library.ts';

const HOURS_PER_YEAR = 8760;

export const toy: WorkingTechnology<'toy'> = {
  kinds: ({ database }) => ({
    'toy-count': {
      async prepare({ generator_id: id, rated_kw, run_probability, ...draws }, orgId) {
        const generator =
          id === undefined ? { rated_kw, run_probability } : await generatorOf(toyLibrary(database), orgId, id);
        return { input: { ...generatorSchema.parse(generator), ...draws }, seed: draws.seed };
      },
      async load({ input, seed }) {
        return work<'toy-count', 'toyCount'>({
          task: 'toyCount',
          specs: [{ hours: input.n_hours, availability: input.run_probability, seed }],
          progress: ([{ result }]) => ({ n_hours: result?.hours ?? 0 }),
          async finish([{ result, done }]) {
            const { hours, running } = result ?? { hours: 0, running: 0 };
            const share = hours > 0 ? running / hours : 0;
            return {
              result: {
                is_complete: done,
                n_hours: hours,
                n_running_hours: running,
                capacity_factor_pct: 100 * share,
                annual_energy_kwh: share * input.rated_kw * HOURS_PER_YEAR,
              },
            };
          },
        });
      },
    },
  }),
  endpoints: toyHandlers,
  report: {
    kinds: ['toy-count'],
    hasYield: ({ result }) => (result?.n_hours ?? 0) > 0,
    load: async () => (await import('./report/room.ts')).toyRoom,
  },
};
