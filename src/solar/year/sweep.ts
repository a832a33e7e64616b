/** Computes the monthly energies of many systems at one site on a device. `simulateYear` gives the same to 1e-5. */
import type { Device } from '../../lib/device.ts';
import { inBatches } from '../../lib/device.ts';
import { GLASS } from '../irradiance/iam.ts';
import { backWeight, shedViews } from '../irradiance/infinite-sheds.ts';
import { TrackerPlane } from '../irradiance/plane.ts';
import { pvwattsParabola } from '../power/pvwatts.ts';
import type { Bifacial, Mounting, SolarSystem } from '../system.ts';
import { checkSystem } from '../system.ts';
import { dcLeft, isPvwattsPlant, type PvwattsPlant } from './candidate.ts';
import { gcrOfTracker, rowSlopeDeg } from './optics.ts';
import type { PreparedSite } from './site.ts';
import { STEP_WIDTH, SWEEP_FIELDS, SWEEP_PROGRAM, VIEW_TILTS, VIEW_WIDTH } from './sweep-kernel.ts';

const RAD = Math.PI / 180;
const MONTHS = 12;
/** Larger than any share of a nameplate */
const UNLIMITED = 1e30;

if (GLASS.refractiveIndex !== 1.526 || GLASS.extinctionPerM !== 4 || GLASS.thicknessM !== 0.002)
  throw new Error('the sweep kernel states another glass than irradiance/iam.ts');

/** Tells whether a device can compute a system: the PVWatts chain, with linear shading of long rows and a rear. */
export function isSwept(system: SolarSystem): system is PvwattsPlant {
  const { rows, bifacial, mounting } = system;
  return (
    isPvwattsPlant(system) &&
    (!rows ||
      rows.model === 'fixed_fraction' ||
      (rows.model === 'linear' && !rows.asSam && rows.lengthPerPitch === undefined)) &&
    !(bifacial && mounting.type === 'one_axis' && mounting.maxAngleDeg > 90)
  );
}

/** A site's sunlit steps as the device reads them, by month. */
interface SweptSite {
  readonly steps: Float32Array;
  readonly firstOfMonth: Uint32Array;
}
const SITES = new WeakMap<PreparedSite, SweptSite>();

function sweptSite(site: PreparedSite): SweptSite {
  const known = SITES.get(site);
  if (known) return known;
  const { sunlit } = site;
  const order = Array.from({ length: sunlit.count }, (_, k) => k).sort(
    (a, b) => sunlit.month[a] - sunlit.month[b] || a - b,
  );
  const firstOfMonth = new Uint32Array(MONTHS + 1);
  for (const month of sunlit.month) firstOfMonth[month]++;
  for (let m = 1; m <= MONTHS; m++) firstOfMonth[m] += firstOfMonth[m - 1];
  // A device has no empty buffers, and a site at night all year has no steps.
  const steps = new Float32Array(Math.max(order.length, 1) * STEP_WIDTH);
  const columns = [
    ...[sunlit.east, sunlit.north, sunlit.up, sunlit.dniWm2],
    ...[sunlit.ghiWm2, sunlit.dhiWm2, sunlit.isotropicWm2, sunlit.circumsolarWm2],
    ...[sunlit.horizonWm2, sunlit.tempAirC, sunlit.windSpeedMPerS],
  ];
  order.forEach((k, at) => {
    columns.forEach((column, c) => {
      steps[at * STEP_WIDTH + c] = column[k];
    });
  });
  const swept = { steps, firstOfMonth };
  SITES.set(site, swept);
  return swept;
}

/** View factors of the rears of a batch: systems with equal rows share them. */
class RearViews {
  /** By rows, then by the front's tilt [deg]; computed when first read */
  readonly #known = new Map<string, (readonly number[] | undefined)[]>();
  /** Where the tables of trackers begin */
  readonly #first = new Map<string, number>();
  readonly #numbers: number[] = [];

