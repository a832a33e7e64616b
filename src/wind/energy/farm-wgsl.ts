/**
 * Farms as WGSL: many layouts of the same turbines in the same winds. The twin on the CPU is `FlowSolver`.
 *
 * A workgroup takes one layout and some of the directions; each of its lanes takes a speed. The turbines are solved in the order
 * of the wind: each adds up what all before it take, in blocks, so that sums in f32 have few terms. What a turbine leaves behind is
 * kept in `scratch`, where only the same lane reads it.
 */
import type { DeviceProgram } from '../../lib/device.ts';
import { MODEL_NUMBERS, usesTable, usesTurbulence, wakeText } from '../wakes/wake-wgsl.ts';
import { FLORIS_KEPT, florisSolve } from '../wakes/floris/floris-wgsl.ts';
import type { SuperposedWakeModel, WakeModel } from '../wakes/wake-models.ts';

/** Speeds that a workgroup computes side by side */
export const LANES = 32;
/** Numbers of a direction: sine, cosine, turbulence, distance along the wind below which turbines stand abreast; then the factor of each kind's speed. */
export const WIND_WIDTH = 4;
/** Numbers of a kind of turbine: diameter, hub height, first row of its curve, first cell, shear at three heights. */
export const KIND_WIDTH = 7;
/** Numbers of a row: its speed, four coefficients of the power, two of the thrust, the next row's speed. */
const ROW_WIDTH = 8;
/** Vectors that are kept of a turbine at a speed: for energies, and for gradients. */
const KEPT = { energy: 1, gradient: 4 } as const;
export const keptOf = ({ kind }: WakeModel, what: keyof typeof KEPT): number =>
  kind === 'superposed' ? KEPT[what] : FLORIS_KEPT;

/** Places in `counts`; the kinds of the turbines follow, then the cells of the curves. */
export const COUNTS = ['turbines', 'cases', 'directions', 'kinds', 'own', 'speedsAt', 'hoursAt', 'cellsAt'] as const;
const count = (name: (typeof COUNTS)[number]): string => `counts[${COUNTS.indexOf(name)}u]`;

/** Sums have at most this many terms before they are added up. */
const BLOCK = 64;

const bindings = (hasTable: boolean): string =>
  [
    'read> counts: array<u32>',
    'read> turbines: array<f32>',
    'read> wind: array<f32>',
    ...(hasTable ? ['read> table: array<f32>'] : []),
    'read> places: array<vec2f>',
    'read> sizes: array<u32>',
    'read_write> results: array<f32>',
    'read_write> scratch: array<vec4f>',
  ]
    .map((one, k) => `@group(0) @binding(${k}) var<storage, ${one};`)
    .join('\n');

