/** Wind farms from the field: each test is named by its file or habit, and has the right value with its source. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { publicTurbine, publicTurbines } from '../../src/wind/turbine/turbine-library.ts';
import { powerKw, thrustCoefficient } from '../../src/wind/turbine/turbine.ts';
import { windTurbineSchema } from '../../src/contracts/wind/requests.schema.ts';
import { turbineOfChoice } from '../../src/services/wind/turbine-choice.ts';
import { ROOT } from '../support/fixtures.ts';
import { analyzed, layoutFound, layoutPlanned, warningsOfRequest } from '../support/wind-analysis.ts';
import { EnergyModel } from '../../src/wind/energy/energy.ts';
import { CompiledSite, requireFeasible } from '../../src/wind/layout/layout-site.ts';

const fixture = (name: string) => JSON.parse(readFileSync(`${ROOT}/test/fixtures/cases/wind_${name}.json`, 'utf8'));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const weibull = (...frequencies: number[]) => ({
  type: 'weibull',
  sectors: frequencies.map((frequency) => ({ frequency, scale_m_s: 9, shape: 2 })),
});
const checkedCurve = (curve: object) => windTurbineSchema.parse(curve);
const ONE = { turbines: [{ id: 'v80' }], layout: { x_m: [0], y_m: [0] } };

describe('mean_speed_request.json', () => {
  const { sectors, turbines } = analyzed(fixture('mean_speed'));

  // A gamma(1 + 1/k) = 6 gamma(1.625), by scipy.special.gamma
  test('the mean speed is that of the distribution, outside of the bins too', () => {
    expect(turbines[0].wind_speed_mean_m_s).toBeCloseTo(5.3794457, 6);
    for (const sector of sectors) expect(sector.wind_speed_mean_m_s).toBeCloseTo(5.3794457, 6);
  });

  test('the frequencies sum to 1', () => {
    expect(sum(sectors.map(({ frequency }) => frequency))).toBeCloseTo(1, 12);
  });

  test.each([1, 4, 7, 12, 16, 36, 72])('%i sectors sum to 1 in bins of any width', (count) => {
    for (const direction_step_deg of [1, 5, 10, 30])
      for (const sector_interpolation of ['nearest', 'linear']) {
        const resource = weibull(...Array.from({ length: count }, (_, s) => (1 + s) / (0.5 * count * (count + 1))));
        const found = analyzed({ ...ONE, resource, bins: { direction_step_deg, sector_interpolation } });
        expect(sum(found.sectors.map(({ frequency }) => frequency))).toBeCloseTo(1, 12);
        expect(found.turbines[0].wind_speed_mean_m_s).toBeCloseTo(7.9760423, 6);
      }
  });
});

describe('v80_no_cutout_request.json', () => {
  test('a turbine stands still above its cut-out of 25 m/s', () => {
    expect(analyzed(fixture('v80_no_cutout')).annual_energy_kwh).toBe(0);
  });

  test.each(publicTurbines().map(({ name }) => name))('%s gives no power at 45 m/s, in a series as in bins', (name) => {
    const turbines = [{ id: name }];
    const series = { type: 'series', wind_speed_m_s: [45, 45], wind_direction_deg: [0, 0] };
    const rose = { type: 'rose', wind_direction_deg: [0], wind_speed_m_s: [45], frequency: [[1]] };
    expect(powerKw(publicTurbine(name), 45)).toBe(0);
    for (const resource of [series, rose]) expect(analyzed({ ...ONE, turbines, resource }).annual_energy_kwh).toBe(0);
  });
});

describe('fifty_on_one_spot_request.json', () => {
  test('turbines on one place are refused with the nearest pair', () => {
    expect(() => analyzed(fixture('fifty_on_one_spot'))).toThrow(
      'turbines 0 and 1 are 0.0 m apart, 0.00 rotor diameters; expected at least 0.5',
    );
  });

  test('the nearest pair is named, and half a diameter is the limit', () => {
    const layout = { x_m: [0, 400, 800, 839], y_m: [0, 0, 0, 0] };
    const request = { ...ONE, resource: weibull(1) };
    expect(() => analyzed({ ...request, layout })).toThrow('turbines 2 and 3 are 39.0 m apart, 0.49 rotor diameters');
    expect(analyzed({ ...request, layout: { x_m: [0, 40], y_m: [0, 0] } }).rated_kw).toBe(4000);
  });
});

/** Frequencies of 12 or 16 sectors that differ, over three speeds */
const table = (count: number) => {
  const speeds = [4.5, 9.5, 14.5];
  const total = Array.from({ length: count }, (_, d) => 1 + (d % 5)).reduce((a, b) => a + b);
  return {
    type: 'rose',
    wind_direction_deg: Array.from({ length: count }, (_, d) => (360 * d) / count),
    wind_speed_m_s: speeds,
    frequency: Array.from({ length: count }, (_, d) => [0.3, 0.5, 0.2].map((share) => (share * (1 + (d % 5))) / total)),
  };
};

