/** Sites from GeoJSON: polygons in longitude and latitude, laid flat around their middle. RFC 7946 */
import proj4 from 'proj4';
import { requireRange, windError } from '../check.ts';
import type { Point, Ring, SitePolygon } from './layout-site.ts';

type Json = Readonly<Record<string, unknown>>;

/** A transverse Mercator projection of its own for each site: lengths are true to 1e-5 within 25 km of its middle. */
export interface LocalProjection {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Metres east and north of the middle */
  toPlane(longitudeDeg: number, latitudeDeg: number): Point;
  /** Degrees east and north */
  toGlobe(xM: number, yM: number): readonly [longitudeDeg: number, latitudeDeg: number];
}

export function localProjection(longitudeDeg: number, latitudeDeg: number): LocalProjection {
  requireRange('longitude_deg', longitudeDeg, -180, 180);
  requireRange('latitude_deg', latitudeDeg, -85, 85);
  return projectionOf(
    longitudeDeg,
    latitudeDeg,
    `+proj=tmerc +lat_0=${latitudeDeg} +lon_0=${longitudeDeg} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs`,
  );
}

/** A zone of the Universal Transverse Mercator system, in which WAsP's grids usually are; eastings and northings [m]. */
export function utmProjection(zone: number, isSouth: boolean): LocalProjection {
  requireRange('utm_zone', zone, 1, 60);
  return projectionOf(
    6 * zone - 183,
    0,
    `+proj=utm +zone=${zone}${isSouth ? ' +south' : ''} +ellps=WGS84 +units=m +no_defs`,
  );
}

function projectionOf(longitudeDeg: number, latitudeDeg: number, definition: string): LocalProjection {
  const plane = proj4('EPSG:4326', definition);
  return {
    longitudeDeg,
    latitudeDeg,
    toPlane(longitude, latitude) {
      const [x, y] = plane.forward([longitude, latitude]);
      return [x, y];
    },
    toGlobe(x, y) {
      const [longitude, latitude] = plane.inverse([x, y]);
      return [longitude, latitude];
    },
  };
}

/** A site beyond this is not flat enough [km]. */
const MAX_EXTENT_KM = 300;
const MAX_CORNERS = 20_000;

/**
 * Reads polygons from a Polygon, MultiPolygon, Feature, FeatureCollection or GeometryCollection.
 * @param projection another site's, for exclusion zones; default: one around the middle of these polygons
 * @throws AppError that names what is wrong and where
 */
export function polygonsOfGeoJson(
  geojson: unknown,
  projection?: LocalProjection,
): { readonly polygons: readonly SitePolygon[]; readonly projection: LocalProjection } {
  const polygons: (readonly (readonly Point[])[])[] = [];
  collect(geojson, 'geojson', polygons);
  if (polygons.length === 0) throw windError('the GeoJSON holds no polygon; expected at least one', '/site');
  const corners = polygons.flat(2);
  if (corners.length > MAX_CORNERS)
    throw windError(`the GeoJSON has ${corners.length} corners; expected at most ${MAX_CORNERS}`, '/site');
  const range = (axis: 0 | 1) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const corner of corners) {
      low = Math.min(low, corner[axis]);
      high = Math.max(high, corner[axis]);
    }
    return [low, high];
  };
  const [west, east] = range(0);
  const [south, north] = range(1);
  const used = projection ?? localProjection((west + east) / 2, (south + north) / 2);
  const [minX, minY] = used.toPlane(west, south);
  const [maxX, maxY] = used.toPlane(east, north);
  const extentKm = Math.max(Math.abs(maxX - minX), Math.abs(maxY - minY)) / 1000;
  if (!(extentKm <= MAX_EXTENT_KM))
    throw windError(`the polygons are ${extentKm.toFixed(0)} km across; expected at most ${MAX_EXTENT_KM}`, '/site');
  const flat = (ring: Ring): Ring => ring.map(([longitude, latitude]) => used.toPlane(longitude, latitude));
  return {
    polygons: polygons.map(([outer, ...holes]) => ({ outer: flat(outer), holes: holes.map(flat) })),
    projection: used,
  };
}

function collect(value: unknown, at: string, polygons: (readonly Ring[])[]): void {
  const json = value as Json | null;
  switch (json?.type) {
    case 'FeatureCollection':
      list(json.features, `${at}.features`).forEach((feature, i) => {
        collect(feature, `${at}.features[${i}]`, polygons);
      });
      return;
    case 'GeometryCollection':
      list(json.geometries, `${at}.geometries`).forEach((geometry, i) => {
        collect(geometry, `${at}.geometries[${i}]`, polygons);
      });
      return;
    case 'Feature':
      collect(json.geometry, `${at}.geometry`, polygons);
      return;
    case 'Polygon':
      polygons.push(rings(json.coordinates, `${at}.coordinates`));
      return;
    case 'MultiPolygon':
      list(json.coordinates, `${at}.coordinates`).forEach((polygon, i) => {
        polygons.push(rings(polygon, `${at}.coordinates[${i}]`));
      });
      return;
    default:
      throw windError(
        `${at}.type is ${String(json?.type)}; expected polygons, features or collections of these`,
        '/site',
      );
  }
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw windError(`${at} is not a list`, '/site');
  return value;
}

function rings(value: unknown, at: string): readonly Ring[] {
  const closedRings = list(value, at).map((ring, r) =>
    list(ring, `${at}[${r}]`).map((corner, i): Point => {
      const [longitude, latitude] = list(corner, `${at}[${r}][${i}]`) as number[];
      if (!(longitude >= -180 && longitude <= 180 && latitude >= -85 && latitude <= 85))
        throw windError(
          `${at}[${r}][${i}] is ${longitude}, ${latitude}; expected longitude -180 to 180 and latitude -85 to 85`,
          '/site',
        );
      return [longitude, latitude];
    }),
  );
  if (closedRings.length === 0) throw windError(`${at} has no rings; expected an outer one`, '/site');
  return closedRings;
}
