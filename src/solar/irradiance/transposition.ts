/**
 * Light of the sky on a tilted plane. The simulation of a year, the kernel of searches and the validators use these
 * functions.
 */
import type { Transposition } from '../system.ts';
import type { Plane, SunDirections } from './plane.ts';

const RAD = Math.PI / 180;
const COS_85 = Math.cos(85 * RAD);
/** Cosine of the zenith from which on SAM's Perez takes the sky as isotropic. */
const SAM_PEREZ_COS = Math.cos(87.5 * RAD);
/** Minimum cosine of the zenith by which the model of Hay and Davies divides, as in pvlib. */
const HAY_DAVIES_LEAST_COS = 0.01745;

/** Irradiance of each step and Perez's sky, which does not depend on the plane [W/m2]. */
export interface SkySteps extends SunDirections {
  readonly ghiWm2: Float64Array;
  readonly dniWm2: Float64Array;
  readonly dhiWm2: Float64Array;
  /** Extraterrestrial normal irradiance */
  readonly extraWm2: Float64Array;
  /**
   * Perez's sky on any plane is isotropic (1 + cos tilt) + circumsolar max(0, cos incidence) + horizon sin tilt;
   * all 0 with the sun down.
   */
  readonly isotropicWm2: Float64Array;
  readonly circumsolarWm2: Float64Array;
  readonly horizonWm2: Float64Array;
}

/**
 * Writes Perez's sky of a step.
 * @param f1,f2 brightness of the circumsolar region and of the horizon; NaN leaves the sky dark
 * @see Perez et al. 1990, doi:10.1016/0038-092X(90)90055-H
 */
export function setPerezSky(sky: SkySteps, step: number, cosZenith: number, f1: number, f2: number): void {
  if (Number.isNaN(f1)) return;
  const dhi = sky.dhiWm2[step];
  sky.isotropicWm2[step] = 0.5 * dhi * (1 - f1);
  sky.circumsolarWm2[step] = (dhi * f1) / Math.max(cosZenith, COS_85);
  sky.horizonWm2[step] = dhi * f2;
}

/** Returns the dome and horizon of Perez's sky on a plane [W/m2]; negative if a dark horizon outweighs the dome. */
export const perezDome = (isotropicWm2: number, horizonWm2: number, cosTilt: number, sinTilt: number): number =>
  isotropicWm2 * (1 + cosTilt) + horizonWm2 * sinTilt;

/** Returns the uniform sky on a plane [W/m2]. @see Liu and Jordan 1963, doi:10.1016/0038-092X(63)90006-9 */
const isotropicDome = (dhiWm2: number, cosTilt: number): number => dhiWm2 * 0.5 * (1 + cosTilt);

/** Returns the light that the ground reflects onto a plane [W/m2]. @param albedo [1], 0 to 1 */
export const groundReflected = (ghiWm2: number, albedo: number, cosTilt: number): number =>
  ghiWm2 * albedo * (1 - cosTilt) * 0.5;

/** The parts of the light on a plane in one step [W/m2], set by `fall`. */
export class LightOnPlane {
  beamWm2 = 0;
  circumsolarWm2 = 0;
  /** Isotropic part and, by Perez, horizon */
  domeWm2 = 0;
  /** The horizon's part of the dome */
  horizonWm2 = 0;
  groundWm2 = 0;
  readonly model: Transposition;
  readonly sky: SkySteps;

  constructor(model: Transposition, sky: SkySteps) {
    this.model = model;
    this.sky = sky;
  }

  /**
   * Computes the irradiance on a plane in a step.
   * @param incidence cosine of the angle of incidence on the plane
   * @see Perez et al. 1990, doi:10.1016/0038-092X(90)90055-H; Hay and Davies 1980
   */
  fall(step: number, plane: Plane, incidence: number, albedo: number): void {
    const { sky, model } = this;
    const { normalUp: cosTilt, sinTilt } = plane;
    const up = sky.up[step];
    const dni = sky.dniWm2[step];
    const dhi = sky.dhiWm2[step];
    const toward = Math.max(incidence, 0);
    let circumsolar = 0;
    let dome = 0;
    let horizon = 0;
    if (model === 'perez' || (model === 'perez_sam' && up >= SAM_PEREZ_COS)) {
      circumsolar = sky.circumsolarWm2[step] * toward;
      dome = perezDome(sky.isotropicWm2[step], sky.horizonWm2[step], cosTilt, sinTilt);
      horizon = sky.horizonWm2[step] * sinTilt;
      if (!(circumsolar + dome > 0)) circumsolar = dome = horizon = 0;
    } else if (model === 'hay_davies') {
      const anisotropy = dni / sky.extraWm2[step];
      dome = Math.max(dhi * (1 - anisotropy) * 0.5 * (1 + cosTilt), 0);
      circumsolar = (dhi * anisotropy * toward) / Math.max(up, HAY_DAVIES_LEAST_COS);
    } else dome = isotropicDome(dhi, cosTilt);
    this.beamWm2 = dni * toward;
    this.circumsolarWm2 = circumsolar;
    this.domeWm2 = dome;
    this.horizonWm2 = horizon;
    this.groundWm2 = groundReflected(sky.ghiWm2[step], albedo, cosTilt);
  }
}
