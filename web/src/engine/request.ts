/** Requests that the engine in the browser can compute: those whose turbines it has. */
import type { AnalyzeWindRequest, JobOf } from '../../../src/client/index.ts';

/** Fields of a layout search that an analysis of its layout takes too */
const SHARED = [
  'projection',
  'resource',
  'shear',
  'air_density_kg_m3',
  'air',
  'density_correction',
  'turbulence_intensity',
  'turbines',
  'neighbours',
  'wake',
  'losses_pct',
  'export_limit_kw',
  'curtailment',
  'n_sectors',
  'bins',
] as const;

/** Turbines of the public library, or with their curve; the curves of uploaded ones stay on the server. */
const isKnown = ({ id, curve }: AnalyzeWindRequest['turbines'][number]): boolean =>
  curve !== undefined || !id?.startsWith('trb_');

/** The request that the engine in the browser computes as the server does; nothing if the wind stands in a file. */
export function energyRequestOf(request: AnalyzeWindRequest): AnalyzeWindRequest | undefined {
  const { resource, speedups, weather_id, weather_ids } = request;
  const hasWind = resource !== undefined && resource.type !== 'upload' && !speedups && !weather_id && !weather_ids;
  return hasWind && request.turbines.every(isKnown) ? request : undefined;
}

/** The farm of a job as a request for an analysis. */
export function requestOfJob(job: JobOf<'wind-analyze'> | JobOf<'wind-optimize'>): AnalyzeWindRequest | undefined {
  if (job.kind === 'wind-analyze') return job.input as AnalyzeWindRequest;
  const layout = job.result?.best?.layout;
  if (!layout) return undefined;
  const { x_m, y_m, longitude_deg, latitude_deg, turbine_index } = layout;
  const input = job.input as unknown as Readonly<Record<string, unknown>>;
  return {
    ...Object.fromEntries(SHARED.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
    layout: { ...(longitude_deg ? { longitude_deg, latitude_deg } : { x_m, y_m }), turbine_index },
  } as AnalyzeWindRequest;
}

/** A request for wakes only, for which any wind does. */
export function wakeRequestOf(request: AnalyzeWindRequest): AnalyzeWindRequest | undefined {
  if (!request.turbines.every(isKnown)) return undefined;
  const { layout, turbines, wake, projection, neighbours, turbulence_intensity } = request;
  return {
    layout,
    turbines,
    wake,
    projection,
    neighbours,
    turbulence_intensity: typeof turbulence_intensity === 'number' ? turbulence_intensity : undefined,
    resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
  };
}
