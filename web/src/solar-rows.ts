/** The rows of a solar design in metres, from the request, the result and the sizes that a drawing needs. */
import type { JobOf, SolarDesign, SolarDesignResult } from '../../src/client/index.ts';

export type SolarInput = JobOf<'solar-optimize'>['input'];

export interface Sizes {
  /** Width of the modules of a row, from lower to upper edge [m] */
  readonly widthM: number;
  /** Height of the lower edge above the ground [m] */
  readonly clearanceM: number;
}

export interface Shape extends Sizes {
  readonly isTracker: boolean;
  /** Trackers: the largest rotation */
  readonly tiltDeg: number;
  /** Across the rows, where modules face */
  readonly azimuthDeg: number;
  readonly pitchM: number;
  /** Length of rows that the design needs [m] */
  readonly neededM: number;
  readonly kwPerM: number;
  readonly latitudeDeg: number | undefined;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Returns the rows of a design; nothing for roofs and two-axis trackers, which have none. */
export function shapeOf(
  input: SolarInput,
  { best }: SolarDesignResult,
  { values, land_area_m2, dc_capacity_kw }: SolarDesign,
  sizes: Sizes,
  latitudeDeg: number | undefined,
): Shape | undefined {
  const system = best?.system;
  const mounting = system?.mounting;
  if (!system || !mounting || (mounting.type !== 'fixed' && mounting.type !== 'one_axis')) return undefined;
  const isTracker = mounting.type === 'one_axis';
  const ofMounting = isTracker ? mounting.gcr : undefined;
  const gcr = numberOf(values.gcr) ?? ofMounting ?? input.gcr ?? system.rows?.gcr ?? USUAL_GCR;
  const equatorward = latitudeDeg !== undefined && latitudeDeg < 0 ? 0 : 180;
  const pitchM = sizes.widthM / gcr;
  const moduleM2 = (land_area_m2 * gcr) / input.land_factor;
  return {
    ...sizes,
    isTracker,
    tiltDeg: isTracker
      ? (mounting.max_angle_deg ?? input.tracker_max_angle_deg)
      : (numberOf(values.tilt_deg) ?? mounting.tilt_deg ?? 0),
    azimuthDeg: isTracker
      ? (mounting.axis_azimuth_deg ?? equatorward) + 90
      : (numberOf(values.azimuth_deg) ?? mounting.azimuth_deg ?? equatorward),
    pitchM,
    neededM: moduleM2 / sizes.widthM,
    kwPerM: (dc_capacity_kw / moduleM2) * sizes.widthM,
    latitudeDeg,
  };
}
/** What the search takes where nothing states it: PVWatts v7 in SAM */
const USUAL_GCR = 0.4;

/** Tilt of the earth's axis, which is how far the sun stands from the equator at a solstice [deg] */
const OBLIQUITY_DEG = 23.44;

/** Returns a row from its side, and how high the sun must stand that no row shades the next. */
export function sideOf({ widthM, tiltDeg, pitchM, isTracker, latitudeDeg }: Shape) {
  const tilt = (tiltDeg * Math.PI) / 180;
  const depthM = widthM * Math.cos(tilt);
  const heightM = widthM * Math.sin(tilt);
  const gapM = pitchM - depthM;
  return {
    depthM,
    heightM,
    gapM,
    limitDeg: (Math.atan2(heightM, gapM) * 180) / Math.PI,
    /** The sun at noon of the winter solstice, for racks; it crosses trackers' rows from side to side */
    noonDeg: isTracker || latitudeDeg === undefined ? undefined : 90 - Math.abs(latitudeDeg) - OBLIQUITY_DEG,
  };
}
