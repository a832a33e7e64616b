/** Random layouts of a site. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Random } from '../../statistics/random.ts';
import { windError } from '../check.ts';
import type { LayoutObjective } from './layout-objective.ts';
import { LayoutLocalSolver } from './layout-local.ts';
import type { CompiledSite } from './layout-site.ts';

const MAX_DARTS = 20_000;
/** Places tried for a turbine before the layout is pushed apart, and how often that is tried */
const DARTS_OF_EACH = 200;
const REPAIRS = 50;

/** Puts turbine `i` at a random place in the site. */
export function throwDart(site: CompiledSite, random: Random, x: Float64Array, y: Float64Array, i: number): void {
  const [minX, minY, maxX, maxY] = site.box;
  for (let dart = 0; dart < MAX_DARTS; dart++) {
    x[i] = minX + (maxX - minX) * random.uniform();
    y[i] = minY + (maxY - minY) * random.uniform();
    if (site.isInside(x[i], y[i])) return;
  }
  throw windError(`no place inside the site was found in ${MAX_DARTS} tries; its parts fill too little of their box`);
}

/** Tells whether turbine `i` is inside and far enough from the others before `count` and from those from `free` on. */
export function fits(
  site: CompiledSite,
  x: Float64Array,
  y: Float64Array,
  i: number,
  { count, free }: { readonly count: number; readonly free: number },
): boolean {
  if (!site.isInside(x[i], y[i])) return false;
  const limit = site.minSpacingM ** 2;
  for (let j = 0; j < x.length; j++)
    if (j !== i && (j < count || j >= free) && (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 < limit) return false;
  return true;
}

/**
 * Places the first `free` turbines at random positions with the minimum spacing. When no free position is found any more, the
 * last ones are pushed apart.
 */
export function placeAtRandom(
  {
    site,
    random,
    objective,
  }: { readonly site: CompiledSite; readonly random: Random; readonly objective: LayoutObjective },
  x: Float64Array,
  y: Float64Array,
  free: number,
): void {
  for (let i = 0; i < free; i++)
    for (let dart = 0; dart < DARTS_OF_EACH; dart++) {
      throwDart(site, random, x, y, i);
      if (fits(site, x, y, i, { count: i, free })) break;
    }
  const solver = new LayoutLocalSolver(objective, site, free, 1);
  for (let attempt = 0; attempt < REPAIRS; attempt++) {
    if (solver.repair(x, y)) return;
    throwDart(site, random, x, y, random.below(free));
  }
  throw new AppError(
    'optimize.infeasible',
    `no layout of ${x.length} turbines with ${site.minSpacingM} m between them was found on the site's ` +
      `${(site.areaM2 / 1e6).toFixed(3)} km2; expected fewer turbines or less spacing`,
    { pointer: '/turbines' },
  );
}
