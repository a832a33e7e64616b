/**
 * The area where turbines may stand: polygons with holes and several parts, circles, exclusion zones and spacing, with
 * distances to its edge.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { CircleZone, Extent, PolygonZone, Ring, Zone } from '../../geometry/zones.ts';
import { CUTS_PER_M, extentWithout, isCircle, signedAreaM2 } from '../../geometry/zones.ts';
import type { Point } from '../../geometry/projection.ts';
import { guard, windError } from '../check.ts';

export interface LayoutSite {
  /** Turbines may be placed in any of these zones, which do not overlap */
  readonly zones: readonly Zone[];
  /** but in none of these */
  readonly exclusions?: readonly Zone[];
  /** Minimum distance between two turbine centres [m] */
  readonly minSpacingM: number;
}

/** Distance to a zone's edge [m], positive inside, and its gradient: a unit vector that points inwards. */
export interface EdgeDistance {
  inside: number;
  byX: number;
  byY: number;
}

interface CompiledZone {
  readonly circle: CircleZone | null;
  /** Edges as x1, y1, x2, y2 */
  readonly edges: Float64Array;
  readonly area: number;
  readonly perimeter: number;
  readonly box: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

/** Corners that are nearer than this are one [m]; Clipper2 cuts areas on the same grid. */
const SAME_CORNER_M = 1 / CUTS_PER_M;

/** Returns the ring without corners that repeat the one before. */
function openRing(ring: Ring, name: string): Ring {
  const open = ring.filter(([x, y], i) => {
    const [beforeX, beforeY] = ring[(i + ring.length - 1) % ring.length];
    return !(Math.hypot(x - beforeX, y - beforeY) < SAME_CORNER_M);
  });
  if (open.length < 3) throw windError(`${name} has ${open.length} corners; expected at least 3`, '/site');
  open.forEach(([x, y], i) => {
    if (!(Number.isFinite(x) && Number.isFinite(y)))
      throw windError(`${name}: corner ${i} is ${x}, ${y}; expected finite numbers`, '/site');
  });
  return open;
}

/** A corner with a smaller angle is a spike, in which no turbine finds a place [rad]. */
const SPIKE_RAD = (3 * Math.PI) / 180;

/** Returns the ring without corners that stick out as spikes; the area loses their slivers. */
function withoutSpikes(ring: Ring): Ring {
  const side = Math.sign(signedAreaM2(ring));
  const blunt = ring.filter((corner, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    const after = ring[(i + 1) % ring.length];
    const [ax, ay] = [before[0] - corner[0], before[1] - corner[1]];
    const [bx, by] = [after[0] - corner[0], after[1] - corner[1]];
    const angle = Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by);
    const isConvex = side * turn(before, corner, after) > 0;
    return !(isConvex && angle < SPIKE_RAD);
  });
  return blunt.length >= 3 && blunt.length < ring.length ? withoutSpikes(blunt) : ring;
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Tells whether two edges cross: an end that only touches the other edge does not. */
function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  return abc * abd < 0 && cda * cdb < 0;
}

/** @throws AppError that names two edges which cross */
function checkSimple(rings: readonly Ring[], name: string): void {
  const edges = rings.flatMap((ring, r) =>
    ring.map((from, i) => {
      const to = ring[(i + 1) % ring.length];
      return { r, i, from, to, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) };
    }),
  );
  // From west to east, so that only edges side by side are compared.
  edges.sort((a, b) => a.west - b.west || a.r - b.r || a.i - b.i);
  for (let p = 0; p < edges.length; p++)
    for (let q = p + 1; q < edges.length && edges[q].west <= edges[p].east; q++) {
      const [a, b] = [edges[p], edges[q]].sort((one, other) => one.r - other.r || one.i - other.i);
      if (a.from === b.to || a.to === b.from) continue;
      if (crosses(a.from, a.to, b.from, b.to))
        throw windError(
          `${name} crosses itself: the edge from corner ${a.i}${a.r ? ` of hole ${a.r - 1}` : ''} at ${a.from.join(', ')} m ` +
            `meets the one from corner ${b.i}${b.r ? ` of hole ${b.r - 1}` : ''} at ${b.from.join(', ')} m`,
          '/site',
        );
    }
}