  /** @returns where the view factors of the rear begin */
  firstOf({ heightM, pitchM }: Bifacial, gcr: number, mounting: Mounting): number {
    const key = `${gcr} ${heightM} ${pitchM}`;
    let table = this.#known.get(key);
    if (!table) {
      table = [];
      this.#known.set(key, table);
    }
    const byTilt = table;
    const at = (deg: number): readonly number[] => {
      const known = byTilt[deg];
      if (known) return known;
      const { rowSky, rowGround, groundSky } = shedViews(180 - deg, { gcr, heightM, pitchM });
      byTilt[deg] = [rowSky, rowGround, groundSky];
      return byTilt[deg];
    };
    if (mounting.type === 'fixed' || mounting.type === 'roof') {
      // As the simulation reads them: for whole degrees, and linear in between.
      const above = Math.ceil(mounting.tiltDeg);
      const part = above - mounting.tiltDeg;
      const [a, b] = [at(above), at(Math.max(above - 1, 0))];
      return this.#numbers.push(...a.map((value, v) => value + part * (b[v] - value))) - VIEW_WIDTH;
    }
    let first = this.#first.get(key);
    if (first === undefined) {
      first = this.#numbers.length;
      this.#first.set(key, first);
      for (let deg = 0; deg < VIEW_TILTS; deg++) this.#numbers.push(...at(Math.min(deg, 90)));
    }
    return first;
  }

