/** Sites as they are answered. */
import { z } from 'zod';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';

export const siteSchema = z
  .strictObject({
    id: idOf('site', 'Id'),
    name: z.string(),
    latitude_deg: degrees('North positive'),
    longitude_deg: degrees('East positive'),
    elevation_m: metres('Above sea level').nullable(),
    created_at: instant('Created'),
    updated_at: instant('Last changed'),
  })
  .meta({ id: 'Site' });
export const sitePageSchema = pageOf(siteSchema, 'SitePage');
