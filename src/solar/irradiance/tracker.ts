/**
 * One-axis tracking with backtracking, on sloped ground too.
 * @see Anderson and Mikofski 2020, Slope-aware backtracking for single-axis trackers, NREL/TP-5K00-76626
 */
import { incidenceCosine } from './irradiance.ts';

const RAD = Math.PI / 180;
const sind = (deg: number): number => Math.sin(deg * RAD);
const cosd = (deg: number): number => Math.cos(deg * RAD);

export interface TrackerGeometry {
  /** Tilt of the axis from horizontal [deg], 0 to 90. */
  readonly axisTiltDeg: number;
  /** Direction in which the axis descends, clockwise from north [deg]. */
  readonly axisAzimuthDeg: number;
  /** Largest rotation either way [deg], 0 to 90 (180 for no limit). */
  readonly maxAngleDeg: number;
  /** Rotate back when rows would shade each other. */
  readonly backtrack: boolean;
  /** Ground coverage ratio: row width / row pitch [1], 0 to 1. */
  readonly gcr: number;
  /** Slope of the plane that holds the axes, across them [deg]. */
  readonly crossAxisTiltDeg: number;
}

/** Angles in degrees; all NaN when the sun is down. */
export interface TrackerPosition {
  /** Rotation about the axis, right-handed: positive faces west for an axis azimuth of 180. */
  readonly rotationDeg: number;
  readonly tiltDeg: number;
  readonly azimuthDeg: number;
  readonly aoiDeg: number;
}

const SUN_DOWN: TrackerPosition = {
  rotationDeg: Number.NaN,
  tiltDeg: Number.NaN,
  azimuthDeg: Number.NaN,
  aoiDeg: Number.NaN,
};

/** Rotation of a tracker for a sun at this refracted zenith and azimuth [deg]. */
export function trackerPosition(
  apparentZenithDeg: number,
  azimuthDeg: number,
  tracker: TrackerGeometry,
): TrackerPosition {
  if (!(apparentZenithDeg <= 90)) return SUN_DOWN;
  const { axisTiltDeg, axisAzimuthDeg, maxAngleDeg, gcr, crossAxisTiltDeg } = tracker;
  const x = sind(apparentZenithDeg) * sind(azimuthDeg);
  const y = sind(apparentZenithDeg) * cosd(azimuthDeg);
  const z = cosd(apparentZenithDeg);
  const sinAxis = sind(axisAzimuthDeg);
  const cosAxis = cosd(axisAzimuthDeg);
  const across = x * cosAxis - y * sinAxis;
  const upright = (x * sinAxis + y * cosAxis) * sind(axisTiltDeg) + z * cosd(axisTiltDeg);
  let rotationDeg = Math.atan2(across, upright) / RAD;
  if (tracker.backtrack) {
    const shadow = Math.abs(cosd(rotationDeg - crossAxisTiltDeg) / (gcr * cosd(crossAxisTiltDeg)));
    if (shadow < 1) rotationDeg -= (Math.sign(rotationDeg) * Math.acos(shadow)) / RAD;
  }
  rotationDeg = Math.min(maxAngleDeg, Math.max(-maxAngleDeg, rotationDeg));

  const tiltDeg = Math.acos(cosd(rotationDeg) * cosd(axisTiltDeg)) / RAD;
  const east = sinAxis * cosd(rotationDeg) * sind(axisTiltDeg) + sind(rotationDeg) * cosAxis;
  const north = cosAxis * cosd(rotationDeg) * sind(axisTiltDeg) - sind(rotationDeg) * sinAxis;
  const facing = tiltDeg === 0 ? axisAzimuthDeg - 90 : Math.atan2(east, north) / RAD;
  const surfaceAzimuthDeg = facing - 360 * Math.floor(facing / 360);
  const aoiDeg = Math.acos(incidenceCosine(tiltDeg, surfaceAzimuthDeg, apparentZenithDeg, azimuthDeg)) / RAD;
  return { rotationDeg, tiltDeg, azimuthDeg: surfaceAzimuthDeg, aoiDeg };
}
