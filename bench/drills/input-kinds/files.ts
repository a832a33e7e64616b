/** Cases of drill-inputs: wind climates, components and horizons in files of other programs, each with one fault. */
import { readFileSync } from 'node:fs';
import type { TessellateClient } from '../../../src/client/client.ts';
import type { Job } from '../../../src/client/index.ts';
import type { Random } from '../../../src/statistics/random.ts';
import { ROOT, WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import type { Case, Outcome } from './law.ts';
import { doneOf, goodOutcome, refusedOf } from './law.ts';
import { oneOf, wholeBetween } from './mutants.ts';

type Maker = (random: Random) => Case;
type Fault = (text: string, random: Random) => { readonly title: string; readonly changed: string };
type Faults = Readonly<Record<string, Fault>>;

const fixture = (path: string): string => readFileSync(`${ROOT}/test/fixtures/${path}`, 'utf8');
const NUMBER = /-?\d+\.?\d*/g;
/** Changes the numbers of some lines, counted from 0. @param digits after the decimal point */
const inLines = (
  text: string,
  isMeant: (line: number) => boolean,
  change: (value: number, at: number) => number,
  digits = 3,
): string =>
  text
    .split('\n')
    .map((line, k) => {
      let at = 0;
      return isMeant(k) ? line.replace(NUMBER, (number) => change(Number(number), at++).toFixed(digits)) : line;
    })
    .join('\n');

/** Faults of every text: what editors and transfers do to it */
const anyText = (nHeader: number): Faults => ({
  'decimal commas': (text) => ({ title: 'decimal commas', changed: text.replace(/(\d)\.(\d)/g, '$1,$2') }),
  lines: (text, random) => {
    const lines = text.trimEnd().split('\n');
    const at = wholeBetween(random, nHeader, lines.length - 1);
    const [title, changed] = oneOf(random, [
      [`without line ${at + 1}`, lines.filter((_, k) => k !== at)],
      [`line ${at + 1} twice`, [...lines.slice(0, at + 1), ...lines.slice(at)]],
      [`cut after line ${at + 1}`, lines.slice(0, at + 1)],
      [`line ${at + 1} cut`, lines.map((line, k) => (k === at ? line.slice(0, Math.ceil(line.length / 2)) : line))],
    ] as const);
    return { title, changed: changed.join('\n') };
  },
  marks: (text, random) => {
    const lines = text.trimEnd().split('\n');
    const meant = lines.map((_, k) => k).filter((k) => k >= nHeader && /\d/.test(lines[k]));
    const at = oneOf(random, meant);
    const mark = oneOf(random, ['-999', '9999', 'NaN', '']);
    const numbers = [...lines[at].matchAll(NUMBER)];
    const { index, 0: old } = oneOf(random, numbers);
    const line = lines[at].slice(0, index) + mark + lines[at].slice(index + old.length);
    const changed = lines.map((one, k) => (k === at ? line : one)).join('\n');
    return { title: `${old} in line ${at + 1} is ${JSON.stringify(mark)}`, changed };
  },
  writing: (text, random) => {
    const [title, change] = oneOf(random, [
      ['CRLF', () => text.replaceAll('\n', '\r\n')],
      ['tabs', () => text.replace(/ +/g, '\t')],
      ['a mark of UTF-8', () => `\uFEFF${text}`],
      ['an empty line at the begin', () => `\n${text}`],
      ['empty lines at the end', () => `${text}\n\n\n`],
    ] as const);
    return { title, changed: change() };
  },
  'cut text': (text, random) => {
    const at = wholeBetween(random, 1, text.trimEnd().length - 1);
    return { title: `cut after ${at} characters`, changed: text.slice(0, at) };
  },
});

/** A .lib has names, counts, roughnesses and heights, then for each roughness frequencies, and A and k for each height. */
const LIB_HEADER = 4;
const LIB_BLOCK = 11;
const ofLib = (line: number): number => (line < LIB_HEADER ? -1 : (line - LIB_HEADER) % LIB_BLOCK);
const isScale = (line: number): boolean => ofLib(line) > 0 && ofLib(line) % 2 === 1;
const LIB_FAULTS: Faults = {
  ...anyText(2),
  units: (text, random) => {
    const [title, change] = oneOf(random, [
      ['A in knots', () => inLines(text, isScale, (a) => a / 0.514444)],
      ['A in km/h', () => inLines(text, isScale, (a) => a * 3.6)],
      [
        'heights in feet',
        () =>
          inLines(
            text,
            (line) => line === 3,
            (height) => height / 0.3048,
          ),
      ],
      [
        'frequencies as fractions',
        () =>
          inLines(
            text,
            (line) => ofLib(line) === 0,
            (share) => share / 100,
            5,
          ),
      ],
      [
        'frequencies halved',
        () =>
          inLines(
            text,
            (line) => ofLib(line) === 0,
            (share) => share / 2,
          ),
      ],
      [
        'roughness in cm',
        () =>
          inLines(
            text,
            (line) => line === 2,
            (length) => length * 100,
          ),
      ],
    ] as const);
    return { title, changed: change() };
  },
  'exchanged lines': (text) => {
    const lines = text.split('\n');
    const changed = lines.map((line, k) => (ofLib(k) > 0 ? lines[isScale(k) ? k + 1 : k - 1] : line));
    return { title: 'k before A', changed: changed.join('\n') };
  },
};

/** The file has no wind in sector 0; here it has. */
const WRG = fixture('cases/wind/zero_sector.wrg').replaceAll(' 12   0   0    0 ', ' 12 121  90  230 ');
/** A .wrg has eight values of a point without a name, then frequency, A and k of each sector as whole numbers. */
const WRG_FAULTS: Faults = {
  ...anyText(0),
  units: (text, random) => {
    const inSectors = (rest: number, factor: number): string =>
      inLines(
        text,
        (line) => line > 0,
        (value, at) => (at >= 8 && (at - 8) % 3 === rest ? value * factor : value),
        0,
      );
    const [title, change] = oneOf(random, [
      ['A in m/s', () => inSectors(1, 0.1)],
      ['A in km/h', () => inSectors(1, 3.6)],
      ['k as it is', () => inSectors(2, 0.01)],
      ['frequencies halved', () => inSectors(0, 0.5)],
      ['height in feet', () => text.replaceAll('   90  9.', '  295  9.')],
      [
        'a grid in km',
        () =>
          inLines(
            text,
            (line) => line > 0,
            (value, at) => (at < 2 ? value / 1000 : value),
          ),
      ],
    ] as const);
    return { title, changed: change() };
  },
};

/** Replaces the value of a field of PVsyst. */
const field = (text: string, name: string, change: (value: number) => number): string =>
  text.replace(new RegExp(`( ${name}=)(-?[\\d.]+)`), (_, key: string, value: string) => key + change(Number(value)));
const COMPONENT_FIELDS = {
  PAN: ['PNom', 'Isc', 'Voc', 'Imp', 'Vmp', 'muISC', 'muPmpReq', 'NCelS', 'RShunt', 'RSerie', 'Gamma'],
  OND: ['PNomConv', 'VMppMin', 'VMPPMax', 'VAbsMax'],
} as const;
const componentFaults = (kind: keyof typeof COMPONENT_FIELDS): Faults => ({
  ...anyText(1),
  'a field': (text, random) => {
    const name = oneOf(random, COMPONENT_FIELDS[kind]);
    const [title, change] = oneOf(random, [
      ['absent', () => text.replace(new RegExp(`^ *${name}=.*\n`, 'm'), '')],
      ['times 1000', () => field(text, name, (value) => value * 1000)],
      ['divided by 1000', () => field(text, name, (value) => value / 1000)],
      ['times 10', () => field(text, name, (value) => value * 10)],
      ['negative', () => field(text, name, (value) => -Math.abs(value))],
      ['0', () => field(text, name, () => 0)],
    ] as const);
    return { title: `${name} ${title}`, changed: change() };
  },
  'exchanged fields': (text, random) => {
    const [a, b] =
      kind === 'PAN'
        ? oneOf(random, [
            ['Voc', 'Vmp'],
            ['Isc', 'Imp'],
            ['Voc', 'Isc'],
          ] as const)
        : (['VMppMin', 'VMPPMax'] as const);
    return {
      title: `${a} and ${b} exchanged`,
      changed: text.replace(new RegExp(`\\b(${a}|${b})=`, 'g'), (_, name: string) => `${name === a ? b : a}=`),
    };
  },
});

const HORIZON = `azimuth_deg,elevation_deg\n${Array.from({ length: 36 }, (_, k) => `${10 * k},${(5 + 4 * Math.cos(k / 3)).toFixed(1)}`).join('\n')}\n`;
const HORIZON_FAULTS: Faults = {
  ...anyText(0),
  units: (text, random) => {
    const [title, change] = oneOf(random, [
      ['exchanged columns', () => text.replace(/^([\d.]+),([\d.]+)$/gm, '$2,$1')],
      ['radians', () => text.replace(/^([\d.]+),([\d.]+)$/gm, (_, a, e) => `${a / 57.29578},${e / 57.29578}`)],
      ['zenith angles', () => text.replace(/,([\d.]+)$/gm, (_, e) => `,${90 - e}`)],
      ['south is 0', () => text.replace(/^([\d.]+),/gm, (_, a) => `${a - 180},`)],
    ] as const);
    return { title, changed: change() };
  },
};

/** Returns the makers of these cases. The good files are computed first: they must not be refused or warned about. */
export async function fileCases(client: TessellateClient): Promise<readonly Maker[]> {
  const weather = await client.upload('/v1/weather', weatherFile(WEATHER.greensboro), { name: 'files' });
  const idOf = async (path: string, text: string, name: string): Promise<string> => {
    const answer = await client.call<{ id?: string; data?: readonly { id: string }[] }>(
      'POST',
      path,
      Buffer.from(text),
      { query: { name } },
    );
    return answer.id ?? answer.data![0].id;
  };
  const solar = (more: object): Promise<Outcome> =>
    refusedOf(async () => {
      const { id } = await client.call<Job>('POST', '/v1/solar/analyze', {
        weather_id: weather.id,
        system: { dc_capacity_kw: 88, mounting: { type: 'fixed', tilt_deg: 25 }, ...more },
        include_series: false,
      });
      return doneOf(await client.waitForJob(id), (result) =>
        'systems' in result ? [result.systems[0].annual_energy_kwh] : [],
      );
    });
  const wind =
    (name: string, more: object) =>
    (text: string): Promise<Outcome> =>
      refusedOf(async () => {
        const resource_id = await idOf('/v1/wind/resources', text, name);
        const { id } = await client.call<Job>('POST', '/v1/wind/analyze', {
          resource: { type: 'upload', resource_id, ...more },
          turbines: [{ id: 'v80', hub_height_m: 80 }],
          layout: { x_m: [500], y_m: [1000] },
          turbulence_intensity: 0.1,
          losses_pct: { availability: 3 },
          uncertainty_pct: { wind: 5 },
        });
        return doneOf(await client.waitForJob(id), (result) =>
          'annual_energy_kwh' in result ? [result.annual_energy_kwh] : [],
        );
      });
  const modules = { modules_per_string: 16 };
  const kinds: readonly (readonly [
    name: string,
    good: string,
    faults: Faults,
    run: (text: string) => Promise<Outcome>,
  ])[] = [
    ['climate.lib', fixture('cases/wind/files/gwa3.lib'), LIB_FAULTS, wind('climate.lib', { roughness_m: 0.1 })],
    ['site.wrg', WRG, WRG_FAULTS, wind('site.wrg', {})],
    [
      'module.PAN',
      fixture('solar/example.PAN'),
      componentFaults('PAN'),
      (text) =>
        refusedOf(async () => {
          const id = await idOf('/v1/modules', text, 'module.PAN');
          return solar({ module: { type: 'library', id, ...modules } });
        }),
    ],
    [
      'inverter.OND',
      fixture('solar/example.OND'),
      componentFaults('OND'),
      (text) =>
        refusedOf(async () => {
          const id = await idOf('/v1/inverters', text, 'inverter.OND');
          // Two inverters at the usual ratio
          return solar({ dc_capacity_kw: 96, inverter: { type: 'library', id } });
        }),
    ],
    [
      'horizon.csv',
      HORIZON,
      HORIZON_FAULTS,
      (text) =>
        refusedOf(async () => solar({ far_horizon: { horizon_id: await idOf('/v1/horizons', text, 'h.csv') } })),
    ],
  ];
  const makers = kinds.map(async ([name, good, faults, run]) => {
    const expected = await goodOutcome(name, run(good));
    return Object.entries(faults).map(
      ([kind, fault]): Maker =>
        (random) => {
          const { title, changed } = fault(good, random);
          return { title: `${name}, ${kind}: ${title}`, expected, run: () => run(changed) };
        },
    );
  });
  return (await Promise.all(makers)).flat();
}
