/** Standard test problems with their usual bounds; every objective is minimised, constraints are g <= 0. */
import type { Problem } from './problem.ts';

export interface TestProblem {
  readonly problem: Problem;
  evaluate(values: readonly number[]): { objectives: number[]; constraints: number[] };
}

type Evaluate = (x: readonly number[]) => { f: number[]; g?: number[] };

interface Definition {
  readonly bounds: readonly (readonly [number, number])[];
  readonly objectives: number;
  readonly constraints?: number;
  readonly evaluate: Evaluate;
}

const { PI, sin, cos, exp, sqrt, abs } = Math;

const sum = (n: number, term: (i: number) => number): number => {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
};
const product = (n: number, factor: (i: number) => number): number => {
  let total = 1;
  for (let i = 0; i < n; i++) total *= factor(i);
  return total;
};
const box = (n: number, lower: number, upper: number) =>
  Array.from({ length: n }, (): readonly [number, number] => [lower, upper]);

/** Zitzler, Deb and Thiele 2000, doi:10.1162/106365600568202. ZDT5's bits are real numbers rounded at one half. */
function zdt(k: number, n: number): Definition {
  const mean = (x: readonly number[]) => sum(n - 1, (i) => x[i + 1]) / (n - 1);
  const from = (f1: (x: readonly number[]) => number, g: (x: readonly number[]) => number, h: typeof Math.pow) => ({
    bounds: k === 4 ? [[0, 1] as const, ...box(n - 1, -5, 5)] : box(n, 0, 1),
    objectives: 2,
    evaluate: (x: readonly number[]) => {
      const first = f1(x);
      const distance = g(x);
      return { f: [first, distance * h(first, distance)] };
    },
  });
  const first = (x: readonly number[]) => x[0];
  const linear = (x: readonly number[]) => 1 + 9 * mean(x);
  if (k === 1) return from(first, linear, (f, g) => 1 - sqrt(f / g));
  if (k === 2) return from(first, linear, (f, g) => 1 - (f / g) ** 2);
  if (k === 3) return from(first, linear, (f, g) => 1 - sqrt(f / g) - (f / g) * sin(10 * PI * f));
  if (k === 4)
    return from(
      first,
      (x) => 1 + 10 * (n - 1) + sum(n - 1, (i) => x[i + 1] ** 2 - 10 * cos(4 * PI * x[i + 1])),
      (f, g) => 1 - sqrt(f / g),
    );
  if (k === 6)
    return from(
      (x) => 1 - exp(-4 * x[0]) * sin(6 * PI * x[0]) ** 6,
      (x) => 1 + 9 * mean(x) ** 0.25,
      (f, g) => 1 - (f / g) ** 2,
    );
  const groups = (n - 30) / 5;
  const ones = (x: readonly number[], start: number, length: number) =>
    sum(length, (i) => (x[start + i] >= 0.5 ? 1 : 0));
  return {
    bounds: box(n, 0, 1),
    objectives: 2,
    // Both objectives are scaled to [0, 1] over the true front, as pymoo does.
    evaluate: (x) => {
      const f1 = 1 + ones(x, 0, 30);
      const g = sum(groups, (j) => {
        const u = ones(x, 30 + 5 * j, 5);
        return u < 5 ? 2 + u : 1;
      });
      return { f: [(f1 - 1) / 30, (g / f1 - groups / 31) / (groups - groups / 31)] };
    },
  };
}

