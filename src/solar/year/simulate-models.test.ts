import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../../test/support/check-weather-year.ts';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { findInverter, findModule } from '../../services/solar/bundled.ts';
import type { PreparedSite } from './simulate.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import type { SolarSystem } from '../system.ts';
import {
  BIFACIAL,
  DEFAULT_PREPARATION,
  DEFAULT_SYSTEM,
  KIMBER,
  ROWS,
  TRACKER,
} from '../../../test/support/default-system.ts';
import { checkSystem } from '../system.ts';

let weather: WeatherYear;
let site: PreparedSite;
beforeAll(() => {
  weather = parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });
  site = prepareSite(weather, DEFAULT_PREPARATION);
});

const energy = (change: Partial<SolarSystem>): number =>
  simulateYear(site, { ...DEFAULT_SYSTEM, dcAcRatio: 1, ...change }).acAnnualKwh;
const ratio = (change: Partial<SolarSystem>, base: Partial<SolarSystem> = {}): number =>
  energy({ ...base, ...change }) / energy(base);
const step = (system: SolarSystem, name: string): number =>
  simulateYear(site, system).waterfall.steps.find((entry) => entry.name === name)?.changeKwh ?? Number.NaN;

describe('mountings', () => {
  test('two axes beat one axis, one axis beats a rack', () => {
    const two = energy({ mounting: { type: 'two_axis', maxTiltDeg: 90 } });
    const one = energy({ mounting: TRACKER });
    expect(two).toBeGreaterThan(one);
    expect(one).toBeGreaterThan(energy({}));
    expect(energy({ mounting: { type: 'two_axis', maxTiltDeg: 60 } })).toBeLessThan(two);
    const level = energy({ mounting: { type: 'fixed', tiltDeg: 0, azimuthDeg: 0 } });
    expect(energy({ mounting: { type: 'two_axis', maxTiltDeg: 0 } }) / level).toBeCloseTo(1, 3);
  });
});

test('direct and diffuse irradiance from the global one give a year within 5 % of the measured', () => {
  const measured = energy({});
  for (const decomposition of ['erbs', 'disc', 'dirint'] as const) {
    const modelled = prepareSite(weather, { ...DEFAULT_PREPARATION, decomposition });
    const { acAnnualKwh } = simulateYear(modelled, { ...DEFAULT_SYSTEM, dcAcRatio: 1 });
    expect(Math.abs(acAnnualKwh / measured - 1)).toBeLessThan(0.05);
    const { ghiWm2, dniWm2, dhiWm2 } = modelled.weather;
    for (let i = 0; i < ghiWm2.length; i += 97) {
      const up = Math.max(Math.cos((modelled.sun.zenithDeg[i] * Math.PI) / 180), 0);
      expect(dniWm2[i] * up + dhiWm2[i]).toBeCloseTo(ghiWm2[i], 8);
    }
  }
  expect(() => prepareSite(weather, { ...DEFAULT_PREPARATION, decomposition: 'guess' as never })).toThrow(
    'decomposition is guess',
  );
});

describe('rows', () => {
  test('close rows cost more than distant ones, and electrical shading more than linear', () => {
    const loss = (gcr: number, model: 'linear' | 'electrical') => 1 - ratio({ rows: { ...ROWS, model, gcr } });
    expect(loss(0.02, 'linear')).toBeLessThan(0.002);
    expect(loss(0.4, 'linear')).toBeLessThan(loss(0.7, 'linear'));
    expect(loss(0.7, 'electrical')).toBeGreaterThan(loss(0.7, 'linear'));
    expect(loss(0.7, 'electrical')).toBeLessThan(0.2);
  });

  test('a fixed fraction takes its share of the beam', () => {
    const system: SolarSystem = { ...DEFAULT_SYSTEM, rows: { ...ROWS, model: 'fixed_fraction', fraction: 1 } };
    const beamless = simulateYear(site, system).poaAnnualKwhM2;
    const half = simulateYear(site, {
      ...system,
      rows: { ...ROWS, model: 'fixed_fraction', fraction: 0.5 },
    }).poaAnnualKwhM2;
    const whole = simulateYear(site, DEFAULT_SYSTEM).poaAnnualKwhM2;
    expect(half).toBeCloseTo((whole + beamless) / 2, 8);
  });

  test('backtracking avoids the shade that true tracking has', () => {
    const rows = { ...ROWS, model: 'electrical', nRows: 100 } as const;
    const backtracking = energy({ mounting: TRACKER, rows });
    const straight = energy({ mounting: { ...TRACKER, backtrack: false }, rows });
    expect(backtracking).toBeGreaterThan(straight);
    const beamAlone = { ...DEFAULT_SYSTEM, mounting: TRACKER, rows: { ...rows, model: 'linear' } } as const;
    // Backtracking rows lose sky and ground alone.
    expect(Math.abs(step(beamAlone, 'row_shading'))).toBeLessThan(0.05 * simulateYear(site, beamAlone).dcAnnualKwh);
  });
});

