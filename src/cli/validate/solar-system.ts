/** tracker.json and modules_inverters.json. */
import { sandiaInverter } from '../../solar/inverter.ts';
import { pvwattsDc, pvwattsInverter, totalLossPct } from '../../solar/pvwatts.ts';
import { cecParameters, curvePoints } from '../../solar/single-diode.ts';
import { trackerPosition } from '../../solar/tracker.ts';
import type { SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import type { Validator } from './types.ts';

const TRACKER: Readonly<Record<string, SectionRule>> = {
  singleaxis: {
    angles: ['tracker_theta', 'aoi', 'surface_tilt', 'surface_azimuth'],
    compute(row) {
      const position = trackerPosition(row.apparent_zenith, row.azimuth, {
        axisTiltDeg: row.axis_tilt,
        axisAzimuthDeg: row.axis_azimuth,
        maxAngleDeg: row.max_angle,
        backtrack: Boolean(row.backtrack),
        gcr: row.gcr,
        crossAxisTiltDeg: row.cross_axis_tilt,
      });
      return {
        tracker_theta: position.rotationDeg,
        aoi: position.aoiDeg,
        surface_tilt: position.tiltDeg,
        surface_azimuth: position.azimuthDeg,
      };
    },
  },
};

const byName = (list: readonly { name: string }[], name: string): any => {
  const found = list.find((entry) => entry.name === name);
  if (!found) throw new Error(`the file's rows name ${name}, which its list lacks`);
  return found;
};

const MODULES: Readonly<Record<string, SectionRule>> = {
  cec: {
    floors: { saturation_current: 1e-30 },
    tolerances: { i_mp: 1e-4, v_mp: 1e-4 },
    compute(row, section) {
      const module = byName(section.modules, row.module);
      const parameters = cecParameters(row.effective_irradiance, row.temp_cell, {
        alphaScAPerK: module.alpha_sc,
        aRefV: module.a_ref,
        iLRefA: module.I_L_ref,
        iORefA: module.I_o_ref,
        rSOhm: module.R_s,
        rShRefOhm: module.R_sh_ref,
        adjustPct: module.Adjust,
      });
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
        p_ac: sandiaInverter(row.p_dc, row.v_dc, {
          paco: entry.Paco,
          pdco: entry.Pdco,
          vdco: entry.Vdco,
          pso: entry.Pso,
          c0: entry.C0,
          c1: entry.C1,
          c2: entry.C2,
          c3: entry.C3,
          pnt: entry.Pnt,
        }),
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
