/** Turbines and wind resources that an organization uploaded. */
import { EntitySchema } from 'typeorm';
import type { Warning } from '../../../contracts/common/warnings.ts';
import type { WindWarningCode } from '../../../contracts/wind/warnings.ts';
import { bytes, id, json, noWarnings, now, text, to } from './columns.ts';

export interface WindTurbineRow {
  id: string;
  org_id: string;
  name: string;
  /** The body that `windTurbineSchema` accepted. */
  curve: Record<string, unknown>;
  created_at: Date;
}
export interface WindResourceRow {
  id: string;
  org_id: string;
  name: string;
  format: string;
  sha256: string;
  summary: Record<string, unknown>;
  /** Heights of a file that does not state them [m]. */
  options: Record<string, unknown>;
  warnings: Warning<WindWarningCode>[];
  created_at: Date;
}
export interface WindResourceFileRow {
  resource_id: string;
  /** Deflated. */
  data: Buffer;
}

export const WindTurbine = new EntitySchema<WindTurbineRow>({
  name: 'wind_turbines',
  columns: { id, org_id: to('organizations', 'wind_turbines'), name: text, curve: json, created_at: now },
  indices: [{ name: 'wind_turbines_org', columns: ['org_id', 'id'] }],
});
export const WindResource = new EntitySchema<WindResourceRow>({
  name: 'wind_resources',
  columns: {
    id,
    org_id: to('organizations', 'wind_resources'),
    name: text,
    format: text,
    sha256: text,
    summary: json,
    options: json,
    warnings: noWarnings,
    created_at: now,
  },
  indices: [{ name: 'wind_resources_org', columns: ['org_id', 'id'] }],
});
export const WindResourceFile = new EntitySchema<WindResourceFileRow>({
  name: 'wind_resource_files',
  columns: { resource_id: { ...to('wind_resources', 'wind_resource_files'), primary: true }, data: bytes },
});
