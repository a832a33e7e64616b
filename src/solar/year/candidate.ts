/**
 * Computes only the energy of a year, for searches over many systems at one site. Systems of the PVWatts chain use a
 * kernel without allocation, trigonometry or calls; all others use `simulateYear`. Both give the same energy to 1e-12.
 */
import { GLASS } from '../irradiance/iam.ts';
import { TrackerPlane } from '../irradiance/plane.ts';
import { groundReflected, perezDome } from '../irradiance/transposition.ts';
import { PVWATTS_LOSSES, pvwattsParabola } from '../power/pvwatts.ts';
import { simulateYear } from './simulate.ts';
import type { PreparedSite } from './site.ts';
import type { SolarSystem, TemperatureChoice } from '../system.ts';
import { checkSystem } from '../system.ts';

const RAD = Math.PI / 180;
/** Numbers of one step in a packed row. */
const WIDTH = 10;

interface Packed {
  /** For each step: sun east, north, up; DNI, GHI; Perez's three parts; air temperature; heating by POA [K m2/W]. */
  readonly rows: Float64Array;
  readonly a: number;
  readonly b: number;
  readonly deltaTK: number;
}

/** The packed rows of each site for the last mounting, which a search rarely changes. */
const PACKED = new WeakMap<PreparedSite, Packed[]>();
/** Rows kept for each site: rack and roof. */
const MAX_CACHED_ROWS = 2;

function packedRows(site: PreparedSite, a: number, b: number, deltaTK: number): Float64Array {
  let cachedRows = PACKED.get(site);
  if (!cachedRows) {
    cachedRows = [];
    PACKED.set(site, cachedRows);
  }
  const cached = cachedRows.find((entry) => entry.a === a && entry.b === b && entry.deltaTK === deltaTK);
  if (cached) return cached.rows;
  const { sunlit } = site;
  const rows = new Float64Array(sunlit.count * WIDTH);
  for (let k = 0, at = 0; k < sunlit.count; k++, at += WIDTH) {
    rows[at] = sunlit.east[k];
    rows[at + 1] = sunlit.north[k];
    rows[at + 2] = sunlit.up[k];
    rows[at + 3] = sunlit.dniWm2[k];
    rows[at + 4] = sunlit.ghiWm2[k];
    rows[at + 5] = sunlit.isotropicWm2[k];
    rows[at + 6] = sunlit.circumsolarWm2[k];
    rows[at + 7] = sunlit.horizonWm2[k];
    rows[at + 8] = sunlit.tempAirC[k];
    rows[at + 9] = Math.exp(a + b * sunlit.windSpeedMPerS[k]) + deltaTK / 1000;
  }
  if (cachedRows.length === MAX_CACHED_ROWS) cachedRows.shift();
  cachedRows.push({ rows, a, b, deltaTK });
  return rows;
}

export type PvwattsPlant = SolarSystem & { readonly temperature: Extract<TemperatureChoice, { type: 'sapm' }> };

/** Tells whether every part belongs to the PVWatts chain, so that `annualEnergyKwh` takes the fast kernel. */
export const isPvwattsChain = (system: SolarSystem): system is PvwattsPlant =>
  isPvwattsPlant(system) && !system.rows && !system.bifacial && system.exportLimitKw === undefined;

/** Tells the same of all but rows, the rear and the export limit. */
export function isPvwattsPlant(system: SolarSystem): system is PvwattsPlant {
  const { iam, temperature, mounting } = system;
  return (
    system.transposition === 'perez' &&
    iam.type === 'physical' &&
    iam.coatingIndex === undefined &&
    !iam.includeDiffuse &&
    system.spectral.type === 'none' &&
    temperature.type === 'sapm' &&
    system.module.type === 'pvwatts' &&
    !system.subarrays &&
    !system.wiring &&
    !system.transformer &&
    !system.auxiliaries &&
    system.inverter.type === 'pvwatts' &&
    mounting.type !== 'two_axis' &&
    !system.farHorizon &&
    !system.soiling &&
    !system.snow &&
    !system.albedoFromWeather &&
    !system.albedoMonthly
  );
}