/** @param stored vectors of a turbine at a speed */
const frame = (hasTable: boolean, stored: number): string => `
${bindings(hasTable)}

const LANES = ${LANES}u;
const KEPT = ${stored}u;
const BLOCK = ${BLOCK}u;
var<workgroup> sums: array<f32, LANES>;

fn diameterOf(kind: u32) -> f32 { return turbines[${KIND_WIDTH}u * kind]; }
fn hubOf(kind: u32) -> f32 { return turbines[${KIND_WIDTH}u * kind + 1u]; }
fn shearOf(kind: u32, row: u32) -> f32 { return turbines[${KIND_WIDTH}u * kind + 4u + row]; }
fn windAt(d: u32) -> u32 { return ${MODEL_NUMBERS}u + d * (${WIND_WIDTH}u + ${count('kinds')}); }
fn freeOf(d: u32, s: u32, kind: u32) -> f32 {
  return wind[${count('speedsAt')} + s] * wind[windAt(d) + ${WIND_WIDTH}u + kind];
}

// Power and thrust at a speed, and their slopes.
fn curveOf(kind: u32, u: f32) -> vec4f {
  let rows = u32(turbines[${KIND_WIDTH}u * kind + 2u]);
  let cells = u32(turbines[${KIND_WIDTH}u * kind + 3u]);
  let most = counts[cells];
  var row = rows + ${ROW_WIDTH}u * counts[cells + 1u + min(u32(u * 10.0), most)];
  while (turbines[row + 7u] <= u) { row += ${ROW_WIDTH}u; }
  let t = u - turbines[row];
  let c = vec4f(turbines[row + 1u], turbines[row + 2u], turbines[row + 3u], turbines[row + 4u]);
  return vec4f(c.x + t * (c.y + t * (c.z + t * c.w)), turbines[row + 5u] + t * turbines[row + 6u],
    c.y + t * (2.0 * c.z + 3.0 * t * c.w), turbines[row + 6u]);
}

// What is left of the wind. Where a speed of the rose is one at which a curve jumps, the smallest loss counts: as much as f64 holds.
fn leftOf(free: f32, lost: f32) -> f32 {
  let u = free - lost;
  if (u == free && lost > 1.1e-16 * free) { return bitcast<f32>(bitcast<u32>(free) - 1u); }
  return max(u, 0.0);
}

// Sorts the turbines by the wind into scratch: place, kind, number.
fn arrange(d: u32, n: u32, first: u32, base: u32, lane: u32) {
  let sine = wind[windAt(d)];
  let cosine = wind[windAt(d) + 1u];
  for (var i = lane; i < n; i += LANES) {
    let own = places[first + i];
    let key = -(own.x * sine + own.y * cosine);
    var rank = 0u;
    for (var j = 0u; j < n; j++) {
      let other = places[first + j];
      let its = -(other.x * sine + other.y * cosine);
      if (its < key || (its == key && j < i)) { rank++; }
    }
    scratch[base + rank] = vec4f(own, f32(counts[${COUNTS.length}u + i]), f32(i));
  }
  storageBarrier();
  workgroupBarrier();
}
`;

/** @param keep text that stores the vectors after the first */
const superposed = (model: SuperposedWakeModel, stored: number, keep = ''): string => `
${frame(usesTable(model), stored)}
${wakeText(model)}

// Solves a direction at a speed. Returns the energy of the own turbines.
fn solve(d: u32, s: u32, n: u32, base: u32, lane: u32) -> f32 {
  let at = windAt(d);
  let sine = wind[at];
  let cosine = wind[at + 1u];
  let ambient = wind[at + 2u];
  let beside = wind[at + 3u];
  let hours = wind[${count('hoursAt')} + d * ${count('cases')} + s];
  let kept = base + ${count('turbines')} + lane;
  var energy = 0.0;
  for (var firstOf = 0u; firstOf < n; firstOf += BLOCK) {
    var part = 0.0;
    for (var j = firstOf; j < min(firstOf + BLOCK, n); j++) {
      let target_ = scratch[base + j];
      let kind = u32(target_.z);
      let rotor = diameterOf(kind);
      let hub = hubOf(kind);
      let free = freeOf(d, s, kind);
      var lost = 0.0;
      ${usesTurbulence(model) ? 'var added = 0.0;' : ''}
      for (var first = 0u; first < j; first += BLOCK) {
        var partOfLost = 0.0;
        for (var i = first; i < min(first + BLOCK, j); i++) {
          let source = scratch[base + i];
          let apart = target_.xy - source.xy;
          let along = -(apart.x * sine + apart.y * cosine);
          if (along <= beside) { continue; }
          let across = apart.x * cosine - apart.y * sine;
          let kindOf = u32(source.z);
          let diameter = diameterOf(kindOf);
          if (abs(across) > reachOf(diameter, rotor, ambient, along)) { continue; }
          let wake = scratch[kept + (i * KEPT) * LANES];
          let pair = pairOf(wake, diameter, hubOf(kindOf), rotor, hub, ambient, along, across);
          ${
            model.superposition === 'squared_sum'
              ? 'partOfLost += pair.deficit * pair.deficit;'
              : model.superposition === 'linear'
                ? 'partOfLost += pair.deficit;'
                : 'partOfLost = max(partOfLost, pair.deficit);'
          }
          ${
            usesTurbulence(model)
              ? `
          let more = addedOf(8.0 * wake.x / (diameter * diameter), wake, diameter, hubOf(kindOf), rotor, hub, ambient, along, across).value;
          added = ${model.turbulence?.kind === 'crespo_hernandez' ? 'max(added, more)' : 'added + more'};`
              : ''
          }
        }
        lost = ${model.superposition === 'max' ? 'max(lost, partOfLost)' : 'lost + partOfLost'};
      }
      ${model.superposition === 'squared_sum' ? 'lost = sqrt(lost);' : ''}
      ${model.deficit.reference === 'free_target' ? 'lost *= free;' : ''}
      let u = leftOf(free, lost);
      let ti = ${usesTurbulence(model) ? 'combined(ambient, added)' : 'ambient'};
      let curve = curveOf(kind, u);
      let speed = ${{ free_source: 'free', effective_source: 'u', free_target: '1.0' }[model.deficit.reference]};
      scratch[kept + (j * KEPT) * LANES] = wakeOf(curve.y, speed, ti, ambient, rotor);
      ${keep}
      if (u32(target_.w) < ${count('own')}) { part += hours * curve.x; }
    }
    energy += part;
  }
  return energy;
}
`;

