/** The library of a technology: what its organizations uploaded, by kind. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import { insertRows } from '../../adapters/database/insert-rows.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { LibraryItem, type LibraryItemRow } from '../../adapters/database/tables/library.ts';

/** An item of the kind `Kind` as it is stored; `Specs` has what each kind stores. */
export type StoredItem<
  Specs extends Record<string, object>,
  Kind extends keyof Specs & string = keyof Specs & string,
> = {
  readonly [K in Kind]: LibraryItemRow<K, Specs[K]>;
}[Kind];

/** Rows of one statement */
const BATCH = 500;

/** @typeParam Specs what is stored of each kind, by its name */
export class Library<Specs extends Record<string, object>> {
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
    items: readonly { readonly name: string; readonly spec: Specs[Kind] }[],
  ): Promise<LibraryItemRow<Kind, Specs[Kind]>[]> {
    const rows = items.map(({ name, spec }) => ({
      id: newId('component'),
      org_id: orgId,
      technology: this.#technology,
      kind,
      format,
      name,
      spec,
      created_at: new Date(),
    }));
    for (let k = 0; k < rows.length; k += BATCH)
      await insertRows(this.#database.manager, LibraryItem, rows.slice(k, k + BATCH));
    return rows;
  }

  count(orgId: string, kind: keyof Specs & string): Promise<number> {
    return this.#database.manager.countBy(LibraryItem, { org_id: orgId, technology: this.#technology, kind });
  }

  /** Newest first. @param limit maximum number; absent: all @param before the id after which the list continues */
  list<Kind extends keyof Specs & string>(
    orgId: string,
    kind: Kind,
    limit?: number,
    before?: string,
  ): Promise<LibraryItemRow<Kind, Specs[Kind]>[]> {
    return this.#database.query(
      `SELECT * FROM library_items WHERE org_id = $1 AND technology = $2 AND kind = $3 AND ($4::text IS NULL OR id < $4)
       ORDER BY id DESC LIMIT $5`,
      [orgId, this.#technology, kind, before ?? null, limit ?? null],
    );
  }

  /** Items of all kinds that have one of these ids or names, newest first. */
  named(orgId: string, names: readonly string[]): Promise<StoredItem<Specs>[]> {
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
