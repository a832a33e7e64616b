/** Cases of drill-inputs: good curves, layouts, areas and windIO documents with one fault, and what they yield. */
import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { TessellateClient } from '../../../src/client/client.ts';
import type { AnswerOf, Job } from '../../../src/client/index.ts';
import { partsOf } from '../../../src/contracts/common/area-parts.ts';
import type { Random } from '../../../src/statistics/random.ts';
import { ROOT } from '../../../test/support/fixtures.ts';
import type { Case, Outcome } from './law.ts';
import { doneOf, goodOutcome, refusedOf } from './law.ts';
import { between, oneOf, wholeBetween } from './mutants.ts';

type Maker = (random: Random) => Case;
type Fault<Good> = (good: Good, random: Random) => { readonly title: string; readonly changed: unknown };
type Faults<Good> = Readonly<Record<string, Fault<Good>>>;

const KNOT = 0.514444;
const FOOT = 0.3048;
const warned = (message: string): Job['warnings'][number] => ({
  code: 'wind.option_without_effect',
  severity: 'caution',
  message,
  values: {},
  pointer: null,
  page: '',
});

/** Returns the yield of a farm. */
const farmOutcome = (client: TessellateClient, body: unknown): Promise<Outcome> =>
  refusedOf(async () => {
    const { id } = await client.call<Job>('POST', '/v1/wind/analyze', body);
    return doneOf(await client.waitForJob(id), (result) =>
      'annual_energy_kwh' in result ? [result.annual_energy_kwh] : [],
    );
  });

/** Returns the makers of one kind of input. The good one is computed first: it must not be refused or warned about. */
async function makersOf<Good>(
  kind: string,
  good: Good,
  faults: Faults<Good>,
  run: (input: unknown) => Promise<Outcome>,
): Promise<Maker[]> {
  const expected = await goodOutcome(kind, run(good));
  return Object.entries(faults).map(([name, fault]) => (random) => {
    const { title, changed } = fault(good, random);
    return { title: `${kind}, ${name}: ${title}`, expected, run: () => run(changed) };
  });
}

const SECTORS = [6, 6, 7, 7, 5, 4, 5, 8, 12, 19, 12, 9].map((pct, sector) => ({
  frequency: pct / 100,
  scale_m_s: 8.2 + 0.15 * sector,
  shape: 2.1,
}));
const FARM = {
  resource: { type: 'weibull', height_m: 80, sectors: SECTORS },
  turbines: [{ id: 'v80', hub_height_m: 80 }],
  layout: { x_m: [0, 600, 1200, 0, 600, 1200], y_m: [0, 0, 0, 700, 700, 700] },
  turbulence_intensity: 0.1,
  losses_pct: { availability: 3, electrical: 2 },
  uncertainty_pct: { wind: 5 },
};

interface Curve {
  readonly rotor_diameter_m: number;
  readonly hub_height_m: number;
  readonly wind_speed_m_s: readonly number[];
  readonly power_kw: readonly number[];
  readonly thrust_coefficient: readonly number[];
}
const COLUMNS = ['wind_speed_m_s', 'power_kw', 'thrust_coefficient'] as const;
const times = (values: readonly number[], factor: number): number[] => values.map((value) => value * factor);
const inRows = (curve: Curve, change: (values: readonly number[]) => readonly number[]): Curve => ({
  ...curve,
  wind_speed_m_s: change(curve.wind_speed_m_s),
  power_kw: change(curve.power_kw),
  thrust_coefficient: change(curve.thrust_coefficient),
});