/** Returns the share that remains after system losses [1]. */
export function dcLeft({ lossesPct, degradation, availabilityPct }: SolarSystem): number {
  let left = 1;
  for (const name of PVWATTS_LOSSES)
    if (!(name === 'age' && degradation) && !(name === 'availability' && availabilityPct !== undefined))
      left *= 1 - lossesPct[name] / 100;
  return degradation ? left * (1 - degradation.pctPerYear / 100) ** (degradation.year - 1) : left;
}

/**
 * Computes the AC energy of the year.
 * @returns [kWh], as `simulateYear` gives it
 * @throws AppError `solar.invalid_input` for a system out of range
 */
export function annualEnergyKwh(site: PreparedSite, system: SolarSystem): number {
  if (!isPvwattsChain(system)) return simulateYear(site, system).acAnnualKwh;
  checkSystem(system);
  const { mounting, temperature, dcCapacityKw, gammaPerK, inverterEfficiency, albedo } = system;
  const rows = packedRows(site, temperature.a, temperature.b, temperature.deltaTK);
  const end = rows.length;

  // Fresnel's cover as in `physicalIamByCosine`, divided by its normal incidence.
  const n = GLASS.refractiveIndex;
  const perIndex2 = 1 / (n * n);
  const path = GLASS.extinctionPerM * GLASS.thicknessM;
  const perNormal = 1 / (1 - ((1 - n) / (1 + n)) ** 2);

  // PVWatts: DC is linear in irradiance and temperature, AC a parabola of DC.
  const dcScale = (dcCapacityKw / 1000) * dcLeft(system);
  const dcFixed = dcScale * (1 - 25 * gammaPerK);
  const dcPerK = dcScale * gammaPerK;
  const acLimit = dcCapacityKw / system.dcAcRatio;
  const dcLimit = acLimit / inverterEfficiency;
  const { perDc2: acPerDc2, perDc: acPerDc, none: acNone } = pvwattsParabola(dcLimit, inverterEfficiency);

  const tracker = mounting.type === 'one_axis' ? new TrackerPlane(site.sunlit, mounting) : undefined;
  const tilt = (mounting.type === 'one_axis' || mounting.type === 'two_axis' ? 0 : mounting.tiltDeg) * RAD;
  const azimuth = (mounting.type === 'one_axis' || mounting.type === 'two_axis' ? 0 : mounting.azimuthDeg) * RAD;
  let cosTilt = Math.cos(tilt);
  let sinTilt = Math.sin(tilt);
  let normalEast = sinTilt * Math.sin(azimuth);
  let normalNorth = sinTilt * Math.cos(azimuth);
  let total = 0;
  for (let at = 0; at < end; at += WIDTH) {
    const east = rows[at];
    const north = rows[at + 1];
    const up = rows[at + 2];
    if (tracker) {
      if (!tracker.turnTo(east, north, up)) continue;
      normalEast = tracker.normalEast;
      normalNorth = tracker.normalNorth;
      cosTilt = tracker.normalUp;
      sinTilt = tracker.sinTilt;
    }
    const incidence = Math.min(east * normalEast + north * normalNorth + up * cosTilt, 1);
    let diffuse = perezDome(rows[at + 5], rows[at + 7], cosTilt, sinTilt);
    let beam = 0;
    let transmitted = 0;
    if (incidence > 0) {
      diffuse += rows[at + 6] * incidence;
      beam = rows[at + 3] * incidence;
      const inside = Math.sqrt(1 - (1 - incidence * incidence) * perIndex2);
      const s = (incidence - n * inside) / (incidence + n * inside);
      const p = (inside - n * incidence) / (inside + n * incidence);
      const x = path - path / inside;
      const absorbed = 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x / 120))));
      transmitted = beam * (1 - 0.5 * (s * s + p * p)) * perNormal * absorbed;
    }
    if (!(diffuse > 0)) diffuse = 0;
    diffuse += groundReflected(rows[at + 4], albedo, cosTilt);
    const cell = rows[at + 8] + (beam + diffuse) * rows[at + 9];
    const dc = (transmitted + diffuse) * (dcFixed + dcPerK * cell);
    if (!(dc > 0)) continue;
    const ac = dc * (acPerDc + dc * acPerDc2) - acNone;
    if (ac > 0) total += Math.min(ac, acLimit, dc);
  }
  const hours = site.weather.stepMinutes / 60;
  return total * hours * ((system.availabilityPct ?? 100) / 100) * (1 - system.curtailmentPct / 100);
}
