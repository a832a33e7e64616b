import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromUnit, toUnit, unitIn } from './units.ts';

/** NIST Special Publication 811 (2008), appendix B.8 */
test.each([
  ['m', 100, 328.084, 'ft'],
  ['km', 10, 6.21371, 'mi'],
  ['ha', 1, 2.471054, 'acres'],
  ['km²', 1, 247.1054, 'acres'],
  ['m/s', 10, 22.36936, 'mph'],
  ['mm/h', 25.4, 1, 'in/h'],
  ['°C', -40, -40, '°F'],
  ['°C', 100, 212, '°F'],
  ['/m', 3.28084, 1, '/ft'],
])('%s: %d is %d %s', (metric, value, expected, name) => {
  const unit = unitIn('imperial', metric);
  expect(unit.name).toBe(name);
  expect(toUnit(unit, value)).toBeCloseTo(expected, 4);
});

test('metric units, and those that both systems have, stay as they are', () => {
  expect(unitIn('metric', 'm')).toEqual({ name: 'm', per: 1 });
  expect(unitIn('imperial', 'kWh')).toEqual({ name: 'kWh', per: 1 });
});

test('what is typed comes back as it was typed', () => {
  const metric = fc.constantFrom('m', 'km', 'ha', 'km²', 'm/s', 'mm/h', '°C', '/m');
  fc.assert(
    fc.property(metric, fc.integer({ min: -9999, max: 99_999 }), (name, hundredths) => {
      const unit = unitIn('imperial', name);
      const back = toUnit(unit, fromUnit(unit, hundredths / 100));
      expect(back).toBeCloseTo(hundredths / 100, 6);
    }),
  );
});
