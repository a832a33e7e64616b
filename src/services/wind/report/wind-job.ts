/** A wind job with all that its report shows, and what its result says. */
import type { JobResult } from '../../../contracts/jobs/kinds.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import type { FlowContour } from '../../../wind/energy/flow-contours.ts';
import type { FlowArea } from '../../../wind/energy/flow-map.ts';
import type { HubWind } from '../../../wind/resource/hub-wind.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import type { ReportJob, Series } from '../../reports/report-job.ts';
import type { WindJobRow } from '../load.ts';
import type { economicsView } from '../../economics/project.ts';
import type { yieldView } from '../result.ts';

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

interface Layout {
  readonly x_m: readonly number[];
  readonly y_m: readonly number[];
  readonly longitude_deg?: readonly number[];
  readonly latitude_deg?: readonly number[];
  readonly type?: readonly number[];
  readonly is_fixed?: readonly boolean[];
  readonly cable_length_m?: number;
}

export type WindYield = ReturnType<typeof yieldView> & {
  readonly layout: Layout;
  readonly cable_length_m?: number;
  readonly area_km2?: number;
  readonly economics: ReturnType<typeof economicsView> | null;
  readonly wake_model?: string;
  readonly long_term?: Readonly<Record<string, number | string>> | null;
  readonly records_excluded?: number;
  readonly site_wind?: {
    readonly frequencies: string;
    readonly weibull_shapes: string;
    readonly frequency_effect_pct: number | null;
  } | null;
  readonly wake_steering?: { readonly wind_speed_m_s: number; readonly gain_pct: number } | null;
};

/** The result of a layout search that found a layout: reports refuse the others. */
export type WindSearch = JobResult<'wind-optimize'> & {
  readonly best: NonNullable<JobResult<'wind-optimize'>['best']>;
};

export const yieldOf = ({ job }: Pick<WindJob, 'job'>): WindYield =>
  (job.kind === 'wind-optimize' ? job.result!.best : job.result) as unknown as WindYield;

/** Entry of the request's turbines at each place. */
export const kindsOf = ({ body, job }: Pick<WindJob, 'job' | 'body'>): readonly number[] => {
  const { layout } = yieldOf({ job });
  return (('layout' in body ? body.layout.type : layout.type) ?? layout.x_m.map(() => 0)) as readonly number[];
};

/** The turbine types of the farm that was computed: a search that uses one type at a time only has that type. */
export function farmSpecs({ body, job, specs }: Pick<WindJob, 'job' | 'body' | 'specs'>): readonly TurbineSpec[] {
  if (job.kind !== 'wind-optimize' || ('fixed' in body && body.fixed)) return specs;
  const { best, candidates } = job.result as WindSearch;
  const { type } = candidates[best.candidate];
  return type === null ? specs : [specs[type]];
}

/** The designs of a search that no other beats, without their places. */
export const windFront = ({ job }: Pick<WindJob, 'job'>): Record<string, number>[] =>
  job.kind === 'wind-optimize'
    ? job.result!.pareto.map(
        (one) =>
          Object.fromEntries(Object.entries(one).filter(([, value]) => typeof value === 'number')) as Record<
            string,
            number
          >,
      )
    : [];

/** The sector from which the wind blows most. */
export const prevailing = <Sector extends { readonly frequency: number }>(sectors: readonly Sector[]): Sector =>
  sectors.reduce((main, one) => (one.frequency > main.frequency ? one : main));

export const cableLengthM = (windYield: WindYield): number =>
  windYield.cable_length_m ?? windYield.layout.cable_length_m ?? 0;

export const meanSpeed = ({ turbines }: WindYield): number =>
  turbines.reduce((sum, { mean_speed_m_s }) => sum + mean_speed_m_s, 0) / turbines.length;