/** The same winds as a .tab file, whose rows end at the upper edge of their class */
function tabOf({ frequency }: ReturnType<typeof table>): string {
  const shares = frequency.map((row) => sum(row));
  const rows = Array.from({ length: 15 }, (_, speed) =>
    [
      speed + 1,
      ...frequency.map((row, d) => ([4, 9, 14].includes(speed) ? (1000 * row[(speed - 4) / 5]) / shares[d] : 0)),
    ].join(' '),
  );
  return ['Mast', '55 8 70', `${frequency.length} 1 0`, shares.map((share) => 100 * share).join(' '), ...rows].join(
    '\n',
  );
}

describe('12 or 16 sectors given inline', () => {
  const row = { ...ONE, layout: { x_m: [0, 400, 800, 1200], y_m: [0, 0, 0, 0] } };

  test.each([12, 16])('%i sectors lose what the same .tab loses', (count) => {
    const inline = analyzed({ ...row, resource: table(count) });
    const tab = analyzed(row, tabOf(table(count)));
    expect(inline.wake_loss_pct).toBeCloseTo(tab.wake_loss_pct, 10);
    expect(inline.annual_energy_kwh / tab.annual_energy_kwh).toBeCloseTo(1, 12);
    expect(inline.wind_cases).toMatchObject({
      n_directions: 360,
      n_speeds: 3,
      min_speed_m_s: 4.5,
      max_speed_m_s: 14.5,
    });
  });

  test('the table is taken as it is where the request asks for that', () => {
    const exact = analyzed({ ...row, resource: { ...table(12), directions: 'exact' } });
    expect(exact.wind_cases).toMatchObject({ n_directions: 12 });
    const spread = analyzed({ ...row, resource: table(12) });
    expect(exact.wake_loss_pct / spread.wake_loss_pct).toBeGreaterThan(1.5);
    const uneven = {
      type: 'rose',
      wind_direction_deg: [0, 90, 100, 200],
      wind_speed_m_s: [9],
      frequency: [[0.2], [0.3], [0.3], [0.2]],
    };
    expect(analyzed({ ...row, resource: uneven }).wind_cases).toMatchObject({ n_directions: 4 });
    expect(() => analyzed({ ...row, resource: { ...uneven, directions: 'sectors' } })).toThrow(
      'do not divide the circle equally',
    );
  });
});

