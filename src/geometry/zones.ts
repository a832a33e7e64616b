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

/** Lines across a ring along which its crossings are looked for, at most; more for rings of more corners. */
const MAX_LINES = 512;
/** Cuts of edges and lines for each corner, which bounds the work: each edge of a star crosses half of all lines. */
const CUTS_PER_CORNER = 16;

/**
 * Returns which share of what a ring encloses it does not enclose once and in one direction, because its edges cross [1]: 0 for
 * a ring without crossings, 1 for a bow tie of two equal halves. It is measured along parallel lines, so that the work grows
 * with the corners, however many edges cross; what is thinner than the distance of two lines may be missed.
 */
export function crossedShare(ring: Ring): number {
  let [south, north, climbed] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  ring.forEach(([, y], i) => {
    [south, north] = [Math.min(south, y), Math.max(north, y)];
    climbed += Math.abs(ring[(i + 1) % ring.length][1] - y);
  });
  const height = north - south;
  if (!(height > 0)) return 0;
  const lines = Math.min(MAX_LINES, Math.ceil((CUTS_PER_CORNER * ring.length * height) / climbed));
  const lineAbove = (y: number): number => Math.ceil(((y - south) / height) * lines - 0.5);
  const cuts = Array.from({ length: lines }, (): { x: number; turn: number }[] => []);
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    const [from, to] = [lineAbove(y), lineAbove(nextY)];
    for (let line = Math.min(from, to); line < Math.max(from, to); line++) {
      const share = (south + ((line + 0.5) * height) / lines - y) / (nextY - y);
      cuts[line].push({ x: x + share * (nextX - x), turn: Math.sign(to - from) });
    }
  });
  let [whole, once] = [0, 0];
  for (const row of cuts) {
    row.sort((a, b) => a.x - b.x);
    let turns = 0;
    for (let k = 0; k + 1 < row.length; k++) {
      turns += row[k].turn;
      const length = row[k + 1].x - row[k].x;
      if (turns !== 0) whole += length;
      if (Math.abs(turns) === 1) once += turns * length;
    }
  }
  return whole > 0 ? 1 - Math.abs(once) / whole : 0;
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

/** Returns the land within a distance of lines [m], with round ends. */
export function aroundLines(lines: readonly (readonly Point[])[], distanceM: number): PolygonZone[] {
  const paths = lines.map((line) =>
    line.map(([x, y]) => ({ x: Math.round(CUTS_PER_M * x), y: Math.round(CUTS_PER_M * y) })),
  );
  return polygonsOfPaths(
    inflatePaths(paths, distanceM * CUTS_PER_M, JoinType.Round, EndType.Round, 2, CUTS_PER_M / 20),
  );
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