const CURVE_FAULTS: Faults<Curve> = {
  'unit of power': (curve, random) => {
    const [unit, factor] = oneOf(random, [
      ['W', 1000],
      ['MW', 1e-3],
      ['hp', 1 / 0.7457],
    ] as const);
    return { title: `power in ${unit}`, changed: { ...curve, power_kw: times(curve.power_kw, factor) } };
  },
  'unit of speed': (curve, random) => {
    const [unit, factor] = oneOf(random, [
      ['knots', 1 / KNOT],
      ['km/h', 3.6],
      ['mph', 2.23694],
    ] as const);
    return { title: `speeds in ${unit}`, changed: { ...curve, wind_speed_m_s: times(curve.wind_speed_m_s, factor) } };
  },
  'unit of thrust': (curve) => ({
    title: 'thrust in percent',
    changed: { ...curve, thrust_coefficient: times(curve.thrust_coefficient, 100) },
  }),
  'unit of length': (curve, random) => {
    const field = oneOf(random, ['rotor_diameter_m', 'hub_height_m'] as const);
    const factor = oneOf(random, [1 / FOOT, FOOT]);
    return { title: `${field} times ${factor.toFixed(3)}`, changed: { ...curve, [field]: curve[field] * factor } };
  },
  'radius as diameter': (curve) => ({
    title: 'radius in place of the diameter',
    changed: { ...curve, rotor_diameter_m: curve.rotor_diameter_m / 2 },
  }),
  'exchanged columns': (curve) => ({
    title: 'power and thrust exchanged',
    changed: { ...curve, power_kw: curve.thrust_coefficient, thrust_coefficient: curve.power_kw },
  }),
  'power coefficient as thrust': (curve) => {
    const area = (Math.PI * curve.rotor_diameter_m ** 2) / 4;
    const cp = curve.power_kw.map((power, k) =>
      curve.wind_speed_m_s[k] > 0 ? power / (0.5e-3 * 1.225 * area * curve.wind_speed_m_s[k] ** 3) : 0,
    );
    return { title: 'power coefficient in place of thrust', changed: { ...curve, thrust_coefficient: cp } };
  },
  'shifted rows': (curve, random) => {
    const by = oneOf(random, [-2, -1, 1, 2]);
    const moved = curve.power_kw.map((_, k) => curve.power_kw[Math.max(0, k + by)] ?? 0);
    return { title: `power moved by ${by} rows`, changed: { ...curve, power_kw: moved } };
  },
  'missing rows': (curve, random) => {
    const count = oneOf(random, [1, 3, 6]);
    const at = wholeBetween(random, 2, curve.power_kw.length - count - 2);
    const changed = inRows(curve, (values) => values.filter((_, k) => k < at || k >= at + count));
    return { title: `without ${count} rows from ${curve.wind_speed_m_s[at]} m/s`, changed };
  },
  'repeated row': (curve, random) => {
    const at = wholeBetween(random, 1, curve.power_kw.length - 2);
    return {
      title: `row ${at} twice`,
      changed: inRows(curve, (values) => [...values.slice(0, at + 1), ...values.slice(at)]),
    };
  },
  'rows in reverse': (curve) => ({
    title: 'rows in reverse',
    changed: inRows(curve, (values) => [...values].reverse()),
  }),
  'cut table': (curve, random) => {
    const rows = curve.wind_speed_m_s.filter((speed) => speed < oneOf(random, [12, 15, 18])).length;
    return { title: `${rows} rows only`, changed: inRows(curve, (values) => values.slice(0, rows)) };
  },
  'one column shorter': (curve, random) => {
    const column = oneOf(random, COLUMNS);
    return { title: `${column} one value shorter`, changed: { ...curve, [column]: curve[column].slice(0, -1) } };
  },
  'mark in a column': (curve, random) => {
    const column = oneOf(random, ['power_kw', 'thrust_coefficient'] as const);
    const mark = oneOf(random, [0, -999, 9999, -99]);
    const rated = curve.power_kw.map((power, k) => (power > 300 ? k : -1)).filter((k) => k >= 0);
    const at = oneOf(random, rated.slice(0, -1));
    const values = curve[column].map((value, k) => (k === at ? mark : value));
    return {
      title: `${column} is ${mark} at ${curve.wind_speed_m_s[at]} m/s`,
      changed: { ...curve, [column]: values },
    };
  },
};

