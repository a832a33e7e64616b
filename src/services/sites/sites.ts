/** Sites: named places of an organization. */
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { Site } from '../../adapters/database/tables/sites.ts';
import { pageBySize } from '../../adapters/database/page-by-size.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { audit } from '../audit/audit.ts';

export interface SiteInput {
  readonly name: string;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly elevation_m?: number | null;
  readonly boundary?: AreaBody | null;
  readonly exclusions?: AreaBody | null;
}

/** A site with its areas as JSON, which may have megabytes */
export interface StoredSite extends Omit<SiteRow, 'boundary' | 'exclusions'> {
  readonly boundary: string | null;
  readonly exclusions: string | null;
}

const STORED =
  'id, org_id, name, latitude_deg, longitude_deg, elevation_m, boundary::text, exclusions::text, created_at, updated_at';

export class Sites {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  create(orgId: string, input: SiteInput): Promise<StoredSite> {
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<StoredSite>(
        `INSERT INTO sites (id, org_id, name, latitude_deg, longitude_deg, elevation_m, boundary, exclusions)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${STORED}`,
        [
          newId('site'),
          orgId,
          input.name,
          input.latitude_deg,
          input.longitude_deg,
          input.elevation_m,
          input.boundary,
          input.exclusions,
        ],
      );
      await audit(tx, { orgId, type: 'site.created', targetId: row.id });
      return row;
    });
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async get(orgId: string, id: string): Promise<SiteRow> {
    const row = await this.#database.manager.findOneBy(Site, { org_id: orgId, id });
    if (!row) throw notFound(id);
    return row;
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async stored(orgId: string, id: string): Promise<StoredSite> {
    const [row] = await this.#database.query<StoredSite>(`SELECT ${STORED} FROM sites WHERE org_id = $1 AND id = $2`, [
      orgId,
      id,
    ]);
    if (!row) throw notFound(id);
    return row;
  }

  /** Lists the sites, newest first. @param before id of the last site of the page before */
  list(orgId: string, limit: number, before?: string): Promise<{ rows: SiteRow[]; hasMore: boolean }> {
    return pageBySize<SiteRow>(this.#database, {
      table: 'sites',
      where: 'org_id = $1',
      parameters: [orgId],
      columns: ['boundary', 'exclusions'],
      limit,
      before,
    });
  }

  update(orgId: string, id: string, changes: Partial<SiteInput>): Promise<StoredSite> {
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<StoredSite>(
        `UPDATE sites AS s SET (name, latitude_deg, longitude_deg, elevation_m, boundary, exclusions, updated_at) =
           (SELECT name, latitude_deg, longitude_deg, elevation_m, boundary, exclusions, now()
            FROM jsonb_populate_record(s, $3::jsonb))
         WHERE org_id = $1 AND id = $2 RETURNING ${STORED}`,
        [orgId, id, changes],
      );
      if (!row) throw notFound(id);
      await audit(tx, { orgId, type: 'site.changed', targetId: id, details: { fields: Object.keys(changes) } });
      return row;
    });
  }

  /** Its weather datasets stay, without a site. */
  async delete(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const { affected } = await tx.manager.delete(Site, { org_id: orgId, id });
      if (!affected) throw notFound(id);
      await audit(tx, { orgId, type: 'site.deleted', targetId: id });
    });
  }
}

const notFound = (id: string): AppError => new AppError('request.not_found', `No site ${id}`);
