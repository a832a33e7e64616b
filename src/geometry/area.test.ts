import { describe, expect, test } from '@jest/globals';
import { areaSchema } from '../contracts/common/area.schema.ts';
import { CompiledSite } from '../wind/layout/layout-site.ts';
import { projectionOfArea, zonesOfArea } from './area.ts';
import { type Point, localProjection } from './projection.ts';
import { crossedShare, extentWithout, isCircle } from './zones.ts';

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const zonesOf = (given: object, side: 'inside' | 'outside' = 'inside') => {
  const area = areaSchema.parse(given);
  return zonesOfArea(area, side, area.unit === 'deg' ? projectionOfArea(area, '/boundary') : null, '/boundary');
};
const inMetres = (coordinates: number[][][], more: object = {}) => ({
  type: 'Polygon',
  unit: 'm',
  coordinates,
  ...more,
});
const circle = (x: number, y: number, radius_m: number) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [x, y] },
  properties: { radius_m },
});
const sizeOf = (given: object, side: 'inside' | 'outside' = 'inside') => extentWithout(zonesOf(given, side), []).areaM2;

describe('areas in degrees', () => {
  const feature = {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [square(7.8, 55.4, 0.1), square(7.84, 55.44, 0.02)] },
  };

  test('a polygon with a hole lies flat with its true area', () => {
    // Area on the WGS84 ellipsoid at 55.45 degrees: 111,327 m by 63,270 m a degree.
    const site = new CompiledSite({ zones: zonesOf(feature), minSpacingM: 500 });
    expect(site.areaM2 / (111_327 * 63_270 * (0.01 - 0.0004))).toBeCloseTo(1, 3);
    expect(projectionOfArea(areaSchema.parse(feature), '').latitudeDeg).toBeCloseTo(55.45, 9);
  });

  test('places go there and back', () => {
    const projection = localProjection(7.85, 55.45);
    const [x, y] = projection.toPlane(7.9, 55.5);
    expect(Math.hypot(x, y)).toBeGreaterThan(6000);
    const [longitude, latitude] = projection.toGlobe(x, y);
    expect(longitude).toBeCloseTo(7.9, 10);
    expect(latitude).toBeCloseTo(55.5, 10);
    // A second of latitude along the meridian: the radius of curvature there is 6,378,900 m within a thousandth.
    expect(projection.toPlane(7.85, 55.45 + 1 / 3600)[1]).toBeCloseTo(30.93, 1);
  });

  test('collections and several parts are read, in one projection', () => {
    const zones = zonesOf({
      type: 'FeatureCollection',
      features: [
        feature,
        {
          type: 'Feature',
          geometry: { type: 'MultiPolygon', coordinates: [[square(8, 55.4, 0.1)], [square(8.2, 55.4, 0.1)]] },
        },
        { ...circle(7.85, 55.45, 200) },
      ],
    });
    expect(zones.map(isCircle)).toEqual([false, false, false, true]);
    const collection = { type: 'GeometryCollection', geometries: [feature.geometry] };
    expect(zonesOf(collection)).toEqual(zonesOf(feature));
  });

  test('a square of a hundredth of a degree at the equator is 1.231 km2', () => {
    // 1113.195 m by 1105.743 m on the WGS84 ellipsoid.
    expect(sizeOf({ type: 'Polygon', coordinates: [square(0, 0, 0.01)] }) / (1113.195 * 1105.743)).toBeCloseTo(1, 4);
  });

  test('refuses what is too large to lie flat', () => {
    expect(() => zonesOf({ type: 'Polygon', coordinates: [square(0, 0, 20)] })).toThrow(
      'km across; expected at most 300',
    );
  });

  test('refuses degrees where the other coordinates of the request are metres', () => {
    const area = areaSchema.parse(feature);
    expect(() => zonesOfArea(area, 'outside', null, '/exclusions')).toThrow(
      expect.objectContaining({ pointer: '/exclusions/unit', message: expect.stringContaining('expected one unit') }),
    );
  });
});

describe('setbacks', () => {
  test('a boundary shrinks by it, and its holes grow', () => {
    const outer = square(0, 0, 1000);
    expect(sizeOf(inMetres([outer], { setback_m: 100 }))).toBeCloseTo(800 * 800, -1);
    const hole = square(450, 450, 100);
    // A hole grown with round corners.
    const grown = 300 * 300 - (4 - Math.PI) * 100 * 100;
    expect(sizeOf(inMetres([outer, hole], { setback_m: 100 })) / (800 * 800 - grown)).toBeCloseTo(1, 3);
  });

  test('exclusions grow by it, circles too', () => {
    const grown = 100 * 100 + 4 * 100 * 50 + Math.PI * 50 * 50;
    expect(sizeOf(inMetres([square(0, 0, 100)], { setback_m: 50 }), 'outside') / grown).toBeCloseTo(1, 3);
    expect(zonesOf({ ...circle(5, 6, 100), unit: 'm', setback_m: 50 }, 'outside')).toEqual([
      { xM: 5, yM: 6, radiusM: 150 },
    ]);
  });

  test('parcels side by side shrink as one', () => {
    const parcels = { type: 'MultiPolygon', unit: 'm', coordinates: [[square(0, 0, 1000)], [square(1000, 0, 1000)]] };
    expect(sizeOf({ ...parcels, setback_m: 100 })).toBeCloseTo(1800 * 800, -1);
  });

  test('a boundary that falls apart stays several parts, each with its own holes', () => {
    const narrow = [
      [0, 0],
      [1000, 0],
      [1000, 450],
      [1200, 450],
      [1200, 0],
      [2200, 0],
      [2200, 1000],
      [1200, 1000],
      [1200, 550],
      [1000, 550],
      [1000, 1000],
      [0, 1000],
    ];
    const hole = square(1650, 450, 100);
    const zones = zonesOf(inMetres([narrow, hole], { setback_m: 60 }));
    expect(zones.map((zone) => (isCircle(zone) ? -1 : zone.holes?.length)).sort()).toEqual([0, 1]);
  });

  test('refuses one that leaves nothing', () => {
    expect(() => zonesOf(inMetres([square(0, 0, 100)], { setback_m: 60 }))).toThrow(
      expect.objectContaining({ pointer: '/boundary/setback_m' }),
    );
  });
});