interface Layout {
  readonly x_m: readonly number[];
  readonly y_m: readonly number[];
}
const withOne = (values: readonly number[], at: number, value: number): number[] =>
  values.map((one, k) => (k === at ? value : one));
const LAYOUT_FAULTS: Faults<Layout> = {
  'unit of length': ({ x_m, y_m }) => ({
    title: 'kilometres',
    changed: { x_m: times(x_m, 1e-3), y_m: times(y_m, 1e-3) },
  }),
  degrees: ({ x_m, y_m }) => ({
    title: 'degrees as metres',
    changed: { x_m: x_m.map((x) => 8 + x / 64_000), y_m: y_m.map((y) => 55 + y / 111_000) },
  }),
  'decimal sign lost': ({ x_m, y_m }, random) => {
    const at = wholeBetween(random, 1, x_m.length - 1);
    return { title: `turbine ${at} times 100`, changed: { x_m: withOne(x_m, at, (x_m[at] + 1) * 100), y_m } };
  },
  'unlike zones': ({ x_m, y_m }) => ({
    title: 'half of the turbines with the eastings of another zone',
    changed: { x_m: x_m.map((x, k) => (k < 3 ? x : x + 380_000)), y_m },
  }),
  'repeated place': ({ x_m, y_m }, random) => {
    const at = wholeBetween(random, 1, x_m.length - 1);
    return { title: `turbine ${at} twice`, changed: { x_m: [...x_m, x_m[at]], y_m: [...y_m, y_m[at]] } };
  },
  'nearly the same place': ({ x_m, y_m }, random) => {
    const off = between(random, 1, 100);
    return {
      title: `a turbine ${off.toFixed(0)} m from another`,
      changed: { x_m: [...x_m, x_m[0] + off], y_m: [...y_m, y_m[0]] },
    };
  },
  'one list shorter': ({ x_m, y_m }) => ({ title: 'y_m one value shorter', changed: { x_m, y_m: y_m.slice(1) } }),
  'x in both lists': ({ x_m }) => ({ title: 'x_m in place of y_m', changed: { x_m, y_m: x_m } }),
};

type Corner = number[];
interface GeoJson {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly Corner[])[];
}
const PLACE = { latitude_deg: 55.55, longitude_deg: 8.11 };
const AREA: GeoJson = {
  type: 'Polygon',
  coordinates: [
    [
      [8.0809617, 55.5375891],
      [8.1205099, 55.5405751],
      [8.1152521, 55.5630023],
      [8.077267, 55.5600264],
      [8.0809617, 55.5375891],
    ],
    [
      [8.096599, 55.5466914],
      [8.101353, 55.5467264],
      [8.1012711, 55.5503202],
      [8.0965166, 55.5502853],
      [8.096599, 55.5466914],
    ],
  ],
};
const geo = (area: unknown): Uint8Array => Buffer.from(JSON.stringify(area));
const withCorners = (change: (corner: Corner, k: number) => Corner): GeoJson => ({
  ...AREA,
  coordinates: AREA.coordinates.map((ring) => ring.map(change)),
});
const withRings = (change: (ring: readonly Corner[]) => readonly Corner[]): GeoJson => ({
  ...AREA,
  coordinates: AREA.coordinates.map(change),
});
const cutText = (text: string, random: Random) => {
  const at = wholeBetween(random, 1, text.length - 1);
  return { title: `cut after ${at} characters`, changed: Buffer.from(text.slice(0, at)) };
};

