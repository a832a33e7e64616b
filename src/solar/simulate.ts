/**
 * A year of energy by the PVWatts chain: SPA, Perez, physical IAM on the beam, SAPM temperature, PVWatts DC and inverter.
 * What depends on the site alone is computed once by `prepareSite`.
 */
import type { WeatherYear } from '../weather/series.ts';
import { SAPM_THERMAL, sapmCellTemperature } from './cell-temperature.ts';
import { iamPhysical } from './iam.ts';
import {
  extraRadiationSpencer,
  groundDiffuse,
  incidenceCosine,
  perezBrightness,
  pressureAtAltitude,
  relativeAirmass,
  transposePerez,
} from './irradiance.ts';
import { pvwattsDc, pvwattsInverter, totalLossPct } from './pvwatts.ts';
import type { SunPositions } from './spa.ts';
import { sunPositions } from './spa.ts';
import type { SolarSystem } from './system.ts';
import { checkSystem } from './system.ts';
import { trackerPosition } from './tracker.ts';

const DAY_MS = 86_400_000;
const DEG = 180 / Math.PI;

/** A site's year with the sun and Perez's sky known, arrays of length n. */
export interface PreparedSite {
  readonly weather: WeatherYear;
  readonly sun: SunPositions;
  /** Perez's F1 and F2 [1]; NaN with the sun down */
  readonly circumsolar: Float64Array;
  readonly horizon: Float64Array;
}