describe('bifacial', () => {
  test('gains 3 to 15 %, more over bright ground; without end of rows the height hardly counts', () => {
    const gain = (albedo: number, heightM: number) =>
      ratio({ bifacial: { ...BIFACIAL, bifaciality: 0.7, gcr: 0.35, heightM } }, { albedo }) - 1;
    expect(gain(0.2, 1.5)).toBeGreaterThan(0.03);
    expect(gain(0.2, 1.5)).toBeLessThan(0.15);
    expect(gain(0.5, 1.5)).toBeGreaterThan(gain(0.2, 1.5));
    expect(gain(0.2, 3)).toBeCloseTo(gain(0.2, 1), 3);
    expect(ratio({ bifacial: { ...BIFACIAL, bifaciality: 0, gcr: 0.35 } })).toBeCloseTo(1, 12);
    const tracker = ratio({ bifacial: { ...BIFACIAL, bifaciality: 0.7 } }, { mounting: TRACKER }) - 1;
    expect(tracker).toBeGreaterThan(0.03);
    expect(tracker).toBeLessThan(0.15);
  });
});

describe('far horizon, soiling, snow', () => {
  test('a level horizon changes nothing, hills in the east cost the morning', () => {
    expect(ratio({ farHorizon: { azimuthDeg: [0], elevationDeg: [0] } })).toBeCloseTo(1, 3);
    const hills = { azimuthDeg: [60, 61, 120, 121], elevationDeg: [0, 25, 25, 0] };
    const loss = 1 - ratio({ farHorizon: hills });
    expect(loss).toBeGreaterThan(0.005);
    expect(loss).toBeLessThan(0.2);
  });

  test('monthly soiling stands in for the loss of PVWatts', () => {
    expect(ratio({ soiling: { type: 'monthly', pct: Array(12).fill(0) } })).toBeGreaterThan(1.019);
    const half = simulateYear(site, {
      ...DEFAULT_SYSTEM,
      lossesPct: { ...DEFAULT_SYSTEM.lossesPct, soiling: 0 },
      soiling: { type: 'monthly', pct: Array(12).fill(2) },
    }).waterfall;
    const soiling = half.steps.find(({ name }) => name === 'soiling')!;
    expect(soiling.changeKwh / (soiling.leftKwh - soiling.changeKwh)).toBeCloseTo(-0.02, 12);
  });

  test("Kimber's dust grows without rain; rain of another year's length is refused", () => {
    const dry = ratio({ soiling: { ...KIMBER, dailyRainMm: Array(365).fill(0) } });
    const wet = ratio({ soiling: { ...KIMBER, dailyRainMm: Array(365).fill(8) } });
    expect(wet).toBeGreaterThan(1);
    expect(dry).toBeLessThan(0.85);
    expect(() => energy({ soiling: { ...KIMBER, dailyRainMm: Array(366).fill(0) } })).toThrow(
      "soiling.daily_rain_mm has 366 values; expected 365, the weather's days",
    );
  });

  test('snow by Townsend costs winter only; snow by Marion needs the year its steps', () => {
    const snowTotalCm = [30, 20, 10, 0, 0, 0, 0, 0, 0, 0, 10, 20];
    const townsend: SolarSystem = {
      ...DEFAULT_SYSTEM,
      snow: {
        type: 'townsend',
        snowTotalCm,
        snowEvents: [3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2],
        relativeHumidityPct: Array(12).fill(70),
        slantHeightM: 2,
        stringFactor: 1,
        lowerEdgeHeightM: 0.5,
      },
    };
    const months = simulateYear(site, townsend).acMonthlyKwh;
    const bare = simulateYear(site, DEFAULT_SYSTEM).acMonthlyKwh;
    expect(months[0]).toBeLessThan(bare[0] * 0.99);
    expect(months[6]).toBeCloseTo(bare[6], 6);
    const snowfallCm = new Array<number>(weather.timeMs.length).fill(0);
    snowfallCm[24 * 15 + 3] = 5;
    const marion = simulateYear(site, {
      ...DEFAULT_SYSTEM,
      snow: { type: 'marion', nStringsAlongSlant: 1, snowfallCm },
    }).acMonthlyKwh;
    expect(marion[0]).toBeLessThan(bare[0]);
    expect(marion[5]).toBeCloseTo(bare[5], 6);
    expect(() => energy({ snow: { type: 'marion', nStringsAlongSlant: 1, snowfallCm: [0] } })).toThrow(
      'snow.snowfall_cm has 1 values',
    );
  });
});