function compileZone(zone: Zone, name: string): CompiledZone {
  if (isCircle(zone)) {
    if (!(zone.radiusM > 0)) throw windError(`${name}: radius_m is ${zone.radiusM}; expected above 0`, '/site');
    const { xM, yM, radiusM } = zone;
    if (!(Number.isFinite(xM) && Number.isFinite(yM)))
      throw windError(`${name}: centre is ${xM}, ${yM}; expected finite numbers`, '/site');
    return {
      circle: zone,
      edges: new Float64Array(0),
      area: Math.PI * radiusM * radiusM,
      perimeter: 2 * Math.PI * radiusM,
      box: [xM - radiusM, yM - radiusM, xM + radiusM, yM + radiusM],
    };
  }
  const outer = withoutSpikes(openRing(zone.outer, name));
  const holes = (zone.holes ?? []).map((hole, i) => openRing(hole, `${name}: hole ${i}`));
  checkSimple([outer, ...holes], name);
  const rings = [outer, ...holes];
  const edges = Float64Array.from(
    rings.flatMap((ring) => ring.flatMap(([x, y], i) => [x, y, ...ring[(i + 1) % ring.length]])),
  );
  let perimeter = 0;
  for (let e = 0; e < edges.length; e += 4)
    perimeter += Math.hypot(edges[e + 2] - edges[e], edges[e + 3] - edges[e + 1]);
  const area = Math.abs(signedAreaM2(outer)) - holes.reduce((sum, hole) => sum + Math.abs(signedAreaM2(hole)), 0);
  checkHoles({ outer, holes }, area, perimeter, name);
  if (!(area > 0)) throw windError(`${name} has an area of ${area} m2; expected more than 0`, '/site');
  const xs = outer.map(([x]) => x);
  const ys = outer.map(([, y]) => y);
  return {
    circle: null,
    edges,
    area,
    perimeter,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
  };
}

/**
 * Rings may touch, but not overlap: what Clipper2 leaves of the outer ring is then its area without those of the holes.
 * @throws AppError for rings that overlap
 */
function checkHoles(zone: Required<PolygonZone>, area: number, perimeter: number, name: string): void {
  const { outer, holes } = zone;
  const left = extentWithout(
    [{ outer }],
    holes.map((hole) => ({ outer: hole })),
  ).areaM2;
  if (Math.abs(left - area) <= (perimeter + 1) / CUTS_PER_M) return;
  throw windError(
    `${name}: its holes overlap each other or its outer edge (its area less that of its holes is ${area.toFixed(0)} m2, but ${left.toFixed(0)} m2 are left); expected holes inside, apart from each other: join those that overlap`,
    '/site',
  );
}

/** @throws AppError `optimize.infeasible` if the exclusion zones leave nothing */
function freeExtent({ zones, exclusions = [] }: LayoutSite): Extent {
  const extent = extentWithout(zones, exclusions);
  // Slivers as wide as the grid that areas are cut on are no place.
  if (extent.areaM2 <= extent.perimeterM / CUTS_PER_M)
    throw new AppError(
      'optimize.infeasible',
      'the exclusion zones cover the whole site: no place is left for a turbine; leave some of them out, or make them smaller',
      { pointer: '/exclusions' },
    );
  return extent;
}

/** A checked site, ready for many distance queries. */
export class CompiledSite {
  readonly minSpacingM: number;
  /** Area where turbines may stand [m2] */
  readonly areaM2: number;
  readonly #extent: Extent;
  readonly box: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly #zones: readonly CompiledZone[];
  readonly #exclusions: readonly CompiledZone[];
  readonly #scratch: EdgeDistance = { inside: 0, byX: 0, byY: 0 };

  /** What every place and distance may lack [m] */
  readonly #slackM: number;

