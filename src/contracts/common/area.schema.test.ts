import { describe, expect, test } from '@jest/globals';
import { areaSchema } from './area.schema.ts';

const ring = [
  [8, 55],
  [8.1, 55],
  [8.1, 55.1],
  [8, 55],
];

describe('an area', () => {
  test('is kept with its defaults written out, and with members of its sender', () => {
    expect(areaSchema.parse({ type: 'Polygon', coordinates: [ring], name: 'north' })).toEqual({
      type: 'Polygon',
      coordinates: [ring],
      name: 'north',
      unit: 'deg',
      setback_m: 0,
    });
  });

  test.each<[unknown, string, (string | number)[]]>([
    [{ geojson: { type: 'Polygon', coordinates: [ring] } }, 'expected its value in place of this object', ['type']],
    [{ zones: [{ x_m: 0, y_m: 0, radius_m: 9 }] }, '"properties": {"radius_m": ...}', ['type']],
    [ring, 'expected {"type": "Polygon", "coordinates": [the ring]}', []],
    [null, 'expected GeoJSON', []],
    [{ type: 'Point', coordinates: [1, 2] }, 'expected GeoJSON', ['type']],
    [
      { type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] } },
      'expected radius_m of a Point, or setback_m',
      ['properties', 'radius_m'],
    ],
    [{ type: 'FeatureCollection', features: [] }, 'expected array to have >=1 items', ['features']],
    [
      { type: 'Polygon', coordinates: [[[200, 1], ...ring]] },
      'the corner is 200, 1; expected longitude',
      ['coordinates', 0, 0],
    ],
    [
      {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            geometry: {
              type: 'Polygon',
              coordinates: [
                ring,
                [
                  [1, 2],
                  [3, 90],
                  [4, 5],
                ],
              ],
            },
          },
        ],
      },
      'the corner is 3, 90; expected longitude',
      ['features', 0, 'geometry', 'coordinates', 1, 1],
    ],
  ])('refuses, with the place: %#', (given, message, path) => {
    const { error } = areaSchema.safeParse(given);
    expect(error?.issues[0].message).toContain(message);
    expect(error?.issues[0].path).toEqual(path);
  });
});
