/** Cases of drill-inputs: good wind files with one fault, and the energy of a turbine that they yield. */
import type { TessellateClient } from '../../../src/client/client.ts';
import { Random } from '../../../src/statistics/random.ts';
import type { Case, Outcome } from './law.ts';
import { doneOf, goodOutcome, refusedOf } from './law.ts';
import {
  bytesOf,
  inOtherWriting,
  oneOf,
  scaled,
  type Table,
  tableOf,
  textOf,
  wholeBetween,
  withColumn,
  withMarks,
  withOtherRows,
  withSwapped,
} from './mutants.ts';

const HOUR_MS = 3.6e6;
const HOURS = 2 * 8760;
const MAST_QUERY = { height_m: 80, lower_height_m: 40 };
const SPEED = 1;
const DIRECTION = 2;
const LOWER = 3;
const STD = 4;
const TEMPERATURE = 5;

/** Two whole years of a mast: speeds with a day's memory around a Weibull distribution, two heights, seasons. */
function mast(): Table {
  const random = Random.fromSeed(7);
  let memory = 0;
  let direction = 240;
  const rows = Array.from({ length: HOURS }, (_, hour) => {
    memory = 0.97 * memory + Math.sqrt(1 - 0.97 ** 2) * random.normal();
    direction = (direction + 6 * random.normal() + 0.01 * (240 - direction) + 360) % 360;
    // A normal number of this memory becomes a Weibull speed of scale 8.5 m/s and shape 2.1.
    const below = 0.5 * (1 + Math.tanh(0.7978846 * (memory + 0.044715 * memory ** 3)));
    const speed = 8.5 * (-Math.log(1 - Math.min(below, 1 - 1e-9))) ** (1 / 2.1);
    const year = Math.cos((2 * Math.PI * (hour - 4500)) / 8760);
    const temperature = 9 + 9 * year + 4 * Math.cos((2 * Math.PI * ((hour % 24) - 14)) / 24) + random.normal();
    return [
      new Date(Date.UTC(2021, 0, 1) + hour * HOUR_MS).toISOString().slice(0, 16),
      speed.toFixed(2),
      direction.toFixed(0),
      (speed * 0.5 ** 0.16 * (1 + 0.02 * random.normal())).toFixed(2),
      (speed * (0.1 + 0.01 * random.normal())).toFixed(2),
      temperature.toFixed(1),
    ];
  });
  const names = 'time,wind_speed_m_s,wind_direction_deg,wind_speed_lower_m_s,wind_speed_std_m_s,temp_air_c';
  return tableOf(`${names}\n${rows.map((cells) => cells.join(',')).join('\n')}`, 1);
}

type Fault = (table: Table, random: Random) => { readonly title: string; readonly bytes: Uint8Array };

