/** The libraries of solar and wind on a real PostgreSQL: a request loads what it names, however much is stored. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { type ComponentFilter, MAX_COMPONENTS, SolarLibrary } from '../../src/services/solar/library.ts';
import { WindLibrary } from '../../src/services/wind/library.ts';
import { libraryModules } from '../../src/services/solar/bundled.ts';
import type { ComponentFile } from '../../src/solar/library/library-tasks.ts';
import { describeComponentFile } from '../../src/solar/library/library-tasks.ts';
import type { TurbineSearch } from '../../src/wind/turbine/turbine-library.ts';
import { migratedDatabase } from '../support/postgres.ts';

let database: Database;
const described: ComponentFile[] = [];
let solar: SolarLibrary;
let wind: WindLibrary;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O'), ('org_2', 'P')`);
  solar = new SolarLibrary(database, async (file) => {
    described.push(file);
    return describeComponentFile(file);
  });
  wind = new WindLibrary(database, () => Promise.reject(new Error('no file is read here')));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await database?.close();
});

const HORIZON = new TextEncoder().encode('azimuth_deg,elevation_deg\n0,5\n90,10\n180,5\n270,0\n');
/** Counts the queries from here on. */
function countedQueries(): () => number {
  const query = jest.spyOn(database, 'query');
  return () => query.mock.calls.length;
}

test('a system loads the components that it names with one query, its own before bundled ones', async () => {
  const [bundled] = libraryModules().entries;
  const insert = (id: string, org: string, name: string) =>
    database.query(
      `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
       VALUES ($1, $2, 'solar', 'module', 'pan', $3, $4)`,
      [id, org, name, { name, powerW: 400 }],
    );
  await insert('cmp_1', 'org_1', 'Mine');
  await insert('cmp_2', 'org_1', 'Mine');
  await insert('cmp_3', 'org_1', bundled.name);
  await insert('cmp_4', 'org_2', 'Theirs');
  // Another technology's.
  await database.query(
    `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
     VALUES ('cmp_5', 'org_1', 'other', 'module', 'pan', 'Mine', '{}')`,
  );
  await database.query(
    `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
     SELECT 'cmp_other_' || i, 'org_1', 'solar', 'module', 'pan', 'Other ' || i, '{}' FROM generate_series(1, 4000) i`,
  );
  const asked = countedQueries();
  const found = await solar.components('org_1', ['cmp_1', 'Mine', bundled.id, bundled.name, 'cmp_4', 'Theirs']);
  expect(asked()).toBe(1);
  const [result] = jest.mocked(database.query).mock.results;
  expect(await result.value).toHaveLength(3);
  expect(found.modules.get('cmp_1')).toMatchObject({ id: 'cmp_1', powerW: 400 });
  // Of two with one name, the newer one.
  expect(found.modules.get('Mine')?.id).toBe('cmp_2');
  expect(found.modules.get(bundled.name)?.id).toBe('cmp_3');
  expect(found.modules.get(bundled.id)?.powerW).toBe(bundled.powerW);
  for (const theirs of ['cmp_4', 'Theirs']) expect(found.modules.get(theirs)).toBeUndefined();
  expect(found.inverters.get('Mine')).toBeUndefined();
});

test('a system that names no component asks the database nothing', async () => {
  const asked = countedQueries();
  expect((await solar.components('org_1', [])).modules.get('Mine')).toBeUndefined();
  expect(asked()).toBe(0);
});

test('a search reads only the rows of its page, own components first, by words in any case, power and technology', async () => {
  const idOf = (start: string) => `cmp_${start.padEnd(26, '0')}`;
  const [a, b] = [idOf('a'), idOf('b')];
  await database.query('DELETE FROM library_items');
  const insert = (id: string, org: string, name: string, powerW: number, technology = 'Mono-c-Si') =>
    database.query(
      `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
       VALUES ($1, $2, 'solar', 'module', 'pan', $3, $4)`,
      [id, org, name, { name, powerW, technology }],
    );
  await insert(a, 'org_1', 'MÜLLER (Süd) 450', 450);
  await insert(b, 'org_1', 'Müller Nord 300', 300, 'CdTe');
  await insert(idOf('c'), 'org_2', 'Müller Theirs', 450);
  await database.query(
    `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
     SELECT 'cmp_' || rpad('b' || i, 26, '0'), 'org_1', 'solar', 'module', 'pan', 'Other ' || i, jsonb_build_object('name', 'Other ' || i, 'powerW', i)
     FROM generate_series(1000, 4999) i`,
  );
  const ids = async (filter: ComponentFilter, page: { cursor?: string; limit: number } = { limit: 10 }) => {
    const { items, total } = await solar.search('org_1', 'module', filter, page);
    return [items.map(({ id }) => id), total];
  };
  expect(await ids({ words: ['müller', 'SÜD)'] })).toEqual([[a], 1]);
  expect(await ids({ words: ['MÜLLER'] })).toEqual([[b, a], 2]);
  expect(await ids({ words: ['müller'], minPowerW: 400 })).toEqual([[a], 1]);
  expect(await ids({ words: ['müller'], maxPowerW: 400 })).toEqual([[b], 1]);
  expect(await ids({ words: ['müller'], technology: 'cdte' })).toEqual([[b], 1]);
  expect(await ids({ words: ['m.ller'] })).toEqual([[], 0]);
  expect(await ids({ words: [], isCustom: true }, { cursor: b, limit: 10 })).toEqual([[a], 4002]);

  const bundled = libraryModules().entries;
  // One item more shows that the page is not the last.
  expect(await ids({ words: [], isCustom: false }, { cursor: bundled[1].id, limit: 1 })).toEqual([
    [bundled[2].id, bundled[3].id],
    bundled.length,
  ]);
  const all = 4002 + bundled.length;
  // The page in which own components end and bundled ones begin, and the page behind it.
  expect(await ids({ words: [] }, { cursor: b, limit: 1 })).toEqual([[a, bundled[0].id], all]);
  expect(await ids({ words: [] }, { cursor: bundled[0].id, limit: 1 })).toEqual([[bundled[1].id, bundled[2].id], all]);

  const query = jest.spyOn(database, 'query');
  await ids({ words: [] }, { limit: 3 });
  const answers = (await Promise.all(query.mock.results.map(({ value }) => value))) as unknown[][];
  expect(answers.map((rows) => rows.length)).toEqual([1, 4]);
});

