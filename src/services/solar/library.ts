/** An organization's own modules, inverters and horizons, and the bundled library. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { SolarComponentKind, SolarComponentRow } from '../../adapters/database/tables/solar.ts';
import { SolarComponent } from '../../adapters/database/tables/solar.ts';
import { insertRows } from '../../adapters/database/insert-rows.ts';
import { newId } from '../../adapters/database/new-id.ts';
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
  readonly #describe: DescribeComponentFile;

  constructor(database: Database, describe: DescribeComponentFile) {
    this.#database = database;
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
    const rows = items.map(
      (item): SolarComponentRow => ({
        id: newId('component'),
        org_id: orgId,
        kind,
        format,
        name: item.name,
        spec: { ...item },
        created_at: new Date(),
      }),
    );
    const stored = await this.#database.manager.countBy(SolarComponent, { org_id: orgId, kind });
    if (stored + rows.length > MAX_COMPONENTS)
      throw new AppError(
        'solar.invalid_input',
        `${stored} ${kind}s are stored and ${rows.length} were sent; at most ${MAX_COMPONENTS} can be stored`,
        { fix: `Delete some with DELETE /v1/${kind}s/{id}, or send fewer rows.` },
      );
    for (let k = 0; k < rows.length; k += 500)
      await insertRows(this.#database.manager, SolarComponent, rows.slice(k, k + 500));
    return { rows, notes };
  }

  /** Lists components, newest first. @param limit maximum number  @param before the id after which the list continues */
  list(orgId: string, kind: SolarComponentKind, limit: number, before?: string): Promise<SolarComponentRow[]> {
    return this.#database.query<SolarComponentRow>(
      `SELECT * FROM solar_components WHERE org_id = $1 AND kind = $2 AND ($3::text IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [orgId, kind, before ?? null, limit],
    );
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async delete(orgId: string, kind: SolarComponentKind, id: string): Promise<void> {
    const { affected } = await this.#database.manager.delete(SolarComponent, { org_id: orgId, kind, id });
    if (!affected) throw new AppError('request.not_found', `No ${kind} ${id}`);
  }

  /**
   * Searches modules or inverters: own ones, newest first, then the bundled ones by name. Only the rows of the page are
   * loaded.
   * @param offset number of results before the page
   * @returns the page, and the number of results on all pages
   */
  async search<Kind extends keyof Searchable>(
    orgId: string,
    kind: Kind,
    filter: ComponentFilter,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<{ items: Searchable[Kind][]; total: number }> {
    const [own, ownTotal] =
      filter.isCustom === false ? [[], 0] : await this.#searchOwn<Searchable[Kind]>(orgId, kind, filter, offset, limit);
    const bundled: readonly Searchable[Kind][] =
      filter.isCustom === true ? [] : BUNDLED[kind]().filter((item) => isMatch(item, filter));
    const from = Math.max(0, offset - ownTotal);
    const items = [...own, ...bundled.slice(from, from + limit - own.length)];
    return { items, total: ownTotal + bundled.length };
  }

  async #searchOwn<T>(
    orgId: string,
    kind: SolarComponentKind,
    { words, minPowerW, maxPowerW, technology }: ComponentFilter,
    offset: number,
    limit: number,
  ): Promise<[T[], number]> {
    const matching = `FROM solar_components WHERE org_id = $1 AND kind = $2 AND name ~ ALL ($3::text[])
      AND ($4::float8 IS NULL OR (spec->>'powerW')::float8 >= $4)
      AND ($5::float8 IS NULL OR (spec->>'powerW')::float8 <= $5)
      AND ($6::text IS NULL OR lower(spec->>'technology') = lower($6))`;
    const values = [orgId, kind, words.map(anyCase), minPowerW ?? null, maxPowerW ?? null, technology ?? null];
    const [{ total }] = await this.#database.query<{ total: number }>(
      `SELECT count(*)::int AS total ${matching}`,
      values,
    );
    if (offset >= total) return [[], total];
    const rows = await this.#database.query<Pick<SolarComponentRow, 'id' | 'spec'>>(
      `SELECT id, spec ${matching} ORDER BY id DESC OFFSET $7 LIMIT $8`,
      [...values, offset, limit],
    );
    return [rows.map(({ id, spec }) => ({ ...spec, id }) as T), total];
  }

  /** Returns what a request names, by ids or names; own components come before bundled ones of the same name. */
  async components(orgId: string, names: readonly string[]): Promise<Components> {
    if (names.length === 0) return NO_COMPONENTS;
    const rows = await this.#database.query<SolarComponentRow>(
      `SELECT id, kind, spec FROM solar_components WHERE org_id = $1 AND (id = ANY($2) OR name = ANY($2))
       ORDER BY id DESC`,
      [orgId, names],
    );
    const own = (kind: SolarComponentKind) => rows.filter((row) => row.kind === kind);
    const component = <T>(row: SolarComponentRow | undefined): T | undefined =>
      row && ({ ...row.spec, id: row.id } as T);
    /** By id before by name, and own ones before bundled ones. */
    const finder =
      <T extends { readonly id: string }>(
        stored: readonly SolarComponentRow[],
        bundled: (text: string) => T | undefined,
      ) =>
      (idOrName: string): T | undefined => {
        const library = bundled(idOrName);
        return (
          component<T>(stored.find(({ id }) => id === idOrName)) ??
          (library?.id === idOrName ? library : undefined) ??
          component<T>(stored.find(({ spec }) => spec.name === idOrName)) ??
          library
        );
      };
    const bundledModule = (text: string) => {
      const bundled = findModule(text);
      return bundled && moduleOfLibrary(bundled);
    };
    const bundledInverter = (text: string) => {
      const bundled = findInverter(text);
      return bundled && inverterOfLibrary(bundled);
    };
    const horizons = own('horizon');
    return {
      module: finder<ModuleComponent>(own('module'), bundledModule),
      inverter: finder<InverterComponent>(own('inverter'), bundledInverter),
      horizon: (id) => component<HorizonProfile>(horizons.find((row) => row.id === id)),
    };
  }
}

/** Returns the library of a process that reads files in its compute threads. */
export const solarLibrary = ({ database, pool }: Pick<JobServices, 'database' | 'pool'>): SolarLibrary =>
  new SolarLibrary(
    database,
    async (file, caller) => (await pool.run('describeComponentFile', file, { caller })).result,
  );
