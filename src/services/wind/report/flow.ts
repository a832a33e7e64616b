/**
 * The wakes behind a farm's turbines for its report: in the prevailing wind direction, at the mean speed of that
 * sector.
 */
import { farmFlow } from '../analysis.ts';
import { farmConditions, projectionOf, specsAtDensity, withNeighbours } from '../setup.ts';
import type { FlowMapInput } from '../../../wind/energy/flow-map.ts';
import type { WindJob } from './wind-job.ts';
import { farmSpecs, kindsOf, prevailing, yieldOf } from './wind-job.ts';

/** Shares of the free speed that the map's areas lose at least [-] */
export const DEFICITS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3] as const;
/** Around the turbines [rotor diameters] */
const MARGIN = 6;
/** Least width of the map over its height: that of a figure across the page. */
const SHAPE = 1.65;
/** Points of the map; fewer behind many turbines, whose number times the points is the work. */
const POINTS = { most: 40_000, least: 6_000, timesTurbines: 6e6 };

interface FlowWork {
  readonly map: FlowMapInput & Required<Pick<FlowMapInput, 'area' | 'nX' | 'nY'>>;
  readonly deficits: readonly number[];
}

/** Returns the work of a compute thread for the map of wakes, over the area of the map; null if that sector has no wind. */
export function prevailingFlow(job: Omit<WindJob, 'flow'>): FlowWork | null {
  const { body, climate } = job;
  const { layout, sectors } = yieldOf(job);
  const { wind_direction_deg: directionDeg, wind_speed_mean_m_s: wsMPerS } = prevailing(sectors);
  if (!(wsMPerS > 0)) return null;
  const { x_m: xM, y_m: yM } = layout;
  const turbines = specsAtDensity(body, farmSpecs(job), climate);
  const own = { xM, yM, turbines, kind: turbines.length > 1 ? kindsOf(job) : undefined };
  const farm = withNeighbours(body, own, projectionOf(body));
  const diameterM = Math.max(...turbines.map((one) => one.diameterM));
  const [west, east, south, north] = [Math.min(...xM), Math.max(...xM), Math.min(...yM), Math.max(...yM)];
  const margin = MARGIN * diameterM;
  const tall = north - south + 2 * margin;
  const wide = Math.max(east - west + 2 * margin, SHAPE * tall);
  const [minX, minY] = [(west + east - wide) / 2, south - margin];
  const points = Math.max(POINTS.least, Math.min(POINTS.most, POINTS.timesTurbines / xM.length));
  const cellM = Math.max(diameterM / 4, Math.sqrt((wide * tall) / points));
  const map = {
    ...farmFlow(farm, farmConditions(body, turbines, climate, body.bins, true)),
    directionDeg,
    wsMPerS,
    area: { minX, maxX: minX + wide, minY, maxY: minY + tall },
    nX: Math.ceil(wide / cellM) + 1,
    nY: Math.ceil(tall / cellM) + 1,
  };
  return { map, deficits: DEFICITS };
}
