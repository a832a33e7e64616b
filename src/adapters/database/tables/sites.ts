/** Places that an organization keeps. */
import { EntitySchema } from 'typeorm';
import type { AreaBody } from '../../../contracts/common/area.schema.ts';
import { double, id, json, now, optional, text, to } from './columns.ts';

export interface SiteRow {
  id: string;
  org_id: string;
  name: string;
  latitude_deg: number;
  longitude_deg: number;
  elevation_m: number | null;
  boundary: AreaBody | null;
  exclusions: AreaBody | null;
  created_at: Date;
  updated_at: Date;
}

export const Site = new EntitySchema<SiteRow>({
  name: 'sites',
  columns: {
    id,
    org_id: to('organizations', 'sites'),
    name: text,
    latitude_deg: double,
    longitude_deg: double,
    elevation_m: optional(double),
    boundary: optional(json),
    exclusions: optional(json),
    created_at: now,
    updated_at: now,
  },
  indices: [{ name: 'sites_org', columns: ['org_id', 'id'] }],
});
