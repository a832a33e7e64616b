import type { SolarSystemBody } from '../contracts/solar.schema.ts';
import type { SolarSystem } from '../solar/system.ts';

/** The engine's system from the API's. */
export function toSolarSystem(body: SolarSystemBody): SolarSystem {
  const { mounting, losses_pct: losses } = body;
  const { nameplate_rating: nameplateRating, ...sameNames } = losses;
  return {
    dcCapacityKw: body.dc_capacity_kw,
    dcAcRatio: body.dc_ac_ratio,
    mounting:
      mounting.type === 'one_axis'
        ? {
            type: 'one_axis',
            axisTiltDeg: mounting.axis_tilt_deg,
            axisAzimuthDeg: mounting.axis_azimuth_deg,
            maxAngleDeg: mounting.max_angle_deg,
            backtrack: mounting.backtrack,
            gcr: mounting.gcr,
          }
        : { type: mounting.type, tiltDeg: mounting.tilt_deg, azimuthDeg: mounting.azimuth_deg },
    gammaPerK: body.gamma_per_k,
    inverterEfficiency: body.inverter_efficiency,
    lossesPct: { ...sameNames, nameplateRating },
    albedo: body.albedo,
  };
}
