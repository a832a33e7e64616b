/**
 * The year of many systems of the PVWatts chain as a WGSL program, with rows and rear. Its twin on the CPU is `simulateYear`; what
 * only depends on the site comes from `prepareSite` in f64 and is passed as f32.
 *
 * Directions, tilts and shadows are sines and cosines from the CPU or made of square roots, because the trigonometry of WGSL may
 * be wrong by 2^-11. A workgroup adds the steps of one month for one system: each of its lanes adds every 64th step, then the
 * lanes add up in pairs. So each sum has few terms, which f32 needs; compensated sums would not survive a driver that optimises.
 */
import type { DeviceProgram } from '../../lib/device.ts';

/** Numbers of a step: sun east, north, up; DNI | GHI, DHI, Perez's isotropic and circumsolar part | horizon, air, wind, unused. */
export const STEP_WIDTH = 12;
/** View factors of a rear for each degree of the front's tilt from 0 to 90, and once more */
export const VIEW_TILTS = 92;
export const VIEW_WIDTH = 3;

/** Numbers of a system, in the order in which it is packed. */
export const SWEEP_FIELDS = [
  // Fixed plane: the normal, and the horizontal direction that it faces. Flags are 0 or 1.
  ...['isTracker', 'normalEast', 'normalNorth', 'normalUp', 'sinTilt', 'facingEast', 'facingNorth'],
  // Tracker, as in TrackerPlane.
  ...['sinAxis', 'cosAxis', 'uprightEast', 'uprightNorth', 'uprightUp', 'cosSlope', 'sinSlope', 'spacing'],
  ...['cosLimit', 'sinLimit'],
  // Temperature by SAPM, DC and AC power by PVWatts; powers are shares of the nameplate.
  ...['albedo', 'sapmA', 'sapmB', 'sapmDelta', 'gammaPerK', 'dcLeft', 'acPerDc2', 'acPerDc', 'acNone', 'acLimit'],
  ...['accepted', 'exportLimit'],
  // Rows: whether they shade, pitch, slope across them, share that has a row before it, share of the beam that always remains.
  ...['hasRows', 'rowPitch', 'rowCosSlope', 'rowSinSlope', 'rowBehind', 'rowBeam'],
  // Rear: its weight, 0 without one; the first of its view factors.
  ...['rearWeight', 'rearGcr', 'rearViews', 'isRearFixed'],
] as const satisfies readonly string[];