describe('inline rose with bins', () => {
  const even = {
    type: 'rose',
    wind_direction_deg: Array.from({ length: 12 }, (_, d) => 30 * d),
    wind_speed_m_s: [9],
    frequency: Array.from({ length: 12 }, () => [1 / 12]),
  };
  /** Two turbines five diameters apart in a bearing */
  const pair = (deg: number) => {
    const rad = (deg * Math.PI) / 180;
    return { ...ONE, layout: { x_m: [0, 400 * Math.sin(rad)], y_m: [0, 400 * Math.cos(rad)] } };
  };

  test('the wake loss of two turbines does not depend on their bearing', () => {
    const losses = [0, 5, 10, 15, 22, 45].map((deg) => analyzed({ ...pair(deg), resource: even }).wake_loss_pct);
    for (const loss of losses) expect(loss).toBeCloseTo(losses[0], 3);
    const fine = {
      ...even,
      wind_direction_deg: Array.from({ length: 360 }, (_, d) => d),
      frequency: Array.from({ length: 360 }, () => [1 / 360]),
    };
    expect(losses[0]).toBeCloseTo(analyzed({ ...pair(0), resource: fine }).wake_loss_pct, 9);
  });

  test('the step between directions acts', () => {
    const cases = [5, 10, 30].map(
      (step) => analyzed({ ...pair(0), resource: even, bins: { direction_step_deg: step } }).wind_cases,
    );
    expect(cases.map((one) => one?.n_directions)).toEqual([72, 36, 12]);
  });

  test('sector_interpolation acts on a .tab and on a table in the request', () => {
    const request = { ...pair(100), bins: { sector_interpolation: 'linear' } };
    const tab = analyzed(request, tabOf(table(12)));
    const inline = analyzed({ ...request, resource: table(12) });
    expect(inline.annual_energy_kwh / tab.annual_energy_kwh).toBeCloseTo(1, 12);
    const nearest = analyzed(pair(100), tabOf(table(12)));
    expect(Math.abs(tab.wake_loss_pct - nearest.wake_loss_pct)).toBeGreaterThan(0.01);
    expect(sum(tab.sectors.map(({ frequency }) => frequency))).toBeCloseTo(1, 12);
  });
});

describe('sector frequencies that sum to 0.99 or 1.005, a rose that sums to 0.47', () => {
  test.each([0.99, 1.005])('a sum of %d is scaled to 1', (total) => {
    const found = analyzed({ ...ONE, resource: weibull(total / 2, total / 2) });
    const right = analyzed({ ...ONE, resource: weibull(0.5, 0.5) });
    expect(found.annual_energy_kwh / right.annual_energy_kwh).toBeCloseTo(1, 12);
  });

  test('what rounding does not explain is refused', () => {
    expect(() => analyzed({ ...ONE, resource: weibull(0.47) })).toThrow(
      'the frequencies sum to 0.47; expected 1 within 2 %',
    );
    const rose = { type: 'rose', wind_direction_deg: [0, 90], wind_speed_m_s: [8], frequency: [[0.27], [0.2]] };
    expect(() => analyzed({ ...ONE, resource: rose })).toThrow('the frequencies sum to 0.47; expected 1 within 2 %');
  });
});

