/** Every model that a request can name has a paper, and reports cite those of the models that ran. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { plantEconomicsSchema } from '../../contracts/common/economics.schema.ts';
import { solarAnalyzeSchema } from '../../contracts/solar/analyze.schema.ts';
import { clearSkyQuerySchema } from '../../contracts/solar/clear-sky.schema.ts';
import { solarOptimizeSchema } from '../../contracts/solar/optimize.schema.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../contracts/wind/requests.schema.ts';
import { FINANCE_REFERENCES } from '../../finance/references.ts';
import type { References } from '../../lib/references.ts';
import { papersOf, sourceOf } from '../../lib/references.ts';
import { OPTIMIZER_REFERENCES } from '../../optimize/references.ts';
import { SOLAR_REFERENCES } from '../../solar/references.ts';
import { WIND_REFERENCES } from '../../wind/references.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';
import { solarReferences } from '../solar/report/references.ts';
import { NO_COMPONENTS, resolveSystem } from '../solar/system.ts';
import type { WindResource } from '../../wind/energy/analyze-farm.ts';
import { windReferences } from '../wind/report/references.ts';
import { inlineClimate } from '../wind/setup.ts';
import { economicsReferences } from './economics.ts';
import { ALL_REFERENCES, withReferenceTables } from '../../../test/support/reference-tables.ts';
import { PROJECT_TERMS } from '../../../test/support/project-terms.ts';

/** Choices that are no models, by the names of their fields, with what they are instead. */
const NO_MODELS: Readonly<Record<string, string>> = {
  'preset.module': 'kind of module',
  'spectral.module': 'kind of module, whose coefficients are of one paper',
  albedo_source: 'place of a number',
  objectives: 'what a search seeks',
  objective: 'what a search seeks',
  tracker: 'a variable of a search',
  compute: 'where a search runs',
  turbine_choice: 'what a search may vary',
  boundary: 'an area, GeoJSON',
  exclusions: 'an area, GeoJSON',
  features: 'an area, GeoJSON',
  geometry: 'an area, GeoJSON',
  geometries: 'an area, GeoJSON',
  unit: 'unit of coordinates',
  mode: 'order of the steps',
  rules: 'why turbines stop',
  resource: 'place of the wind',
  sector_interpolation: 'reading between sectors',
  directions: 'what the directions of a table mean',
  air_density_kg_m3: 'place of a number',
  turbulence_intensity: 'place of a number',
  iec_class: 'what a turbine is certified for',
};
/** Fields whose choice a table has under another name. */
const TABLE_NAMES: Readonly<Record<string, string>> = { 'long_term.method': 'long_term', 'shear.law': 'shear' };

/** All values that a schema's text fields can take, by choice. */
function choicesOf(schema: z.ZodType, root = ''): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  // biome-ignore lint/suspicious/noExplicitAny: JSON schema
  const json: any = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  // biome-ignore lint/suspicious/noExplicitAny: JSON schema
  const walk = (node: any, parent: string, field: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if (node.$ref) walk(json.$defs[node.$ref.split('/').at(-1)], parent, field);
    const values = [...(node.enum ?? []), node.const].filter((value) => typeof value === 'string');
    if (values.length > 0) {
      const isDiscriminator = field === 'type' || field === 'model';
      const qualified = `${parent}.${field}`;
      const name = isDiscriminator ? parent : (TABLE_NAMES[qualified] ?? (qualified in NO_MODELS ? qualified : field));
      found.set(name, new Set([...(found.get(name) ?? []), ...values]));
    }
    for (const [name, inner] of Object.entries(node.properties ?? {})) walk(inner, field, name);
    for (const inner of [node.anyOf, node.oneOf, node.allOf, node.prefixItems].flat()) walk(inner, parent, field);
    for (const inner of [node.items, node.additionalProperties]) walk(inner, parent, field);
  };
  walk(json, '', root);
  return found;
}

