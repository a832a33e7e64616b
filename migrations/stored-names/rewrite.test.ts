import { describe, expect, test } from '@jest/globals';
import { decodeColumns, encodeColumns } from '../../src/series/columns.ts';
import { formerOf } from './areas.ts';
import { plantEconomicsDown } from './economics.ts';
import { apply, renameColumns, renameCsv, type Step } from './rewrite.ts';

const NAMES = { wind_speed_ms: 'wind_speed_m_s' };
const context = { input: {}, hoursOf: () => 8760 };

describe('steps', () => {
  const steps: Step[] = [
    { at: '**', names: { a_ms: 'a_m_s' } },
    { at: '{one,many[]}.inner', names: { old: 'new' } },
    { at: '', values: { kinds: { x: 'y' }, kind: { x: 'y' } } },
  ];
  const former = () => ({
    a_ms: 1,
    one: { inner: { old: 2, a_ms: 3 } },
    many: [{ inner: { old: 4 } }, { inner: null }, null],
    kinds: ['x', 'z'],
    kind: 'x',
    losses_pct: { a_ms: 5 },
  });
  const after = {
    a_m_s: 1,
    one: { inner: { new: 2, a_m_s: 3 } },
    many: [{ inner: { new: 4 } }, { inner: null }, null],
    kinds: ['y', 'z'],
    kind: 'y',
    losses_pct: { a_ms: 5 },
  };

  test('go up and down again, and leave names that customers chose', () => {
    const value = former();
    apply(value, steps, 'up', context);
    expect(value).toEqual(after);
    expect(Object.keys(value)).toEqual(Object.keys(after));
    apply(value, steps, 'down', context);
    expect(value).toEqual(former());
  });
});

test('columns of a series get other names, and every value stays', () => {
  const columns = { time_ms: Float64Array.of(1, 2), wind_speed_ms: Float32Array.of(3.5, Number.NaN) };
  const data = encodeColumns(columns, { wind_speed_ms: 9, columns: 2 });
  const renamed = renameColumns(data, NAMES, 'up');
  expect(decodeColumns(renamed)).toEqual({
    columns: { time_ms: columns.time_ms, wind_speed_m_s: columns.wind_speed_ms },
    meta: { wind_speed_m_s: 9, columns: 2 },
  });
  expect(renameColumns(renamed, NAMES, 'down')).toEqual(data);
});

test.each([
  ['time,wind_speed_ms,wd\n1,wind_speed_ms,3', 'time,wind_speed_m_s,wd\n1,wind_speed_ms,3'],
  ['\uFEFF"Time";"Wind_Speed_MS"\r\n1;2', '\uFEFF"Time";"wind_speed_m_s"\r\n1;2'],
  ['time,ws,wd\n1,2,3', 'time,ws,wd\n1,2,3'],
])('the header of a CSV gets other names, and nothing else changes: %#', (text, expected) => {
  expect(renameCsv(text, NAMES, 'up')).toBe(expected);
});

describe('what the version before has no form for stops the way down', () => {
  const polygon = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  };
  test.each([
    [{ ...polygon, unit: 'deg', setback_m: 5 }, 'a setback of 5 m'],
    [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [1, 2] },
        properties: { radius_m: 9 },
        unit: 'deg',
        setback_m: 0,
      },
      'a circle',
    ],
  ])('an area: %#', (area, message) => {
    expect(() => formerOf(area)).toThrow(message);
  });
  test('economics', () => {
    const economics = { costs: {}, variable_cost_per_kwh: 0, debt: null, depreciation: { type: 'none' } };
    expect(() => plantEconomicsDown(economics)).toThrow('a depreciation');
  });
});
