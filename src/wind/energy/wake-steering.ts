/** Wake steering: finds the yaw angles that give a fixed layout the most power. */
import { guard } from '../check.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import type { Speedups } from '../resource/resource-grid.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import { checkWakeModel } from '../wakes/wake-models.ts';
import { sectorOf } from '../resource/sectors.ts';

export interface SteeringInput {
  readonly farm: Farm;
  /** floris_gch and floris_gauss deflect as FLORIS does, the others by Jimenez's model */
  readonly model: WakeModel;
  readonly directionsDeg: readonly number[];
  readonly wsMPerS: number;
  readonly ti: number;
  /** Bounds of the yaw [deg] */
  readonly minYawDeg: number;
  readonly maxYawDeg: number;
  readonly speedups?: Speedups;
  readonly floris?: FlorisOptions;
}

export interface SteeredDirection {
  readonly directionDeg: number;
  /** By turbine */
  readonly yawDeg: readonly number[];
  /** Power of the farm without yaw and with it [kW] */
  readonly alignedKw: number;
  readonly steeredKw: number;
}

export interface SteeringHooks {
  readonly onProgress?: (share: number) => void;
  /** Called between directions */
  readonly shouldStop?: () => boolean;
}

/**
 * Number of candidates of a turbine in each pass: first between its bounds, then around the best angle of the previous
 * pass.
 */
const CANDIDATES = 5;
const PASSES = 3;

/**
 * Optimises yaw angles by serial refine: from upwind to downwind, each turbine tries five angles while the others keep
 * theirs, then again with a quarter of the step. Fleming et al. 2022, doi:10.1088/1742-6596/2265/3/032109. The aligned
 * farm is one of the candidates, so power never decreases.
 * @returns the directions that are done; fewer than requested if `shouldStop` ended the work
 */
export function steerWakes(input: SteeringInput, hooks: SteeringHooks = {}): SteeredDirection[] {
  const { farm, model, directionsDeg, wsMPerS, ti, minYawDeg, maxYawDeg } = input;
  checkFarm(farm, true);
  checkWakeModel(model);
  guard.requirePositive('windSpeedMPerS', wsMPerS);
  guard.requirePositive('ti', ti);
  guard.requireFinite('minYawDeg', minYawDeg);
  guard.requireFinite('maxYawDeg', maxYawDeg);
  guard.requireFinite('windDirectionDeg', directionsDeg);
  const n = farm.xM.length;
  const free = { wsMPerS: [wsMPerS], ti, speedup: undefined as readonly number[] | undefined };
  const solver =
    model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1, input.floris);
  const powerOf = (direction: number, yawDeg: Float64Array): number => {
    solver.solve(direction, free, { yawDeg });
    let sum = 0;
    for (let k = 0; k < n; k++) sum += solver.state.power[k];
    return sum;
  };
  const steered: SteeredDirection[] = [];
  for (const directionDeg of directionsDeg) {
    if (hooks.shouldStop?.()) break;
    free.speedup = input.speedups?.factors[sectorOf(directionDeg, input.speedups.factors.length)];
    const yaw = new Float64Array(n);
    const alignedKw = powerOf(directionDeg, yaw);
    const order = Array.from(solver.state.order);
    let best = alignedKw;
    let half = (maxYawDeg - minYawDeg) / 2;
    let centres = Float64Array.from(yaw, () => (minYawDeg + maxYawDeg) / 2);
    for (let pass = 0; pass < PASSES; pass++) {
      for (const i of order) {
        let chosen = yaw[i];
        for (let c = 0; c < CANDIDATES; c++) {
          const candidate = centres[i] + half * ((2 * c) / (CANDIDATES - 1) - 1);
          yaw[i] = Math.min(Math.max(candidate, minYawDeg), maxYawDeg);
          const power = powerOf(directionDeg, yaw);
          if (power > best) {
            best = power;
            chosen = yaw[i];
          }
        }
        yaw[i] = chosen;
      }
      half /= 4;
      centres = yaw.slice();
    }
    steered.push({ directionDeg, yawDeg: Array.from(yaw), alignedKw, steeredKw: best });
    hooks.onProgress?.(steered.length / directionsDeg.length);
  }
  return steered;
}
