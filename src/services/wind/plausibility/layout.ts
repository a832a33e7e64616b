/** Doubts about places and areas, and about the terms of a search. */
import { isCircle, type Zone } from '../../../geometry/zones.ts';
import type { WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { type WindWarning, warnWind } from '../../../contracts/wind/warnings.ts';
import { hullAreaKm2 } from '../../../wind/layout/hull-area.ts';
import { CompiledSite, type LayoutSite } from '../../../wind/layout/layout-site.ts';
import type { Farm } from '../../../wind/turbine/farm.ts';
import { nearestPair } from '../../../wind/turbine/spacing.ts';
import { ratedPowerKw } from '../../../wind/turbine/turbine.ts';

/** Below this wake models do not hold [rotor diameters]. */
const MIN_DIAMETERS = 2;
const MAX_DISTANCE_KM = 100;
/** A turbine that is farther from the middle than both of these is none of the farm: the largest farms are 40 km across. */
const APART = { km: 15, medians: 8 };
const MAX_MW_PER_KM2 = 40;
/** Less than this is the rounding of coordinates in the computer [m] */
const ROUNDING_M = 1e-6;

const median = (values: ArrayLike<number>): number => Float64Array.from(values).sort()[Math.floor(values.length / 2)];

/** @param pointer of the places in the request */
export function placeWarnings(farm: Farm, pointer: string): WindWarning[] {
  const { xM, yM, turbines, kind } = farm;
  const doubts: WindWarning[] = [];
  const pair = nearestPair(farm);
  if (pair && pair.diameters < MIN_DIAMETERS - 1e-6)
    doubts.push(
      warnWind(
        'wind.spacing_small',
        { first: pair.first, second: pair.second, distance_m: pair.distanceM, diameters: pair.diameters },
        pointer,
      ),
    );
  const distancesKm = distancesFrom(median(xM), median(yM), farm);
  const farthest = distancesKm.reduce((far, km, i) => (km > distancesKm[far] ? i : far), 0);
  const isFar =
    distancesKm[farthest] > MAX_DISTANCE_KM ||
    (distancesKm[farthest] > APART.km && distancesKm[farthest] > APART.medians * median(distancesKm));
  if (isFar)
    doubts.push(
      warnWind('wind.turbines_far_apart', { turbine: farthest, distance_km: distancesKm[farthest] }, pointer),
    );
  const specs = Array.from(xM, (_, i) => turbines[kind?.[i] ?? 0]);
  const mw = specs.reduce((sum, spec) => sum + ratedPowerKw(spec), 0) / 1000;
  const marginM = 2 * Math.max(...specs.map(({ diameterM }) => diameterM));
  const density = mw / hullAreaKm2(Array.from(xM), Array.from(yM), marginM);
  if (xM.length >= 4 && density > MAX_MW_PER_KM2)
    doubts.push(warnWind('wind.power_density_high', { mw_per_km2: density }, pointer));
  return doubts;
}

const distancesFrom = (x: number, y: number, { xM, yM }: Pick<Farm, 'xM' | 'yM'>): number[] =>
  Array.from(xM, (one, i) => Math.hypot(one - x, yM[i] - y) / 1000);

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

function boxOf(zone: Zone): Box {
  if (isCircle(zone)) {
    const { xM, yM, radiusM } = zone;
    return [xM - radiusM, yM - radiusM, xM + radiusM, yM + radiusM];
  }
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of zone.outer) {
    [box[0], box[1]] = [Math.min(box[0], x), Math.min(box[1], y)];
    [box[2], box[3]] = [Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

const overlap = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** @param largestM largest rotor diameter */
export function areaWarnings(
  body: WindOptimizeInput,
  site: LayoutSite,
  largestM: number,
  turbines: number,
): WindWarning[] {
  const doubts: WindWarning[] = [];
  const compiled = new CompiledSite(site);
  const [minX, minY, maxX, maxY] = compiled.box;
  const [width, height] = [maxX - minX, maxY - minY];
  if (Math.min(width, height) < largestM || Math.max(width, height) > 1000 * MAX_DISTANCE_KM)
    doubts.push(warnWind('wind.area_odd', { width_km: width / 1000, height_km: height / 1000 }, '/boundary'));
  const exclusions = site.exclusions ?? [];
  const boxes = site.zones.map(boxOf);
  if (exclusions.length > 0 && !exclusions.some((zone) => boxes.some((box) => overlap(box, boxOf(zone)))))
    doubts.push(warnWind('wind.exclusion_without_effect', { n_exclusions: exclusions.length }, '/exclusions'));
  body.substations.forEach(({ x_m, y_m }, i) => {
    const distanceKm = Math.hypot(x_m - (minX + maxX) / 2, y_m - (minY + maxY) / 2) / 1000;
    if (distanceKm > MAX_DISTANCE_KM)
      doubts.push(warnWind('wind.substation_far', { substation: i, distance_km: distanceKm }, `/substations/${i}`));
  });
  const share = turbines / compiled.capacity;
  if (turbines > 4 && share > 0.6)
    doubts.push(warnWind('wind.site_crowded', { n_turbines: turbines, share_pct: 100 * share }, '/n_turbines'));
  return doubts;
}

/** @param free number of turbines that the search moves */
export function startWarnings(site: LayoutSite, { xM, yM }: Farm, free: number): WindWarning[] {
  const compiled = new CompiledSite(site);
  const at = { inside: 0, byX: 0, byY: 0 };
  const missing = Array.from({ length: free }, (_, i) => -compiled.distance(xM[i], yM[i], at).inside);
  const worst = missing.reduce((far, one, i) => (one > missing[far] ? i : far), 0);
  const doubts: WindWarning[] = [];
  if (missing[worst] > ROUNDING_M) {
    const values = { turbine: worst, distance_m: missing[worst] };
    doubts.push(warnWind('wind.start_moved', values, '/start_layout'));
  }
  let crowded = { first: 0, second: 0, second_in: '', distance_m: 0 };
  for (let i = 0; i < xM.length; i++)
    for (let j = 0; j < Math.min(i, free); j++) {
      const lacks = site.minSpacingM - Math.hypot(xM[i] - xM[j], yM[i] - yM[j]);
      if (lacks > crowded.distance_m)
        crowded = {
          first: j,
          second: i < free ? i : i - free,
          second_in: i < free ? 'start_layout' : 'fixed_layout',
          distance_m: lacks,
        };
    }
  if (crowded.distance_m > ROUNDING_M) doubts.push(warnWind('wind.start_crowded', crowded, '/start_layout'));
  return doubts;
}

export function searchWarnings(body: WindOptimizeInput): WindWarning[] {
  const { min_spacing_diameters: spacing, search_bins: bins, n_turbines: numbers } = body;
  const doubts: WindWarning[] = [];
  if (spacing < MIN_DIAMETERS || spacing > 15)
    doubts.push(warnWind('wind.min_spacing_unusual', { min_spacing_diameters: spacing }, '/min_spacing_diameters'));
  if (bins.direction_step_deg > 10)
    doubts.push(
      warnWind(
        'wind.search_directions_coarse',
        { direction_step_deg: bins.direction_step_deg },
        '/search_bins/direction_step_deg',
      ),
    );
  if (body.method !== 'greedy' && body.n_iterations !== undefined && body.n_iterations < 10)
    doubts.push(warnWind('wind.search_short', { n_iterations: body.n_iterations }, '/n_iterations'));
  if (body.objective === 'cable_length' && body.method !== 'nsga2')
    doubts.push(warnWind('wind.objective_ignores_energy', {}, '/objective'));
  if (body.objective === 'aep' && body.method !== 'nsga2' && Array.isArray(numbers) && numbers.length > 1)
    doubts.push(warnWind('wind.objective_prefers_most', { n_numbers: numbers.length }, '/n_turbines'));
  return doubts;
}
