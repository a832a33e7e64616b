/** Sites: named places of an organization. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { SiteRow } from '../../adapters/database/entities.ts';
import { Site } from '../../adapters/database/entities.ts';
import { newId } from '../../adapters/database/new-id.ts';

export interface SiteInput {
  readonly name: string;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly elevation_m?: number | null;
}

export class Sites {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(orgId: string, input: SiteInput): Promise<SiteRow> {
    const now = new Date();
    const row: SiteRow = {
      id: newId('site'),
      org_id: orgId,
      name: input.name,
      latitude_deg: input.latitude_deg,
      longitude_deg: input.longitude_deg,
      elevation_m: input.elevation_m ?? null,
      created_at: now,
      updated_at: now,
    };
    await this.#database.manager.insert(Site, row);
    return row;
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async get(orgId: string, id: string): Promise<SiteRow> {
    const row = await this.#database.manager.findOneBy(Site, { org_id: orgId, id });
    if (!row) throw notFound(id);
    return row;
  }

  /** Newest first. @param before id of the last site of the page before */
  list(orgId: string, limit: number, before?: string): Promise<SiteRow[]> {
    return this.#database.query<SiteRow>(
      'SELECT * FROM sites WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
  }

  async update(orgId: string, id: string, changes: Partial<SiteInput>): Promise<SiteRow> {
    const { affected } = await this.#database.manager.update(
      Site,
      { org_id: orgId, id },
      { ...changes, updated_at: new Date() },
    );
    if (!affected) throw notFound(id);
    return this.get(orgId, id);
  }

  /** Its weather datasets stay, without a site. */
  async delete(orgId: string, id: string): Promise<void> {
    const { affected } = await this.#database.manager.delete(Site, { org_id: orgId, id });
    if (!affected) throw notFound(id);
  }
}

const notFound = (id: string): AppError => new AppError('request.not_found', `No site ${id}`);
