/** What organizations uploaded to the library of a technology: modules and inverters, for example. */
import { EntitySchema } from 'typeorm';
import { id, json, now, text, to } from './columns.ts';

export interface LibraryItemRow<Kind extends string = string, Spec extends object = object> {
  id: string;
  org_id: string;
  technology: string;
  kind: Kind;
  /** Format of the file that it was read from: `pan`, `csv` */
  format: string;
  name: string;
  /** The item as the engine reads it, without its id */
  spec: Spec;
  created_at: Date;
}

export const LibraryItem = new EntitySchema<LibraryItemRow>({
  name: 'library_items',
  columns: {
    id,
    org_id: to('organizations', 'library_items'),
    technology: text,
    kind: text,
    format: text,
    name: text,
    spec: json,
    created_at: now,
  },
  indices: [{ name: 'library_items_org', columns: ['org_id', 'technology', 'kind', 'id'] }],
});
