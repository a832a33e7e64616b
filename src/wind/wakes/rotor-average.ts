/** Means of a wake over a rotor disc: exact ones, and a smooth table for inner loops. */

const { abs, atan2, exp, max, sqrt } = Math;
/** Discs that overlap share something: gradients divide by it. */
const MIN_SHARE = 1e-30;

/** Share of the rotor's disc that lies in the wake's disc, and its derivatives. */
export interface Overlap {
  share: number;
  /** By the wake's radius [1/m] */
  byRadius: number;
  /** By the distance of the centres [1/m] */
  byDistance: number;
}

/**
 * Returns the area that two discs share, divided by the rotor's area.
 * @param wakeRadius [m]  @param rotorRadius [m]  @param distance of the two centres [m]
 * @param out receives share and derivatives
 */
export function discOverlap(wakeRadius: number, rotorRadius: number, distance: number, out: Overlap): Overlap {
  out.byRadius = 0;
  out.byDistance = 0;
  if (distance >= wakeRadius + rotorRadius) out.share = 0;
  else if (distance <= abs(wakeRadius - rotorRadius)) out.share = 1;
  else {
    const a2 = wakeRadius * wakeRadius;
    const b2 = rotorRadius * rotorRadius;
    const sum = wakeRadius + rotorRadius;
    const difference = abs(wakeRadius - rotorRadius);
    // Angles by their tangents, and differences as factors, keep their digits where the discs hardly touch.
    const chord =
      sqrt((sum - distance) * (sum + distance) * (distance - difference) * (distance + difference)) / distance;
    const inWake = (distance * distance + a2 - b2) / distance;
    const wakeAngle = atan2(chord, inWake);
    const rotorAngle = atan2(chord, 2 * distance - inWake);
    const area = Math.PI * b2;
    out.share = max(MIN_SHARE, (a2 * wakeAngle + b2 * rotorAngle - 0.5 * chord * distance) / area);
    out.byRadius = (2 * wakeRadius * wakeAngle) / area;
    out.byDistance = -chord / area;
  }
  return out;
}

/**
 * Returns the mean of exp(-r^2/2) over a disc of radius a whose centre is c away from the peak: 2/a^2 (1 - Q1(c, a))
 * with Marcum's Q. Summed as a Poisson mixture of incomplete gamma functions, all terms positive: relative error below
 * 1e-13.
 */
export function gaussianDiscMean(a: number, c: number): number {
  const x = 0.5 * a * a;
  const y = 0.5 * c * c;
  if (x < 1e-12) return exp(-y);
  // P(n+1, x)/x for n = 0 by series; the next ones by P(n+1, x) = P(n, x) - x^n e^-x / n! would cancel, so each is summed.
  let poisson = 1;
  let sum = 0;
  let lead = exp(-x);
  for (let n = 0; n < 2000; n++) {
    let term = lead / (n + 1);
    let inner = term;
    for (let k = n + 2; term > 1e-17 * inner; k++) {
      term *= x / k;
      inner += term;
    }
    const add = poisson * inner;
    sum += add;
    if (add < 1e-17 * sum) break;
    poisson *= y / (n + 1);
    lead *= x / (n + 1);
    // Far from the peak of a wide disc both factors leave the range of doubles; the caller's Gaussian is 0 there.
    if (!Number.isFinite(poisson)) return 0;
  }
  return exp(-y) * sum;
}

/**
 * Returns exp(-x) I_order(x), order 0 or 1, by Simpson's rule on the periodic integral: relative error below 1e-13 for
 * x up to 100.
 */
function scaledBessel(order: 0 | 1, x: number): number {
  const steps = 96;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const cosine = Math.cos((2 * Math.PI * i) / steps);
    sum += exp(x * (cosine - 1)) * (order === 0 ? 1 : cosine);
  }
  return sum / steps;
}

const CELLS_A = 28;
const CELLS_C = 88;
/** Cells of the table by distance, in each row of one radius */
export const TABLE_COLUMNS = CELLS_C;
/** Cells of the table a unit of the Gaussian's width */
export const TABLE_CELLS_PER_UNIT = 8;
/** Largest radius and distance of the table, in units of the Gaussian's width. */
export const TABLE_RADIUS = CELLS_A / TABLE_CELLS_PER_UNIT;
export const TABLE_DISTANCE = CELLS_C / TABLE_CELLS_PER_UNIT;

let table: Float64Array | undefined;

/**
 * Returns sixteen coefficients of a bicubic polynomial for each cell of gaussianDiscMean: value and slope are continuous across
 * cells, and exact at the nodes. The error is below 3e-6 of the peak. Polynomial in (a, c) from the cell's corner, a's
 * powers inside.
 */
