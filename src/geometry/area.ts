/** Areas of requests as polygons and circles in a plane. */
import type { Path64, Paths64 } from 'clipper2-ts';
import {
  area as areaOfPath,
  areaPaths,
  difference,
  EndType,
  FillRule,
  inflatePaths,
  JoinType,
  PointInPolygonResult,
  pointInPolygon,
  union,
} from 'clipper2-ts';
import { AppError } from '../contracts/common/app-error.ts';
import type { AreaBody } from '../contracts/common/area.schema.ts';
import { partsOf } from '../contracts/common/area.schema.ts';
import type { LocalProjection, Point } from './projection.ts';
import { localProjection } from './projection.ts';

/** Corners in order; the last joins the first, whether or not it is repeated. */
export type Ring = readonly Point[];

export interface PolygonZone {
  readonly outer: Ring;
  readonly holes?: readonly Ring[];
}

export interface CircleZone {
  readonly xM: number;
  readonly yM: number;
  readonly radiusM: number;
}
export type Zone = PolygonZone | CircleZone;

export const isCircle = (zone: Zone): zone is CircleZone => 'radiusM' in zone;

/** Maximum extent of an area; a larger one cannot be projected onto a plane exactly enough [km]. */
const MAX_EXTENT_KM = 300;

/** Area of a ring, positive if the ring is counter-clockwise [m2]. */
export function signedAreaM2(ring: Ring): number {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    sum += (x - ring[0][0]) * (nextY - ring[0][1]) - (nextX - ring[0][0]) * (y - ring[0][1]);
  });
  return sum / 2;
}

/** The plane around the middle of an area in degrees. @throws AppError if the area is too large for one plane */
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
 * Polygons and circles of an area in the plane, its setback applied.
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
  const kept = withSetback(zones, side === 'inside' ? -area.setback_m : area.setback_m);
  if (kept.length === 0)
    throw new AppError(
      'request.invalid',
      `a setback of ${area.setback_m} m leaves nothing of the area; expected less`,
      {
        pointer: `${pointer}/setback_m`,
      },
    );
  return kept;
}

/** Zones enlarged by a distance, or reduced if it is negative [m]. Polygons that touch are treated as one. */
function withSetback(zones: readonly Zone[], distanceM: number): Zone[] {
  const circles = zones
    .filter(isCircle)
    .map((circle) => ({ ...circle, radiusM: circle.radiusM + distanceM }))
    .filter(({ radiusM }) => radiusM > 0);
  const polygons = zones.filter((zone) => !isCircle(zone));
  const whole = union(polygons.flatMap(clipPathsOf), FillRule.NonZero);
  const moved = inflatePaths(whole, distanceM * CUTS_PER_M, JoinType.Round, EndType.Polygon, 2, CUTS_PER_M / 20);
  return [...polygonsOfPaths(moved), ...circles];
}

/** For boolean operations a circle is replaced by a polygon of the same area. */
const CIRCLE_CORNERS = 256;
const CIRCLE_STRETCH = Math.sqrt((2 * Math.PI) / CIRCLE_CORNERS / Math.sin((2 * Math.PI) / CIRCLE_CORNERS));
/** Boolean operations have a grid of one millimetre. */
export const CUTS_PER_M = 1000;

/** The zone in the form of Clipper2: outer rings are counter-clockwise, holes clockwise. */
function clipPathsOf(zone: Zone): Paths64 {
  const rings: readonly Ring[] = isCircle(zone)
    ? [
        Array.from({ length: CIRCLE_CORNERS }, (_, i): Point => {
          const angle = (2 * Math.PI * i) / CIRCLE_CORNERS;
          const radius = CIRCLE_STRETCH * zone.radiusM;
          return [zone.xM + radius * Math.cos(angle), zone.yM + radius * Math.sin(angle)];
        }),
      ]
    : [zone.outer, ...(zone.holes ?? [])];
  return rings.map((ring, r) => {
    const path = ring.map(([x, y]) => ({ x: Math.round(CUTS_PER_M * x), y: Math.round(CUTS_PER_M * y) }));
    return signedAreaM2(ring) > 0 === (r === 0) ? path : path.reverse();
  });
}

/** Outer rings with the holes that lie in them. */
function polygonsOfPaths(paths: Paths64): PolygonZone[] {
  const ringOf = (path: Path64): Ring => path.map(({ x, y }) => [x / CUTS_PER_M, y / CUTS_PER_M]);
  const outers = paths.filter((path) => areaOfPath(path) > 0).sort((a, b) => areaOfPath(a) - areaOfPath(b));
  const holes = paths.filter((path) => areaOfPath(path) < 0);
  const ownerOf = (hole: Path64) =>
    outers.find((outer) => pointInPolygon(hole[0], outer) !== PointInPolygonResult.IsOutside);
  return outers.map((outer) => ({
    outer: ringOf(outer),
    holes: holes.filter((hole) => ownerOf(hole) === outer).map(ringOf),
  }));
}

/** Zones after exclusions. */
export interface Extent {
  readonly areaM2: number;
  readonly perimeterM: number;
  readonly pieces: number;
}

/** The zones without the exclusions, which may overlap each other and the edge. */
export function extentWithout(zones: readonly Zone[], exclusions: readonly Zone[]): Extent {
  const subject = union(zones.flatMap(clipPathsOf), FillRule.NonZero);
  const free = difference(subject, exclusions.flatMap(clipPathsOf), FillRule.NonZero);
  let perimeterM = 0;
  for (const path of free)
    path.forEach((from, i) => {
      const to = path[(i + 1) % path.length];
      perimeterM += Math.hypot(to.x - from.x, to.y - from.y) / CUTS_PER_M;
    });
  return { areaM2: areaPaths(free) / CUTS_PER_M ** 2, perimeterM, pieces: free.length };
}
