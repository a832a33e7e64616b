import { describe, expect, test } from '@jest/globals';
import { CompiledSite, requireFeasible } from './layout-site.ts';

const SQUARE = {
  outer: [
    [0, 0],
    [1000, 0],
    [1000, 1000],
    [0, 1000],
  ] as [number, number][],
};
const at = { inside: 0, byX: 0, byY: 0 };

describe('distance to the edge', () => {
  const site = new CompiledSite({
    zones: [
      {
        ...SQUARE,
        holes: [
          [
            [400, 400],
            [600, 400],
            [600, 600],
            [400, 600],
          ],
        ],
      },
      { xM: 2000, yM: 500, radiusM: 300 },
    ],
    exclusions: [{ xM: 100, yM: 100, radiusM: 50 }],
    minSpacingM: 100,
  });

  test.each([
    [200, 500, 200],
    [390, 500, 10],
    [500, 450, -50],
    [-30, 500, -30],
    [2000, 500, 300],
    [1500, 500, -200],
    [100, 100, -50],
    [100, 160, 10],
  ])('%p, %p is %p m inside', (x, y, inside) => {
    expect(site.distance(x, y, at).inside).toBeCloseTo(inside, 9);
  });

  test('its gradient is that of the distance', () => {
    const h = 1e-5;
    const value = (x: number, y: number) => site.distance(x, y, { inside: 0, byX: 0, byY: 0 }).inside;
    for (let x = -97; x < 2400; x += 171)
      for (let y = -83; y < 1100; y += 139) {
        const { byX, byY } = site.distance(x, y, at);
        expect((value(x + h, y) - value(x - h, y)) / (2 * h)).toBeCloseTo(byX, 5);
        expect((value(x, y + h) - value(x, y - h)) / (2 * h)).toBeCloseTo(byY, 5);
      }
    expect(site.distance(1000, 500, at)).toEqual({ inside: expect.closeTo(0, 9), byX: -1, byY: expect.closeTo(0, 9) });
  });
});

describe('refuses before work starts', () => {
  const square = (change: object) => () => new CompiledSite({ zones: [SQUARE], minSpacingM: 100, ...change });

  test('a crossed polygon, with the edges', () => {
    const outer = [
      [0, 0],
      [1000, 1000],
      [1000, 0],
      [0, 1000],
    ] as [number, number][];
    expect(square({ zones: [{ outer }] })).toThrow('site zone 0 crosses itself: the edge from corner 0 at 0, 0 m');
  });

  test('a spacing larger than the site', () => {
    expect(square({ minSpacingM: 1500 })).toThrow('min_spacing_m is 1500; the site is 1414 m across: expected less');
  });

  test('more turbines than the area holds, with the numbers', () => {
    const site = square({})();
    expect(() => site.requireCapacity(120)).not.toThrow();
    expect(() => site.requireCapacity(200)).toThrow(
      '200 turbines at 100 m do not fit: the site of 1.000 km2 holds at most 139',
    );
  });

  test('exclusion zones that leave no place, or less than the turbines need', () => {
    const cover = {
      outer: [
        [-10, -10],
        [600, -10],
        [600, 1010],
        [-10, 1010],
      ] as [number, number][],
    };
    const other = { xM: 900, yM: 500, radiusM: 640 };
    const nothing = 'the exclusion zones cover the whole site: no place is left for a turbine';
    expect(square({ exclusions: [SQUARE] })).toThrow(nothing);
    expect(square({ exclusions: [cover, other] })).toThrow(nothing);
    // 400 m x 1000 m are left.
    const site = square({ exclusions: [cover] })();
    expect(site.areaM2).toBeCloseTo(400_000, 0);
    expect(() => site.requireCapacity(63)).not.toThrow();
    expect(() => site.requireCapacity(64)).toThrow('the site of 0.400 km2 holds at most 63');
  });

  test('turbines outside or too near', () => {
    const site = square({})();
    expect(() => requireFeasible(site, [1, 1200], [1, 1])).toThrow('turbine 1 at 1200, 1 m is 200.0 m outside');
    expect(() => requireFeasible(site, [1, 51], [1, 1])).toThrow(
      'turbine 0 and turbine 1 are 50.000 m apart; expected at least 100',
    );
    expect(() => requireFeasible(site, [0, 100], [0, 1])).not.toThrow();
  });

  test('rings that are no polygons', () => {
    expect(
      square({
        zones: [
          {
            outer: [
              [0, 0],
              [1, 1],
            ],
          },
        ],
      }),
    ).toThrow('site zone 0 has 2 corners; expected at least 3');
    expect(square({ zones: [] })).toThrow('the site has no zones');
    expect(square({ zones: [{ xM: 0, yM: 0, radiusM: -1 }] })).toThrow('radius_m is -1');
  });
});
