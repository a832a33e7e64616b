/** Sites in answers. */
import { z } from 'zod';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';

export const siteSchema = z
  .strictObject({
    id: idOf('site', 'Id'),
    name: z.string(),
    latitude_deg: degrees('Latitude, positive in the north'),
    longitude_deg: degrees('Longitude, positive in the east'),
    elevation_m: metres('Elevation above sea level').nullable(),
    created_at: instant('Created'),
    updated_at: instant('When the site was last changed'),
  })
  .meta({ id: 'Site' });
export const sitePageSchema = pageOf(siteSchema, 'SitePage');
