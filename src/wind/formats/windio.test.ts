import { describe, expect, test } from '@jest/globals';
import { EnergyModel } from '../energy/energy.ts';
import { ratedPowerKw } from '../turbine/turbine.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import type { WindIoSystem, WrittenSystem } from './windio.ts';
import { windError } from '../check.ts';
import { parseWindIo, stringifyWindIo } from './windio.ts';

/** IEA Wind Task 37's case study 1 as windIO's own examples have it, in several files. */
const FILES: Record<string, string> = {
  'site.yaml': `name: Site
boundaries: {circle: {center: {x: 0, y: 0}, radius: 1300}}
energy_resource: !include resource.yaml
`,
  'resource.yaml': `name: Resource
wind_resource:
  wind_direction: [0., 22.5, 45., 67.5, 90., 112.5, 135., 157.5, 180., 202.5, 225., 247.5, 270., 292.5, 315., 337.5]
  wind_speed: [9.8]
  probability:
    data: [.025, .024, .029, .036, .063, .065, .100, .122, .063, .038, .039, .083, .213, .046, .032, .022]
    dims: [wind_direction]
  turbulence_intensity: {data: 0.075, dims: []}
`,
  'turbine.yaml': `name: IEA 3.35MW
performance:
  rated_power: 3350000
  rated_wind_speed: 9.8
  cutin_wind_speed: 4.0
  cutout_wind_speed: 25.0
  Ct_curve:
    Ct_values: [0, 0, 0.88888888888888889, 0.88888888888888889, 0, 0]
    Ct_wind_speeds: [0, 3.99, 4, 25, 25.01, 100.0]
hub_height: 110.0
rotor_diameter: 130.0
`,
};
const CASE = `name: Case study 1
site: !include site.yaml
wind_farm:
  name: 16 turbines
  layouts:
    - coordinates:
        x: [0, 650, 200.861, -525.861, -525.861, 200.861, 1300, 1051.7221, 401.7221, -401.7221, -1051.7221, -1300, -1051.7221, -401.7221, 401.7221, 1051.7221]
        y: [0, 0, 618.1867, 382.0604, -382.0604, -618.1867, 0, 764.1208, 1236.3735, 1236.3735, 764.1208, 0, -764.1208, -1236.3735, -1236.3735, -764.1208]
  turbines: !include turbine.yaml
`;
const include = (path: string) => ({ text: FILES[path], name: path });

const energyOf = ({ farm, resource, ti }: WindIoSystem, model: string) =>
  resource.kind === 'rose'
    ? new EnergyModel({ farm, model: wakeModel(model), rose: resource.rose, ti: ti as number }).net()
    : Number.NaN;

