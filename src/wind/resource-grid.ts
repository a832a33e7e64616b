/** Speed-ups by place and sector, from WAsP's grids: what turns one wind rose into each turbine's own. */
import { windError } from './check.ts';
import type { SurfaceGrid, WindResourceGrid } from './wasp.ts';
import { weibullMean } from './weibull.ts';

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
}

/** Mean speed by sector over that of a reference place, which is inside the grid. */
export function speedupsOfWrg(
  grid: WindResourceGrid,
  reference: { readonly xM: number; readonly yM: number },
): SpeedupGrid {
  const { columns, rows, minX, minY, cellM, points } = grid;
  const sectors = points[0].frequency.length;
  const means = Array.from({ length: sectors }, () => new Float64Array(columns * rows).fill(Number.NaN));
  for (const { xM, yM, weibull } of points) {
    const column = Math.round((xM - minX) / cellM);
    const row = Math.round((yM - minY) / cellM);
    if (!(column >= 0 && column < columns && row >= 0 && row < rows))
      throw windError(`a point at ${xM}, ${yM} m lies outside of the grid of ${columns} by ${rows} points`, '/file');
    weibull.forEach((w, s) => {
      means[s][row * columns + column] = weibullMean(w);
    });
  }
  return relativeTo({ columns, rows, minX, minY, stepX: cellM, stepY: cellM, factors: means }, reference);
}

/** The same from one grid of mean speeds, or of Weibull's A, for each sector. */
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
 * Bilinear between the four points around a place, with derivatives [1/m]; on the edge beyond it.
 * @throws AppError where one of the four has no value
 */
export function speedupAt(
  grid: SpeedupGrid,
  sector: number,
  x: number,
  y: number,
  out: { value: number; byX: number; byY: number },
): { value: number; byX: number; byY: number } {
  const { columns, rows, minX, minY, stepX, stepY } = grid;
  const values = grid.factors[sector];
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

/** Factors of turbines at these places, by [sector][turbine]: what `EnergyInput.speedups` takes. */
export function speedupsAt(
  grid: SpeedupGrid,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { readonly factors: readonly (readonly number[])[] } {
  const at = { value: 0, byX: 0, byY: 0 };
  return {
    factors: grid.factors.map((_, s) => Array.from(x, (xi, i) => speedupAt(grid, s, xi, y[i], at).value)),
  };
}
