/** Sites in requests and answers. */
import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';

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
    created_at: instant('Created'),
    updated_at: instant('When the site was last changed'),
  })
  .meta({ id: 'Site' });
export const sitePageSchema = pageOf(siteSchema, 'SitePage');
