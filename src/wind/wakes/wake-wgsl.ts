/**
 * The superposed wake models as WGSL: what a turbine leaves behind it at one speed (`wakeOf`), and what another one loses by it
 * (`deficitOf`, `addedOf`). Their twins on the CPU are jensen-kernel.ts, gaussian-kernels.ts and wake-turbulence.ts.
 *
 * Every variable gets a value where it is declared: on some devices one in a loop keeps that of the round before.
 * Differences of near numbers are written as quotients, and angles come from a polynomial, because the trigonometry of WGSL may
 * be wrong by 2^-11.
 */
import { cellOffset, TABLE_CELLS_PER_UNIT, TABLE_DISTANCE, TABLE_RADIUS } from './rotor-average.ts';
import { EDGE_WIDTHS } from './deficit-kernel.ts';
import type { GaussianDeficit, Induction, SuperposedWakeModel } from './wake-models.ts';

/** Numbers of a model, in the order in which the device reads them at the beginning of `wind`. */
const NUMBERS = [
  ...['growth', 'growthByTi', 'epsilon', 'ctLimit', 'widestStart', 'reach'],
  ...['turboA', 'turboC0', 'turboC1'],
  ...['added0', 'added1', 'added2', 'added3'],
] as const;
type Name = (typeof NUMBERS)[number];
export const MODEL_NUMBERS = NUMBERS.length;
const number = (name: Name): string => `wind[${NUMBERS.indexOf(name)}u]`;

/** Returns the largest width of a wake at its rotor [diameters]: that of the largest thrust. */
function widestStart(epsilon: GaussianDeficit['epsilon']): number {
  if ('constant' in epsilon) return epsilon.constant;
  const s = Math.sqrt(1 - epsilon.ctLimit);
  return epsilon.factor * Math.sqrt((0.5 * (1 + s)) / s);
}

/** @param reach widths that a Gaussian reaches */
export function modelNumbers({ deficit, turbulence }: SuperposedWakeModel, reach: number): number[] {
  const epsilon = deficit.kind === 'jensen' ? { constant: 0 } : deficit.epsilon;
  const turbo = deficit.kind === 'turbo_gaussian' ? deficit : null;
  const values: Record<Name, number> = {
    growth: deficit.kind === 'jensen' ? deficit.k : deficit.kind === 'gaussian' ? deficit.k.base : 0,
    growthByTi: deficit.kind === 'gaussian' ? deficit.k.slope : 0,
    epsilon: 'constant' in epsilon ? epsilon.constant : epsilon.factor,
    ctLimit: 'constant' in epsilon ? 0 : epsilon.ctLimit,
    widestStart: widestStart(epsilon),
    reach,
    turboA: turbo?.a ?? 0,
    turboC0: turbo?.cTi[0] ?? 0,
    turboC1: turbo?.cTi[1] ?? 0,
    added0: turbulence?.c[0] ?? 0,
    added1: turbulence?.c[1] ?? 0,
    added2: turbulence?.c[2] ?? 0,
    added3: turbulence?.c[3] ?? 0,
  };
  return NUMBERS.map((name) => values[name]);
}

/** Tells whether added turbulence widens wakes. */
export const usesTurbulence = ({ deficit, turbulence }: SuperposedWakeModel): boolean =>
  turbulence !== null && deficit.kind === 'gaussian' && deficit.k.slope !== 0;

/** Tells whether a device needs the table of means over a rotor. */
export const usesTable = ({ deficit }: SuperposedWakeModel): boolean =>
  deficit.kind !== 'jensen' && deficit.rotorAverage === 'disc';

const inductionText = (name: string, induction: Induction): string =>
  induction === 'madsen'
    ? `
fn ${name}(q: f32) -> f32 { return q * (0.492 + q * (0.1172 + q * 0.1766)); }
fn ${name}Slope(q: f32) -> f32 { return 0.492 + q * (0.2344 + q * 0.5298); }`
    : `
fn ${name}(q: f32) -> f32 { if (q >= 1.0) { return 1.0; } return q / (1.0 + sqrt(1.0 - q)); }
fn ${name}Slope(q: f32) -> f32 { if (q >= 1.0) { return 0.0; } return 0.5 / sqrt(1.0 - q); }`;

