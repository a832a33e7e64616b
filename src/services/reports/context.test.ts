import { expect, test } from '@jest/globals';
import { Formatter } from './format.ts';
import { echo } from './context.ts';

test('inputs are listed by their paths: equal records in rows of their names, long lists by their length', () => {
  const input = {
    name: 'a',
    gap: null,
    sectors: [
      { frequency: 0.5, scale_m_s: 8 },
      { frequency: 0.3, scale_m_s: 9.5, note: 'x' },
      { frequency: 0.2, scale_m_s: 10 },
    ],
    boundary: {
      rings: [
        [8.06, 55.58],
        [8.1, 55.575],
      ],
    },
    mounting: { type: 'fixed', tilt_deg: 30 },
    parts: [{ inner: { a: 1 } }, { inner: { a: 2 } }],
    hours: Array.from({ length: 8760 }, (_, k) => k),
  };
  expect(echo(new Formatter('de', 'metric', 'EUR'), input)).toEqual([
    ['name', 'a'],
    ['sectors[].frequency', '0,5; 0,3; 0,2'],
    ['sectors[].scale_m_s', '8; 9,5; 10'],
    ['sectors[].note', '\u2013; x; \u2013'],
    ['boundary.rings', '8,06, 55,58; 8,1, 55,575'],
    ['mounting.type', 'fixed'],
    ['mounting.tilt_deg', '30'],
    ['parts[0].inner.a', '1'],
    ['parts[1].inner.a', '2'],
    ['hours', '[8760]'],
  ]);
});
