/** Wind speed over a plane of the farm for one wind, for pictures and checks. */
import { guard, windError } from '../check.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import type { Speedups } from '../resource/resource-grid.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import { checkWakeModel } from '../wakes/wake-models.ts';
import { sectorOf } from '../resource/sectors.ts';

/** Bounds [m] */
export interface FlowArea {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

export interface FlowMapInput {
  readonly farm: Farm;
  readonly model: WakeModel;
  /** Where the wind comes from [deg], and its speed [m/s] */
  readonly directionDeg: number;
  readonly wsMPerS: number;
  readonly ti: number;
  /** Height of the plane [m]; default the first turbine type's hub */
  readonly heightM?: number;
  /** With `nX` x `nY` points on its edges and inside; default: the farm and 10 diameters around it */
  readonly area?: FlowArea;
  readonly nX: number;
  readonly nY: number;
  readonly yawDeg?: ArrayLike<number>;
  readonly speedups?: Speedups;
  readonly floris?: FlorisOptions;
}

export interface FlowMap {
  readonly xM: Float64Array;
  readonly yM: Float64Array;
  /** Free speed at the plane's height [m/s] */
  readonly freeMPerS: number;
  /** Speeds [m/s] by [row * columns + column], rows from south to north */
  readonly wsMPerS: Float64Array;
}

const MAX_POINTS = 1_000_000;

/** The points of a map, and what makes the map of their deficits [m/s], row by row. */
interface FlowRaster {
  readonly xM: Float64Array;
  readonly yM: Float64Array;
  readonly heightM: number;
  withDeficits(deficits: Float64Array): FlowMap;
}

/** Returns the points of a map. @throws AppError that names the quantity and its value */
export function flowRaster(input: FlowMapInput): FlowRaster {
  const { farm, model, nX: columns, nY: rows } = input;
  checkFarm(farm, true);
  checkWakeModel(model);
  guard.requireFinite('windDirectionDeg', input.directionDeg);
  guard.requirePositive('windSpeedMPerS', input.wsMPerS);
  guard.requirePositive('ti', input.ti);
  guard.requireCount('nX', columns, 2);
  guard.requireCount('nY', rows, 2);
  if (columns * rows > MAX_POINTS)
    throw windError(`the map has ${columns * rows} points; expected at most ${MAX_POINTS}`, '/n_x');
  const margin = 10 * Math.max(...farm.turbines.map((turbine) => turbine.diameterM));
  const { xM: x, yM: y } = farm;
  const area = input.area ?? {
    minX: Math.min(...Array.from(x)) - margin,
    maxX: Math.max(...Array.from(x)) + margin,
    minY: Math.min(...Array.from(y)) - margin,
    maxY: Math.max(...Array.from(y)) + margin,
  };
  if (!(area.minX < area.maxX && area.minY < area.maxY))
    throw windError(
      `area is ${area.minX} to ${area.maxX} by ${area.minY} to ${area.maxY} m; expected rising bounds`,
      '/area',
    );
  const heightM = input.heightM ?? farm.turbines[0].hubHeightM;
  guard.requirePositive('heightM', heightM);
  const xM = Float64Array.from(
    { length: columns },
    (_, i) => area.minX + ((area.maxX - area.minX) * i) / (columns - 1),
  );
  const yM = Float64Array.from({ length: rows }, (_, i) => area.minY + ((area.maxY - area.minY) * i) / (rows - 1));
  const shear = model.kind === 'superposed' ? 0 : model.shear;
  const freeMPerS =
    input.wsMPerS * (heightM / (input.floris?.referenceHeightM ?? farm.turbines[0].hubHeightM)) ** shear;
  return {
    xM,
    yM,
    heightM,
    withDeficits: (deficits) => ({
      xM,
      yM,
      freeMPerS,
      wsMPerS: deficits.map((deficit) => Math.max(0, freeMPerS - deficit)),
    }),
  };
}

/** Returns the farm of a map, solved. */
export function flowSolver({ farm, model, floris, speedups, ...input }: FlowMapInput): FlowSolver | FlorisSolver {
  const speedup = speedups?.factors[sectorOf(input.directionDeg, speedups.factors.length)];
  const solver =
    model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1, floris);
  solver.solve(input.directionDeg, { wsMPerS: [input.wsMPerS], ti: input.ti, speedup }, { yawDeg: input.yawDeg });
  return solver;
}

/** Computes wind speeds over a grid of points. @throws AppError that names the quantity and its value */
export function flowMap(input: FlowMapInput): FlowMap {
  const { xM, yM, heightM, withDeficits } = flowRaster(input);
  const columns = xM.length;
  const pointX = Float64Array.from({ length: columns * yM.length }, (_, p) => xM[p % columns]);
  const pointY = Float64Array.from({ length: columns * yM.length }, (_, p) => yM[Math.floor(p / columns)]);
  return withDeficits(flowSolver(input).deficitsAt(pointX, pointY, heightM, input.wsMPerS));
}
