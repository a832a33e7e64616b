/**
 * Regular layouts, described by an angle, two spacings and two offsets: these few variables suit NSGA-II and Bayesian
 * searches.
 */
import type { Evaluation, Problem } from '../../optimize/problem.ts';
import { SpanningTree } from './cable.ts';
import { guard, windError } from '../check.ts';
import type { EnergyInput } from '../energy/energy.ts';
import type { Farm } from '../turbine/farm.ts';
import { EnergyModel } from '../energy/energy.ts';
import type { LayoutGoalTerms } from './layout-objective.ts';
import { goalOfEnergy, layoutObjective } from './layout-objective.ts';
import type { LayoutSite } from './layout-site.ts';
import { CompiledSite } from './layout-site.ts';

export interface GridShape {
  /** Direction of the rows, clockwise from north [deg] */
  readonly angleDeg: number;
  /** Distance of turbines within a row, and of rows [m] */
  readonly withinM: number;
  readonly betweenM: number;
  /** Shift of the grid along and across the rows, as shares of the two distances, 0 to 1 */
  readonly shiftWithin: number;
  readonly shiftBetween: number;
}

/** Rounding of a row that runs along the edge [m] */
const ROUNDING_M = 1e-9;

/** Grids denser than this many points are refused. */
const MAX_POINTS = 1_000_000;

/** Returns the grid's points inside the site [m]; if there are more than `most`, those nearest to the middle of the site. */
export function gridLayout(
  site: CompiledSite,
  shape: GridShape,
  most: number,
): { readonly xM: number[]; readonly yM: number[] } {
  guard.requirePositive('withinM', shape.withinM);
  guard.requirePositive('betweenM', shape.betweenM);
  const [minX, minY, maxX, maxY] = site.box;
  const middleX = (minX + maxX) / 2;
  const middleY = (minY + maxY) / 2;
  const reach = 0.5 * Math.hypot(maxX - minX, maxY - minY);
  const along = Math.ceil(reach / shape.withinM) + 1;
  const across = Math.ceil(reach / shape.betweenM) + 1;
  const points = (2 * along + 1) * (2 * across + 1);
  if (points > MAX_POINTS)
    throw windError(
      `a grid of ${shape.withinM} by ${shape.betweenM} m has ${points} points; expected at most ${MAX_POINTS}`,
    );
  const angle = (shape.angleDeg * Math.PI) / 180;
  const [rowX, rowY] = [Math.sin(angle), Math.cos(angle)];
  const candidates: { x: number; y: number; square: number }[] = [];
  for (let row = -across; row <= across; row++)
    for (let place = -along; place <= along; place++) {
      const a = (place + shape.shiftWithin) * shape.withinM;
      const b = (row + shape.shiftBetween) * shape.betweenM;
      const x = middleX + a * rowX + b * rowY;
      const y = middleY + a * rowY - b * rowX;
      if (site.isInside(x, y, ROUNDING_M)) candidates.push({ x, y, square: (x - middleX) ** 2 + (y - middleY) ** 2 });
    }
  // Ties in distance go by place, so that the choice does not depend on the sort.
  candidates.sort((p, q) => p.square - q.square || p.x - q.x || p.y - q.y);
  const places = candidates.slice(0, most);
  return { xM: places.map((p) => p.x), yM: places.map((p) => p.y) };
}

/** `goal` is the value that `terms` compute from the energy. */
export type GridObjective = 'net_kwh' | 'cable_m' | 'turbines' | 'kwh_per_turbine' | 'goal';

export interface GridSearch {
  /** All positions get the type of the farm's first turbine; the farm's coordinates are not used */
  readonly energy: EnergyInput;
  readonly site: LayoutSite;
  readonly minTurbines: number;
  readonly maxTurbines: number;
  /** Largest distances of the grid [m] */
  readonly maxSpacingM: number;
  readonly objectives: readonly GridObjective[];
  readonly terms?: LayoutGoalTerms;
}

