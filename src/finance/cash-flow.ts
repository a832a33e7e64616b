/** Value of a yearly cash flow: net present value, internal rates of return, payback, level loan payments. */
import { Guards } from '../contracts/common/guards.ts';

const guard: Guards = new Guards('finance.invalid_input');

function requireFlows(cashFlows: readonly number[]): void {
  if (cashFlows.length < 2) guard.refuse('cashFlows', `has ${cashFlows.length} values; expected at least 2`);
  guard.requireFinite('cashFlows', cashFlows);
}

/**
 * Returns the net present value; the first flow is not discounted.
 * @param discountRate [1/a], above -1
 * @param cashFlows [currency], year 0 first, length n
 * @returns [currency]
 */
export function netPresentValue(discountRate: number, cashFlows: readonly number[]): number {
  requireFlows(cashFlows);
  guard.requireAbove('discountRate', discountRate, -1);
  return horner(1 / (1 + discountRate), cashFlows);
}

/** Returns the sum of flows[k] x^k */
function horner(x: number, flows: readonly number[]): number {
  let sum = 0;
  for (let k = flows.length - 1; k >= 0; k--) sum = sum * x + flows[k];
  return sum;
}

export interface InternalRates {
  /** The rate nearest zero, or null where no rate in the searched range makes the value zero. */
  readonly irr: number | null;
  /** Every rate that was found, in ascending order. If there are several, the IRR is not enough to rank the project. */
  readonly roots: readonly number[];
}

const SEARCHED_RATES = { lowest: -0.9999, highest: 100 };

/**
 * Returns the internal rates of return: all roots of the net present value between -99.99 % and 10,000 % a year.
 * Brackets come from the roots of the derivative polynomials in x = 1 / (1 + r), so no simple root between two nodes is missed.
 * @param cashFlows [currency], year 0 first
 * @returns rates as fractions a year
 */
export function internalRatesOfReturn(cashFlows: readonly number[]): InternalRates {
  requireFlows(cashFlows);
  const scale = Math.max(...cashFlows.map(Math.abs));
  if (scale === 0) return { irr: null, roots: [] };
  const low = 1 / (1 + SEARCHED_RATES.highest);
  // x reaches 1 / (1 + lowest); long flows are bounded so that x^n stays finite.
  const high = Math.min(1 / (1 + SEARCHED_RATES.lowest), 10 ** (250 / cashFlows.length));
  const roots = polynomialRoots(
    cashFlows.map((flow) => flow / scale),
    low,
    high,
  )
    .map((x) => 1 / x - 1)
    .sort((a, b) => a - b);
  const irr = roots.reduce<number | null>(
    (best, rate) => (best === null || Math.abs(rate) < Math.abs(best) ? rate : best),
    null,
  );
  return { irr, roots };
}

/**
 * Returns the real roots of sum c[k] x^k in [low, high], ascending: between neighbouring critical points the polynomial
 * is monotone.
 */
function polynomialRoots(coefficients: readonly number[], low: number, high: number): number[] {
  let degree = coefficients.length - 1;
  while (degree > 0 && coefficients[degree] === 0) degree--;
  if (degree === 0) return [];
  const c = coefficients.slice(0, degree + 1);
  if (degree === 1) {
    const root = -c[0] / c[1];
    return root >= low && root <= high ? [root] : [];
  }
  // By Descartes' rule a single change of sign has a single positive root: no critical points needed.
  const signs = c.filter((value) => value !== 0).map(Math.sign);
  const changes = signs.filter((sign, k) => k > 0 && sign !== signs[k - 1]).length;
  if (changes === 0) return [];
  const inner =
    changes === 1
      ? []
      : polynomialRoots(
          c.slice(1).map((value, k) => value * (k + 1)),
          low,
          high,
        );
  const nodes = [low, ...inner, high];
  const roots: number[] = [];
  for (let k = 0; k + 1 < nodes.length; k++) {
    const root = bisect(c, nodes[k], nodes[k + 1]);
    if (root !== null && root !== roots.at(-1)) roots.push(root);
  }
  return roots;
}

/** Returns the root of a monotone piece by bisection to the last bit, or null where the signs agree. */
function bisect(c: readonly number[], from: number, to: number): number | null {
  let a = from;
  let b = to;
  const atA = horner(a, c);
  const atB = horner(b, c);
  if (atA === 0) return a;
  if (atB === 0) return b;
  if (atA > 0 === atB > 0) return null;
  for (;;) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return Math.abs(horner(a, c)) <= Math.abs(horner(b, c)) ? a : b;
    const value = horner(middle, c);
    if (value === 0) return middle;
    if (value > 0 === atA > 0) a = middle;
    else b = middle;
  }
}

/**
 * Returns the years until the (discounted) flows have repaid the first, linear within the year of the crossing.
 * @param discountRate [1/a]; 0 gives the simple payback
 * @returns [a], or null where the flows never repay it
 */
export function paybackYears(cashFlows: readonly number[], discountRate = 0): number | null {
  requireFlows(cashFlows);
  guard.requireAbove('discountRate', discountRate, -1);
  let balance = cashFlows[0];
  if (balance >= 0) return 0;
  for (let year = 1; year < cashFlows.length; year++) {
    const flow = cashFlows[year] / (1 + discountRate) ** year;
    if (balance + flow >= 0) return year - 1 + -balance / flow;
    balance += flow;
  }
  return null;
}
