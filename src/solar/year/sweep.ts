/** Computes the monthly energies of many systems at one site on a device. `simulateYear` gives the same to 1e-5. */
import type { Device } from '../../lib/device.ts';
import { inBatches } from '../../lib/device.ts';
import { GLASS } from '../irradiance/iam.ts';
import { backWeight, shedViews } from '../irradiance/infinite-sheds.ts';
import { TrackerPlane } from '../irradiance/plane.ts';
import type { Bifacial, Mounting, SolarSystem } from '../system.ts';
import { checkSystem } from '../system.ts';
import { dcLeft, isPvwattsPlant, type PvwattsPlant } from './candidate.ts';
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
  readonly #first = new Map<string, number>();
  readonly #numbers: number[] = [];

  /** @returns where the view factors of the rear begin */
  firstOf({ heightM, pitchM }: Bifacial, gcr: number, mounting: Mounting): number {
    const tiltDeg = mounting.type === 'fixed' || mounting.type === 'roof' ? mounting.tiltDeg : undefined;
    const key = `${gcr} ${heightM} ${pitchM} ${tiltDeg}`;
    const known = this.#first.get(key);
    if (known !== undefined) return known;
    const first = this.#numbers.length;
    const at = (deg: number): readonly number[] => {
      const { rowSky, rowGround, groundSky } = shedViews(180 - deg, { gcr, heightM, pitchM });
      return [rowSky, rowGround, groundSky];
    };
    if (tiltDeg === undefined) for (let deg = 0; deg < VIEW_TILTS; deg++) this.#numbers.push(...at(Math.min(deg, 90)));
    else {
      // As the simulation reads them: for whole degrees, and linear in between.
      const above = Math.ceil(tiltDeg);
      const part = above - tiltDeg;
      const [a, b] = [at(above), at(Math.max(above - 1, 0))];
      this.#numbers.push(...a.map((value, v) => value + part * (b[v] - value)));
    }
    this.#first.set(key, first);
    return first;
  }

  numbers(): Float32Array {
    return Float32Array.from(this.#numbers.length > 0 ? this.#numbers : new Array(VIEW_WIDTH).fill(0));
  }
}

function planeFields(mounting: Mounting, { sunlit }: PreparedSite): Partial<Record<string, number>> {
  if (mounting.type === 'two_axis') throw new Error('a mounting on two axes is not swept');
  if (mounting.type === 'one_axis') {
    const { sinAxis, cosAxis, uprightEast, uprightNorth, uprightUp, cosSlope, sinSlope, spacing, cosLimit, sinLimit } =
      new TrackerPlane(sunlit, mounting);
    const upright = { uprightEast, uprightNorth, uprightUp };
    return { isTracker: 1, sinAxis, cosAxis, ...upright, cosSlope, sinSlope, spacing, cosLimit, sinLimit };
  }
  const [tilt, azimuth] = [mounting.tiltDeg * RAD, mounting.azimuthDeg * RAD];
  const [sinTilt, facingEast, facingNorth] = [Math.sin(tilt), Math.sin(azimuth), Math.cos(azimuth)];
  return {
    normalEast: sinTilt * facingEast,
    normalNorth: sinTilt * facingNorth,
    normalUp: Math.cos(tilt),
    ...{ sinTilt, facingEast, facingNorth },
  };
}

function rowFields({ rows, mounting }: SolarSystem): Partial<Record<string, number>> {
  if (!rows) return { rowBeam: 1 };
  if (rows.model === 'fixed_fraction') return { rowBeam: 1 - (rows.fraction ?? 0) };
  const tracker = mounting.type === 'one_axis' ? mounting : undefined;
  const slope = (rows.crossAxisTiltDeg ?? tracker?.crossAxisTiltDeg ?? 0) * RAD;
  return {
    hasRows: 1,
    rowPitch: 1 / (rows.gcr ?? tracker?.gcr ?? 1),
    rowCosSlope: Math.cos(slope),
    rowSinSlope: Math.sin(slope),
    rowBehind: (rows.nRows - 1) / rows.nRows,
    rowBeam: 1,
  };
}

/** Writes a system as the device reads it, with powers as shares of its nameplate. */
function pack(system: PvwattsPlant, site: PreparedSite, views: RearViews, target: Float32Array, at: number): void {
  checkSystem(system);
  const { mounting, temperature, inverterEfficiency, dcAcRatio, dcCapacityKw, bifacial, albedo, gammaPerK } = system;
  const nominal = inverterEfficiency / 0.9637;
  const acLimit = 1 / dcAcRatio;
  const dcLimit = acLimit / inverterEfficiency;
  const rearGcr = bifacial?.gcr ?? (mounting.type === 'one_axis' ? mounting.gcr : 1);
  const fields: Partial<Record<string, number>> = {
    ...planeFields(mounting, site),
    ...rowFields(system),
    ...{ albedo, gammaPerK, acLimit },
    sapmA: temperature.a,
    sapmB: temperature.b,
    sapmDelta: temperature.deltaTK / 1000,
    dcLeft: dcLeft(system),
    acPerDc2: (-0.0162 * nominal) / dcLimit,
    acPerDc: 0.9858 * nominal,
    acNone: 0.0059 * nominal * dcLimit,
    accepted: ((system.availabilityPct ?? 100) / 100) * (1 - system.curtailmentPct / 100),
    exportLimit: (system.exportLimitKw ?? UNLIMITED) / dcCapacityKw,
    ...(bifacial && {
      rearWeight: backWeight(bifacial),
      rearGcr,
      rearViews: views.firstOf(bifacial, rearGcr, mounting),
      isRearFixed: mounting.type === 'one_axis' ? 0 : 1,
    }),
  };
  SWEEP_FIELDS.forEach((name, k) => {
    target[at + k] = fields[name] ?? 0;
  });
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
  return Float64Array.from(systems, (_, i) =>
    monthly.subarray(i * MONTHS, (i + 1) * MONTHS).reduce((sum, energy) => sum + energy, 0),
  );
}
