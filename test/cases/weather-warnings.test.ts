/** Each warning about weather is said of the file that has the fault, and not of a good one beside it. */
import { WEATHER_WARNINGS } from '../../src/contracts/weather/warnings.ts';
import { type ParseOptions, parseWeather } from '../../src/weather/parse.ts';
import { repeatedYears } from '../../src/services/weather/weather-datasets.ts';
import { describeWeather } from '../../src/weather/tasks.ts';
import { WEATHER, weatherText } from '../support/fixtures.ts';
import { testWarningPairs, type WarningPair } from '../support/warning-pairs.ts';
import { editedWeather, type WeatherEdit } from '../support/weather-edits.ts';

const codesOf = (text: string, options: Partial<ParseOptions> = {}): readonly string[] =>
  describeWeather(parseWeather(Buffer.from(text), { name: 'case', ...options })).warnings.map(({ code }) => code);

const edits =
  (file: keyof typeof WEATHER) =>
  (fault: readonly WeatherEdit[], good: readonly WeatherEdit[] = []): WarningPair => [
    () => codesOf(editedWeather(file, fault)),
    () => codesOf(editedWeather(file, good)),
  ];
const tucson = edits('tucson');
const greensboro = edits('greensboro');
const SUN = ['GHI (W/m^2)', 'DNI (W/m^2)', 'DHI (W/m^2)'] as const;
const AIR = 'Dry-bulb (C)';
const WIND = 'Wspd (m/s)';
/** Cells of the first line */
const [ZONE, LATITUDE, LONGITUDE, ELEVATION] = [4, 5, 6, 7];
const header = (column: number, value: string): WeatherEdit => ({ line: 1, column, value });
const times = (factor: number, columns: readonly string[] = SUN): WeatherEdit[] =>
  columns.map((column) => ({ column, times: factor }));

const [PLACE, NAMES, ...ROWS] = weatherText(WEATHER.greensboro).trimEnd().split(/\r?\n/);
const names = NAMES.split(',');
const at = (name: string): number => names.indexOf(name);
type Change = (cells: readonly string[], hour: number) => readonly string[];
/** Greensboro with its records changed */
const records = (change: Change): string =>
  [PLACE, NAMES, ...ROWS.map((row, hour) => change(row.split(','), hour).join(','))].join('\n');
const changed = (fault: Change, good: Change = (cells) => cells): WarningPair => [
  () => codesOf(records(fault)),
  () => codesOf(records(good)),
];
/** Sets cells of columns in some hours. */
const cells =
  (columns: readonly string[], value: string, isThen: (hour: number) => boolean): Change =>
  (row, hour) =>
    isThen(hour) ? row.map((cell, k) => (columns.includes(names[k]) ? value : cell)) : row;
const hours = (first: number, count: number) => (hour: number) => hour >= first && hour < first + count;
const without = (...columns: readonly string[]): string => {
  const kept = (row: string) =>
    row
      .split(',')
      .filter((_, k) => !columns.includes(names[k]))
      .join(',');
  return [PLACE, ...[NAMES, ...ROWS].map(kept)].join('\n');
};
/** Records of a year from July to June, or from January to December */
const from = (month: number): string => {
  const year = ROWS.map((row) => {
    const isNext = Number(row.slice(0, 2)) < month;
    return `${row.slice(0, 6)}${isNext ? 2019 : 2018}${row.slice(10)}`;
  });
  return [
    PLACE,
    NAMES,
    ...year.filter((row) => row.slice(6, 10) === '2018'),
    ...year.filter((row) => row.slice(6, 10) === '2019'),
  ].join('\n');
};
const summer = 24 * 190;
/** The global irradiance as one of a plane that lies flat, or as what it is */
const table = (column: string): string => {
  const rows = ROWS.map((row, hour) => {
    const values = row.split(',');
    const time = new Date(Date.UTC(2019, 0, 1, hour + 5)).toISOString();
    return [time, values[at(SUN[0])], values[at(AIR)], values[at(WIND)]].join(',');
  });
  return [`time,${column},temp_air_c,wind_speed_m_s`, ...rows].join('\n');
};
const ofTable = (column: string, plane: object = {}): Partial<ParseOptions> => ({
  table: {
    columns: { time: 'time', [column]: column, temp_air_c: 'temp_air_c', wind_speed_m_s: 'wind_speed_m_s' },
    timeLabel: 'start',
    latitudeDeg: 36.1,
    longitudeDeg: -79.95,
    elevationM: 273,
    ...plane,
  },
});

const yearsOf = (...contents: string[]) => repeatedYears(contents, '/weather_ids').map(({ code }) => code);

