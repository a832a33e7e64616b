/** What layouts take on a device and on the processor, measured with a farm that needs no file. */
import type { Device } from '../../lib/device.ts';
import { shortestMs } from '../../lib/shortest.ts';
import { Random } from '../../statistics/random.ts';
import { DeviceFarm } from '../energy/device-farm.ts';
import { EnergyModel } from '../energy/energy.ts';
import { deviceFlowMap } from '../energy/device-flow-map.ts';
import { type FlowMapInput, flowMap } from '../energy/flow-map.ts';
import { iea37Input } from '../formats/iea37.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import { Annealer, COOLING, movesAt } from './annealing.ts';
import { DeviceMoves } from './device-moves.ts';
import { MANY_STARTS, type WindDeviceMeasure } from './device-work.ts';
import { farthestM, type LayoutProblem } from './layout-problem.ts';
import { layoutObjective } from './layout-objective.ts';
import { CompiledSite } from './layout-site.ts';
import { placeAtRandom } from './random-layout.ts';
import { SingleMoves } from './single-moves.ts';

const TURBINES = 20;
const FEW = 4;
const MANY = 64;
const MOVES = 10;
const MAP_POINTS = 64;

/** Measures a device. The first runs, which compile, do not count. */
export async function measureDevice(device: Device): Promise<WindDeviceMeasure> {
  const nowhere = new Float64Array(TURBINES);
  const energy = { ...iea37Input(nowhere, nowhere), model: wakeModel('bastankhah2014_k004') };
  const site = new CompiledSite({ zones: [{ xM: 0, yM: 0, radiusM: 2500 }], minSpacingM: 400 });
  const random = Random.fromSeed(1);
  const objective = layoutObjective(energy);
  const layouts = Array.from({ length: MANY }, () => {
    const [xM, yM] = [new Float64Array(TURBINES), new Float64Array(TURBINES)];
    placeAtRandom({ site, random, objective }, xM, yM, TURBINES);
    return { xM, yM };
  });
  const few = layouts.slice(0, FEW);
  const farm = new DeviceFarm(energy);
  const model = new EnergyModel(energy);
  const netKwh = await farm.netKwh(device, layouts);
  let error = 0;
  const processorMs =
    (await shortestMs(() =>
      few.forEach(({ xM, yM }, k) => {
        model.move(xM, yM);
        error = Math.max(error, Math.abs(netKwh[k] / model.net() - 1));
      }),
    )) / FEW;
  const fewMs = await shortestMs(() => farm.netKwh(device, few));
  const manyMs = await shortestMs(() => farm.netKwh(device, layouts));
  const deviceMs = Math.max(0, manyMs - fewMs) / (MANY - FEW);
  const problem: LayoutProblem = {
    ...{ energy, site: { zones: [{ xM: 0, yM: 0, radiusM: 2500 }], minSpacingM: 400 }, fixed: 0 },
    ...{ method: 'annealing', seed: 1, maxSteps: 1, startFromFarm: false },
  };
  const moves = new DeviceMoves(problem, site);
  const moving = Array.from({ length: MANY_STARTS }, (_, seed) => {
    const { xM, yM } = layouts[seed % MANY];
    return { places: moves.toPlaces(xM, yM), seed };
  });
  const call = { first: 0, count: MOVES, ...movesAt(COOLING, 0.5, Math.sqrt(site.areaM2 / TURBINES)) };
  const [{ energyKwh }] = await moves.run(device, [moving[0]], { ...call, count: 0 });
  const single = new SingleMoves(energy, farthestM(problem, site));
  single.place(layouts[0].xM, layouts[0].yM);
  error = Math.max(error, Math.abs(energyKwh / single.energy - 1));
  const annealer = new Annealer(single, site, TURBINES, random, COOLING);
  const singleMs = await shortestMs(() => annealer.run(MOVES * MANY_STARTS, 0.5));
  const movingMs = await shortestMs(() => moves.run(device, moving, call));
  const map = { farm: { ...energy.farm, ...layouts[0] }, model: energy.model, directionDeg: 250, wsMPerS: 9, ti: 0.08 };
  const mapNsOf = async (draw: (input: FlowMapInput) => unknown, points: number): Promise<number> =>
    (1e6 * (await shortestMs(() => draw({ ...map, nX: points, nY: points })))) / (points * points * TURBINES);
  const mapNs = {
    processor: await mapNsOf(flowMap, MAP_POINTS),
    device: await mapNsOf((input) => deviceFlowMap(device, input), MAP_POINTS),
  };
  return {
    mapNs,
    energyRatio: deviceMs / processorMs,
    movesRatio: movingMs / singleMs,
    callMs: Math.max(0, fewMs - FEW * deviceMs),
    error,
  };
}
