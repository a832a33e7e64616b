/** bifacial.json: both faces of long rows by infinite sheds. */
import { backWeight, faceIrradiance, shedViews } from '../../../solar/irradiance/infinite-sheds.ts';
import type { ReferenceRow, SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import { incidenceCosine } from './one-step.ts';
import type { Validator } from './types.ts';

function face(row: ReferenceRow, tilt: number, azimuth: number) {
  const tangent = Math.cos(((row.azimuth - azimuth) * Math.PI) / 180) * Math.tan((row.zenith * Math.PI) / 180);
  const views = shedViews(tilt, { gcr: row.gcr, heightM: row.height, pitchM: row.pitch });
  const incidence = incidenceCosine(tilt, azimuth, row.zenith, row.azimuth);
  return faceIrradiance(tilt, incidence, tangent, row.gcr, views, row.ghi, row.dni, row.dhi, row.albedo);
}

/** What the reference was computed with: the defaults of pvlib's infinite_sheds */
const PVLIB_REAR = { backShading: 0.02, transmission: 0 };

const SECTIONS: Readonly<Record<string, SectionRule>> = {
  infinite_sheds: {
    compute(row) {
      const front = face(row, row.surface_tilt, row.surface_azimuth);
      const back = face(row, 180 - row.surface_tilt, (row.surface_azimuth + 180) % 360);
      const poaFront = front.directWm2 + front.skyWm2 + front.groundWm2;
      const poaBack = back.directWm2 + back.skyWm2 + back.groundWm2;
      return {
        poa_front: poaFront,
        poa_front_direct: front.directWm2,
        poa_front_sky_diffuse: front.skyWm2,
        poa_front_ground_diffuse: front.groundWm2,
        shaded_fraction_front: front.shadedFraction,
        poa_back: poaBack,
        poa_back_direct: back.directWm2,
        poa_back_sky_diffuse: back.skyWm2,
        poa_back_ground_diffuse: back.groundWm2,
        shaded_fraction_back: back.shadedFraction,
        poa_global: poaFront + poaBack * backWeight({ bifaciality: row.bifaciality, ...PVLIB_REAR }),
      };
    },
  },
};

export const solarBifacialValidators: Readonly<Record<string, Validator>> = {
  'bifacial.json': (json) => compareSections(json, SECTIONS),
};
