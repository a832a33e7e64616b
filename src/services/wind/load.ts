/** Loads the turbines and the wind that a wind request names. */
import type { ClimateInput, WindClimate } from '../../wind/resource/climate.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { JobServices } from '../jobs/working-kind.ts';
import { WindLibrary } from './library.ts';
import { inlineClimate } from './setup.ts';

export const windSources = ({
  database,
  weather,
  pool,
}: Pick<JobServices, 'database' | 'weather' | 'pool'>): WindSources => ({
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
export function requireWindJob(job: JobRow): WindJobRow {
  if (job.kind === 'wind-analyze' || job.kind === 'wind-optimize') return job;
  throw new AppError('request.not_found', `Job ${job.id} is a ${job.kind}`);
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

export async function loadWind(
  orgId: string,
  body: WindAnalyzeInput | WindOptimizeInput,
  { windLibrary, weather, readWindClimate }: WindSources,
): Promise<{ specs: TurbineSpec[]; climate: WindClimate }> {
  const { weather_ids: weatherIds, weather_height_m: heightM, resource, speedups } = body;
  const specs = await orDeletedError('A turbine', windLibrary.resolve(orgId, body.turbines));
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
            longTerm: resource.long_term && {
              method: resource.long_term.method,
              years: await years(resource.long_term.weather_ids),
            },
          }
        : undefined;
  const read = await readWindClimate({
    source,
    speedups:
      speedups && 'resource_id' in speedups
        ? { file: await file(speedups.resource_id), reference: place(speedups.reference) }
        : undefined,
  });
  const own = inlineClimate(resource);
  return { specs, climate: own ? { ...own, grid: read.grid } : read };
}
