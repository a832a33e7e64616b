/** Contours of the speed lost in wakes: the areas of a flow map for pictures. */
import { contours } from 'd3-contour';
import type { FlowMap } from './flow-map.ts';

export interface FlowContour {
  /** Minimum share of the free speed that is lost [-] */
  readonly deficit: number;
  /** Rings of [x, y] in metres, holes among them: filled by the even-odd rule */
  readonly rings: readonly (readonly (readonly [number, number])[])[];
}

/**
 * Returns areas by marching squares; speeds are linear between the points.
 * @param deficits shares of the free speed [-], rising
 */
export function flowContours({ xM, yM, freeMPerS, wsMPerS }: FlowMap, deficits: readonly number[]): FlowContour[] {
  const [dx, dy] = [xM[1] - xM[0], yM[1] - yM[0]];
  const lost = Array.from(wsMPerS, (ws) => 1 - ws / freeMPerS);
  return contours()
    .size([xM.length, yM.length])
    .thresholds([...deficits])(lost)
    .map(({ value, coordinates }) => ({
      deficit: value,
      // A point of the map is the middle of its cell there.
      rings: coordinates
        .flat()
        .map((ring) => ring.map(([x, y]) => [xM[0] + (x - 0.5) * dx, yM[0] + (y - 0.5) * dy] as const)),
    }));
}
