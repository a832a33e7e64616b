/** Planes with true lengths: they convert places from degrees to metres and back. */
import proj4 from 'proj4';
import { AppError } from '../contracts/common/app-error.ts';

export type Point = readonly [xM: number, yM: number];

/** Each site has its own plane. The relative error of lengths is at most 1e-5 within 25 km of its middle. */
export interface LocalProjection {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres east and north of the middle */
  toPlane(longitudeDeg: number, latitudeDeg: number): Point;
  /** Degrees east and north */
  toGlobe(xM: number, yM: number): readonly [longitudeDeg: number, latitudeDeg: number];
}

/** Returns the transverse Mercator projection around a place. @param latitudeDeg -85 to 85 [deg] */
export function localProjection(longitudeDeg: number, latitudeDeg: number): LocalProjection {
  if (!(Math.abs(longitudeDeg) <= 180 && Math.abs(latitudeDeg) <= 85))
    throw new AppError(
      'request.invalid',
      `the middle is ${longitudeDeg}, ${latitudeDeg}; expected longitude -180 to 180 and latitude -85 to 85`,
    );
  return projectionOf(
    longitudeDeg,
    latitudeDeg,
    `+proj=tmerc +lat_0=${latitudeDeg} +lon_0=${longitudeDeg} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs`,
  );
}

/**
 * Returns the projection of a zone, 1 to 60, of the Universal Transverse Mercator system, in which WAsP's grids usually
 * are; eastings and northings [m].
 */
export const utmProjection = (zone: number, isSouth: boolean): LocalProjection =>
  projectionOf(6 * zone - 183, 0, `+proj=utm +zone=${zone}${isSouth ? ' +south' : ''} +ellps=WGS84 +units=m +no_defs`);

/**
 * Returns the zone of the Universal Transverse Mercator system around a place, with Norway's and Svalbard's wider zones,
 * and its EPSG code; null beyond 80 degrees south and 84 degrees north, where the system ends.
 * @see Snyder 1987, USGS professional paper 1395, chapter 8
 */
export function utmZoneOf(
  longitudeDeg: number,
  latitudeDeg: number,
): { readonly zone: number; readonly isSouth: boolean; readonly epsg: number } | null {
  if (latitudeDeg < -80 || latitudeDeg > 84) return null;
  const isSouth = latitudeDeg < 0;
  const plain = Math.min(60, Math.floor((longitudeDeg + 180) / 6) + 1);
  const zone =
    latitudeDeg >= 72 && longitudeDeg >= 0 && longitudeDeg < 42
      ? 31 + 2 * Math.floor((longitudeDeg + 3) / 12)
      : latitudeDeg >= 56 && latitudeDeg < 64 && longitudeDeg >= 3 && longitudeDeg < 12
        ? 32
        : plain;
  return { zone, isSouth, epsg: (isSouth ? 32700 : 32600) + zone };
}

function projectionOf(longitudeDeg: number, latitudeDeg: number, definition: string): LocalProjection {
  const plane = proj4('EPSG:4326', definition);
  return {
    longitudeDeg,
    latitudeDeg,
    toPlane(longitude, latitude) {
      const [x, y] = plane.forward([longitude, latitude]);
      return [x, y];
    },
    toGlobe(x, y) {
      const [longitude, latitude] = plane.inverse([x, y]);
      return [longitude, latitude];
    },
  };
}
