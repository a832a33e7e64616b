/** What organizations uploaded to the library of a technology: modules and inverters, for example. */
import { EntitySchema } from 'typeorm';
import type { Warning } from '../../../contracts/common/warnings.ts';
import { id, json, noWarnings, now, text, to } from './columns.ts';

export interface LibraryItemRow<
  Kind extends string = string,
  Spec extends object = object,
  Code extends string = string,
> {
  id: string;
  org_id: string;
  technology: string;
  kind: Kind;
  /** Format of the file that it was read from: `pan`, `csv` */
  format: string;
  name: string;
  /** The item as the engine reads it, without its id */
  spec: Spec;
  warnings: Warning<Code>[];
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
    warnings: noWarnings,
    created_at: now,
  },
  indices: [{ name: 'library_items_org', columns: ['org_id', 'technology', 'kind', 'id'] }],
});
