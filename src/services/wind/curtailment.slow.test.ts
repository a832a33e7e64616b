/** Curtailment of turbines: against PyWake's operating modes, and what must hold for all rules. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layoutPlanned, warningsOfRequest } from '../../../test/support/wind-analysis.ts';
import { analyzeFarm } from '../../../test/support/wind-runs.ts';
import type { AppError } from '../../contracts/common/app-error.ts';
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../contracts/wind/requests.schema.ts';
import { type FarmAnalysis, FarmRun } from '../../wind/energy/analyze-farm.ts';
import { EnergyModel } from '../../wind/energy/energy.ts';
import type { WindClimate } from '../../wind/resource/climate.ts';
import { analysisPlan } from './analysis.ts';
import { requireSunPlace } from './curtailment.ts';
import { inlineClimate } from './setup.ts';
import { turbineOfChoice } from './turbine-choice.ts';

const fixture = JSON.parse(readFileSync('test/fixtures/curtailment/pywake.json', 'utf8'));
const { turbine: own, modes: ownModes, layout, place, steps } = fixture;
const turbines = [
  {
    curve: {
      name: 'test',
      rotor_diameter_m: own.rotor_diameter_m,
      hub_height_m: own.hub_height_m,
      wind_speed_m_s: own.ws,
      power_kw: own.power,
      thrust_coefficient: own.ct,
    },
  },
];
const modes = Object.entries(ownModes as Record<string, { ws: number[]; power: number[]; ct: number[] }>).map(
  ([name, { ws, power, ct }]) => ({ name, wind_speed_m_s: ws, power_kw: power, thrust_coefficient: ct }),
);
const series = {
  type: 'series',
  starts_at: steps.start[0],
  wind_speed_m_s: steps.wind_speed_m_s,
  wind_direction_deg: steps.wind_direction_deg,
  temp_air_c: steps.temp_air_c,
  precipitation_mm_h: steps.precipitation_mm_h,
};
const base = { turbines, layout, resource: series };
const withRules = (rules: readonly object[], more: object = {}) => ({
  ...base,
  ...more,
  curtailment: { rules, modes, ...place },
});

/** The blocks of the fixture lie two months apart. */
const startMs = Float64Array.from(
  steps.wind_speed_m_s,
  (_: number, i: number) =>
    Date.parse(steps.start[Math.floor(i / steps.block_hours)]) + 3.6e6 * (i % steps.block_hours),
);

function analysis(request: object, change: (climate: WindClimate) => WindClimate = (climate) => climate): FarmAnalysis {
  const body = windAnalyzeSchema.parse(request);
  const climate = change(inlineClimate(body.resource)!);
  const specs = body.turbines.map((choice) => turbineOfChoice(choice, choice.curve));
  return analyzeFarm(analysisPlan(body, specs, climate).spec.farm)!;
}
const inBlocks = (climate: WindClimate) => ({ ...climate, steps: climate.steps && { ...climate.steps, startMs } });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Returns why a request is refused. */
function refusal(request: object): string {
  const { error } = windAnalyzeSchema.safeParse(request);
  if (error) return error.issues.map(({ message }) => message).join('; ');
  try {
    analysis(request);
  } catch (refused) {
    return (refused as AppError).message;
  }
  throw new Error('nothing was refused');
}

