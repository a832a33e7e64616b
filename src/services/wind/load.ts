/** Loads the turbines and the wind that a wind request names. */
import type { ClimateInput, WindClimate } from '../../wind/resource/climate.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import { warningsAt } from '../../contracts/common/warnings.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type { JobPool, JobServices } from '../jobs/working-kind.ts';
import { WindLibrary } from './library.ts';
import { climateOf } from './setup.ts';

export const windSources = ({
  database,
  weather,
  pool,
}: Pick<JobServices, 'database' | 'weather'> & { readonly pool: JobPool }): WindSources => ({
  windLibrary: new WindLibrary(
    database,
    async (file, caller) => (await pool.run('describeWindFile', file, { caller })).result,
  ),
  weather,
  readWindClimate: async (input) => (await pool.run('windClimate', input)).result,
});

export interface WindSources {
  readonly windLibrary: WindLibrary;
  readonly weather: WeatherDatasets;
  /** Reads files outside the event loop. */
  readonly readWindClimate: (input: ClimateInput) => Promise<WindClimate>;
}

/** A stored job of a wind farm */
export type WindJobRow = JobRow<'wind-analyze' | 'wind-optimize'>;

/** @throws AppError `request.not_found` for a job of another kind */
export function requireWindJob<Stored extends { readonly job: Pick<JobRow, 'id' | 'kind'> }>(stored: Stored): Stored {
  const { id, kind } = stored.job;
  if (kind === 'wind-analyze' || kind === 'wind-optimize') return stored;
  throw new AppError('request.not_found', `Job ${id} is a ${kind}`);
}

/** What may have been deleted since the job was accepted is a final error of the job. */
async function orDeletedError<T>(what: string, load: Promise<T>): Promise<T> {
  try {
    return await load;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'request.not_found')
      throw new AppError('wind.invalid_input', `${what} of this job was deleted`, { cause });
    throw cause;
  }
}

/** Returns the weather datasets that a request refers to. */
export const weatherIdsOf = ({
  weather_ids,
  resource,
}: Pick<WindAnalyzeInput, 'weather_ids' | 'resource'>): readonly string[] =>
  weather_ids ?? (resource?.type === 'upload' ? resource.long_term?.weather_ids : undefined) ?? [];

/** What a request refers to by ids */
export type WindReferences = Pick<
  WindAnalyzeInput | WindOptimizeInput,
  'turbines' | 'weather_ids' | 'weather_height_m' | 'resource' | 'speedups'
>;

export async function loadWind(
  orgId: string,
  body: WindAnalyzeInput | WindOptimizeInput,
  sources: WindSources,
): Promise<{ specs: TurbineSpec[]; climate: WindClimate; warnings: JobWarning[] }> {
  const { windLibrary, weather, readWindClimate } = sources;
  const { weather_ids: weatherIds, resource } = body;
  const { specs, climate } = await loadReferences(orgId, body, sources);
  return {
    specs,
    climate: climateOf(body, await readWindClimate(climate)),
    warnings: [
      ...(resource?.type === 'upload'
        ? warningsAt((await windLibrary.resource(orgId, resource.resource_id)).warnings, '/resource/resource_id')
        : []),
      ...(await weather.warnings(
        orgId,
        weatherIdsOf(body),
        weatherIds ? '/weather_ids' : '/resource/long_term/weather_ids',
      )),
    ],
  };
}

/** Loads the turbines, and the files that the wind is read from. */
export async function loadReferences(
  orgId: string,
  { turbines, weather_ids: weatherIds, weather_height_m: heightM, resource, speedups }: WindReferences,
  { windLibrary, weather }: WindSources,
): Promise<{ specs: TurbineSpec[]; climate: ClimateInput }> {
  const specs = await orDeletedError('A turbine', windLibrary.resolve(orgId, turbines));
  const place = (at: { x_m: number; y_m: number }) => ({ xM: at.x_m, yM: at.y_m });
  const file = (id: string) => orDeletedError('A wind resource', windLibrary.resourceFile(orgId, id));
  const years = (ids: readonly string[]) =>
    orDeletedError('A weather dataset', Promise.all(ids.map((id) => weather.data(orgId, id))));
  const source =
    weatherIds && heightM !== undefined
      ? { kind: 'weather' as const, years: await years(weatherIds), heightM }
      : resource?.type === 'upload'
        ? {
            kind: 'file' as const,
            file: await file(resource.resource_id),
            reference: resource.reference && place(resource.reference),
            roughnessM: resource.roughness_m,
            hubHeightM: specs[0].hubHeightM,
            minMonths: resource.n_months_min,
            longTerm: resource.long_term && {
              method: resource.long_term.method,
              isBySector: resource.long_term.is_by_sector,
              years: await years(resource.long_term.weather_ids ?? []),
              files: await Promise.all((resource.long_term.resource_ids ?? []).map(file)),
            },
          }
        : undefined;
  return {
    specs,
    climate: {
      source,
      speedups:
        speedups && 'resource_id' in speedups
          ? { file: await file(speedups.resource_id), reference: place(speedups.reference) }
          : undefined,
    },
  };
}