/** Deb, Thiele, Laumanns and Zitzler 2005, doi:10.1007/1-84628-137-7_6. DTLZ4 with its exponent of 100. */
function dtlz(k: number, n: number, m: number): Definition {
  const tail = (x: readonly number[], term: (value: number) => number) =>
    sum(n - m + 1, (i) => term(x[m - 1 + i] as number));
  const rugged = (x: readonly number[]) =>
    100 * (n - m + 1 + tail(x, (v) => (v - 0.5) ** 2 - cos(20 * PI * (v - 0.5))));
  const sphere = (x: readonly number[]) => tail(x, (v) => (v - 0.5) ** 2);
  const round = (g: number, theta: (i: number) => number) =>
    Array.from({ length: m }, (_, j) => {
      const cosines = product(m - 1 - j, (i) => cos((theta(i) * PI) / 2));
      return (1 + g) * cosines * (j > 0 ? sin((theta(m - 1 - j) * PI) / 2) : 1);
    });
  const degenerate = (x: readonly number[], g: number) =>
    round(g, (i) => (i === 0 ? x[0] : (1 + 2 * g * x[i]) / (2 * (1 + g))));
  const evaluations: Record<number, (x: readonly number[]) => number[]> = {
    1: (x) => {
      const g = rugged(x);
      return Array.from(
        { length: m },
        (_, j) => 0.5 * (1 + g) * product(m - 1 - j, (i) => x[i]) * (j > 0 ? 1 - x[m - 1 - j] : 1),
      );
    },
    2: (x) => round(sphere(x), (i) => x[i]),
    3: (x) => round(rugged(x), (i) => x[i]),
    4: (x) => round(sphere(x), (i) => x[i] ** 100),
    5: (x) => degenerate(x, sphere(x)),
    6: (x) =>
      degenerate(
        x,
        tail(x, (v) => v ** 0.1),
      ),
    7: (x) => {
      const g = 1 + (9 / (n - m + 1)) * tail(x, (v) => v);
      const h = m - sum(m - 1, (i) => (x[i] / (1 + g)) * (1 + sin(3 * PI * x[i])));
      return [...x.slice(0, m - 1), (1 + g) * h];
    },
  };
  const evaluate = evaluations[k];
  return { bounds: box(n, 0, 1), objectives: m, evaluate: (x) => ({ f: evaluate(x) }) };
}

/** Ma and Wang 2019, doi:10.1109/TEVC.2019.2896967. */
function mw(k: number, n: number): Definition {
  const wave = (a: number, b: number, power: number, f: readonly number[]) =>
    a * sin(b * PI * (sqrt(2) * f[1] - sqrt(2) * f[0])) ** power;
  const distances: Record<number, (x: readonly number[]) => number> = {
    1: (x) => 1 + sum(n - 1, (i) => 1 - exp(-10 * (x[i + 1] ** (n - 2) - 0.5 - (i + 1) / (2 * n)) ** 2)),
    2: (x) =>
      1 +
      sum(n - 1, (i) => {
        const z = 1 - exp(-10 * (x[i + 1] - (i + 1) / n) ** 2);
        return (0.1 / n) * z * z + 1.5 - 1.5 * cos(2 * PI * z);
      }),
    3: (x) => 1 + sum(n - 1, (i) => 2 * (x[i + 1] + (x[i] - 0.5) ** 2 - 1) ** 2),
  };
  const limits: Record<number, (f: readonly number[]) => number[]> = {
    1: (f) => [f[0] + f[1] - 1 - wave(0.5, 2, 8, f)],
    2: (f) => [f[0] + f[1] - 1 - wave(0.5, 3, 8, f)],
    3: (f) => [f[0] + f[1] - 1.05 - wave(0.45, 0.75, 6, f), 0.85 - f[0] - f[1] + wave(0.3, 0.75, 2, f)],
  };
  return {
    bounds: box(n, 0, 1),
    objectives: 2,
    constraints: k === 3 ? 2 : 1,
    evaluate: (x) => {
      const g = distances[k](x);
      const f = [x[0], g * (1 - ((k === 1 ? 0.85 : 1) * x[0]) / g)];
      return { f, g: limits[k](f) };
    },
  };
}

