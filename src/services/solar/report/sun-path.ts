/** The sun over the year at the plant, and what stands before it: the far horizon and the rows. */
import { sunPathChart } from '../../../documents/charts/sun-path.ts';
import type { Block } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import { horizonElevation } from '../../../solar/irradiance/horizon.ts';
import { shadedFraction } from '../../../solar/irradiance/rows.ts';
import type { SolarSystem } from '../../../solar/system.ts';
import { sunPositions } from '../../../sun/spa.ts';
import type { ReportContext } from '../../reports/context.ts';
import { figure } from '../../reports/context.ts';
import { toSolarSystem } from '../engine-system.ts';
import type { SolarJob } from './load.ts';
import { placeOf } from './plant.ts';

const RAD = Math.PI / 180;
/** Months whose 21st is drawn: from one solstice to the other; those of the other half of the year have nearly the same paths */
const DAYS = [5, 4, 3, 2, 1, 0, 11] as const;
const YEAR = 2025;
type Point = readonly [azimuthDeg: number, elevationDeg: number];

/** Returns the paths of the sun with the horizon and the limit of the rows; none without a place. */
export function sunPathBlocks(context: ReportContext, job: SolarJob): Block[] {
  const { text, format } = context;
  const place = placeOf(job, '');
  if (!place) return [];
  const system = toSolarSystem(job.system.system);
  const { latitudeDeg, longitudeDeg } = place;
  const offsetH = job.weather[0]?.row?.utc_offset_h ?? 0;
  const path = (instants: readonly number[]): Point[] => {
    const { apparentZenithDeg, azimuthDeg } = sunPositions(instants, { latitudeDeg, longitudeDeg });
    return instants.flatMap((_, k) =>
      apparentZenithDeg[k] < 90 ? [[azimuthDeg[k], 90 - apparentZenithDeg[k]] as const] : [],
    );
  };
  const midnight = (month: number): number => Date.UTC(YEAR, month, 21) - offsetH * 3.6e6;
  const days = DAYS.map((month) => ({
    name: format.months[month],
    points: path(Array.from({ length: 24 * 6 }, (_, k) => midnight(month) + k * 600_000)),
  }));
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    name: String(hour),
    points: path(DAYS.map((month) => midnight(month) + hour * 3.6e6)),
  }));
  const limit = rowLimit(system);
  const skyline = system.farHorizon;
  const all = Array.from({ length: 73 }, (_, k) => 5 * k);
  const notes = [
    skyline
      ? text('sun.horizon', { most: format.digits(Math.max(...skyline.elevationDeg), 1) })
      : text('sun.no_horizon'),
    limit ? text('sun.rows', { limit: format.digits(limit.angleDeg, 1) }) : text(noLimitKey(system)),
  ];
  return [
    figure(
      text('sun.caption'),
      [text('sun.alt'), ...notes].join(' '),
      sunPathChart({
        width: FULL_WIDTH,
        height: 190,
        days,
        hours,
        ...(skyline && {
          horizon: {
            name: text('sun.horizon_name'),
            points: all.slice(0, 72).map((azimuth) => [azimuth, horizonElevation(skyline, azimuth)] as const),
          },
        }),
        ...(limit && { rows: { name: text('sun.rows_name'), points: limit.points } }),
        fromDeg: latitudeDeg >= 0 ? 0 : 180,
        xTitle: text('sun.azimuth'),
        yTitle: text('sun.elevation'),
        compass: (azimuth) => `${format.fixed(azimuth)}\u00b0`,
        format: format.tick,
      }),
    ),
    { type: 'note', text: notes.join(' ') },
  ];
}

const noLimitKey = ({ mounting, rows, subarrays }: SolarSystem) =>
  subarrays
    ? 'sun.rows_subarrays'
    : mounting.type === 'one_axis'
      ? 'sun.rows_tracker'
      : rows
        ? 'sun.rows_fraction'
        : 'sun.no_rows';

/**
 * Returns the limit angle of fixed rows, and the elevation of the sun by azimuth below which the row in front shades
 * the modules; null where rows are not modelled or move.
 */
export function rowLimit({ mounting, rows, subarrays }: SolarSystem): { angleDeg: number; points: Point[] } | null {
  const isFixed = mounting.type === 'fixed' || mounting.type === 'roof';
  if (!isFixed || subarrays || !rows?.gcr || rows.model === 'fixed_fraction') return null;
  const { gcr, crossAxisTiltDeg = 0 } = rows;
  // The angle in the plane across the rows, by bisection: lower sun is shaded, higher sun is not.
  let [low, high] = [0, 90];
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (shadedFraction(90 - middle, mounting.tiltDeg, gcr, crossAxisTiltDeg) > 0) low = middle;
    else high = middle;
  }
  const angleDeg = high;
  const points = Array.from({ length: 179 }, (_, k) => k - 89).map((across): Point => {
    const elevation = Math.atan(Math.tan(angleDeg * RAD) * Math.cos(across * RAD)) / RAD;
    return [(mounting.azimuthDeg + across + 360) % 360, elevation];
  });
  return angleDeg > 1e-6 ? { angleDeg, points } : null;
}
