/** Areas of requests as polygons and circles in a plane. */
import { AppError } from '../contracts/common/app-error.ts';
import type { AreaBody } from '../contracts/common/area.schema.ts';
import { cornersOf, partsOf } from '../contracts/common/area-parts.ts';
import type { LocalProjection, Point } from './projection.ts';
import { localProjection } from './projection.ts';
import type { Zone } from './zones.ts';
import { aroundLines, withSetback } from './zones.ts';

/** Maximum extent of an area; a larger one cannot be projected onto a plane exactly enough [km]. */
const MAX_EXTENT_KM = 300;

/** Returns the plane around the middle of an area in degrees. @throws AppError if the area is too large for one plane */
export function projectionOfArea(area: AreaBody, pointer: string): LocalProjection {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const {
    corner: [longitude, latitude],
  } of cornersOf(area)) {
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
  // Parts with the same setback are one shape: parcels side by side shrink as one.
  const bySetback = new Map<number, { zones: Zone[]; lines: Point[][] }>();
  for (const part of partsOf(area)) {
    const setbackM = part.setbackM ?? area.setback_m;
    const group = bySetback.get(setbackM) ?? { zones: [], lines: [] };
    bySetback.set(setbackM, group);
    if ('rings' in part) {
      const [outer, ...holes] = part.rings.map((corners) => corners.map(toPlane));
      group.zones.push({ outer, holes });
      continue;
    }
    if (side === 'inside' && part.radiusM === 0)
      throw new AppError('request.invalid', 'a boundary has points or lines; expected polygons, or circles', {
        pointer: `${pointer}/${part.path.map(String).join('/')}`,
      });
    if ('line' in part) group.lines.push(part.line.map(toPlane));
    else {
      const [xM, yM] = toPlane(part.middle);
      group.zones.push({ xM, yM, radiusM: part.radiusM });
    }
  }
  return [...bySetback].flatMap(([setbackM, { zones, lines }]) => {
    if (setbackM === 0) return zones;
    const left = [
      ...withSetback(zones, side === 'inside' ? -setbackM : setbackM),
      ...(lines.length > 0 ? aroundLines(lines, setbackM) : []),
    ];
    if (left.length === 0)
      throw new AppError('request.invalid', `a setback of ${setbackM} m leaves nothing of the area; expected less`, {
        pointer: `${pointer}/setback_m`,
      });
    return left;
  });
}
