/** The orientation of the modules in each step: fixed, on a tracker with one axis, or facing the sun. */
import type { Mounting } from '../system.ts';

const RAD = Math.PI / 180;

/** Unit vectors to the (refracted) sun, step by step [1]. */
export interface SunDirections {
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly up: Float64Array;
}

/** The plane of the modules; `turn` moves it from step to step. Unit vectors are (east, north, up). */
export interface Plane {
  readonly normalEast: number;
  readonly normalNorth: number;
  readonly normalUp: number;
  /** Sine of the tilt. */
  readonly sinTilt: number;
  /** Rotation about the axis, right-handed; for a fixed plane its tilt [deg]. */
  readonly rotationDeg: number;
  /** Sun's zenith projected on the plane across the axis [deg], in the rotation's sense. */
  readonly projectedZenithDeg: number;
  /** True where the plane never moves. */
  readonly isFixed: boolean;
  /** @returns false if the plane has no position in the step because the sun is down */
  turn(step: number): boolean;
}

/** Returns the cosine of the angle of incidence on a plane in a step; negative behind it. */
export const incidenceOn = (plane: Plane, { east, north, up }: SunDirections, step: number): number =>
  Math.min(
    Math.max(east[step] * plane.normalEast + north[step] * plane.normalNorth + up[step] * plane.normalUp, -1),
    1,
  );

class FixedPlane implements Plane {
  readonly normalEast: number;
  readonly normalNorth: number;
  readonly normalUp: number;
  readonly sinTilt: number;
  readonly rotationDeg: number;
  readonly isFixed = true;
  readonly #sun: SunDirections;
  readonly #facingEast: number;
  readonly #facingNorth: number;
  #step = 0;

  constructor(sun: SunDirections, tiltDeg: number, azimuthDeg: number) {
    this.#sun = sun;
    this.#facingEast = Math.sin(azimuthDeg * RAD);
    this.#facingNorth = Math.cos(azimuthDeg * RAD);
    this.sinTilt = Math.sin(tiltDeg * RAD);
    this.normalEast = this.sinTilt * this.#facingEast;
    this.normalNorth = this.sinTilt * this.#facingNorth;
    this.normalUp = Math.cos(tiltDeg * RAD);
    this.rotationDeg = tiltDeg;
  }

