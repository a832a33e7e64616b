/** Reads the polygons and circles out of an area; free of the schema library, because compute threads load it. */
/** A polygon's rings, or a circle, and its place in the area. */
export type AreaPart =
  | { readonly path: readonly PropertyKey[]; readonly rings: Rings }
  | { readonly path: readonly PropertyKey[]; readonly middle: Position; readonly radiusM: number };

type Position = readonly number[];
type Rings = readonly (readonly Position[])[];
type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: Rings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }
  | { readonly type: 'Point'; readonly coordinates: Position };
interface Feature {
  readonly type: 'Feature';
  readonly geometry: Geometry;
  readonly properties?: { readonly radius_m?: number } | null;
}
/** What area.schema.ts accepts. */
type Area = Geometry | Feature | { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] };

/** Returns the polygons and circles of an area, in its own order. */
export function partsOf(area: Area): AreaPart[] {
  if (area.type === 'FeatureCollection') return area.features.flatMap((one, i) => partsOfFeature(one, ['features', i]));
  return area.type === 'Feature' ? partsOfFeature(area, []) : partsOfGeometry(area, undefined, []);
}

const partsOfFeature = ({ geometry, properties }: Feature, path: readonly PropertyKey[]) =>
  partsOfGeometry(geometry, properties?.radius_m, [...path, 'geometry']);

function partsOfGeometry(geometry: Geometry, radiusM: number | undefined, path: readonly PropertyKey[]): AreaPart[] {
  switch (geometry.type) {
    case 'Polygon':
      return [{ path: [...path, 'coordinates'], rings: geometry.coordinates }];
    case 'MultiPolygon':
      return geometry.coordinates.map((coordinates, i) => ({ path: [...path, 'coordinates', i], rings: coordinates }));
    case 'GeometryCollection':
      return geometry.geometries.flatMap((one, i) => partsOfGeometry(one, undefined, [...path, 'geometries', i]));
    case 'Point':
      return [{ path: [...path, 'coordinates'], middle: geometry.coordinates, radiusM: radiusM! }];
  }
}

/** Lists each corner and middle of an area, with its path in the request. */
export function* cornersOf(area: Area): Generator<{ path: PropertyKey[]; corner: readonly number[] }> {
  for (const part of partsOf(area))
    if ('middle' in part) yield { path: [...part.path], corner: part.middle };
    else
      for (const [r, corners] of part.rings.entries())
        for (const [i, corner] of corners.entries()) yield { path: [...part.path, r, i], corner };
}
