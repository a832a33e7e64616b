/** Pictures of wind jobs, for reports. */
import { AppError } from '../../contracts/common/app-error.ts';
import { layoutSvg, windRoseSvg } from '../../documents/charts/layout-svg.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { WindJobRow } from './load.ts';
import { projectionOf, siteOf } from './setup.ts';

/** Yield and layout of an analysis, or of the best layout found. @throws AppError where the job has none */
function yieldOf(job: WindJobRow) {
  const jobYield = job.kind === 'wind-optimize' ? job.result?.best : job.result;
  if (!jobYield || !('layout' in jobYield))
    throw new AppError('request.not_found', `Job ${job.id} has no layout to draw`);
  return jobYield;
}

export function layoutPicture(job: WindJobRow, specs: readonly TurbineSpec[]): string {
  const body = job.input;
  const { layout } = yieldOf(job);
  const types = 'layout' in body ? body.layout.type : 'type' in layout ? layout.type : undefined;
  const largestM = Math.max(...specs.map((spec) => spec.diameterM));
  return layoutSvg({
    xM: layout.x_m,
    yM: layout.y_m,
    diameterM: layout.x_m.map((_, i) => specs[types?.[i] ?? 0].diameterM),
    isFixed: layout.x_m.map((_, i) => ('is_fixed' in layout ? layout.is_fixed[i] : false)),
    site: 'boundary' in body ? siteOf(body, projectionOf(body), largestM) : undefined,
    substations: 'substations' in body ? body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const) : [],
  });
}

export const rosePicture = (job: WindJobRow): string =>
  windRoseSvg(
    yieldOf(job).sectors.map(({ direction_deg: directionDeg, frequency, mean_speed_m_s: meanSpeedMPerS }) => ({
      directionDeg,
      frequency,
      meanSpeedMPerS,
    })),
  );
