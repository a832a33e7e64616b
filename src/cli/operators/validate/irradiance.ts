/** irradiance.json: clear sky, decomposition, transposition and incidence angle modifiers. */
import { iamAshrae, iamMartinRuiz, iamPhysical } from '../../../solar/irradiance/iam.ts';
import * as irradiance from '../../../solar/irradiance/irradiance.ts';
import { geocentricSun } from '../../../solar/sun/spa.ts';
import type { ReferenceRow, SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import type { Validator } from './types.ts';

const dayOfYear = (time: string): number => {
  const instant = new Date(time);
  return Math.floor((instant.getTime() - Date.UTC(instant.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
};

function clearsky(row: ReferenceRow) {
  const time = String(row.time);
  const airmass = irradiance.relativeAirmass(row.apparent_zenith);
  const absolute = irradiance.absoluteAirmass(airmass, row.pressure);
  const dniExtra = irradiance.extraRadiationSpencer(dayOfYear(time));
  const clear = irradiance.clearSkyIneichen(row.apparent_zenith, absolute, row.linke_turbidity, row.altitude, dniExtra);
  return {
    dni_extra: dniExtra,
    extra_asce: irradiance.extraRadiationAsce(dayOfYear(time)),
    extra_nrel: irradiance.extraRadiationFromDistance(geocentricSun(Date.parse(time)).distanceAu),
    airmass_relative: airmass,
    airmass_absolute: absolute,
    clear_ghi: clear.ghiWm2,
    clear_dni: clear.dniWm2,
    clear_dhi: clear.dhiWm2,
  };
}

function decomposition(row: ReferenceRow) {
  const erbs = irradiance.decomposeErbs(row.ghi, row.zenith, row.day_of_year);
  const disc = irradiance.decomposeDisc(row.ghi, row.zenith, row.day_of_year, row.pressure);
  const [dirint] = irradiance.decomposeDirint([row.ghi], [row.zenith], [row.day_of_year], {
    pressurePa: row.pressure,
    stability: false,
  });
  return {
    erbs_kt: erbs.kt,
    erbs_dni: erbs.dniWm2,
    erbs_dhi: erbs.dhiWm2,
    disc_kt: disc.kt,
    disc_dni: disc.dniWm2,
    dirint_dni: dirint,
  };
}

const dirintSeries = (rows: readonly ReferenceRow[]) => ({
  dirint_dni: irradiance.decomposeDirint(
    rows.map(({ ghi }) => ghi),
    rows.map(({ zenith }) => zenith),
    rows.map(({ time }) => dayOfYear(time)),
  ),
});

function transposition(row: ReferenceRow) {
  const tilt = row.surface_tilt;
  const incidence = irradiance.incidenceCosine(tilt, row.surface_azimuth, row.apparent_zenith, row.azimuth);
  const airmass = row.airmass_relative ?? Number.NaN;
  const hd = irradiance.transposeHayDavies(tilt, incidence, row.apparent_zenith, row.dhi, row.dni, row.dni_extra);
  const brightness = irradiance.perezBrightness(row.apparent_zenith, row.dhi, row.dni, row.dni_extra, airmass);
  const perez = irradiance.transposePerez(tilt, incidence, row.apparent_zenith, row.dhi, brightness);
  // Without any light the sky's clearness is 0 / 0: null in the file, while the engine's sky is dark.
  const sky = (wm2: number): number => (row.dhi === 0 && row.dni === 0 && !Number.isNaN(airmass) ? Number.NaN : wm2);
  return {
    aoi: (Math.acos(incidence) * 180) / Math.PI,
    beam: Math.max(row.dni * incidence, 0),
    ground: irradiance.groundDiffuse(tilt, row.ghi, row.albedo),
    isotropic_sky: irradiance.transposeIsotropic(tilt, row.dhi).skyWm2,
    hd_sky: hd.skyWm2,
    hd_isotropic: hd.isotropicWm2,
    hd_circumsolar: hd.circumsolarWm2,
    perez_sky: sky(perez.skyWm2),
    perez_isotropic: sky(perez.isotropicWm2),
    perez_circumsolar: sky(perez.circumsolarWm2),
    perez_horizon: sky(perez.horizonWm2),
  };
}

const iam = (row: ReferenceRow) => ({
  physical: iamPhysical(row.aoi),
  physical_ar: iamPhysical(row.aoi, undefined, 1.29),
  ashrae: iamAshrae(row.aoi),
  martin_ruiz: iamMartinRuiz(row.aoi),
});

const SECTIONS: Readonly<Record<string, SectionRule>> = {
  clearsky: { compute: clearsky },
  decomposition: { compute: decomposition },
  dirint_series: { computeSeries: dirintSeries },
  transposition: { compute: transposition, arcCosines: ['aoi'] },
  iam: { compute: iam },
};

export const irradianceValidators: Readonly<Record<string, Validator>> = {
  'irradiance.json': (json) => compareSections(json, SECTIONS),
};
