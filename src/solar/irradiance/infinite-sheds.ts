/**
 * Irradiance on both faces of infinitely long rows over level ground, in two dimensions: every row has infinitely many
 * rows on both sides. View factors are integrals over the whole face and the whole ground between two rows, by Hottel's
 * crossed strings.
 * @see Mikofski, Darawali, Hamer, Neubert and Newmiller 2019, doi:10.1109/PVSC40753.2019.8980572; Anderson, Jensen and
 * Hansen 2026, doi:10.1109/JPHOTOV.2026.3677506; the same as pvlib 0.16's bifacial.infinite_sheds
 */
const RAD = Math.PI / 180;
const sind = (deg: number): number => Math.sin(deg * RAD);
const cosd = (deg: number): number => Math.cos(deg * RAD);

/** Rows of modules. */
export interface Sheds {
  /** Ground coverage ratio: slant height of a row / pitch [1], above 0, to 1 */
  readonly gcr: number;
  /** Height of the row's centre above ground [m], above 0 */
  readonly heightM: number;
  /** From row to row [m], above 0 */
  readonly pitchM: number;
}

/** View factors between a face, the ground and the sky [1]; they only depend on tilt and geometry. */
export interface ShedViews {
  /** View factor of the sky from the face. */
  readonly rowSky: number;
  /** View factor of the ground from the face. */
  readonly rowGround: number;
  /** View factor of the sky from the ground between two rows. */
  readonly groundSky: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const distance = (a: Point, b: Point): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
const direction = (from: Point, to: Point): number => Math.atan2(to.y - from.y, to.x - from.x);

/** Returns the length of a string from `a` to `b` that must pass between two edges. */
function stringLength(a: Point, b: Point, left: Point, right: Point): number {
  const angle = direction(a, b);
  if (direction(a, right) - angle > 1e-8) return distance(a, right) + distance(right, b);
  if (angle - direction(a, left) > 1e-8) return distance(a, left) + distance(left, b);
  return distance(a, b);
}

/** Returns the crossed minus the uncrossed strings between the segments ab and cd. */
const crossedStrings = (a: Point, b: Point, c: Point, d: Point, left: Point, right: Point): number =>
  stringLength(a, c, left, right) +
  stringLength(b, d, left, right) -
  stringLength(b, c, left, right) -
  stringLength(a, d, left, right);

/** Number of rows on each side that count for the view from a face to the ground. */
const GROUND_ROWS = 20;
/** The view from the ground to the sky ignores rows that are lower than this above the horizon [deg]. */
const SKY_ROWS_ELEVATION_DEG = 5;

function rowToGround(tiltDeg: number, gcr: number): number {
  const tilt = tiltDeg === 180 ? 179.9999 : tiltDeg;
  // Height and pitch do not matter for the whole ground; the row is 1 high and wide.
  const height = 1;
  const pitch = 1 / gcr;
  const cos = cosd(tilt);
  const sin = sind(tilt);
  // The lower edges that hide ground, a little beyond the row so that no string has length 0.
  const right = { x: -pitch - 0.5001 * cos, y: height - 0.5001 * Math.abs(sin) };
  const left = { x: right.x + pitch, y: right.y };
  const a = { x: -0.5 * cos, y: height - 0.5 * sin };
  const b = { x: 0.5 * cos, y: height + 0.5 * sin };
  let total = 0;
  for (let k = -GROUND_ROWS; k < GROUND_ROWS; k++) {
    const strings = crossedStrings(a, b, { x: k * pitch, y: 0 }, { x: (k + 1) * pitch, y: 0 }, left, right);
    total += Math.max(strings, 0) / 2;
  }
  return total;
}

function groundToSky(tiltDeg: number, { gcr, heightM, pitchM }: Sheds): number {
  const rows = Math.ceil(heightM / (pitchM * Math.tan(SKY_ROWS_ELEVATION_DEG * RAD)));
  const cos = (pitchM * gcr * cosd(tiltDeg)) / 2;
  const sin = (pitchM * gcr * sind(tiltDeg)) / 2;
  const sign = Math.sign(tiltDeg);
  const a = { x: 0, y: 0 };
  const b = { x: pitchM, y: 0 };
  let total = 0;
  for (let k = -rows; k <= rows; k++) {
    const c = { x: (k + 1) * pitchM + sign * cos, y: heightM + sign * sin };
    const d = { x: c.x - pitchM, y: c.y };
    const near = [
      { x: k * pitchM - cos, y: heightM - sin },
      { x: k * pitchM + cos, y: heightM + sin },
    ];
    const left = direction(a, near[0]) > direction(a, near[1]) ? near[1] : near[0];
    const far = near.map(({ x, y }) => ({ x: x + pitchM, y }));
    const right = direction(b, far[0]) > direction(b, far[1]) ? far[0] : far[1];
    total += Math.max(crossedStrings(a, b, c, d, left, right) / (2 * pitchM), 0);
  }
  return total;
}

/** Returns the view factors of a face. @param tiltDeg 0 to 180 [deg]; a row's back has 180 less its front's tilt */
export function shedViews(tiltDeg: number, sheds: Sheds): ShedViews {
  const a = 1 / sheds.gcr;
  return {
    rowSky: 0.5 * (1 + a - Math.sqrt(a * a - 2 * a * cosd(tiltDeg) + 1)),
    rowGround: rowToGround(tiltDeg, sheds.gcr),
    groundSky: groundToSky(tiltDeg, sheds),
  };
}

/** Beyond this projected zenith [deg] no beam reaches the ground between rows. */
const MAX_PROJECTED_ZENITH_DEG = 85;

/**
 * Returns the share of the ground that the beam reaches [1].
 * @param tangent of the sun's zenith projected across the rows: cos(sun azimuth - face azimuth) tan(zenith)
 */
export const unshadedGround = (tiltDeg: number, tangent: number, gcr: number): number =>
  Math.abs(Math.atan(tangent)) > MAX_PROJECTED_ZENITH_DEG * RAD
    ? 0
    : 1 - Math.min(gcr * Math.abs(cosd(tiltDeg) + sind(tiltDeg) * tangent), 1);

/**
 * Returns the share of a face that lies in the neighbour's shadow [1]; 1 with the sun behind it. @param tangent as in
 * `unshadedGround`
 */
export function shadedFace(tiltDeg: number, tangent: number, gcr: number, incidence: number): number {
  const shadow = gcr * (sind(tiltDeg) * tangent + cosd(tiltDeg));
  if (!(shadow > 1)) return 0;
  return incidence > 0 ? 1 - 1 / shadow : 1;
}

/** Irradiance on one face [W/m2]. */
export interface FaceIrradiance {
  readonly directWm2: number;
  readonly skyWm2: number;
  readonly groundWm2: number;
  readonly shadedFraction: number;
}

/**
 * Computes the irradiance on one face of a row under a uniform sky.
 * @param incidence cosine of the angle of incidence on this face
 * @param tangent of the projected zenith, as in `unshadedGround`, with this face's azimuth
 * @param views of this face, from `shedViews`
 */
export function faceIrradiance(
  tiltDeg: number,
  incidence: number,
  tangent: number,
  gcr: number,
  views: ShedViews,
  ghiWm2: number,
  dniWm2: number,
  dhiWm2: number,
  albedo: number,
): FaceIrradiance {
  const shadedFraction = shadedFace(tiltDeg, tangent, gcr, incidence);
  const ground = albedo * (unshadedGround(tiltDeg, tangent, gcr) * (ghiWm2 - dhiWm2) + views.groundSky * dhiWm2);
  return {
    directWm2: Math.max(dniWm2 * incidence, 0) * (1 - shadedFraction),
    skyWm2: dhiWm2 * views.rowSky,
    groundWm2: ground * views.rowGround,
    shadedFraction,
  };
}

/** Weights of the rear irradiance. */
export interface Bifaciality {
  /** Rear power / front power [1], 0 to 1 */
  readonly bifaciality: number;
  /** Loss of rear irradiance by the structure behind the modules [1] */
  readonly backShading: number;
  /** Gain of rear irradiance from light through the gaps between modules [1] */
  readonly transmission: number;
}

/** Returns the weight of the rear irradiance relative to the front [1]. */
export const backWeight = ({ bifaciality, backShading, transmission }: Bifaciality): number =>
  bifaciality * (1 - backShading) * (1 + transmission);