describe('windIO', () => {
  test("a system in several files gives the task's published energy", () => {
    const system = parseWindIo(CASE, include);
    expect(energyOf(system, 'iea37_simple_gaussian') / 366941571.2).toBeCloseTo(1, 6);
    expect(system.site.zones).toEqual([{ xM: 0, yM: 0, radiusM: 1300 }]);
  });

  test('what is written is read back the same', () => {
    const system = parseWindIo(CASE, include);
    const again = parseWindIo(stringifyWindIo(system));
    expect(again.farm.xM).toEqual(system.farm.xM);
    expect(again.resource).toEqual(system.resource);
    expect(energyOf(again, 'noj_k004')).toBe(energyOf(system, 'noj_k004'));
  });

  test('tables, kinds, Weibull sectors, polygons and holes go there and back', () => {
    const square = (low: number, high: number) =>
      [
        [low, low],
        [high, low],
        [high, high],
        [low, high],
      ] as [number, number][];
    const system: WrittenSystem = {
      name: 'Two kinds',
      farm: { xM: [0, 900], yM: [0, 5], turbines: [publicTurbine('v80'), publicTurbine('iea_15MW')], kind: [1, 0] },
      resource: {
        kind: 'weibull',
        site: { frequency: [0.5, 0.3, 0.2], weibull: [8, 9, 10].map((scaleMPerS) => ({ scaleMPerS, shape: 2 })) },
      },
      ti: [0.1, 0.08, 0.09],
      site: { zones: [{ outer: square(0, 1000), holes: [square(400, 500)] }, { outer: square(2000, 3000) }] },
    };
    const again = parseWindIo(stringifyWindIo(system));
    expect(again.farm.kind).toEqual([1, 0]);
    expect(again.resource).toEqual(system.resource);
    expect(again.ti).toEqual(system.ti);
    expect(again.site.zones).toHaveLength(2);
    expect(again.site.exclusions).toEqual([{ outer: square(400, 500) }]);
    expect(ratedPowerKw(again.farm.turbines[1])).toBe(15000);
  });

  test('a time series has the length of its step', () => {
    const text = CASE.replace(
      '!include site.yaml',
      '{boundaries: {circle: {center: {x: 0, y: 0}, radius: 9}}, energy_resource: {wind_resource: {time: ["2023-07-25T00:00:00Z", "2023-07-25T00:30:00Z"], wind_speed: [5, 6], wind_direction: [0, 350]}}}',
    );
    expect(parseWindIo(text, include).resource).toEqual({
      kind: 'series',
      wsMPerS: [5, 6],
      wdDeg: [0, 350],
      stepHours: 0.5,
    });
  });

  test('a wake model, its constants and what has no effect are named', () => {
    const asked = (analysis: string) =>
      parseWindIo(`${CASE}attributes:\n  flow_model: {name: foxes}\n  analysis: ${analysis}\n`, include);
    expect(asked('{wind_deficit_model: {name: Bastankhah2014}}')).toMatchObject({
      wake: { model: 'bastankhah_k00325' },
      notUsed: [{ path: '/attributes/flow_model' }],
    });
    const known = `{wind_deficit_model: {name: Jensen, wake_expansion_coefficient: {k_a: 0.1}},
      superposition_model: {ws_superposition: Linear}, turbulence_model: {name: STF2017}, blockage_model: {name: None}}`;
    expect(asked(known).wake).toEqual({
      model: 'noj_k010',
      superposition: 'linear',
      turbulence: 'stf2017',
      blockage: 'none',
    });
    const odd = `{wind_deficit_model: {name: Bastankhah2014, wake_expansion_coefficient: {k_b: 0.1}, ceps: 0.23},
      turbulence_model: {name: STF2005}, superposition_model: {ws_superposition: Product}, rotor_averaging: {grid: x}}`;
    expect(asked(odd).notUsed.map(({ path }) => path)).toEqual([
      '/attributes/flow_model',
      '/attributes/analysis/wind_deficit_model/wake_expansion_coefficient',
      '/attributes/analysis/superposition_model/ws_superposition',
      '/attributes/analysis/turbulence_model/name',
      '/attributes/analysis/wind_deficit_model/ceps',
      '/attributes/analysis/rotor_averaging',
    ]);
  });

  test.each([
    [CASE, undefined, 'the document includes site.yaml, and no files came with it'],
    [
      CASE.replace('!include turbine.yaml', '{name: T}'),
      include,
      'turbine T: rotor_diameter is missing; expected a number',
    ],
    ['- 1', include, 'expected a YAML mapping'],
    ['a: [', include, 'not readable as YAML'],
    [`x: &a [1]\ny: &b [${'*a, '.repeat(30)}]\nz: [${'*b, '.repeat(30)}]`, include, 'Excessive alias count'],
  ])('refuses, with the reason: %#', (text, files, message) => {
    expect(() => parseWindIo(text, files)).toThrow(message);
  });

  test.each([
    ['flow sequences', '['],
    ['flow mappings', '{a: '],
    ['block sequences', '- '],
    ['keys', '? '],
    ['keys in lists', '- ? '],
    ['sequences with ends in quotes', '["]", '],
  ])('refuses %s that are nested too deeply, before it composes them', (_, one) => {
    expect(() => parseWindIo(one.repeat(50_000))).toThrow('nested more than 64 levels deep');
    expect(() => parseWindIo(one.repeat(60))).not.toThrow('nested');
  });

  test('refuses lines that are indented further and further', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    expect(() => parseWindIo(text)).toThrow('nested more than 64 levels deep');
  });

  test('refuses documents that include each other without end, and several documents in one', () => {
    const itself = (path: string) => ({ text: `b: !include ${path}`, name: path });
    expect(() => parseWindIo('site: !include a.yaml', itself)).toThrow('includes in more than 8 levels');
    expect(() => parseWindIo('a: 1\n---\nb: 2')).toThrow('more than one document at line 2');
  });

  test('says once why a document that another includes is not read', () => {
    const files = (path: string) => {
      if (path === 'a.yaml') return { text: 'b: !include b.nc', name: path };
      throw windError(`there is no text ${path}`, '/file');
    };
    expect(() => parseWindIo('site: !include a.yaml', files)).toThrow(/^there is no text b\.nc/);
  });
});
