/** Sites in requests and answers. */
import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import { degrees, idOf, instant, metres, ownChoice, pageOf, withDefault } from '../common/fields.schema.ts';
import { warningsOf } from '../common/warnings.schema.ts';
import { SITE_WARNINGS } from './warnings.ts';

const areaOfSite = areaSchema.refine(({ unit }) => unit === 'deg', {
  message: "a site's area is in degrees",
  path: ['unit'],
});
export const siteBodySchema = z.strictObject({
  name: z.string().min(1).max(200),
  latitude_deg: z.number().min(-90).max(90).describe('Latitude, positive in the north [deg]'),
  longitude_deg: z.number().min(-180).max(180).describe('Longitude, positive in the east [deg]'),
  elevation_m: z.number().min(-500).max(9000).nullish().describe('Elevation above sea level [m]'),
  boundary: areaOfSite.nullish().describe('Boundary that searches of this site use; null: none'),
  exclusions: areaOfSite.nullish().describe('Exclusions that searches of this site use; null: none'),
});
export const siteChangesSchema = siteBodySchema.partial();

export const siteSchema = z
  .strictObject({
    id: idOf('site', 'Id'),
    name: z.string(),
    latitude_deg: degrees('Latitude, positive in the north'),
    longitude_deg: degrees('Longitude, positive in the east'),
    elevation_m: metres('Elevation above sea level').nullable(),
    boundary: areaSchema.nullable().describe('Boundary that searches of this site use; null: none'),
    exclusions: areaSchema.nullable().describe('Exclusions that searches of this site use; null: none'),
    warnings: warningsOf(SITE_WARNINGS, 'SiteWarning'),
    created_at: instant('Created'),
    updated_at: instant('When the site was last changed'),
  })
  .meta({ id: 'Site' });
export const sitePageSchema = pageOf(siteSchema, 'SitePage');

/** The query of an upload of an area */
export const areaFileQuerySchema = z.strictObject({
  use: z
    .enum(['boundary', 'exclusions'])
    .describe('Field of the site that gets the area. Points and lines of the file are no boundary'),
  setback_m: withDefault(z.coerce.number().min(0).max(1e5), 0, ownChoice('no distance')).describe(
    'Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000. A feature with an attribute setback_m keeps its own',
  ),
  crs: z
    .string()
    .max(60)
    .optional()
    .describe(
      'Projection of a shapefile without .prj, or of a GeoJSON file that is not in degrees: EPSG:4326, the UTM zones of WGS 84 and ETRS89 (EPSG:32632, EPSG:25832, ...), EPSG:3857',
    ),
});
