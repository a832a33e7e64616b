/** What a year of a design takes on a device and on the processor, measured with a sky that needs no file. */
import type { Device } from '../../lib/device.ts';
import { shortestMs } from '../../lib/shortest.ts';
import { annualEnergyKwh } from '../year/candidate.ts';
import { type PreparedSite, prepareSite, simulateYear } from '../year/simulate.ts';
import { sweptEnergiesKwh } from '../year/sweep.ts';
import type { SolarSystem } from '../system.ts';

/** Times for a year of hours [ms]. */
export interface SolarDeviceMeasure {
  /** On the processor, by the fast kernel and by the whole simulation */
  readonly fastMs: number;
  readonly wholeMs: number;
  /** On the device, one of many */
  readonly deviceMs: number;
  /** What each call of the device takes in addition */
  readonly callMs: number;
  /** Largest difference of the device's energy from that of the processor [1] */
  readonly error: number;
}

const HOURS = 8760;
/** 2025-01-01T00:30Z */
const FIRST_MS = 1_735_691_400_000;
const FEW = 8;
const MANY = 256;

/** A year at 35 degrees north whose sky changes from day to day. */
function sampleSite(): PreparedSite {
  const hours = Array.from({ length: HOURS }, (_, i) => i);
  const light = (most: number): Float64Array =>
    Float64Array.from(hours, (i) => {
      const height = Math.sin(((((i % 24) + 0.5 - 6) / 12) * Math.PI) % (2 * Math.PI));
      return i % 24 >= 6 && i % 24 < 18 ? most * height * (0.6 + 0.4 * Math.sin(i / 37)) : 0;
    });
  return prepareSite(
    {
      latitudeDeg: 35,
      longitudeDeg: 0,
      elevationM: 100,
      utcOffsetH: 0,
      stepMinutes: 60,
      timeMs: Float64Array.from(hours, (i) => FIRST_MS + i * 3_600_000),
      month: Uint8Array.from(hours, (i) => Math.min(12, Math.floor(i / 730) + 1)),
      ghiWm2: light(850),
      dniWm2: light(750),
      dhiWm2: light(150),
      tempAirC: Float64Array.from(hours, (i) => 15 + 10 * Math.sin(i / 1400)),
      windSpeedMPerS: Float64Array.from(hours, (i) => 3 + Math.sin(i / 11)),
      source: { format: 'csv', name: 'sample', typicalYear: false, yearOfMonth: new Array(12).fill(2025), notes: [] },
      gaps: {
        nMissingRecords: 0,
        nMissingValues: 0,
        nInterpolatedValues: 0,
        longestGapMinutes: 0,
        droppedColumns: [],
        nClippedNegatives: 0,
        nLeapDayRecordsDropped: 0,
      },
      warnings: [],
    },
    { edgeSteps: 'mid_step', decomposition: 'weather' },
  );
}

const sampleSystem = (k: number): SolarSystem => ({
  dcCapacityKw: 100,
  dcAcRatio: 1.1 + (k % 16) / 40,
  mounting: { type: 'fixed', tiltDeg: k % 60, azimuthDeg: 120 + ((7 * k) % 120) },
  gammaPerK: -0.0035,
  inverterEfficiency: 0.96,
  lossesPct: {
    ...{ soiling: 2, shading: 3, snow: 0, mismatch: 2, wiring: 2, connections: 0.5, lid: 1.5 },
    ...{ nameplateRating: 1, age: 0, availability: 3 },
  },
  albedo: 0.2,
  albedoFromWeather: false,
  transposition: 'perez',
  iam: { type: 'physical', includeDiffuse: false },
  spectral: { type: 'none' },
  temperature: { type: 'sapm', a: -3.47, b: -0.0594, deltaTK: 3 },
  module: { type: 'pvwatts' },
  inverter: { type: 'pvwatts' },
  curtailmentPct: 0,
});

/** Measures a device. The first run, which compiles, does not count. */
export async function measureDevice(device: Device): Promise<SolarDeviceMeasure> {
  const site = sampleSite();
  const systems = Array.from({ length: MANY }, (_, k) => sampleSystem(k));
  const few = systems.slice(0, FEW);
  const energies = await sweptEnergiesKwh(device, site, systems);
  const error = few.reduce(
    (worst, one, i) => Math.max(worst, Math.abs(energies[i] / annualEnergyKwh(site, one) - 1)),
    0,
  );
  const fastMs = (await shortestMs(() => few.map((one) => annualEnergyKwh(site, one)))) / FEW;
  const wholeMs = (await shortestMs(() => few.map((one) => simulateYear(site, one)))) / FEW;
  const fewMs = await shortestMs(() => sweptEnergiesKwh(device, site, few));
  const manyMs = await shortestMs(() => sweptEnergiesKwh(device, site, systems));
  const deviceMs = Math.max(0, manyMs - fewMs) / (MANY - FEW);
  return { fastMs, wholeMs, deviceMs, callMs: Math.max(0, fewMs - FEW * deviceMs), error };
}

/** Returns whether a device is faster for this work. @param years designs times years of hours, @param calls of the device */
export const isDeviceFaster = (
  { fastMs, wholeMs, deviceMs, callMs }: SolarDeviceMeasure,
  { years, calls, isFast }: { readonly years: number; readonly calls: number; readonly isFast: boolean },
): boolean => years * deviceMs + calls * callMs < years * (isFast ? fastMs : wholeMs);
