/** Speed-ups by position and sector from WAsP's grids. They convert one wind rose to the wind of each turbine. */
import { windError } from '../check.ts';
import type { ResourcePoint, SurfaceGrid, WindResourceGrid } from './wasp.ts';
import { weibullMean } from './weibull.ts';

/** Places in the plane [m] */
export interface Places {
  readonly xM: ArrayLike<number>;
  readonly yM: ArrayLike<number>;
}

/** Factors on the reference's speeds on a regular grid; plain data. */
export interface SpeedupGrid {
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly minY: number;
  readonly stepX: number;
  readonly stepY: number;
  /** By [sector][row * columns + column], rows from south to north; sector 0 centred on north */
  readonly factors: readonly Float64Array[];
  /** Frequency of the sector at each place over that at the reference, in the same order; left out: 1 everywhere */
  readonly frequency?: readonly Float64Array[];
  /**
   * Weibull's A and k at each place divided by those at the reference, for a wind of Weibull distributions; if absent, k is the
   * same everywhere
   */
  readonly weibull?: { readonly scale: readonly Float64Array[]; readonly shape: readonly Float64Array[] };
  /** Elevation above sea level at each place, in the same order; absent where the file has none [m] */
  readonly elevationM?: Float64Array;
}

/** The wind at each turbine relative to the reference, by sector: `factors[sector][turbine]`. */
export interface Speedups {
  /** Speed divided by that at the site's reference */
  readonly factors: readonly (readonly number[])[];
  /** Frequency of the sector divided by that at the reference; if absent, 1 */
  readonly frequency?: readonly (readonly number[])[];
  /**
   * Weibull's A and k divided by those at the reference; with a rose of Weibull distributions they replace `factors`
   */
  readonly weibull?: {
    readonly scale: readonly (readonly number[])[];
    readonly shape: readonly (readonly number[])[];
  };
}

/**
 * Returns the mean speed, Weibull's A and k, and frequency by sector over those of a reference place, which is inside
 * the grid.
 */
export function speedupsOfWrg(
  file: WindResourceGrid,
  reference: { readonly xM: number; readonly yM: number },
): SpeedupGrid {
  const { columns, rows, minX, minY, cellM, points } = file;
  const sectors = points[0].frequency.length;
  const blank = () => Array.from({ length: sectors }, () => new Float64Array(columns * rows).fill(Number.NaN));
  const means = blank();
  const scales = blank();
  const shapes = blank();
  const frequencies = blank();
  const elevations = new Float64Array(columns * rows).fill(Number.NaN);
  for (const { xM, yM, elevationM, weibull, frequency } of points) {
    const column = Math.round((xM - minX) / cellM);
    const row = Math.round((yM - minY) / cellM);
    const at = row * columns + column;
    elevations[at] = elevationM;
    weibull.forEach((w, s) => {
      means[s][at] = weibullMean(w);
      scales[s][at] = w.scaleMPerS;
      shapes[s][at] = w.shape;
      frequencies[s][at] = frequency[s];
    });
  }
  const grid = { columns, rows, minX, minY, stepX: cellM, stepY: cellM };
  const relative = (values: readonly Float64Array[]) => relativeTo({ ...grid, factors: values }, reference).factors;
  const at = { value: 0, byX: 0, byY: 0 };
  return {
    ...grid,
    elevationM: elevations,
    factors: relative(means),
    weibull: { scale: relative(scales), shape: relative(shapes) },
    frequency: frequencies.map((values, s) => {
      const { value } = bilinear(grid, values, reference.xM, reference.yM, at);
      if (value === 0 && values.some((v) => v > 0))
        throw windError(
          `sector ${s} has no wind at the reference, ${reference.xM}, ${reference.yM} m, and some at other points; expected another reference`,
          '/resource/reference',
        );
      return values.map((v) => (value > 0 ? v / value : 1));
    }),
  };
}

/** Farthest that a turbine may be from its point of a resource that is no grid [m] */
const MAX_POINT_DISTANCE_M = 1000;

export const placesOf = (points: readonly ResourcePoint[]): { readonly xM: number[]; readonly yM: number[] } => ({
  xM: points.map(({ xM }) => xM),
  yM: points.map(({ yM }) => yM),
});

/** Returns which point is nearest to each place, and how far it is [m]. */
export function nearestPoints(
  points: Places,
  places: Places,
): { readonly index: number[]; readonly distanceM: number[] } {
  const nearest = Array.from(places.xM, (x, i) => {
    let best = { index: 0, distanceM: Number.POSITIVE_INFINITY };
    for (let index = 0; index < points.xM.length; index++) {
      const distanceM = Math.hypot(points.xM[index] - x, points.yM[index] - places.yM[i]);
      if (distanceM < best.distanceM) best = { index, distanceM };
    }
    return best;
  });
  return { index: nearest.map(({ index }) => index), distanceM: nearest.map(({ distanceM }) => distanceM) };
}

