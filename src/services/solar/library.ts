/** An organization's own modules, inverters and horizons, and the bundled library. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import { startOfPage } from '../../contracts/common/pages.schema.ts';
import type { LibraryItemRow } from '../../adapters/database/tables/library.ts';
import { Library } from '../library/library.ts';
import type { JobServices } from '../jobs/working-kind.ts';
import type { Components } from './system.ts';
import { NO_COMPONENTS } from './system.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../solar/library/component.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import { findInverter, findModule, libraryInverters, libraryModules } from '../../solar/library/library.ts';
import type { ComponentFile, DescribedComponents } from '../../solar/library/library-tasks.ts';

/** Maximum number of stored components of one kind in one organization. */
export const MAX_COMPONENTS = 5000;

/** Reads a file outside the event loop. */
export type DescribeComponentFile = (file: ComponentFile, orgId: string) => Promise<DescribedComponents>;

/** What is stored of each kind of component; its id is that of the row. */
type ComponentSpecs = {
  readonly module: ModuleComponent;
  readonly inverter: InverterComponent;
  readonly horizon: HorizonProfile;
};
export type SolarComponentKind = keyof ComponentSpecs;
export type SolarComponentRow<Kind extends SolarComponentKind = SolarComponentKind> = LibraryItemRow<
  Kind,
  ComponentSpecs[Kind]
>;

export interface Searchable {
  readonly module: ModuleComponent;
  readonly inverter: InverterComponent;
}

export interface ComponentFilter {
  /** Parts of the name, in any order and in upper or lower case */
  readonly words: readonly string[];
  readonly minPowerW?: number;
  readonly maxPowerW?: number;
  /** true: only own components; false: only bundled ones */
  readonly isCustom?: boolean;
  /** Cell technology of a module, in upper or lower case */
  readonly technology?: string;
}

const BUNDLED: { readonly [Kind in keyof Searchable]: () => Searchable[Kind][] } = {
  module: () => libraryModules().map(moduleOfLibrary),
  inverter: () => libraryInverters().map(inverterOfLibrary),
};

/** Tells whether a bundled component matches; `#searchOwn` has the same conditions in SQL. */
const isMatch = (
  item: ModuleComponent | InverterComponent,
  { words, minPowerW = 0, maxPowerW = Number.POSITIVE_INFINITY, technology }: ComponentFilter,
): boolean =>
  item.powerW >= minPowerW &&
  item.powerW <= maxPowerW &&
  (technology === undefined || ('technology' in item && item.technology.toLowerCase() === technology.toLowerCase())) &&
  words.every((word) => item.name.toLowerCase().includes(word.toLowerCase()));

/** Returns a PostgreSQL regular expression for a word in any case; `lower()` of a database with locale C only knows ASCII. */
const anyCase = (word: string): string =>
  [...word]
    .map((letter) => [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])])
    .map((cases) => `(?:${cases.map((text) => text.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|')})`)
    .join('');

export class SolarLibrary {
  readonly #database: Database;
  readonly #library: Library<ComponentSpecs>;
  readonly #describe: DescribeComponentFile;

  constructor(database: Database, describe: DescribeComponentFile) {
    this.#database = database;
    this.#library = new Library(database, 'solar');
    this.#describe = describe;
  }

