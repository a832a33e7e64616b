/** The raster of a flow map on a device: the farm is solved in f64, then each lane adds up the wakes at a point. */
import type { Device } from '../../lib/device.ts';
import { GAUSSIAN_REACH } from '../wakes/deficit-kernel.ts';
import type { FlowSolver } from '../wakes/flow-solver.ts';
import { MODEL_NUMBERS, modelNumbers, usesTable, wakeText } from '../wakes/wake-wgsl.ts';
import type { SuperposedWakeModel } from '../wakes/wake-models.ts';
import { discTable } from './device-farm.ts';
import { type FlowMap, type FlowMapInput, flowRaster, flowSolver } from './flow-map.ts';

const LANES = 64;
const SOURCE_WIDTH = 8;
/** Numbers of the raster, after those of the model: where it begins along and across the wind, and its steps by column and row. */
const RASTER = [
  'along',
  'across',
  'alongByColumn',
  'acrossByColumn',
  'alongByRow',
  'acrossByRow',
  'height',
  'ambient',
  'free',
];
const raster = (name: string): string => `wind[${MODEL_NUMBERS + RASTER.indexOf(name)}u]`;

/** Which terms a sum has: blocks keep them few. */
const BLOCK = 64;

const flowMapCode = (model: SuperposedWakeModel): string => `
@group(0) @binding(0) var<storage, read> wind: array<f32>;
@group(0) @binding(1) var<storage, read> counts: array<u32>;
@group(0) @binding(2) var<storage, read> sources: array<vec4f>;
${usesTable(model) ? '@group(0) @binding(3) var<storage, read> table: array<f32>;' : ''}
@group(0) @binding(${usesTable(model) ? 4 : 3}) var<storage, read_write> deficits: array<f32>;
${wakeText(model)}

@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let p = id.x;
  let columns = counts[0];
  if (p >= columns * counts[1]) { return; }
  let column = f32(p % columns);
  let row = f32(p / columns);
  let ambient = ${raster('ambient')};
  let at = vec2f(${raster('along')}, ${raster('across')})
    + column * vec2f(${raster('alongByColumn')}, ${raster('acrossByColumn')})
    + row * vec2f(${raster('alongByRow')}, ${raster('acrossByRow')});
  var lost = 0.0;
  for (var first = 0u; first < counts[2]; first += ${BLOCK}u) {
    var part = 0.0;
    for (var i = first; i < min(first + ${BLOCK}u, counts[2]); i++) {
      let source = sources[2u * i];
      let state = sources[2u * i + 1u];
      let along = at.x - source.x;
      if (along <= 0.0) { continue; }
      let wake = wakeOf(state.x, state.y, state.z, ambient, source.z);
      let deficit = pairOf(wake, source.z, source.w, 0.0, ${raster('height')}, ambient, along, at.y - source.y).deficit;
      ${
        { squared_sum: 'part += deficit * deficit;', linear: 'part += deficit;', max: 'part = max(part, deficit);' }[
          model.superposition
        ]
      }
    }
    lost = ${model.superposition === 'max' ? 'max(lost, part)' : 'lost + part'};
  }
  ${model.superposition === 'squared_sum' ? 'lost = sqrt(lost);' : ''}
  deficits[p] = lost${model.deficit.reference === 'free_target' ? ` * ${raster('free')}` : ''};
}
`;

/** Tells whether a device draws a map: superposed wakes that are straight. */
export const isDeviceMap = ({ model, yawDeg }: FlowMapInput): boolean =>
  model.kind === 'superposed' && !model.blockage && !(yawDeg && Array.from(yawDeg).some((angle) => angle !== 0));

/** What the flow maps of an analysis cost. */
export interface WindMapWork {
  /** Why no device draws them; null: one does */
  readonly obstacle: string | null;
  /** Wakes of turbines at points, and maps */
  readonly wakes: number;
  readonly maps: number;
}

export const mapWork = (maps: readonly FlowMapInput[]): WindMapWork => ({
  obstacle: maps.some(isDeviceMap)
    ? null
    : 'a GPU draws flow maps only, of wake models that add wakes up, without yaw and blockage',
  wakes: maps.reduce((sum, { farm, nX, nY }) => sum + farm.xM.length * nX * nY, 0),
  maps: maps.length,
});

/** Computes what `flowMap` does, to 1e-5 of the free speed. @throws AppError as it does, Error unless `isDeviceMap` */
export async function deviceFlowMap(device: Device, input: FlowMapInput): Promise<FlowMap> {
  const { model } = input;
  if (model.kind !== 'superposed' || !isDeviceMap(input))
    throw new Error(`a device draws no map of ${model.name} here`);
  const map = flowRaster(input);
  const { xM, yM, heightM } = map;
  const solver = flowSolver(input) as FlowSolver;
  const { state } = solver;
  const [columns, rows] = [xM.length, yM.length];
  const corner = solver.placeOf(xM[0], yM[0]);
  const nextColumn = solver.placeOf(xM[1], yM[0]);
  const nextRow = solver.placeOf(xM[0], yM[1]);
  // From the corner of the map, so that f32 keeps millimetres.
  const sources = new Float32Array(state.n * SOURCE_WIDTH);
  for (let i = 0; i < state.n; i++) {
    const speed = { free_source: state.uFree[i], effective_source: state.uEff[i], free_target: 1 }[
      model.deficit.reference
    ];
    sources.set(
      [
        ...[state.along[i] - corner.along, state.across[i] - corner.across, state.diameter[i], state.hubHeight[i]],
        ...[state.ct[i], speed, state.ti[i], 0],
      ],
      i * SOURCE_WIDTH,
    );
  }
  const wind = Float32Array.from([
    ...modelNumbers(model, GAUSSIAN_REACH),
    ...[0, 0],
    ...[nextColumn.along - corner.along, nextColumn.across - corner.across],
    ...[nextRow.along - corner.along, nextRow.across - corner.across],
    ...[heightM, input.ti, input.wsMPerS],
  ]);
  const deficits = await device.run({
    program: { name: 'flow map', code: flowMapCode(model) },
    constants: [],
    inputs: [wind, Uint32Array.of(columns, rows, state.n), sources, ...(usesTable(model) ? [discTable()] : [])],
    outputs: columns * rows,
    workgroups: [Math.ceil((columns * rows) / LANES), 1],
  });
  return map.withDeficits(Float64Array.from(deficits));
}
