import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import { parseWeather } from '../../weather/parse.ts';
import { findInverter, findModule } from '../../services/solar/bundled.ts';
import { curvePoints, diodeParameters } from '../power/single-diode.ts';
import { acRatingKw, type SolarSystem } from '../system.ts';
import { dcWiringOf } from './models.ts';
import { type PreparedSite, prepareSite, simulateYear, type YearResult } from './simulate.ts';

let site: PreparedSite;
beforeAll(() => {
  site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), DEFAULT_PREPARATION);
});

const HOURS = 8760;
const without: SolarSystem = { ...DEFAULT_SYSTEM, lossesPct: { ...DEFAULT_SYSTEM.lossesPct, wiring: 0 } };
const changeOf = ({ waterfall }: YearResult, name: string): number =>
  waterfall.steps.find((step) => step.name === name)?.changeKwh ?? Number.NaN;
const squares = (series: Float64Array): number => series.reduce((sum, power) => sum + power * power, 0);

function expectClosed({ waterfall, acAnnualKwh }: YearResult): void {
  const closed = waterfall.steps.reduce((sum, { changeKwh }) => sum + changeKwh, waterfall.startKwh);
  expect(Math.abs(closed - acAnnualKwh)).toBeLessThan(1e-9 * waterfall.startKwh);
}

describe('losses of the plant', () => {
  test('AC cables lose f P2 / P_rated of each step', () => {
    const before = simulateYear(site, without);
    const year = simulateYear(site, { ...without, wiring: { dcPct: 0, acPct: 2 } });
    expect(changeOf(year, 'ac_wiring')).toBeCloseTo((-0.02 * squares(before.acKw)) / acRatingKw(without), 6);
    expect(changeOf(year, 'dc_wiring')).toBeCloseTo(0, 6);
    expectClosed(year);
  });

  test('DC cables lose f P2 / P_nameplate, and their model replaces losses_pct.wiring', () => {
    const before = simulateYear(site, without);
    const year = simulateYear(site, { ...DEFAULT_SYSTEM, wiring: { dcPct: 1.5, acPct: 0 } });
    expect(changeOf(year, 'dc_wiring')).toBeCloseTo((-0.015 * squares(before.dcKw)) / without.dcCapacityKw, 6);
    expect(changeOf(year, 'loss_wiring')).toBeNaN();
    expectClosed(year);
  });

  test('with modules in strings the current counts: the same power at a lower voltage loses more', () => {
    const { cec, powerW } = findModule('Canadian Solar Inc. CS6X-310P')!;
    const module = { type: 'cec', module: cec, modulesPerString: 10, nStrings: 10 } as const;
    const lossKw = dcWiringOf({ ...without, dcCapacityKw: powerW / 10, module, wiring: { dcPct: 1.5, acPct: 0 } });
    const ratedV = 10 * curvePoints(diodeParameters(module, 1000, 25)).vMpV;
    expect(lossKw(powerW / 10, ratedV) / (powerW / 10)).toBeCloseTo(0.015, 12);
    expect(lossKw(20, ratedV / 2)).toBeCloseTo(4 * lossKw(20, ratedV), 12);
    expect(lossKw(0, 0)).toBe(0);
    const { sandia } = findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!;
    const strings = { ...module, modulesPerString: 18, nStrings: 20 };
    const year = simulateYear(site, {
      ...without,
      dcCapacityKw: (powerW * 360) / 1000,
      module: strings,
      inverter: { type: 'sandia', inverter: sandia, nInverters: 2 },
      wiring: { dcPct: 1.5, acPct: 1 },
      transformer: { ironPct: 0.1, copperPct: 1, isOffAtNight: false },
    });
    expect(changeOf(year, 'dc_wiring')).toBeLessThan(0);
    expectClosed(year);
  });

  test('the core of a transformer loses by day and night, its windings with the square of the load', () => {
    const before = simulateYear(site, without);
    const transformer = { ironPct: 0.1, copperPct: 1, ratedKw: 90, isOffAtNight: false };
    const year = simulateYear(site, { ...without, transformer });
    expect(changeOf(year, 'transformer_iron')).toBeCloseTo(-0.001 * 90 * HOURS, 6);
    expect(changeOf(year, 'transformer_copper')).toBeCloseTo((-0.01 * squares(before.acKw)) / 90, 6);
    const night = site.weather.ghiWm2.indexOf(0);
    expect(year.acKw[night]).toBeCloseTo(-0.09, 12);
    expectClosed(year);
    const off = simulateYear(site, { ...without, transformer: { ...transformer, isOffAtNight: true } });
    expect(off.acKw[night]).toBeCloseTo(0, 12);
    expect(off.acAnnualKwh).toBeGreaterThan(year.acAnnualKwh);
    expectClosed(off);
  });

  test('auxiliaries draw at all times, and more while the inverters deliver nothing', () => {
    const before = simulateYear(site, without);
    const nights = before.acKw.reduce((count, power) => count + (power > 0 ? 0 : 1), 0);
    const year = simulateYear(site, { ...without, auxiliaries: { constantKw: 0.2, nightKw: 0.1 } });
    expect(before.acAnnualKwh - year.acAnnualKwh).toBeCloseTo(0.2 * HOURS + 0.1 * nights, 6);
    expect(changeOf(year, 'auxiliaries')).toBeCloseTo(year.acAnnualKwh - before.acAnnualKwh, 6);
    expectClosed(year);
  });

  test('modules above their nameplate are a gain', () => {
    const lossesPct = { ...without.lossesPct, nameplateRating: -0.8 };
    const zero = simulateYear(site, { ...without, lossesPct: { ...lossesPct, nameplateRating: 0 } });
    const year = simulateYear(site, { ...without, lossesPct });
    expect(changeOf(year, 'loss_nameplate_rating')).toBeGreaterThan(0);
    expect(year.dcAnnualKwh / zero.dcAnnualKwh).toBeCloseTo(1.008, 12);
    expectClosed(year);
  });
});
