/**
 * Moves of single turbines of many layouts at a time as WGSL; the twins on the CPU are `Annealer` and `SingleMoves`. A workgroup
 * has one layout, and each of its lanes one axis of the rose or several.
 *
 * The places are those of the call, so that a call depends only on what it is given: the sums of losses are made at its beginning,
 * and moves update them. Random numbers are a hash of the start's seed and the number of the move.
 */
import type { DeviceProgram } from '../../lib/device.ts';
import { PULLS } from './annealing.ts';
import { COLUMNS, ROWS, STRIDE } from './pair-losses.ts';

/** Places in `counts`; the first interval of each direction follows, then the cells. */
export const COUNTS = [
  ...['turbines', 'own', 'free', 'axes', 'directions', 'zones', 'cells', 'cellsAt'],
  ...['axesAt', 'reachAt', 'lossesAt', 'freeAt', 'breaksAt', 'termsAt', 'siteAt'],
] as const;
const count = (name: (typeof COUNTS)[number]): string => `counts[${COUNTS.indexOf(name)}u]`;

/** Numbers at the beginning of `tables`. */
export const FIXED = ['rowsPerM', 'spacing', 'minX', 'minY', 'maxX', 'maxY'] as const;
const fixed = (name: (typeof FIXED)[number]): string => `tables[${FIXED.indexOf(name)}u]`;

/** Numbers of an axis: sine, cosine, direction, opposite direction or -1. */
const AXIS_WIDTH = 4;
/** Numbers of a call: temperature as a share of a turbine's energy, length of moves as a share of the spread, share of jumps. */
const SCHEDULE = ['heat', 'length', 'jumps'] as const;
const schedule = (name: (typeof SCHEDULE)[number]): string => `schedule[${SCHEDULE.indexOf(name)}u]`;

const MAX_LANES = 64;
/** Turbines abreast do not affect each other: places in f32 may be wrong by some millimetres [m]. */
const BESIDE_M = 0.01;
/** Distance inside the edge to which a turbine is brought that would leave the area [m] */
const INSIDE_M = 0.01;
/** What a distance must have in addition to the minimum spacing, so that it is not too small in f64 [m] */
const ROUNDED_M = 0.01;