/** Day of the year in local standard time, 1 to 366. */
function localDayOfYear(timeMs: number, utcOffsetH: number): number {
  const local = timeMs + utcOffsetH * 3_600_000;
  return Math.floor((local - Date.UTC(new Date(local).getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** Sun position, extraterrestrial irradiance, air mass and Perez's coefficients of a year of weather. */
export function prepareSite(weather: WeatherYear): PreparedSite {
  const n = weather.timeMs.length;
  const sun = sunPositions(weather.timeMs, {
    latitudeDeg: weather.latitudeDeg,
    longitudeDeg: weather.longitudeDeg,
    elevationM: weather.elevationM,
    pressurePa: pressureAtAltitude(weather.elevationM),
    tempAirC: weather.tempAirC,
  });
  const circumsolar = new Float64Array(n).fill(Number.NaN);
  const horizon = new Float64Array(n).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    const zenith = sun.apparentZenithDeg[i];
    if (zenith > 90) continue;
    const extra = extraRadiationSpencer(localDayOfYear(weather.timeMs[i], weather.utcOffsetH));
    [circumsolar[i], horizon[i]] = perezBrightness(
      zenith,
      weather.dhiWm2[i],
      weather.dniWm2[i],
      extra,
      relativeAirmass(zenith),
    );
  }
  return { weather, sun, circumsolar, horizon };
}

export interface YearResult {
  readonly acAnnualKwh: number;
  /** At the inverter's input, after system losses. */
  readonly dcAnnualKwh: number;
  /** Plane-of-array insolation [kWh/m2] */
  readonly poaAnnualKwhM2: number;
  /** Months 1 to 12 in order. */
  readonly acMonthlyKwh: Float64Array;
  readonly dcMonthlyKwh: Float64Array;
  /** Annual AC energy for each kW of DC nameplate [kWh/kW] */
  readonly specificYieldKwhPerKw: number;
  /** AC energy / (DC nameplate x the year's hours) [%] */
  readonly capacityFactorPct: number;
  /** AC energy / (DC nameplate x POA insolation at 1 kW/m2) [1] */
  readonly performanceRatio: number;
  /** Series of length n; 0 with the sun down. */
  readonly acKw: Float64Array;
  readonly dcKw: Float64Array;
  readonly poaWm2: Float64Array;
  readonly cellTempC: Float64Array;
}

/**
 * @returns energies of the year; the series have the weather's length, the air temperature stands for the cell's at night
 * @throws AppError `solar.invalid_input` for a system out of range
 */
export function simulateYear(site: PreparedSite, system: SolarSystem): YearResult {
  checkSystem(system);
  const { weather, sun } = site;
  const { mounting, dcCapacityKw } = system;
  const n = weather.timeMs.length;
  const acKw = new Float64Array(n);
  const dcKw = new Float64Array(n);
  const poaWm2 = new Float64Array(n);
  const cellTempC = Float64Array.from(weather.tempAirC);
  const acMonthlyKwh = new Float64Array(12);
  const dcMonthlyKwh = new Float64Array(12);
  const stepHours = weather.stepMinutes / 60;
  const afterLosses = 1 - totalLossPct(system.lossesPct) / 100;
  const inverterDcKw = dcCapacityKw / system.dcAcRatio / system.inverterEfficiency;
  const thermal =
    mounting.type === 'roof' ? SAPM_THERMAL.close_mount_glass_glass : SAPM_THERMAL.open_rack_glass_polymer;
  const tracker = mounting.type === 'one_axis' ? { ...mounting, crossAxisTiltDeg: 0 } : undefined;
  let tilt = mounting.type === 'one_axis' ? 0 : mounting.tiltDeg;
  let azimuth = mounting.type === 'one_axis' ? 0 : mounting.azimuthDeg;
  let poaAnnualKwhM2 = 0;

  for (let i = 0; i < n; i++) {
    const ghi = weather.ghiWm2[i];
    const dni = weather.dniWm2[i];
    const dhi = weather.dhiWm2[i];
    if (ghi === 0 && dni === 0 && dhi === 0) continue;
    const zenith = sun.apparentZenithDeg[i];
    if (tracker) {
      const position = trackerPosition(zenith, sun.azimuthDeg[i], tracker);
      if (Number.isNaN(position.tiltDeg)) continue;
      tilt = position.tiltDeg;
      azimuth = position.azimuthDeg;
    }
    const incidence = incidenceCosine(tilt, azimuth, zenith, sun.azimuthDeg[i]);
    const beam = Math.max(dni * incidence, 0);
    const brightness = [site.circumsolar[i], site.horizon[i]] as const;
    const diffuse =
      transposePerez(tilt, incidence, zenith, dhi, brightness).skyWm2 + groundDiffuse(tilt, ghi, system.albedo);
    const poa = beam + diffuse;
    const effective = (beam > 0 ? beam * iamPhysical(Math.acos(incidence) * DEG) : 0) + diffuse;
    const cell = sapmCellTemperature(poa, weather.tempAirC[i], weather.windSpeedMs[i], thermal);
    const dc = pvwattsDc(effective, cell, dcCapacityKw, system.gammaPerK) * afterLosses;
    const ac = pvwattsInverter(dc, inverterDcKw, system.inverterEfficiency);
    poaWm2[i] = poa;
    cellTempC[i] = cell;
    dcKw[i] = dc;
    acKw[i] = ac;
    poaAnnualKwhM2 += (poa / 1000) * stepHours;
    const month = weather.month[i] - 1;
    dcMonthlyKwh[month] += dc * stepHours;
    acMonthlyKwh[month] += ac * stepHours;
  }
  const sum = (months: Float64Array): number => months.reduce((total, energy) => total + energy, 0);
  const acAnnualKwh = sum(acMonthlyKwh);
  return {
    acAnnualKwh,
    dcAnnualKwh: sum(dcMonthlyKwh),
    poaAnnualKwhM2,
    acMonthlyKwh,
    dcMonthlyKwh,
    specificYieldKwhPerKw: acAnnualKwh / dcCapacityKw,
    capacityFactorPct: (100 * acAnnualKwh) / (dcCapacityKw * n * stepHours),
    performanceRatio: poaAnnualKwhM2 > 0 ? acAnnualKwh / (dcCapacityKw * poaAnnualKwhM2) : Number.NaN,
    acKw,
    dcKw,
    poaWm2,
    cellTempC,
  };
}
