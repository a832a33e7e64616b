/** The far horizon: hills that hide the sun and a part of the sky. */
import { AppError } from '../../contracts/common/app-error.ts';

const RAD = Math.PI / 180;

/** Elevations of the horizon in order of azimuth, interpolated linearly around the circle. */
export interface HorizonProfile {
  /** Clockwise from north [deg], 0 to 360, rising */
  readonly azimuthDeg: readonly number[];
  /** [deg], 0 to 90 */
  readonly elevationDeg: readonly number[];
}

const refuse = (what: string): never => {
  throw new AppError('solar.invalid_input', `horizon: ${what}`);
};

/** @throws AppError `solar.invalid_input` for a profile that is empty, unordered or out of range */
export function checkHorizon(profile: HorizonProfile): HorizonProfile {
  const { azimuthDeg, elevationDeg } = profile;
  if (azimuthDeg.length === 0) refuse('there are no points; expected at least 1');
  if (azimuthDeg.length !== elevationDeg.length)
    refuse(`${azimuthDeg.length} azimuths for ${elevationDeg.length} elevations; expected as many`);
  azimuthDeg.forEach((azimuth, i) => {
    if (!(azimuth >= 0 && azimuth <= 360)) refuse(`azimuth ${azimuth} of point ${i + 1}; expected 0 to 360`);
    if (i > 0 && !(azimuth > azimuthDeg[i - 1])) refuse(`azimuth ${azimuth} of point ${i + 1} does not rise`);
    if (!(elevationDeg[i] >= 0 && elevationDeg[i] <= 90))
      refuse(`elevation ${elevationDeg[i]} of point ${i + 1}; expected 0 to 90`);
  });
  return profile;
}

/** Returns the elevation of the horizon in a direction [deg]. */
export function horizonElevation({ azimuthDeg, elevationDeg }: HorizonProfile, directionDeg: number): number {
  const n = azimuthDeg.length;
  const direction = directionDeg - 360 * Math.floor(directionDeg / 360);
  let next = 0;
  while (next < n && azimuthDeg[next] <= direction) next++;
  const before = (next + n - 1) % n;
  const after = next % n;
  const from = azimuthDeg[before] - (next === 0 ? 360 : 0);
  const to = azimuthDeg[after] + (next === n ? 360 : 0);
  if (!(to > from)) return elevationDeg[before];
  return elevationDeg[before] + ((elevationDeg[after] - elevationDeg[before]) * (direction - from)) / (to - from);
}

/** Returns the elevations at each whole degree of azimuth, 0 to 360, for fast look-up. */
export const horizonTable = (profile: HorizonProfile): Float64Array =>
  Float64Array.from({ length: 361 }, (_, azimuth) => horizonElevation(profile, azimuth));

/** Steps of the sky's integral [deg]. */
const SKY_STEP_DEG = 2;

/**
 * Returns the part of a uniform sky's irradiance on a plane that comes from above the horizon [1], by integrating over
 * the sky dome.
 * @param table from `horizonTable`
 * @param normal unit vector of the plane (east, north, up)
 */
export function horizonSkyFactor(table: Float64Array, normal: readonly [number, number, number]): number {
  let all = 0;
  let open = 0;
  for (let azimuth = SKY_STEP_DEG / 2; azimuth < 360; azimuth += SKY_STEP_DEG) {
    const east = Math.sin(azimuth * RAD);
    const north = Math.cos(azimuth * RAD);
    const skyline = table[Math.round(azimuth)];
    for (let elevation = SKY_STEP_DEG / 2; elevation < 90; elevation += SKY_STEP_DEG) {
      const cos = Math.cos(elevation * RAD);
      const sin = Math.sin(elevation * RAD);
      const seen = Math.max(0, cos * (east * normal[0] + north * normal[1]) + sin * normal[2]) * cos;
      all += seen;
      // The skyline cuts the cell that holds it.
      open += seen * Math.min(Math.max((elevation - skyline) / SKY_STEP_DEG + 0.5, 0), 1);
    }
  }
  return all > 0 ? open / all : 1;
}

/**
 * Reads a horizon file: two columns (azimuth, elevation) with an optional header, separated by comma, semicolon, tab or
 * space, with a decimal point or comma; or PVGIS's horizon profile (csv or json), whose azimuth is 0 in the south and positive to the west.
 * @throws AppError `solar.invalid_input` naming line and reason
 */
export function parseHorizon(text: string): HorizonProfile {
  const points = text.trimStart().startsWith('{') ? jsonPoints(text) : csvPoints(text);
  const byAzimuth = new Map<number, number>();
  for (const [azimuth, elevation] of points) byAzimuth.set(azimuth === 360 ? 0 : azimuth, elevation);
  const ordered = [...byAzimuth].sort(([a], [b]) => a - b);
  return checkHorizon({ azimuthDeg: ordered.map(([azimuth]) => azimuth), elevationDeg: ordered.map(([, e]) => e) });
}

type Point = readonly [azimuthDeg: number, elevationDeg: number];

/** Converts an azimuth of PVGIS (south 0, west 90) to degrees from north. */
const fromSouth = (azimuth: number): number => (azimuth + 540) % 360;

function jsonPoints(text: string): Point[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AppError('solar.invalid_input', 'horizon: the JSON cannot be read', { cause });
  }
  const profile = (document as { outputs?: { horizon_profile?: unknown } } | null)?.outputs?.horizon_profile;
  if (!Array.isArray(profile)) return refuse('outputs.horizon_profile is absent; expected a list of A and H_hor');
  return profile.map((entry: { A?: unknown; H_hor?: unknown }, i): Point => {
    if (typeof entry?.A !== 'number' || typeof entry.H_hor !== 'number')
      return refuse(`entry ${i + 1} has no numbers A and H_hor`);
    return [fromSouth(entry.A), entry.H_hor];
  });
}

/**
 * Splits a line at semicolons, tabs, commas or spaces. With semicolons or tabs a comma is the decimal sign, and so are the
 * commas of two numbers with spaces between them ("7,5 13,2").
 */
function cellsOf(line: string): string[] {
  const separator = [';', '\t'].find((sign) => line.includes(sign));
  if (separator !== undefined)
    return line.split(separator).map((cell) => cell.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  if (/^-?\d+,\d+\s+-?\d+,\d+$/.test(line)) return line.replaceAll(',', '.').split(/\s+/);
  return line.split(/[\s,]+/);
}

function csvPoints(text: string): Point[] {
  const points: Point[] = [];
  let isPvgis = false;
  let ended = false;
  text.split(/\r?\n/).forEach((line, i) => {
    const cells = cellsOf(line.trim());
    if (line.includes('H_hor')) isPvgis = true;
    if (ended || line.trim() === '') {
      // PVGIS's table ends at an empty line; its legend follows.
      if (isPvgis && points.length > 0) ended = true;
      return;
    }
    const [azimuth, elevation] = cells.map(Number);
    if (!Number.isFinite(azimuth) || !Number.isFinite(elevation)) {
      if (points.length > 0 && !isPvgis) refuse(`line ${i + 1} is "${line.trim()}"; expected azimuth and elevation`);
      return;
    }
    // Before its table PVGIS's file has lines such as "Latitude (decimal degrees): 45.000", which hold no two numbers first.
    points.push([isPvgis ? fromSouth(azimuth) : azimuth, elevation]);
  });
  if (points.length === 0) refuse('no line holds an azimuth and an elevation');
  return points;
}
