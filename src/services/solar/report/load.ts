/**
 * Loads solar jobs with the data that their reports show: weather, hourly series, and the best design of a search,
 * which is computed again.
 */
import type { JobRow } from '../../../adapters/database/tables/jobs.ts';
import { newControl } from '../../../compute/pool.ts';
import { AppError } from '../../../contracts/common/app-error.ts';
import type {
  SolarAnalyzeInput,
  SolarDesignAnswer,
  SolarOptimizeInput,
  SolarSystemResult,
} from '../../../contracts/solar/result.schema.ts';
import type { Slice } from '../../../lib/stepwise.ts';
import { decodeColumns } from '../../../series/columns.ts';
import type { SolarSystem } from '../../../solar/system.ts';
import type { SolarYears } from '../../../solar/year/tasks.ts';
import { type ReportSources, seriesOf, siteOf, weatherOf } from '../../reports/load.ts';
import type { ReportJob, Series } from '../../reports/report-job.ts';
import type { LoadOptions } from '../../reports/room.ts';
import { bodyOfDesign, toDesignRequest } from '../design.ts';
import { solarResult } from '../result.ts';
import { toSolarSystem } from '../engine-system.ts';
import { sharedYears } from '../weather.ts';

type SolarKind = 'solar-analyze' | 'solar-optimize';

/** A solar job as one plant's yield; a search's best design is computed again for its months and hours. */
export interface SolarJob extends ReportJob {
  readonly job: JobRow<SolarKind>;
  readonly system: SolarSystemResult;
  readonly systems: readonly SolarSystemResult[];
  readonly uncertaintyPct: Readonly<Record<string, number>>;
  readonly interannualPct: number;
  /** The years' series in the order of `weather`; fewer if some are not available */
  readonly hourly: readonly Series[];
  /** Whether the series were computed for the report, and not stored by the job */
  readonly isRecomputed: boolean;
  readonly design: SolarDesignFound | null;
}

/** The result of a design search that found a design. */
export type SolarDesignFound = Omit<SolarDesignAnswer, 'best' | 'n_evaluations' | 'assumptions'> & {
  readonly best: NonNullable<SolarDesignAnswer['best']>;
  readonly n_evaluations: number;
  readonly assumptions: NonNullable<SolarDesignAnswer['assumptions']>;
};
export type SolarDesignView = SolarDesignAnswer['pareto'][number];

export const loadSolarJob = (
  job: JobRow<SolarKind>,
  sources: ReportSources,
  options: LoadOptions,
): Promise<SolarJob> => (job.kind === 'solar-analyze' ? loadAnalysis(job, sources, options) : loadSearch(job, sources));

async function loadAnalysis(
  job: JobRow<'solar-analyze'>,
  sources: ReportSources,
  { systemIndex }: LoadOptions,
): Promise<SolarJob> {
  const jobInput = job.input;
  const { systems: results = [], best_index = null } = job.result ?? {};
  const systems = results.map(withUnshaded);
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
    ? hourlyOf((await yearsOf(job.org_id, toSolarSystem(jobInput.systems[index]), jobInput, sources)).series)
    : [];
  return {
    job,
    site: await siteOf(job, sources),
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

/** Results before 0.1.0 have no unshaded irradiation, and refer the performance ratio to the shaded one; the waterfall has both. */
function withUnshaded(system: SolarSystemResult): SolarSystemResult {
  const { dc_capacity_kw: dc } = system.system;
  const transposed = system.waterfall.steps.find(({ name }) => name === 'transposition');
  if (system.poa_unshaded_annual_kwh_m2 !== undefined || !transposed) return system;
  return {
    ...system,
    poa_unshaded_annual_kwh_m2: transposed.remaining_kwh / dc,
    performance_ratio: system.annual_energy_kwh / transposed.remaining_kwh,
  };
}

/** Returns the years of one system, series included, as the job computed them. */
async function yearsOf(
  orgId: string,
  system: SolarSystem,
  asked: Pick<SolarAnalyzeInput, 'weather_ids' | 'decomposition' | 'edge_steps'>,
  sources: ReportSources,
) {
  const { result } = await sources.pool.run('solarYears', {
    spec: {
      weather: await sharedYears(sources.weather, orgId, asked.weather_ids),
      systems: [system],
      options: { decomposition: asked.decomposition, edgeSteps: asked.edge_steps },
      series: true,
    },
    state: null,
    budgetMs: Number.POSITIVE_INFINITY,
    control: newControl(),
  });
  return result;
}

async function loadSearch(job: JobRow<'solar-optimize'>, sources: ReportSources): Promise<SolarJob> {
  const jobInput = job.input;
  const design = designFound(job);
  const weather = await weatherOf(job.org_id, jobInput.weather_ids, sources);
  if (!weather.every(({ row }) => row))
    throw new AppError('report.unusable_job', `A weather dataset of job ${job.id} was deleted`);
  const { result: plant } = await sources.pool.run('solarDesignPlant', {
    spec: {
      weather: await sharedYears(sources.weather, job.org_id, jobInput.weather_ids),
      options: { decomposition: jobInput.decomposition, edgeSteps: jobInput.edge_steps },
      request: toDesignRequest(jobInput, job.seed),
    },
    values: design.best.values,
  });
  const years = await yearsOf(job.org_id, plant, jobInput, sources);
  const site = await siteOf(job, sources);
  return { ...bestDesign(jobInput, plant, design.best.values, years), job, site, weather, isRecomputed: true, design };
}

/** @throws AppError `report.unusable_job` for a search without a design */
export function designFound({ id, result }: Pick<JobRow<'solar-optimize'>, 'id' | 'result'>): SolarDesignFound {
  if (!result?.best || !result.assumptions) throw new AppError('report.unusable_job', `Job ${id} found no design`);
  const { best, n_evaluations = 0, assumptions } = result;
  return { ...result, best, n_evaluations, assumptions };
}

const hourlyOf = (series: ReadonlyMap<string, Uint8Array>): Series[] =>
  [...series.values()].map((data) => decodeColumns(Buffer.from(data)));

/** Returns a search's best design as an analysis of one system. */
export function bestDesign(
  asked: SolarOptimizeInput,
  plant: SolarSystem,
  values: SolarDesignFound['best']['values'],
  years: Pick<Slice<SolarYears, null>, 'state' | 'series'>,
): Pick<SolarJob, 'system' | 'systems' | 'uncertaintyPct' | 'interannualPct' | 'hourly'> {
  const input: SolarAnalyzeInput = {
    weather_ids: asked.weather_ids,
    systems: [bodyOfDesign(asked, plant, values)],
    decomposition: asked.decomposition,
    edge_steps: asked.edge_steps,
    uncertainty_pct: asked.uncertainty_pct,
    interannual_pct: asked.interannual_pct,
    include_series: true,
  };
  const { systems } = solarResult(input, years.state);
  return {
    system: systems[0],
    systems,
    uncertaintyPct: input.uncertainty_pct,
    interannualPct: input.interannual_pct,
    hourly: hourlyOf(years.series),
  };
}
