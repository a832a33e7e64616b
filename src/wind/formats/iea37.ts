/**
 * IEA Wind Task 37, combined case study 1: finds the layout of a circular site with the most energy. Baker et al. 2019,
 * AIAA 2019-0540
 */
import type { EnergyInput } from '../energy/energy.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import type { WindRose } from '../resource/wind-rose.ts';

/** Radius of the site [m] by number of turbines, as published */
export const IEA37_RADII: Readonly<Record<number, number>> = { 9: 900, 16: 1300, 36: 2000, 64: 3000 };

/** Turbine centres keep this distance [m]: two diameters */
export const IEA37_SPACING_M = 260;

const IEA37_ROSE: WindRose = {
  directionsDeg: Float64Array.from({ length: 16 }, (_, i) => 22.5 * i),
  speedsMPerS: Float64Array.of(9.8),
  probability: Float64Array.of(
    0.025,
    0.024,
    0.029,
    0.036,
    0.063,
    0.065,
    0.1,
    0.122,
    0.063,
    0.038,
    0.039,
    0.083,
    0.213,
    0.046,
    0.032,
    0.022,
  ),
};

/** Returns the case's energy input for turbines at these places. */
export function iea37Input(xM: ArrayLike<number>, yM: ArrayLike<number>): EnergyInput {
  return {
    farm: { xM, yM, turbines: [publicTurbine('iea37_335')] },
    model: wakeModel('iea37_simple_gaussian'),
    rose: IEA37_ROSE,
    ti: 0.075,
  };
}
