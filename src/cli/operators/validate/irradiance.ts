/** irradiance.json: clear sky, decomposition, transposition and incidence angle modifiers. */
import { ashraeIam, martinRuizIam, physicalIam } from '../../../solar/irradiance/iam.ts';
import * as irradiance from '../../../sun/irradiance.ts';
import { incidenceOn, planeOf } from '../../../solar/irradiance/plane.ts';
import { LightOnPlane, perezDome, setPerezSky } from '../../../solar/irradiance/transposition.ts';
import { geocentricSun } from '../../../sun/spa.ts';
import type { Transposition } from '../../../solar/system.ts';
import type { ReferenceRow, SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import { skyOf } from './one-step.ts';
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

/**
 * Computes every part of the sky as simulations do: Perez's by `setPerezSky`, the light on the plane by `LightOnPlane`.
 */
function transposition(row: ReferenceRow) {
  const airmass = row.airmass_relative ?? Number.NaN;
  const sky = skyOf({
    apparentZenithDeg: row.apparent_zenith,
    azimuthDeg: row.azimuth,
    ghiWm2: row.ghi,
    dniWm2: row.dni,
    dhiWm2: row.dhi,
    extraWm2: row.dni_extra,
  });
  const [f1, f2] = irradiance.perezBrightness(row.apparent_zenith, row.dhi, row.dni, row.dni_extra, airmass);
  setPerezSky(sky, 0, sky.up[0], f1, f2);
  const plane = planeOf({ type: 'fixed', tiltDeg: row.surface_tilt, azimuthDeg: row.surface_azimuth }, sky);
  plane.turn(0);
  const incidence = incidenceOn(plane, sky, 0);
  const lightBy = (model: Transposition): LightOnPlane => {
    const light = new LightOnPlane(model, sky);
    light.fall(0, plane, incidence, row.albedo);
    return light;
  };
  const perez = lightBy('perez');
  const hayDavies = lightBy('hay_davies');
  const perezSky = perez.circumsolarWm2 + perez.domeWm2;
  // Where the dark horizon outweighs the sky none of its parts counts.
  const part = (wm2: number): number => (perezSky > 0 ? wm2 : 0);
  // Without any light the sky's clearness is 0 / 0: null in the file, while the engine's sky is dark.
  const isDark = row.dhi === 0 && row.dni === 0 && !Number.isNaN(airmass);
  const orNull = (wm2: number): number => (isDark ? Number.NaN : wm2);
  return {
    aoi: (Math.acos(incidence) * 180) / Math.PI,
    beam: perez.beamWm2,
    ground: perez.groundWm2,
    isotropic_sky: lightBy('isotropic').domeWm2,
    hd_sky: hayDavies.domeWm2 + hayDavies.circumsolarWm2,
    hd_isotropic: hayDavies.domeWm2,
    hd_circumsolar: hayDavies.circumsolarWm2,
    perez_sky: orNull(perezSky),
    perez_isotropic: orNull(part(perezDome(sky.isotropicWm2[0], 0, plane.normalUp, plane.sinTilt))),
    perez_circumsolar: orNull(perez.circumsolarWm2),
    perez_horizon: orNull(part(perezDome(0, sky.horizonWm2[0], plane.normalUp, plane.sinTilt))),
  };
}

const iam = (row: ReferenceRow) => ({
  physical: physicalIam(row.aoi),
  physical_ar: physicalIam(row.aoi, undefined, 1.29),
  ashrae: ashraeIam(row.aoi, 0.05),
  martin_ruiz: martinRuizIam(row.aoi, 0.16),
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