const GOALS: Readonly<Record<GridObjective, 'minimize' | 'maximize'>> = {
  net_kwh: 'maximize',
  cable_m: 'minimize',
  turbines: 'maximize',
  kwh_per_turbine: 'maximize',
  goal: 'maximize',
};

interface GridCandidate {
  readonly id: number;
  readonly values: readonly number[];
}

/** Returns a problem for the searches of src/optimize, with the evaluation of its candidates. */
export function gridProblem(search: GridSearch): {
  readonly problem: Problem;
  readonly layoutOf: (values: readonly number[]) => { readonly xM: number[]; readonly yM: number[] };
  /** The largest farm, at no place */
  readonly farm: Farm;
  readonly evaluate: (candidate: GridCandidate) => Evaluation;
  /** Does the same for a layout whose energy is known [kWh a year]. */
  readonly evaluateWith: (candidate: GridCandidate, netKwh: number) => Evaluation;
} {
  const { energy, minTurbines, maxTurbines, maxSpacingM } = search;
  const site = new CompiledSite(search.site);
  site.requireCapacity(minTurbines);
  guard.requireCount('minTurbines', minTurbines, 1);
  guard.requireCount('maxTurbines', maxTurbines, minTurbines);
  const lower = Math.max(site.minSpacingM, 1);
  if (!(maxSpacingM >= lower)) guard.refuse('maxSpacingM', `is ${maxSpacingM}; expected at least ${lower}`);
  const spacing = { kind: 'real' as const, lower, upper: maxSpacingM };
  const share = { kind: 'real' as const, lower: 0, upper: 1 };
  const problem: Problem = {
    variables: [
      { name: 'angle_deg', kind: 'real', lower: 0, upper: 180 },
      { name: 'within_m', ...spacing },
      { name: 'between_m', ...spacing },
      { name: 'shift_within', ...share },
      { name: 'shift_between', ...share },
    ],
    objectives: search.objectives.map((name) => ({ name, goal: GOALS[name] })),
    constraints: ['missing_turbines'],
  };
  const farmOf = (places: Pick<Farm, 'xM' | 'yM'>): Farm => ({
    ...places,
    turbines: energy.farm.turbines.slice(0, 1),
    modeSpecs: energy.farm.modeSpecs,
  });
  const layoutOf = ([angleDeg, withinM, betweenM, shiftWithin, shiftBetween]: readonly number[]) =>
    gridLayout(site, { angleDeg, withinM, betweenM, shiftWithin, shiftBetween }, maxTurbines);
  const evaluation = ({ id, values }: GridCandidate, known?: number): Evaluation => {
    const { xM, yM } = layoutOf(values);
    const turbines = xM.length;
    const input = { ...energy, farm: farmOf({ xM, yM }) };
    let netKwh = turbines > 0 ? known : 0;
    const net = (): number => {
      netKwh ??= new EnergyModel(input).net();
      return netKwh;
    };
    const goal = () =>
      known === undefined
        ? layoutObjective(input, search.terms).value(xM, yM)
        : goalOfEnergy(input, search.terms, known);
    const results: Record<GridObjective, () => number> = {
      net_kwh: net,
      cable_m: () => (turbines > 0 ? new SpanningTree(turbines, search.terms?.cables?.substations).length(xM, yM) : 0),
      turbines: () => turbines,
      goal: () => (turbines > 1 ? goal() : 0),
      kwh_per_turbine: () => (turbines > 0 ? net() / turbines : 0),
    };
    return { id, objectives: search.objectives.map((name) => results[name]()), constraints: [minTurbines - turbines] };
  };
  return {
    problem,
    layoutOf,
    farm: farmOf({ xM: new Float64Array(maxTurbines), yM: new Float64Array(maxTurbines) }),
    evaluate: (candidate) => evaluation(candidate),
    evaluateWith: evaluation,
  };
}
