/** What both kinds of wind job load before they compute. */
import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';
import type { WindClimate } from '../../src/compute/wind-climate.ts';
import { AppError } from '../../src/contracts/app-error.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../src/contracts/wind.schema.ts';
import { inlineClimate } from '../../src/jobs/wind-setup.ts';
import type { JobRun } from '../../src/jobs/job-run.ts';
import type { TurbineSpec } from '../../src/wind/turbine.ts';
import type { ComputeDependencies } from '../run-compute.ts';

/** What may have been deleted since the job was accepted is a final error of the job. */
async function kept<T>(what: string, load: Promise<T>): Promise<T> {
  try {
    return await load;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'request.not_found')
      throw new AppError('wind.invalid_input', `${what} of this job was deleted`, { cause });
    throw cause;
  }
}

export async function loadWind(
  orgId: string,
  body: WindAnalyzeInput | WindOptimizeInput,
  { windLibrary, weather, pool }: ComputeDependencies,
): Promise<{ specs: TurbineSpec[]; climate: WindClimate }> {
  const { resource, speedups } = body;
  const specs = await kept('A turbine', windLibrary.resolve(orgId, body.turbines));
  const place = (at: { x_m: number; y_m: number }) => ({ xM: at.x_m, yM: at.y_m });
  const file = (id: string) => kept('A wind resource', windLibrary.resourceFile(orgId, id));
  const source =
    resource.type === 'weather'
      ? {
          kind: 'weather' as const,
          years: await kept(
            'A weather dataset',
            Promise.all(resource.weather_ids.map((id) => weather.data(orgId, id))),
          ),
          heightM: resource.height_m,
        }
      : resource.type === 'upload'
        ? {
            kind: 'file' as const,
            file: await file(resource.resource_id),
            reference: resource.reference && place(resource.reference),
          }
        : undefined;
  const { result } = await pool.run('windClimate', {
    source,
    speedups: speedups && { file: await file(speedups.resource_id), reference: place(speedups.reference) },
  });
  const own = inlineClimate(resource);
  return { specs, climate: own ? { ...own, grid: result.grid } : result };
}

/** Every bit of a search's state, typed arrays included. */
export const packState = (state: object): Buffer => deflateSync(serialize(state), { level: 1 });
export function unpackState<State>(run: JobRun): State | null {
  return run.checkpoint?.data ? (deserialize(inflateSync(run.checkpoint.data)) as State) : null;
}