  get projectedZenithDeg(): number {
    const { east, north, up } = this.#sun;
    const toward = east[this.#step] * this.#facingEast + north[this.#step] * this.#facingNorth;
    return Math.atan2(toward, up[this.#step]) / RAD;
  }

  turn(step: number): boolean {
    this.#step = step;
    return true;
  }
}

/**
 * One-axis tracking with backtracking, on sloped ground too, in vectors: no trigonometry in a step.
 * @see Anderson and Mikofski 2020, Slope-aware backtracking for single-axis trackers, NREL/TP-5K00-76626
 */
export class TrackerPlane implements Plane {
  normalEast = 0;
  normalNorth = 0;
  normalUp = 1;
  #step = 0;
  readonly isFixed = false;
  readonly sun: SunDirections;
  readonly sinAxis: number;
  readonly cosAxis: number;
  readonly uprightEast: number;
  readonly uprightNorth: number;
  readonly uprightUp: number;
  readonly cosSlope: number;
  readonly sinSlope: number;
  /** Pitch divided by the width of a row, along the slope; 0 without backtracking. */
  readonly spacing: number;
  readonly cosLimit: number;
  readonly sinLimit: number;

  constructor(sun: SunDirections, mounting: Extract<Mounting, { type: 'one_axis' }>) {
    const { axisAzimuthDeg, axisTiltDeg, maxAngleDeg, backtrack, gcr, crossAxisTiltDeg } = mounting;
    this.sun = sun;
    this.sinAxis = Math.sin(axisAzimuthDeg * RAD);
    this.cosAxis = Math.cos(axisAzimuthDeg * RAD);
    this.uprightEast = this.sinAxis * Math.sin(axisTiltDeg * RAD);
    this.uprightNorth = this.cosAxis * Math.sin(axisTiltDeg * RAD);
    this.uprightUp = Math.cos(axisTiltDeg * RAD);
    this.cosSlope = Math.cos(crossAxisTiltDeg * RAD);
    this.sinSlope = Math.sin(crossAxisTiltDeg * RAD);
    this.spacing = backtrack ? 1 / (gcr * this.cosSlope) : 0;
    this.cosLimit = Math.cos(maxAngleDeg * RAD);
    this.sinLimit = Math.sin(maxAngleDeg * RAD);
  }

  get sinTilt(): number {
    return Math.sqrt(Math.max(0, 1 - this.normalUp * this.normalUp));
  }

  get rotationDeg(): number {
    const { normalEast, normalNorth, normalUp } = this;
    return Math.atan2(this.#across(normalEast, normalNorth), this.#upright(normalEast, normalNorth, normalUp)) / RAD;
  }

  get projectedZenithDeg(): number {
    const east = this.sun.east[this.#step];
    const north = this.sun.north[this.#step];
    return Math.atan2(this.#across(east, north), this.#upright(east, north, this.sun.up[this.#step])) / RAD;
  }

  /** Returns the part of a vector across the axis. */
  #across(east: number, north: number): number {
    return east * this.cosAxis - north * this.sinAxis;
  }

  /** Returns the part of a vector upright on the axis. */
  #upright(east: number, north: number, up: number): number {
    return east * this.uprightEast + north * this.uprightNorth + up * this.uprightUp;
  }

  turn(step: number): boolean {
    this.#step = step;
    return this.turnTo(this.sun.east[step], this.sun.north[step], this.sun.up[step]);
  }

  /** Turns the plane to a sun in this direction. @returns false if the sun is down */
  turnTo(east: number, north: number, up: number): boolean {
    if (!(up >= 0)) return false;
    const across = east * this.cosAxis - north * this.sinAxis;
    const upright = east * this.uprightEast + north * this.uprightNorth + up * this.uprightUp;
    const length = Math.sqrt(across * across + upright * upright);
    let cos = length > 0 ? upright / length : 1;
    let sin = length > 0 ? across / length : 0;
    if (this.spacing > 0) {
      const shadow = Math.abs(cos * this.cosSlope + sin * this.sinSlope) * this.spacing;
      if (shadow < 1 && sin !== 0) {
        // Turned back by acos(shadow).
        const turn = Math.sqrt(1 - shadow * shadow) * (sin > 0 ? -1 : 1);
        const turned = cos * shadow - sin * turn;
        sin = sin * shadow + cos * turn;
        cos = turned;
      }
    }
    if (cos < this.cosLimit) {
      cos = this.cosLimit;
      sin = sin < 0 ? -this.sinLimit : this.sinLimit;
    }
    this.normalEast = cos * this.uprightEast + sin * this.cosAxis;
    this.normalNorth = cos * this.uprightNorth - sin * this.sinAxis;
    this.normalUp = cos * this.uprightUp;
    return true;
  }
}

/** Faces the sun, up to a largest tilt. */
class TwoAxisPlane implements Plane {
  normalEast = 0;
  normalNorth = 0;
  normalUp = 1;
  sinTilt = 0;
  rotationDeg = 0;
  projectedZenithDeg = 0;
  readonly isFixed = false;
  readonly #sun: SunDirections;
  readonly #maxTilt: number;

  constructor(sun: SunDirections, maxTiltDeg: number) {
    this.#sun = sun;
    this.#maxTilt = maxTiltDeg * RAD;
  }

  turn(step: number): boolean {
    const { east, north, up } = this.#sun;
    if (!(up[step] >= 0)) return false;
    const zenith = Math.acos(Math.min(up[step], 1));
    const tilt = Math.min(zenith, this.#maxTilt);
    const level = Math.sin(zenith);
    this.sinTilt = Math.sin(tilt);
    this.normalUp = Math.cos(tilt);
    this.normalEast = level > 0 ? (east[step] / level) * this.sinTilt : 0;
    this.normalNorth = level > 0 ? (north[step] / level) * this.sinTilt : 0;
    this.rotationDeg = tilt / RAD;
    this.projectedZenithDeg = zenith / RAD;
    return true;
  }
}

/** Returns the plane of a mounting under a year's sun. */
export function planeOf(mounting: Mounting, sun: SunDirections): Plane {
  switch (mounting.type) {
    case 'one_axis':
      return new TrackerPlane(sun, mounting);
    case 'two_axis':
      return new TwoAxisPlane(sun, mounting.maxTiltDeg);
    default:
      return new FixedPlane(sun, mounting.tiltDeg, mounting.azimuthDeg);
  }
}