const OVERLAP = `
// Abramowitz and Stegun 4.4.49: from 0 to 1 wrong by 2e-8 at most.
fn arctan(x: f32) -> f32 {
  let t = select(x, 1.0 / x, x > 1.0);
  let s = t * t;
  let angle = t * (1.0 + s * (-0.3333314528 + s * (0.1999355085 + s * (-0.1420889944 + s * (0.1065626393
    + s * (-0.0752896400 + s * (0.0429096138 + s * (-0.0161657367 + s * 0.0028662257))))))));
  return select(angle, 1.5707963267948966 - angle, x > 1.0);
}

// Share of the rotor's disc that lies in the wake's disc, and its derivatives by the wake's radius and by the distance.
fn overlap(wake: f32, rotor: f32, distance: f32) -> vec3f {
  if (distance >= wake + rotor) { return vec3f(); }
  if (distance <= abs(wake - rotor)) { return vec3f(1.0, 0.0, 0.0); }
  // Half angles by the sides of the triangle of both centres and an edge that the discs share.
  let whole = (wake + rotor + distance) * (wake + distance - rotor);
  let other = (wake + rotor + distance) * (rotor + distance - wake);
  let inner = (rotor + distance - wake) * (wake + rotor - distance);
  let outer = (wake + distance - rotor) * (wake + rotor - distance);
  let wakeAngle = 2.0 * arctan(sqrt(inner / whole));
  let rotorAngle = 2.0 * arctan(sqrt(outer / other));
  let chord = sqrt(whole * inner) / distance;
  let area = 3.141592653589793 * rotor * rotor;
  return vec3f(wake * wake * wakeAngle + rotor * rotor * rotorAngle - 0.5 * chord * distance, 2.0 * wake * wakeAngle, -chord) / area;
}`;

const DISC = `
// Mean of exp(-r^2/2) over a disc of radius a whose centre is c away from the peak, and its derivatives by a and c.
fn discMean(a: f32, c: f32) -> vec3f {
  if (c >= ${number('reach')} + a || c >= ${TABLE_DISTANCE}.0) { return vec3f(); }
  let pa = min(a, ${TABLE_RADIUS - 1e-5}) * ${TABLE_CELLS_PER_UNIT}.0;
  let pc = c * ${TABLE_CELLS_PER_UNIT}.0;
  let u = fract(pa);
  let v = fract(pc);
  let o = ${cellOffset(1, 0)}u * u32(pa) + ${cellOffset(0, 1)}u * u32(pc);
  var k = vec4f();
  var slope = vec4f();
  for (var p = 0u; p < 4u; p++) {
    let q = o + 4u * p;
    k[p] = table[q] + u * (table[q + 1u] + u * (table[q + 2u] + u * table[q + 3u]));
    slope[p] = table[q + 1u] + u * (2.0 * table[q + 2u] + 3.0 * u * table[q + 3u]);
  }
  let mean = k.x + v * (k.y + v * (k.z + v * k.w));
  if (mean <= 0.0) { return vec3f(); }
  return vec3f(mean,
    ${TABLE_CELLS_PER_UNIT}.0 * (slope.x + v * (slope.y + v * (slope.z + v * slope.w))),
    ${TABLE_CELLS_PER_UNIT}.0 * (k.y + v * (2.0 * k.z + 3.0 * v * k.w)));
}`;

/** What a device computes of a pair: the deficit [m/s], and where gradients are wanted, its derivatives. */
const PAIR = `
struct Pair {
  deficit: f32,
  byAlong: f32,
  byAcross: f32,
  byWake: vec4f,
}`;

