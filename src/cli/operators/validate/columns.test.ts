import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { annualValidators } from './annual.ts';
import { cellTemperatureValidators } from './cell-temperature.ts';
import { compareSections } from './columns.ts';
import { financeValidators } from './finance.ts';
import { irradianceValidators } from './irradiance.ts';
import { solarPositionValidators } from './solar-position.ts';
import type { FileResult } from './types.ts';

const context = {
  readText: () => Promise.reject(new Error('no other file is needed')),
  readJson: () => Promise.reject(new Error('no other file is needed')),
};
const fixture = (name: string) => JSON.parse(readFileSync(`test/fixtures/reference/${name}`, 'utf8'));
const FAIMAN = {
  inputs: ['poa_global', 'temp_air', 'wind_speed', 'u0', 'u1'],
  outputs: ['temp_module'],
  columns: ['poa_global', 'temp_air', 'wind_speed', 'u0', 'u1', 'temp_module'],
  rows: [[500, 10, 0, 25, 6.84, 30]] as (number | null)[][],
};
const faiman = (change: object) =>
  cellTemperatureValidators['cell_temperature.json'](
    { sections: { faiman: { ...FAIMAN, ...change } } },
    context,
  ) as FileResult;
const isBeyond = ({ results }: FileResult): boolean => results.some((row) => !(row.maxError <= row.tolerance));

describe('a reference file', () => {
  test('agrees, and is found out when one number differs', () => {
    expect(isBeyond(faiman({}))).toBe(false);
    expect(isBeyond(faiman({ rows: [[500, 10, 0, 25, 6.84, 30.000001]] }))).toBe(true);
    expect(isBeyond(faiman({ rows: [[500, 10, 0, 25, 6.84, null]] }))).toBe(true);
    expect(isBeyond(faiman({ rows: [[null, 10, 0, 25, 6.84, Number.NaN]] }))).toBe(true);
  });

  test('with a missing column, list or value is refused by its place', () => {
    const columns = FAIMAN.columns.filter((column) => column !== 'u1');
    expect(() => faiman({ columns, rows: [[500, 10, 0, 25, 30]] })).toThrow('section faiman lacks the column u1');
    expect(() => faiman({ rows: undefined })).toThrow('section faiman: "rows" is not a list');
    expect(() => faiman({ rows: [[500, 10]] })).toThrow('section faiman, row 0: expected a list of 6 values');
    expect(() => faiman({ outputs: ['temp_cell'] })).toThrow('output temp_cell is not among its columns');
    expect(() => compareSections({}, {})).toThrow('"sections" is absent');
    expect(() => solarPositionValidators['solar_position.json']({ sections: null }, context)).toThrow('"sections"');
    expect(() => financeValidators['finance.json']({ sections: { pmt: [{ rate: 0.1 }] } }, context)).toThrow(
      'section pmt, row 0 lacks principal',
    );
  });

  test('lists what no model covers: a section, an output, a section without rows', () => {
    const columns = [...FAIMAN.columns, 'temp_other'];
    const rows = [[500, 10, 0, 25, 6.84, 30, 1]];
    expect(faiman({ columns, rows, outputs: ['temp_module', 'temp_other'] }).notCovered).toEqual(['faiman.temp_other']);
    expect(faiman({ rows: [] }).notCovered).toEqual(['faiman: no rows']);
    expect(compareSections({ sections: { other: FAIMAN } }, {}).notCovered).toEqual(['other']);
  });

  test('may have more fields and columns than its outputs', () => {
    const columns = [...FAIMAN.columns, 'remark'];
    expect(faiman({ columns, rows: [[500, 10, 0, 25, 6.84, 30, 'x']], seed: 7 }).results).toHaveLength(1);
  });
});

test('an incidence of nearly 0 degrees is compared by its cosine, which is all that its arc cosine knows', () => {
  const { transposition } = fixture('solar/irradiance.json').sections;
  const at = (name: string) => transposition.columns.indexOf(name);
  const row = [...transposition.rows[0]];
  row[at('surface_tilt')] = row[at('apparent_zenith')];
  row[at('surface_azimuth')] = row[at('azimuth')];
  row[at('aoi')] = 1.2e-6;
  const sections = { transposition: { ...transposition, outputs: ['aoi'], rows: [row] } };
  expect(isBeyond(irradianceValidators['irradiance.json']({ sections }, context) as FileResult)).toBe(false);
});

test('a case without its weather, and a month without sun, are no division by 0', async () => {
  const json = { weather: {}, cases: [{ case: { id: 'a', weather: 'none' }, results: { pvlib_pvwatts: {} } }] };
  await expect(annualValidators['annual.json'](json, context)).rejects.toThrow('names the weather none');
  await expect(annualValidators['annual.json']({}, context)).rejects.toThrow('"weather" is absent');
});