const MULTI: Readonly<Record<string, Definition>> = {
  /** Kursawe 1991, doi:10.1007/BFb0029752 */
  kursawe: {
    bounds: box(3, -5, 5),
    objectives: 2,
    evaluate: (x) => ({
      f: [
        sum(2, (i) => -10 * exp(-0.2 * sqrt(x[i] ** 2 + x[i + 1] ** 2))),
        sum(3, (i) => abs(x[i]) ** 0.8 + 5 * sin(x[i] ** 3)),
      ],
    }),
  },
  /** Srinivas and Deb 1994, doi:10.1162/evco.1994.2.3.221 */
  srn: {
    bounds: box(2, -20, 20),
    objectives: 2,
    constraints: 2,
    evaluate: ([a, b]) => ({
      f: [2 + (a - 2) ** 2 + (b - 1) ** 2, 9 * a - (b - 1) ** 2],
      g: [a * a + b * b - 225, a - 3 * b + 10],
    }),
  },
  /** Binh and Korn 1997 */
  bnh: {
    bounds: [
      [0, 5],
      [0, 3],
    ],
    objectives: 2,
    constraints: 2,
    evaluate: ([a, b]) => ({
      f: [4 * a * a + 4 * b * b, (a - 5) ** 2 + (b - 5) ** 2],
      g: [((a - 5) ** 2 + b * b - 25) / 25, -((a - 8) ** 2 + (b + 3) ** 2 - 7.7) / 7.7],
    }),
  },
  /** Osyczka and Kundu 1995, doi:10.1007/BF01743536 */
  osy: {
    bounds: [
      [0, 10],
      [0, 10],
      [1, 5],
      [0, 6],
      [1, 5],
      [0, 10],
    ],
    objectives: 2,
    constraints: 6,
    evaluate: (x) => ({
      f: [
        -(25 * (x[0] - 2) ** 2 + (x[1] - 2) ** 2 + (x[2] - 1) ** 2 + (x[3] - 4) ** 2 + (x[4] - 1) ** 2),
        sum(6, (i) => x[i] ** 2),
      ],
      g: [
        -(x[0] + x[1] - 2) / 2,
        -(6 - x[0] - x[1]) / 6,
        -(2 - x[1] + x[0]) / 2,
        -(2 - x[0] + 3 * x[1]) / 2,
        -(4 - (x[2] - 3) ** 2 - x[3]) / 4,
        -((x[4] - 3) ** 2 + x[5] - 4) / 4,
      ],
    }),
  },
  /** Tanaka, Watanabe, Furukawa and Tanino 1995, doi:10.1109/ICSMC.1995.537993 */
  tnk: {
    bounds: [
      [0, PI],
      [1e-30, PI],
    ],
    objectives: 2,
    constraints: 2,
    evaluate: ([a, b]) => ({
      f: [a, b],
      g: [-(a * a + b * b - 1 - 0.1 * cos(16 * Math.atan(a / b))), 2 * ((a - 0.5) ** 2 + (b - 0.5) ** 2) - 1],
    }),
  },
  /** Two-bar truss: volume and stress. Deb, Pratap and Moitra 2000, doi:10.1007/3-540-45356-3_5 */
  truss2d: {
    bounds: [
      [0, 0.01],
      [0, 0.01],
      [1, 3],
    ],
    objectives: 2,
    constraints: 1,
    evaluate: ([first, second, y]) => {
      // A bar without section would have infinite stress; a thousandth of a square micrometre is as infeasible.
      const a = Math.max(first, 1e-15);
      const b = Math.max(second, 1e-15);
      const stress = Math.max((20 * sqrt(16 + y * y)) / (y * a), (80 * sqrt(1 + y * y)) / (y * b));
      return { f: [a * sqrt(16 + y * y) + b * sqrt(1 + y * y), stress], g: [stress - 1e5] };
    },
  },
};

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN3 = {
  a: [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  p: [
    [0.3689, 0.117, 0.2673],
    [0.4699, 0.4387, 0.747],
    [0.1091, 0.8732, 0.5547],
    [0.0381, 0.5743, 0.8828],
  ],
};
const HARTMANN6 = {
  a: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  p: [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
};

/** Shekel's ten wells: places (each twice, for coordinates 1 and 3, 2 and 4), and inverse depths. */
const SHEKEL = {
  odd: [4, 1, 8, 6, 3, 2, 5, 8, 6, 7],
  even: [4, 1, 8, 6, 7, 9, 3, 1, 2, 3.6],
  beta: [0.1, 0.2, 0.2, 0.4, 0.4, 0.6, 0.3, 0.7, 0.5, 0.5],
};

type Single = (x: readonly number[]) => number;

/** @see Surjanovic and Bingham, Virtual Library of Simulation Experiments */
const SINGLE: Readonly<Record<string, { dimensions?: readonly number[]; lower: number; upper: number; f: Single }>> = {
  ackley: {
    lower: -32.768,
    upper: 32.768,
    f: (x) =>
      -20 * exp(-0.2 * sqrt(sum(x.length, (i) => x[i] ** 2) / x.length)) -
      exp(sum(x.length, (i) => cos(2 * PI * x[i])) / x.length) +
      20 +
      Math.E,
  },
  rosenbrock: {
    lower: -5,
    upper: 10,
    f: (x) => sum(x.length - 1, (i) => 100 * (x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2),
  },
  levy: {
    lower: -10,
    upper: 10,
    f: (x) => {
      const w = x.map((v) => 1 + (v - 1) / 4);
      const last = w[w.length - 1];
      return (
        sin(PI * w[0]) ** 2 +
        sum(w.length - 1, (i) => (w[i] - 1) ** 2 * (1 + 10 * sin(PI * w[i] + 1) ** 2)) +
        (last - 1) ** 2 * (1 + sin(2 * PI * last) ** 2)
      );
    },
  },
  rastrigin: {
    lower: -5.12,
    upper: 5.12,
    f: (x) => 10 * x.length + sum(x.length, (i) => x[i] ** 2 - 10 * cos(2 * PI * x[i])),
  },
  griewank: {
    lower: -600,
    upper: 600,
    f: (x) => sum(x.length, (i) => x[i] ** 2 / 4000) - product(x.length, (i) => cos(x[i] / sqrt(i + 1))) + 1,
  },
  sphere: { lower: -5.12, upper: 5.12, f: (x) => sum(x.length, (i) => x[i] ** 2) },
  schwefel: {
    lower: -500,
    upper: 500,
    f: (x) => 418.9829 * x.length - sum(x.length, (i) => x[i] * sin(sqrt(abs(x[i])))),
  },
  zakharov: {
    lower: -5,
    upper: 10,
    f: (x) => {
      const s = sum(x.length, (i) => 0.5 * (i + 1) * x[i]);
      return sum(x.length, (i) => x[i] ** 2) + s ** 2 + s ** 4;
    },
  },
  styblinskitang: {
    lower: -5,
    upper: 5,
    f: (x) => sum(x.length, (i) => x[i] ** 4 - 16 * x[i] ** 2 + 5 * x[i]) / 2,
  },
  dixonprice: {
    lower: -10,
    upper: 10,
    f: (x) => (x[0] - 1) ** 2 + sum(x.length - 1, (i) => (i + 2) * (2 * x[i + 1] ** 2 - x[i]) ** 2),
  },
  michalewicz: {
    lower: 0,
    upper: PI,
    f: (x) => -sum(x.length, (i) => sin(x[i]) * sin(((i + 1) * x[i] ** 2) / PI) ** 20),
  },
  sumsquares: { lower: -10, upper: 10, f: (x) => sum(x.length, (i) => (i + 1) * x[i] ** 2) },
  shekel: {
    dimensions: [4],
    lower: 0,
    upper: 10,
    f: (x) =>
      -sum(10, (j) => {
        const squared = sum(4, (i) => (x[i] - (i % 2 === 0 ? SHEKEL.odd : SHEKEL.even)[j]) ** 2);
        return 1 / (squared + SHEKEL.beta[j]);
      }),
  },
  hartmann: {
    dimensions: [3, 6],
    lower: 0,
    upper: 1,
    f: (x) => {
      const { a, p } = x.length === 3 ? HARTMANN3 : HARTMANN6;
      return -sum(4, (i) => HARTMANN_ALPHA[i] * exp(-sum(x.length, (j) => a[i][j] * (x[j] - p[i][j]) ** 2)));
    },
  },
};

/** Functions of two variables. */
const PLANE: Readonly<Record<string, { bounds: Definition['bounds']; f: Single }>> = {
  branin: {
    bounds: [
      [-5, 10],
      [0, 15],
    ],
    f: ([a, b]) => (b - (5.1 / (4 * PI ** 2)) * a * a + (5 / PI) * a - 6) ** 2 + 10 * (1 - 1 / (8 * PI)) * cos(a) + 10,
  },
  sixhumpcamel: {
    bounds: [
      [-3, 3],
      [-2, 2],
    ],
    f: ([a, b]) => (4 - 2.1 * a * a + a ** 4 / 3) * a * a + a * b + (4 * b * b - 4) * b * b,
  },
  goldsteinprice: {
    bounds: box(2, -2, 2),
    f: ([a, b]) =>
      (1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a * a - 14 * b + 6 * a * b + 3 * b * b)) *
      (30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a * a + 48 * b - 36 * a * b + 27 * b * b)),
  },
  threehumpcamel: { bounds: box(2, -5, 5), f: ([a, b]) => 2 * a * a - 1.05 * a ** 4 + a ** 6 / 6 + a * b + b * b },
  booth: { bounds: box(2, -10, 10), f: ([a, b]) => (a + 2 * b - 7) ** 2 + (2 * a + b - 5) ** 2 },
  easom: { bounds: box(2, -100, 100), f: ([a, b]) => -cos(a) * cos(b) * exp(-((a - PI) ** 2) - (b - PI) ** 2) },
  himmelblau: { bounds: box(2, -6, 6), f: ([a, b]) => (a * a + b - 11) ** 2 + (a + b * b - 7) ** 2 },
  beale: {
    bounds: box(2, -4.5, 4.5),
    f: ([a, b]) => (1.5 - a + a * b) ** 2 + (2.25 - a + a * b * b) ** 2 + (2.625 - a + a * b ** 3) ** 2,
  },
};

/** Variables and objectives of families that scale, where the caller states none. */
const USUAL: Readonly<Record<string, number>> = {
  zdt1: 30,
  zdt2: 30,
  zdt3: 30,
  zdt4: 10,
  zdt5: 80,
  zdt6: 10,
  dtlz1: 7,
};

function definition(id: string, nVariables?: number, nObjectives = 3): Definition | null {
  const own = MULTI[id];
  if (own) return own;
  const family = /^(zdt[1-6]|dtlz[1-7]|mw[1-3])$/.exec(id);
  if (family) {
    const k = Number(id.at(-1));
    if (id.startsWith('zdt')) return zdt(k, nVariables ?? USUAL[id]);
    if (id.startsWith('dtlz')) return dtlz(k, nVariables ?? USUAL[id] ?? 10, nObjectives);
    return mw(k, nVariables ?? 15);
  }
  const [, name, dimension] = /^([a-z_]+?)_?(\d*)$/.exec(id) ?? [];
  if (name === undefined) return null;
  const plane = PLANE[name.replaceAll('_', '')];
  if (plane) return { bounds: plane.bounds, objectives: 1, evaluate: (x) => ({ f: [plane.f(x)] }) };
  const single = SINGLE[name.replaceAll('_', '')];
  const n = dimension ? Number(dimension) : (nVariables ?? single?.dimensions?.at(-1) ?? 2);
  if (!single || n < 1 || (single.dimensions && !single.dimensions.includes(n))) return null;
  return { bounds: box(n, single.lower, single.upper), objectives: 1, evaluate: (x) => ({ f: [single.f(x)] }) };
}

/**
 * Returns a test problem by its name: `zdt1` to `zdt6`, `dtlz1` to `dtlz7`, `mw1` to `mw3`, `kursawe`, `srn`, `bnh`, `osy`,
 * `tnk`, `truss2d`, `branin` and others of two variables, and `rosenbrock4`, `levy6`, `ackley5` and the like, where the
 * number is the dimension.
 * @param shape variables, objectives and bounds where they differ from the usual ones
 * @returns null for a name that is not known
 */
export function testProblem(
  id: string,
  shape: {
    readonly nVariables?: number;
    readonly nObjectives?: number;
    readonly bounds?: readonly (readonly [number, number])[];
  } = {},
): TestProblem | null {
  const specification = definition(id.toLowerCase(), shape.nVariables ?? shape.bounds?.length, shape.nObjectives);
  if (!specification) return null;
  const bounds = shape.bounds ?? specification.bounds;
  if (bounds.length !== specification.bounds.length) return null;
  return {
    problem: {
      variables: bounds.map(([lower, upper], k) => ({ name: `x${k + 1}`, kind: 'real', lower, upper })),
      objectives: Array.from({ length: specification.objectives }, (_, k) => ({ name: `f${k + 1}`, goal: 'minimize' })),
      constraints: Array.from({ length: specification.constraints ?? 0 }, (_, k) => `g${k + 1}`),
    },
    evaluate: (values) => {
      const { f, g } = specification.evaluate(values);
      return { objectives: f, constraints: g ?? [] };
    },
  };
}