const OF_SOLAR = [SOLAR_REFERENCES, OPTIMIZER_REFERENCES, FINANCE_REFERENCES];
const OF_WIND = [WIND_REFERENCES, OPTIMIZER_REFERENCES, FINANCE_REFERENCES];
test.each([
  ['solar analyses', solarAnalyzeSchema, '', OF_SOLAR],
  ['solar searches', solarOptimizeSchema, '', OF_SOLAR],
  ['clear skies', clearSkyQuerySchema, 'clear_sky', OF_SOLAR],
  ['wind analyses', windAnalyzeSchema, '', OF_WIND],
  ['wind searches', windOptimizeSchema, '', OF_WIND],
  ['economics', plantEconomicsSchema, '', [FINANCE_REFERENCES]],
] as const)('every model that requests for %s can name has its source', (_, schema, root, tables) => {
  const lacking = [...choicesOf(schema, root)].flatMap(([choice, names]) =>
    choice in NO_MODELS
      ? []
      : [...names]
          .filter((name) => !(tables as readonly References[]).some((table) => table[choice]?.[name]))
          .map((name) => `${choice}: ${name}`),
  );
  expect(lacking).toEqual([]);
});

test('the walk finds choices at every depth', () => {
  const solar = choicesOf(solarAnalyzeSchema);
  expect(solar.get('iam')).toContain('martin_ruiz');
  expect(solar.get('rows')).toContain('electrical');
  expect(solar.get('construction')).toContain('close_mount_glass_glass');
  expect(choicesOf(windAnalyzeSchema).get('long_term')).toContain('variance_ratio');
  expect(choicesOf(windOptimizeSchema).get('turbulence')).toContain('stf2017');
  expect(choicesOf(clearSkyQuerySchema, 'clear_sky').get('clear_sky')).toContain('haurwitz');
});

test('every wake model by name has its papers', () => {
  for (const { name } of WAKE_MODELS) expect(papersOf(WIND_REFERENCES, 'wake', name).length).toBeGreaterThan(0);
});

test('an unknown name is an error, not silence', () => {
  expect(() => sourceOf(WIND_REFERENCES, 'wake', 'park2')).toThrow('no reference for wake park2');
  expect(() => papersOf(SOLAR_REFERENCES, 'skies', 'perez')).toThrow('no reference for skies perez');
});

describe('a solar report cites', () => {
  const ofSystem = (system: object, input: { readonly decomposition?: 'dirint' } = {}, method?: string) =>
    solarReferences({
      system: {
        system: resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100, ...system }), NO_COMPONENTS, '/system', {
          latitudeDeg: 36,
        }),
      },
      job: { input: { decomposition: 'weather', edge_steps: 'mid_step', ...input } },
      design: method ? { method } : null,
    });
  const papers = (choice: keyof typeof SOLAR_REFERENCES, name: string) => papersOf(SOLAR_REFERENCES, choice, name);

  test('every model of the preset', () => {
    const cited = ofSystem({ preset: { type: 'pvwatts_v8' } });
    for (const [choice, name] of [
      ['transposition', 'perez_sam'],
      ['iam', 'sam'],
      ['spectral', 'de_soto'],
      ['temperature', 'noct_sam'],
      ['module', 'cec'],
      ['inverter', 'linear'],
      ['rows', 'linear'],
    ] as const)
      expect(cited).toEqual(expect.arrayContaining([...papers(choice, name)]));
  });

  test('the models of defaults, each paper once', () => {
    const cited = ofSystem({});
    for (const [choice, name] of [
      ['sun_position', 'spa'],
      ['transposition', 'perez'],
      ['iam', 'physical'],
      ['temperature', 'sapm'],
      ['module', 'pvwatts'],
      ['inverter', 'pvwatts'],
    ] as const)
      expect(cited).toEqual(expect.arrayContaining([...papers(choice, name)]));
    expect(new Set(cited).size).toBe(cited.length);
  });

  test('the tracker that the code implements, and the search that found it', () => {
    const cited = ofSystem({ mounting: { type: 'one_axis' } }, { decomposition: 'dirint' }, 'bayesian');
    expect(cited.join('\n')).toMatch('doi:10.2172/1660126');
    expect(cited.join('\n')).toMatch('Dynamic global-to-direct irradiance conversion models');
    expect(cited.join('\n')).toMatch('doi:10.1023/A:1008306431147');
  });
});