test('an upload is read by the compute task and counted in the database', async () => {
  const upload = () => solar.upload('org_1', 'horizon', { name: 'hill.csv', bytes: HORIZON });
  const { rows } = await upload();
  expect(described).toEqual([{ kind: 'horizon', name: 'hill.csv', bytes: HORIZON }]);
  const { horizons } = await solar.components('org_1', [rows[0].id]);
  expect(horizons.get(rows[0].id)).toMatchObject({ elevationDeg: expect.anything() });
  await database.query(
    `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
     SELECT 'cmp_h_' || i, 'org_1', 'solar', 'horizon', 'csv', 'h', '{}' FROM generate_series(1, $1::int) i`,
    [MAX_COMPONENTS - 1],
  );
  const asked = countedQueries();
  await expect(upload()).rejects.toThrow(`${MAX_COMPONENTS} horizons are stored and 1 were sent`);
  expect(asked()).toBe(0); // a count only, no rows
});

test("a farm loads all its own turbines with one query, and no one else's", async () => {
  const curve = {
    name: 'T',
    rotor_diameter_m: 100,
    hub_height_m: 90,
    rated_kw: 2000,
    air_density_kg_m3: 1.225,
    wind_speed_m_s: [3, 10, 25],
    power_kw: [0, 2000, 2000],
    thrust_coefficient: [0.8, 0.8, 0.2],
  };
  const add = async (org: string, name: string) => (await wind.addTurbine(org, { ...curve, name })).id;
  const [a, b, theirs] = [await add('org_1', 'A'), await add('org_1', 'B'), await add('org_2', 'C')];
  const asked = countedQueries();
  const specs = await wind.resolve('org_1', [{ id: b }, { id: a, hub_height_m: 120 }, { id: b }]);
  expect(asked()).toBe(1);
  expect(specs.map(({ name, hubHeightM }) => [name, hubHeightM])).toEqual([
    ['B', 90],
    ['A', 120],
    ['B', 90],
  ]);
  await expect(wind.resolve('org_1', [{ id: a }, { id: theirs }])).rejects.toMatchObject({ code: 'request.not_found' });
});

test('a search for turbines reads only the rows of its page, by name in any case, rated power and diameter', async () => {
  const insert = (id: string, org: string, name: string, curve: object) =>
    database.query('INSERT INTO wind_turbines (id, org_id, name, curve) VALUES ($1, $2, $3, $4)', [
      id,
      org,
      name,
      curve,
    ]);
  for (let i = 1; i <= 5; i++)
    await insert(`trb_page_${i}`, 'org_1', `Ökorotor ${i}`, {
      rotor_diameter_m: 80 + i,
      hub_height_m: 100,
      power_kw: [0, 900, 1000 * i, 950],
      wind_speed_m_s: [3, 8, 12, 25],
    });
  await insert('trb_page_6', 'org_1', 'Ökorotor 6', { rotor_diameter_m: 90, hub_height_m: 100, rated_kw: 3500 });
  await insert('trb_page_7', 'org_2', 'Ökorotor 7', { rotor_diameter_m: 90, hub_height_m: 100, rated_kw: 3500 });
  const idsOf = async (search: TurbineSearch, before: string | undefined, limit: number) =>
    (await wind.turbines('org_1', search, { before, limit })).map(({ id }) => id);
  const text = 'öKOROTOR';
  expect(await idsOf({ text }, undefined, 2)).toEqual(['trb_page_6', 'trb_page_5']);
  expect(await idsOf({ text }, 'trb_page_5', 9)).toEqual(['trb_page_4', 'trb_page_3', 'trb_page_2', 'trb_page_1']);
  expect(await idsOf({ text, minRatedKw: 3000, maxRatedKw: 4000 }, undefined, 9)).toEqual([
    'trb_page_6',
    'trb_page_4',
    'trb_page_3',
  ]);
  expect(await idsOf({ text, minDiameterM: 82, maxDiameterM: 83 }, undefined, 9)).toEqual(['trb_page_3', 'trb_page_2']);
  expect(await wind.turbines('org_1', { text: 'rotor 6' }, { before: undefined, limit: 1 })).toEqual([
    {
      id: 'trb_page_6',
      name: 'Ökorotor 6',
      rotor_diameter_m: 90,
      hub_height_m: 100,
      rated_kw: 3500,
      has_thrust: false,
    },
  ]);
});
