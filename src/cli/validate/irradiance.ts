/** irradiance.json: clear sky, decomposition, transposition and incidence angle modifiers. */
import { iamAshrae, iamMartinRuiz, iamPhysical } from '../../solar/iam.ts';
import * as irradiance from '../../solar/irradiance.ts';
import { geocentricSun } from '../../solar/spa.ts';
import type { QuantityResult, Validator } from './types.ts';

type Row = Record<string, number>;

const dayOfYear = (time: string): number => {
  const instant = new Date(time);
  return Math.floor((instant.getTime() - Date.UTC(instant.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
};

/** What the engine gives for one row, by output column. */
const SECTIONS: Readonly<Record<string, (row: Row) => Record<string, number>>> = {
  clearsky(row) {
    const time = String(row.time);
    const airmass = irradiance.relativeAirmass(row.apparent_zenith);
    const absolute = irradiance.absoluteAirmass(airmass, row.pressure);
    const dniExtra = irradiance.extraRadiationSpencer(dayOfYear(time));
    const clear = irradiance.clearSkyIneichen(
      row.apparent_zenith,
      absolute,
      row.linke_turbidity,
      row.altitude,
      dniExtra,
    );
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
  },
  decomposition(row) {
    const erbs = irradiance.decomposeErbs(row.ghi, row.zenith, row.day_of_year);
    const disc = irradiance.decomposeDisc(row.ghi, row.zenith, row.day_of_year, row.pressure);
    return { erbs_kt: erbs.kt, erbs_dni: erbs.dniWm2, erbs_dhi: erbs.dhiWm2, disc_kt: disc.kt, disc_dni: disc.dniWm2 };
  },
  transposition(row) {
    const tilt = row.surface_tilt;
    const incidence = irradiance.incidenceCosine(tilt, row.surface_azimuth, row.apparent_zenith, row.azimuth);
    const airmass = row.airmass_relative ?? Number.NaN;
    const hd = irradiance.transposeHayDavies(tilt, incidence, row.apparent_zenith, row.dhi, row.dni, row.dni_extra);
    const brightness = irradiance.perezBrightness(row.apparent_zenith, row.dhi, row.dni, row.dni_extra, airmass);
    const perez = irradiance.transposePerez(tilt, incidence, row.apparent_zenith, row.dhi, brightness);
    return {
      aoi: (Math.acos(incidence) * 180) / Math.PI,
      beam: Math.max(row.dni * incidence, 0),
      ground: irradiance.groundDiffuse(tilt, row.ghi, row.albedo),
      isotropic_sky: irradiance.transposeIsotropic(tilt, row.dhi).skyWm2,
      hd_sky: hd.skyWm2,
      hd_isotropic: hd.isotropicWm2,
      hd_circumsolar: hd.circumsolarWm2,
      perez_sky: perez.skyWm2,
      perez_isotropic: perez.isotropicWm2,
      perez_circumsolar: perez.circumsolarWm2,
      perez_horizon: perez.horizonWm2,
    };
  },
  iam: (row) => ({
    physical: iamPhysical(row.aoi),
    physical_ar: iamPhysical(row.aoi, undefined, 1.29),
    ashrae: iamAshrae(row.aoi),
    martin_ruiz: iamMartinRuiz(row.aoi),
  }),
};

/** Relative, absolute near 0; NaN stands for the file's null. */
function errorOf(computed: number, expected: number | null): number {
  if (expected === null) return Number.isNaN(computed) ? 0 : Number.POSITIVE_INFINITY;
  const error = Math.abs(computed - expected) / Math.max(Math.abs(expected), 1);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

interface Section {
  readonly columns: readonly string[];
  readonly outputs: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

const validateIrradiance: Validator = (json) => {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const [name, section] of Object.entries(json.sections as Record<string, Section>)) {
    const compute = SECTIONS[name];
    if (!compute) {
      notCovered.push(name);
      continue;
    }
    const rows = section.rows.map((row) => Object.fromEntries(section.columns.map((column, i) => [column, row[i]])));
    const computed = rows.map((row) => compute(row as Row));
    for (const output of section.outputs) {
      if (!(output in computed[0])) {
        notCovered.push(`${name}.${output}`);
        continue;
      }
      const errors = rows.map((row, i) =>
        // An angle is compared in degrees, as the others are relative to their size.
        output === 'aoi' ? Math.abs(computed[i].aoi - Number(row.aoi)) : errorOf(computed[i][output], row[output]),
      );
      const maxError = Math.max(...errors);
      results.push({
        quantity: `${name}.${output}`,
        rows: errors.length,
        meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        maxError,
        tolerance: output === 'aoi' ? 1e-6 : 1e-8,
        measure: output === 'aoi' ? 'deg' : 'relative',
        worst: `row ${errors.indexOf(maxError)}`,
      });
    }
  }
  return { results, notCovered };
};

export const irradianceValidators: Readonly<Record<string, Validator>> = { 'irradiance.json': validateIrradiance };
