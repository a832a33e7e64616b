import { expect, test } from '@jest/globals';
import { drawable, flowing } from './fonts.ts';

test('a line never ends within a unit, but behind other slashes', () => {
  expect(flowing('7,155 MWh/a, 1,699 kWh/kWp, 51.81 EUR/MWh, 1,986 kWh/m\u00b2')).toBe(
    '7,155 MWh/\u2060a, 1,699 kWh/\u2060kWp, 51.81 EUR/\u2060MWh, 1,986 kWh/\u2060m\u00b2',
  );
  for (const text of ['PV/wind', 'doi:10.1016/j.solener', 'DC/AC']) expect(flowing(text)).toBe(text);
});

test('what the font lacks is a question mark', () => {
  expect(drawable('Windpark \u98a8')).toBe('Windpark ?');
});
