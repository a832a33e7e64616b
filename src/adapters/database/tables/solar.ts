/** Modules, inverters and horizons that an organization uploaded. */
import { EntitySchema } from 'typeorm';
import { id, json, now, text, to } from './columns.ts';

export type SolarComponentKind = 'module' | 'inverter' | 'horizon';
export interface SolarComponentRow {
  id: string;
  org_id: string;
  kind: SolarComponentKind;
  /** `pan`, `ond`, `cec`, `csv`, `pvgis` */
  format: string;
  name: string;
  /** The component as the engine reads it, without its id. */
  spec: Record<string, unknown>;
  created_at: Date;
}

export const SolarComponent = new EntitySchema<SolarComponentRow>({
  name: 'solar_components',
  columns: {
    id,
    org_id: to('organizations', 'solar_components'),
    kind: text,
    format: text,
    name: text,
    spec: json,
    created_at: now,
  },
  indices: [{ name: 'solar_components_org', columns: ['org_id', 'kind', 'id'] }],
});
