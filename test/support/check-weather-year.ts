/** The promises of a weather year, checked one by one. */
import { AppError } from '../../src/contracts/common/app-error.ts';
import type { WeatherYear } from '../../src/weather/series.ts';
import { OPTIONAL_QUANTITIES, QUANTITY_RANGES, REQUIRED_QUANTITIES } from '../../src/weather/series.ts';

const isWithin = (value: number, min: number, max: number): boolean => value >= min && value <= max;

function refuse(quantity: string, value: unknown, allowed: string): never {
  throw new AppError('weather.malformed', `weather: ${quantity} is ${String(value)}; expected ${allowed}`, {
    details: { field: quantity, reason: `expected ${allowed}` },
  });
}

/**
 * Checks what the type promises: place, step, equal lengths, a whole year, values finite and in range. For years that
 * do not come from `parseWeather` (stored ones, tests).
 * @returns the same year
 * @throws AppError `weather.malformed` naming quantity, value, range and record
 */
export function checkWeatherYear(year: WeatherYear): WeatherYear {
  if (!isWithin(year.latitudeDeg, -90, 90)) refuse('latitude', year.latitudeDeg, '-90 to 90 deg');
  if (!isWithin(year.longitudeDeg, -180, 180)) refuse('longitude', year.longitudeDeg, '-180 to 180 deg');
  if (!isWithin(year.elevationM, -500, 9000)) refuse('elevation', year.elevationM, '-500 to 9000 m');
  if (!isWithin(year.utcOffsetH, -12, 14)) refuse('UTC offset', year.utcOffsetH, '-12 to 14 h');
  if (!Number.isInteger(year.stepMinutes) || !isWithin(year.stepMinutes, 1, 60) || 60 % year.stepMinutes !== 0)
    refuse('step', year.stepMinutes, 'a divisor of 60 min');
  const n = year.timeMs.length;
  const perDay = 1440 / year.stepMinutes;
  if (n !== 365 * perDay && n !== 366 * perDay) refuse('number of records', n, `${365 * perDay} or ${366 * perDay}`);
  if (year.month.length !== n) refuse('number of months', year.month.length, `${n}`);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(year.timeMs[i])) refuse(`time of record ${i}`, year.timeMs[i], 'an instant');
    if (!isWithin(year.month[i], 1, 12)) refuse(`month of record ${i}`, year.month[i], '1 to 12');
  }
  for (const quantity of [...REQUIRED_QUANTITIES, ...OPTIONAL_QUANTITIES]) {
    const values = year[quantity];
    const { name, unit, min, max } = QUANTITY_RANGES[quantity];
    if (values === undefined) {
      if ((REQUIRED_QUANTITIES as readonly string[]).includes(quantity)) refuse(name, 'absent', 'a column of it');
      continue;
    }
    if (values.length !== n) refuse(`number of values of ${name}`, values.length, `${n}`);
    for (let i = 0; i < n; i++)
      if (!isWithin(values[i], min, max))
        refuse(`${name} of record ${i}`, values[i], `${min} to ${max} ${unit}`.trim());
  }
  return year;
}