  numbers(): Float32Array {
    return Float32Array.from(this.#numbers.length > 0 ? this.#numbers : new Array(VIEW_WIDTH).fill(0));
  }
}

/** Place of each number in a packed system */
const AT = Object.fromEntries(SWEEP_FIELDS.map((name, k) => [name, k])) as Record<
  (typeof SWEEP_FIELDS)[number],
  number
>;

/** Writes what places the modules. @param target all 0 from `at` on */
function packPlane(mounting: Mounting, { sunlit }: PreparedSite, target: Float32Array, at: number): void {
  if (mounting.type === 'two_axis') throw new Error('a mounting on two axes is not swept');
  if (mounting.type === 'one_axis') {
    const plane = new TrackerPlane(sunlit, mounting);
    target[at + AT.isTracker] = 1;
    target[at + AT.sinAxis] = plane.sinAxis;
    target[at + AT.cosAxis] = plane.cosAxis;
    target[at + AT.uprightEast] = plane.uprightEast;
    target[at + AT.uprightNorth] = plane.uprightNorth;
    target[at + AT.uprightUp] = plane.uprightUp;
    target[at + AT.cosSlope] = plane.cosSlope;
    target[at + AT.sinSlope] = plane.sinSlope;
    target[at + AT.spacing] = plane.spacing;
    target[at + AT.cosLimit] = plane.cosLimit;
    target[at + AT.sinLimit] = plane.sinLimit;
    return;
  }
  const [tilt, azimuth] = [mounting.tiltDeg * RAD, mounting.azimuthDeg * RAD];
  const [sinTilt, facingEast, facingNorth] = [Math.sin(tilt), Math.sin(azimuth), Math.cos(azimuth)];
  target[at + AT.normalEast] = sinTilt * facingEast;
  target[at + AT.normalNorth] = sinTilt * facingNorth;
  target[at + AT.normalUp] = Math.cos(tilt);
  target[at + AT.sinTilt] = sinTilt;
  target[at + AT.facingEast] = facingEast;
  target[at + AT.facingNorth] = facingNorth;
}

function packRows({ rows, mounting }: SolarSystem, target: Float32Array, at: number): void {
  target[at + AT.rowBeam] = rows?.model === 'fixed_fraction' ? 1 - (rows.fraction ?? 0) : 1;
  if (!rows || rows.model === 'fixed_fraction') return;
  const slope = rowSlopeDeg(rows, mounting) * RAD;
  target[at + AT.hasRows] = 1;
  target[at + AT.rowPitch] = 1 / (rows.gcr ?? gcrOfTracker(mounting) ?? Number.NaN);
  target[at + AT.rowCosSlope] = Math.cos(slope);
  target[at + AT.rowSinSlope] = Math.sin(slope);
  target[at + AT.rowBehind] = (rows.nRows - 1) / rows.nRows;
}

/**
 * Writes a system as the device reads it, with powers as shares of its nameplate.
 * @param target all 0 from `at` on
 * @throws AppError `solar.invalid_input` for a system out of range
 */
function pack(system: PvwattsPlant, site: PreparedSite, views: RearViews, target: Float32Array, at: number): void {
  const { mounting, temperature, inverterEfficiency, dcAcRatio, dcCapacityKw, bifacial } = system;
  const acLimit = 1 / dcAcRatio;
  const { perDc2, perDc, none } = pvwattsParabola(acLimit / inverterEfficiency, inverterEfficiency);
  packPlane(mounting, site, target, at);
  packRows(system, target, at);
  target[at + AT.albedo] = system.albedo;
  target[at + AT.sapmA] = temperature.a;
  target[at + AT.sapmB] = temperature.b;
  target[at + AT.sapmDelta] = temperature.deltaTK / 1000;
  target[at + AT.gammaPerK] = system.gammaPerK;
  target[at + AT.dcLeft] = dcLeft(system);
  target[at + AT.acPerDc2] = perDc2;
  target[at + AT.acPerDc] = perDc;
  target[at + AT.acNone] = none;
  target[at + AT.acLimit] = acLimit;
  target[at + AT.accepted] = ((system.availabilityPct ?? 100) / 100) * (1 - system.curtailmentPct / 100);
  target[at + AT.exportLimit] = (system.exportLimitKw ?? UNLIMITED) / dcCapacityKw;
  if (bifacial) {
    const gcr = bifacial.gcr ?? gcrOfTracker(mounting) ?? Number.NaN;
    // View factors of such rows would have no end.
    if (!(gcr > 0 && bifacial.pitchM > 0 && Number.isFinite(bifacial.heightM))) checkSystem(system);
    target[at + AT.rearWeight] = backWeight(bifacial);
    target[at + AT.rearGcr] = gcr;
    target[at + AT.rearViews] = views.firstOf(bifacial, gcr, mounting);
    target[at + AT.isRearFixed] = mounting.type === 'one_axis' ? 0 : 1;
  }
  // The whole check takes longer than the rest: it names what is wrong with a system that has no finite numbers.
  let isSound = dcCapacityKw > 0 && dcAcRatio > 0;
  for (let k = at; k < at + SWEEP_FIELDS.length; k++) isSound &&= Number.isFinite(target[k]);
  if (!isSound) checkSystem(system);
}

/**
 * Computes the AC energies of systems in a year on a device, by sums in f32.
 * @param systems for each `isSwept` holds
 * @returns by [system * 12 + month] [kWh]
 * @throws AppError `solar.invalid_input` for a system out of range
 */
export async function sweepYear(
  device: Device,
  site: PreparedSite,
  systems: readonly SolarSystem[],
): Promise<Float64Array> {
  const { steps, firstOfMonth } = sweptSite(site);
  const hours = site.weather.stepMinutes / 60;
  const energies = new Float64Array(systems.length * MONTHS);
  await inBatches(systems.length, async (from, to) => {
    const packed = new Float32Array((to - from) * SWEEP_FIELDS.length);
    const views = new RearViews();
    for (let i = from; i < to; i++) {
      const system = systems[i];
      if (!isSwept(system)) throw new Error('the device computes no system of this kind');
      pack(system, site, views, packed, (i - from) * SWEEP_FIELDS.length);
    }
    const shares = await device.run({
      program: SWEEP_PROGRAM,
      constants: [steps, firstOfMonth],
      inputs: [packed, views.numbers()],
      outputs: (to - from) * MONTHS,
      workgroups: [MONTHS, to - from],
    });
    for (let k = 0; k < shares.length; k++)
      energies[from * MONTHS + k] = shares[k] * systems[from + Math.floor(k / MONTHS)].dcCapacityKw * hours;
  });
  return energies;
}

/** Computes the AC energies of systems in a year on a device [kWh], as `sweepYear`. */
export async function sweptEnergiesKwh(
  device: Device,
  site: PreparedSite,
  systems: readonly SolarSystem[],
): Promise<Float64Array> {
  const monthly = await sweepYear(device, site, systems);
  const annual = new Float64Array(systems.length);
  for (let k = 0; k < monthly.length; k++) annual[Math.floor(k / MONTHS)] += monthly[k];
  return annual;
}
