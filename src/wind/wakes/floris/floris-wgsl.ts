/**
 * FLORIS's Gauss wakes without yaw and without the parts of the gauss-curl hybrid, as WGSL: a rotor has 3 x 3 points, and each of
 * its columns a turbulence and a wake of its own. The twin on the CPU is `FlorisSolver`.
 */
import type { FlorisWakeModel } from '../wake-models.ts';
import { hasCurl } from '../wake-models.ts';
import {
  LATERAL_LIMIT,
  MIN_CT,
  MIN_DISTANCE_M,
  REACH_WIDTHS,
  TI_HALF_WIDTH_D,
  TI_REACH_D,
  WAKE_EDGE_MS,
} from './gauss.ts';
import { GRID, POINTS, SPREAD } from './vortices.ts';
import { MAX_CT, NEAR_WIDTH } from './wake.ts';

const NUMBERS = ['alpha', 'beta', 'ka', 'kb', 'added0', 'added1', 'added2', 'added3'] as const;
const number = (name: (typeof NUMBERS)[number]): string => `wind[${NUMBERS.indexOf(name)}u]`;

/** Tells whether a device computes a model. */
export const isPlainGauss = (model: FlorisWakeModel): boolean => !hasCurl(model);

/** Returns the numbers of a model in the order in which the device reads them at the beginning of `wind`. */
export function florisNumbers({ alpha, beta, ka, kb, turbulence: [added0, added1, added2, added3] }: FlorisWakeModel) {
  const values: Record<(typeof NUMBERS)[number], number> = { alpha, beta, ka, kb, added0, added1, added2, added3 };
  return NUMBERS.map((name) => values[name]);
}

/** Returns the free speed at the rows of a rotor's points divided by that at the reference height. */
export const shearRatios = (hubHeightM: number, diameterM: number, referenceM: number, shear: number): number[] =>
  Array.from({ length: GRID }, (_, row) => ((hubHeightM + (row - 1) * SPREAD * diameterM) / referenceM) ** shear);

/** Vectors that are kept of a turbine at a speed: thrust and the columns' turbulence; then its induction */
export const FLORIS_KEPT = 2;

/** @param count text of a number of the farm */
export const florisSolve = (count: (name: 'turbines' | 'own' | 'cases' | 'hoursAt') => string): string => `
// Solves a direction at a speed. Returns the energy of the own turbines.
fn solve(d: u32, s: u32, n: u32, base: u32, lane: u32) -> f32 {
  let at = windAt(d);
  let sine = wind[at];
  let cosine = wind[at + 1u];
  let ambient = wind[at + 2u];
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
      // By column, the rows of its points: sums of squared losses as shares of the free speed there.
      var lost = array<vec3f, ${GRID}>();
      var ti = vec3f(ambient);
      for (var i = 0u; i < j; i++) {
        let source = scratch[base + i];
        let apart = target_.xy - source.xy;
        let along = -(apart.x * sine + apart.y * cosine);
        if (along <= ${MIN_DISTANCE_M}) { continue; }
        let across = apart.x * cosine - apart.y * sine;
        let kindOf = u32(source.z);
        let diameter = diameterOf(kindOf);
        let state = scratch[kept + (i * KEPT) * LANES];
        let ct = state.x;
        let root = sqrt(1.0 - ct);
        let start = diameter * ${Math.sqrt(1 / 8)};
        let near = ${NEAR_WIDTH} * diameter * sqrt(0.5 * ct);
        let mostTi = max(state.y, max(state.z, state.w));
        let widest = max(start, near) + (${number('ka')} * mostTi + ${number('kb')}) * along;
        if (abs(across) - ${SPREAD} * rotor > ${REACH_WIDTHS} * widest) { continue; }
        var inWake = 0.0;
        for (var m = 0u; m < ${GRID}u; m++) {
          let own = state[m + 1u];
          let begin = diameter * (1.0 + root) / (1.4142135623730951 * (4.0 * ${number('alpha')} * own + 2.0 * ${number('beta')} * (1.0 - root)));
          var sigma = (${number('ka')} * own + ${number('kb')}) * (along - begin) + start;
          if (along < begin) { sigma = (begin - along) / begin * near + along / begin * start; }
          let q = min(0.125 * ct * diameter * diameter / (sigma * sigma), 1.0);
          let peak = q / (1.0 + sqrt(1.0 - q));
          let y = across + (f32(m) - 1.0) * ${SPREAD} * rotor;
          let lateral = 0.5 * y * y / (sigma * sigma);
          if (lateral > ${LATERAL_LIMIT}.0) { continue; }
          for (var r = 0u; r < ${GRID}u; r++) {
            let z = hub + (f32(r) - 1.0) * ${SPREAD} * rotor - hubOf(kindOf);
            let share = peak * exp(-(lateral + 0.5 * z * z / (sigma * sigma)));
            if (share * free * shearOf(kind, r) > ${WAKE_EDGE_MS}) { inWake += 1.0; }
            lost[m][r] += share * share;
          }
        }
        if (inWake == 0.0 || along > ${TI_REACH_D}.0 * diameter) { continue; }
        let induction = scratch[kept + (i * KEPT + 1u) * LANES].x;
        let added = ${number('added0')} * pow(induction, ${number('added1')}) * pow(ambient, ${number('added2')})
          * pow(along / diameter, ${number('added3')}) * (inWake / ${POINTS}.0);
        let total = sqrt(added * added + ambient * ambient);
        let columns = vec3f(-1.0, 0.0, 1.0) * ${SPREAD} * rotor + across;
        ti = select(ti, max(ti, vec3f(total)), abs(columns) < vec3f(${TI_HALF_WIDTH_D}.0 * diameter));
      }
      // The cube root of the mean cube, as what is missing to the free speed: differences of near numbers would lose digits.
      var missing = 0.0;
      var sheared = 0.0;
      var any = 0.0;
      for (var r = 0u; r < ${GRID}u; r++) {
        let ratio = shearOf(kind, r);
        let cube = ratio * ratio * ratio;
        sheared += (ratio - 1.0) * (1.0 + ratio + ratio * ratio) * ${GRID}.0;
        for (var m = 0u; m < ${GRID}u; m++) {
          let e = sqrt(lost[m][r]);
          any = max(any, e);
          missing += cube * e * (3.0 - e * (3.0 - e));
        }
      }
      let change = (sheared - missing) / ${POINTS}.0;
      // Newton's method for y with (1 + y)^3 = 1 + change
      var y = sign(1.0 + change) * pow(abs(1.0 + change), ${1 / 3}) - 1.0;
      for (var step = 0u; step < 2u; step++) {
        y -= (y * (3.0 + y * (3.0 + y)) - change) / max(3.0 * (1.0 + y) * (1.0 + y), 1e-6);
      }
      var u = max(free + free * y, 0.0);
      if (u == free && any > 1.1e-16) { u = bitcast<f32>(bitcast<u32>(free) - 1u); }
      let curve = curveOf(kind, u);
      let ct = clamp(curve.y, ${MIN_CT}, ${MAX_CT});
      scratch[kept + (j * KEPT) * LANES] = vec4f(ct, ti);
      scratch[kept + (j * KEPT + 1u) * LANES] = vec4f(0.5 * ct / (1.0 + sqrt(1.0 - ct)), 0.0, 0.0, 0.0);
      if (u32(target_.w) < ${count('own')}) { part += hours * curve.x; }
    }
    energy += part;
  }
  return energy;
}
`;