describe('points and lines', () => {
  const feature = (geometry: object, properties: object = {}) => ({ type: 'Feature', geometry, properties });
  const collection = (...features: object[]) => ({ type: 'FeatureCollection', unit: 'm', features });
  const line = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1000, 0],
    ],
  };

  test('are exclusions as wide as their setback: their own, or that of the area', () => {
    const around = (setback: number) => 2 * setback * 1000 + Math.PI * setback ** 2;
    expect(sizeOf(collection(feature(line, { setback_m: 50 })), 'outside') / around(50)).toBeCloseTo(1, 3);
    expect(sizeOf({ ...collection(feature(line)), setback_m: 80 }, 'outside') / around(80)).toBeCloseTo(1, 3);
    const mixed = collection(
      feature(
        {
          type: 'MultiLineString',
          coordinates: [
            line.coordinates,
            [
              [0, 5000],
              [1000, 5000],
            ],
          ],
        },
        { setback_m: 50 },
      ),
      feature(
        {
          type: 'MultiPoint',
          coordinates: [
            [0, 9000],
            [3000, 9000],
          ],
        },
        { setback_m: 100 },
      ),
      feature({ type: 'Polygon', coordinates: [square(0, 20_000, 1000)] }),
    );
    expect(sizeOf(mixed, 'outside') / (2 * around(50) + 2 * Math.PI * 1e4 + 1e6)).toBeCloseTo(1, 3);
  });

  test('without a setback they are refused, and so is a boundary of them; features without a geometry are skipped', () => {
    expect(areaSchema.safeParse(collection(feature(line))).error?.issues[0]).toMatchObject({
      path: ['features', 0, 'properties', 'radius_m'],
      message: expect.stringContaining('or setback_m'),
    });
    expect(() => zonesOf(collection(feature(line, { setback_m: 50 })), 'inside')).toThrow(
      expect.objectContaining({ pointer: '/boundary/features/0/geometry/coordinates' }),
    );
    const empty = { type: 'Feature', geometry: null };
    const polygon = feature({ type: 'Polygon', coordinates: [square(0, 0, 1000)] });
    expect(sizeOf(collection(polygon, empty))).toBeCloseTo(1e6, 0);
    expect(areaSchema.safeParse(collection(empty)).error?.issues[0].message).toContain('no feature of the area');
  });
});

describe('rings whose edges cross', () => {
  /** Corners of a circle, each `step`-th after the other */
  const star = (n: number, step: number) =>
    Array.from({ length: n }, (_, k): Point => {
      const angle = (2 * Math.PI * k * step) / n;
      return [8 + 0.01 * Math.cos(angle), 55 + 0.01 * Math.sin(angle)];
    });
  const scale = (ring: readonly Point[], x: number, y: number) => ring.map(([a, b]): Point => [x * a, y * b]);

  test.each([
    [
      'a square',
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
      0,
    ],
    [
      'a spike',
      [
        [0, 0],
        [1, 0],
        [5, 0.3],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
      0,
    ],
    [
      'a bow tie of equal halves',
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ],
      1,
    ],
    // Lobes of 1, 2 and 1, of which the edges turn by 360 degrees in all
    [
      'three lobes',
      [
        [0, 0],
        [2, 2],
        [4, 0],
        [4, 2],
        [2, 0],
        [0, 2],
      ],
      1,
    ],
    // Lobes of 1 and 4, against each other
    [
      'a small lobe',
      [
        [0, 0],
        [3, 3],
        [3, -1],
        [0, 2],
      ],
      2 / 5,
    ],
  ] as [string, [number, number][], number][])('%s', (_, ring, share) => {
    for (const one of [ring, [...ring].reverse(), scale(ring, 1e-3, 1e-3), scale(ring, 2, 1)])
      expect(crossedShare(one)).toBeCloseTo(share, 2);
  });

  test('what a star encloses twice counts; a share is between 0 and 1, and its work grows with the corners only', () => {
    // The pentagon in the middle of a pentagram: its corners are at 1/phi2 of the radius.
    const phi = (1 + Math.sqrt(5)) / 2;
    const middle = (5 / 2) * Math.sin(0.4 * Math.PI) * phi ** -4;
    const whole = 5 * Math.sin(0.2 * Math.PI) * phi ** -2;
    expect(crossedShare(star(5, 2))).toBeCloseTo(middle / whole, 1);
    for (const n of [100, 101, 2001, 20_000]) {
      const share = crossedShare(star(n, Math.floor(n / 2) - 1));
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThanOrEqual(1);
      expect(crossedShare(star(n, 1))).toBe(0);
    }
  });
});
