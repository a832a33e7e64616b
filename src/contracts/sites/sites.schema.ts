/** Sites in answers. */
import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';

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
