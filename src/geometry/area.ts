/** Areas of requests as polygons and circles in a plane. */
import { AppError } from '../contracts/common/app-error.ts';
import type { AreaBody } from '../contracts/common/area.schema.ts';
import { partsOf } from '../contracts/common/area-parts.ts';
import type { LocalProjection, Point } from './projection.ts';
import { localProjection } from './projection.ts';
import type { Zone } from './zones.ts';
import { withSetback } from './zones.ts';

/** Maximum extent of an area; a larger one cannot be projected onto a plane exactly enough [km]. */
const MAX_EXTENT_KM = 300;

/** Returns the plane around the middle of an area in degrees. @throws AppError if the area is too large for one plane */
export function projectionOfArea(area: AreaBody, pointer: string): LocalProjection {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const part of partsOf(area))
    for (const [longitude, latitude] of 'middle' in part ? [part.middle] : part.rings.flat()) {
      [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
      [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
    }
  const projection = localProjection((west + east) / 2, (south + north) / 2);
  const [minX, minY] = projection.toPlane(west, south);
  const [maxX, maxY] = projection.toPlane(east, north);
  const extentKm = Math.max(Math.abs(maxX - minX), Math.abs(maxY - minY)) / 1000;
  if (!(extentKm <= MAX_EXTENT_KM))
    throw new AppError(
      'request.invalid',
      `the area is ${extentKm.toFixed(0)} km across; expected at most ${MAX_EXTENT_KM}`,
      { pointer },
    );
  return projection;
}

/**
 * Returns the polygons and circles of an area in the plane, its setback applied.
 * @param side on which side of the edge the setback is: a boundary shrinks, exclusions grow
 * @param projection of degrees; null if all coordinates of the request are in metres
 * @param pointer of the area in the request
 * @throws AppError `request.invalid` for degrees without a projection, and for a setback that leaves nothing
 */
export function zonesOfArea(
  area: AreaBody,
  side: 'inside' | 'outside',
  projection: LocalProjection | null,
  pointer: string,
): readonly Zone[] {
  const toPlane = (corner: readonly number[]): Point => {
    if (area.unit === 'm') return [corner[0], corner[1]];
    if (!projection)
      throw new AppError(
        'request.invalid',
        'the area is in degrees and the boundary in metres; expected one unit for both, or a projection',
        { pointer: `${pointer}/unit` },
      );
    return projection.toPlane(corner[0], corner[1]);
  };
  const zones = partsOf(area).map((part): Zone => {
    if ('middle' in part) {
      const [xM, yM] = toPlane(part.middle);
      return { xM, yM, radiusM: part.radiusM };
    }
    const [outer, ...holes] = part.rings.map((corners) => corners.map(toPlane));
    return { outer, holes };
  });
  if (area.setback_m === 0) return zones;
  const zonesLeft = withSetback(zones, side === 'inside' ? -area.setback_m : area.setback_m);
  if (zonesLeft.length === 0)
    throw new AppError(
      'request.invalid',
      `a setback of ${area.setback_m} m leaves nothing of the area; expected less`,
      {
        pointer: `${pointer}/setback_m`,
      },
    );
  return zonesLeft;
}
