import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  findInverter,
  findModule,
  libraryInverters,
  libraryModules,
  parseCecInverters,
  parseCecModules,
} from './library.ts';
import { INVERTER_ROWS, MODULE_ROWS } from './library-data.ts';

const annual = JSON.parse(readFileSync('test/fixtures/reference/solar/annual.json', 'utf8'));

test('holds several hundred modules and inverters, each with its own id', () => {
  const modules = libraryModules();
  const inverters = libraryInverters();
  expect(modules.length).toBeGreaterThan(300);
  expect(inverters.length).toBeGreaterThan(200);
  expect(new Set(modules.map(({ id }) => id)).size).toBe(modules.length);
  expect(new Set(inverters.map(({ id }) => id)).size).toBe(inverters.length);
  for (const { efficiency } of modules) expect(efficiency).toBeLessThan(0.25);
  for (const { efficiency } of inverters) expect(efficiency).toBeLessThan(1);
});

test("the reference's module and inverter are among them, with the same parameters", () => {
  const { cec } = annual.cases.find((entry: { case: { cec?: object } }) => entry.case.cec).case;
  const module = findModule('Canadian Solar Inc. CS6X-310P')!;
  expect(module.powerW).toBeCloseTo(cec.stc_w, 6);
  expect(module.cec).toEqual({
    alphaScAPerK: cec.module.alpha_sc,
    aRefV: cec.module.a_ref,
    iLRefA: cec.module.I_L_ref,
    iORefA: cec.module.I_o_ref,
    rSOhm: cec.module.R_s,
    rShRefOhm: cec.module.R_sh_ref,
    adjustPct: cec.module.Adjust,
  });
  const inverter = findInverter('ABB: TRIO-50.0-TL-OUTD-US-480 [480V]')!;
  expect(inverter.sandia.paco).toBe(cec.inverter.Paco);
  expect(inverter.sandia.pdco / cec.inverter.Pdco).toBeCloseTo(1, 8);
});

test('has nothing by a name that is not in it', () => expect(findModule('x')).toBeUndefined());

test('rows by upload are checked: column, value, range, and the power that the parameters give', () => {
  const [heading, first] = MODULE_ROWS.split('\n');
  expect(parseCecModules(`${heading}\nUnits,,\n[0],,\n${first}\n`)).toHaveLength(1);
  const cells = first.split(',');
  const broken = (column: string, value: string) =>
    `${heading}\n${cells.map((cell, i) => (heading.split(',')[i] === column ? value : cell)).join(',')}`;
  expect(() => parseCecModules(broken('a_ref', 'x'))).toThrow(/line 2, Aleo .*: a_ref is "x"; expected 0.001 to 100/);
  expect(() => parseCecModules(broken('R_s', '5'))).toThrow('its parameters give');
  expect(() => parseCecModules('a,b\n1,2')).toThrow('line 1 has no column Name');
  expect(() => parseCecModules(heading)).toThrow('there is no row below the heading');
  expect(parseCecInverters(INVERTER_ROWS.split('\n').slice(0, 3).join('\n'))).toHaveLength(2);
});
