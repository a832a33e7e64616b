/** Loads what a report needs: jobs with their results, weather, sites and hourly series. */
import type { SolarYears } from '../../compute/tasks.ts';
import { WATERFALL_WIDTH } from '../../compute/tasks.ts';
import type { ComputePool } from '../../compute/pool.ts';
import { newControl } from '../../compute/pool.ts';
import type { ClimateInput, WindClimate } from '../../wind/resource/climate.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { SolarAnalyzeInput } from '../../contracts/solar/analyze.schema.ts';
import type { SolarSystemResult } from '../../contracts/solar/result.schema.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { decodeColumns } from '../../series/columns.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { JobRow, SiteRow, WeatherRow } from '../../adapters/database/entities.ts';
import type { SolarOptimizeInput } from '../solar/design.ts';
import { toDesignRequest } from '../solar/design.ts';
import { solarResult } from '../solar/result.ts';
import { toSolarSystem } from '../solar/system.ts';
import { loadWind } from '../wind/load.ts';
import type { SolarSystem } from '../../solar/system.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';
import type { WindLibrary } from '../wind/library.ts';
import { prevailingFlow } from '../wind/report/flow.ts';
import type { ReportJob, Series, SolarDesignFound, SolarJob, WeatherUsed, WindJob } from './report-job.ts';

export interface ReportSources {
  readonly database: Database;
  readonly weather: WeatherDatasets;
  readonly windLibrary: WindLibrary;
  readonly readWindClimate: (input: ClimateInput) => Promise<WindClimate>;
  readonly pool: Pick<ComputePool, 'run'>;
}

const WEATHER_COLUMNS = `id, org_id, site_id, name, format, sha256, latitude_deg, longitude_deg, elevation_m, utc_offset_h,
  step_minutes, row_count, summary, created_at`;

interface LoadOptions {
  /** Index of a system of a solar analysis; default: the best one */
  readonly systemIndex?: number;
  /** Whether the wind behind the turbines is shown */
  readonly withFlow: boolean;
}

export async function loadJob(job: JobRow, sources: ReportSources, options: LoadOptions): Promise<ReportJob> {
  const siteId = (job.input as { site_id?: string }).site_id;
  const [site = null] = siteId
    ? await sources.database.query<SiteRow>('SELECT * FROM sites WHERE id = $1 AND org_id = $2', [siteId, job.org_id])
    : [];
  switch (job.kind) {
    case 'solar-analyze':
      return solarAnalysis(job, site, sources, options);
    case 'solar-optimize':
      return solarDesign(job, site, sources);
    case 'wind-analyze':
    case 'wind-optimize':
      return windJob(job, site, sources, options);
    case 'report':
      throw new AppError('report.unusable_job', `Job ${job.id} is a report`);
  }
}

async function weatherOf(
  orgId: string,
  ids: readonly string[],
  { database, weather }: ReportSources,
): Promise<WeatherUsed[]> {
  const rows = await database.query<WeatherRow>(
    `SELECT ${WEATHER_COLUMNS} FROM weather_datasets WHERE org_id = $1 AND id = ANY($2)`,
    [orgId, ids],
  );
  return Promise.all(
    ids.map(async (id) => {
      const row = rows.find((one) => one.id === id) ?? null;
      return { id, row, year: row && (await weather.year(orgId, id)) };
    }),
  );
}

async function seriesOf({ database }: ReportSources, jobId: string, names: readonly string[]): Promise<Series[]> {
  const rows = await database.query<{ name: string; data: Buffer }>(
    'SELECT name, data FROM job_series WHERE job_id = $1 AND name = ANY($2)',
    [jobId, names],
  );
  return names.flatMap((name) => {
    const row = rows.find((one) => one.name === name);
    return row ? [decodeColumns(row.data)] : [];
  });
}

interface SolarAnalysisResult {
  readonly systems: readonly SolarSystemResult[];
  readonly best_index: number | null;
}

async function solarAnalysis(
  job: JobRow,
  site: SiteRow | null,
  sources: ReportSources,
  { systemIndex }: LoadOptions,
): Promise<SolarJob> {
  const jobInput = job.input as unknown as SolarAnalyzeInput;
  const { systems, best_index } = job.result as unknown as SolarAnalysisResult;
  const index = systemIndex ?? best_index ?? 0;
  const system = systems[index];
  if (!system)
    throw new AppError(
      'report.unusable_job',
      `system_index is ${index}; job ${job.id} computed ${systems.length} systems, 0 to ${systems.length - 1}`,
      { pointer: '/system_index' },
    );
  const weather = await weatherOf(job.org_id, jobInput.weather_ids, sources);
  const names = weather.map((_, year) => `system-${index + 1}${weather.length > 1 ? `-year-${year + 1}` : ''}`);
  const stored = await seriesOf(sources, job.id, names);
  const canCompute = stored.length === 0 && weather.every(({ row }) => row);
  const computed = canCompute
    ? (await yearsOf(job.org_id, toSolarSystem(jobInput.systems[index]), jobInput, sources)).series.map((data) =>
        decodeColumns(Buffer.from(data)),
      )
    : [];
  return {
    division: 'solar',
    job,
    site,
    weather,
    system,
    systems,
    uncertaintyPct: jobInput.uncertainty_pct,
    interannualPct: jobInput.interannual_pct,
    hourly: canCompute ? computed : stored,
    isRecomputed: canCompute,
    design: null,
  };
}