/** Returns the elevation of each place, where a resource knows it: between its cells, or of its nearest point [m]; else null. */
export function elevationsAt(
  { grid, points }: { readonly grid: SpeedupGrid | null; readonly points: readonly ResourcePoint[] | null },
  places: Places,
): number[] | null {
  const elevations = points
    ? nearestPoints(placesOf(points), places).index.map((k) => points[k].elevationM)
    : grid?.elevationM
      ? Array.from(
          places.xM,
          (x, i) => bilinear(grid, grid.elevationM!, x, places.yM[i], { value: 0, byX: 0, byY: 0 }).value,
        )
      : [];
  return elevations.length > 0 && elevations.every(Number.isFinite) ? elevations : null;
}

/** @throws AppError that names the first turbine that has no point near it */
export function requireNearPoints(points: Places, places: Places, pointer: string): void {
  const { distanceM } = nearestPoints(points, places);
  const far = distanceM.findIndex((distance) => distance > MAX_POINT_DISTANCE_M);
  if (far < 0) return;
  throw windError(
    `turbine ${far} at ${Math.round(places.xM[far])}, ${Math.round(places.yM[far])} m is ${(distanceM[far] / 1000).toPrecision(3)} km from the nearest point of the wind resource; expected at most ${MAX_POINT_DISTANCE_M} m, in the same coordinates and UTM zone`,
    pointer,
  );
}

/** Returns the wind at places, each that of its nearest point, relative to a reference point. */
export function speedupsOfPoints(points: readonly ResourcePoint[], reference: ResourcePoint, places: Places): Speedups {
  const own = nearestPoints(placesOf(points), places).index.map((index) => points[index]);
  const bySector = (valueAt: (point: ResourcePoint, sector: number) => number, zero = Number.NaN) =>
    reference.frequency.map((_, s) => {
      const base = valueAt(reference, s);
      return own.map((point) => (base === 0 ? zero : valueAt(point, s) / base));
    });
  return {
    factors: bySector(({ weibull }, s) => weibullMean(weibull[s])),
    // A sector that has no wind at the reference has none anywhere.
    frequency: bySector(({ frequency }, s) => frequency[s], 1),
    weibull: {
      scale: bySector(({ weibull }, s) => weibull[s].scaleMPerS),
      shape: bySector(({ weibull }, s) => weibull[s].shape),
    },
  };
}

/** Returns the same from one grid of mean speeds, or of Weibull's A, for each sector. */
export function speedupsOfGrds(
  grids: readonly SurfaceGrid[],
  reference: { readonly xM: number; readonly yM: number },
): SpeedupGrid {
  if (grids.length === 0) throw windError('no grid is given; expected one a sector', '/file');
  const [{ columns, rows, minX, maxX, minY, maxY }] = grids;
  grids.forEach((g, s) => {
    const isSame = g.columns === columns && g.rows === rows && g.minX === minX && g.maxX === maxX && g.minY === minY;
    if (!isSame || g.maxY !== maxY) throw windError(`the grid of sector ${s} has other bounds than the first`, '/file');
  });
  const [stepX, stepY] = [(maxX - minX) / (columns - 1), (maxY - minY) / (rows - 1)];
  return relativeTo({ columns, rows, minX, minY, stepX, stepY, factors: grids.map((g) => g.values) }, reference);
}

function relativeTo(grid: SpeedupGrid, { xM, yM }: { readonly xM: number; readonly yM: number }): SpeedupGrid {
  const at = { value: 0, byX: 0, byY: 0 };
  return {
    ...grid,
    factors: grid.factors.map((values, s) => {
      const { value } = speedupAt(grid, s, xM, yM, at);
      if (!(value > 0)) throw windError(`sector ${s}: the mean speed at ${xM}, ${yM} m is ${value}; expected above 0`);
      return values.map((v) => v / value);
    }),
  };
}

/**
 * Interpolates bilinearly between the four points around a place, with derivatives [1/m]; on the edge beyond it.
 * @throws AppError where one of the four has no value
 */