export const SWEEP_PROGRAM: DeviceProgram = {
  name: 'solar sweep',
  code: /* wgsl */ `
struct System {
${SWEEP_FIELDS.map((name) => `  ${name}: f32,`).join('\n')}
}

@group(0) @binding(0) var<storage, read> steps: array<vec4f>;
@group(0) @binding(1) var<storage, read> firstOfMonth: array<u32>;
@group(0) @binding(2) var<storage, read> systems: array<System>;
@group(0) @binding(3) var<storage, read> views: array<f32>;
@group(0) @binding(4) var<storage, read_write> energies: array<f32>;

const LANES = 64u;
var<workgroup> sums: array<f32, LANES>;

// Abramowitz and Stegun 4.4.49: from 0 to 1 wrong by 2e-8 at most.
fn arctan(x: f32) -> f32 {
  let s = x * x;
  return x * (1.0 + s * (-0.3333314528 + s * (0.1999355085 + s * (-0.1420889944 + s * (0.1065626393
    + s * (-0.0752896400 + s * (0.0429096138 + s * (-0.0161657367 + s * 0.0028662257))))))));
}

// Transmission of glass for a beam by the cosine of incidence, relative to the normal: Fresnel and Bouguer.
fn transmitted(incidence: f32) -> f32 {
  const n = 1.526;
  const path = 4.0 * 0.002;
  const normal = (1.0 - n) / (1.0 + n);
  let inside = sqrt(1.0 - (1.0 - incidence * incidence) / (n * n));
  let s = (incidence - n * inside) / (incidence + n * inside);
  let p = (inside - n * incidence) / (inside + n * incidence);
  let x = path - path / inside;
  let absorbed = 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x / 120.0))));
  return (1.0 - 0.5 * (s * s + p * p)) / (1.0 - normal * normal) * absorbed;
}

// View factor from a row to a strip of ground beside it that is this wide, in widths of the row.
fn strip(reach: f32, cosTilt: f32) -> f32 {
  return reach * (1.0 - cosTilt) / (1.0 + reach + sqrt(reach * reach + 2.0 * reach * cosTilt + 1.0));
}

// AC power of system i in step k, as a share of its nameplate.
fn power(i: u32, k: u32) -> f32 {
  let a = steps[3u * k];
  let b = steps[3u * k + 1u];
  let c = steps[3u * k + 2u];
  let sun = a.xyz;
  let dni = a.w;
  let ghi = b.x;
  let dhi = b.y;

  // The plane, its rotation about the axis across the rows, and the sun in the plane across the rows.
  var normal = vec3f(systems[i].normalEast, systems[i].normalNorth, systems[i].normalUp);
  var sinTilt = systems[i].sinTilt;
  var rotation = vec2f(normal.z, sinTilt);
  var across = sun.x * systems[i].facingEast + sun.y * systems[i].facingNorth;
  var upright = sun.z;
  let isTracker = systems[i].isTracker > 0.0;
  if (isTracker) {
    if (!(sun.z >= 0.0)) { return 0.0; }
    across = sun.x * systems[i].cosAxis - sun.y * systems[i].sinAxis;
    upright = sun.x * systems[i].uprightEast + sun.y * systems[i].uprightNorth + sun.z * systems[i].uprightUp;
  }
  let length = sqrt(across * across + upright * upright);
  var projected = vec2f(1.0, 0.0);
  if (length > 0.0) { projected = vec2f(upright, across) / length; }
  if (isTracker) {
    rotation = projected;
    if (systems[i].spacing > 0.0) {
      let shadow = abs(rotation.x * systems[i].cosSlope + rotation.y * systems[i].sinSlope) * systems[i].spacing;
      if (shadow < 1.0 && rotation.y != 0.0) {
        let turn = sqrt((1.0 - shadow) * (1.0 + shadow)) * select(1.0, -1.0, rotation.y > 0.0);
        rotation = vec2f(rotation.x * shadow - rotation.y * turn, rotation.y * shadow + rotation.x * turn);
      }
    }
    if (rotation.x < systems[i].cosLimit) {
      rotation = vec2f(systems[i].cosLimit, select(systems[i].sinLimit, -systems[i].sinLimit, rotation.y < 0.0));
    }
    normal = rotation.x * vec3f(systems[i].uprightEast, systems[i].uprightNorth, systems[i].uprightUp)
      + rotation.y * vec3f(systems[i].cosAxis, -systems[i].sinAxis, 0.0);
    sinTilt = sqrt(normal.x * normal.x + normal.y * normal.y);
  }
  let cosTilt = normal.z;
  let incidence = clamp(dot(sun, normal), -1.0, 1.0);
  let toward = max(incidence, 0.0);

  // Light on the front.
  var beam = dni * toward;
  var circumsolar = b.w * toward;
  var dome = b.z * (1.0 + cosTilt) + c.x * sinTilt;
  if (!(circumsolar + dome > 0.0)) { circumsolar = 0.0; dome = 0.0; }
  let albedo = systems[i].albedo;
  let open = 0.5 * (1.0 - cosTilt);
  var ground = ghi * albedo * open;
  var sky = circumsolar + dome;
  beam *= systems[i].rowBeam;
  if (systems[i].hasRows > 0.0) {
    let pitch = systems[i].rowPitch;
    let behind = systems[i].rowBehind;
    if (beam > 0.0) {
      let facing = abs(rotation.x * projected.x + rotation.y * projected.y);
      let slope = vec2f(systems[i].rowCosSlope, systems[i].rowSinSlope);
      let gap = pitch * dot(projected, slope) / max(facing * slope.x, 1e-30);
      beam *= 1.0 - behind * clamp(1.0 - gap, 0.0, 1.0);
    }
    sky *= min(2.0 * pitch / (1.0 + pitch + sqrt(pitch * pitch - 2.0 * pitch * cosTilt + 1.0)), 1.0);
    let level = dni * sun.z;
    if (sun.z > 0.0 && open > 0.0 && level + dhi > 0.0) {
      let lit = max(1e-5, pitch - cosTilt - sinTilt * sqrt(sun.x * sun.x + sun.y * sun.y) / sun.z);
      let first = open * (1.0 - behind);
      let seen = ((first + behind * strip(lit, cosTilt)) * level + (first + behind * strip(pitch, cosTilt)) * dhi) / (level + dhi);
      ground = ghi * albedo * min(seen, open);
    }
  }
  var heating = beam + sky + ground;
  var effective = sky + ground;
  if (incidence > 0.0) { effective += beam * transmitted(incidence); }

  // Light on the rear, as on infinite sheds.
  let weight = systems[i].rearWeight;
  if (weight > 0.0) {
    let gcr = systems[i].rearGcr;
    var at = u32(systems[i].rearViews);
    var view = vec3f(views[at], views[at + 1u], views[at + 2u]);
    if (systems[i].isRearFixed == 0.0) {
      let tilt = clamp(2.0 * arctan(sinTilt / (1.0 + cosTilt)) * 57.29577951308232, 0.0, 90.0);
      let below = floor(tilt);
      at += ${VIEW_WIDTH}u * u32(below);
      view = mix(vec3f(views[at], views[at + 1u], views[at + 2u]), vec3f(views[at + 3u], views[at + 4u], views[at + 5u]), tilt - below);
    }
    let turned = select(1.0, -1.0, rotation.y < 0.0);
    let upward = select(projected.x, 1e-12, abs(projected.x) < 1e-12);
    let tangent = -turned * projected.y / upward;
    let shadow = gcr * (sinTilt * tangent - cosTilt);
    var shaded = 0.0;
    if (shadow > 1.0) { shaded = select(1.0, 1.0 - 1.0 / shadow, incidence < 0.0); }
    var lit = 0.0;
    // tan 85 degrees
    if (abs(tangent) <= 11.430052302761343) { lit = 1.0 - min(gcr * abs(sinTilt * tangent - cosTilt), 1.0); }
    let back = max(-dni * incidence, 0.0) * (1.0 - shaded) + dhi * view.x
      + albedo * (lit * (ghi - dhi) + view.z * dhi) * view.y;
    heating += back * weight;
    effective += back * weight;
  }

  // Temperature, DC and AC power.
  let cell = c.y + heating * (exp(systems[i].sapmA + systems[i].sapmB * c.z) + systems[i].sapmDelta);
  let dc = effective * 0.001 * systems[i].dcLeft * (1.0 + systems[i].gammaPerK * (cell - 25.0));
  if (!(dc > 0.0)) { return 0.0; }
  let ac = dc * (systems[i].acPerDc + dc * systems[i].acPerDc2) - systems[i].acNone;
  let limited = clamp(ac, 0.0, min(systems[i].acLimit, dc));
  return min(limited * systems[i].accepted, systems[i].exportLimit);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var k = firstOfMonth[group.x] + lane; k < firstOfMonth[group.x + 1u]; k += LANES) {
    sum += power(group.y, k);
  }
  sums[lane] = sum;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { sums[lane] += sums[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { energies[group.y * 12u + group.x] = sums[0]; }
}
`,
};
