/** IEA Wind Task 37's case study 3 by TOPFARM and by this product: the same time each, all layouts evaluated here. */
import { join } from 'node:path';
import { CompiledSite, requireFeasible } from '../../src/wind/layout/layout-site.ts';
import { layoutObjective } from '../../src/wind/layout/layout-objective.ts';
import { powerKw } from '../../src/wind/turbine/turbine.ts';
import { isCircle } from '../../src/geometry/zones.ts';
import { ROOT } from '../../test/support/fixtures.ts';
import { solveIea37 } from '../layouts/iea37.ts';
import { iea37Case } from '../layouts/iea37-cases.ts';
import { askPython } from './peers.ts';

const KWH_PER_MWH = 1e3;
/** layouts.py takes layouts within a millimetre of the task's boundary, whose sharpest corner, narrower than this, is no part of sites here [m] */
const FEASIBLE_M = 0.5;
const EVALUATOR_TOLERANCE = 1e-6;

interface TopfarmAnswer {
  readonly evaluator_gwh: number;
  readonly methods: Readonly<
    Record<
      string,
      {
        readonly seconds: number;
        readonly starts: number;
        readonly infeasible: number;
        readonly x: readonly number[] | null;
        readonly y: readonly number[] | null;
      }
    >
  >;
}

export type LayoutRow = {
  readonly name: string;
  /** null: no start ended feasible */
  readonly aep_mwh: number | null;
  readonly seconds: number;
  readonly starts?: number;
  readonly ok: boolean;
};

/**
 * @param options.python with TOPFARM
 * @param options.seconds that each method has
 * @throws Error if TOPFARM evaluates the task's baseline otherwise than here
 */
export async function comparedLayouts(options: {
  readonly python: string;
  readonly seconds: number;
  readonly seed: number;
}): Promise<LayoutRow[]> {
  const { python, seconds, seed } = options;
  const task = iea37Case(3);
  const [zone] = task.site.zones;
  if (isCircle(zone)) throw new Error('the boundary of case study 3 is a polygon');
  const { farm, rose } = task.input(task.baseline.x, task.baseline.y);
  const [turbine] = farm.turbines;
  if (turbine.curve.kind !== 'cubic') throw new Error('the turbine of case study 3 has a cubic curve');
  const { cutOutMPerS, ct } = turbine.curve;
  const energyMwh = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    layoutObjective(task.input(x, y)).value(x, y) / KWH_PER_MWH;
  // PyWake reads a table, on straight lines between points a hundredth of a metre per second apart.
  const curve = Array.from({ length: 100 * cutOutMPerS + 1 }, (_, i) => i / 100);
  const answer = await askPython<TopfarmAnswer>(python, join(ROOT, 'bench', 'peers', 'layouts.py'), {
    seconds,
    seed,
    turbines: task.turbines,
    boundary: zone.outer,
    min_spacing_m: task.site.minSpacingM,
    directions_deg: Array.from(rose.directionsDeg),
    speeds_m_s: Array.from(rose.speedsMPerS),
    probability: Array.from(rose.directionsDeg, (_, d) =>
      Array.from(rose.probability.slice(d * rose.speedsMPerS.length, (d + 1) * rose.speedsMPerS.length)),
    ),
    diameter_m: turbine.diameterM,
    hub_height_m: turbine.hubHeightM,
    ct,
    curve_m_s: curve,
    curve_kw: curve.map((v) => powerKw(turbine, v)),
    baseline: task.baseline,
  });
  const error = Math.abs((answer.evaluator_gwh * 1e3) / task.baseline.aep_mwh - 1);
  if (!(error <= EVALUATOR_TOLERANCE))
    throw new Error(`TOPFARM's evaluator differs by ${error} from the task's figure`);
  const site = new CompiledSite(task.site);
  const peers = Object.entries(answer.methods).map(([name, { x, y, seconds: took, starts }]): LayoutRow => {
    if (x && y) requireFeasible(site, Float64Array.from(x), Float64Array.from(y), FEASIBLE_M);
    return { name: `topfarm.${name}`, aep_mwh: x && y && energyMwh(x, y), seconds: took, starts, ok: true };
  });
  const own = await solveIea37({ case: 3, seconds, seed });
  return [{ name: 'layout.annealing', aep_mwh: own.aepMwh, seconds: own.seconds, ok: true }, ...peers];
}
