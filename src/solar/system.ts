/** A photovoltaic system as PVWatts describes it. Plain values: it travels as JSON. */
import { AppError } from '../contracts/app-error.ts';
import type { PvwattsLosses } from './pvwatts.ts';
import { DEFAULT_LOSSES } from './pvwatts.ts';

export type Mounting =
  | {
      /** `fixed` stands on an open rack, `roof` lies close to it and runs hotter. */
      readonly type: 'fixed' | 'roof';
      /** From horizontal [deg], 0 to 90 */
      readonly tiltDeg: number;
      /** Clockwise from north [deg], 0 to 360 */
      readonly azimuthDeg: number;
    }
  | {
      readonly type: 'one_axis';
      /** [deg], 0 to 90 */
      readonly axisTiltDeg: number;
      /** [deg], 0 to 360; 180 for a horizontal north-south axis */
      readonly axisAzimuthDeg: number;
      /** [deg], 0 to 180 */
      readonly maxAngleDeg: number;
      readonly backtrack: boolean;
      /** Ground coverage ratio [1], above 0, to 1 */
      readonly gcr: number;
    };

export interface SolarSystem {
  /** Nameplate DC power at 1000 W/m2 and 25 degC [kW] */
  readonly dcCapacityKw: number;
  /** DC nameplate / AC rating [1] */
  readonly dcAcRatio: number;
  readonly mounting: Mounting;
  /** Temperature coefficient of power [1/K] */
  readonly gammaPerK: number;
  /** Nominal efficiency of the inverter [1] */
  readonly inverterEfficiency: number;
  readonly lossesPct: PvwattsLosses;
  /** Ground reflectance [1] */
  readonly albedo: number;
}

/** PVWatts' defaults for a rack that faces south at 20 degrees. */
export const DEFAULT_SYSTEM: SolarSystem = {
  dcCapacityKw: 100,
  dcAcRatio: 1.2,
  mounting: { type: 'fixed', tiltDeg: 20, azimuthDeg: 180 },
  gammaPerK: -0.0037,
  inverterEfficiency: 0.96,
  lossesPct: DEFAULT_LOSSES,
  albedo: 0.2,
};

/** @throws AppError `solar.invalid_input` that names the quantity, its value and its range */
export function checkSystem(system: SolarSystem): void {
  const within = (name: string, value: number, min: number, max: number): void => {
    if (!(value >= min && value <= max))
      throw new AppError('solar.invalid_input', `${name} is ${value}; expected ${min} to ${max}`, {
        pointer: `/${name}`,
      });
  };
  within('dc_capacity_kw', system.dcCapacityKw, 1e-3, 1e7);
  within('dc_ac_ratio', system.dcAcRatio, 0.1, 10);
  within('gamma_per_k', system.gammaPerK, -0.02, 0);
  within('inverter_efficiency', system.inverterEfficiency, 0.5, 1);
  within('albedo', system.albedo, 0, 1);
  for (const [name, loss] of Object.entries(system.lossesPct)) within(`losses_pct.${name}`, loss, 0, 99);
  const { mounting } = system;
  if (mounting.type === 'one_axis') {
    within('mounting.axis_tilt_deg', mounting.axisTiltDeg, 0, 90);
    within('mounting.axis_azimuth_deg', mounting.axisAzimuthDeg, 0, 360);
    within('mounting.max_angle_deg', mounting.maxAngleDeg, 0, 180);
    within('mounting.gcr', mounting.gcr, 0.01, 1);
  } else {
    within('mounting.tilt_deg', mounting.tiltDeg, 0, 90);
    within('mounting.azimuth_deg', mounting.azimuthDeg, 0, 360);
  }
}
