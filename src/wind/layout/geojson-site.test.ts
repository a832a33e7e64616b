import { describe, expect, test } from '@jest/globals';
import { localProjection, polygonsOfGeoJson } from './geojson-site.ts';
import { CompiledSite } from './layout-site.ts';

const square = (west: number, south: number, sideDeg: number) => [
  [west, south],
  [west + sideDeg, south],
  [west + sideDeg, south + sideDeg],
  [west, south + sideDeg],
  [west, south],
];

describe('GeoJSON', () => {
  const feature = {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [square(7.8, 55.4, 0.1), square(7.84, 55.44, 0.02)] },
  };

  test('a polygon with a hole lies flat with its true area', () => {
    const { polygons, projection } = polygonsOfGeoJson(feature);
    // Area on the WGS84 ellipsoid at 55.45 degrees: 111,327 m by 63,270 m a degree.
    const site = new CompiledSite({ zones: polygons, minSpacingM: 500 });
    expect(site.areaM2 / (111_327 * 63_270 * (0.01 - 0.0004))).toBeCloseTo(1, 3);
    expect(projection.latitudeDeg).toBeCloseTo(55.45, 9);
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
    const { polygons } = polygonsOfGeoJson({
      type: 'FeatureCollection',
      features: [
        feature,
        {
          type: 'Feature',
          geometry: { type: 'MultiPolygon', coordinates: [[square(8, 55.4, 0.1)], [square(8.2, 55.4, 0.1)]] },
        },
      ],
    });
    expect(polygons).toHaveLength(3);
  });

  test.each([
    [{ type: 'Point', coordinates: [1, 2] }, 'geojson.type is Point; expected polygons'],
    [null, 'geojson.type is undefined'],
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [200, 1],
            [1, 1],
            [1, 2],
          ],
        ],
      },
      'geojson.coordinates[0][0] is 200, 1; expected longitude',
    ],
    [{ type: 'Polygon', coordinates: [square(0, 0, 20)] }, 'km across; expected at most 300'],
    [{ type: 'FeatureCollection', features: [] }, 'the GeoJSON holds no polygon'],
  ])('refuses, with the place: %#', (geojson, message) => {
    expect(() => polygonsOfGeoJson(geojson)).toThrow(message);
  });
});
