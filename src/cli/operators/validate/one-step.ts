/** One row of a reference file as a step of a year, so that files are compared with the planes and skies of simulations. */
import { incidenceOn, planeOf, type SunDirections } from '../../../solar/irradiance/plane.ts';

const RAD = Math.PI / 180;
const one = (value: number): Float64Array => Float64Array.of(value);

/** Returns the sun at a zenith and an azimuth [deg]. */
export const sunAt = (zenithDeg: number, azimuthDeg: number): SunDirections => ({
  east: one(Math.sin(zenithDeg * RAD) * Math.sin(azimuthDeg * RAD)),
  north: one(Math.sin(zenithDeg * RAD) * Math.cos(azimuthDeg * RAD)),
  up: one(Math.cos(zenithDeg * RAD)),
});

/** Returns the cosine of the angle of incidence on a plane that does not move; angles [deg]. */
export function incidenceCosine(
  tiltDeg: number,
  surfaceAzimuthDeg: number,
  zenithDeg: number,
  azimuthDeg: number,
): number {
  const sun = sunAt(zenithDeg, azimuthDeg);
  const plane = planeOf({ type: 'fixed', tiltDeg, azimuthDeg: surfaceAzimuthDeg }, sun);
  plane.turn(0);
  return incidenceOn(plane, sun, 0);
}

export interface SkyRow {
  readonly apparentZenithDeg: number;
  readonly azimuthDeg: number;
  readonly ghiWm2: number;
  readonly dniWm2: number;
  readonly dhiWm2: number;
  readonly extraWm2: number;
}

/** Returns the sky of one step, before `setPerezSky` has computed Perez's part. */
export const skyOf = (row: SkyRow) => ({
  ...sunAt(row.apparentZenithDeg, row.azimuthDeg),
  ghiWm2: one(row.ghiWm2),
  dniWm2: one(row.dniWm2),
  dhiWm2: one(row.dhiWm2),
  extraWm2: one(row.extraWm2),
  isotropicWm2: one(0),
  circumsolarWm2: one(0),
  horizonWm2: one(0),
});