const GEOJSON_FAULTS: Faults<Uint8Array> = {
  'latitude first': () => ({ title: 'latitude before longitude', changed: geo(withCorners(([x, y]) => [y, x])) }),
  signs: (_, random) => {
    const [sx, sy] = oneOf(random, [
      [-1, 1],
      [1, -1],
      [-1, -1],
    ]);
    return { title: `times ${sx}, ${sy}`, changed: geo(withCorners(([x, y]) => [sx * x, sy * y])) };
  },
  'metres as degrees': () => ({
    title: 'UTM as degrees',
    changed: geo(withCorners(([x, y]) => [442_000 + (x - 8.08) * 63_000, 6_154_000 + (y - 55.54) * 111_000])),
  }),
  radians: () => ({ title: 'radians', changed: geo(withCorners(([x, y]) => [x / 57.29578, y / 57.29578])) }),
  'other corners': (_, random) => {
    const [title, area] = oneOf(random, [
      ['open rings', withRings((ring) => ring.slice(0, -1))],
      ['rings in reverse', withRings((ring) => [...ring].reverse())],
      ['repeated corners', withRings((ring) => ring.flatMap((corner) => [corner, corner]))],
      ['heights', withCorners(([x, y]) => [x, y, 12])],
      ['a spike', withRings((ring) => [...ring.slice(0, 2), [8.5, 55.6], ...ring.slice(1)])],
      ['two corners exchanged', withRings(([a, b, c, d, e]) => [a, c, b, d, e])],
      ['text in place of numbers', withCorners((corner) => corner.map(String) as unknown as Corner)],
      ['null in place of a number', withCorners(([x, y], k) => (k === 1 ? [null as unknown as number, y] : [x, y]))],
      ['one corner far away', withCorners(([x, y], k) => (k === 2 ? [x * 10, y] : [x, y]))],
    ] as const);
    return { title, changed: geo(area) };
  },
  'other objects': (_, random) => {
    const feature = { type: 'Feature', properties: null, geometry: AREA };
    const [title, area] = oneOf(random, [
      ['feature', feature],
      [
        'collection with a null geometry',
        { type: 'FeatureCollection', features: [feature, { ...feature, geometry: null }] },
      ],
      ['multipolygon', { type: 'MultiPolygon', coordinates: [AREA.coordinates] }],
      ['line', { ...feature, geometry: { type: 'LineString', coordinates: AREA.coordinates[0] } }],
      ['the hole only', { ...AREA, coordinates: [AREA.coordinates[1]] }],
      ['empty collection', { type: 'FeatureCollection', features: [] }],
      ['a crs of another country', { ...AREA, crs: { type: 'name', properties: { name: 'EPSG:27700' } } }],
    ] as const);
    // The hole as the whole area is another area, not a fault.
    return { title, changed: geo(title === 'the hole only' ? { ...AREA, coordinates: [] } : area) };
  },
  writing: (good, random) => {
    const text = Buffer.from(good).toString();
    const [title, bytes] = oneOf(random, [
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
      ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
      ['single quotes', Buffer.from(text.replaceAll('"', "'"))],
      ['decimal commas', Buffer.from(text.replace(/(\d)\.(\d)/g, '$1,$2'))],
    ] as const);
    return { title, changed: bytes };
  },
  'cut text': (good, random) => cutText(Buffer.from(good).toString(), random),
};

