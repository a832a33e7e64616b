/** The one form of an area: GeoJSON (RFC 7946), in degrees or in metres, with the distance that is kept from its edge. */
import { z } from 'zod';
import { cornersOf, linesOf, partsOf } from './area-parts.ts';
import { ownChoice, withDefault } from './fields.schema.ts';

/** Corners of a ring, and of all polygons of an area together: 1,500 circles of 32 corners; a point with a radius is a circle too */
const MAX_CORNERS = 20_000;
const MAX_ALL_CORNERS = 50_000;

const position = z.array(z.number()).min(2).max(3).describe('Longitude and latitude, or eastings and northings');
const ring = z.array(position).min(3).max(MAX_CORNERS);
const rings = z.array(ring).min(1).max(1000).describe('The outer ring, then holes');

const polygon = z.looseObject({ type: z.literal('Polygon'), coordinates: rings }).meta({ id: 'Polygon' });
const multiPolygon = z
  .looseObject({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1).max(1000) })
  .meta({ id: 'MultiPolygon' });
const geometryCollection = z
  .looseObject({
    type: z.literal('GeometryCollection'),
    geometries: z
      .array(z.discriminatedUnion('type', [polygon, multiPolygon]))
      .min(1)
      .max(1000),
  })
  .meta({ id: 'GeometryCollection' });
const point = z.looseObject({ type: z.literal('Point'), coordinates: position }).meta({ id: 'Point' });
const line = z.array(position).min(2).max(MAX_CORNERS);
const multiPoint = z
  .looseObject({ type: z.literal('MultiPoint'), coordinates: z.array(position).min(1).max(MAX_CORNERS) })
  .meta({ id: 'MultiPoint' });
const lineString = z.looseObject({ type: z.literal('LineString'), coordinates: line }).meta({ id: 'LineString' });
const multiLineString = z
  .looseObject({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1).max(1000) })
  .meta({ id: 'MultiLineString' });
const feature = z
  .looseObject({
    type: z.literal('Feature'),
    geometry: z
      .discriminatedUnion('type', [
        polygon,
        multiPolygon,
        geometryCollection,
        point,
        multiPoint,
        lineString,
        multiLineString,
      ])
      .nullable()
      .describe('null: nothing, the feature is skipped'),
    properties: z
      .looseObject({
        radius_m: z.number().min(1).max(1e6).optional().describe('Radius of a circle around a Point [m]'),
        setback_m: z
          .number()
          .min(0)
          .max(1e5)
          .optional()
          .describe(
            'Distance kept from the edge of this feature, or from its points and lines [m], in place of that of the area; 0 to 100000',
          ),
      })
      .nullish(),
  })
  .meta({ id: 'Feature' });
const featureCollection = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z.array(feature).min(1).max(1000),
});

const terms = {
  unit: withDefault(z.enum(['deg', 'm']), 'deg', ownChoice('the unit of GeoJSON')).describe(
    'deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request',
  ),
  setback_m: withDefault(z.number().min(0).max(1e5), 0, ownChoice('no distance')).describe(
    'Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000',
  ),
};

/** Returns the former fields of areas, and the form that replaces them. */
function formerly(input: unknown): string | undefined {
  if (Array.isArray(input))
    return 'an area is GeoJSON now; expected {"type": "Polygon", "coordinates": [the ring]} in place of the ring';
  if (typeof input !== 'object' || input === null) return undefined;
  if ('geojson' in input) return 'geojson is no longer a field of its own; expected its value in place of this object';
  if ('zones' in input)
    return (
      'zones are GeoJSON now; expected {"type": "MultiPolygon", "coordinates": [...], "unit": "m"}, and for a circle ' +
      '{"type": "Feature", "unit": "m", "geometry": {"type": "Point", "coordinates": [x_m, y_m]}, "properties": {"radius_m": ...}}'
    );
  return undefined;
}

export const areaSchema = z
  .discriminatedUnion(
    'type',
    [
      polygon.extend(terms),
      multiPolygon.extend(terms),
      geometryCollection.extend(terms),
      feature.safeExtend(terms),
      featureCollection.extend(terms),
    ],
    {
      error: ({ input }) =>
        formerly(input) ??
        'expected GeoJSON: a Polygon, MultiPolygon, GeometryCollection, Feature or FeatureCollection',
    },
  )
  .superRefine((area, context) => {
    const parts = partsOf(area);
    if (parts.length === 0) {
      context.addIssue({ code: 'custom', message: 'no feature of the area has a geometry; expected a polygon' });
      return;
    }
    const bare = parts.find((part) => !('rings' in part) && part.radiusM + (part.setbackM ?? area.setback_m) === 0);
    if (bare) {
      context.addIssue({
        code: 'custom',
        message: 'points and lines have no area of their own; expected radius_m of a Point, or setback_m',
        path: [...bare.path.slice(0, bare.path.indexOf('geometry')), 'properties', 'radius_m'],
      });
      return;
    }
    const corners = parts.reduce((sum, part) => sum + ('middle' in part ? 1 : lengthOf(linesOf(part))), 0);
    if (corners > MAX_ALL_CORNERS) {
      context.addIssue({
        code: 'custom',
        message: `the area has ${corners} corners; expected at most ${MAX_ALL_CORNERS} in all its polygons together`,
      });
      return;
    }
    if (area.unit === 'm') return;
    for (const { path, corner } of cornersOf(area)) {
      const [longitude, latitude] = corner;
      if (longitude >= -180 && longitude <= 180 && latitude >= -85 && latitude <= 85) continue;
      context.addIssue({
        code: 'custom',
        path,
        message: `the corner is ${longitude}, ${latitude}; expected longitude -180 to 180 and latitude -85 to 85, or unit m`,
      });
      return;
    }
  })
  .meta({
    id: 'Area',
    description:
      'GeoJSON (RFC 7946) with polygons, holes and parts; a circle is a Feature whose geometry is a Point and whose properties hold radius_m. Exclusions may be points and lines with setback_m',
  });
export type AreaBody = z.output<typeof areaSchema>;

const lengthOf = (rings: readonly (readonly unknown[])[]): number => rings.reduce((sum, ring) => sum + ring.length, 0);