describe('a wind report cites', () => {
  const request = {
    resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }], height_m: 50 },
    turbines: [{ id: 'v80' }],
  };
  const climate = {
    resource: inlineClimate(windAnalyzeSchema.shape.resource.parse(request.resource))!.resource,
    heightM: 50,
    longTerm: null,
  };

  test('added turbulence, blockage, deflection and the search', () => {
    const body = windOptimizeSchema.parse({
      ...request,
      n_turbines: 9,
      wake: { model: 'noj_k004', turbulence: 'stf2017', blockage: 'self_similar', deflection: 'jimenez' },
      method: 'gradient',
    });
    const cited = windReferences({ body, climate }).join('\n');
    for (const mark of [
      'Jensen, N. O.',
      'Frandsen',
      'doi:10.1002/we.2137',
      'doi:10.1002/we.380',
      'doi:10.1021/jp970984n',
      'Katic',
    ])
      expect(cited).toMatch(mark);
  });

  test('the fit that it shows, and none for distributions of the request', () => {
    const body = windAnalyzeSchema.parse({ ...request, layout: { x_m: [0, 500], y_m: [0, 0] } });
    const MLE = 'doi:10.1016/S0167-6105(99)00122-1';
    const WASP = 'European Wind Atlas';
    const citedFor = (resource: WindResource) => windReferences({ body, climate: { ...climate, resource } }).join('\n');
    const series = citedFor({ kind: 'series', wsMPerS: [7, 8], wdDeg: [0, 0], stepHours: 1 });
    expect([series.includes(MLE), series.includes(WASP)]).toEqual([true, false]);
    const one = Float64Array.of(1);
    const table = citedFor({ kind: 'rose', rose: { directionsDeg: one, speedsMPerS: one, probability: one } });
    expect([table.includes(MLE), table.includes(WASP)]).toEqual([false, true]);
    const none = windReferences({ body, climate }).join('\n');
    expect([none.includes(MLE), none.includes(WASP)]).toEqual([false, false]);
  });

  test('the models of defaults, and no correction that was not made', () => {
    const body = windAnalyzeSchema.parse({ ...request, layout: { x_m: [0, 500], y_m: [0, 0] } });
    const cited = windReferences({ body, climate }).join('\n');
    expect(cited).toMatch('doi:10.1016/j.renene.2014.01.002');
    expect(cited).toMatch('doi:10.5194/wes-5-1-2020');
    for (const mark of ['IEC 61400-12-1', 'Svenningsen', 'doi:10.1002/we.380', 'Lissaman'])
      expect(cited).not.toMatch(mark);
  });

  test("FLORIS's own turbulence and superposition, and steering", () => {
    const body = windAnalyzeSchema.parse({
      ...request,
      layout: { x_m: [0, 500], y_m: [0, 0] },
      wake: { model: 'floris_gch' },
      wake_steering: {},
      air_density_kg_m3: 1.1,
    });
    const cited = windReferences({ body, climate }).join('\n');
    for (const mark of [
      'wes-6-701-2021',
      '0167-6105(95)00033-X',
      'Katic',
      '2265/3/032109',
      'jfm.2016.595',
      'Svenningsen',
    ])
      expect(cited).toContain(mark);
  });
});

test('economics cite the depreciation and the debt that they have', () => {
  const plant = { ...PROJECT_TERMS, annualEnergyKwh: 1e6, capitalCost: 1e6, operatingCostPerYear: 1e4 };
  expect(economicsReferences(plant).join('\n')).toMatch('Publication 946');
  const debt = {
    rate: 0.05,
    years: 10,
    repayment: 'sculpted',
    sizing: { type: 'dscr', minDscr: 1.3, maxShare: 0.8 },
  } as const;
  const cited = economicsReferences({ ...plant, depreciation: { type: 'none' }, debt }).join('\n');
  expect(cited).toMatch('Yescombe');
  expect(cited).not.toMatch('Publication 946');
});

test("docs/models shows every choice's papers as the engine has them; scripts/model-docs.mjs writes them", () => {
  const pages = readdirSync('docs/models').map((name) => readFileSync(`docs/models/${name}`, 'utf8'));
  for (const page of pages) expect(page).toBe(withReferenceTables(page));
  const text = pages.join('\n');
  const missing = Object.values(ALL_REFERENCES).flatMap((references) =>
    Object.entries(references).flatMap(([choice, names]) =>
      Object.keys(names)
        .filter((name) => !text.includes(`| ${choice} | \`${name}\` | `))
        .map((name) => `${choice} ${name}`),
    ),
  );
  expect(missing).toEqual([]);
});