describe('parts', () => {
  test('modules and inverters of the library give a year near that of PVWatts', () => {
    const module = findModule('Canadian Solar Inc. CS6X-310P')!;
    const inverter = findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!;
    const system: SolarSystem = {
      ...DEFAULT_SYSTEM,
      dcCapacityKw: (module.powerW * 18 * 20) / 1000,
      gammaPerK: module.gammaPerK,
      module: { type: 'cec', module: module.cec, modulesPerString: 18, nStrings: 20 },
      inverter: { type: 'sandia', inverter: inverter.sandia, nInverters: 2 },
    };
    const { specificYieldKwhPerKw, acKw } = simulateYear(site, system);
    const plain = simulateYear(site, { ...DEFAULT_SYSTEM, gammaPerK: module.gammaPerK }).specificYieldKwhPerKw;
    expect(Math.abs(specificYieldKwhPerKw / plain - 1)).toBeLessThan(0.065);
    expect(Math.min(...acKw)).toBeCloseTo((-2 * inverter.sandia.pnt) / 1000, 12);
  });

  test('temperature, IAM, spectral and transposition models differ by a few percent', () => {
    const changes: readonly Partial<SolarSystem>[] = [
      { temperature: { type: 'faiman', u0: 25, u1: 6.84 } },
      { temperature: { type: 'pvsyst', uc: 29, uv: 0, moduleEfficiency: 0.1, alphaAbsorption: 0.9 } },
      { temperature: { type: 'fuentes', installedNoctC: 45 } },
      {
        temperature: {
          type: 'noct_sam',
          noctC: 45,
          moduleEfficiency: 0.2,
          transmittanceAbsorptance: 0.9,
          arrayHeightStoreys: 1,
          mountStandoffInch: 6,
        },
      },
      { iam: { type: 'ashrae', b: 0.05, includeDiffuse: true } },
      { iam: { type: 'martin_ruiz', ar: 0.16, includeDiffuse: true } },
      { iam: { type: 'none' } },
      { iam: { type: 'points', angleDeg: [0, 60, 90], modifier: [1, 0.96, 0], includeDiffuse: true } },
      { iam: { type: 'physical', coatingIndex: 1.29, includeDiffuse: true } },
      { spectral: { type: 'de_soto' } },
      { spectral: { type: 'first_solar', module: 'cdte' } },
      { transposition: 'hay_davies' },
      { transposition: 'isotropic' },
    ];
    for (const change of changes) {
      expect(Math.abs(ratio(change) - 1)).toBeGreaterThan(1e-4);
      expect(Math.abs(ratio(change) - 1)).toBeLessThan(0.06);
    }
  });

  test("First Solar's factor without dew point or water is refused by name", () => {
    const { dewPointC: _, ...dry } = weather;
    const system: SolarSystem = { ...DEFAULT_SYSTEM, spectral: { type: 'first_solar', module: 'cdte' } };
    expect(() => simulateYear(prepareSite(dry, DEFAULT_PREPARATION), system)).toThrow(
      'spectral.precipitable_water_cm is absent',
    );
  });
});

describe('limits', () => {
  test('export limit, availability, curtailment and degradation', () => {
    const limited = simulateYear(site, { ...DEFAULT_SYSTEM, exportLimitKw: 40 });
    expect(Math.max(...limited.acKw)).toBe(40);
    expect(ratio({ availabilityPct: 90 }, { lossesPct: { ...DEFAULT_SYSTEM.lossesPct, availability: 0 } })).toBeCloseTo(
      0.9,
      12,
    );
    expect(ratio({ curtailmentPct: 25 })).toBeCloseTo(0.75, 12);
    const aged = (year: number) =>
      simulateYear(site, { ...DEFAULT_SYSTEM, degradation: { pctPerYear: 1, year } }).dcAnnualKwh;
    expect(aged(11) / aged(1)).toBeCloseTo(0.99 ** 10, 12);
  });
});

