/** Rain and snow of the weather as the models of soiling and snow take them. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WeatherYear } from '../../weather/series.ts';
import type { TownsendMonths } from '../irradiance/snow.ts';
import { relativeHumidity } from '../irradiance/spectral.ts';

function required(column: Float64Array | undefined, field: string, what: string): Float64Array {
  if (column) return column;
  throw new AppError('solar.invalid_input', `${field} is absent and the weather has no ${what}; expected one of them`, {
    pointer: `/${field.replaceAll('.', '/')}`,
  });
}

const stepsPerDay = ({ stepMinutes }: WeatherYear): number => 1440 / stepMinutes;

/** Returns the rain of each day of the file's clock [mm]. @throws AppError `solar.invalid_input` for weather without rain */
export function dailyRainOf(weather: WeatherYear): Float64Array {
  const rain = required(weather.rainMm, 'soiling.daily_rain_mm', 'rain');
  const perDay = stepsPerDay(weather);
  const days = new Float64Array(rain.length / perDay);
  rain.forEach((mm, i) => {
    days[Math.floor(i / perDay)] += mm;
  });
  return days;
}

/** Returns the snow depth of each step [cm]. @throws AppError `solar.invalid_input` for weather without snow depth */
export const snowDepthOf = ({ snowDepthCm }: WeatherYear, field: string): Float64Array =>
  required(snowDepthCm, field, 'snow depth');

/**
 * Returns the snowfall of each step [cm]: what the depth has grown by, as SAM's model of snow takes it.
 * @see Ryberg and Freeman 2017, NREL/TP-6A20-68705
 */
export const snowfallOf = (depthCm: Float64Array): Float64Array =>
  depthCm.map((depth, i) => Math.max(i === 0 ? 0 : depth - depthCm[i - 1], 0));

/** Days with more snowfall than this count as events [cm]: one inch. @see Townsend and Powers 2011 */
const EVENT_CM = 2.54;

/** Returns the months of Townsend's model. @throws AppError `solar.invalid_input` for weather without snow depth or dew point */
export function townsendMonthsOf(weather: WeatherYear): TownsendMonths {
  const depth = snowDepthOf(weather, 'snow.snow_total_cm');
  const dewPoint = required(weather.dewPointC, 'snow.relative_humidity_pct', 'dew point');
  const fallen = snowfallOf(depth);
  const months = (): number[] => new Array<number>(12).fill(0);
  const [snowTotalCm, snowEvents, humidity, steps] = [months(), months(), months(), months()];
  const perDay = stepsPerDay(weather);
  for (let i = 0; i < fallen.length; i += perDay) {
    const ofDay = fallen.subarray(i, i + perDay).reduce((sum, cm) => sum + cm, 0);
    const m = weather.month[i + perDay / 2] - 1;
    snowTotalCm[m] += ofDay;
    if (ofDay > EVENT_CM) snowEvents[m]++;
  }
  for (let i = 0; i < fallen.length; i++) {
    const m = weather.month[i] - 1;
    humidity[m] += Math.min(relativeHumidity(weather.tempAirC[i], dewPoint[i]), 100);
    steps[m]++;
  }
  return { snowTotalCm, snowEvents, relativeHumidityPct: humidity.map((total, m) => total / steps[m]) };
}