const kml = (): string => readFileSync(`${ROOT}/test/fixtures/areas/farm.kml`, 'utf8');
const KML_FAULTS: Faults<Uint8Array> = {
  coordinates: (_, random) => {
    const swapped = (text: string) => text.replace(/(-?\d+\.\d+),(-?\d+\.\d+)/g, '$2,$1');
    const [title, change] = oneOf(random, [
      ['latitude before longitude', swapped],
      ['blanks after commas', (text: string) => text.replace(/(\d),(\d)/g, '$1, $2')],
      ['heights', (text: string) => text.replace(/(\d+\.\d+),(\d+\.\d+)/g, '$1,$2,12.5')],
      ['line ends between corners', (text: string) => text.replace(/(\d) (\d)/g, '$1\n\t$2')],
      ['decimal commas', (text: string) => text.replace(/(\d)\.(\d)/g, '$1,$2')],
      ['signs', (text: string) => text.replace(/(\d+\.\d+),(\d+\.\d+)/g, '-$1,$2')],
      ['semicolons', (text: string) => text.replace(/(\d),(\d)/g, '$1;$2')],
    ] as const);
    return { title, changed: Buffer.from(change(kml())) };
  },
  elements: (_, random) => {
    const [title, change] = oneOf(random, [
      ['prefixed names', (text: string) => text.replace(/<(\/?)(\w)/g, '<$1k:$2').replace('xmlns=', 'xmlns:k=')],
      ['no namespace', (text: string) => text.replace(/ xmlns="[^"]*"/, '')],
      ['lines', (text: string) => text.replaceAll(/<\/?(Polygon|outerBoundaryIs)>/g, '')],
      ['an element that is not closed', (text: string) => text.replace('</Polygon>', '')],
    ] as const);
    return { title, changed: Buffer.from(change(kml())) };
  },
  'cut text': (_, random) => cutText(kml(), random),
};

const SHAPE = 'farm-25832.zip';
const zipOf = (name: string): Record<string, Uint8Array> =>
  unzipSync(readFileSync(`${ROOT}/test/fixtures/areas/${name}`));
const only = (files: Record<string, Uint8Array>, suffix: string): Uint8Array =>
  Object.entries(files).find(([name]) => name.endsWith(suffix))![1];
const replaced = (suffix: string, change: (bytes: Uint8Array) => Uint8Array | null): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(zipOf(SHAPE)).flatMap(([name, bytes]) => {
        const changed = name.endsWith(suffix) ? change(bytes) : bytes;
        return changed ? [[name, changed]] : [];
      }),
    ),
  );
const SHAPE_FAULTS: Faults<Uint8Array> = {
  files: (_, random) => {
    const suffix = oneOf(random, ['.shp', '.prj', '.dbf', '.shx']);
    return { title: `without ${suffix}`, changed: replaced(suffix, () => null) };
  },
  'cut file': (_, random) => {
    const suffix = oneOf(random, ['.shp', '.dbf', '.prj']);
    const share = between(random, 0.1, 0.95);
    return {
      title: `${suffix} cut to ${(100 * share).toFixed(0)} %`,
      changed: replaced(suffix, (bytes) => bytes.slice(0, Math.floor(share * bytes.length))),
    };
  },
  projection: (_, random) => {
    const [title, change] = oneOf(random, [
      ['of another country', () => only(zipOf('farm-27700.zip'), '.prj')],
      ['of another zone', (bytes: Uint8Array) => strToU8(strFromU8(bytes).replace(/9(\.0*)?\]/, '15$1]'))],
      [
        'in degrees',
        () =>
          strToU8(
            'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]',
          ),
      ],
      [
        'with feet',
        (bytes: Uint8Array) =>
          strToU8(strFromU8(bytes).replace(/UNIT\["(?:Meter|metre)",1(\.0*)?/i, 'UNIT["Foot",0.3048')),
      ],
    ] as const);
    return { title: `projection ${title}`, changed: replaced('.prj', change) };
  },
  // A corner that moves within the box of its record cannot be seen: the bytes before the first corner only
  'a changed byte': (_, random) => {
    const at = wholeBetween(random, 0, 155);
    const changed = replaced('.shp', (bytes) => bytes.map((byte, k) => (k === at % bytes.length ? byte ^ 0x55 : byte)));
    return { title: `byte ${at} of .shp`, changed };
  },
  'cut zip': (good, random) => {
    const at = wholeBetween(random, 1, good.length - 1);
    return { title: `zip cut after ${at} bytes`, changed: good.slice(0, at) };
  },
};

