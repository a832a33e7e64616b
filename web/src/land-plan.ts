/** Rows in the areas of a request, by the engine's own geometry. Loaded with the first plan. */
import type { AreaOutput } from '../../src/client/index.ts';
import { projectionOfArea, zonesOfArea } from '../../src/geometry/area.ts';
import { type RowShape, ringsOf, rowsIn } from '../../src/geometry/row-plan.ts';

type AreaBody = Parameters<typeof zonesOfArea>[0];

export function landPlan(boundary: AreaOutput, exclusions: AreaOutput | undefined, shape: RowShape) {
  const area = boundary as AreaBody;
  const projection = area.unit === 'deg' ? projectionOfArea(area, '/boundary') : null;
  const zones = zonesOfArea(area, 'inside', projection, '/boundary');
  const excluded = exclusions ? zonesOfArea(exclusions as AreaBody, 'outside', projection, '/exclusions') : [];
  const rows = rowsIn(zones, excluded, shape);
  const areas = zones.flatMap((zone) => ringsOf(zone));
  const corners = areas.flat();
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const least = (values: readonly number[]): number => values.reduce((low, one) => Math.min(low, one));
  const most = (values: readonly number[]): number => values.reduce((high, one) => Math.max(high, one));
  return {
    rows,
    areas,
    holes: excluded.flatMap((zone) => ringsOf(zone)),
    /** West, south, east, north [m] */
    box: [least(xs), least(ys), most(xs), most(ys)] as const,
    lengthM: rows.reduce((sum, [[x0, y0], [x1, y1]]) => sum + Math.hypot(x1 - x0, y1 - y0), 0),
  };
}
