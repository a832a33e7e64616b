/** Where the modules face in each step: fixed, turning about one axis, or following the sun. */
import type { SunlitSteps } from '../year/site.ts';
import type { Mounting } from '../system.ts';

const RAD = Math.PI / 180;

/** The modules' plane, moved from step to step by `turn`. Unit vectors are (east, north, up). */
export interface Plane {
  normalEast: number;
  normalNorth: number;
  normalUp: number;
  /** Sine of the tilt. */
  sinTilt: number;
  /** About the axis, right-handed; a fixed plane's tilt [deg]. */
  rotationDeg: number;
  /** Sun's zenith projected on the plane across the axis [deg], in the rotation's sense. */
  projectedZenithDeg: number;
  /** True where the plane never moves. */
  readonly isFixed: boolean;
  /** @returns false where the step has no position, the sun being down */
  turn(step: number): boolean;
}

function fixedPlane(sunlit: SunlitSteps, tiltDeg: number, azimuthDeg: number): Plane {
  const facingEast = Math.sin(azimuthDeg * RAD);
  const facingNorth = Math.cos(azimuthDeg * RAD);
  const sinTilt = Math.sin(tiltDeg * RAD);
  return {
    normalEast: sinTilt * facingEast,
    normalNorth: sinTilt * facingNorth,
    normalUp: Math.cos(tiltDeg * RAD),
    sinTilt,
    rotationDeg: tiltDeg,
    projectedZenithDeg: 0,
    isFixed: true,
    turn(step) {
      const toward = sunlit.east[step] * facingEast + sunlit.north[step] * facingNorth;
      this.projectedZenithDeg = Math.atan2(toward, sunlit.up[step]) / RAD;
      return true;
    },
  };
}

/**
 * The same rotation as `trackerPosition` in vectors.
 * @see Anderson and Mikofski 2020, Slope-aware backtracking for single-axis trackers, NREL/TP-5K00-76626
 */
function trackerPlane(sunlit: SunlitSteps, mounting: Extract<Mounting, { type: 'one_axis' }>): Plane {
  const { backtrack, gcr, crossAxisTiltDeg = 0 } = mounting;
  const sinAxis = Math.sin(mounting.axisAzimuthDeg * RAD);
  const cosAxis = Math.cos(mounting.axisAzimuthDeg * RAD);
  const sinAxisTilt = Math.sin(mounting.axisTiltDeg * RAD);
  const cosAxisTilt = Math.cos(mounting.axisTiltDeg * RAD);
  const limit = mounting.maxAngleDeg * RAD;
  const slope = crossAxisTiltDeg * RAD;
  const spacing = 1 / (gcr * Math.cos(slope));
  return {
    normalEast: 0,
    normalNorth: 0,
    normalUp: 1,
    sinTilt: 0,
    rotationDeg: 0,
    projectedZenithDeg: 0,
    isFixed: false,
    turn(step) {
      const up = sunlit.up[step];
      if (!(up >= 0)) return false;
      const east = sunlit.east[step];
      const north = sunlit.north[step];
      const across = east * cosAxis - north * sinAxis;
      const upright = (east * sinAxis + north * cosAxis) * sinAxisTilt + up * cosAxisTilt;
      const ideal = Math.atan2(across, upright);
      let rotation = ideal;
      if (backtrack) {
        const shadow = Math.abs(Math.cos(ideal - slope)) * spacing;
        if (shadow < 1) rotation -= Math.sign(ideal) * Math.acos(shadow);
      }
      rotation = Math.min(limit, Math.max(-limit, rotation));
      const sin = Math.sin(rotation);
      const cos = Math.cos(rotation);
      this.normalEast = cos * sinAxis * sinAxisTilt + sin * cosAxis;
      this.normalNorth = cos * cosAxis * sinAxisTilt - sin * sinAxis;
      this.normalUp = cos * cosAxisTilt;
      this.sinTilt = Math.sqrt(Math.max(0, 1 - this.normalUp * this.normalUp));
      this.rotationDeg = rotation / RAD;
      this.projectedZenithDeg = ideal / RAD;
      return true;
    },
  };
}

function followingPlane(sunlit: SunlitSteps, maxTiltDeg: number): Plane {
  const maxTilt = maxTiltDeg * RAD;
  return {
    normalEast: 0,
    normalNorth: 0,
    normalUp: 1,
    sinTilt: 0,
    rotationDeg: 0,
    projectedZenithDeg: 0,
    isFixed: false,
    turn(step) {
      const up = sunlit.up[step];
      if (!(up >= 0)) return false;
      const zenith = Math.acos(Math.min(up, 1));
      const tilt = Math.min(zenith, maxTilt);
      const level = Math.sin(zenith);
      this.sinTilt = Math.sin(tilt);
      this.normalUp = Math.cos(tilt);
      this.normalEast = level > 0 ? (sunlit.east[step] / level) * this.sinTilt : 0;
      this.normalNorth = level > 0 ? (sunlit.north[step] / level) * this.sinTilt : 0;
      this.rotationDeg = tilt / RAD;
      this.projectedZenithDeg = zenith / RAD;
      return true;
    },
  };
}

/** The plane of a mounting at a site. */
export function planeOf(mounting: Mounting, sunlit: SunlitSteps): Plane {
  switch (mounting.type) {
    case 'one_axis':
      return trackerPlane(sunlit, mounting);
    case 'two_axis':
      return followingPlane(sunlit, mounting.maxTiltDeg ?? 90);
    default:
      return fixedPlane(sunlit, mounting.tiltDeg, mounting.azimuthDeg);
  }
}