describe.each(Object.keys(fixture.energy))('%s with rules', (model) => {
  const energy = fixture.energy[model];
  const perYear = 8760 / steps.wind_speed_m_s.length;
  // PyWake reads Niayifar's rotor means from a table; docs/models/wind-wakes.md has the difference.
  const tolerance = model === 'niayifar_crespo' ? 3e-6 : 1e-9;
  const result = analysis(withRules(fixture.rules, { wake: { model }, uncertainty_pct: { wind: 5 } }), inBlocks);
  const difference = (a: readonly number[], b: readonly number[]) => a.map((kwh, i) => (kwh - b[i]) * perYear);
  const near = (ours: ArrayLike<number>, theirs: readonly number[]) =>
    Array.from(ours).forEach((kwh, i) => {
      expect(Math.abs(kwh - theirs[i])).toBeLessThan(tolerance * energy.none[i] * perYear);
    });

  test('has the energy of PyWake with its modes, by turbine', () => {
    near(
      result.turbines.map(({ wakedKwh }) => wakedKwh),
      energy.none.map((kwh: number) => kwh * perYear),
    );
    near(
      result.turbines.map(({ netKwh }) => netKwh),
      energy[`first_${fixture.rules.length}`].map((kwh: number) => kwh * perYear),
    );
  });

  test.each(
    fixture.rules.map((rule: { type: string }, r: number) => ({ type: rule.type, r })) as { type: string; r: number }[],
  )('says what $type (rule $r) costs in order, by itself, by turbine, and its hours', ({ r }) => {
    const cost = result.curtailment!.rules[r];
    near(cost.lossKwhByTurbine, difference(r === 0 ? energy.none : energy[`first_${r}`], energy[`first_${r + 1}`]));
    const single = sum(difference(energy.none, energy[`only_${r}`]));
    expect(Math.abs(cost.singleLossKwh - single)).toBeLessThan(tolerance * sum(energy.none) * perYear);
    cost.hoursByTurbine.forEach((hours, i) => {
      expect(hours).toBeCloseTo((fixture.turbine_minutes[r][i] / 60) * perYear, 6);
    });
  });

  test('divides the whole loss among the rules, and has it once in the chain', () => {
    const { lossKwh, rules } = result.curtailment!;
    expect(sum(rules.map((rule) => rule.lossKwh)) / lossKwh).toBeCloseTo(1, 12);
    const [wakes, curtailment] = result.lossChain;
    expect([wakes.name, curtailment.name]).toEqual(['wakes', 'curtailment']);
    expect(curtailment.lossKwh / lossKwh).toBeCloseTo(1, 12);
    expect(curtailment.afterKwh / result.netKwh).toBeCloseTo(1, 12);
    expect(result.exceedance.longTerm?.p50Kwh).toBe(result.netKwh);
    expect(sum(result.powerKw!) * perYear).toBeCloseTo(result.netKwh, 3);
  });
});

const rose = {
  type: 'weibull',
  sectors: [
    { frequency: 0.4, scale_m_s: 9, shape: 2 },
    { frequency: 0.6, scale_m_s: 10, shape: 2.2 },
  ],
};
const WAKES = [
  'noj_k004',
  'noj_k004_stf2017',
  'bastankhah_k00325',
  'niayifar_crespo',
  'turbopark_nygaard2022',
  'floris_gauss',
  'floris_gch',
];
const few = {
  ...series,
  ...Object.fromEntries(
    ['wind_speed_m_s', 'wind_direction_deg', 'temp_air_c', 'precipitation_mm_h'].map((name) => [
      name,
      steps[name].slice(0, 60),
    ]),
  ),
};
const coarse = { bins: { direction_step_deg: 10 } };