/** Returns twice the signed area of a ring in degrees, and its first moments. */
function momentsOf(ring: readonly (readonly number[])[]): readonly number[] {
  const sums = [0, 0, 0];
  ring.forEach(([x, y], k) => {
    const [xNext, yNext] = ring[(k + 1) % ring.length];
    const cross = x * yNext - xNext * y;
    sums[0] += cross;
    sums[1] += cross * (x + xNext);
    sums[2] += cross * (y + yNext);
  });
  return sums[0] < 0 ? sums.map((sum) => -sum) : sums;
}

/** Area and centroid of an uploaded boundary, in degrees */
const areaOutcome = (client: TessellateClient, siteId: string, bytes: Uint8Array): Promise<Outcome> =>
  refusedOf(async () => {
    const query = { use: 'boundary' };
    const site = await client.call<AnswerOf<'POST /v1/sites'>>('POST', `/v1/sites/${siteId}/areas`, bytes, { query });
    const moments = partsOf(site.boundary!).flatMap((part) =>
      'rings' in part ? part.rings.map((ring, k) => momentsOf(ring).map((sum) => (k === 0 ? sum : -sum))) : [],
    );
    const [area, x, y] = [0, 1, 2].map((m) => moments.reduce((sum, one) => sum + one[m], 0));
    return { kind: 'done', values: [area, x / area, y / area], warnings: site.warnings as Job['warnings'] };
  });

/** The document with a shear at which its wind does not exceed the classes of turbines */
const windIo = (): string =>
  readFileSync(`${ROOT}/test/fixtures/cases/wind/windio_reference_height.yaml`, 'utf8').replace(
    'alpha: 0.14',
    'alpha: 0.06',
  );
