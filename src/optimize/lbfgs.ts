/** Minimises a smooth function within a box. */

/** Value at x; writes the gradient. */
export type SmoothFunction = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
}

const MEMORY = 8;
const ARMIJO = 1e-4;
const MAX_HALVINGS = 25;

/**
 * Minimises by limited-memory BFGS with projection on the box: variables held at a bound by the gradient are left out
 * of a step.
 * @param start within the box
 * @returns the best point met; a point whose value is not finite is treated as worse than any
 * @see Nocedal 1980, doi:10.1090/S0025-5718-1980-0572855-7; Bertsekas 1982, doi:10.1137/0320018
 */
export function minimizeInBox(
  f: SmoothFunction,
  start: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  options: { readonly maxIterations: number; readonly gradientTolerance?: number; readonly valueTolerance?: number },
): LbfgsResult {
  const n = start.length;
  const { maxIterations, gradientTolerance = 1e-8, valueTolerance = 1e-12 } = options;
  let x = Float64Array.from(start);
  let gradient = new Float64Array(n);
  let value = f(x, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  const direction = new Float64Array(n);
  const isHeld = new Uint8Array(n);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      isHeld[i] = (x[i] <= lower[i] && gradient[i] > 0) || (x[i] >= upper[i] && gradient[i] < 0) ? 1 : 0;
      if (!isHeld[i]) largest = Math.max(largest, Math.abs(gradient[i]));
    }
    if (!(largest > gradientTolerance)) break;
    quasiNewton(gradient, steps, changes, isHeld, direction);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      steps.length = 0;
      changes.length = 0;
      for (let i = 0; i < n; i++) direction[i] = isHeld[i] ? 0 : -gradient[i];
      slope = dot(gradient, direction);
    }
    // Without curvature the first step is kept to a tenth of the box.
    let scale = 1;
    if (steps.length === 0) {
      for (let i = 0; i < n; i++)
        if (direction[i] !== 0) scale = Math.min(scale, (0.1 * (upper[i] - lower[i])) / Math.abs(direction[i]));
    }
    let next = x;
    let nextGradient = gradient;
    let nextValue = Number.POSITIVE_INFINITY;
    let isAccepted = false;
    for (let halving = 0; halving < MAX_HALVINGS && !isAccepted; halving++) {
      next = new Float64Array(n);
      nextGradient = new Float64Array(n);
      let expected = 0;
      for (let i = 0; i < n; i++) {
        next[i] = Math.min(upper[i], Math.max(lower[i], x[i] + scale * direction[i]));
        expected += gradient[i] * (next[i] - x[i]);
      }
      nextValue = f(next, nextGradient);
      isAccepted = nextValue <= value + ARMIJO * expected;
      scale *= halving < 2 ? 0.5 : 0.2;
    }
    if (!isAccepted) {
      if (steps.length === 0) break;
      steps.length = 0;
      changes.length = 0;
      continue;
    }
    const step = new Float64Array(n);
    const change = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      step[i] = next[i] - x[i];
      change[i] = nextGradient[i] - gradient[i];
    }
    if (dot(step, change) > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change))) {
      steps.push(step);
      changes.push(change);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = value - nextValue;
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain <= valueTolerance * Math.max(1, Math.abs(value))) break;
  }
  return { x, value };
}

/** Computes the direction by the two-loop recursion over the variables that are free. */
function quasiNewton(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  changes: readonly Float64Array[],
  isHeld: Uint8Array,
  direction: Float64Array,
): void {
  const n = gradient.length;
  for (let i = 0; i < n; i++) direction[i] = isHeld[i] ? 0 : -gradient[i];
  const factors: number[] = [];
  for (let k = steps.length - 1; k >= 0; k--) {
    const factor = dot(steps[k], direction) / dot(steps[k], changes[k]);
    factors[k] = factor;
    for (let i = 0; i < n; i++) direction[i] -= factor * changes[k][i];
  }
  if (steps.length > 0) {
    const last = steps.length - 1;
    const scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last]);
    for (let i = 0; i < n; i++) direction[i] *= scale;
  }
  for (let k = 0; k < steps.length; k++) {
    const correction = factors[k] - dot(changes[k], direction) / dot(steps[k], changes[k]);
    for (let i = 0; i < n; i++) direction[i] += correction * steps[k][i];
  }
  for (let i = 0; i < n; i++) if (isHeld[i]) direction[i] = 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
