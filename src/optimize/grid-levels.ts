/** The designs that a grid search visits, known and checked before it starts. */
import { AppError } from '../contracts/common/app-error.ts';
import { type Problem, requireProblem, requireWhole } from './problem.ts';

export interface GridSearchOptions {
  /** Step of a variable, by its name: from the lower bound on; the upper bound is always visited too. */
  readonly steps: Readonly<Record<string, number>>;
  /** Values of each real variable without a step, evenly from bound to bound. Whole numbers step by 1. */
  readonly points: number;
  /** Designs handed out together; default 1,000. */
  readonly chunkSize?: number;
}

const MAX_GRID_POINTS = 10_000_000;

/** Returns the values that a grid visits, for each variable. */
export function gridLevels(problem: Problem, options: GridSearchOptions): number[][] {
  const { points, steps } = options;
  for (const name of Object.keys(steps))
    if (!problem.variables.some((variable) => variable.name === name && variable.kind !== 'categorical'))
      throw new AppError('optimize.invalid_input', `steps names ${name}, which is not a variable with steps`, {
        pointer: `/steps/${name}`,
      });
  return problem.variables.map((variable) => {
    if (variable.kind === 'categorical') return variable.choices.map((_, k) => k);
    const { name, kind, lower, upper } = variable;
    const step = steps[name] ?? (kind === 'integer' ? 1 : undefined);
    if (step === undefined) {
      if (lower === upper) return [lower];
      return Array.from({ length: points }, (_, k) =>
        k === points - 1 ? upper : lower + (k * (upper - lower)) / (points - 1),
      );
    }
    if (!(step > 0 && Number.isFinite(step)) || (kind === 'integer' && !Number.isInteger(step)))
      throw new AppError(
        'optimize.invalid_input',
        `steps.${name} is ${step}; expected a ${kind === 'integer' ? 'whole ' : ''}number above 0`,
        { pointer: `/steps/${name}` },
      );
    // A step that fits to within rounding ends on the upper bound itself.
    const whole = Math.floor((upper - lower) / step + 1e-9);
    if (whole > MAX_GRID_POINTS)
      throw new AppError('optimize.invalid_input', `steps.${name} is ${step}, ${whole} steps; raise it`, {
        pointer: `/steps/${name}`,
      });
    const levels = Array.from({ length: whole + 1 }, (_, k) => Math.min(upper, lower + k * step));
    if (upper - levels[whole] > 1e-9 * step) levels.push(upper);
    else levels[whole] = upper;
    return levels;
  });
}

/**
 * Returns every option, and the grid that follows from them. @throws AppError for options out of range or a grid that
 * is too large
 */
export function gridOf(
  problem: Problem,
  given: GridSearchOptions,
): { options: Required<GridSearchOptions>; levels: number[][]; size: number } {
  requireProblem(problem);
  const options = { ...given, chunkSize: given.chunkSize ?? 1000 };
  requireWhole('points', options.points, 2, 1_000_000);
  requireWhole('chunk_size', options.chunkSize, 1, 1_000_000);
  const levels = gridLevels(problem, options);
  const size = levels.reduce((product, { length }) => product * length, 1);
  if (size > MAX_GRID_POINTS)
    throw new AppError(
      'optimize.invalid_input',
      `the grid has ${size} designs; expected at most ${MAX_GRID_POINTS}: larger steps, or fewer variables`,
      { pointer: '/steps' },
    );
  return { options, levels, size };
}