  /**
   * @param slackM what every place and distance may lack, where a layout that is given has no room to be without fault [m]
   * @throws AppError that names the part and its fault
   */
  constructor(site: LayoutSite, slackM = 0) {
    if (site.zones.length === 0) throw windError('the site has no zones; expected at least one', '/site');
    guard.requireNotNegative('minSpacingM', site.minSpacingM);
    this.#slackM = slackM;
    this.minSpacingM = Math.max(0, site.minSpacingM - slackM);
    this.#zones = site.zones.map((part, i) => compileZone(part, `site zone ${i}`));
    this.#exclusions = (site.exclusions ?? []).map((zone, i) => compileZone(zone, `exclusion zone ${i}`));
    this.#extent =
      this.#exclusions.length > 0
        ? freeExtent(site)
        : {
            areaM2: this.#zones.reduce((sum, zone) => sum + zone.area, 0),
            perimeterM: this.#zones.reduce((sum, zone) => sum + zone.perimeter, 0),
            pieces: this.#zones.length,
          };
    this.areaM2 = this.#extent.areaM2;
    const boxes = this.#zones.map((zone) => zone.box);
    this.box = [
      Math.min(...boxes.map((b) => b[0])),
      Math.min(...boxes.map((b) => b[1])),
      Math.max(...boxes.map((b) => b[2])),
      Math.max(...boxes.map((b) => b[3])),
    ];
    const diagonal = Math.hypot(this.box[2] - this.box[0], this.box[3] - this.box[1]);
    if (site.minSpacingM > diagonal)
      throw windError(
        `min_spacing_m is ${site.minSpacingM}; the site is ${Math.round(diagonal)} m across: expected less`,
        '/min_spacing_m',
      );
  }

  /**
   * Upper limit of the number of turbines by area: discs with a radius of half the spacing cover at most pi/sqrt(12) of
   * the site, enlarged by that radius. Fewer fit in reality.
   */
  get capacity(): number {
    const half = this.minSpacingM / 2;
    if (half === 0) return Number.POSITIVE_INFINITY;
    const { areaM2, perimeterM, pieces } = this.#extent;
    const grown = areaM2 + perimeterM * half + pieces * Math.PI * half * half;
    return Math.floor((grown * (Math.PI / Math.sqrt(12))) / (Math.PI * half * half));
  }

  /** @throws AppError `optimize.infeasible` if the area has no room for the number of turbines */
  requireCapacity(turbines: number): void {
    if (turbines > this.capacity)
      throw new AppError(
        'optimize.infeasible',
        `${turbines} turbines at ${this.minSpacingM} m do not fit: the site of ${(this.areaM2 / 1e6).toFixed(3)} km2 holds at most ${this.capacity}`,
        { pointer: '/turbines' },
      );
  }

