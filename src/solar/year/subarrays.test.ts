import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import { cecModuleOf, sandiaInverterOf } from '../../cli/operators/validate/solar-system.ts';
import { systemOf } from '../../cli/operators/validate/annual.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import type { SolarSystem, Subarray } from '../system.ts';
import { checkSystem } from '../system.ts';
import { sharedVoltageOf } from './models.ts';
import { type PreparedSite, prepareSite, simulateYear, type YearResult } from './simulate.ts';

let site: PreparedSite;
beforeAll(() => {
  site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), DEFAULT_PREPARATION);
});

const reference = JSON.parse(readFileSync('test/fixtures/solar/subarrays.json', 'utf8'));
const { cases } = JSON.parse(readFileSync('test/fixtures/reference/solar/annual.json', 'utf8'));
const [{ case: first }] = cases;
const east = { type: 'fixed', tiltDeg: 10, azimuthDeg: 90 } as const;
const west = { type: 'fixed', tiltDeg: 15, azimuthDeg: 270 } as const;

/** The system of `subarrays.py` */
const ofPvlib: SolarSystem = {
  ...systemOf({ ...first, dc_ac_ratio: 1.3, losses_pct: 14 }),
  subarrays: [
    { name: 'east', sharePct: 60, mounting: east },
    { name: 'west', sharePct: 40, mounting: west },
  ],
};
const { stc_w, module, inverter } = first.cec;
const STRINGS = { east: [18, 12], west: [17, 8] } as const;
const modules = 18 * 12 + 17 * 8;
const inStrings: SolarSystem = {
  ...ofPvlib,
  dcCapacityKw: (stc_w * modules) / 1000,
  module: { type: 'cec', module: cecModuleOf(module), modulesPerString: 18, nStrings: 20 },
  inverter: { type: 'sandia', inverter: sandiaInverterOf(inverter), nInverters: 1 },
  subarrays: (
    [
      ['east', east],
      ['west', west],
    ] as const
  ).map(([name, mounting]): Subarray => {
    const [modulesPerString, nStrings] = STRINGS[name];
    return { name, mounting, modulesPerString, nStrings, sharePct: (100 * modulesPerString * nStrings) / modules };
  }),
};

function expectClosed({ waterfall, acAnnualKwh }: YearResult): void {
  const closed = waterfall.steps.reduce((sum, { changeKwh }) => sum + changeKwh, waterfall.startKwh);
  expect(Math.abs(closed - acAnnualKwh)).toBeLessThan(1e-9 * waterfall.startKwh);
}

