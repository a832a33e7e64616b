import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { cellTemperatureValidators } from '../../cli/operators/validate/cell-temperature.ts';
import {
  faimanCellTemperature,
  noctSamCellTemperature,
  pvsystCellTemperature,
  sapmCellTemperature,
  sapmModuleTemperature,
} from './cell-temperature.ts';
import { fuentesCellTemperature } from './fuentes.ts';

type Row = Record<string, number>;
const { sections } = JSON.parse(readFileSync('test/fixtures/reference/solar/cell_temperature.json', 'utf8'));
const rowsOf = (section: string): Row[] =>
  sections[section].rows.map((row: number[]) =>
    Object.fromEntries(sections[section].columns.map((name: string, k: number) => [name, row[k]])),
  );

function expectAgreement(section: string, pairs: (row: Row) => readonly (readonly [number, number])[]) {
  const rows = rowsOf(section);
  expect(rows.length).toBe(40);
  for (const row of rows)
    for (const [computed, expected] of pairs(row))
      expect(Math.abs(computed - expected)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(expected)));
}

test('SAPM agrees with pvlib to 1e-8', () =>
  expectAgreement('sapm', (r) => {
    const thermal = { a: r.a, b: r.b, deltaTK: r.deltaT };
    return [
      [sapmModuleTemperature(r.poa_global, r.temp_air, r.wind_speed, thermal), r.temp_module],
      [sapmCellTemperature(r.poa_global, r.temp_air, r.wind_speed, thermal), r.temp_cell],
    ];
  }));

test('Faiman agrees with pvlib to 1e-8', () =>
  expectAgreement('faiman', (r) => [
    [faimanCellTemperature(r.poa_global, r.temp_air, r.wind_speed, r.u0, r.u1), r.temp_module],
  ]));

test('PVsyst agrees with pvlib to 1e-8', () =>
  expectAgreement('pvsyst', (r) => [
    [
      pvsystCellTemperature(
        r.poa_global,
        r.temp_air,
        r.wind_speed,
        r.u_c,
        r.u_v,
        r.module_efficiency,
        r.alpha_absorption,
      ),
      r.temp_cell,
    ],
  ]));

test('NOCT-SAM agrees with pvlib to 1e-8', () =>
  expectAgreement('noct_sam', (r) => [
    [
      noctSamCellTemperature(r.poa_global, r.temp_air, r.wind_speed, {
        noctC: r.noct,
        moduleEfficiency: r.module_efficiency,
        transmittanceAbsorptance: r.transmittance_absorptance,
        arrayHeightStoreys: r.array_height as 1 | 2,
        mountStandoffInch: r.mount_standoff,
      }),
      r.temp_cell,
    ],
  ]));

test("Fuentes' series agrees with pvlib to 1e-8", async () => {
  const unused = () => Promise.reject(new Error('no other file is needed'));
  const { results, notCovered } = await cellTemperatureValidators['cell_temperature.json'](
    { sections },
    { readText: unused, readJson: unused },
  );
  expect(notCovered).toEqual([]);
  expect(results.filter(({ quantity }) => quantity.startsWith('fuentes'))).toHaveLength(2);
  for (const { quantity, maxError, tolerance } of results)
    expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
});

test('Fuentes remembers: the same hour is warmer after sun than after night', () => {
  const after = (before: number) =>
    fuentesCellTemperature([before, 500], [20, 20], [1, 1], 0.25, { installedNoctC: 45 })[1];
  expect(after(900)).toBeGreaterThan(after(0) + 1);
});
