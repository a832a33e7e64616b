/** Distances between the turbines of a farm. */
import { windError } from '../check.ts';
import type { Farm } from './farm.ts';

/** Turbines nearer to each other than this would touch [rotor diameters]. */
const MIN_DIAMETERS = 0.5;

/** The two turbines that are nearest to each other. */
interface NearestPair {
  readonly first: number;
  readonly second: number;
  /** Between the hubs, in space [m] */
  readonly distanceM: number;
  /** The same, in diameters of the larger rotor */
  readonly diameters: number;
}

/** Returns the pair with the smallest distance in rotor diameters; null for a single turbine. */
export function nearestPair({ xM, yM, turbines, kind }: Farm): NearestPair | null {
  const specs = Array.from(xM, (_, i) => turbines[kind?.[i] ?? 0]);
  let nearest: NearestPair | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let second = 1; second < xM.length; second++)
    for (let first = 0; first < second; first++) {
      const dx = xM[first] - xM[second];
      const dy = yM[first] - yM[second];
      const dz = specs[first].hubHeightM - specs[second].hubHeightM;
      const diameterM = Math.max(specs[first].diameterM, specs[second].diameterM);
      const square = (dx * dx + dy * dy + dz * dz) / (diameterM * diameterM);
      if (square >= least) continue;
      least = square;
      const diameters = Math.sqrt(square);
      nearest = { first, second, distanceM: diameters * diameterM, diameters };
    }
  return nearest;
}

/** @throws AppError that names two turbines whose rotors would touch */
export function requireApart(farm: Farm, pointer: string): void {
  const nearest = nearestPair(farm);
  if (!nearest || nearest.diameters >= MIN_DIAMETERS) return;
  const { first, second, distanceM, diameters } = nearest;
  throw windError(
    `turbines ${first} and ${second} are ${distanceM.toFixed(1)} m apart, ${diameters.toFixed(2)} rotor diameters; expected at least ${MIN_DIAMETERS}: list each turbine once`,
    pointer,
  );
}
