/** Reads the shapes out of an area; free of the schema library, because compute threads load it. */
/** The rings of a polygon, a circle, or a line, and its place in the area. */
export type AreaPart = {
  readonly path: readonly PropertyKey[];
  /** Distance kept from this part; left out: that of the area */
  readonly setbackM?: number;
} & (
  | { readonly rings: Rings }
  | { readonly middle: Position; readonly radiusM: number }
  | { readonly line: readonly Position[]; readonly radiusM: 0 }
);

type Position = readonly number[];
type Rings = readonly (readonly Position[])[];
type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: Rings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: Rings };
interface Properties {
  readonly radius_m?: number;
  readonly setback_m?: number;
}
interface Feature {
  readonly type: 'Feature';
  readonly geometry: Geometry | null;
  readonly properties?: Properties | null;
}
/** What area.schema.ts accepts. */
export type Area = Geometry | Feature | { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] };

/** Returns the features of an area; none if it is a geometry. */
export const featuresOf = (area: Area): readonly Feature[] =>
  area.type === 'FeatureCollection' ? area.features : area.type === 'Feature' ? [area] : [];

/** Returns the shapes of an area, in its own order. Features without a geometry have none. */
export function partsOf(area: Area): AreaPart[] {
  if (area.type === 'FeatureCollection') return area.features.flatMap((one, i) => partsOfFeature(one, ['features', i]));
  return area.type === 'Feature' ? partsOfFeature(area, []) : partsOfGeometry(area, {}, []);
}

const partsOfFeature = ({ geometry, properties }: Feature, path: readonly PropertyKey[]): AreaPart[] =>
  geometry ? partsOfGeometry(geometry, properties ?? {}, [...path, 'geometry']) : [];

function partsOfGeometry(geometry: Geometry, properties: Properties, path: readonly PropertyKey[]): AreaPart[] {
  const at = [...path, 'coordinates'];
  const { radius_m: radiusM = 0, setback_m } = properties;
  const own = setback_m === undefined ? {} : { setbackM: setback_m };
  switch (geometry.type) {
    case 'Polygon':
      return [{ path: at, ...own, rings: geometry.coordinates }];
    case 'MultiPolygon':
      return geometry.coordinates.map((rings, i) => ({ path: [...at, i], ...own, rings }));
    case 'GeometryCollection':
      return geometry.geometries.flatMap((one, i) => partsOfGeometry(one, { setback_m }, [...path, 'geometries', i]));
    case 'Point':
      return [{ path: at, ...own, middle: geometry.coordinates, radiusM }];
    case 'MultiPoint':
      return geometry.coordinates.map((middle, i) => ({ path: [...at, i], ...own, middle, radiusM }));
    case 'LineString':
      return [{ path: at, ...own, line: geometry.coordinates, radiusM: 0 }];
    case 'MultiLineString':
      return geometry.coordinates.map((line, i) => ({ path: [...at, i], ...own, line, radiusM: 0 }));
  }
}

/** Returns the rings of a polygon, or a line as the only one. */
export const linesOf = (part: Exclude<AreaPart, { readonly middle: Position }>): Rings =>
  'rings' in part ? part.rings : [part.line];

/** Lists each corner and middle of an area, with its path in the request. */
export function* cornersOf(area: Area): Generator<{ path: PropertyKey[]; corner: readonly number[] }> {
  for (const part of partsOf(area))
    if ('middle' in part) yield { path: [...part.path], corner: part.middle };
    else
      for (const [r, corners] of linesOf(part).entries())
        for (const [i, corner] of corners.entries())
          yield { path: [...part.path, ...('rings' in part ? [r] : []), i], corner };
}