testWarningPairs(WEATHER_WARNINGS, {
  'weather.year_repeated': [() => yearsOf('a', 'b', 'a'), () => yearsOf('a', 'b')],
  'weather.values_filled': changed(cells([AIR], '', hours(summer, 2))),
  'weather.column_dropped': changed(
    cells(['Pressure (mbar)'], '-9900', (hour) => hour % 10 > 2),
    cells(['Pressure (mbar)'], '-9900', (hour) => hour % 500 === 0),
  ),
  'weather.time_zone': tucson([header(ZONE, '0')]),
  'weather.clock_one_hour_off': tucson([header(ZONE, '-6')]),
  'weather.labels_shifted': edits('tucsonMirrorSouth')([{ column: 'Minute', times: 0 }]),
  'weather.clock_shifted': greensboro([header(LONGITUDE, '-45.95')], [header(LONGITUDE, '-79.4')]),
  'weather.longitude_sign': tucson([header(LONGITUDE, '110.95')], [header(LONGITUDE, '-110.5')]),
  'weather.latitude_sign': tucson([header(LATITUDE, '-32.133')], [header(LATITUDE, '32.6')]),
  'weather.coordinates_exchanged': greensboro([header(LATITUDE, '-79.95'), header(LONGITUDE, '36.1')]),
  'weather.columns_exchanged': greensboro([{ swap: [SUN[1], SUN[2]] }]),
  'weather.direct_on_horizontal': greensboro([{ column: SUN[1], is: SUN[0], minus: SUN[2] }]),
  'weather.column_all_zero': tucson([{ column: SUN[1], times: 0 }]),
  'weather.closure': greensboro(times(1.12, [SUN[0]]), times(1.02, [SUN[0]])),
  'weather.night_irradiance': greensboro([{ column: SUN[0], plus: 8 }], [{ column: SUN[0], plus: 0.2 }]),
  'weather.irradiance_impossible': tucson(times(1.42), times(1.03)),
  'weather.irradiance_level': greensboro(times(0.5), times(0.93)),
  'weather.irradiance_level_unusual': greensboro(times(0.7), times(0.93)),
  'weather.daylight_zero': changed(cells(SUN, '0', hours(summer, 24 * 14)), cells(SUN, '0', hours(summer, 24 * 4))),
  'weather.values_stuck': changed(cells([AIR], '20', hours(summer, 24 * 6)), cells([AIR], '20', hours(summer, 24))),
  'weather.temperature_range': greensboro([{ column: AIR, times: 0.1 }], [{ column: AIR, times: 0.5 }]),
  'weather.temperature_course': greensboro([{ column: AIR, times: -1 }], [{ column: AIR, times: 0.3 }]),
  'weather.temperature_level': greensboro([{ column: AIR, plus: 25 }], [{ column: AIR, plus: 4 }]),
  'weather.wind_level': greensboro(times(4, [WIND]), times(1.5, [WIND])),
  'weather.elevation_pressure': greensboro([header(ELEVATION, '1473')], [header(ELEVATION, '450')]),
  'weather.values_rejected': changed(
    cells(['Alb (unitless)'], '1.05', hours(summer, 1)),
    cells(['Alb (unitless)'], '0.95', hours(summer, 1)),
  ),
  'weather.night_filled': changed(cells(SUN, '', hours(summer, 4)), cells(SUN, '0', hours(summer, 4))),
  'weather.long_gap_filled': changed(cells([AIR], '', hours(summer, 10)), cells([AIR], '', hours(summer, 2))),
  'weather.column_defaulted': [() => codesOf(without(WIND)), () => codesOf(without('Pressure (mbar)'))],
  'weather.column_constant': changed(
    cells([WIND], '3', () => true),
    cells([WIND], '3', hours(summer, 48)),
  ),
  'weather.irradiance_closed': [() => codesOf(without(SUN[1])), () => codesOf(without(WIND))],
  'weather.gaps_closed': changed(cells([SUN[1]], '', hours(summer, 120)), cells([SUN[1]], '', hours(summer + 11, 2))),
  'weather.irradiance_decomposed': [() => codesOf(without(SUN[1], SUN[2])), () => codesOf(without(SUN[1]))],
  'weather.irradiance_from_plane': [
    () => codesOf(table('poa_w_m2'), ofTable('poa_w_m2', { poaTiltDeg: 5, poaAzimuthDeg: 180 })),
    () => codesOf(table('ghi_w_m2'), ofTable('ghi_w_m2')),
  ],
  'weather.year_joined': [() => codesOf(from(7)), () => codesOf(from(1))],
});
