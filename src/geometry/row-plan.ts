/** Rows of modules in an area, to scale: what fits between its edges. */
import type { Point } from './projection.ts';
import { isCircle, type Ring, type Zone } from './zones.ts';

export interface RowShape {
  /** Where the rows face, clockwise from north [deg]; they run across it */
  readonly azimuthDeg: number;
  /** Distance from row to row [m], above 0 */
  readonly pitchM: number;
  /** Depth of a row on the ground [m], above 0 and at most the pitch */
  readonly depthM: number;
}

/** The middle line of a row, from end to end */
export type Row = readonly [from: Point, to: Point];
type Interval = readonly [from: number, to: number];

/** Corners of a polygon in place of a circle */
const CIRCLE_CORNERS = 64;
/** How far beside a corner a line is looked at [m] */
const BESIDE_M = 1e-6;

/**
 * Returns the rows that fit into zones and keep off exclusions: each row as a strip of its depth is inside as a whole. The first row
 * begins at the edge; parts shorter than the depth are left out.
 */
export function rowsIn(
  zones: readonly Zone[],
  exclusions: readonly Zone[],
  { azimuthDeg, pitchM, depthM }: RowShape,
): Row[] {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(azimuth), Math.cos(azimuth)];
  // Along a row, and across it: where it faces.
  const turned = ([x, y]: Point): Point => [x * cos - y * sin, x * sin + y * cos];
  const back = (along: number, across: number): Point => [along * cos + across * sin, across * cos - along * sin];
  const areas = zones.map((zone) => ringsOf(zone).map((ring) => ring.map(turned)));
  const holes = exclusions.map((zone) =>
    ringsOf(zone, 1 / Math.cos(Math.PI / CIRCLE_CORNERS)).map((ring) => ring.map(turned)),
  );
  const corners = [...areas, ...holes].flat(2).map(([, across]) => across);
  const edges = areas.flat(2).map(([, across]) => across);
  const [first, last] = edges.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
  const rows: Row[] = [];
  for (let middle = first + depthM / 2; middle + depthM / 2 <= last + BESIDE_M; middle += pitchM) {
    const [low, high] = [middle - depthM / 2 + BESIDE_M, middle + depthM / 2 - BESIDE_M];
    // Between two corners an edge is straight, so that the ends of a strip, and both sides of its corners, decide.
    const lines = corners.filter((v) => v > low && v < high).flatMap((v) => [v - BESIDE_M, v + BESIDE_M]);
    const free = [low, high, ...lines]
      .map((line) =>
        without(
          joined(areas.flatMap((rings) => crossed(rings, line))),
          holes.flatMap((rings) => crossed(rings, line)),
        ),
      )
      .reduce(common);
    for (const [from, to] of free) if (to - from >= depthM) rows.push([back(from, middle), back(to, middle)]);
  }
  return rows;
}

/** Returns the rings of a zone; those of a circle touch it from inside at scale 1. */
export function ringsOf(zone: Zone, scale = 1): readonly Ring[] {
  if (!isCircle(zone)) return [zone.outer, ...(zone.holes ?? [])];
  const { xM, yM, radiusM } = zone;
  const cornerOf = (_: unknown, k: number): Point => {
    const angle = (2 * Math.PI * k) / CIRCLE_CORNERS;
    return [xM + scale * radiusM * Math.cos(angle), yM + scale * radiusM * Math.sin(angle)];
  };
  return [Array.from({ length: CIRCLE_CORNERS }, cornerOf)];
}

/** Returns where a line across rings is inside of them: between the first and second crossing, the third and fourth. */
function crossed(rings: readonly Ring[], line: number): Interval[] {
  const at: number[] = [];
  for (const ring of rings)
    for (let k = 0; k < ring.length; k++) {
      const [[x0, y0], [x1, y1]] = [ring[k], ring[(k + 1) % ring.length]];
      if (y0 > line !== y1 > line) at.push(x0 + ((line - y0) / (y1 - y0)) * (x1 - x0));
    }
  at.sort((a, b) => a - b);
  return Array.from({ length: at.length / 2 }, (_, k) => [at[2 * k], at[2 * k + 1]] as const);
}

/** Returns intervals in order, those that overlap as one. */
function joined(intervals: readonly Interval[]): Interval[] {
  const all: [number, number][] = [];
  for (const [from, to] of intervals.toSorted(([a], [b]) => a - b)) {
    const before = all.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else all.push([from, to]);
  }
  return all;
}

const without = (intervals: readonly Interval[], holes: readonly Interval[]): Interval[] =>
  holes
    .reduce<Interval[]>(
      (left, [from, to]) =>
        left.flatMap(([a, b]) => (to <= a || from >= b ? [[a, b] as const] : [[a, from] as const, [to, b] as const])),
      [...intervals],
    )
    .filter(([a, b]) => b > a);

const common = (left: readonly Interval[], right: readonly Interval[]): Interval[] =>
  left.flatMap(([a, b]) => right.map(([c, d]) => [Math.max(a, c), Math.min(b, d)] as const)).filter(([a, b]) => b > a);
