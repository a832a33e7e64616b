/** tracker.json and modules_inverters.json. */
import type { SandiaInverter } from '../../../solar/power/inverter.ts';
import { sandiaInverter } from '../../../solar/power/inverter.ts';
import { pvwattsDc, pvwattsInverter, totalLossPct } from '../../../solar/power/pvwatts.ts';
import type { CecModule } from '../../../solar/power/single-diode.ts';
import { cecParameters, curvePoints } from '../../../solar/power/single-diode.ts';
import { incidenceOn, planeOf } from '../../../solar/irradiance/plane.ts';
import type { SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import { sunAt } from './one-step.ts';
import type { ReferenceJson, Validator } from './types.ts';

const RAD = Math.PI / 180;
const SUN_DOWN = {
  tracker_theta: Number.NaN,
  aoi: Number.NaN,
  surface_tilt: Number.NaN,
  surface_azimuth: Number.NaN,
};

const TRACKER: Readonly<Record<string, SectionRule>> = {
  singleaxis: {
    angles: ['tracker_theta', 'surface_azimuth'],
    arcCosines: ['aoi', 'surface_tilt'],
    compute(row) {
      const sun = sunAt(row.apparent_zenith, row.azimuth);
      const plane = planeOf(
        {
          type: 'one_axis',
          axisTiltDeg: row.axis_tilt,
          axisAzimuthDeg: row.axis_azimuth,
          maxAngleDeg: row.max_angle,
          backtrack: Boolean(row.backtrack),
          gcr: row.gcr,
          crossAxisTiltDeg: row.cross_axis_tilt,
        },
        sun,
      );
      if (!plane.turn(0)) return SUN_DOWN;
      // A level plane faces across its axis, as pvlib has it.
      const azimuth =
        plane.sinTilt === 0 ? row.axis_azimuth - 90 : Math.atan2(plane.normalEast, plane.normalNorth) / RAD;
      return {
        tracker_theta: plane.rotationDeg,
        aoi: Math.acos(incidenceOn(plane, sun, 0)) / RAD,
        surface_tilt: Math.acos(Math.min(plane.normalUp, 1)) / RAD,
        surface_azimuth: azimuth - 360 * Math.floor(azimuth / 360),
      };
    },
  },
};

/** Returns a module by the columns of SAM's CEC library. */
export const cecModuleOf = (row: Readonly<Record<string, number>>): CecModule => ({
  alphaScAPerK: row.alpha_sc,
  aRefV: row.a_ref,
  iLRefA: row.I_L_ref,
  iORefA: row.I_o_ref,
  rSOhm: row.R_s,
  rShRefOhm: row.R_sh_ref,
  adjustPct: row.Adjust,
});

/** Returns an inverter by the columns of SAM's CEC library. */
export const sandiaInverterOf = (row: Readonly<Record<string, number>>): SandiaInverter => ({
  paco: row.Paco,
  pdco: row.Pdco,
  vdco: row.Vdco,
  pso: row.Pso,
  c0: row.C0,
  c1: row.C1,
  c2: row.C2,
  c3: row.C3,
  pnt: row.Pnt,
});

const byName = (list: readonly { name: string }[], name: string): ReferenceJson => {
  const entry = list.find((entry) => entry.name === name);
  if (!entry) throw new Error(`the file's rows name ${name}, which its list lacks`);
  return entry;
};

const MODULES: Readonly<Record<string, SectionRule>> = {
  cec: {
    floors: { saturation_current: 1e-30 },
    tolerances: { i_mp: 1e-4, v_mp: 1e-4 },
    compute(row, section) {
      const module = byName(section.modules, row.module);
      const parameters = cecParameters(row.effective_irradiance, row.temp_cell, cecModuleOf(module));
      const points = curvePoints(parameters);
      return {
        photocurrent: parameters.photocurrentA,
        saturation_current: parameters.saturationCurrentA,
        resistance_series: parameters.seriesOhm,
        resistance_shunt: parameters.shuntOhm,
        nNsVth: parameters.nNsVthV,
        i_sc: points.iScA,
        v_oc: points.vOcV,
        i_mp: points.iMpA,
        v_mp: points.vMpV,
        p_mp: points.pMpW,
      };
    },
  },
  pvwatts_dc: {
    compute: (row) => ({ p_dc: pvwattsDc(row.effective_irradiance, row.temp_cell, row.pdc0, row.gamma_pdc) }),
  },
  sandia_inverter: {
    compute(row, section) {
      const entry = byName(section.inverters, row.inverter);
      return {
        p_ac: sandiaInverter(row.p_dc, row.v_dc, sandiaInverterOf(entry)),
      };
    },
  },
  pvwatts_inverter: { compute: (row) => ({ p_ac: pvwattsInverter(row.p_dc, row.pdc0, row.eta_inv_nom) }) },
  pvwatts_losses: {
    compute: (row) => ({
      total: totalLossPct({
        soiling: row.soiling,
        shading: row.shading,
        snow: row.snow,
        mismatch: row.mismatch,
        wiring: row.wiring,
        connections: row.connections,
        lid: row.lid,
        nameplateRating: row.nameplate_rating,
        age: row.age,
        availability: row.availability,
      }),
    }),
  },
};

export const solarSystemValidators: Readonly<Record<string, Validator>> = {
  'tracker.json': (json) => compareSections(json, TRACKER),
  'modules_inverters.json': (json) => compareSections(json, MODULES),
};