/** Distance across the wind beyond which no speed has a deficit; where the growth depends on turbulence, none is known. */
function reachText(model: SuperposedWakeModel): string {
  const { deficit } = model;
  const rotor = usesTable(model) ? ' + 0.5 * rotor' : '';
  const widths = (growth: string) =>
    `${number('reach')} * (${growth} * along + ${number('widestStart')} * diameter)${rotor}`;
  const text =
    deficit.kind === 'jensen'
      ? `0.5 * (diameter + rotor) + ${number('growth')} * along`
      : deficit.kind === 'turbo_gaussian'
        ? widths(`${number('turboA')} * ambient * sqrt(alpha * alpha + 1.0) / alpha`)
        : usesTurbulence(model)
          ? '1e30'
          : widths(`(${number('growth')} + ${number('growthByTi')} * ambient)`);
  return `
fn reachOf(diameter: f32, rotor: f32, ambient: f32, along: f32) -> f32 {
  let alpha = ${number('turboC0')} * ambient;
  return ${text};
}`;
}

const jensenText = `
fn wakeOf(ct: f32, speed: f32, ti: f32, ambient: f32, diameter: f32) -> vec4f {
  if (ct <= 0.0) { return vec4f(); }
  return vec4f(speed * induction(ct), 0.0, 0.0, 0.0);
}
// Derivatives by thrust, speed and turbulence from those by the wake.
fn sourceAdjoint(ct: f32, speed: f32, ti: f32, ambient: f32, diameter: f32, wake: vec4f, by: vec4f) -> vec3f {
  if (ct <= 0.0) { return vec3f(); }
  return vec3f(by.x * speed * inductionSlope(ct), by.x * induction(ct), 0.0);
}
fn pairOf(wake: vec4f, diameter: f32, hub: f32, rotor: f32, hubAt: f32, ambient: f32, along: f32, across: f32) -> Pair {
  var pair = Pair();
  if (wake.x <= 0.0) { return pair; }
  let radius = 0.5 * diameter;
  let widened = radius + ${number('growth')} * along;
  let height = hubAt - hub;
  let distance = sqrt(across * across + height * height);
  let share = overlap(widened, 0.5 * rotor, distance);
  let ratio = radius / widened;
  let factor = ratio * ratio;
  pair.deficit = wake.x * factor * share.x;
  pair.byWake.x = factor * share.x;
  pair.byAlong = ${number('growth')} * wake.x * factor * (share.y - 2.0 * share.x / widened);
  if (distance > 0.0) { pair.byAcross = wake.x * factor * share.z * across / distance; }
  return pair;
}`;

