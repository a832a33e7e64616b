/** Cases of drill-inputs: good weather files with one fault, and the energy of a plant that they yield. */
import type { TessellateClient } from '../../../src/client/client.ts';
import type { Random } from '../../../src/statistics/random.ts';
import { WEATHER, weatherText } from '../../../test/support/fixtures.ts';
import type { Case, Outcome } from './law.ts';
import { doneOf, goodOutcome, refusedOf } from './law.ts';
import {
  bytesOf,
  inOtherWriting,
  oneOf,
  scaled,
  type Table,
  tableOf,
  wholeBetween,
  withColumn,
  withMarks,
  withOtherRows,
  withSwapped,
} from './mutants.ts';

/** A good file: where it states its place and clock, and its columns by quantity */
interface GoodFile {
  readonly name: string;
  readonly table: Table;
  /** Line and cell of header values */
  readonly place: Readonly<Record<'latitude' | 'longitude' | 'zone', readonly [line: number, cell: number]>>;
  readonly columns: Readonly<Record<'ghi' | 'dni' | 'dhi' | 'temperature' | 'wind', number>>;
}

const goodFiles = (): GoodFile[] => [
  {
    name: WEATHER.greensboro,
    table: tableOf(weatherText(WEATHER.greensboro), 2),
    place: { zone: [0, 3], latitude: [0, 4], longitude: [0, 5] },
    columns: { ghi: 4, dni: 7, dhi: 10, temperature: 31, wind: 46 },
  },
  {
    name: WEATHER.tucson,
    table: tableOf(weatherText(WEATHER.tucson), 2),
    place: { zone: [0, 3], latitude: [0, 4], longitude: [0, 5] },
    columns: { ghi: 4, dni: 7, dhi: 10, temperature: 31, wind: 46 },
  },
  {
    name: WEATHER.tucsonMirrorSouth,
    table: tableOf(weatherText(WEATHER.tucsonMirrorSouth), 3),
    place: { latitude: [1, 5], longitude: [1, 6], zone: [1, 7] },
    columns: { ghi: 5, dni: 6, dhi: 7, temperature: 8, wind: 11 },
  },
];

type Fault = (file: GoodFile, random: Random) => { readonly title: string; readonly bytes: Uint8Array };
const inHeader = (
  { table, place }: GoodFile,
  field: keyof GoodFile['place'],
  change: (value: number) => number,
): Table => {
  const [line, cell] = place[field];
  const header = table.header.map((cells, k) =>
    k === line ? cells.map((text, at) => (at === cell ? String(change(Number(text))) : text)) : cells,
  );
  return { ...table, header };
};

