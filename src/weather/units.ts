/** Units of weather columns, by the ways in which files write them. */
import type { ValueColumn } from './value-column.ts';
import { quantityColumn } from './value-column.ts';
import type { WeatherQuantity } from './series.ts';

type Conversion = Pick<ValueColumn, 'factor' | 'offset'>;
type Units = Readonly<Record<string, (stepMinutes: number) => Conversion>>;

const times =
  (factor: number, offset = 0) =>
  (): Conversion => ({
    ...(factor === 1 ? {} : { factor }),
    ...(offset === 0 ? {} : { offset }),
  });
/** Energy of a step as mean power; `watts` of one unit in an hour. */
const energy =
  (watts: number) =>
  (stepMinutes: number): Conversion =>
    times((watts * 60) / stepMinutes)();

const IRRADIANCE: Units = {
  'w/m2': times(1),
  'kw/m2': times(1000),
  'wh/m2': energy(1),
  'kwh/m2': energy(1000),
  'j/m2': energy(1 / 3600),
  'kj/m2': energy(1 / 3.6),
  'mj/m2': energy(1e6 / 3600),
  'j/cm2': energy(1e4 / 3600),
};
const TEMPERATURE: Units = { c: times(1), k: times(1, -273.15), f: times(5 / 9, -160 / 9) };
const UNITS: Readonly<Record<WeatherQuantity, Units>> = {
  ghiWm2: IRRADIANCE,
  dniWm2: IRRADIANCE,
  dhiWm2: IRRADIANCE,
  poaWm2: IRRADIANCE,
  tempAirC: TEMPERATURE,
  dewPointC: TEMPERATURE,
  windSpeedMPerS: { 'm/s': times(1), 'km/h': times(1 / 3.6), mph: times(0.44704), kn: times(1852 / 3600) },
  pressurePa: { pa: times(1), hpa: times(100), mbar: times(100), kpa: times(1000), bar: times(1e5) },
  albedo: { '1': times(1), '%': times(0.01) },
  windDirectionDeg: { deg: times(1) },
  snowDepthCm: { cm: times(1), m: times(100), mm: times(0.1), in: times(2.54) },
  rainMm: { mm: times(1), cm: times(10), in: times(25.4), 'kg/m2': times(1) },
};
const SAME: Readonly<Record<string, string>> = {
  'watt/m2': 'w/m2',
  'watts/m2': 'w/m2',
  'whr/m2': 'wh/m2',
  degc: 'c',
  celsius: 'c',
  kelvin: 'k',
  degf: 'f',
  fahrenheit: 'f',
  ms: 'm/s',
  'm/sec': 'm/s',
  mps: 'm/s',
  kmh: 'km/h',
  kph: 'km/h',
  'mi/h': 'mph',
  knots: 'kn',
  kt: 'kn',
  millibar: 'mbar',
  mb: 'mbar',
  pascal: 'pa',
  degree: 'deg',
  degrees: 'deg',
  unitless: '1',
  '': '1',
  '-': '1',
  percent: '%',
};

/** Returns a unit as this module names it: `W m-2`, `W/m²` and `W/m^2` are `w/m2`. */
function plainUnit(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[°º]/g, 'deg')
    .replaceAll('²', '2')
    .replaceAll(/[\s^*·.]|\*\*/g, '')
    .replace(/m-2$/, '/m2')
    .replace(/^ms-1$/, 'm/s')
    .replace('//', '/');
  return SAME[plain] ?? plain;
}

/** Returns the units of a quantity, for messages. */
export const unitsOf = (quantity: WeatherQuantity): string => Object.keys(UNITS[quantity]).join(', ');

/** Tells whether a text is a unit of any column. */
export const isUnit = (text: string): boolean =>
  Object.values(UNITS).some((units) => units[plainUnit(text)] !== undefined);

/**
 * Returns the column of a quantity in a unit; undefined for a unit that the quantity cannot have.
 * @param stepMinutes length of a step, which energies need
 */
export function columnIn(
  quantity: WeatherQuantity,
  field: string,
  unit: string,
  stepMinutes: number,
  missing: readonly number[] = [],
): ValueColumn | undefined {
  const conversion = UNITS[quantity][plainUnit(unit)];
  return conversion && quantityColumn(quantity, field, { ...conversion(stepMinutes), missing });
}