describe('subarrays', () => {
  test('an east-west roof on one PVWatts inverter gives what the functions of pvlib give', () => {
    const year = simulateYear(site, ofPvlib);
    const { ac_annual_kwh, dc_annual_kwh, poa_annual_kwh_m2 } = reference.pvwatts;
    expect(year.acAnnualKwh / ac_annual_kwh).toBeCloseTo(1, 8);
    for (const [k, name] of ['east', 'west'].entries()) {
      expect(year.subarrays[k].dcAnnualKwh / dc_annual_kwh[name]).toBeCloseTo(1, 8);
      expect(year.subarrays[k].poaAnnualKwhM2 / poa_annual_kwh_m2[name]).toBeCloseTo(1, 8);
    }
    expectClosed(year);
  });

  test("strings at their own maximum power points on one inverter give what pvlib's sandia_multi gives", () => {
    const year = simulateYear(site, inStrings);
    expect(year.acAnnualKwh / reference.sandia_multi.ac_annual_kwh).toBeCloseTo(1, 7);
    expectClosed(year);
  });

  test('strings in parallel are at the voltage of their largest power together', () => {
    const parts = inStrings.subarrays!.map((one) => ({
      ...inStrings,
      module: { ...inStrings.module, modulesPerString: one.modulesPerString!, nStrings: one.nStrings! },
    })) as SolarSystem[];
    const shared = sharedVoltageOf(parts);
    for (const { conditions, power_w, voltage_v } of reference.shared) {
      shared.find(
        (p) => conditions[p][0],
        (p) => conditions[p][1],
      );
      expect(shared.voltageV / voltage_v).toBeCloseTo(1, 5);
      const together = power_w.reduce((sum: number, power: number) => sum + power, 0);
      expect((1000 * (shared.powersKw[0] + shared.powersKw[1])) / together).toBeCloseTo(1, 9);
    }
  });

  test('one voltage costs energy, which the waterfall names, and the parts add up to the plant', () => {
    const own = simulateYear(site, inStrings);
    const year = simulateYear(site, { ...inStrings, subarrayMpp: 'shared' });
    const lost = year.waterfall.steps.find(({ name }) => name === 'shared_voltage')!.changeKwh;
    expect(lost).toBeLessThan(0);
    expect(year.acAnnualKwh).toBeLessThan(own.acAnnualKwh);
    expect(own.waterfall.steps.some(({ name }) => name === 'shared_voltage')).toBe(false);
    expectClosed(year);
    for (const { subarrays, acAnnualKwh, dcAnnualKwh } of [own, year]) {
      const [ac, dc] = [
        subarrays[0].acAnnualKwh + subarrays[1].acAnnualKwh,
        subarrays[0].dcAnnualKwh + subarrays[1].dcAnnualKwh,
      ];
      expect(ac / acAnnualKwh).toBeCloseTo(1, 12);
      expect(dc / dcAnnualKwh).toBeCloseTo(1, 12);
    }
  });

  test.each(['own', 'shared'] as const)(
    'two equal subarrays are one system to 1e-12, with %s voltage',
    (subarrayMpp) => {
      const plain: SolarSystem = {
        ...inStrings,
        subarrays: undefined,
        mounting: east,
        wiring: { dcPct: 1.5, acPct: 1 },
        dcCapacityKw: (stc_w * 360) / 1000,
      };
      const half = { sharePct: 50, modulesPerString: 18, nStrings: 10, mounting: east };
      const one = simulateYear(site, plain);
      const two = simulateYear(site, { ...plain, subarrays: [half, half], subarrayMpp });
      expect(Math.abs(two.acAnnualKwh / one.acAnnualKwh - 1)).toBeLessThan(1e-12);
      expect(Math.abs(two.poaAnnualKwhM2 / one.poaAnnualKwhM2 - 1)).toBeLessThan(1e-12);
      two.waterfall.steps
        .filter(({ name }) => name !== 'shared_voltage')
        .forEach(({ name, leftKwh }, k) => {
          expect(one.waterfall.steps[k].name).toBe(name);
          expect(Math.abs(leftKwh / one.waterfall.steps[k].leftKwh - 1)).toBeLessThan(1e-12);
        });
      const equal = { sharePct: 50, mounting: DEFAULT_SYSTEM.mounting };
      const linear = simulateYear(site, { ...DEFAULT_SYSTEM, subarrays: [equal, equal] });
      expect(Math.abs(linear.acAnnualKwh / simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh - 1)).toBeLessThan(1e-12);
    },
  );

  test('each has its own rows, horizon and near shading', () => {
    const half = { sharePct: 50, mounting: east };
    const year = simulateYear(site, {
      ...DEFAULT_SYSTEM,
      subarrays: [half, { ...half, farHorizon: { azimuthDeg: [0, 180], elevationDeg: [30, 30] }, shadingPct: 10 }],
    });
    const [open, shaded] = year.subarrays;
    expect(shaded.poaAnnualKwhM2).toBeLessThan(open.poaAnnualKwhM2);
    expect(shaded.poaUnshadedAnnualKwhM2).toBe(open.poaUnshadedAnnualKwhM2);
    expect(year.waterfall.steps.find(({ name }) => name === 'far_horizon')!.changeKwh).toBeLessThan(0);
    expectClosed(year);
  });

  test('refuses shares that do not add up, and one voltage without strings', () => {
    const one = { sharePct: 40, mounting: east };
    expect(() => checkSystem({ ...DEFAULT_SYSTEM, subarrays: [one, one] })).toThrow('shares of 80 % together');
    const halves = [
      { ...one, sharePct: 50 },
      { ...one, sharePct: 50 },
    ];
    expect(() => checkSystem({ ...DEFAULT_SYSTEM, subarrays: halves, subarrayMpp: 'shared' })).toThrow('no voltage');
    expect(() => checkSystem({ ...inStrings, subarrays: halves })).toThrow('subarrays.0.modules_per_string is NaN');
  });
});