/** The years of one system, series included, as the job computed them. */
async function yearsOf(
  orgId: string,
  system: SolarSystem,
  asked: Pick<SolarAnalyzeInput, 'weather_ids' | 'decomposition' | 'edge_steps'>,
  sources: ReportSources,
) {
  const weather = await storedYears(orgId, asked.weather_ids, sources);
  const { result } = await sources.pool.run('solarYears', {
    weather,
    systems: [system],
    options: { decomposition: asked.decomposition, edgeSteps: asked.edge_steps },
    first: 0,
    end: weather.length,
    series: true,
    control: newControl(),
  });
  return result;
}

const storedYears = (orgId: string, ids: readonly string[], { weather }: ReportSources) =>
  Promise.all(ids.map(async (id) => ({ id, data: await weather.data(orgId, id) })));

async function solarDesign(job: JobRow, site: SiteRow | null, sources: ReportSources): Promise<SolarJob> {
  const jobInput = job.input as unknown as SolarOptimizeInput;
  const design = job.result as unknown as SolarDesignFound;
  const weather = await weatherOf(job.org_id, jobInput.weather_ids, sources);
  if (!weather.every(({ row }) => row))
    throw new AppError('report.unusable_job', `A weather dataset of job ${job.id} was deleted`);
  const { result: plant } = await sources.pool.run('solarDesignPlant', {
    weather: await storedYears(job.org_id, jobInput.weather_ids, sources),
    options: { decomposition: jobInput.decomposition, edgeSteps: jobInput.edge_steps },
    request: toDesignRequest(jobInput, job.seed),
    values: design.best.values,
    sliceMs: 0,
    control: newControl(),
  });
  const years = await yearsOf(job.org_id, plant, jobInput, sources);
  return { ...bestDesign(jobInput, plant, years), division: 'solar', job, site, weather, isRecomputed: true, design };
}

/** A search's best design as an analysis of one system. */
export function bestDesign(
  asked: SolarOptimizeInput,
  plant: SolarSystem,
  years: Pick<SolarYears, 'figures' | 'waterfall' | 'series'>,
): Pick<SolarJob, 'system' | 'systems' | 'uncertaintyPct' | 'interannualPct' | 'hourly'> {
  const input: SolarAnalyzeInput = {
    weather_ids: asked.weather_ids,
    systems: [{ ...asked.system, ...(snakeKeys(plant) as object) } as SolarSystemBody],
    decomposition: asked.decomposition,
    edge_steps: asked.edge_steps,
    uncertainty_pct: asked.uncertainty_pct,
    interannual_pct: asked.interannual_pct,
    include_series: true,
  };
  const waterfall = new Float64Array(WATERFALL_WIDTH).fill(Number.NaN);
  years.waterfall.forEach((change, k) => {
    const at = k % WATERFALL_WIDTH;
    if (!Number.isNaN(change)) waterfall[at] = Number.isNaN(waterfall[at]) ? change : waterfall[at] + change;
  });
  const { systems } = solarResult(input, years.figures, waterfall, asked.weather_ids.length);
  return {
    system: systems[0],
    systems,
    uncertaintyPct: input.uncertainty_pct,
    interannualPct: input.interannual_pct,
    hourly: years.series.map((data) => decodeColumns(Buffer.from(data))),
  };
}

async function windJob(
  job: JobRow,
  site: SiteRow | null,
  sources: ReportSources,
  { withFlow }: LoadOptions,
): Promise<WindJob> {
  const body = job.input as unknown as WindAnalyzeInput | WindOptimizeInput;
  const { resource } = body;
  const ids =
    resource.type === 'weather'
      ? resource.weather_ids
      : resource.type === 'upload'
        ? (resource.long_term?.weather_ids ?? [])
        : [];
  const [weather, { specs, climate }, series] = await Promise.all([
    weatherOf(job.org_id, ids, sources),
    loadWind(job.org_id, body, sources),
    seriesOf(sources, job.id, ['power']),
  ]);
  const windJob = { division: 'wind', job, site, weather, body, specs, climate, power: series[0] ?? null } as const;
  if (!withFlow) return { ...windJob, flow: null };
  const work = prevailingFlow(windJob);
  const { result: contours } = await sources.pool.run('windFlow', work);
  return { ...windJob, flow: { area: work.map.area, contours } };
}