describe.each([
  ['a series', { resource: few }],
  ['a rose', { resource: rose, ...coarse }],
  ['a rose with blockage', { resource: rose, bins: { direction_step_deg: 30 }, wake: { blockage: 'self_similar' } }],
])('for %s', (_, wind) => {
  test('a rule that never applies changes nothing to the bit', () => {
    const free = analysis({ ...base, ...wind });
    const ruled = analysis(withRules([{ type: 'other', wind_speed_from_m_s: 59 }], wind));
    expect(ruled.turbines).toEqual(free.turbines);
    expect(ruled.netKwh).toBe(free.netKwh);
    expect(ruled.powerKw).toEqual(free.powerKw);
    expect(ruled.curtailment).toMatchObject({ lossKwh: 0, rules: [{ hoursByTurbine: Array(6).fill(0) }] });
  });

  test.each('wake' in wind ? ['bastankhah_k00325'] : WAKES)(
    '%s: a rule that always stops a turbine gives the farm without it',
    (model) => {
      const wake = { ...('wake' in wind ? wind.wake : {}), model };
      const ruled = analysis(withRules([{ type: 'other', turbine_indices: [2] }], { ...wind, wake }));
      const without = (values: number[]) => values.filter((__, i) => i !== 2);
      const smaller = analysis({
        ...base,
        ...wind,
        wake,
        layout: { x_m: without(layout.x_m), y_m: without(layout.y_m) },
      });
      const others = without(ruled.turbines.map(({ netKwh }) => netKwh));
      others.forEach((kwh, i) => {
        expect(Math.abs(kwh / smaller.turbines[i].netKwh - 1)).toBeLessThan(1e-11);
      });
      expect(Math.abs(ruled.turbines[2].netKwh / ruled.turbines[2].wakedKwh)).toBeLessThan(1e-14);
    },
  );

  test('rules in any order give the same energy, and the same sum of costs', () => {
    const timed = 'resource' in wind && wind.resource === few;
    const rules = [
      { type: 'sector_management', wind_directions: [{ from_deg: 100, to_deg: 193.7 }], turbine_indices: [0, 1] },
      {
        type: 'noise',
        turbine_mode: 'quiet',
        wind_speed_from_m_s: 5.2,
        ...(timed && { hours: { from_h: 21.25, to_h: 6 } }),
      },
      { type: 'noise', turbine_mode: 'low', turbine_indices: [0, 3], wind_speed_below_m_s: 11 },
      { type: 'other', wind_directions: [{ from_deg: 350, to_deg: 30 }], turbine_mode: 'quiet' },
    ];
    const first = analysis(withRules(rules, wind));
    expect(first.curtailment!.lossKwh).toBeGreaterThan(0.02 * first.wakedKwh);
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: 4 }), (shuffled) => {
        const other = analysis(withRules(shuffled, wind));
        expect(other.netKwh / first.netKwh).toBeCloseTo(1, 13);
        expect(sum(other.curtailment!.rules.map(({ lossKwh }) => lossKwh)) / first.curtailment!.lossKwh).toBeCloseTo(
          1,
          11,
        );
      }),
      { numRuns: 3, seed: 7 },
    );
  });
});

const rule = { type: 'other', wind_directions: [{ from_deg: 80, to_deg: 130 }], wind_speed_from_m_s: 7.2 };

test('a bin counts by the part of it that a rule covers', () => {
  // One direction and one speed each 10 deg and 2 m/s: a rule about half of one bin takes half of its power.
  const one = { resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] } };
  const bins = { direction_step_deg: 30, speed_step_m_s: 1 };
  const free = analysis({ ...base, ...one, bins });
  const part = (rules: object[]) => analysis(withRules(rules, { ...one, bins })).curtailment!.lossKwh;
  const sector = (from_deg: number, to_deg: number) => [{ type: 'other', wind_directions: [{ from_deg, to_deg }] }];
  expect(part(sector(345, 15)) / part(sector(0, 15))).toBeCloseTo(2, 10);
  expect(part(sector(0, 360))).toBeCloseTo(free.wakedKwh, 4);
  const below = (speed: number) => part([{ type: 'other', wind_speed_below_m_s: speed }]);
  expect((below(9.75) - below(9.5)) / (below(10.5) - below(9.5))).toBeCloseTo(0.25, 10);
});

test('a table whose directions are exact is not divided, and has the energy of the series of the same winds', () => {
  const winds = { wind_direction_deg: [85, 140, 270], wind_speed_m_s: [8, 10, 12] };
  const frequency = [0, 1, 2].map((d) => [0, 1, 2].map((v) => (d === v ? 1 / 3 : 0)));
  const [table, steps] = [
    { type: 'rose', directions: 'exact', ...winds, frequency },
    { type: 'series', ...winds },
  ].map((resource) => analysis(withRules([rule], { resource })));
  expect(table.netKwh / steps.netKwh).toBeCloseTo(1, 10);
  expect(table.curtailment!.rules[0].hoursByTurbine[0]).toBeCloseTo(2920, 8);
});