describe("NREL/turbine-models' 69 curves", () => {
  const curve = {
    name: 'without thrust',
    rotor_diameter_m: 100,
    hub_height_m: 80,
    wind_speed_m_s: [0, 3, 5, 8, 12, 25],
    power_kw: [-4, -4, 150, 850, 2500, 2500],
  };
  const one = { resource: weibull(1), layout: { x_m: [0], y_m: [0] }, turbines: [{ curve }] };
  const two = { ...one, layout: { x_m: [0, 500], y_m: [0, 0] } };

  test('a curve without thrust serves where no wake is computed', () => {
    expect(analyzed(one).annual_energy_kwh).toBeGreaterThan(5e6);
    expect(() => analyzed(two)).toThrow('has no thrust coefficients, and wakes need them');
    expect(() => analyzed({ ...one, flow_maps: [{ wind_direction_deg: 0, wind_speed_m_s: 9 }] })).toThrow(
      'has no thrust coefficients',
    );
  });

  test('or takes a generic thrust by name', () => {
    // Frohboese and Schmuck: 3.5 (2 v - 3.5) / v2 at 12 m/s; momentum: Ct of Cp = P / (0.5 rho A v3), solved by bisection
    const frohboese = turbineOfChoice({ generic_thrust: 'frohboese_schmuck' }, checkedCurve(curve));
    expect(thrustCoefficient(frohboese, 12)).toBeCloseTo((3.5 * 20.5) / 144, 12);
    const momentum = turbineOfChoice({ generic_thrust: 'momentum' }, checkedCurve(curve));
    expect(thrustCoefficient(momentum, 12)).toBeCloseTo(0.3308513, 6);
    expect(thrustCoefficient(momentum, 3)).toBe(0);
    for (const generic_thrust of ['frohboese_schmuck', 'momentum'])
      expect(analyzed({ ...two, turbines: [{ curve, generic_thrust }] }).wake_loss_pct).toBeGreaterThan(0.5);
    expect(() => analyzed({ ...two, turbines: [{ id: 'v80', generic_thrust: 'momentum' }] })).toThrow(
      'has thrust coefficients of its own; expected no generic_thrust',
    );
  });

  test('negative power is own consumption and is kept', () => {
    const calm = { type: 'series', wind_speed_m_s: [1, 2], wind_direction_deg: [0, 0] };
    expect(analyzed({ ...one, resource: calm }).annual_energy_kwh).toBeCloseTo(-4 * 8760, 6);
  });
});

describe('turbines of one farm marked as neighbours', () => {
  const request = {
    turbines: [{ id: 'v80' }],
    resource: weibull(0.1, 0.1, 0.5, 0.3),
    layout: { x_m: [0, 500], y_m: [0, 0] },
  };
  const neighbours = { x_m: [1000, 0], y_m: [100, 600] };
  const alone = analyzed(request);
  const beside = analyzed({ ...request, neighbours });
  const whole = analyzed({ ...request, layout: { x_m: [0, 500, 1000, 0], y_m: [0, 0, 100, 600] } });

  test('own and external wakes stand apart, and capacity and energy are those of the own turbines', () => {
    expect(beside.rated_kw).toBe(4000);
    expect(beside.turbines).toHaveLength(2);
    expect(beside.annual_gross_energy_kwh).toBeCloseTo(alone.annual_gross_energy_kwh, 3);
    expect(beside.internal_wake_loss_pct).toBeCloseTo(alone.wake_loss_pct, 10);
    expect(beside.losses.map(({ name }) => name)).toEqual(['wakes', 'external_wakes']);
    const external = 1 - beside.annual_energy_with_wakes_kwh / alone.annual_energy_with_wakes_kwh;
    expect(beside.external_wake_loss_pct).toBeCloseTo(100 * external, 10);
    expect(external).toBeGreaterThan(0.005);
  });

  test('each turbine has the energy that it has in the whole', () => {
    const energies = [...beside.turbines, ...beside.neighbours!].map((one) => one.annual_energy_with_wakes_kwh);
    expect(energies).toEqual(whole.turbines.map((one) => one.annual_energy_with_wakes_kwh));
    const bySector = sum(beside.sectors.map((sector) => sector.annual_energy_with_wakes_kwh));
    expect(bySector / beside.annual_energy_with_wakes_kwh).toBeCloseTo(1, 12);
  });

  test('a series gives the same, and its power is that of the own turbines', () => {
    const resource = { type: 'series', wind_speed_m_s: [9, 10], wind_direction_deg: [80, 200] };
    const series = analyzed({ ...request, resource, neighbours });
    const rose = {
      type: 'rose',
      wind_direction_deg: [80, 200],
      wind_speed_m_s: [9, 10],
      frequency: [
        [0.5, 0],
        [0, 0.5],
      ],
    };
    const table = analyzed({ ...request, resource: rose, neighbours });
    expect(series.annual_energy_kwh / table.annual_energy_kwh).toBeCloseTo(1, 10);
    expect(series.external_wake_loss_pct).toBeCloseTo(table.external_wake_loss_pct!, 8);
  });
});

