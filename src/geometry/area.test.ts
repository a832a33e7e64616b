import { describe, expect, test } from '@jest/globals';
import { areaSchema } from '../contracts/common/area.schema.ts';
import { CompiledSite } from '../wind/layout/layout-site.ts';
import { projectionOfArea, zonesOfArea } from './area.ts';
import { localProjection } from './projection.ts';
import { extentWithout, isCircle } from './zones.ts';

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