test('an export limit cuts what the rules leave', () => {
  const resource = { type: 'series', wind_speed_m_s: [14, 14], wind_direction_deg: [90, 200] };
  const apart = { layout: { x_m: [0, 5000], y_m: [0, 0] }, resource };
  const result = analysis(withRules([{ ...rule, turbine_indices: [0] }], { ...apart, export_limit_kw: 4000 }));
  // 3,000 kW of one turbine in the first step, 4,000 of two in the second.
  expect(result.netKwh).toBeCloseTo(4380 * (3000 + 4000), 1);
  expect(result.lossChain.map(({ name }) => name)).toEqual(['wakes', 'curtailment', 'export_limit']);
});

test('neighbours keep running, and their wakes count', () => {
  const neighbours = { x_m: [0], y_m: [1200] };
  const everywhere = [{ type: 'other' }];
  const result = analysis(withRules(everywhere, { neighbours, resource: rose, ...coarse }));
  expect(result.netKwh).toBeCloseTo(0, 4);
  expect(result.neighbours[0].netKwh).toBeGreaterThan(1e6);
});

test('a run that stops and continues ends with the same bits, its budgets of shadows too', () => {
  const body = windAnalyzeSchema.parse(withRules(fixture.rules));
  const climate = inBlocks(inlineClimate(body.resource)!);
  const specs = body.turbines.map((choice) => turbineOfChoice(choice, choice.curve));
  const { farm } = analysisPlan(body, specs, climate).spec;
  let state = new FarmRun(farm).state();
  for (let run = new FarmRun(farm, state); !run.done; run = new FarmRun(farm, state)) {
    run.step();
    state = structuredClone(run.state());
  }
  expect(new FarmRun(farm, state).result()).toEqual(analyzeFarm(farm));
});

describe('a request is refused', () => {
  const bats = { type: 'bats', wind_speed_below_m_s: 6, sun_elevation_below_deg: -0.833, temp_air_from_c: 10 };
  test.each<[string, object, RegExp]>([
    [
      'a table with rules of the clock',
      withRules([bats], { resource: rose }),
      /need time steps, which a table.*expected weather/,
    ],
    ['bins of a series', withRules([bats], { mode: 'binned' }), /need time steps/],
    [
      'hours without a time zone',
      { ...base, curtailment: { rules: [{ type: 'noise', hours: { from_h: 22, to_h: 6 } }] } },
      /expected the time zone/,
    ],
    [
      'a time zone that does not exist',
      { ...base, curtailment: { rules: [rule], time_zone: 'Europe/Nowhere' } },
      /expected an IANA name/,
    ],
    [
      'a series without times',
      withRules([{ type: 'noise', months: [1] }], { resource: { ...series, starts_at: undefined } }),
      /no times; expected starts_at/,
    ],
    [
      'a series without temperature',
      withRules([bats], { resource: { ...series, temp_air_c: undefined } }),
      /no temperature/,
    ],
    [
      'rain without a measurement',
      withRules([{ type: 'other', precipitation_max_mm_h: 0 }], {
        resource: { ...series, precipitation_mm_h: undefined },
      }),
      /no precipitation/,
    ],
    [
      'the sun without a place',
      { ...base, curtailment: { rules: [{ ...bats, temp_air_from_c: undefined }] } },
      /no place on the globe/,
    ],
    ['bats without a night', withRules([{ type: 'bats', wind_speed_below_m_s: 6 }]), /bats need the night/],
    ['sector management without sectors', withRules([{ type: 'sector_management' }]), /needs the sectors/],
    ['a mode that is not there', withRules([{ type: 'noise', turbine_mode: 'loud' }]), /known are quiet, low/],
    ['a turbine that is not there', withRules([{ ...rule, turbine_indices: [6] }]), /expected 0 to 5/],
    ['a stated loss beside rules', withRules([rule], { losses_pct: { curtailment: 2 } }), /counts a loss twice/],
    ['wake steering', withRules([rule], { resource: rose, wake_steering: {} }), /turbines that all run/],
    [
      'a mode without thrust',
      {
        ...base,
        curtailment: {
          rules: [{ type: 'noise', turbine_mode: 'a' }],
          modes: [{ name: 'a', wind_speed_m_s: [3, 20], power_kw: [0, 100] }],
        },
      },
      /no thrust coefficients/,
    ],
  ])('%s', (_, request, message) => {
    expect(refusal(request)).toMatch(message);
  });
});

