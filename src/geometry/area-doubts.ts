/** Doubts about the areas of sites and of searches. */
import { type Area, cornersOf, featuresOf, partsOf } from '../contracts/common/area-parts.ts';
import { type SiteWarning, warnSite } from '../contracts/sites/warnings.ts';
import { distanceKm } from './distance.ts';
import type { Point } from './projection.ts';
import { crossedShare } from './zones.ts';

/** An area of a site is around it, or beside it [km] */
const NEAR_KM = 50;
/** No site is so large [km] */
const REACH_KM = 150;

/** A spike or a sliver of a drawn edge crosses less [1] */
const MAX_CROSSED = 0.01;

/** Crossings of larger areas are not looked for where the event loop waits: a page of the list has many areas. */
const MAX_CORNERS_ON_LOOP = 100;

/**
 * @param pointer of the area in the request
 * @param weather place of the weather that is computed for the area; null: unknown
 */
export function areaDoubts(
  area: (Area & { readonly unit?: 'deg' | 'm' }) | null | undefined,
  pointer: string,
  weather: Place | null,
): SiteWarning[] {
  if (!area) return [];
  const distance_km = weather && area.unit === 'deg' ? nearestAndFarthestKm(weather, area)[0] : 0;
  return [
    ...emptyFeatures(area, pointer),
    ...crossingDoubts(area, pointer),
    ...(distance_km > NEAR_KM
      ? [warnSite('site.area_far_from_weather', { distance_km: Math.round(distance_km) }, pointer)]
      : []),
  ];
}

function emptyFeatures(area: Area, pointer: string): SiteWarning[] {
  const n_features = featuresOf(area).filter(({ geometry }) => geometry === null).length;
  return n_features > 0 ? [warnSite('site.features_empty', { n_features }, pointer)] : [];
}

/**
 * Returns the doubt about a ring whose edges cross.
 * @param maxCorners areas of more are not looked at
 */
export function crossingDoubts(area: Area, pointer: string, maxCorners = Number.POSITIVE_INFINITY): SiteWarning[] {
  const rings = partsOf(area).flatMap((part) => ('rings' in part ? part.rings : []));
  if (rings.reduce((sum, { length }) => sum + length, 0) > maxCorners) return [];
  const crossed = rings
    .map((ring) => crossedShare(ring.map(([x, y]): Point => [x, y])))
    .reduce((most, one) => Math.max(most, one), 0);
  return crossed > MAX_CROSSED
    ? [warnSite('site.edges_cross', { crossed_pct: Number((100 * crossed).toPrecision(3)) }, pointer)]
    : [];
}

interface Place {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}
interface SiteAreas extends Place {
  readonly boundary?: Area | null;
  readonly exclusions?: Area | null;
}

/** Returns the distances of the nearest and the farthest corner of an area, which may have 50,000. */
function nearestAndFarthestKm(site: Place, area: Area): readonly [number, number] {
  const eastPerNorth = Math.cos((site.latitude_deg * Math.PI) / 180);
  let [near, far] = [Number.POSITIVE_INFINITY, -1];
  let [nearest, farthest]: (readonly number[])[] = [[], []];
  for (const { corner } of cornersOf(area)) {
    // A plane finds the corner, the sphere its distance.
    const east = (Math.abs(corner[0] - site.longitude_deg) > 180 ? 360 : 0) - Math.abs(corner[0] - site.longitude_deg);
    const north = corner[1] - site.latitude_deg;
    const square = (eastPerNorth * east) ** 2 + north * north;
    if (square < near) [near, nearest] = [square, corner];
    if (square > far) [far, farthest] = [square, corner];
  }
  const km = (corner: readonly number[]): number =>
    corner.length === 0
      ? Number.POSITIVE_INFINITY
      : distanceKm(site, { longitude_deg: corner[0], latitude_deg: corner[1] });
  return [km(nearest), km(farthest)];
}

/** Returns the doubts about the areas of a site. */
export function siteDoubts(site: SiteAreas): SiteWarning[] {
  return (['boundary', 'exclusions'] as const).flatMap((name) => {
    const area = site[name];
    if (!area) return [];
    const pointer = `/${name}`;
    const [distance_km, reach_km] = nearestAndFarthestKm(site, area);
    return [
      ...emptyFeatures(area, pointer),
      ...crossingDoubts(area, pointer, MAX_CORNERS_ON_LOOP),
      ...(distance_km > NEAR_KM
        ? [warnSite('site.area_far', { area: name, distance_km }, pointer)]
        : reach_km > REACH_KM
          ? [warnSite('site.corner_far', { area: name, distance_km: reach_km }, pointer)]
          : []),
    ];
  });
}
