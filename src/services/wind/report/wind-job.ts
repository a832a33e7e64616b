/** A wind job with all that its report shows, and what its result says. */
import { AppError } from '../../../contracts/common/app-error.ts';
import type { JobResult } from '../../../contracts/jobs/kinds.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import type { FlowContour } from '../../../wind/energy/flow-contours.ts';
import type { FlowArea } from '../../../wind/energy/flow-map.ts';
import type { HubWind } from '../../../wind/resource/hub-wind.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import type { ReportJob, Series } from '../../reports/report-job.ts';
import type { WindJobRow } from '../load.ts';

/** A wind job with its turbines and its wind. */
export interface WindJob extends ReportJob {
  readonly job: WindJobRow;
  readonly body: WindAnalyzeInput | WindOptimizeInput;
  readonly specs: readonly TurbineSpec[];
  readonly climate: WindClimate;
  /** Wind at the hub of the farm's first type */
  readonly hubWind: HubWind;
  readonly power: Series | null;
  /** Behind the turbines in the prevailing wind; null where the report does not show it */
  readonly flow: { readonly area: FlowArea; readonly contours: readonly FlowContour[] } | null;
}

/** The yield of a wind job: that of the farm, or of the best layout found. */
export type WindYield = WindAnalysis | WindSearch['best'];
/** The result of an analysis that was completed: reports refuse the others. */
export type WindAnalysis = Extract<JobResult<'wind-analyze'>, { readonly is_complete: true }>;
/** The result of a layout search that found a layout: reports refuse the others. */
export type WindSearch = JobResult<'wind-optimize'> & {
  readonly best: NonNullable<JobResult<'wind-optimize'>['best']>;
};

/** Returns the yield; null for a job that ended before it had one. */
export function yieldFound(job: WindJobRow): WindYield | null {
  if (job.kind === 'wind-optimize') return job.result?.best ?? null;
  return job.result?.is_complete ? job.result : null;
}

/** @throws AppError `report.unusable_job` for a job without a yield */
export function yieldOf({ job }: Pick<WindJob, 'job'>): WindYield {
  const windYield = yieldFound(job);
  if (!windYield) throw withoutYield(job);
  return windYield;
}

/** Returns the request and the result of a layout search. @throws AppError `report.unusable_job` for other jobs */
export function searchOf({ job }: Pick<WindJob, 'job'>): {
  readonly body: WindOptimizeInput;
  readonly search: WindSearch;
} {
  if (job.kind !== 'wind-optimize' || !job.result?.best) throw withoutYield(job);
  return { body: job.input, search: { ...job.result, best: job.result.best } };
}

const withoutYield = ({ id, kind }: WindJobRow): AppError =>
  new AppError('report.unusable_job', `Job ${id}, a ${kind}, has no yield to report`);

/** Returns the index into the request's turbines for each position. */
export const kindsOf = ({ body, job }: Pick<WindJob, 'job' | 'body'>): readonly number[] => {
  const { layout } = yieldOf({ job });
  const kinds =
    'layout' in body ? body.layout.turbine_index : 'turbine_index' in layout ? layout.turbine_index : undefined;
  return kinds ?? layout.x_m.map(() => 0);
};

/** Returns the turbine types of the farm that was computed: a search that uses one type at a time only has that type. */
export function farmSpecs({ body, job, specs }: Pick<WindJob, 'job' | 'body' | 'specs'>): readonly TurbineSpec[] {
  if (job.kind !== 'wind-optimize' || body.neighbours || ('fixed_layout' in body && body.fixed_layout)) return specs;
  const { best, candidates } = searchOf({ job }).search;
  const { turbine_index: type } = candidates[best.candidate_index];
  return type === null ? specs : [specs[type]];
}

/** Returns the designs of a search that no other beats, without their places. */
export const windFront = ({ job }: Pick<WindJob, 'job'>): Record<string, number>[] =>
  job.kind === 'wind-optimize'
    ? job.result!.pareto.map(
        (one): Record<string, number> =>
          Object.fromEntries(
            Object.entries(one).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
          ),
      )
    : [];

/** Returns the sector of the most frequent wind direction. */
export const prevailing = <Sector extends { readonly frequency: number }>(sectors: readonly Sector[]): Sector =>
  sectors.reduce((main, one) => (one.frequency > main.frequency ? one : main));

export const cableLengthM = (windYield: WindYield): number =>
  'cable_length_m' in windYield ? windYield.cable_length_m : windYield.layout.cable_length_m;

export const meanSpeed = ({ turbines }: WindYield): number =>
  turbines.reduce((sum, { wind_speed_mean_m_s }) => sum + wind_speed_mean_m_s, 0) / turbines.length;
