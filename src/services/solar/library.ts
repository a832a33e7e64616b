/** An organization's own modules, inverters and horizons, and the bundled library. */
import { setImmediate as otherWork } from 'node:timers/promises';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import { startOfPage } from '../../contracts/common/pages.schema.ts';
import type { SolarWarningCode } from '../../contracts/solar/warnings.ts';
import type { LibraryItemRow } from '../../adapters/database/tables/library.ts';
import { anyCase } from '../library/any-case.ts';
import { Library } from '../library/library.ts';
import type { JobServices } from '../jobs/working-kind.ts';
import type { Components } from './system.ts';
import { NO_COMPONENTS } from './system.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { inverterOfLibrary, moduleOfLibrary } from '../../solar/library/component.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import type { CecEntry } from '../../solar/library/library.ts';
import { findInverter, findModule, libraryInverters, libraryModules } from './bundled.ts';
import type { ComponentFile, DescribedComponents } from '../../solar/library/library-tasks.ts';

/** Maximum number of stored components of one kind in one organization. */
export const MAX_COMPONENTS = 5000;

/** Points of all horizons that one request names: more would hold up other requests. */
const MAX_HORIZON_POINTS = 200_000;

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
  ComponentSpecs[Kind],
  SolarWarningCode
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

/** Returns the entries of the bundled items, and the item of an entry. */
const BUNDLED: {
  readonly [Kind in keyof Searchable]: () => {
    readonly entries: readonly CecEntry[];
    item(entry: CecEntry): Searchable[Kind];
  };
} = {
  module: () => ({
    entries: libraryModules().entries,
    item: (entry) => moduleOfLibrary(libraryModules().at(entry)),
  }),
  inverter: () => ({
    entries: libraryInverters().entries,
    item: (entry) => inverterOfLibrary(libraryInverters().at(entry)),
  }),
};

/** Returns what tells whether a bundled component matches; `#searchOwn` has the same conditions in SQL. */
function matcher({ words, minPowerW = 0, maxPowerW = Number.POSITIVE_INFINITY, technology }: ComponentFilter) {
  const lower = words.map((word) => word.toLowerCase());
  const wanted = technology?.toLowerCase();
  return (entry: CecEntry): boolean => {
    if (entry.powerW < minPowerW || entry.powerW > maxPowerW) return false;
    if (wanted !== undefined && entry.technology?.toLowerCase() !== wanted) return false;
    return lower.every((word) => entry.lowerName.includes(word));
  };
}

export class SolarLibrary {
  readonly #database: Database;
  readonly #library: Library<ComponentSpecs, SolarWarningCode>;
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
    const { format, items, notes, warnings } = await this.#describe({ ...file, kind }, orgId);
    const stored = await this.#library.count(orgId, kind);
    if (stored + items.length > MAX_COMPONENTS)
      throw new AppError(
        'solar.invalid_input',
        `${stored} ${kind}s are stored and ${items.length} were sent; at most ${MAX_COMPONENTS} can be stored`,
        { fix: `Delete some with DELETE /v1/${kind}s/{id}, or send fewer rows.` },
      );
    const named = items.map((item) => ({ name: item.name, spec: item, warnings }));
    return { rows: await this.#library.add(orgId, kind, format, named), notes };
  }

  /** Lists horizons, newest first. @param before the id after which the list continues */
  horizons(
    orgId: string,
    limit: number,
    before?: string,
  ): Promise<{ rows: SolarComponentRow<'horizon'>[]; hasMore: boolean }> {
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
    const library = BUNDLED[kind]();
    const bundled = filter.isCustom === true ? [] : library.entries.filter(matcher(filter));
    const { before, from } = startOfPage(cursor, bundled, 'component');
    const [own, ownTotal] =
      filter.isCustom === false ? [[], 0] : await this.#searchOwn(orgId, kind, filter, before, limit + 1);
    const items = [...own, ...bundled.slice(from, from + limit + 1 - own.length).map((entry) => library.item(entry))];
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

  /**
   * Returns what a request names, by ids or names; own components come before bundled ones of the same name.
   * @throws AppError `request.too_large` for horizons with too many points together
   */
  async components(orgId: string, names: readonly string[]): Promise<Components> {
    if (names.length === 0) return NO_COMPONENTS;
    const rows = await this.#library.named(orgId, names);
    const points = rows.reduce((sum, row) => sum + (row.kind === 'horizon' ? row.spec.azimuthDeg.length : 0), 0);
    if (points > MAX_HORIZON_POINTS)
      throw new AppError(
        'request.too_large',
        `The horizons have ${points} points together; expected at most ${MAX_HORIZON_POINTS}`,
        { fix: 'Send fewer systems in each job, or horizons with fewer points.' },
      );
    const modules = componentsByName(
      names,
      rows.flatMap((row) => (row.kind === 'module' ? [{ ...row.spec, id: row.id }] : [])),
      (text) => {
        const bundled = findModule(text);
        return bundled && moduleOfLibrary(bundled);
      },
    );
    await otherWork(); // a request may name a thousand of each, which are parsed now
    const inverters = componentsByName(
      names,
      rows.flatMap((row) => (row.kind === 'inverter' ? [{ ...row.spec, id: row.id }] : [])),
      (text) => {
        const bundled = findInverter(text);
        return bundled && inverterOfLibrary(bundled);
      },
    );
    const horizons = new Map(rows.flatMap((row) => (row.kind === 'horizon' ? [[row.id, row.spec] as const] : [])));
    return { modules, inverters, horizons };
  }
}

/** Returns components by what names them: by id before by name, and own ones before bundled ones. */
function componentsByName<Component extends { readonly id: string; readonly name: string }>(
  names: readonly string[],
  own: readonly Component[],
  bundled: (text: string) => Component | undefined,
): ReadonlyMap<string, Component> {
  const byId = new Map(own.map((one) => [one.id, one]));
  const byName = new Map([...own].reverse().map((one) => [one.name, one])); // the newest one counts
  const find = (text: string): Component | undefined => {
    const library = bundled(text);
    return byId.get(text) ?? (library?.id === text ? library : undefined) ?? byName.get(text) ?? library;
  };
  return new Map(
    names.flatMap((name) => {
      const component = find(name);
      return component ? [[name, component] as const] : [];
    }),
  );
}

/** Returns the library of a process that reads files in its compute threads. */
export const solarLibrary = ({ database, pool }: Pick<JobServices, 'database' | 'pool'>): SolarLibrary =>
  new SolarLibrary(
    database,
    async (file, caller) => (await pool.run('describeComponentFile', file, { caller })).result,
  );
