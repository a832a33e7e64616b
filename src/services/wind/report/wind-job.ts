import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import type { FlowContour } from '../../../wind/energy/flow-contours.ts';
import type { FlowArea } from '../../../wind/energy/flow-map.ts';
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
  readonly power: Series | null;
  /** Behind the turbines in the prevailing wind; null where the report does not show it */
  readonly flow: { readonly area: FlowArea; readonly contours: readonly FlowContour[] } | null;
}