const ADD_UP = `
  sums[lane] = energy;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { sums[lane] += sums[lane + half]; }
    workgroupBarrier();
  }`;

const HEAD = `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = sizes[group.y];
  let most = ${count('turbines')};
  let unit = group.y * groups.x + group.x;
  let base = unit * most * (1u + LANES * KEPT);
  var energy = 0.0;`;

/** The energy of layouts: one number for each layout and group of directions. */
export const energyProgram = (model: WakeModel): DeviceProgram => ({
  name: 'energy of layouts',
  code: `${
    model.kind === 'superposed' ? superposed(model, KEPT.energy) : frame(false, FLORIS_KEPT) + florisSolve(count)
  }${HEAD}
  for (var d = group.x; d < ${count('directions')}; d += groups.x) {
    arrange(d, n, group.y * most, base, lane);
    for (var s = lane; s < ${count('cases')}; s += LANES) { energy += solve(d, s, n, base, lane); }
    storageBarrier();
    workgroupBarrier();
  }
  ${ADD_UP}
  if (lane == 0u) { results[unit] = sums[0]; }
}
`,
});

/** Adjoint of a pair's deficit by that of the sum at the target, whose `adjoint` has the sum's slope in it */
const pairAdjoint = {
  squared_sum: 'to.x * pair.deficit',
  linear: 'to.x',
  max: 'select(0.0, to.x, pair.deficit >= kept2.w * (1.0 - 1e-6))',
} as const;

/**
 * The energy of layouts and its gradient, by reverse differentiation as in `FlowSolver.addGradient`: for each layout and group of
 * directions the derivatives by x and y of each turbine, then the energy.
 */