/** Keys whose values decide the yield */
const KEYS = [
  'weibull_a',
  'weibull_k',
  'wind_direction',
  'sector_probability',
  'reference_height',
  'alpha',
  'hub_height',
  'rotor_diameter',
  'rated_power',
  'cutin_wind_speed',
  'cutout_wind_speed',
  'rated_wind_speed',
  'Ct_values',
  'Ct_wind_speeds',
  'turbulence_intensity',
];
const WINDIO_FAULTS: Faults<Uint8Array> = {
  'misspelt keys': (_, random) => {
    const key = oneOf(random, KEYS);
    const wrong = oneOf(
      random,
      [key.toUpperCase(), `${key}s`, key.replace('_', '-'), `${key.slice(0, -1)}`].filter((one) => one !== key),
    );
    return { title: `${key} as ${wrong}`, changed: Buffer.from(windIo().replace(`${key}:`, `${wrong}:`)) };
  },
  units: (_, random) => {
    const [title, change] = oneOf(random, [
      ['rated power in kW', (text: string) => text.replace('rated_power: 10000000', 'rated_power: 10000')],
      ['rated power in MW', (text: string) => text.replace('rated_power: 10000000', 'rated_power: 10')],
      ['frequencies in percent', (text: string) => text.replace(/- 0\.(\d\d)(\d+)$/gm, '- $1.$2')],
      ['rotor radius', (text: string) => text.replace('rotor_diameter: 198.0', 'rotor_diameter: 99.0')],
      [
        'layout in km',
        (text: string) => text.replace(/- (\d{3,5}\.\d+)$/gm, (_line, metres: string) => `- ${Number(metres) / 1000}`),
      ],
      [
        'directions in radians',
        (text: string) => text.replace(/- (\d+)\.0$/gm, (_line, deg: string) => `- ${Number(deg) / 57.29578}`),
      ],
      ['hub height in feet', (text: string) => text.replace('hub_height: 119.0', 'hub_height: 390.4')],
    ] as const);
    return { title, changed: Buffer.from(change(windIo())) };
  },
  lists: (_, random) => {
    const lines = windIo().split('\n');
    const numbers = lines.map((line, k) => (/^\s*- -?\d+\.\d+$/.test(line) ? k : -1)).filter((k) => k >= 0);
    const at = oneOf(random, numbers);
    const value = oneOf(random, ['.nan', 'null', '-999', '"text"', '']);
    const [title, changed] = oneOf(random, [
      [`line ${at + 1} absent`, lines.filter((_line, k) => k !== at)],
      [`line ${at + 1} is ${value}`, lines.map((line, k) => (k === at ? line.replace(/-.*/, `- ${value}`) : line))],
      [`line ${at + 1} twice`, [...lines.slice(0, at + 1), ...lines.slice(at)]],
    ] as const);
    return { title, changed: Buffer.from(changed.join('\n')) };
  },
  writing: (_, random) => {
    const [title, change] = oneOf(random, [
      ['tabs', (text: string) => text.replace(/^( {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2))],
      ['decimal commas', (text: string) => text.replace(/(\d)\.(\d)/g, '$1,$2')],
      [
        'a key twice',
        (text: string) => text.replace('    hub_height: 119.0', '    hub_height: 119.0\n    hub_height: 80.0'),
      ],
      ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
      ['quoted numbers', (text: string) => text.replace(/- (\d+\.\d+)$/gm, '- "$1"')],
    ] as const);
    return { title, changed: Buffer.from(change(windIo())) };
  },
  'cut text': (_, random) => cutText(windIo(), random),
};

/** Reads a document and computes its farm; what it does not use counts as warned, beyond what the good one does not use. */
async function windIoOutcome(client: TessellateClient, bytes: Uint8Array, nUnused: number): Promise<Outcome> {
  let unused = 0;
  const outcome = await refusedOf(async () => {
    const { analyze, not_used } = await client.call<{ analyze: object; not_used: unknown[] }>(
      'POST',
      '/v1/wind/windio',
      bytes,
    );
    unused = not_used.length;
    return farmOutcome(client, { ...analyze, losses_pct: { availability: 3 }, uncertainty_pct: { wind: 5 } });
  });
  return outcome.kind === 'done' && unused > nUnused
    ? { ...outcome, warnings: [...outcome.warnings, warned('not_used names more')] }
    : outcome;
}

/** Returns the makers of these cases. */
export async function designCases(client: TessellateClient): Promise<readonly Maker[]> {
  const v80 = (await client.call<Curve & { name: string }>('GET', '/v1/wind/turbines/v80')) as Curve;
  const good: Curve = {
    rotor_diameter_m: v80.rotor_diameter_m,
    hub_height_m: 80,
    wind_speed_m_s: v80.wind_speed_m_s,
    power_kw: v80.power_kw,
    thrust_coefficient: v80.thrust_coefficient,
  };
  const site = await client.request('POST /v1/sites', { body: { name: 'Drill', ...PLACE } });
  const ofCurve = (curve: unknown): Promise<Outcome> =>
    farmOutcome(client, { ...FARM, turbines: [{ curve: { name: 'Drill', ...(curve as object) } }] });
  const ofArea = (bytes: unknown): Promise<Outcome> => areaOutcome(client, site.id, bytes as Uint8Array);
  const { not_used } = await client.call<{ not_used: unknown[] }>('POST', '/v1/wind/windio', Buffer.from(windIo()));
  const makers = [
    await makersOf('turbine', good, CURVE_FAULTS, ofCurve),
    await makersOf('layout', FARM.layout, LAYOUT_FAULTS, (layout) => farmOutcome(client, { ...FARM, layout })),
    await makersOf('GeoJSON', geo(AREA) as Uint8Array, GEOJSON_FAULTS, ofArea),
    await makersOf('KML', Buffer.from(kml()) as Uint8Array, KML_FAULTS, ofArea),
    await makersOf(
      'shapefile',
      replaced('', (bytes) => bytes),
      SHAPE_FAULTS,
      ofArea,
    ),
    await makersOf('windIO', Buffer.from(windIo()) as Uint8Array, WINDIO_FAULTS, (bytes) =>
      windIoOutcome(client, bytes as Uint8Array, not_used.length),
    ),
  ];
  return makers.flat();
}
