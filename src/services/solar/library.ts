/** An organization's own modules, inverters and horizons, and the bundled library. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { SolarComponentKind, SolarComponentRow } from '../../adapters/database/entities.ts';
import { SolarComponent } from '../../adapters/database/entities.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { Components } from './system.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { inverterOfLibrary, inverterOfOnd, moduleOfLibrary, moduleOfPan } from '../../solar/library/component.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import { parseHorizon } from '../../solar/irradiance/horizon.ts';
import { libraryInverters, libraryModules, parseCecInverters, parseCecModules } from '../../solar/library/library.ts';
import { parseOnd, parsePan } from '../../solar/library/pvsyst-files.ts';

/** Components of one kind in one organization. */
export const MAX_COMPONENTS = 5000;

const SPECS = {
  module: (text: string, name: string) => {
    if (!text.includes('PVObject_'))
      return { format: 'cec', items: parseCecModules(text).map(moduleOfLibrary), notes: [] };
    const pan = parsePan(text, name);
    return { format: 'pan', items: [moduleOfPan(pan, name)], notes: pan.notes };
  },
  inverter: (text: string, name: string) => {
    if (!text.includes('PVObject_'))
      return { format: 'cec', items: parseCecInverters(text).map(inverterOfLibrary), notes: [] };
    const ond = parseOnd(text, name);
    return { format: 'ond', items: [inverterOfOnd(ond, name)], notes: ond.notes };
  },
  horizon: (text: string, name: string) => ({
    format: text.includes('H_hor') ? 'pvgis' : 'csv',
    items: [{ ...parseHorizon(text), name }],
    notes: [],
  }),
} as const satisfies Record<
  SolarComponentKind,
  (
    text: string,
    name: string,
  ) => { format: string; items: readonly { readonly name: string }[]; notes: readonly string[] }
>;

export class SolarLibrary {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
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
    const { format, items, notes } = SPECS[kind](new TextDecoder().decode(file.bytes), file.name);
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
    const known = await this.list(orgId, kind);
    if (known.length + rows.length > MAX_COMPONENTS)
      throw new AppError(
        'solar.invalid_input',
        `${known.length} ${kind}s are stored and ${rows.length} were sent; at most ${MAX_COMPONENTS} can be stored`,
        { fix: `Delete some with DELETE /v1/${kind}s/{id}, or send fewer rows.` },
      );
    for (let k = 0; k < rows.length; k += 500)
      await this.#database.manager.insert(SolarComponent, rows.slice(k, k + 500) as never); // its type refuses a free jsonb column
    return { rows, notes };
  }

  /** Newest first. @param limit maximum number; absent: all @param before the id after which the list continues */
  list(orgId: string, kind: SolarComponentKind, limit?: number, before?: string): Promise<SolarComponentRow[]> {
    return this.#database.query<SolarComponentRow>(
      `SELECT * FROM solar_components WHERE org_id = $1 AND kind = $2 AND ($3::text IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [orgId, kind, before ?? null, limit ?? null],
    );
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async delete(orgId: string, kind: SolarComponentKind, id: string): Promise<void> {
    const { affected } = await this.#database.manager.delete(SolarComponent, { org_id: orgId, kind, id });
    if (!affected) throw new AppError('request.not_found', `No ${kind} ${id}`);
  }

  /** Own modules, newest first, then the bundled ones by name. */
  async modules(orgId: string): Promise<ModuleComponent[]> {
    return [...(await this.#own<ModuleComponent>(orgId, 'module')), ...libraryModules().map(moduleOfLibrary)];
  }

  /** Own inverters, newest first, then the bundled ones by name. */
  async inverters(orgId: string): Promise<InverterComponent[]> {
    return [...(await this.#own<InverterComponent>(orgId, 'inverter')), ...libraryInverters().map(inverterOfLibrary)];
  }

  async #own<T>(orgId: string, kind: SolarComponentKind): Promise<T[]> {
    return (await this.list(orgId, kind)).map(({ id, spec }) => ({ ...spec, id }) as T);
  }

  /** Everything that a request can name; own components come before bundled ones of the same name. */
  async components(orgId: string): Promise<Components> {
    const [modules, inverters, horizons] = await Promise.all([
      this.modules(orgId),
      this.inverters(orgId),
      this.#own<HorizonProfile & { readonly id: string }>(orgId, 'horizon'),
    ]);
    const finder =
      <T extends { readonly id: string; readonly name: string }>(items: readonly T[]) =>
      (idOrName: string): T | undefined =>
        items.find(({ id }) => id === idOrName) ?? items.find(({ name }) => name === idOrName);
    return {
      module: finder(modules),
      inverter: finder(inverters),
      horizon: (id) => horizons.find((one) => one.id === id),
    };
  }
}