export const gradientProgram = (model: SuperposedWakeModel): DeviceProgram => ({
  name: 'gradient of layouts',
  code: `${superposed(
    model,
    KEPT.gradient,
    `
      let slot = kept + (j * KEPT) * LANES;
      scratch[slot + LANES] = vec4f(curve.y, speed, ti, ${usesTurbulence(model) ? 'added' : '0.0'});
      scratch[slot + 2u * LANES] = vec4f(select(0.0, curve.z, u > 0.0), select(0.0, curve.w, u > 0.0), u, lost);`,
  )}
// Carries the derivatives of a direction at a speed upwind; adds those by the places to scratch.
fn reverse(d: u32, s: u32, n: u32, base: u32, lane: u32) {
  let at = windAt(d);
  let sine = wind[at];
  let cosine = wind[at + 1u];
  let ambient = wind[at + 2u];
  let beside = wind[at + 3u];
  let hours = wind[${count('hoursAt')} + d * ${count('cases')} + s];
  let kept = base + ${count('turbines')} + lane;
  for (var left = n; left > 0u; left--) {
    let i = left - 1u;
    let source = scratch[base + i];
    let kindOf = u32(source.z);
    let diameter = diameterOf(kindOf);
    let slot = kept + (i * KEPT) * LANES;
    let wake = scratch[slot];
    let kept1 = scratch[slot + LANES];
    var byWake = vec4f();
    var byCt = 0.0;
    var own = vec2f();
    for (var j = i + 1u; j < n; j++) {
      let target_ = scratch[base + j];
      let apart = target_.xy - source.xy;
      let along = -(apart.x * sine + apart.y * cosine);
      if (along <= beside) { continue; }
      let across = apart.x * cosine - apart.y * sine;
      let kind = u32(target_.z);
      if (abs(across) > reachOf(diameter, diameterOf(kind), ambient, along)) { continue; }
      let to = scratch[kept + (j * KEPT + 3u) * LANES];
      let kept2 = scratch[kept + (j * KEPT + 2u) * LANES];
      var pair = pairOf(wake, diameter, hubOf(kindOf), diameterOf(kind), hubOf(kind), ambient, along, across);
      var by = vec2f();
      ${model.deficit.reference === 'free_target' ? SCALED_PAIR : ''}
      if (pair.deficit > 0.0) {
        let adjoint = ${pairAdjoint[model.superposition]};
        byWake += adjoint * pair.byWake;
        by = adjoint * vec2f(pair.byAlong, pair.byAcross);
      }
      ${
        usesTurbulence(model)
          ? `
      let more = addedOf(kept1.x, wake, diameter, hubOf(kindOf), diameterOf(kind), hubOf(kind), ambient, along, across);
      let sum = scratch[kept + (j * KEPT + 1u) * LANES].w;
      if (more.value > 0.0${model.turbulence?.kind === 'crespo_hernandez' ? ' && more.value >= sum * (1.0 - 1e-6)' : ''}) {
        byCt += to.y * more.byCt;
        byWake += to.y * more.byWidth * vec4f(0.0, 1.0, along, 0.0);
        by += to.y * vec2f(more.byAlong + more.byWidth * wake.z, more.byAcross);
      }`
          : ''
      }
      scratch[kept + (j * KEPT + 3u) * LANES] = vec4f(to.xy, to.zw + by);
      own -= by;
    }
    let kept2 = scratch[slot + 2u * LANES];
    let bySource = sourceAdjoint(kept1.x, kept1.y, kept1.z, ambient, diameter, wake, byWake);
    let weight = select(0.0, hours, u32(source.w) < ${count('own')});
    var byU = weight * kept2.x + (bySource.x + byCt) * kept2.y;
    ${model.deficit.reference === 'effective_source' ? 'if (kept2.z > 0.0) { byU += bySource.y; }' : ''}
    let before = scratch[slot + 3u * LANES];
    scratch[slot + 3u * LANES] = vec4f(
      ${model.superposition === 'squared_sum' ? 'select(0.0, -byU / kept2.w, kept2.w > 0.0)' : '-byU'},
      ${usesTurbulence(model) ? 'bySource.z * combinedSlope(ambient, kept1.w)' : '0.0'},
      before.zw + own);
  }
}
${HEAD}
  let first = unit * (2u * most + 1u);
  for (var i = lane; i < 2u * most; i += LANES) { results[first + i] = 0.0; }
  for (var d = group.x; d < ${count('directions')}; d += groups.x) {
    arrange(d, n, group.y * most, base, lane);
    for (var j = 0u; j < n; j++) { scratch[base + most + (j * KEPT + 3u) * LANES + lane] = vec4f(); }
    for (var s = lane; s < ${count('cases')}; s += LANES) {
      energy += solve(d, s, n, base, lane);
      reverse(d, s, n, base, lane);
    }
    storageBarrier();
    workgroupBarrier();
    let sine = wind[windAt(d)];
    let cosine = wind[windAt(d) + 1u];
    for (var j = lane; j < n; j += LANES) {
      var by = vec2f();
      for (var one = 0u; one < LANES; one++) { by += scratch[base + most + (j * KEPT + 3u) * LANES + one].zw; }
      let turbine = u32(scratch[base + j].w);
      results[first + 2u * turbine] += by.y * cosine - by.x * sine;
      results[first + 2u * turbine + 1u] -= by.y * sine + by.x * cosine;
    }
    storageBarrier();
    workgroupBarrier();
  }
  ${ADD_UP}
  if (lane == 0u) { results[first + 2u * most] = sums[0]; }
}
`,
});

/** With the target's speed a deficit and its derivatives are as many times as large; the derivative by the speed counts nowhere. */
const SCALED_PAIR = `
      let free = freeOf(d, s, kind);
      pair.deficit *= free;
      pair.byWake *= free;
      pair.byAlong *= free;
      pair.byAcross *= free;`;