/** @param lanes of a workgroup: axes of the rose, up to 64 */
export const movesProgram = (axes: number, isSquared: boolean): DeviceProgram => {
  const lanes = Math.min(axes, MAX_LANES);
  return {
    name: 'moves of turbines',
    code: `
@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> tables: array<f32>;
@group(0) @binding(2) var<storage, read> places: array<vec2f>;
@group(0) @binding(3) var<storage, read> draws: array<u32>;
@group(0) @binding(4) var<storage, read> schedule: array<f32>;
@group(0) @binding(5) var<storage, read_write> results: array<f32>;
@group(0) @binding(6) var<storage, read_write> scratch: array<f32>;

const LANES = ${lanes}u;
var<workgroup> sums: array<f32, LANES>;

// Adds up what the lanes have; all of them get the sum. Another barrier must follow before the next call.
fn total(lane: u32, value: f32) -> f32 {
  sums[lane] = value;
  workgroupBarrier();
  var parts = vec4f();
  for (var k = 0u; k < LANES; k++) { parts[k % 4u] += sums[k]; }
  return (parts.x + parts.y) + (parts.z + parts.w);
}

// Jarzynski and Olano 2020, pcg3d
fn hashed(seed: vec3u) -> vec3f {
  var v = seed * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> vec3u(16u);
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return (vec3f(v >> vec3u(9u)) + 0.5) * ${2 ** -23};
}

// Loss of a pair of turbines, to the power that adds up.
fn lossOf(along: f32, across: f32) -> f32 {
  if (along <= ${BESIDE_M}) { return 0.0; }
  let place = min(along * ${fixed('rowsPerM')}, ${ROWS}.0 - 0.001);
  let row = u32(place);
  let part = place - f32(row);
  let reach = mix(tables[${count('reachAt')} + row], tables[${count('reachAt')} + row + 1u], part);
  if (across >= reach) { return 0.0; }
  let column = across / reach * ${COLUMNS}.0;
  let c = u32(column);
  let t = column - f32(c);
  let near = ${count('lossesAt')} + row * ${STRIDE}u + c;
  let far = near + ${STRIDE}u;
  return mix(mix(tables[near], tables[near + 1u], t), mix(tables[far], tables[far + 1u], t), part);
}

// Energy of a turbine in a direction by the sum of its losses.
fn energyOf(direction: u32, sum: f32) -> f32 {
  if (!(sum > 0.0)) { return tables[${count('freeAt')} + direction]; }
  let share = min(${isSquared ? 'sqrt(sum)' : 'sum'}, 1.0);
  let cells = ${count('cells')};
  var k = counts[${count('cellsAt')} + direction * cells + min(u32(share * f32(cells)), cells - 1u)];
  let end = counts[${COUNTS.length}u + direction + 1u] - 1u;
  while (k < end && tables[${count('breaksAt')} + k + 1u] <= share) { k++; }
  let t = share - tables[${count('breaksAt')} + k];
  let at = ${count('termsAt')} + 4u * k;
  return tables[at] + t * (tables[at + 1u] + t * (tables[at + 2u] + t * tables[at + 3u]));
}

// Distance to the edge of a zone, positive inside, and the direction that leads inside.
fn inZone(at: u32, edges: u32, p: vec2f) -> vec3f {
  if (edges == 0u) {
    let off = p - vec2f(tables[at], tables[at + 1u]);
    let r = length(off);
    return vec3f(tables[at + 2u] - r, -off / max(r, 1e-6));
  }
  var best = 1e30;
  var near = vec2f();
  var side = -1.0;
  for (var e = at; e < at + 4u * edges; e += 4u) {
    let corner = vec2f(tables[e], tables[e + 1u]);
    let edge = vec2f(tables[e + 2u], tables[e + 3u]) - corner;
    let off = p - corner - clamp(dot(p - corner, edge) / dot(edge, edge), 0.0, 1.0) * edge;
    if (dot(off, off) < best) { best = dot(off, off); near = off; }
    if ((corner.y > p.y) != (corner.y + edge.y > p.y) && p.x < corner.x + (p.y - corner.y) / edge.y * edge.x) { side = -side; }
  }
  let distance = sqrt(best);
  return vec3f(side * distance, side * near / max(distance, 1e-6));
}
fn inSite(p: vec2f) -> vec3f {
  var found = vec3f(-1e30, 0.0, 0.0);
  var at = ${count('siteAt')};
  for (var zone = 0u; zone < ${count('zones')}; zone++) {
    let sign = tables[at];
    let edges = u32(tables[at + 1u]);
    let own = inZone(at + 2u, edges, p);
    if (sign > 0.0 && own.x > found.x) { found = own; }
    if (sign < 0.0 && -own.x < found.x) { found = -own; }
    at += 2u + max(4u * edges, 4u);
  }
  return found;
}

fn placeOf(first: u32, i: u32) -> vec2f { return vec2f(results[first + 2u * i], results[first + 2u * i + 1u]); }

// What changes on an axis when turbine i moves from its old place to p. Returns the gain; writes the sums where the move is made.
fn moved(a: u32, first: u32, base: u32, i: u32, old: vec2f, p: vec2f, isMade: bool) -> f32 {
  let n = ${count('turbines')};
  let own = ${count('own')};
  let axis = ${count('axesAt')} + ${AXIS_WIDTH}u * a;
  let sine = tables[axis];
  let cosine = tables[axis + 1u];
  let direction = u32(tables[axis + 2u]);
  let hasOpposite = tables[axis + 3u] >= 0.0;
  let opposite = u32(max(tables[axis + 3u], 0.0));
  let lost = base + direction * n;
  let lostOpposite = base + opposite * n;
  let energies = ${count('directions')} * n;
  var mine = 0.0;
  var mineOpposite = 0.0;
  var gain = 0.0;
  for (var j = 0u; j < n; j++) {
    if (j == i) { continue; }
    let there = placeOf(first, j);
    // From turbine i to j: along the wind, and across it.
    let now = there - p;
    let before = there - old;
    let along = -(now.x * sine + now.y * cosine);
    let alongBefore = -(before.x * sine + before.y * cosine);
    let loss = lossOf(abs(along), abs(now.x * cosine - now.y * sine));
    let lossBefore = lossOf(abs(alongBefore), abs(before.x * cosine - before.y * sine));
    if (loss == 0.0 && lossBefore == 0.0) { continue; }
    var forward = 0.0;
    var backward = 0.0;
    if (along > 0.0) { forward += loss; mineOpposite += loss; } else { backward += loss; mine += loss; }
    if (alongBefore > 0.0) { forward -= lossBefore; } else { backward -= lossBefore; }
    if (j >= own) { continue; }
    if (forward != 0.0) {
      let sum = max(scratch[lost + j] + forward, 0.0);
      let energy = energyOf(direction, sum);
      gain += energy - scratch[energies + lost + j];
      if (isMade) { scratch[lost + j] = sum; scratch[energies + lost + j] = energy; }
    }
    if (hasOpposite && backward != 0.0) {
      let sum = max(scratch[lostOpposite + j] + backward, 0.0);
      let energy = energyOf(opposite, sum);
      gain += energy - scratch[energies + lostOpposite + j];
      if (isMade) { scratch[lostOpposite + j] = sum; scratch[energies + lostOpposite + j] = energy; }
    }
  }
  let energy = energyOf(direction, mine);
  gain += energy - scratch[energies + lost + i];
  if (isMade) { scratch[lost + i] = mine; scratch[energies + lost + i] = energy; }
  if (hasOpposite) {
    let energyOpposite = energyOf(opposite, mineOpposite);
    gain += energyOpposite - scratch[energies + lostOpposite + i];
    if (isMade) { scratch[lostOpposite + i] = mineOpposite; scratch[energies + lostOpposite + i] = energyOpposite; }
  }
  return gain;
}

// Makes the sums of an axis. Returns the energy of its directions.
fn placed(a: u32, first: u32, base: u32) -> f32 {
  let n = ${count('turbines')};
  let axis = ${count('axesAt')} + ${AXIS_WIDTH}u * a;
  let sine = tables[axis];
  let cosine = tables[axis + 1u];
  let direction = u32(tables[axis + 2u]);
  let hasOpposite = tables[axis + 3u] >= 0.0;
  let opposite = u32(max(tables[axis + 3u], 0.0));
  let energies = ${count('directions')} * n;
  var whole = 0.0;
  for (var i = 0u; i < n; i++) {
    let at = placeOf(first, i);
    var lost = 0.0;
    var lostOpposite = 0.0;
    for (var j = 0u; j < n; j++) {
      if (j == i) { continue; }
      let apart = at - placeOf(first, j);
      let along = -(apart.x * sine + apart.y * cosine);
      let loss = lossOf(abs(along), abs(apart.x * cosine - apart.y * sine));
      if (along > 0.0) { lost += loss; } else { lostOpposite += loss; }
    }
    let slot = base + direction * n + i;
    scratch[slot] = lost;
    scratch[energies + slot] = energyOf(direction, lost);
    if (i < ${count('own')}) { whole += scratch[energies + slot]; }
    if (!hasOpposite) { continue; }
    let slotOpposite = base + opposite * n + i;
    scratch[slotOpposite] = lostOpposite;
    scratch[energies + slotOpposite] = energyOf(opposite, lostOpposite);
    if (i < ${count('own')}) { whole += scratch[energies + slotOpposite]; }
  }
  return whole;
}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = ${count('turbines')};
  let first = group.x * (2u * n + 2u);
  let base = group.x * 2u * ${count('directions')} * n;
  for (var i = lane; i < n; i += LANES) {
    results[first + 2u * i] = places[group.x * n + i].x;
    results[first + 2u * i + 1u] = places[group.x * n + i].y;
  }
  storageBarrier();
  workgroupBarrier();
  var whole = 0.0;
  for (var a = lane; a < ${count('axes')}; a += LANES) { whole += placed(a, first, base); }
  var energy = total(lane, whole);
  workgroupBarrier();
  var made = 0.0;
  let seed = draws[2u + group.x];
  let box = vec2f(${fixed('maxX')} - ${fixed('minX')}, ${fixed('maxY')} - ${fixed('minY')});
  for (var turn = draws[0]; turn < draws[0] + draws[1]; turn++) {
    let choice = hashed(vec3u(seed, turn, 0u));
    let spot = hashed(vec3u(seed, turn, 1u));
    let i = min(u32(choice.x * f32(${count('free')})), ${count('free')} - 1u);
    let old = placeOf(first, i);
    var p: vec2f;
    if (choice.y < ${schedule('jumps')}) { p = vec2f(${fixed('minX')}, ${fixed('minY')}) + spot.xy * box; }
    else {
      let far = ${schedule('length')} * exp(-3.0 * spot.z) * sqrt(-2.0 * log(spot.x));
      p = old + far * vec2f(cos(6.283185307 * spot.y), sin(6.283185307 * spot.y));
      for (var pull = 0u; pull < ${PULLS}u; pull++) {
        let inside = inSite(p);
        if (inside.x >= ${INSIDE_M}) { break; }
        p += (${2 * INSIDE_M} - inside.x) * inside.yz;
      }
    }
    // All lanes test the place: that takes less than a barrier.
    var isFree = inSite(p).x >= ${INSIDE_M};
    let spacing = ${fixed('spacing')} + ${ROUNDED_M};
    for (var j = 0u; j < n; j++) {
      let off = placeOf(first, j) - p;
      if (j != i && dot(off, off) < spacing * spacing) { isFree = false; }
    }
    var gain = 0.0;
    if (isFree) {
      for (var a = lane; a < ${count('axes')}; a += LANES) { gain += moved(a, first, base, i, old, p, false); }
    }
    gain = total(lane, gain);
    if (isFree && (gain >= 0.0 || gain >= ${schedule('heat')} * energy / f32(n) * log(choice.z))) {
      for (var a = lane; a < ${count('axes')}; a += LANES) { _ = moved(a, first, base, i, old, p, true); }
      energy += gain;
      made += 1.0;
      if (lane == 0u) {
        results[first + 2u * i] = p.x;
        results[first + 2u * i + 1u] = p.y;
      }
    }
    storageBarrier();
    workgroupBarrier();
  }
  if (lane == 0u) {
    results[first + 2u * n] = energy;
    results[first + 2u * n + 1u] = made;
  }
}
`,
  };
};
