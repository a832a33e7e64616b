import { expect, test } from '@jest/globals';
import { Random } from '../../../statistics/random.ts';
import type { Farm } from '../../turbine/farm.ts';
import { FlowSolver } from '../flow-solver.ts';
import type { TableCurve } from '../../turbine/turbine.ts';
import { withGeometry } from '../../turbine/turbine.ts';
import { publicTurbine } from '../../turbine/turbine-library.ts';
import type { SuperposedWakeModel } from '../wake-models.ts';
import { WAKE_MODELS } from '../wake-models.ts';
import type { WakeState } from '../wake-state.ts';
import { fitsWakeLoops } from './wake-loops.ts';

const random = Random.fromSeed(7);
const v80 = publicTurbine('v80');
/** Stops above 25 m/s: at a speed that jumps, wakes reach further. */
const stopping = {
  ...v80,
  curve: { ...(v80.curve as TableCurve), above: { powerKw: 0, ct: 0 } },
};
const uniform = (low: number, high: number) => low + (high - low) * random.uniform();

/** Turbines so close that wakes overlap in every way, the first two in line with a wind that is tried. */
function farm(turbines: Farm['turbines'], n = 13): Farm {
  return {
    turbines,
    xM: Float64Array.from({ length: n }, (_, i) => (i < 2 ? 0 : uniform(-900, 900))),
    yM: Float64Array.from({ length: n }, (_, i) => (i < 2 ? 30 * i : uniform(-900, 900))),
    kind: Int32Array.from({ length: n }, (_, i) => i % turbines.length),
  };
}

const ONE_KIND = farm([v80]);
const KINDS = farm([stopping, withGeometry(v80, { hubHeightM: 110, diameterM: 126 })]);

const named = WAKE_MODELS.filter((model): model is SuperposedWakeModel => model.kind === 'superposed');
const [, , , , gauss, , niayifar, turbopark] = named;
const combined: readonly SuperposedWakeModel[] = [
  { ...named[0], name: 'jensen_max', superposition: 'max' },
  { ...niayifar, name: 'niayifar_max', superposition: 'max' },
  { ...turbopark, name: 'turbopark_crespo', turbulence: niayifar.turbulence },
  { ...gauss, name: 'gauss_free_target', deficit: { ...gauss.deficit, reference: 'free_target' } },
];
const MODELS = [...named, ...combined].filter((model) => fitsWakeLoops(model, [v80], 2));

/** Odd and even numbers of speeds, below the table and above it; 25 m/s is where a curve jumps. */
const SPEEDS = { odd: [4, 7.3, 9, 11.2, 26], even: [2, 5.5, 8, 25] };

function solve(solver: FlowSolver, cases: 'odd' | 'even', direction: number) {
  const wsMPerS = SPEEDS[cases];
  const ti = wsMPerS.map((_, s) => 0.05 + 0.01 * s);
  const speedup = Array.from({ length: solver.state.n }, (_, i) => 0.9 + 0.02 * i);
  solver.solve(direction, { wsMPerS, ti, speedup }, { withSlopes: true });
  const n = solver.state.n;
  const gradient = { x: new Float64Array(n), y: new Float64Array(n) };
  const speedupAdjoint = new Float64Array(n);
  const caseWeights = Float64Array.from({ length: n * wsMPerS.length }, (_, i) => 1 + i / n);
  solver.addGradient(
    wsMPerS.map((_, s) => 1 + s),
    gradient,
    { speedupAdjoint, caseWeights },
  );
  return { ...gradient, speedupAdjoint };
}

const numbersOf = ({ order, uEff, ct, power, ti, deficit, tiAdded }: WakeState, n: number, cases: number) =>
  [uEff, ct, power, ti, deficit, tiAdded].map((array) => [...array.subarray(0, n * cases)]).concat([[...order]]);

for (const model of MODELS)
  test(`${model.name}: loops give the bits of the kernels, and their gradient to 12 digits`, () => {
    for (const place of [ONE_KIND, KINDS])
      for (const cases of ['odd', 'even'] as const) {
        const count = SPEEDS[cases].length;
        const loops = new FlowSolver(place, model, count, { vectors: true });
        const kernels = new FlowSolver(place, model, count);
        for (let direction = 0; direction < 360; direction += 30) {
          const own = solve(loops, cases, direction);
          const reference = solve(kernels, cases, direction);
          const n = place.xM.length;
          expect(numbersOf(loops.state, n, count)).toEqual(numbersOf(kernels.state, n, count));
          for (const key of ['x', 'y', 'speedupAdjoint'] as const) {
            const largest = reference[key].reduce((a, b) => Math.max(a, Math.abs(b)), 0);
            own[key].forEach((value, i) => {
              expect(Math.abs(value - reference[key][i])).toBeLessThanOrEqual(1e-12 * largest);
            });
          }
        }
      }
  });