/** @param wake text that sets `width`, `byStart` (derivative by the width) and adds to byWake by `sigma`, the derivative by the width */
function gaussianText({ deficit }: SuperposedWakeModel): string {
  if (deficit.kind === 'jensen') throw new Error('a top hat is no Gaussian');
  const { epsilon } = deficit;
  const isTurbo = deficit.kind === 'turbo_gaussian';
  const isDisc = deficit.rotorAverage === 'disc';
  const hasMirror = isTurbo && deficit.mirror;
  const start =
    'constant' in epsilon
      ? `
fn startOf(ct: f32) -> f32 { return ${number('epsilon')}; }
fn startSlope(ct: f32) -> f32 { return 0.0; }`
      : `
fn startOf(ct: f32) -> f32 {
  let s = sqrt(1.0 - clamp(ct, 0.0, ${number('ctLimit')}));
  return ${number('epsilon')} * sqrt(0.5 * (1.0 + s) / s);
}
fn startSlope(ct: f32) -> f32 {
  if (ct >= ${number('ctLimit')}) { return 0.0; }
  let s = sqrt(1.0 - ct);
  return ${number('epsilon')} * 0.125 / (s * s * s * sqrt(0.5 * (1.0 + s) / s));
}`;
  // A wake: thrust times D^2/8, width at the rotor, growth, speed that scales the deficit.
  const growth = isTurbo
    ? `${number('turboC1')} * ambient / sqrt(ct)`
    : `${number('growth')} + ${number('growthByTi')} * ti`;
  const adjointOfGrowth = isTurbo
    ? `result.x -= 0.5 * by.z * wake.z / ct;`
    : `result.z = by.z * ${number('growthByTi')};`;
  const width = isTurbo
    ? `
  let alpha = ${number('turboC0')} * ambient;
  let distance = along / diameter;
  let scale = ${number('turboA')} * ambient * diameter / wake.z;
  let x = alpha + wake.z * distance;
  let grown = primitive(x) - primitive(alpha);
  let width = scale * grown + wake.y;
  let slope = sqrt(x * x + 1.0) / x;`
    : `
  let width = wake.z * along + wake.y;`;
  const byGrowth = isTurbo ? `scale * (slope * distance - grown / wake.z)` : `along`;
  const byAlong = isTurbo ? `scale * wake.z * slope / diameter` : `wake.z`;
  const shape = isDisc
    ? `
  let radius = 0.5 * rotor * inverse;
  let off = sqrt(square) * inverse;
  let mean = discMean(radius, off);${
    hasMirror
      ? `
  let mirrored = height + 2.0 * hub;
  let offImage = sqrt(across * across + mirrored * mirrored) * inverse;
  let image = discMean(radius, offImage);
  let shape = sqrt(mean.x * mean.x + image.x * image.x);
  if (shape <= 0.0) { return pair; }
  let part = mean.x / shape;
  let partImage = image.x / shape;
  let shapeByWidth = -(part * (mean.y * radius + mean.z * off) + partImage * (image.y * radius + image.z * offImage)) * inverse;
  var shapeByAcross = partImage * image.z * inverse * inverse * across / offImage;
  if (off > 0.0) { shapeByAcross += part * mean.z * inverse * inverse * across / off; }`
      : `
  let shape = mean.x;
  if (shape <= 0.0) { return pair; }
  let shapeByWidth = -(mean.y * radius + mean.z * off) * inverse;
  var shapeByAcross = 0.0;
  if (off > 0.0) { shapeByAcross = mean.z * inverse * inverse * across / off; }`
  }`
    : `
  let exponent = 0.5 * square * inverse * inverse;
  if (exponent > 0.5 * ${number('reach')} * ${number('reach')}) { return pair; }
  let shape = exp(-exponent);
  let shapeByWidth = 2.0 * exponent * inverse * shape;
  let shapeByAcross = -across * inverse * inverse * shape;`;
  return `${start}
${isTurbo ? TURBO_PRIMITIVE : ''}
fn wakeOf(ct: f32, speed: f32, ti: f32, ambient: f32, diameter: f32) -> vec4f {
  if (ct <= 0.0) { return vec4f(); }
  return vec4f(0.125 * ct * diameter * diameter, diameter * startOf(ct), ${growth}, speed);
}
fn sourceAdjoint(ct: f32, speed: f32, ti: f32, ambient: f32, diameter: f32, wake: vec4f, by: vec4f) -> vec3f {
  if (ct <= 0.0) { return vec3f(); }
  var result = vec3f(0.125 * by.x * diameter * diameter + by.y * diameter * startSlope(ct), by.w, 0.0);
  ${adjointOfGrowth}
  return result;
}
fn pairOf(wake: vec4f, diameter: f32, hub: f32, rotor: f32, hubAt: f32, ambient: f32, along: f32, across: f32) -> Pair {
  var pair = Pair();
  if (wake.x <= 0.0) { return pair; }
  let height = hubAt - hub;
  let square = across * across + height * height;${width}
  let inverse = 1.0 / width;${shape}
  let q = wake.x * inverse * inverse;
  let peak = min(induction(q), 1.0);
  pair.deficit = wake.w * peak * shape;
  let slopeOfPeak = select(0.0, inductionSlope(q), peak < 1.0);
  let byWidth = wake.w * (peak * shapeByWidth - 2.0 * slopeOfPeak * q * inverse * shape);
  pair.byWake = vec4f(wake.w * slopeOfPeak * inverse * inverse * shape, byWidth, byWidth * ${byGrowth}, peak * shape);
  pair.byAlong = byWidth * ${byAlong};
  pair.byAcross = wake.w * peak * shapeByAcross;
  return pair;
}`;
}

const TURBO_PRIMITIVE = `
// Antiderivative of sqrt(x^2 + 1)/x
fn primitive(x: f32) -> f32 {
  let root = sqrt(x * x + 1.0);
  return root - log((root + 1.0) / x);
}`;