const square = (size: number) => [
  [0, 0],
  [size, 0],
  [size, size],
  [0, size],
  [0, 0],
];
const search = (changes: object) => ({
  turbines: [{ id: 'v80' }],
  resource: weibull(0.1, 0.1, 0.5, 0.3),
  boundary: { type: 'Polygon', coordinates: [square(2000)], unit: 'm' },
  n_turbines: 4,
  n_iterations: 8,
  n_starts: 1,
  seed: 1,
  ...changes,
});

describe('neighbours outside the boundary, start turbines 4 cm outside, a repeated corner', () => {
  test('neighbours and existing turbines stand outside of the area too', () => {
    const places = { x_m: [-900, -900], y_m: [0, 900] };
    for (const changes of [{ neighbours: places }, { fixed_layout: places }])
      expect(layoutFound(search(changes)).best.xM).toHaveLength(6);
  });

  test('the search keeps the spacing to neighbours, and its score is the energy of the own turbines', () => {
    const { best, plan } = layoutFound(search({ neighbours: { x_m: [1000], y_m: [1000] } }));
    for (let i = 0; i < 4; i++)
      expect(Math.hypot(best.xM[i] - 1000, best.yM[i] - 1000)).toBeGreaterThanOrEqual(plan.site.minSpacingM - 1e-6);
    const spec = plan.runs[0].spec;
    if (spec.kind !== 'search') throw new Error('expected a search');
    const { energy } = spec.problem;
    const model = new EnergyModel({ ...energy, farm: { ...energy.farm, xM: best.xM, yM: best.yM } });
    const { netByTurbine } = model.energies();
    expect(best.score / sum([...netByTurbine.subarray(0, 4)])).toBeCloseTo(1, 10);
  });

  test('gradients with neighbours are those of differences', () => {
    const { plan } = layoutFound(search({ neighbours: { x_m: [1000], y_m: [1000] } }));
    const spec = plan.runs[0].spec;
    if (spec.kind !== 'search') throw new Error('expected a search');
    const x = [100, 700, 1500, 300, 1000];
    const y = [100, 300, 900, 1200, 1000];
    const model = new EnergyModel({ ...spec.problem.energy, farm: { ...spec.problem.energy.farm, xM: x, yM: y } });
    const gradient = { x: new Float64Array(5), y: new Float64Array(5) };
    model.netWithGradient(gradient);
    for (const i of [0, 1, 2]) {
      const at = (step: number) => {
        model.move(
          x.map((one, k) => (k === i ? one + step : one)),
          y,
        );
        return model.net();
      };
      expect(gradient.x[i] / ((at(0.01) - at(-0.01)) / 0.02)).toBeCloseTo(1, 3);
    }
  });

  test('an initial layout may lack a metre, and one that lacks more is refused with the turbine', () => {
    const start = (x: number) => ({ start_layout: { x_m: [x, 500, 1000, 1500], y_m: [0, 500, 1000, 1500] } });
    const { best } = layoutFound(search(start(-0.04)));
    expect(Math.min(...best.xM)).toBeGreaterThanOrEqual(-1e-6);
    const codes = warningsOfRequest('/v1/wind/optimize', search(start(-0.04))).map(({ code }) => code);
    expect(codes).toContain('wind.start_moved');
    expect(() => layoutFound(search(start(-3)))).toThrow('turbine 0 at -3, 0 m is 3.000 m outside');
  });

  test('a corner may repeat', () => {
    const ring = [
      [0, 0],
      [0, 0],
      [2000, 0],
      [2000, 2000],
      [2000, 2000],
      [0, 2000],
      [0, 0],
    ];
    const boundary = { type: 'Polygon', coordinates: [ring], unit: 'm' };
    expect(layoutFound(search({ boundary })).best.xM).toHaveLength(4);
  });
});