const FAULTS: Readonly<Record<string, Fault>> = {
  'clock by time zone': (file, random) => {
    const shift = oneOf(random, [-12, -7, -5, -3, -2, 2, 3, 5, 7, 12]);
    const wrapped = (zone: number) => ((zone + shift + 12 + 24) % 24) - 12;
    return { title: `time zone moved by ${shift} h`, bytes: bytesOf(inHeader(file, 'zone', wrapped)) };
  },
  'clock by rows': ({ table, columns }, random) => {
    const shift = oneOf(random, [-12, -8, -6, -4, -2, 2, 4, 6, 8, 12]);
    const n = table.rows.length;
    const moved = [columns.ghi, columns.dni, columns.dhi].reduce(
      (changed, column) => withColumn(changed, column, (_, row) => table.rows[(row + shift + n) % n][column]),
      table,
    );
    return { title: `irradiance moved by ${shift} rows`, bytes: bytesOf(moved) };
  },
  'sign of the place': (file, random) => {
    const field = oneOf(random, ['latitude', 'longitude'] as const);
    return { title: `${field} with the other sign`, bytes: bytesOf(inHeader(file, field, (value) => -value)) };
  },
  'other place': (file, random) => {
    const field = oneOf(random, ['latitude', 'longitude'] as const);
    const shift = oneOf(random, [-25, -15, 15, 25]);
    return { title: `${field} moved by ${shift} deg`, bytes: bytesOf(inHeader(file, field, (value) => value + shift)) };
  },
  'swapped columns': ({ table, columns }, random) => {
    const pairs = [
      ['ghi', 'dni'],
      ['ghi', 'dhi'],
      ['dni', 'dhi'],
      ['ghi', 'temperature'],
      ['temperature', 'wind'],
    ] as const;
    const [a, b] = oneOf(random, pairs);
    return { title: `${a} and ${b} swapped`, bytes: bytesOf(withSwapped(table, columns[a], columns[b])) };
  },
  'empty column': ({ table, columns }, random) => {
    const column = oneOf(random, ['ghi', 'dni', 'dhi', 'temperature', 'wind'] as const);
    const value = oneOf(random, ['', '0', '-9999']);
    return {
      title: `${column} is ${JSON.stringify(value)} everywhere`,
      bytes: bytesOf(withColumn(table, columns[column], () => value)),
    };
  },
  units: ({ table, columns }, random) => {
    const { ghi, dni, dhi, temperature, wind } = columns;
    const sun = [ghi, dni, dhi];
    const [title, changed] = oneOf(random, [
      ['temperature in K', () => scaled(table, [temperature], (c) => c + 273.15)],
      ['temperature in F', () => scaled(table, [temperature], (c) => c * 1.8 + 32)],
      ['wind in km/h', () => scaled(table, [wind], (v) => v * 3.6)],
      ['irradiance in kW/m2', () => scaled(table, sun, (g) => g / 1000)],
      ['irradiance in J/cm2', () => scaled(table, sun, (g) => g * 0.36)],
      ['irradiance in kJ/m2', () => scaled(table, sun, (g) => g * 3.6)],
      ['only ghi in kJ/m2', () => scaled(table, [ghi], (g) => g * 3.6)],
      ['only dhi in J/cm2', () => scaled(table, [dhi], (g) => g * 0.36)],
    ] as const);
    return { title, bytes: bytesOf(changed()) };
  },
  level: ({ table, columns }, random) => {
    const { ghi, dni, dhi } = columns;
    const [title, changed, factor] = oneOf(random, [
      ['all irradiance', [ghi, dni, dhi], 0.5],
      ['all irradiance', [ghi, dni, dhi], 1.4],
      ['ghi', [ghi], 0.9],
      ['dni', [dni], 1.15],
    ] as const);
    return { title: `${title} times ${factor}`, bytes: bytesOf(scaled(table, changed, (g) => g * factor)) };
  },
  'hours of zero or of one value': ({ table, columns }, random) => {
    const sun = [columns.ghi, columns.dni, columns.dhi];
    const length = oneOf(random, [48, 24 * 14, 24 * 60]);
    const first = wholeBetween(random, 0, table.rows.length - length);
    const isZero = random.uniform() < 0.5;
    const noon = table.rows.findIndex((cells, row) => row >= first && Number(cells[columns.ghi]) > 300);
    const held = Math.max(noon, first);
    const title = `${length} h from ${first} ${isZero ? 'without sun' : 'as at one hour'}`;
    const changed = sun.reduce(
      (one, column) =>
        withColumn(one, column, (cell, row) =>
          row < first || row >= first + length ? cell : isZero ? '0' : table.rows[held][column],
        ),
      table,
    );
    return { title, bytes: bytesOf(changed) };
  },
  'half a year off': ({ table, columns }) => {
    const half = table.rows.length / 2;
    const moved = [columns.ghi, columns.dni, columns.dhi, columns.temperature].reduce(
      (changed, column) =>
        withColumn(changed, column, (_, row) => table.rows[(row + half) % table.rows.length][column]),
      table,
    );
    return { title: 'seasons of the other half of the globe', bytes: bytesOf(moved) };
  },
  temperature: ({ table, columns }, random) => {
    const [title, change] = oneOf(random, [
      ['in tenths', (c: number) => 10 * c],
      ['30 degrees warmer', (c: number) => c + 30],
      ['with the other sign', (c: number) => -c],
    ] as const);
    return { title: `temperature ${title}`, bytes: bytesOf(scaled(table, [columns.temperature], change)) };
  },
  'daylight saving': ({ table, columns }) => {
    const isSummer = (row: number): boolean => row > 24 * 87 && row < 24 * 299;
    const moved = [columns.ghi, columns.dni, columns.dhi].reduce(
      (changed, column) =>
        withColumn(changed, column, (cell, row) => (isSummer(row) ? table.rows[row - 1][column] : cell)),
      table,
    );
    return { title: 'an hour later from April to October', bytes: bytesOf(moved) };
  },
  marks: ({ table, columns }, random) => {
    const column = oneOf(random, ['ghi', 'dni', 'dhi', 'temperature', 'wind'] as const);
    const marked = withMarks(table, columns[column], random);
    return { title: `${column}: ${marked.title}`, bytes: bytesOf(marked.table) };
  },
  rows: ({ table }, random) => {
    const changed = withOtherRows(table, random);
    return { title: changed.title, bytes: bytesOf(changed.table) };
  },
  writing: ({ table }, random) => inOtherWriting(table, random),
  'cut bytes': ({ table }, random) => {
    const whole = bytesOf(table);
    const at = wholeBetween(random, 1, whole.length - 1);
    return { title: `cut after ${at} bytes`, bytes: whole.slice(0, at) };
  },
};

/** A fixed plane and a tracker: a clock that is wrong moves the one less than the other. */
const SYSTEMS = [
  { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 25 } },
  { dc_capacity_kw: 100, mounting: { type: 'one_axis', max_angle_deg: 60, gcr: 0.3 } },
] as const;

async function energyOf(client: TessellateClient, name: string, bytes: Uint8Array): Promise<Outcome> {
  return refusedOf(async () => {
    const { id } = await client.upload('/v1/weather', bytes, { name });
    const job = await client.waitForJob(
      await client.submit('/v1/solar/analyze', { weather_id: id, systems: [...SYSTEMS], include_series: false }),
    );
    return doneOf(job, (result) => result.systems.map((system) => system.annual_energy_kwh));
  });
}

/** Returns the maker of weather cases. The good files are computed first: they must not be refused or warned about. */
export async function weatherCases(client: TessellateClient): Promise<readonly ((random: Random) => Case)[]> {
  const good = await Promise.all(
    goodFiles().map(async (file) => ({
      file,
      expected: await goodOutcome(file.name, energyOf(client, file.name, bytesOf(file.table))),
    })),
  );
  return Object.entries(FAULTS).map(([kind, fault]) => (random) => {
    const { file, expected } = oneOf(random, good);
    const { title, bytes } = fault(file, random);
    return {
      title: `weather, ${kind}: ${file.name}, ${title}`,
      expected,
      run: () => energyOf(client, file.name, bytes),
    };
  });
}
