/** The library of a technology: what its organizations uploaded, by kind. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import type { Database } from '../../adapters/database/database.ts';
import { insertRows } from '../../adapters/database/insert-rows.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { pageBySize } from '../../adapters/database/page-by-size.ts';
import { LibraryItem, type LibraryItemRow } from '../../adapters/database/tables/library.ts';

/** An item as it is stored; `Specs` has what each kind stores, `Code` are the codes of its warnings. */
export type StoredItem<Specs extends Record<string, object>, Code extends string = string> = {
  readonly [Kind in keyof Specs & string]: LibraryItemRow<Kind, Specs[Kind], Code>;
}[keyof Specs & string];

/** Rows of one statement */
const BATCH = 500;

/**
 * @typeParam Specs what is stored of each kind, by its name
 * @typeParam Code codes of the items' warnings
 */
export class Library<Specs extends Record<string, object>, Code extends string = string> {
  readonly #database: Database;
  readonly #technology: string;

  constructor(database: Database, technology: string) {
    this.#database = database;
    this.#technology = technology;
  }

  /** @returns the stored items, in the order given */
  async add<Kind extends keyof Specs & string>(
    orgId: string,
    kind: Kind,
    format: string,
    items: readonly {
      readonly name: string;
      readonly spec: Specs[Kind];
      readonly warnings?: Warning<Code>[];
    }[],
  ): Promise<LibraryItemRow<Kind, Specs[Kind], Code>[]> {
    const rows = items.map(({ name, spec, warnings = [] }) => ({
      id: newId('component'),
      org_id: orgId,
      technology: this.#technology,
      kind,
      format,
      name,
      spec,
      warnings,
      created_at: new Date(),
    }));
    for (let k = 0; k < rows.length; k += BATCH)
      await insertRows(this.#database.manager, LibraryItem, rows.slice(k, k + BATCH));
    return rows;
  }

  count(orgId: string, kind: keyof Specs & string): Promise<number> {
    return this.#database.manager.countBy(LibraryItem, { org_id: orgId, technology: this.#technology, kind });
  }

  /** Lists items, newest first. @param before id of the last item of the page before */
  list<Kind extends keyof Specs & string>(
    orgId: string,
    kind: Kind,
    limit: number,
    before?: string,
  ): Promise<{ rows: LibraryItemRow<Kind, Specs[Kind], Code>[]; hasMore: boolean }> {
    return pageBySize<LibraryItemRow<Kind, Specs[Kind], Code>>(this.#database, {
      table: 'library_items',
      where: 'org_id = $1 AND technology = $2 AND kind = $3',
      parameters: [orgId, this.#technology, kind],
      columns: ['spec'],
      limit,
      before,
    });
  }

  /** Items of all kinds that have one of these ids or names, newest first. */
  named(orgId: string, names: readonly string[]): Promise<StoredItem<Specs, Code>[]> {
    return this.#database.query(
      `SELECT * FROM library_items WHERE org_id = $1 AND technology = $2 AND (id = ANY($3) OR name = ANY($3))
       ORDER BY id DESC`,
      [orgId, this.#technology, names],
    );
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async delete(orgId: string, kind: keyof Specs & string, id: string): Promise<void> {
    const item = { org_id: orgId, technology: this.#technology, kind, id };
    const { affected } = await this.#database.manager.delete(LibraryItem, item);
    if (!affected) throw new AppError('request.not_found', `No ${kind} ${id}`);
  }
}