test('weather at steps of 15 and 1 minutes gives the energy of its hours', () => {
  const inSteps = (minutes: number): WeatherYear => {
    const parts = 60 / minutes;
    const repeat = (values: Float64Array) =>
      Float64Array.from({ length: 8760 * parts }, (_, i) => values[Math.floor(i / parts)]);
    return checkWeatherYear({
      ...weather,
      stepMinutes: minutes,
      timeMs: Float64Array.from({ length: 8760 * parts }, (_, i) => {
        const hour = Math.floor(i / parts);
        return weather.timeMs[hour] - 1_800_000 + ((i % parts) + 0.5) * minutes * 60_000;
      }),
      month: Uint8Array.from({ length: 8760 * parts }, (_, i) => weather.month[Math.floor(i / parts)]),
      ghiWm2: repeat(weather.ghiWm2),
      dniWm2: repeat(weather.dniWm2),
      dhiWm2: repeat(weather.dhiWm2),
      tempAirC: repeat(weather.tempAirC),
      windSpeedMPerS: repeat(weather.windSpeedMPerS),
      pressurePa: undefined,
      albedo: undefined,
      dewPointC: undefined,
      windDirectionDeg: undefined,
    } as WeatherYear);
  };
  const hourly = simulateYear(site, DEFAULT_SYSTEM);
  for (const minutes of [15, 1]) {
    const fine = simulateYear(prepareSite(inSteps(minutes), DEFAULT_PREPARATION), DEFAULT_SYSTEM);
    expect(fine.acKw).toHaveLength((8760 * 60) / minutes);
    expect(Math.abs(fine.acAnnualKwh / hourly.acAnnualKwh - 1)).toBeLessThan(0.02);
    expect(fine.acKw.reduce((sum, power) => sum + power, 0) / (60 / minutes) / fine.acAnnualKwh).toBeCloseTo(1, 10);
  }
});

test("an inverter's consumption counts only in the steps below its start, though its first watts may be fewer than it takes", () => {
  const module = findModule('Canadian Solar Inc. CS6X-310P')!;
  const unit = findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!;
  const cec = { type: 'cec', module: module.cec, modulesPerString: 18, nStrings: 1 } as const;
  const inverter = { type: 'sandia', inverter: unit.sandia, nInverters: 1 } as const;
  const year = simulateYear(site, { ...DEFAULT_SYSTEM, module: cec, dcCapacityKw: 5.58, inverter });
  let below = 0;
  year.dcKw.forEach((dc, i) => {
    const runs = dc * 1000 >= unit.sandia.pso;
    if (!runs) {
      below++;
      expect(year.acKw[i]).toBeCloseTo(-unit.sandia.pnt / 1000, 12);
    } else expect(year.acKw[i]).not.toBe(0);
  });
  const consumed = year.waterfall.steps.find(({ name }) => name === 'inverter_consumption');
  expect(consumed?.changeKwh).toBeCloseTo((-unit.sandia.pnt / 1000) * below, 8);
});

test('what would break the engine is refused with quantity, value and expectation', () => {
  const curve = { type: 'curve', acRatingKw: 10, nInverters: 1, dcKw: [0, 10], acKw: [0, 11], nightW: 0 } as const;
  const refused: readonly (readonly [Partial<SolarSystem>, string])[] = [
    [{ dcCapacityKw: 0 }, 'dc_capacity_kw is 0; expected above 0'],
    [{ temperature: { type: 'faiman', u0: Number.NaN, u1: 6.84 } }, 'temperature.u0 is NaN; expected a finite number'],
    [{ soiling: { type: 'monthly', pct: [1, Number.NaN] } }, 'soiling.pct.1 is NaN; expected a finite number'],
    [{ rows: { ...ROWS, model: 'linear' } }, 'rows.gcr is absent; expected'],
    [{ rows: { ...ROWS, model: 'linear', gcr: 0 } }, 'rows.gcr is 0; expected above 0'],
    [{ rows: { ...ROWS, model: 'fixed_fraction' } }, 'rows.fraction is absent; expected'],
    [
      { rows: { ...ROWS, model: 'linear', gcr: 0.4 }, mounting: { type: 'two_axis', maxTiltDeg: 90 } },
      'rows.model is given for two_axis',
    ],
    [{ bifacial: { ...BIFACIAL, bifaciality: 0.7 } }, 'bifacial.gcr is absent; expected'],
    [{ soiling: { type: 'monthly', pct: [1] } }, 'soiling.pct has 1 values; expected 12'],
    [{ farHorizon: { azimuthDeg: [], elevationDeg: [] } }, 'horizon: there are no points'],
    [{ inverter: curve }, 'inverter.ac_kw.1 is 11; expected at most the DC power, 10'],
    [
      {
        inverter: {
          type: 'sandia',
          inverter: findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!.sandia,
          nInverters: 1,
        },
      },
      'inverter.type is sandia; expected with module.type cec or pvsyst',
    ],
    [
      { iam: { type: 'points', angleDeg: [0, 50, 40], modifier: [1, 1, 1], includeDiffuse: true } },
      'iam.angle_deg.2 is 40 after 50; expected rising angles',
    ],
  ];
  for (const [change, message] of refused) expect(() => checkSystem({ ...DEFAULT_SYSTEM, ...change })).toThrow(message);
});
