/** Polygons and circles in a plane: their areas, and what Clipper2 computes of them. */
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
import type { Point } from './projection.ts';

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

/** Returns the area of a ring, positive if the ring is counter-clockwise [m2]. */
export function signedAreaM2(ring: Ring): number {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    sum += (x - ring[0][0]) * (nextY - ring[0][1]) - (nextX - ring[0][0]) * (y - ring[0][1]);
  });
  return sum / 2;
}

/** Returns the zones enlarged by a distance, or reduced if it is negative [m]. Polygons that touch are treated as one. */
export function withSetback(zones: readonly Zone[], distanceM: number): Zone[] {
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

/** Returns the zone in the form of Clipper2: outer rings are counter-clockwise, holes clockwise. */
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

/** Returns the outer rings with the holes that lie in them. */
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

/** Returns the zones without the exclusions, which may overlap each other and the edge. */
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
