import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { findInverter, findModule, libraryInverters, libraryModules } from '../../services/solar/bundled.ts';
import { someInverters, someModules } from '../../../test/support/bundled-components.ts';
import { CecList, parseCecInverters, parseCecModules } from './library.ts';

const MODULE_ROWS = `Name,Technology,Bifacial,STC,A_c,N_s,I_sc_ref,V_oc_ref,I_mp_ref,V_mp_ref,alpha_sc,beta_oc,T_NOCT,a_ref,I_L_ref,I_o_ref,R_s,R_sh_ref,Adjust,gamma_r
Aleo Solar P18Y265,Multi-c-Si,0,265.248,1.643,60,9.14,37.7,8.64,30.7,0.004022,-0.118378,47.5,1.524795,9.143001,1.66437e-10,0.285277,868.94397,9.168512,-0.43`;
const INVERTER_ROWS = `Name,Vac,Pso,Paco,Pdco,Vdco,C0,C1,C2,C3,Pnt,Vdcmax,Idcmax,Mppt_low,Mppt_high
ABB: MICRO-0.25-I-OUTD-US-208 [208V],208,2.089607,250,259.588593,40,-4.1e-05,-9.1e-05,0.000494,-0.013171,0.075,50,6.489715,30,50`;

const annual = JSON.parse(readFileSync('test/fixtures/reference/solar/annual.json', 'utf8'));

test('holds all 21,535 modules and 3,264 inverters of the files, each with its own id', () => {
  const modules = libraryModules().entries;
  const inverters = libraryInverters().entries;
  expect([modules.length, inverters.length]).toEqual([21_535, 3_264]);
  for (const entries of [modules, inverters]) {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).sort());
  }
  for (const { efficiency } of someModules(300)) expect(efficiency).toBeLessThan(0.25);
  for (const { efficiency } of someInverters(300)) expect(efficiency).toBeLessThan(1);
});

test('an entry and its item agree, by id and by name', () => {
  const list = new CecList(`${MODULE_ROWS}\nUnits,,\n[0],cec_material\n`, 'STC', parseCecModules);
  const [entry] = list.entries;
  expect(entry).toEqual({
    id: 'Aleo_Solar_P18Y265',
    name: 'Aleo Solar P18Y265',
    lowerName: 'aleo solar p18y265',
    technology: 'Multi-c-Si',
    powerW: 265.248,
  });
  expect(list.find(entry.id)).toEqual(list.at(entry));
  expect(list.find(entry.name)).toMatchObject({ powerW: 265.248, cec: { aRefV: 1.524795 } });
  expect(() => new CecList('a,b\n1,2', 'STC', parseCecModules)).toThrow('line 1 lacks Name or STC');
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
  expect(parseCecInverters(INVERTER_ROWS)).toHaveLength(1);
});