/** What a pair adds to the turbulence: its value and derivatives by distance along and across, thrust, and the width of the wake. */
const ADDED = `
struct Added {
  value: f32,
  byAlong: f32,
  byAcross: f32,
  byCt: f32,
  byWidth: f32,
}`;

function turbulenceText({ turbulence }: SuperposedWakeModel): string {
  if (turbulence?.kind === 'crespo_hernandez')
    return `${inductionText('inductionOfAdded', turbulence.induction)}
fn combined(ambient: f32, added: f32) -> f32 { return sqrt(ambient * ambient + added * added); }
fn combinedSlope(ambient: f32, added: f32) -> f32 { return added / combined(ambient, added); }
fn addedOf(ct: f32, wake: vec4f, diameter: f32, hub: f32, rotor: f32, hubAt: f32, ambient: f32, along: f32, across: f32) -> Added {
  var added = Added();
  if (ct <= 0.0) { return added; }
  let radius = 0.5 * rotor;
  let height = hubAt - hub;
  let distance = sqrt(across * across + height * height);
  let edge = ${EDGE_WIDTHS}.0 * (wake.z * along + wake.y);
  if (distance >= edge + radius) { return added; }
  let share = overlap(edge, radius, distance);
  let a = 0.5 * inductionOfAdded(ct);
  let full = ${number('added0')} * pow(ambient, ${number('added2')}) * pow(a, ${number('added1')}) * pow(along / diameter, ${number('added3')});
  added.value = full * share.x;
  added.byAlong = added.value * ${number('added3')} / along;
  if (distance > 0.0) { added.byAcross = full * share.z * across / distance; }
  added.byCt = 0.5 * added.value * ${number('added1')} * inductionOfAddedSlope(ct) / a;
  added.byWidth = ${EDGE_WIDTHS}.0 * full * share.y;
  return added;
}`;
  return `
fn combined(ambient: f32, added: f32) -> f32 { return ambient + added; }
fn combinedSlope(ambient: f32, added: f32) -> f32 { return 1.0; }
fn addedOf(ct: f32, wake: vec4f, diameter: f32, hub: f32, rotor: f32, hubAt: f32, ambient: f32, along: f32, across: f32) -> Added {
  var added = Added();
  if (ct <= 0.0) { return added; }
  let height = hubAt - hub;
  let off = sqrt(across * across + height * height);
  let degrees = 57.29577951308232;
  let theta = arctan(off / along) * degrees;
  let edge = 0.5 * (arctan(diameter / along) * degrees + 10.0);
  if (theta >= edge) { return added; }
  let ratio = theta / edge;
  let weight = exp(-ratio * ratio);
  let square = along * along + off * off;
  let distance = sqrt(square) / diameter;
  let inverse = inverseSqrt(ct);
  let strength = 1.0 / (${number('added0')} + ${number('added1')} * distance * inverse);
  let total = sqrt(strength * strength + ambient * ambient);
  added.value = weight * strength * strength / (total + ambient);
  let byInverse = weight * strength * strength * strength * ${number('added1')} / total;
  added.byCt = 0.5 * byInverse * distance * inverse * inverse * inverse;
  let byRange = -byInverse * inverse / (distance * diameter * diameter);
  let byTheta = -2.0 * added.value * ratio / edge * degrees;
  let byEdge = 2.0 * added.value * ratio * ratio / edge * degrees;
  added.byAlong = byRange * along - byTheta * off / square - 0.5 * byEdge * diameter / (along * along + diameter * diameter);
  if (off > 0.0) { added.byAcross = across / off * (byRange * off + byTheta * along / square); }
  return added;
}`;
}

/**
 * Returns the functions of a model; they read `wind`, and `table` where `usesTable` says so. A deficit that refers to the target's
 * speed is made with a wake of speed 1.
 */
export const wakeText = (model: SuperposedWakeModel): string =>
  [
    PAIR,
    OVERLAP,
    usesTable(model) ? DISC : '',
    inductionText('induction', model.deficit.induction),
    reachText(model),
    model.deficit.kind === 'jensen' ? jensenText : gaussianText(model),
    usesTurbulence(model) ? ADDED + turbulenceText(model) : '',
  ].join('\n');
