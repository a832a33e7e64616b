/** The public turbines by name, and a search over them. */
import { windError } from '../check.ts';
import { curveLibrary } from './curve-library.ts';
import { PUBLIC_TURBINES } from './public-turbines.ts';
import type { TurbineSpec } from './turbine.ts';
import { ratedPowerKw } from './turbine.ts';

/** Returns all public turbines: first those that are checked against other programs, then the curves of others' libraries. */
export const publicTurbines = (): readonly TurbineSpec[] => [...PUBLIC_TURBINES, ...curveLibrary()];

/**
 * Returns a public turbine.
 * @param name as listed, letter for letter
 * @throws AppError `wind.invalid_input` with the known names
 */
export function publicTurbine(name: string): TurbineSpec {
  const turbine = publicTurbines().find((one) => one.name === name);
  if (!turbine)
    throw windError(
      `turbine ${name} is not known; known are ${PUBLIC_TURBINES.map((t) => t.name).join(', ')} and others of GET /v1/wind/turbines`,
    );
  return turbine;
}

export const hasThrust = ({ curve }: TurbineSpec): boolean => curve.kind === 'cubic' || curve.ct !== null;

export interface TurbineSearch {
  /** Part of the name, in any case */
  readonly text?: string;
  readonly minRatedKw?: number;
  readonly maxRatedKw?: number;
  readonly minDiameterM?: number;
  readonly maxDiameterM?: number;
  /** Only turbines with thrust coefficients, which wakes need, or only others */
  readonly hasThrust?: boolean;
}

/** Returns the public turbines that meet every given condition, in their order. */
export function searchTurbines(search: TurbineSearch): readonly TurbineSpec[] {
  const text = search.text?.toLowerCase() ?? '';
  return publicTurbines().filter((turbine) => {
    const rated = ratedPowerKw(turbine);
    return (
      turbine.name.toLowerCase().includes(text) &&
      rated >= (search.minRatedKw ?? 0) &&
      rated <= (search.maxRatedKw ?? Number.POSITIVE_INFINITY) &&
      turbine.diameterM >= (search.minDiameterM ?? 0) &&
      turbine.diameterM <= (search.maxDiameterM ?? Number.POSITIVE_INFINITY) &&
      hasThrust(turbine) === (search.hasThrust ?? hasThrust(turbine))
    );
  });
}