export function bilinear(
  grid: Omit<SpeedupGrid, 'factors' | 'frequency' | 'weibull'>,
  values: Float64Array,
  x: number,
  y: number,
  out: { value: number; byX: number; byY: number },
): { value: number; byX: number; byY: number } {
  const { columns, rows, minX, minY, stepX, stepY } = grid;
  const px = Math.min(Math.max((x - minX) / stepX, 0), columns - 1);
  const py = Math.min(Math.max((y - minY) / stepY, 0), rows - 1);
  const column = Math.min(Math.floor(px), Math.max(columns - 2, 0));
  const row = Math.min(Math.floor(py), Math.max(rows - 2, 0));
  const right = Math.min(column + 1, columns - 1);
  const up = Math.min(row + 1, rows - 1);
  const [u, v] = [px - column, py - row];
  const v00 = values[row * columns + column];
  const v10 = values[row * columns + right];
  const v01 = values[up * columns + column];
  const v11 = values[up * columns + right];
  const south = v00 + u * (v10 - v00);
  const north = v01 + u * (v11 - v01);
  out.value = south + v * (north - south);
  if (Number.isNaN(out.value))
    throw windError(`the resource grid has no value around ${x}, ${y} m; turbines need one at their place`);
  const isWithinX = x > minX && x < minX + (columns - 1) * stepX;
  const isWithinY = y > minY && y < minY + (rows - 1) * stepY;
  out.byX = isWithinX ? ((1 - v) * (v10 - v00) + v * (v11 - v01)) / stepX : 0;
  out.byY = isWithinY ? (north - south) / stepY : 0;
  return out;
}

/** Bounds of a grid with the distance of its points [m] */
export type GridBounds = Pick<SpeedupGrid, 'columns' | 'rows' | 'minX' | 'minY' | 'stepX' | 'stepY'>;

/** Returns how far a place is outside of a grid, in cells of it; 0 inside. */
function cellsOutside({ columns, rows, minX, minY, stepX, stepY }: GridBounds, x: number, y: number): number {
  const beyond = (value: number, min: number, step: number, points: number) =>
    Math.max(0, min - value, value - min - (points - 1) * step) / step;
  return Math.max(beyond(x, minX, stepX, columns), beyond(y, minY, stepY, rows));
}

/**
 * Requires that places are on a grid or at most one cell beyond its edge.
 * @param what of the places: `turbine`  @param pointer field of the request that has the places
 */
export function requireNearGrid(grid: GridBounds, places: Places, what: string, pointer: string): void {
  const { columns, rows, minX, minY, stepX, stepY } = grid;
  for (let i = 0; i < places.xM.length; i++) {
    const [x, y] = [places.xM[i], places.yM[i]];
    const outside = cellsOutside(grid, x, y);
    if (outside <= 1) continue;
    const distanceKm = (outside * Math.max(stepX, stepY)) / 1000;
    throw windError(
      `${what} ${i} is at ${Math.round(x)}, ${Math.round(y)} m, ${distanceKm.toPrecision(3)} km outside of the wind resource, which has x from ${minX} to ${minX + (columns - 1) * stepX} and y from ${minY} to ${minY + (rows - 1) * stepY}; expected at most one cell beyond its edge, in the same coordinates and UTM zone`,
      pointer,
    );
  }
}

/** Returns the speed-up of a sector at a place, with derivatives [1/m]. */
export const speedupAt = (
  grid: SpeedupGrid,
  sector: number,
  x: number,
  y: number,
  out: { value: number; byX: number; byY: number },
) => bilinear(grid, grid.factors[sector], x, y, out);

/** Returns the wind at turbines in these positions, for `EnergyInput.speedups`. */
export function speedupsAt(grid: SpeedupGrid, x: ArrayLike<number>, y: ArrayLike<number>): Speedups {
  const at = { value: 0, byX: 0, byY: 0 };
  const read = (values: Float64Array) => Array.from(x, (xi, i) => bilinear(grid, values, xi, y[i], at).value);
  const { factors, frequency, weibull } = grid;
  return {
    factors: factors.map(read),
    frequency: frequency?.map(read),
    weibull: weibull && { scale: weibull.scale.map(read), shape: weibull.shape.map(read) },
  };
}

/**
 * Returns the speed-ups multiplied by factors for the kinds of turbine, for hubs above or below the height of the speeds.
 * @param hubFactors by [sector][kind]: one sector for all winds, or as many as the speed-ups have
 * @throws AppError where the two have different sectors
 */
export function withHubFactors(
  base: Speedups | undefined,
  hubFactors: readonly (readonly number[])[] | undefined,
  kind: ArrayLike<number>,
): Speedups | undefined {
  if (!hubFactors) return base;
  const [a, b] = [base?.factors.length ?? 1, hubFactors.length];
  if (a !== b && a !== 1 && b !== 1)
    throw windError(`speed-ups have ${a} sectors and hub factors ${b}; expected the same number, or 1`);
  const sectors = Array.from({ length: Math.max(a, b) }, (_, s) => s);
  const raised = (values: Speedups['factors'] | undefined) =>
    sectors.map((s) =>
      Array.from(kind, (k, i) => (values ? values[a === 1 ? 0 : s][i] : 1) * hubFactors[b === 1 ? 0 : s][k]),
    );
  const spread = (values: Speedups['factors']) => sectors.map((s) => values[a === 1 ? 0 : s]);
  const { factors, frequency, weibull } = base ?? {};
  return {
    factors: raised(factors),
    frequency: frequency && spread(frequency),
    weibull: weibull && { scale: raised(weibull.scale), shape: spread(weibull.shape) },
  };
}
