/** Whole years in the manner of providers and networks, written from a real year, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeatherYear } from '../../src/weather/series.ts';
import { ROOT } from './fixtures.ts';
import { calendarOf } from './write-weather.ts';

/** A cut of a public file. */
export const sampleFile = (name: string): Uint8Array => readFileSync(join(ROOT, 'test/fixtures/weather/formats', name));

const two = (value: number): string => String(value).padStart(2, '0');
const usDate = (date: Date): string =>
  `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()} ${two(date.getUTCHours())}:00`;
const euDate = (date: Date): string =>
  `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;

interface Row {
  readonly i: number;
  /** Date at the start of the record */
  readonly date: Date;
  /** Date at its end */
  readonly end: Date;
}
/** Rows of 2019; the clock's hours are those of the year that is written. */
const rowsOf = (year: WeatherYear, row: (one: Row) => string): string[] =>
  [...calendarOf(year)].map(({ index: i, month, day, startMinute }) => {
    const start = Date.UTC(2019, month - 1, day) + startMinute * 60_000;
    return row({ i, date: new Date(start), end: new Date(start + 3_600_000) });
  });

/** SolarAnywhere's SA format, in UTC-5. */
export function solarAnywhereText(year: WeatherYear): string {
  return [
    '0,Test  Place,NA,-5,36.1,-79.95,273,"Data Version: 3.6 / Type: Timeseries / Averaging Method: End of Period / TD: No"',
    'ObservationTime(LST),Global Horizontal Irradiance (GHI) W/m2,Direct Normal Irradiance (DNI) W/m2,AmbientTemperature (deg C),WindSpeed (m/s),ObservationTime(GMT),Diffuse Horizontal Irradiance (DIF) W/m2,Albedo',
    ...rowsOf(
      year,
      ({ i, end }) =>
        `${usDate(end)},${year.ghiWm2[i]},${year.dniWm2[i]},${year.tempAirC[i]},${year.windSpeedMPerS[i]},,${year.dhiWm2[i]},0.2`,
    ),
  ].join('\n');
}

/** CAMS Radiation Service, with the header of the public file. */
export function camsText(year: WeatherYear): string {
  const header = new TextDecoder()
    .decode(sampleFile('cams_1min.csv'))
    .split('\n')
    .filter((line) => line.startsWith('#') && !line.startsWith('# Observation period;'))
    .join('\n')
    .replace('0 h 1 min', '1 h 0 min')
    .replace('55.7906', '36.1')
    .replace('12.5251', '-79.95');
  return [
    header,
    '# Observation period;TOA;Clear sky GHI;Clear sky BHI;Clear sky DHI;Clear sky BNI;GHI;BHI;DHI;BNI;Reliability',
    ...rowsOf(year, ({ i, date, end }) => {
      const [from, to] = [date, end].map((one) => one.toISOString().slice(0, 21));
      return `${from}/${to};0;0;0;0;0;${year.ghiWm2[i]};0;${year.dhiWm2[i]};${year.dniWm2[i]};1.0000`;
    }),
  ].join('\n');
}

/** SURFRAD: one day after the other, each with its header. */
export function surfradText(year: WeatherYear): string {
  const filler = ' 0.0 0';
  return rowsOf(year, ({ i, end }) => {
    const day = `${end.getUTCFullYear()} 1 ${end.getUTCMonth() + 1} ${end.getUTCDate()} ${end.getUTCHours()} ${end.getUTCMinutes()} 0.000 91.65`;
    const record = ` ${day} ${year.ghiWm2[i]} 0${filler} ${year.dniWm2[i]} 0 ${year.dhiWm2[i]} 0${filler.repeat(11)} ${year.tempAirC[i]} 0${filler} ${year.windSpeedMPerS[i]} 0 304.7 0 990.5 0`;
    return i % 24 === 0 ? ` Test Station\n   36.10   79.95  273 m version 1\n${record}` : record;
  }).join('\n');
}

/** Solargis time series of hours in UTC-5, with stamps at the centre or the end of hours. */
export function solargisText(year: WeatherYear, label: 'centre' | 'end' = 'centre'): string {
  return [
    '#60 MINUTE VALUES OF SOLAR RADIATION AND METEOROLOGICAL PARAMETERS',
    '#File type: Solargis_TS60',
    '#Site name: Test place',
    '#Latitude: 36.1',
    '#Longitude: -79.95',
    '#Elevation: 273.0 m a.s.l.',
    '#Columns:',
    '#Date - Date of measurement, format DD.MM.YYYY',
    '#Time - Time of measurement, time reference UTC-5, time step 60 min, time format HH:MM',
    '#GHI - Global horizontal irradiation [Wh/m2]',
    '#DNI - Direct normal irradiation [Wh/m2]',
    '#DIF - Diffuse horizontal irradiation [Wh/m2]',
    '#TEMP - Air temperature at 2 m [deg_C]',
    '#WS - Wind speed at 10 m [m/s]',
    '#AP - Atmospheric pressure [hPa]',
    '#Data:',
    'Date;Time;GHI;DNI;DIF;flagR;SE;SA;TEMP;AP;WS',
    ...rowsOf(year, ({ i, date, end }) => {
      const time =
        label === 'end'
          ? `${euDate(end)};${two(end.getUTCHours())}:00`
          : `${euDate(date)};${two(date.getUTCHours())}:30`;
      return `${time};${year.ghiWm2[i]};${year.dniWm2[i]};${year.dhiWm2[i]};0;0;0;${year.tempAirC[i]};980.5;${year.windSpeedMPerS[i]}`;
    }),
  ].join('\n');
}

/** Solcast's csv, in UTC. */
export function solcastText(year: WeatherYear): string {
  return [
    'period_end,period,air_temp,albedo,dhi,dni,ghi,surface_pressure,wind_speed_10m',
    ...rowsOf(
      year,
      ({ i, end }) =>
        `${end.toISOString().slice(0, 19)}+00:00,PT60M,${year.tempAirC[i]},0.2,${year.dhiWm2[i]},${year.dniWm2[i]},${year.ghiWm2[i]},980.5,${year.windSpeedMPerS[i]}`,
    ),
  ].join('\n');
}

/** BSRN: one month after the other, each with its header; hours instead of minutes. */
export function bsrnText(year: WeatherYear): string {
  const head = new TextDecoder()
    .decode(sampleFile('bsrn_pay0616.dat'))
    .split('\n')
    .slice(0, 38)
    .join('\n')
    .replace('136.815 186.944  491', ' 126.10  100.05  273');
  return rowsOf(year, ({ i, date }) => {
    const isNewMonth = date.getUTCDate() === 1 && date.getUTCHours() === 0;
    const month = head.replace(' 21  6 2016', ` 21 ${date.getUTCMonth() + 1} ${date.getUTCFullYear()}`);
    const stamp = ` ${date.getUTCDate()} ${date.getUTCHours() * 60}`;
    return [
      ...(isNewMonth ? [month] : []),
      `${stamp}   ${year.ghiWm2[i]} 0.1 0 0   ${year.dniWm2[i]} 0.1 0 0`,
      `           ${year.dhiWm2[i]} 0.1 0 0   348 0.3 347 349   ${year.tempAirC[i]} 90.5 980.5`,
    ].join('\n');
  }).join('\n');
}

/** PVsyst's standard csv, in UTC-5: its own hours 0 to 23 and semicolons, or hours 1 to 24, minute 30 and commas. */
export function pvsystText(year: WeatherYear, hours: '0 to 23' | '1 to 24' = '0 to 23'): string {
  const isEnd = hours === '1 to 24';
  const lines = [
    '#TMY hourly data',
    '#Standard format for importing hourly data in PVsyst',
    '#Site;Test place',
    '#Country;USA',
    '#Time step;Hour',
    '#Latitude;36.1',
    '#Longitude;-79.95',
    '#Altitude;273',
    '#Time Zone;-5.00',
    `Year;Month;Day;Hour;${isEnd ? 'Minute;' : ''}GHI;DHI;DNI;Tamb;WindVel;WindDir`,
    `;;;;${isEnd ? ';' : ''}W/m2;W/m2;W/m2;deg.C;m/sec;\ufffd`,
    ...rowsOf(year, ({ i, date }) => {
      const day = `2019;${date.getUTCMonth() + 1};${date.getUTCDate()}`;
      const hour = isEnd ? `${date.getUTCHours() + 1};30` : date.getUTCHours();
      return `${day};${hour};${year.ghiWm2[i]};${year.dhiWm2[i]};${year.dniWm2[i]};${year.tempAirC[i]};${year.windSpeedMPerS[i]};117`;
    }),
  ].join('\n');
  return isEnd ? lines.replaceAll(';', ',') : lines;
}
