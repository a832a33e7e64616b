/**
 * A farm's energy, and the wind behind its turbines, for requests whose wind and turbines need no database: the dashboard's
 * worker runs this in browsers.
 */
import { windAnalyzeSchema } from '../../contracts/wind/requests.schema.ts';
import { analysisPlan, farmFlow } from './analysis.ts';
import { climateOf } from './setup.ts';
import { turbineOfChoice } from './turbine-choice.ts';
import { FarmRun } from '../../wind/energy/analyze-farm.ts';
import { flowMap } from '../../wind/energy/flow-map.ts';
import { NO_CLIMATE } from '../../wind/resource/climate.ts';

/** Plans the analysis of a request whose wind stands in it. @throws AppError, ZodError */
function planOf(request: unknown) {
  const body = windAnalyzeSchema.parse(request);
  const specs = body.turbines.map((choice) => turbineOfChoice(choice, choice.curve));
  return analysisPlan(body, specs, climateOf(body, NO_CLIMATE));
}

export interface FarmEnergy {
  readonly annualEnergyKwh: number;
  readonly grossKwh: number;
  readonly wakeLossPct: number;
}

/** @param request as `POST /v1/wind/analyze` takes it */
export function farmEnergy(request: unknown): FarmEnergy {
  const run = new FarmRun(planOf(request).spec.farm);
  while (!run.done) run.step();
  const { netKwh, grossKwh, wakeLoss } = run.result()!;
  return { annualEnergyKwh: netKwh, grossKwh, wakeLossPct: 100 * wakeLoss };
}

export interface FarmFlow {
  readonly columns: number;
  readonly rows: number;
  readonly freeMPerS: number;
  /** Speeds by row from south to north [m/s] */
  readonly wsMPerS: Float64Array;
  /** Corners of the map, if the farm has a place on the globe: longitude and latitude [deg] */
  readonly southWest: readonly [number, number] | null;
  readonly northEast: readonly [number, number] | null;
}

/** The wind speed over the farm for one wind. */
export function farmFlowMap(request: unknown, directionDeg: number, wsMPerS: number, points: number): FarmFlow {
  const { farm, projection, spec } = planOf(request);
  const map = flowMap({ ...farmFlow(farm, spec.farm), directionDeg, wsMPerS, nX: points, nY: points });
  const corner = (x: number, y: number) => projection?.toGlobe(x, y) ?? null;
  return {
    columns: points,
    rows: points,
    freeMPerS: map.freeMPerS,
    wsMPerS: map.wsMPerS,
    southWest: corner(map.xM[0], map.yM[0]),
    northEast: corner(map.xM.at(-1)!, map.yM.at(-1)!),
  };
}