const MAST_FAULTS: Readonly<Record<string, Fault>> = {
  marks: (table, random) => {
    const column = oneOf(random, [SPEED, DIRECTION, LOWER, STD, TEMPERATURE]);
    const marked = withMarks(table, column, random);
    return { title: marked.title, bytes: bytesOf(marked.table) };
  },
  rows: (table, random) => {
    const changed = withOtherRows(table, random);
    return { title: changed.title, bytes: bytesOf(changed.table) };
  },
  writing: (table, random) => inOtherWriting(table, random),
  'swapped columns': (table, random) => {
    const [a, b] = oneOf(random, [
      [SPEED, DIRECTION],
      [SPEED, LOWER],
      [SPEED, STD],
      [LOWER, STD],
      [SPEED, TEMPERATURE],
    ]);
    return { title: `columns ${a + 1} and ${b + 1} swapped`, bytes: bytesOf(withSwapped(table, a, b)) };
  },
  units: (table, random) => {
    const [title, change] = oneOf(random, [
      ['speeds in knots', () => scaled(table, [SPEED, LOWER, STD], (v) => v / 0.514444)],
      ['speeds in km/h', () => scaled(table, [SPEED, LOWER, STD], (v) => v * 3.6)],
      ['speeds in cm/s', () => scaled(table, [SPEED, LOWER, STD], (v) => v * 100)],
      ['upper speed in knots', () => scaled(table, [SPEED], (v) => v / 0.514444)],
      ['lower speed in km/h', () => scaled(table, [LOWER], (v) => v * 3.6)],
      ['temperature in K', () => scaled(table, [TEMPERATURE], (c) => c + 273.15)],
      ['temperature in F', () => scaled(table, [TEMPERATURE], (c) => c * 1.8 + 32)],
      ['direction in radians', () => scaled(table, [DIRECTION], (deg) => (deg * Math.PI) / 180)],
      ['turbulence in place of the standard deviation', () => scaled(table, [STD], () => 0.12)],
    ] as const);
    return { title, bytes: bytesOf(change()) };
  },
  'stuck sensor': (table, random) => {
    const length = oneOf(random, [48, 24 * 30, 24 * 180]);
    const first = wholeBetween(random, 0, table.rows.length - length);
    const value = table.rows[first][SPEED];
    const stuck = withColumn(table, SPEED, (cell, row) => (row >= first && row < first + length ? value : cell));
    return { title: `speed stuck at ${value} for ${length} h`, bytes: bytesOf(stuck) };
  },
  'iced sensor': (table, random) => {
    const length = oneOf(random, [24 * 7, 24 * 45]);
    const first = wholeBetween(random, 24 * 10, 24 * 20);
    const isIced = (row: number): boolean => row >= first && row < first + length;
    const iced = withColumn(table, SPEED, (cell, row) => (isIced(row) ? '0.00' : cell));
    return { title: `no speed for ${length} h of winter`, bytes: bytesOf(iced) };
  },
  'other steps': (table, random) => {
    const [title, isKept] = oneOf(random, [
      ['every third hour', (row: number) => row % 3 === 0],
      ['one record a day', (row: number) => row % 24 === 13],
      ['days only', (row: number) => row % 24 >= 8 && row % 24 < 18],
      ['nights only', (row: number) => row % 24 < 6],
    ] as const);
    return { title, bytes: bytesOf({ ...table, rows: table.rows.filter((_, row) => isKept(row)) }) };
  },
  'one height twice': (table) => ({
    title: 'the lower speed is the upper one',
    bytes: bytesOf(withColumn(table, LOWER, (_, row) => table.rows[row][SPEED])),
  }),
  'short measurement': (table, random) => {
    const days = oneOf(random, [1, 3, 30, 59, 120, 200]);
    const rows = table.rows.slice(0, days * 24);
    return { title: `${days} days only`, bytes: bytesOf({ ...table, rows }) };
  },
  'a month of absent rows each year': (table) => {
    const rows = table.rows.filter(([time]) => time.slice(5, 7) !== '01');
    return { title: 'no January', bytes: bytesOf({ ...table, rows }) };
  },
  'cut bytes': (table, random) => {
    const whole = bytesOf(table);
    const at = wholeBetween(random, 1, whole.length - 1);
    return { title: `cut after ${at} bytes`, bytes: whole.slice(0, at) };
  },
};