export function gaussianDiscTable(): Float64Array {
  if (table) return table;
  const h = 1 / TABLE_CELLS_PER_UNIT;
  const nodes = new Float64Array((CELLS_A + 1) * (CELLS_C + 1) * 4);
  for (let ia = 0; ia <= CELLS_A; ia++)
    for (let ic = 0; ic <= CELLS_C; ic++) {
      const a = ia * h;
      const c = ic * h;
      const at = 4 * (ia * (CELLS_C + 1) + ic);
      if (ia === 0) {
        nodes[at] = exp(-0.5 * c * c);
        nodes[at + 2] = -c * nodes[at] * h;
        continue;
      }
      const mean = gaussianDiscMean(a, c);
      const front = exp(-0.5 * (a - c) * (a - c));
      const i0 = front * scaledBessel(0, a * c);
      const i1 = front * scaledBessel(1, a * c);
      const byA = (2 / a) * (i0 - mean);
      const byC = (-2 / a) * i1;
      const byAC = (2 / a) * (a * i1 - c * i0 - byC);
      nodes[at] = mean;
      nodes[at + 1] = byA * h;
      nodes[at + 2] = byC * h;
      nodes[at + 3] = byAC * h * h;
    }
  table = new Float64Array(CELLS_A * CELLS_C * 16);
  for (let ia = 0; ia < CELLS_A; ia++)
    for (let ic = 0; ic < CELLS_C; ic++) {
      const corner = (da: number, dc: number, k: number) => nodes[4 * ((ia + da) * (CELLS_C + 1) + ic + dc) + k];
      // Along a for value and c-slope at both c ends, then along c for each power of a.
      const alongA = [0, 1].flatMap((dc) =>
        [0, 2].map((k) => hermite(corner(0, dc, k), corner(0, dc, k + 1), corner(1, dc, k), corner(1, dc, k + 1))),
      );
      const [v0, s0, v1, s1] = alongA;
      for (let power = 0; power < 4; power++)
        hermite(v0[power], s0[power], v1[power], s1[power]).forEach((coefficient, k) => {
          table![16 * (ia * CELLS_C + ic) + 4 * k + power] = coefficient;
        });
    }
  return table;
}

/** Returns the coefficients of the cubic on [0, 1] with these values and slopes at its ends. */
function hermite(v0: number, s0: number, v1: number, s1: number): [number, number, number, number] {
  return [v0, s0, 3 * (v1 - v0) - 2 * s0 - s1, 2 * (v0 - v1) + s0 + s1];
}

/** Returns the index in the table at which a cell's coefficients begin. */
export const cellOffset = (cellA: number, cellC: number): number => 16 * (cellA * CELLS_C + cellC);

/** The disc's mean, and its derivatives by a and c. */
export interface DiscMean {
  value: number;
  byA: number;
  byC: number;
}

/** Reads the table; beyond it the exact mean, with derivatives by Bessel functions. */
export function discMeanWithSlopes(a: number, c: number, out: DiscMean): DiscMean {
  if (a < TABLE_RADIUS && c < TABLE_DISTANCE) {
    const coefficients = gaussianDiscTable();
    const pa = a * TABLE_CELLS_PER_UNIT;
    const pc = c * TABLE_CELLS_PER_UNIT;
    const ia = pa | 0;
    const ic = pc | 0;
    const u = pa - ia;
    const v = pc - ic;
    const o = cellOffset(ia, ic);
    const k0 = cubic(coefficients, o, u);
    const k1 = cubic(coefficients, o + 4, u);
    const k2 = cubic(coefficients, o + 8, u);
    const k3 = cubic(coefficients, o + 12, u);
    out.value = k0 + v * (k1 + v * (k2 + v * k3));
    out.byC = TABLE_CELLS_PER_UNIT * (k1 + v * (2 * k2 + 3 * v * k3));
    const d0 = slope(coefficients, o, u);
    const d1 = slope(coefficients, o + 4, u);
    const d2 = slope(coefficients, o + 8, u);
    const d3 = slope(coefficients, o + 12, u);
    out.byA = TABLE_CELLS_PER_UNIT * (d0 + v * (d1 + v * (d2 + v * d3)));
    return out;
  }
  out.value = gaussianDiscMean(a, c);
  const front = exp(-0.5 * (a - c) * (a - c));
  out.byA = (2 / a) * (front * scaledBessel(0, a * c) - out.value);
  out.byC = (-2 / a) * front * scaledBessel(1, a * c);
  return out;
}

function cubic(k: Float64Array, o: number, u: number): number {
  return k[o] + u * (k[o + 1] + u * (k[o + 2] + u * k[o + 3]));
}

function slope(k: Float64Array, o: number, u: number): number {
  return k[o + 1] + u * (2 * k[o + 2] + 3 * u * k[o + 3]);
}
