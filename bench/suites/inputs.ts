/**
 * What the engine's benchmarks compute, in the engine's own form: a later default of the API does not change it, and no
 * schema is loaded, which would add memory that is not the engine's.
 */
import type { SolarSystem } from '../../src/solar/system.ts';
import type { PrepareOptions } from '../../src/solar/year/simulate.ts';
import type { BinOptions } from '../../src/wind/resource/wind-rose.ts';

/** 100 kW on a fixed rack with PVWatts' models and losses */
export const SYSTEM: SolarSystem = {
  dcCapacityKw: 100,
  dcAcRatio: 1.2,
  mounting: { type: 'fixed', tiltDeg: 20, azimuthDeg: 180 },
  gammaPerK: -0.0037,
  inverterEfficiency: 0.96,
  lossesPct: {
    soiling: 2,
    shading: 3,
    snow: 0,
    mismatch: 2,
    wiring: 2,
    connections: 0.5,
    lid: 1.5,
    nameplateRating: 1,
    age: 0,
    availability: 3,
  },
  albedo: 0.2,
  albedoFromWeather: false,
  transposition: 'perez',
  iam: { type: 'physical', includeDiffuse: false },
  spectral: { type: 'none' },
  temperature: { type: 'sapm', a: -3.56, b: -0.075, deltaTK: 3 },
  module: { type: 'pvwatts' },
  inverter: { type: 'pvwatts' },
  curtailmentPct: 0,
};

export const PREPARATION: PrepareOptions = { edgeSteps: 'mid_step', decomposition: 'weather' };

/** 360 directions and the speeds from 3 to 25 m/s */
export const BINS: BinOptions = {
  directionStepDeg: 1,
  speedStepMPerS: 1,
  minSpeedMPerS: 3,
  maxSpeedMPerS: 25,
  sectorInterpolation: 'nearest',
};
