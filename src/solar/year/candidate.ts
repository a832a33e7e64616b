/**
 * Only the year's energy, for searches over many systems at one site. Systems of the PVWatts chain use a kernel without
 * allocation, trigonometry or calls; all others use `simulateYear`. Both give the same energy to 1e-12.
 */
import { SAPM_THERMAL } from '../power/cell-temperature.ts';
import { GLASS } from '../irradiance/iam.ts';
import type { PvwattsLosses } from '../power/pvwatts.ts';
import { simulateYear } from './simulate.ts';
import type { PreparedSite } from './site.ts';
import type { SolarSystem } from '../system.ts';
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

/** The last mounting's rows of each site; a search rarely changes it. */
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

/** True where every part is the PVWatts chain's, so that `annualEnergyKwh` takes the fast kernel. */
export function isPvwattsChain(system: SolarSystem): boolean {
  const { iam, temperature, mounting } = system;
  return (
    (system.transposition ?? 'perez') === 'perez' &&
    (iam === undefined || (iam.type === 'physical' && iam.coatingIndex === undefined && !iam.includeDiffuse)) &&
    (system.spectral?.type ?? 'none') === 'none' &&
    (temperature === undefined || temperature.type === 'sapm') &&
    (system.module?.type ?? 'pvwatts') === 'pvwatts' &&
    (system.inverter?.type ?? 'pvwatts') === 'pvwatts' &&
    mounting.type !== 'two_axis' &&
    !system.rows &&
    !system.bifacial &&
    !system.farHorizon &&
    !system.soiling &&
    !system.snow &&
    !system.albedoFromWeather &&
    system.exportLimitKw === undefined
  );
}

/** What the system losses leave [1]. */
function dcLeft({ lossesPct, degradation, availabilityPct }: SolarSystem): number {
  let left = 1;
  for (const [name, pct] of Object.entries(lossesPct) as [keyof PvwattsLosses, number][])
    if (!(name === 'age' && degradation) && !(name === 'availability' && availabilityPct !== undefined))
      left *= 1 - pct / 100;
  return degradation ? left * (1 - degradation.pctPerYear / 100) ** (degradation.year - 1) : left;
}

/**
 * AC energy of the year.
 * @returns [kWh], as `simulateYear` gives it
 * @throws AppError `solar.invalid_input` for a system out of range
 */
export function annualEnergyKwh(site: PreparedSite, system: SolarSystem): number {
  if (!isPvwattsChain(system)) return simulateYear(site, system).acAnnualKwh;
  checkSystem(system);
  const { mounting, temperature, dcCapacityKw, gammaPerK, inverterEfficiency, albedo } = system;
  const thermal =
    temperature?.type === 'sapm'
      ? temperature
      : mounting.type === 'roof'
        ? SAPM_THERMAL.close_mount_glass_glass
        : SAPM_THERMAL.open_rack_glass_polymer;
  const rows = packedRows(site, thermal.a, thermal.b, thermal.deltaTK);
  const end = rows.length;

  // Fresnel's cover as in `physicalIam`, divided by its normal incidence.
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
  const nominal = inverterEfficiency / 0.9637;
  const acPerDc2 = (-0.0162 * nominal) / dcLimit;
  const acPerDc = 0.9858 * nominal;
  const acNone = 0.0059 * nominal * dcLimit;

  // A fixed plane's normal, or the tracker's frame: across its axis, and upright.
  const tracker = mounting.type === 'one_axis' ? mounting : undefined;
  const tilt = (mounting.type === 'one_axis' || mounting.type === 'two_axis' ? 0 : mounting.tiltDeg) * RAD;
  const azimuth = (mounting.type === 'one_axis' || mounting.type === 'two_axis' ? 0 : mounting.azimuthDeg) * RAD;
  let cosTilt = Math.cos(tilt);
  let sinTilt = Math.sin(tilt);
  let normalEast = sinTilt * Math.sin(azimuth);
  let normalNorth = sinTilt * Math.cos(azimuth);
  const axisAzimuth = (tracker?.axisAzimuthDeg ?? 0) * RAD;
  const axisTilt = (tracker?.axisTiltDeg ?? 0) * RAD;
  const acrossEast = Math.cos(axisAzimuth);
  const acrossNorth = -Math.sin(axisAzimuth);
  const uprightEast = Math.sin(axisAzimuth) * Math.sin(axisTilt);
  const uprightNorth = Math.cos(axisAzimuth) * Math.sin(axisTilt);
  const uprightUp = Math.cos(axisTilt);
  const slope = (tracker?.crossAxisTiltDeg ?? 0) * RAD;
  const cosSlope = Math.cos(slope);
  const sinSlope = Math.sin(slope);
  const spacing = tracker ? 1 / (tracker.gcr * cosSlope) : 0;
  const cosLimit = Math.cos((tracker?.maxAngleDeg ?? 0) * RAD);
  const sinLimit = Math.sin((tracker?.maxAngleDeg ?? 0) * RAD);

  let total = 0;
  for (let at = 0; at < end; at += WIDTH) {
    const east = rows[at];
    const north = rows[at + 1];
    const up = rows[at + 2];
    if (tracker) {
      if (!(up >= 0)) continue;
      const across = east * acrossEast + north * acrossNorth;
      const upright = east * uprightEast + north * uprightNorth + up * uprightUp;
      const length = Math.sqrt(across * across + upright * upright);
      let cos = length > 0 ? upright / length : 1;
      let sin = length > 0 ? across / length : 0;
      if (tracker.backtrack) {
        const shadow = Math.abs(cos * cosSlope + sin * sinSlope) * spacing;
        if (shadow < 1 && sin !== 0) {
          // Turned back by acos(shadow).
          const turn = Math.sqrt(1 - shadow * shadow) * (sin > 0 ? -1 : 1);
          const turned = cos * shadow - sin * turn;
          sin = sin * shadow + cos * turn;
          cos = turned;
        }
      }
      if (cos < cosLimit) {
        cos = cosLimit;
        sin = sin < 0 ? -sinLimit : sinLimit;
      }
      normalEast = cos * uprightEast + sin * acrossEast;
      normalNorth = cos * uprightNorth + sin * acrossNorth;
      cosTilt = cos * uprightUp;
      sinTilt = Math.sqrt(Math.max(0, 1 - cosTilt * cosTilt));
    }
    const incidence = Math.min(east * normalEast + north * normalNorth + up * cosTilt, 1);
    let diffuse = rows[at + 5] * (1 + cosTilt) + rows[at + 7] * sinTilt;
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
    diffuse += rows[at + 4] * albedo * (1 - cosTilt) * 0.5;
    const cell = rows[at + 8] + (beam + diffuse) * rows[at + 9];
    const dc = (transmitted + diffuse) * (dcFixed + dcPerK * cell);
    if (!(dc > 0)) continue;
    const ac = dc * (acPerDc + dc * acPerDc2) - acNone;
    if (ac > 0) total += Math.min(ac, acLimit);
  }
  const hours = site.weather.stepMinutes / 60;
  return total * hours * ((system.availabilityPct ?? 100) / 100) * (1 - (system.curtailmentPct ?? 0) / 100);
}