  /**
   * Stores what a file holds: a .PAN or .OND file, rows of SAM's CEC library, a horizon as CSV or by PVGIS.
   * @throws AppError `solar.invalid_input` with line, quantity, value and range; nothing is stored then
   */
  async upload(
    orgId: string,
    kind: SolarComponentKind,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<{ rows: SolarComponentRow[]; notes: readonly string[] }> {
    const { format, items, notes } = await this.#describe({ ...file, kind }, orgId);
    const stored = await this.#library.count(orgId, kind);
    if (stored + items.length > MAX_COMPONENTS)
      throw new AppError(
        'solar.invalid_input',
        `${stored} ${kind}s are stored and ${items.length} were sent; at most ${MAX_COMPONENTS} can be stored`,
        { fix: `Delete some with DELETE /v1/${kind}s/{id}, or send fewer rows.` },
      );
    const named = items.map((item) => ({ name: item.name, spec: item }));
    return { rows: await this.#library.add(orgId, kind, format, named), notes };
  }

  /** Lists horizons, newest first. @param before the id after which the list continues */
  horizons(orgId: string, limit: number, before?: string): Promise<SolarComponentRow<'horizon'>[]> {
    return this.#library.list(orgId, 'horizon', limit, before);
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  delete(orgId: string, kind: SolarComponentKind, id: string): Promise<void> {
    return this.#library.delete(orgId, kind, id);
  }

  /**
   * Searches modules or inverters: own ones, newest first, then the bundled ones by name. Only the rows of the page are
   * loaded.
   * @param cursor id of the last item of the page before
   * @returns the page with one more item if others follow, and the number of results on all pages
   */
  async search<Kind extends keyof Searchable>(
    orgId: string,
    kind: Kind,
    filter: ComponentFilter,
    { cursor, limit }: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ items: Searchable[Kind][]; total: number }> {
    const bundled: readonly Searchable[Kind][] =
      filter.isCustom === true ? [] : BUNDLED[kind]().filter((item) => isMatch(item, filter));
    const { before, from } = startOfPage(cursor, bundled);
    const [own, ownTotal] =
      filter.isCustom === false ? [[], 0] : await this.#searchOwn(orgId, kind, filter, before, limit + 1);
    const items = [...own, ...bundled.slice(from, from + limit + 1 - own.length)];
    return { items, total: ownTotal + bundled.length };
  }

  async #searchOwn<Kind extends keyof Searchable>(
    orgId: string,
    kind: Kind,
    { words, minPowerW, maxPowerW, technology }: ComponentFilter,
    before: string | undefined | null,
    limit: number,
  ): Promise<[Searchable[Kind][], number]> {
    const matching = `FROM library_items WHERE org_id = $1 AND technology = 'solar' AND kind = $2 AND name ~ ALL ($3::text[])
      AND ($4::float8 IS NULL OR (spec->>'powerW')::float8 >= $4)
      AND ($5::float8 IS NULL OR (spec->>'powerW')::float8 <= $5)
      AND ($6::text IS NULL OR lower(spec->>'technology') = lower($6))`;
    const values = [orgId, kind, words.map(anyCase), minPowerW ?? null, maxPowerW ?? null, technology ?? null];
    const [{ total }] = await this.#database.query<{ total: number }>(
      `SELECT count(*)::int AS total ${matching}`,
      values,
    );
    if (before === null || total === 0) return [[], total];
    const rows = await this.#database.query<Pick<LibraryItemRow<Kind, Searchable[Kind]>, 'id' | 'spec'>>(
      `SELECT id, spec ${matching} AND ($7::text IS NULL OR id < $7) ORDER BY id DESC LIMIT $8`,
      [...values, before ?? null, limit],
    );
    return [rows.map(({ id, spec }) => ({ ...spec, id })), total];
  }

  /** Returns what a request names, by ids or names; own components come before bundled ones of the same name. */
  async components(orgId: string, names: readonly string[]): Promise<Components> {
    if (names.length === 0) return NO_COMPONENTS;
    const rows = await this.#library.named(orgId, names);
    const modules = rows.flatMap(({ id, ...row }) => (row.kind === 'module' ? [{ ...row.spec, id }] : []));
    const inverters = rows.flatMap(({ id, ...row }) => (row.kind === 'inverter' ? [{ ...row.spec, id }] : []));
    const horizons = new Map(
      rows.flatMap(({ id, ...row }) => (row.kind === 'horizon' ? [[id, row.spec] as const] : [])),
    );
    return {
      module: finder<ModuleComponent>(modules, (text) => {
        const bundled = findModule(text);
        return bundled && moduleOfLibrary(bundled);
      }),
      inverter: finder<InverterComponent>(inverters, (text) => {
        const bundled = findInverter(text);
        return bundled && inverterOfLibrary(bundled);
      }),
      horizon: (id) => horizons.get(id),
    };
  }
}

/** Returns what finds a component: by id before by name, and own ones before bundled ones. */
const finder =
  <Component extends { readonly id: string; readonly name: string }>(
    own: readonly Component[],
    bundled: (text: string) => Component | undefined,
  ) =>
  (idOrName: string): Component | undefined => {
    const library = bundled(idOrName);
    return (
      own.find(({ id }) => id === idOrName) ??
      (library?.id === idOrName ? library : undefined) ??
      own.find(({ name }) => name === idOrName) ??
      library
    );
  };

/** Returns the library of a process that reads files in its compute threads. */
export const solarLibrary = ({ database, pool }: Pick<JobServices, 'database' | 'pool'>): SolarLibrary =>
  new SolarLibrary(
    database,
    async (file, caller) => (await pool.run('describeComponentFile', file, { caller })).result,
  );
