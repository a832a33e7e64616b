import { expect, test } from '@jest/globals';
import { clearSky } from './clear-sky.ts';

const TURIN = { latitudeDeg: 45, longitudeDeg: 8, elevationM: 250 };
const TIMES = [6, 9, 12, 23].map((hour) => Date.UTC(2024, 5, 21, hour));

test('agrees with pvlib: Ineichen of all three irradiances, Haurwitz of the global one; nothing at night', () => {
  // pvlib 0.16.1: clearsky.ineichen with linke_turbidity 3.5, clearsky.haurwitz
  const expected = [
    [290.68932469769817, 608.5758077658429, 67.38226849951391, 343.0512879429156],
    [775.4550759517235, 836.0588880955104, 109.7451293061655, 811.839843615672],
    [922.8140054973982, 868.386674090983, 120.0143797951979, 952.3127538265696],
    [0, 0, 0, 0],
  ];
  const { ghiWm2, dniWm2, dhiWm2 } = clearSky(TIMES, { ...TURIN, linkeTurbidity: 3.5 }, 'ineichen');
  const haurwitz = clearSky(TIMES, TURIN, 'haurwitz');
  expected.forEach(([ghi, dni, dhi, simple], i) => {
    expect(ghiWm2[i]).toBeCloseTo(ghi, 5);
    expect(dniWm2?.[i]).toBeCloseTo(dni, 5);
    expect(dhiWm2?.[i]).toBeCloseTo(dhi, 5);
    expect(haurwitz.ghiWm2[i]).toBeCloseTo(simple, 5);
  });
  expect(haurwitz.dniWm2).toBeUndefined();
});

test("without a turbidity it takes the world's table; a turbidity out of range is refused", () => {
  const { ghiWm2 } = clearSky(TIMES, TURIN, 'ineichen');
  expect(ghiWm2[2]).toBeGreaterThan(800);
  expect(ghiWm2[2]).toBeLessThan(1000);
  expect(() => clearSky(TIMES, { ...TURIN, linkeTurbidity: 0 }, 'ineichen')).toThrow('linke_turbidity is 0');
});
