/** Pictures of wind jobs, for reports. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { JobRow } from '../../adapters/database/entities.ts';
import { layoutSvg, windRoseSvg } from '../../documents/charts/layout-svg.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { yieldView } from './result.ts';
import { projectionOf, siteOf } from './setup.ts';

interface JobLayout {
  readonly x_m: readonly number[];
  readonly y_m: readonly number[];
  readonly type?: readonly number[];
  readonly fixed?: readonly boolean[];
}
type JobYield = ReturnType<typeof yieldView> & { readonly layout: JobLayout };

/** Yield and layout of an analysis, or of the best layout found. @throws AppError where the job has none */
function yieldOf(job: JobRow): JobYield {
  const jobYield = (job.kind === 'wind-optimize' ? job.result?.best : job.result) as JobYield | null | undefined;
  if (!jobYield?.layout) throw new AppError('request.not_found', `Job ${job.id} has no layout to draw`);
  return jobYield;
}

export function layoutPicture(job: JobRow, specs: readonly TurbineSpec[]): string {
  const body = job.input as unknown as WindAnalyzeInput | WindOptimizeInput;
  const { layout } = yieldOf(job);
  const types = 'layout' in body ? body.layout.type : layout.type;
  const largestM = Math.max(...specs.map((spec) => spec.diameterM));
  return layoutSvg({
    xM: layout.x_m,
    yM: layout.y_m,
    diameterM: layout.x_m.map((_, i) => specs[types?.[i] ?? 0].diameterM),
    isFixed: layout.x_m.map((_, i) => layout.fixed?.[i] ?? false),
    site: 'boundary' in body ? siteOf(body, projectionOf(body), largestM) : undefined,
    substations: 'substations' in body ? body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const) : [],
  });
}

export const rosePicture = (job: JobRow): string =>
  windRoseSvg(
    yieldOf(job).sectors.map(({ direction_deg: directionDeg, frequency, mean_speed_m_s: meanSpeedMPerS }) => ({
      directionDeg,
      frequency,
      meanSpeedMPerS,
    })),
  );