describe('opt_cs4_3_seconds_request.json', () => {
  test('the search improves on its start, also where the site has spikes', () => {
    const { history, best, plan } = layoutFound({ ...fixture('opt_cs4_3_seconds'), n_iterations: 2 });
    expect(history.length).toBeGreaterThan(1);
    expect(best.score).toBeGreaterThan(1.002 * history[0][1]);
    requireFeasible(new CompiledSite(plan.site), best.xM, best.yM);
  });

  test('search_bins act on a table', () => {
    const plan = layoutPlanned({ ...fixture('opt_cs4_3_seconds'), search_bins: { direction_step_deg: 10 } });
    const spec = plan.runs[0].spec;
    expect(spec.kind === 'search' && spec.problem.energy.rose.directionsDeg.length).toBe(36);
  });
});

describe('opt_exclusion_crosses_boundary.json', () => {
  test('the search ends above 54.9 GWh, as without the exclusion', () => {
    const { history, best } = layoutFound(fixture('opt_exclusion_crosses_boundary'));
    expect(history.length).toBeGreaterThan(1);
    expect(best.score / 1e6).toBeGreaterThan(54.9);
  });
});

describe('the turbine library', () => {
  test('has the curves of NREL/turbine-models and of windpowerlib, each with origin and licence', () => {
    const all = publicTurbines();
    expect(all.length).toBeGreaterThan(120);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { source, licence } of all) expect([source, licence]).not.toContain(undefined);
  });

  // NREL/turbine-models 0.2.2, data/Offshore/DTU_Reference_v1_10MW_178.csv, row of 8 m/s
  test('a curve has the numbers of its file', () => {
    const dtu = publicTurbine('NREL/DTU_Reference_v1_10MW_178');
    expect(powerKw(dtu, 8)).toBeCloseTo(3730.7, 6);
    expect(thrustCoefficient(dtu, 8)).toBeCloseTo(0.814, 6);
  });
});

describe('an export limit of the farm', () => {
  const request = { turbines: [{ id: 'v80' }], layout: { x_m: [0, 900], y_m: [0, 0] }, losses_pct: { electrical: 10 } };

  test('cuts each step of a series after the losses, and says what it takes', () => {
    const resource = { type: 'series', wind_speed_m_s: [5, 20], wind_direction_deg: [0, 0] };
    const free = analyzed({ ...request, resource });
    const limited = analyzed({ ...request, resource, export_limit_kw: 2000 });
    // v80: 154 kW at 5 m/s and 2,000 kW at 20 m/s for each of two turbines, 90 % of it at the grid
    expect(free.annual_energy_kwh).toBeCloseTo(4380 * 0.9 * 2 * (154 + 2000), 4);
    expect(limited.annual_energy_kwh).toBeCloseTo(4380 * (0.9 * 2 * 154 + 2000), 4);
    expect(limited.losses[2]).toMatchObject({ name: 'export_limit', remaining_kwh: limited.annual_energy_kwh });
    expect(sum(limited.turbines.map((one) => one.annual_energy_kwh)) / limited.annual_energy_kwh).toBeCloseTo(1, 12);
  });

  test('cuts a table as it cuts the series of the same winds', () => {
    const series = { type: 'series', wind_speed_m_s: [5, 20, 9], wind_direction_deg: [0, 90, 270] };
    const third = 1 / 3;
    const rose = {
      type: 'rose',
      wind_direction_deg: [0, 90, 270],
      wind_speed_m_s: [5, 20, 9],
      frequency: [
        [third, 0, 0],
        [0, third, 0],
        [0, 0, third],
      ],
    };
    const [a, b] = [series, rose].map((resource) => analyzed({ ...request, resource, export_limit_kw: 1500 }));
    expect(a.annual_energy_kwh / b.annual_energy_kwh).toBeCloseTo(1, 10);
    expect(a.losses[2].loss_pct).toBeGreaterThan(10);
  });
});
