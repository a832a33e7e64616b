/** Roots of functions of one variable. */

/**
 * Returns the root of a function that changes sign between two bounds, by bisection, with secant steps if they stay inside.
 * @returns null if the signs at the bounds are equal, or a value there is not a number
 */
export function findRoot(f: (x: number) => number, low: number, high: number): number | null {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (!(fa * fb <= 0)) return null;
  for (let i = 0; i < 200 && fa !== 0 && fb !== 0; i++) {
    // Secant every other step, bisection between: never slower than bisection, usually superlinear.
    let x = i % 2 === 0 ? a - (fa * (b - a)) / (fb - fa) : 0.5 * (a + b);
    if (!(x > a && x < b)) x = 0.5 * (a + b);
    if (x === a || x === b) break;
    const fx = f(x);
    if (fa * fx <= 0) {
      b = x;
      fb = fx;
    } else {
      a = x;
      fa = fx;
    }
    if (b - a <= 4e-16 * Math.abs(b)) break;
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}