describe('a search', () => {
  const square = [
    [0, 0],
    [2000, 0],
    [2000, 2000],
    [0, 2000],
    [0, 0],
  ];
  const search = {
    turbines,
    resource: rose,
    boundary: { type: 'Polygon', coordinates: [square], unit: 'm' },
    n_turbines: 6,
    n_iterations: 3,
  };
  const energyOf = (more: object) => {
    const { spec } = layoutPlanned({ ...search, ...more }).runs[0];
    if (spec.kind !== 'search') throw new Error('no search by gradients');
    return spec.problem.energy;
  };
  const x = [100, 700, 1500, 300, 900, 1900];
  const y = [100, 300, 200, 1100, 1500, 1800];
  const rules = [rule, { type: 'noise', turbine_mode: 'quiet', wind_directions: [{ from_deg: 210, to_deg: 263 }] }];

  test.each([
    ['rules', { curtailment: { rules, modes } }],
    ['an export limit', { export_limit_kw: 11_000, losses_pct: { electrical: 4 } }],
    ['both, with FLORIS', { curtailment: { rules, modes }, export_limit_kw: 11_000, wake: { model: 'floris_gauss' } }],
  ])('sees %s in energy and gradient', (_, more) => {
    const input = energyOf(more);
    const model = new EnergyModel(input);
    model.move(x, y);
    const gradient = { x: new Float64Array(6), y: new Float64Array(6) };
    const net = model.netWithGradient(gradient);
    expect(model.net() / net).toBeCloseTo(1, 13);
    const farm = { ...input.farm, xM: x, yM: y };
    const final = analyzeFarm({
      ...{ farm, model: input.model, resource: { kind: 'rose', rose: input.rose }, ti: 0.08, floris: input.floris },
      ...{ losses: { all: 1 - (input.exportLimit?.factor ?? 1) }, uncertaintyPct: {}, interannualPct: 0, sectors: 12 },
      ...{ curtailment: input.curtailment, exportLimitKw: input.exportLimit?.limitKw },
    })!;
    expect((net * (input.exportLimit?.factor ?? 1)) / final.netKwh).toBeCloseTo(1, 12);
    expect(net).toBeLessThan(0.97 * final.wakedKwh);
    const scale = Math.max(...gradient.x.map(Math.abs), ...gradient.y.map(Math.abs));
    for (const i of [0, 3]) {
      const at = (dx: number) => {
        model.move(
          x.map((value, k) => (k === i ? value + dx : value)),
          y,
        );
        return model.net();
      };
      expect(Math.abs((at(0.01) - at(-0.01)) / 0.02 - gradient.x[i])).toBeLessThan(1e-4 * scale);
    }
  });

  test('has the bits of one without rules in energy and gradient if they never act', () => {
    const [free, ruled] = [{}, { curtailment: { rules: [{ type: 'other', wind_speed_from_m_s: 59 }] } }].map((more) => {
      const model = new EnergyModel(energyOf(more));
      model.move(x, y);
      const gradient = { x: new Float64Array(6), y: new Float64Array(6) };
      return { net: model.netWithGradient(gradient), gradient, value: model.net() };
    });
    expect(ruled).toEqual(free);
  });

  test('of a series leaves rules of the clock to its final analysis, with a warning', () => {
    const curtailment = {
      rules: [rule, { type: 'noise', turbine_mode: 'low', hours: { from_h: 22, to_h: 6 } }],
      modes,
      ...place,
    };
    const timed = { ...search, resource: few, curtailment };
    expect(energyOf(timed).curtailment!.rules).toHaveLength(1);
    const warnings = warningsOfRequest('/v1/wind/optimize', timed);
    expect(warnings.find(({ code }) => code === 'wind.rules_only_in_final')?.message).toMatch(/^1 rules? need/);
    const issues = windOptimizeSchema.safeParse({ ...timed, resource: rose }).error?.issues ?? [];
    expect(issues.map(({ message }) => message).join()).toMatch(/need time steps/);
  });
});