  /** Returns the distance to the edge of the allowed area, positive where turbines may stand. */
  distance(x: number, y: number, out: EdgeDistance): EdgeDistance {
    out.inside = Number.NEGATIVE_INFINITY;
    if (this.#zones.length === 1) zoneDistance(this.#zones[0], x, y, out);
    else
      for (const zone of this.#zones) {
        const distance = zoneDistance(zone, x, y, this.#scratch);
        if (distance.inside > out.inside) copy(distance, out);
      }
    for (const zone of this.#exclusions) {
      const distance = zoneDistance(zone, x, y, this.#scratch);
      if (-distance.inside < out.inside) {
        out.inside = -distance.inside;
        out.byX = -distance.byX;
        out.byY = -distance.byY;
      }
    }
    out.inside += this.#slackM;
    return out;
  }

  /** Number of zones, exclusions too */
  get zones(): number {
    return this.#zones.length + this.#exclusions.length;
  }

  /** Returns the zones as a device reads them: 1 or -1 for an exclusion, number of edges or 0 for a circle, then numbers from a place [m]. */
  packed(originX: number, originY: number): number[] {
    const part = ({ circle, edges }: CompiledZone, sign: number): number[] =>
      circle
        ? [sign, 0, circle.xM - originX, circle.yM - originY, circle.radiusM, 0]
        : [sign, edges.length / 4, ...edges.map((at, k) => at - (k % 2 ? originY : originX))];
    return [...this.#zones.flatMap((zone) => part(zone, 1)), ...this.#exclusions.flatMap((zone) => part(zone, -1))];
  }

  isInside(x: number, y: number, toleranceM = 0): boolean {
    return this.distance(x, y, this.#point).inside >= -toleranceM;
  }

  readonly #point: EdgeDistance = { inside: 0, byX: 0, byY: 0 };
}

function copy(from: EdgeDistance, to: EdgeDistance): void {
  to.inside = from.inside;
  to.byX = from.byX;
  to.byY = from.byY;
}

function zoneDistance(zone: CompiledZone, x: number, y: number, out: EdgeDistance): EdgeDistance {
  const { circle, edges } = zone;
  if (circle) {
    const dx = x - circle.xM;
    const dy = y - circle.yM;
    const r = Math.sqrt(dx * dx + dy * dy);
    out.inside = circle.radiusM - r;
    out.byX = r > 0 ? -dx / r : 0;
    out.byY = r > 0 ? -dy / r : 0;
    return out;
  }
  let best = Number.POSITIVE_INFINITY;
  let nearX = 0;
  let nearY = 0;
  let bestEdge = 0;
  let isInside = false;
  for (let e = 0; e < edges.length; e += 4) {
    const x1 = edges[e];
    const y1 = edges[e + 1];
    const ex = edges[e + 2] - x1;
    const ey = edges[e + 3] - y1;
    const t = ((x - x1) * ex + (y - y1) * ey) / (ex * ex + ey * ey);
    const clipped = Math.min(Math.max(t, 0), 1);
    const px = x - (x1 + clipped * ex);
    const py = y - (y1 + clipped * ey);
    const square = px * px + py * py;
    if (square < best) {
      best = square;
      nearX = px;
      nearY = py;
      bestEdge = e;
    }
    // Even-odd rule: how many edges a ray to the east crosses.
    if (y1 > y !== y1 + ey > y && x < x1 + ((y - y1) / ey) * ex) isInside = !isInside;
  }
  const distance = Math.sqrt(best);
  out.inside = isInside ? distance : -distance;
  if (distance > 1e-9) {
    out.byX = (isInside ? nearX : -nearX) / distance;
    out.byY = (isInside ? nearY : -nearY) / distance;
  } else {
    // On the edge: its normal, turned to the side that is inside.
    const ex = edges[bestEdge + 2] - edges[bestEdge];
    const ey = edges[bestEdge + 3] - edges[bestEdge + 1];
    const length = Math.sqrt(ex * ex + ey * ey);
    const side = pointInZone(zone, x - (ey / length) * 1e-6, y + (ex / length) * 1e-6) ? 1 : -1;
    out.byX = (-side * ey) / length;
    out.byY = (side * ex) / length;
  }
  return out;
}

function pointInZone({ edges }: CompiledZone, x: number, y: number): boolean {
  let isInside = false;
  for (let e = 0; e < edges.length; e += 4) {
    const y1 = edges[e + 1];
    const y2 = edges[e + 3];
    if (y1 > y !== y2 > y && x < edges[e] + ((y - y1) / (y2 - y1)) * (edges[e + 2] - edges[e])) isInside = !isInside;
  }
  return isInside;
}

/** Returns by how much the worst of the first `free` turbines is outside of the site or too near to another [m]; 0 if none is. */
export function lackM(site: CompiledSite, x: ArrayLike<number>, y: ArrayLike<number>, free: number): number {
  const at: EdgeDistance = { inside: 0, byX: 0, byY: 0 };
  let worst = 0;
  for (let i = 0; i < free; i++) {
    worst = Math.max(worst, -site.distance(x[i], y[i], at).inside);
    for (let j = 0; j < x.length; j++)
      if (j !== i) worst = Math.max(worst, site.minSpacingM - Math.hypot(x[i] - x[j], y[i] - y[j]));
  }
  return worst;
}

/**
 * @param free number of turbines that are checked; those after them stand where they stand
 * @throws AppError that names the first turbine outside of the site or too near to another
 */
export function requireFeasible(
  site: CompiledSite,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  toleranceM = 1e-6,
  free = x.length,
): void {
  const at: EdgeDistance = { inside: 0, byX: 0, byY: 0 };
  const nameOf = (i: number): string => (i < free ? `turbine ${i}` : `fixed turbine ${i - free}`);
  for (let i = 0; i < x.length; i++) {
    const { inside } = site.distance(x[i], y[i], at);
    if (i < free && !(inside >= -toleranceM))
      throw windError(
        `${nameOf(i)} at ${x[i]}, ${y[i]} m is ${(-inside).toPrecision(4)} m outside of where turbines may stand`,
        '/layout',
      );
    for (let j = 0; j < Math.min(i, free); j++) {
      const distance = Math.hypot(x[i] - x[j], y[i] - y[j]);
      if (distance < site.minSpacingM - toleranceM)
        throw windError(
          `${nameOf(j)} and ${nameOf(i)} are ${distance.toFixed(3)} m apart; expected at least ${site.minSpacingM}`,
          '/layout',
        );
    }
  }
}
