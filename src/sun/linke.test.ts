import { expect, test } from '@jest/globals';
import { linkeTurbidityMonths, linkeTurbidityOfDay } from './linke.ts';

// Of the climatology of 1/12 degree (pvlib.clearsky.lookup_linke_turbidity, no interpolation), January first.
const PLACES: readonly (readonly [latitude: number, longitude: number, months: readonly number[]])[] = [
  [36.1, -79.95, [2.65, 2.75, 3.65, 4.05, 4.1, 4.55, 4.5, 5.05, 3.9, 3.2, 3.1, 2.85]],
  [45, 8, [3.4, 3.8, 3.8, 4.15, 4.75, 5.05, 4.55, 4.0, 3.95, 3.8, 3.4, 3.05]],
  [28.6, 77.2, [3.0, 3.25, 3.7, 4.05, 4.3, 4.5, 5.1, 5.3, 4.3, 3.65, 3.25, 3.1]],
  [-33.9, 151.2, [3.15, 2.85, 2.8, 2.65, 2.6, 2.45, 2.5, 2.65, 2.7, 2.85, 2.7, 2.85]],
  [-10, -150, [3.95, 4.05, 3.65, 3.5, 3.2, 3.4, 3.1, 3.05, 3.35, 3.8, 3.9, 3.95]],
  [0, 179.99, [3.9, 3.9, 3.85, 3.8, 3.35, 3.8, 3.55, 3.55, 3.85, 3.8, 3.65, 3.65]],
];

test('stays near the fine climatology on all continents and across the date line', () => {
  let sum = 0;
  for (const [latitude, longitude, months] of PLACES) {
    const found = linkeTurbidityMonths(latitude, longitude);
    for (const [m, turbidity] of months.entries()) {
      expect(Math.abs(found[m] - turbidity)).toBeLessThan(1);
      sum += Math.abs(found[m] - turbidity);
    }
  }
  expect(sum / (12 * PLACES.length)).toBeLessThan(0.3);
  expect(linkeTurbidityMonths(0, 180)[0]).toBeCloseTo(linkeTurbidityMonths(0, -180)[0], 12);
  expect(linkeTurbidityMonths(90, 0)[6]).toBeGreaterThan(1);
});

test('a day lies between the middles of its months, and the year closes', () => {
  const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect(linkeTurbidityOfDay(months, 16)).toBeCloseTo(1, 1);
  expect(linkeTurbidityOfDay(months, 31)).toBeGreaterThan(1.4);
  expect(linkeTurbidityOfDay(months, 365)).toBeCloseTo(linkeTurbidityOfDay(months, 1) + 11 / 31, 1);
});

test('a place beyond the pole is refused', () => {
  expect(() => linkeTurbidityMonths(91, 0)).toThrow('latitude_deg is 91; expected -90 to 90');
});
