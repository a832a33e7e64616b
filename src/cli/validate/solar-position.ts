/** solar_position.json: the full algorithm, and the fast path against the same rows. */
import { geocentricSun, sunEvents, sunPositions } from '../../solar/spa.ts';
import type { QuantityResult, ReferenceJson, Validator } from './types.ts';

type Row = Record<string, ReferenceJson>;
const rowsOf = (section: { columns: string[]; rows: unknown[][] }): Row[] =>
  section.rows.map((row) => Object.fromEntries(section.columns.map((name, column) => [name, row[column]])));

function result(quantity: string, errors: number[], tolerance: number, measure: string): QuantityResult {
  const maxError = Math.max(...errors);
  const meanError = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const worst = `row ${errors.indexOf(maxError)}`;
  return { quantity, rows: errors.length, meanError, maxError, tolerance, measure, worst };
}

const turn = (a: number, b: number): number => Math.abs(a - b - 360 * Math.round((a - b) / 360));

const validateSolarPosition: Validator = (json) => {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const [name, section] of Object.entries<ReferenceJson>(json.sections)) {
    if (name === 'position') {
      const rows = rowsOf(section);
      for (const method of ['full', 'fast'] as const) {
        const errors: Record<string, number[]> = {
          zenith: [],
          apparent_zenith: [],
          azimuth: [],
          earth_sun_distance: [],
        };
        for (const row of rows) {
          const observer = {
            latitudeDeg: row.latitude,
            longitudeDeg: row.longitude,
            elevationM: row.altitude,
            pressurePa: row.pressure,
            tempAirC: row.temperature,
            deltaTS: row.delta_t,
          };
          const sun = sunPositions([Date.parse(row.time)], observer, { method });
          errors.zenith.push(Math.abs(sun.zenithDeg[0] - row.zenith));
          errors.apparent_zenith.push(Math.abs(sun.apparentZenithDeg[0] - row.apparent_zenith));
          // The azimuth has no meaning at the zenith; its error is measured on the sky.
          errors.azimuth.push(turn(sun.azimuthDeg[0], row.azimuth) * Math.sin((row.zenith * Math.PI) / 180));
          errors.earth_sun_distance.push(Math.abs(sun.distanceAu[0] - row.earth_sun_distance));
        }
        for (const [quantity, list] of Object.entries(errors)) {
          const tolerance = quantity === 'earth_sun_distance' ? 1e-8 : 1e-6;
          const measure = quantity === 'earth_sun_distance' ? 'AU' : 'deg';
          results.push(result(`position.${quantity} (${method})`, list, tolerance, measure));
        }
      }
      const minutes = rows.map((row) =>
        Math.abs(geocentricSun(Date.parse(row.time), row.delta_t).equationOfTimeMin - row.equation_of_time),
      );
      results.push(result('position.equation_of_time', minutes, 4e-6, 'min'));
    } else if (name === 'rise_set') {
      const errors: Record<string, number[]> = { sunrise: [], transit: [], sunset: [] };
      for (const row of rowsOf(section)) {
        const observer = { latitudeDeg: row.latitude, longitudeDeg: row.longitude, deltaTS: row.delta_t };
        const events = sunEvents(Date.parse(row.date), observer);
        const computed: Record<string, number | undefined> = {
          sunrise: events.sunriseMs,
          transit: events.transitMs,
          sunset: events.sunsetMs,
        };
        for (const [event, list] of Object.entries(errors)) {
          const expected = row[event] === null ? undefined : Date.parse(row[event]);
          if (expected === undefined || computed[event] === undefined)
            list.push(expected === computed[event] ? 0 : Number.POSITIVE_INFINITY);
          else list.push(Math.abs(computed[event] - expected) / 1000);
        }
      }
      for (const [event, list] of Object.entries(errors)) results.push(result(`rise_set.${event}`, list, 1, 's'));
    } else notCovered.push(name);
  }
  return { results, notCovered };
};

export const solarPositionValidators: Readonly<Record<string, Validator>> = {
  'solar_position.json': validateSolarPosition,
};
