/** solar_position.json: the full algorithm, and the fast path against the same rows. */
import { geocentricSun, sunEvents, sunPositions } from '../../../sun/spa.ts';
import type { ReferenceRow, Section } from './columns.ts';
import { quantityOf, sectionsOf, turn } from './columns.ts';
import { incidenceCosine } from './one-step.ts';
import type { QuantityResult, Validator } from './types.ts';

const RAD = Math.PI / 180;

/** Returns the milliseconds since the epoch. */
function instantOf(text: unknown): number {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`"${String(text)}" is not an ISO 8601 instant`);
  return ms;
}

const observerOf = (row: ReferenceRow) => ({
  latitudeDeg: row.latitude,
  longitudeDeg: row.longitude,
  elevationM: row.altitude,
  pressurePa: row.pressure,
  tempAirC: row.temperature,
  deltaTS: row.delta_t,
});

const POSITION: Readonly<
  Record<string, { tolerance: number; measure: string; error: (sun: Position, row: ReferenceRow) => number }>
> = {
  zenith: { tolerance: 1e-6, measure: 'deg', error: (sun, row) => Math.abs(sun.zenith - row.zenith) },
  apparent_zenith: {
    tolerance: 1e-6,
    measure: 'deg',
    error: (sun, row) => Math.abs(sun.apparent - row.apparent_zenith),
  },
  // The azimuth has no meaning at the zenith; its error is measured on the sky.
  azimuth: {
    tolerance: 1e-6,
    measure: 'deg',
    error: (sun, row) => turn(sun.azimuth, row.azimuth) * Math.sin(sun.zenith * RAD),
  },
  earth_sun_distance: {
    tolerance: 1e-8,
    measure: 'AU',
    error: (sun, row) => Math.abs(sun.distance - row.earth_sun_distance),
  },
};

interface Position {
  readonly zenith: number;
  readonly apparent: number;
  readonly azimuth: number;
  readonly distance: number;
}

function positionOf(row: ReferenceRow, method: 'full' | 'fast'): Position {
  const sun = sunPositions([instantOf(row.time)], observerOf(row), { method });
  return {
    zenith: sun.zenithDeg[0],
    apparent: sun.apparentZenithDeg[0],
    azimuth: sun.azimuthDeg[0],
    distance: sun.distanceAu[0],
  };
}

function comparePositions({ rows, outputs }: Section): QuantityResult[] {
  const results = (['full', 'fast'] as const).flatMap((method) => {
    const positions = rows.map((row) => positionOf(row, method));
    return Object.entries(POSITION)
      .filter(([output]) => outputs.includes(output))
      .map(([output, { tolerance, measure, error }]) =>
        quantityOf(
          `position.${output} (${method})`,
          rows.map((row, i) => error(positions[i], row)),
          tolerance,
          measure,
        ),
      );
  });
  if (outputs.includes('equation_of_time')) {
    const errors = rows.map((row) =>
      Math.abs(geocentricSun(instantOf(row.time), row.delta_t).equationOfTimeMin - row.equation_of_time),
    );
    results.push(quantityOf('position.equation_of_time', errors, 4e-6, 'min'));
  }
  return results;
}

const EVENTS = { sunrise: 'sunriseMs', transit: 'transitMs', sunset: 'sunsetMs' } as const;

function compareEvents({ rows, outputs }: Section): QuantityResult[] {
  const events = rows.map((row) =>
    sunEvents(instantOf(row.date), {
      latitudeDeg: row.latitude,
      longitudeDeg: row.longitude,
      deltaTS: row.delta_t,
    }),
  );
  return Object.entries(EVENTS)
    .filter(([output]) => outputs.includes(output))
    .map(([output, name]) => {
      const errors = rows.map((row, i) => {
        const computed = events[i][name];
        if (row[output] === null || computed === undefined)
          return row[output] === null && computed === undefined ? 0 : Number.POSITIVE_INFINITY;
        return Math.abs(computed - instantOf(row[output])) / 1000;
      });
      return quantityOf(`rise_set.${output}`, errors, 1, 's');
    });
}

/** Compares with the worked example of the algorithm's paper, printed to 1e-5 degrees (incidence: 1e-3). */
function comparePublished(example: ReferenceRow): QuantityResult[] {
  const row = { ...example, pressure: example.pressure_mbar * 100 };
  const sun = positionOf(row, 'full');
  // The paper counts the surface's azimuth from the south, westward.
  const cosine = incidenceCosine(example.slope, 180 + example.azimuth_rotation_from_south, sun.apparent, sun.azimuth);
  const compare = (name: string, value: number, tolerance: number): QuantityResult =>
    quantityOf(`published_example.${name}`, [turn(value, example[name])], tolerance, 'deg');
  return [
    compare('apparent_zenith', sun.apparent, 1e-5),
    compare('azimuth', sun.azimuth, 1e-5),
    compare('incidence', Math.acos(cosine) / RAD, 1e-3),
  ];
}

const SECTIONS: Readonly<Record<string, { outputs: readonly string[]; compare: (s: Section) => QuantityResult[] }>> = {
  position: { outputs: [...Object.keys(POSITION), 'equation_of_time'], compare: comparePositions },
  rise_set: { outputs: Object.keys(EVENTS), compare: compareEvents },
};

const validateSolarPosition: Validator = (json) => {
  const results: QuantityResult[] = json?.published_example ? comparePublished(json.published_example) : [];
  const notCovered: string[] = [];
  for (const [name, section] of Object.entries(sectionsOf(json))) {
    const rule = SECTIONS[name];
    if (!rule || section.rows.length === 0) {
      notCovered.push(rule ? `${name}: no rows` : name);
      continue;
    }
    results.push(...rule.compare(section));
    notCovered.push(
      ...section.outputs.filter((output) => !rule.outputs.includes(output)).map((output) => `${name}.${output}`),
    );
  }
  return { results, notCovered };
};

export const solarPositionValidators: Readonly<Record<string, Validator>> = {
  'solar_position.json': validateSolarPosition,
};
