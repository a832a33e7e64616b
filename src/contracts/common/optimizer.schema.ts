/** How a search is run, the same for every technology; each one allows its own methods and takes the fields that these use. */
import { z } from 'zod';
import { ownChoice, sourceOfDefault, withDefault } from './fields.schema.ts';

/**
 * Returns the schema of the choice of an optimizer. @param fallback method where the request names none, and the reason
 * in a few words
 */
export const methodOf = <const Methods extends readonly [string, ...string[]]>(
  methods: Methods,
  fallback: NoInfer<Methods[number]>,
  reason: string,
  description: string,
) => withDefault(z.enum(methods), fallback, ownChoice(reason)).describe(description);

/** Iterations of each method where a request states none. A grid is visited once. */
const DEFAULT_ITERATIONS = {
  annealing: 8000,
  gradient: 100,
  random_search: 2000,
  greedy: 500,
  nsga2: 40,
  bayesian: 60,
  grid_search: 1,
} as const;
type Method = keyof typeof DEFAULT_ITERATIONS;
/** Each design of `bayesian` fits a model of all before it, so the time grows with their cube. */
const MAX_BAYESIAN_ITERATIONS = 1000;

/** @param what an iteration is, by method */
export function iterationsSchema(what: string, methods: readonly Method[]) {
  const defaults = methods
    .filter((method) => method !== 'grid_search')
    .map((method) => `${method} ${DEFAULT_ITERATIONS[method]}`);
  return sourceOfDefault(
    z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe(
        `Number of iterations: ${what}; 1 to 1000000, of bayesian at most ${MAX_BAYESIAN_ITERATIONS}; default: ${defaults.join(', ')}${methods.includes('annealing') ? ', of annealing fewer for small farms' : ''}`,
      ),
    ownChoice('enough for a first search'),
  );
}

interface Iterations {
  readonly method: Method;
  readonly n_iterations?: number | undefined;
}
export const iterationsOf = ({ method, n_iterations }: Iterations): number =>
  n_iterations ?? DEFAULT_ITERATIONS[method];

/** Refuses more iterations than a method can do. */
export function checkIterations({ method, n_iterations = 1 }: Iterations, context: z.RefinementCtx): void {
  if (method !== 'bayesian' || n_iterations <= MAX_BAYESIAN_ITERATIONS) return;
  const message = `n_iterations is ${n_iterations}; expected 1 to ${MAX_BAYESIAN_ITERATIONS} with method bayesian`;
  context.addIssue({ code: 'custom', path: ['n_iterations'], message });
}

export const optimizerFields = {
  population_size: withDefault(z.int().min(4).max(10_000), 40, ownChoice('fast enough for a first search')).describe(
    'nsga2: designs in one generation',
  ),
  n_starts: withDefault(
    z.int().min(1).max(64),
    2,
    ownChoice('a second search shows whether the first was lucky'),
  ).describe('Number of searches with different seeds; the best result counts'),
  steps: withDefault(z.record(z.string(), z.number().positive()), {}, ownChoice('n_grid_points counts')).describe(
    'grid_search: step of each variable, in its unit; a variable without one has n_grid_points values',
  ),
  n_grid_points: withDefault(
    z.int().min(2).max(1000),
    7,
    ownChoice('few enough for a grid of several variables'),
  ).describe('grid_search: values of a variable without a step'),
};

/** Where a job computes, for kinds that a device can compute. @param what it computes there, as a sentence */
export const computeFieldsOf = (what: string) => ({
  compute: withDefault(z.enum(['auto', 'cpu', 'gpu']), 'auto', ownChoice('the faster of the two')).describe(
    `Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. ${what}`,
  ),
  gpu_wait_s: withDefault(
    z.int().min(0).max(3600),
    0,
    ownChoice('the answer says at once that there is none'),
  ).describe('compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused'),
});
export const computeFields = computeFieldsOf(
  'The search evaluates its designs there; final results are always computed on the CPU.',
);
/** How the stored result names where it was computed. */
export const computedBySchema = z
  .strictObject({
    ran_on: z.enum(['cpu', 'gpu']).describe('Where designs were evaluated, or flow maps drawn'),
    device: z.string().nullable().describe('Name of the GPU; null on the CPU'),
    n_device_evaluations: z
      .int()
      .describe('Number of evaluations on the GPU: designs, of annealing moves of turbines, of flow maps points'),
    device_s: z.number().describe('Time on the GPU, transfers included [s]'),
  })
  .meta({ id: 'ComputedBy', description: 'Where a job computed' });

/** Seed of jobs that draw random numbers. */
export const seedSchema = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .optional()
  .describe('Seed of all random numbers of the job; default: a random number, which is stored with the job');