test('doubts rules that never act or take much, and modes with more power than the turbine', () => {
  const codesOf = (request: object) => warningsOfRequest('/v1/wind/analyze', request).map(({ code }) => code);
  const ordinary = codesOf(withRules([{ ...rule, turbine_indices: [0] }], { resource: rose, ...coarse }));
  expect(ordinary.filter((code) => /rule|mode|curtailment/.test(code))).toEqual([]);
  const odd = codesOf({
    ...withRules(
      [
        { type: 'other', turbine_indices: [0, 1] },
        { type: 'other', wind_speed_from_m_s: 59 },
      ],
      { resource: rose, ...coarse },
    ),
    ...{
      curtailment: {
        modes: [{ ...modes[0], power_kw: own.power.map((kw: number) => kw + 200) }],
        rules: [
          { type: 'other', turbine_indices: [0, 1] },
          { type: 'other', wind_speed_from_m_s: 59 },
        ],
      },
    },
  });
  expect(odd).toEqual(
    expect.arrayContaining(['wind.mode_above_curve', 'wind.rule_without_effect', 'wind.curtailment_high']),
  );
});

test('the rules of docs/wind-api.md are valid', () => {
  const page = readFileSync('docs/wind-api.md', 'utf8');
  const text = page.slice(page.indexOf('## Curtailment'));
  const curtailment = JSON.parse(/```json\n([\s\S]+?)```/.exec(text)![1]);
  const places = { longitude_deg: [7.84, 7.85, 7.86, 7.87], latitude_deg: [55.49, 55.491, 55.49, 55.4905] };
  const result = analysis({ turbines: [{ id: 'v80' }], layout: places, resource: series, curtailment });
  expect(result.curtailment!.rules).toHaveLength(4);
  expect(result.netKwh).toBeLessThan(result.wakedKwh);
});

describe('rules about the sun where turbines stand in metres', () => {
  const bats = { type: 'bats', wind_speed_below_m_s: 6, sun_elevation_below_deg: 0 };
  const { latitude_deg: latitudeDeg, longitude_deg: longitudeDeg } = place;
  const body = { ...base, curtailment: { rules: [bats], time_zone: place.time_zone } };

  test('the place of the weather counts', () => {
    const stated = analysis({ ...body, curtailment: { ...body.curtailment, ...place } });
    const ofWeather = analysis(body, (climate) => ({ ...climate, place: { latitudeDeg, longitudeDeg } }));
    expect(ofWeather.curtailment!.lossKwh).toBeGreaterThan(0);
    expect(ofWeather.netKwh).toBe(stated.netKwh);
  });

  test('an uploaded series has none, and is refused before the job; weather is not', () => {
    const asked = (more: object) => windAnalyzeSchema.parse({ ...body, resource: undefined, ...more });
    const upload = { resource: { type: 'upload', resource_id: `wrs_${'0'.repeat(26)}` } };
    expect(() => requireSunPlace(asked(upload), null)).toThrow('no place on the globe');
    const weather = withWeatherIds(asked({ weather_ids: [`wth_${'0'.repeat(26)}`] }));
    expect(() => requireSunPlace(weather, null)).not.toThrow();
  });
});
