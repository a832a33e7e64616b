/** An organization's own turbines and wind resources, and the public library. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { ReadWindInput, WindFileFormat, WindFileOptions, WindFileSummary } from '../../wind/library-tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { TurbineChoice, WindTurbineBody } from '../../contracts/wind/requests.schema.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { WindResourceRow, WindTurbineRow } from '../../adapters/database/tables/wind.ts';
import { WindResource, WindResourceFile, WindTurbine } from '../../adapters/database/tables/wind.ts';
import { insertRows } from '../../adapters/database/insert-rows.ts';
import { sha256 } from '../../lib/sha256.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { TurbineSearch } from '../../wind/turbine/turbine-library.ts';
import { turbineOfChoice, turbineOfCurve } from './turbine-choice.ts';
import { anyCase } from '../library/any-case.ts';

/** Beside the event loop */
const deflated = promisify<Uint8Array, Buffer>(deflate);

/** Reads a file outside the event loop. */
export type DescribeWindFile = (file: ReadWindInput, orgId: string) => Promise<WindFileSummary>;

export interface WindUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format?: WindFileFormat;
  readonly options: WindFileOptions;
}

/** Resources of one organization. */
const MAX_TURBINES = 1000;

/** An own turbine in a list */
export interface TurbineFacts {
  readonly id: string;
  readonly name: string;
  readonly rotor_diameter_m: number;
  readonly hub_height_m: number;
  readonly rated_kw: number;
  readonly has_thrust: boolean;
}

export class WindLibrary {
  readonly #database: Database;
  readonly #describe: DescribeWindFile;

  constructor(database: Database, describe: DescribeWindFile) {
    this.#database = database;
    this.#describe = describe;
  }

  /** Stores a turbine. @throws AppError `wind.invalid_input` with the row and the invalid value, or if too many are stored */
  async addTurbine(orgId: string, curve: WindTurbineBody): Promise<WindTurbineRow> {
    turbineOfCurve(curve);
    if ((await this.#database.manager.countBy(WindTurbine, { org_id: orgId })) >= MAX_TURBINES)
      throw new AppError('wind.invalid_input', `${MAX_TURBINES} turbines are stored; more cannot be`, {
        fix: 'Delete some with DELETE /v1/wind/turbines/{id}, or send the curve with the job.',
      });
    const row = { id: newId('turbine'), org_id: orgId, name: curve.name, curve, created_at: new Date() };
    await insertRows(this.#database.manager, WindTurbine, [row]);
    return row;
  }

  /**
   * Searches the turbines, newest first, and returns them without their curves. `searchTurbines` has the same
   * conditions for public ones.
   * @param before id of the last turbine of the page before
   */
  turbines(
    orgId: string,
    { text = '', minRatedKw, maxRatedKw, minDiameterM, maxDiameterM, hasThrust }: TurbineSearch,
    { before, limit }: { readonly before: string | undefined; readonly limit: number },
  ): Promise<TurbineFacts[]> {
    return this.#database.query<TurbineFacts>(
      `SELECT * FROM (
         SELECT id, name, (curve->'rotor_diameter_m')::float8 AS rotor_diameter_m,
           (curve->'hub_height_m')::float8 AS hub_height_m,
           curve->'thrust_coefficient' IS NOT NULL AS has_thrust,
           coalesce((curve->'rated_kw')::float8,
             (SELECT max(kw::float8) FROM jsonb_array_elements_text(curve->'power_kw') kw)) AS rated_kw
         FROM wind_turbines WHERE org_id = $1 AND name ~ $2) own
       WHERE ($3::float8 IS NULL OR rated_kw >= $3) AND ($4::float8 IS NULL OR rated_kw <= $4)
         AND ($5::float8 IS NULL OR rotor_diameter_m >= $5) AND ($6::float8 IS NULL OR rotor_diameter_m <= $6)
         AND ($7::text IS NULL OR id < $7) AND ($9::boolean IS NULL OR has_thrust = $9)
       ORDER BY id DESC LIMIT $8`,
      [
        orgId,
        anyCase(text),
        minRatedKw ?? null,
        maxRatedKw ?? null,
        minDiameterM ?? null,
        maxDiameterM ?? null,
        before ?? null,
        limit,
        hasThrust ?? null,
      ],
    );
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async turbine(orgId: string, id: string): Promise<WindTurbineRow> {
    const row = await this.#database.manager.findOneBy(WindTurbine, { org_id: orgId, id });
    if (!row) throw new AppError('request.not_found', `No turbine ${id}`);
    return row;
  }

  async deleteTurbine(orgId: string, id: string): Promise<void> {
    const { affected } = await this.#database.manager.delete(WindTurbine, { org_id: orgId, id });
    if (!affected) throw new AppError('request.not_found', `No turbine ${id}`);
  }

  /**
   * Returns the turbines of a request, from the public library, the organization's own, or the request itself.
   * @throws AppError `request.not_found`
   */
  async resolve(orgId: string, choices: readonly TurbineChoice[]): Promise<TurbineSpec[]> {
    const ids = choices.flatMap(({ id, curve }) => (!curve && id!.startsWith('trb_') ? [id!] : []));
    const rows =
      ids.length === 0
        ? []
        : await this.#database.query<WindTurbineRow>(
            'SELECT id, curve FROM wind_turbines WHERE org_id = $1 AND id = ANY($2)',
            [orgId, ids],
          );
    const own = new Map(rows.map((row) => [row.id, row.curve as WindTurbineBody]));
    const missing = ids.find((id) => !own.has(id));
    if (missing) throw new AppError('request.not_found', `No turbine ${missing}`);
    return choices.map((choice) => turbineOfChoice(choice, choice.curve ?? own.get(choice.id!)));
  }

  /** @throws AppError `wind.invalid_input` with line, column and reason; nothing is stored then */
  async addResource(orgId: string, { name, bytes, format, options }: WindUpload): Promise<WindResourceRow> {
    const described = await this.#describe({ bytes, isDeflated: false, format, options }, orgId);
    const row = {
      id: newId('windResource'),
      org_id: orgId,
      name,
      format: described.format,
      sha256: await sha256(bytes),
      summary: described.summary,
      options: { ...options },
      warnings: described.warnings,
      created_at: new Date(),
    };
    const data = await deflated(bytes);
    await this.#database.transaction(async (tx) => {
      await insertRows(tx.manager, WindResource, [row]);
      await tx.manager.insert(WindResourceFile, { resource_id: row.id, data });
    });
    return row;
  }

  resources(orgId: string, limit: number, before?: string): Promise<WindResourceRow[]> {
    return this.#database.query<WindResourceRow>(
      'SELECT * FROM wind_resources WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async resource(orgId: string, id: string): Promise<WindResourceRow> {
    const row = await this.#database.manager.findOneBy(WindResource, { org_id: orgId, id });
    if (!row) throw new AppError('request.not_found', `No wind resource ${id}`);
    return row;
  }

  /** Returns what a compute thread needs to read the file again. */
  async resourceFile(orgId: string, id: string): Promise<ReadWindInput> {
    const { format, options } = await this.resource(orgId, id);
    const file = await this.#database.manager.findOneByOrFail(WindResourceFile, { resource_id: id });
    return { bytes: file.data, isDeflated: true, format: format as WindFileFormat, options };
  }

  async deleteResource(orgId: string, id: string): Promise<void> {
    const { affected } = await this.#database.manager.delete(WindResource, { org_id: orgId, id });
    if (!affected) throw new AppError('request.not_found', `No wind resource ${id}`);
  }
}
