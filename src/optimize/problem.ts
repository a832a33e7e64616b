/** The problem of a search: variables within bounds, objectives, constraints. */
import { AppError } from '../contracts/common/app-error.ts';

export type Variable =
  | { readonly name: string; readonly kind: 'real'; readonly lower: number; readonly upper: number }
  | { readonly name: string; readonly kind: 'integer'; readonly lower: number; readonly upper: number }
  | { readonly name: string; readonly kind: 'categorical'; readonly choices: readonly string[] };

export interface Objective {
  readonly name: string;
  readonly goal: 'minimize' | 'maximize';
}

export interface Problem {
  readonly variables: readonly Variable[];
  readonly objectives: readonly Objective[];
  /** Names; a design is feasible where every constraint's value is at most 0. */
  readonly constraints: readonly string[];
}

/** A design to evaluate. A categorical variable's value is the index of its choice. */
export interface Candidate {
  readonly id: number;
  readonly values: readonly number[];
}

/** The caller's results for a candidate, in the order of the problem's objectives and constraints. */
export interface Evaluation {
  readonly id: number;
  readonly objectives: readonly number[];
  readonly constraints?: readonly number[];
}

/** An evaluated design. */
export interface Solution {
  readonly values: readonly number[];
  readonly objectives: readonly number[];
  readonly constraints: readonly number[];
  /** Sum of the constraints' values above 0; 0 for a feasible design. */
  readonly violation: number;
}

function invalid(message: string, pointer?: string): AppError {
  return new AppError('optimize.invalid_input', message, { pointer });
}

/** @throws AppError that names the first variable, bound or list that is invalid */
export function requireProblem(problem: Problem): void {
  if (problem.variables.length === 0) throw invalid('variables is empty; expected at least one variable', '/variables');
  if (problem.objectives.length === 0) throw invalid('objectives is empty; expected at least one', '/objectives');
  const names = [
    ...problem.variables.map((v) => v.name),
    ...problem.objectives.map((o) => o.name),
    ...problem.constraints,
  ];
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined)
    throw invalid(`"${twice}" names two variables, objectives or constraints; names must differ`);
  for (const [k, variable] of problem.variables.entries()) {
    const pointer = `/variables/${k}`;
    if (variable.kind === 'categorical') {
      if (variable.choices.length === 0) throw invalid(`${variable.name} has no choices; expected at least 1`, pointer);
      continue;
    }
    const { name, lower, upper } = variable;
    const fits = variable.kind === 'integer' ? Number.isSafeInteger : Number.isFinite;
    if (!fits(lower) || !fits(upper) || !Number.isFinite(upper - lower) || lower > upper)
      throw invalid(
        `${name} has the bounds ${lower} to ${upper}; expected ${variable.kind === 'integer' ? 'whole' : 'finite'} numbers, lower first`,
        pointer,
      );
  }
}

/** @throws AppError unless `value` is a whole number from `lowest` to `highest` */
export function requireWhole(name: string, value: number, lowest: number, highest: number): void {
  if (!(Number.isSafeInteger(value) && value >= lowest && value <= highest))
    throw invalid(`${name} is ${value}; expected a whole number from ${lowest} to ${highest}`, `/${name}`);
}

/** @throws AppError unless `value` lies from `lowest` to `highest` */
export function requireBetween(name: string, value: number, lowest: number, highest: number): void {
  if (!(value >= lowest && value <= highest))
    throw invalid(`${name} is ${value}; expected ${lowest} to ${highest}`, `/${name}`);
}

/** Bounds of each variable as numbers; a categorical variable runs from 0 to its last choice. */
export function boundsOf(problem: Problem): { readonly lower: Float64Array; readonly upper: Float64Array } {
  return {
    lower: Float64Array.from(problem.variables, (v) => (v.kind === 'categorical' ? 0 : v.lower)),
    upper: Float64Array.from(problem.variables, (v) => (v.kind === 'categorical' ? v.choices.length - 1 : v.upper)),
  };
}

/** @throws AppError unless the values fit the problem's variables; `what` names them in the message */
export function requireValues(problem: Problem, values: readonly number[], what: string): void {
  if (values.length !== problem.variables.length)
    throw invalid(`${what} has ${values.length} values; expected ${problem.variables.length}`);
  const { lower, upper } = boundsOf(problem);
  for (const [k, variable] of problem.variables.entries()) {
    const isWhole = variable.kind === 'real' || Number.isInteger(values[k]);
    if (!(isWhole && values[k] >= lower[k] && values[k] <= upper[k]))
      throw invalid(`${variable.name} of ${what} is ${values[k]}; expected ${lower[k]} to ${upper[k]}`);
  }
}

/** Returns the values by variable name, with categorical choices spelled out. */
export function describeValues(problem: Problem, values: readonly number[]): Record<string, number | string> {
  return Object.fromEntries(
    problem.variables.map((v, k) => [v.name, v.kind === 'categorical' ? v.choices[values[k]] : values[k]]),
  );
}

/**
 * Checks an evaluation and turns every objective into one to minimise.
 * @throws AppError that names the objective or constraint that is missing or not a finite number
 */
export function readEvaluation(
  problem: Problem,
  evaluation: Evaluation,
): { objectives: number[]; constraints: number[]; violation: number } {
  const given = evaluation.constraints ?? [];
  if (evaluation.objectives.length !== problem.objectives.length || given.length !== problem.constraints.length)
    throw invalid(
      `candidate ${evaluation.id} came with ${evaluation.objectives.length} objectives and ${given.length} constraints; ` +
        `expected ${problem.objectives.length} and ${problem.constraints.length}`,
    );
  const finite = (name: string, value: number): number => {
    if (!Number.isFinite(value))
      throw invalid(`${name} of candidate ${evaluation.id} is ${value}; expected a finite number`);
    return value + 0; // -0 does not survive JSON
  };
  const objectives = problem.objectives.map(({ name, goal }, k) =>
    finite(name, goal === 'maximize' ? -evaluation.objectives[k] : evaluation.objectives[k]),
  );
  const constraints = problem.constraints.map((name, k) => finite(name, given[k]));
  return { objectives, constraints, violation: violationOf(constraints) };
}

/** Returns the sum of the values above 0. */
export function violationOf(constraints: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < constraints.length; k++) if (constraints[k] > 0) sum += constraints[k];
  return sum;
}

/** Turns minimised objectives back into the problem's own. */
export function ownObjectives(problem: Problem, minimised: ArrayLike<number>): number[] {
  return problem.objectives.map(({ goal }, k) => (goal === 'maximize' ? 0 - minimised[k] : minimised[k]));
}
