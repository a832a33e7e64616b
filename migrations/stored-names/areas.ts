/** Areas as they were (`geojson`, `zones`, a ring of corners) and as they are (GeoJSON with unit and setback). */
import type { Json } from './rewrite.ts';

type Corner = readonly number[];
type Zone = { outer: Corner[]; holes?: Corner[][] } | { x_m: number; y_m: number; radius_m: number };

const closed = (ring: readonly Corner[]): Corner[] => {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  return first[0] === last[0] && first[1] === last[1] ? [...ring] : [...ring, first];
};

const featureOf = (zone: Zone): Json =>
  'radius_m' in zone
    ? {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [zone.x_m, zone.y_m] },
        properties: { radius_m: zone.radius_m },
      }
    : {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [zone.outer, ...(zone.holes ?? [])].map(closed) },
        properties: null,
      };

/** @param former of a request of POST /v1/wind/optimize */
export function areaOf(former: Json): Json {
  if ('geojson' in former) return { ...(former.geojson as Json), unit: 'deg', setback_m: 0 };
  if (!('zones' in former)) return former;
  const features = (former.zones as Zone[]).map(featureOf);
  const area = features.length === 1 ? features[0] : { type: 'FeatureCollection', features };
  return { ...area, unit: 'm', setback_m: 0 };
}

/** What the code before can read; a setback, and circles in degrees, are what it has no form for. */
export function formerOf({ unit, setback_m, ...area }: Json): Json {
  if (setback_m !== 0) throw new Error(`an area has a setback of ${setback_m} m, which the version before cannot keep`);
  const features = (area.type === 'FeatureCollection' ? area.features : [area]) as Json[];
  const parts = features.flatMap(partsOf);
  if (unit === 'm') return { zones: parts };
  if (parts.some((part) => 'radius_m' in part))
    throw new Error('an area in degrees has a circle, which the version before cannot keep');
  return { geojson: area };
}

function partsOf(one: Json): Zone[] {
  if (one.type === 'Feature') {
    const geometry = one.geometry as Json;
    if (geometry.type !== 'Point') return partsOf(geometry);
    const [x_m, y_m] = geometry.coordinates as number[];
    return [{ x_m, y_m, radius_m: (one.properties as { radius_m: number }).radius_m }];
  }
  if (one.type === 'GeometryCollection') return (one.geometries as Json[]).flatMap(partsOf);
  const polygons = (one.type === 'Polygon' ? [one.coordinates] : one.coordinates) as Corner[][][];
  return polygons.map(([outer, ...holes]) => (holes.length > 0 ? { outer, holes } : { outer }));
}

export const polygonOf = (ring: readonly Corner[]): Json => ({
  type: 'Polygon',
  coordinates: [closed(ring)],
  unit: 'deg',
  setback_m: 0,
});

export function ringOf({ type, coordinates, unit, setback_m }: Json): Corner[] {
  const rings = coordinates as Corner[][];
  if (type !== 'Polygon' || rings.length !== 1 || unit !== 'deg' || setback_m !== 0)
    throw new Error(
      'the boundary of a solar search is more than one ring in degrees, which the version before cannot keep',
    );
  return rings[0];
}