/** A .tab file: 12 sectors, speeds to 30 m/s, shares per mille */
function tab(): Table {
  const frequency = [5, 6, 7, 8, 7, 6, 8, 12, 15, 12, 8, 6];
  const upper = Array.from({ length: 30 }, (_, k) => k + 1);
  const share = (speed: number, scale: number) =>
    1000 * (Math.exp(-(((speed - 1) / scale) ** 2.1)) - Math.exp(-((speed / scale) ** 2.1)));
  const lines = [
    ['Ridge, mast 3'],
    ['55.68', '12.09', '80.0'],
    ['12', '1.0', '0.0'],
    frequency.map((value) => value.toFixed(2)),
  ];
  const rows = upper.map((speed) => [
    speed.toFixed(1),
    ...frequency.map((_, sector) => share(speed, 7.5 + 0.2 * sector).toFixed(2)),
  ]);
  return { header: lines, rows };
}
const tabBytes = (table: Table, separator = ' '): Uint8Array => Buffer.from(textOf(table, separator));
const TAB_FAULTS: Readonly<Record<string, Fault>> = {
  'decimal commas': (table) => ({
    title: 'decimal commas',
    bytes: Buffer.from(textOf(table, ' ').replace(/(\d)\.(\d)/g, '$1,$2')),
  }),
  'a sum that is not 100': (table, random) => {
    const factor = oneOf(random, [0.47, 0.9, 1.1, 2]);
    const header = table.header.map((cells, k) =>
      k === 3 ? cells.map((cell, at) => (at < 6 ? String(Number(cell) * factor) : cell)) : cells,
    );
    return { title: `six frequencies times ${factor}`, bytes: tabBytes({ ...table, header }) };
  },
  rows: (table, random) => {
    const at = wholeBetween(random, 3, table.rows.length - 4);
    const [title, rows] = oneOf(random, [
      [`without row ${at}`, table.rows.filter((_, k) => k !== at)],
      [`row ${at} twice`, [...table.rows.slice(0, at + 1), ...table.rows.slice(at)]],
      [`cut after row ${at}`, table.rows.slice(0, at)],
      ['in reverse', [...table.rows].reverse()],
    ] as const);
    return { title, bytes: tabBytes({ ...table, rows }) };
  },
  units: (table, random) => {
    const factor = oneOf(random, [1 / 0.514444, 3.6]);
    const rows = table.rows.map(([upper, ...shares]) => [(Number(upper) * factor).toFixed(2), ...shares]);
    return { title: `speeds times ${factor.toFixed(3)}`, bytes: tabBytes({ ...table, rows }) };
  },
  separators: (table, random) => {
    const separator = oneOf(random, ['\t', ';', ',', '   ']);
    return { title: `separator ${JSON.stringify(separator)}`, bytes: tabBytes(table, separator) };
  },
  'cut bytes': (table, random) => {
    const whole = tabBytes(table);
    const at = wholeBetween(random, 1, whole.length - 1);
    return { title: `cut after ${at} bytes`, bytes: whole.slice(0, at) };
  },
};

async function energyOf(
  client: TessellateClient,
  query: Readonly<Record<string, string | number>>,
  bytes: Uint8Array,
): Promise<Outcome> {
  return refusedOf(async () => {
    const { id } = await client.upload('/v1/wind/resources', bytes, query);
    const job = await client.waitForJob(
      await client.submit('/v1/wind/analyze', {
        resource: { type: 'upload', resource_id: id },
        turbines: [{ id: 'v80', hub_height_m: 80 }],
        layout: { x_m: [0], y_m: [0] },
        turbulence_intensity: 0.1,
        losses_pct: { availability: 3 },
        uncertainty_pct: { wind: 5 },
      }),
    );
    return doneOf(job, (result) => ('annual_energy_kwh' in result ? [result.annual_energy_kwh] : [Number.NaN]));
  });
}

/** Returns the maker of wind cases. The good files are computed first: they must not be refused or warned about. */
export async function windCases(client: TessellateClient): Promise<readonly ((random: Random) => Case)[]> {
  const files = [
    { name: 'mast.csv', table: mast(), query: MAST_QUERY, bytes: bytesOf, faults: MAST_FAULTS },
    { name: 'ridge.tab', table: tab(), query: {}, bytes: tabBytes, faults: TAB_FAULTS },
  ];
  const makers = files.map(async ({ name, table, query, bytes: whole, faults }) => {
    const expected = await goodOutcome(name, energyOf(client, { name, ...query }, whole(table)));
    return Object.entries(faults).map(([kind, fault]) => (random: Random): Case => {
      const { title, bytes } = fault(table, random);
      return {
        title: `wind, ${kind}: ${name}, ${title}`,
        expected,
        run: () => energyOf(client, { name, ...query }, bytes),
      };
    });
  });
  return (await Promise.all(makers)).flat();
}
