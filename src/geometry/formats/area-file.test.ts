import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import proj4 from 'proj4';
import { describe, expect, test } from '@jest/globals';
import { areaSchema } from '../../contracts/common/area.schema.ts';
import { projectionOfArea, zonesOfArea } from '../area.ts';
import { areaDoubts, siteDoubts } from '../area-doubts.ts';
import { extentWithout } from '../zones.ts';
import { type AreaFileInput, readAreaFile } from './area-file.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (content: string | Uint8Array, more: Partial<AreaFileInput> = {}) =>
  readAreaFile({
    bytes: typeof content === 'string' ? bytesOf(content) : content,
    use: 'boundary',
    setbackM: 0,
    ...more,
  });

type Corner = readonly [number, number];
const square = (x: number, y: number, size: number): Corner[] => [
  [x, y],
  [x, y + size],
  [x + size, y + size],
  [x + size, y],
  [x, y],
];

/** Returns the area of what was read [m2] */
function sizeOf({ area }: ReturnType<typeof readAreaFile>, side: 'inside' | 'outside' = 'inside'): number {
  const checked = areaSchema.parse(area);
  return extentWithout(zonesOfArea(checked, side, projectionOfArea(checked, ''), ''), []).areaM2;
}
/** A square of a hundredth of a degree at 55.005 N, with a hole of a fifth of its width [m2] */
const WHOLE_M2 = 1113.2 * 0.5737 * 1113.6;

const coordinates = (corners: readonly Corner[]) => corners.map(([x, y]) => `${x},${y},0`).join(' ');
const ring = (name: string, corners: readonly Corner[]) =>
  `<${name}><LinearRing><coordinates>${coordinates(corners)}</coordinates></LinearRing></${name}>`;
const kmlOf = (...placemarks: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Site</name><Folder>${placemarks
    .map((shape) => `<Placemark><name>A &amp; B</name>${shape}</Placemark>`)
    .join('\n')}</Folder></Document></kml>`;
const POLYGON = `<Polygon>${ring('outerBoundaryIs', square(8, 55, 0.01))}${ring('innerBoundaryIs', square(8.004, 55.004, 0.002))}</Polygon>`;
const LINE = `<LineString><coordinates>8,55 8.01,55</coordinates></LineString>`;
const POINT = '<Point><coordinates>8.005,55.005</coordinates></Point>';

test('a file of GeoJSON that is broken is refused as a file, in a zip too', () => {
  const refusal = (content: string | Uint8Array) => {
    try {
      return read(content);
    } catch (error) {
      return error;
    }
  };
  for (const content of ['{"type": ', zipSync({ 'a.geojson': bytesOf('{"type": ') })])
    expect(refusal(content)).toMatchObject({ code: 'request.invalid', pointer: '/file' });
  const strange = [
    { type: 'FeatureCollection', features: 5 },
    { type: 'FeatureCollection', features: [null, 7, { geometry: 'none' }] },
    { type: 'GeometryCollection', geometries: [null, 7] },
    { type: 'GeometryCollection', geometries: 'none' },
    { type: 'Feature', geometry: null },
    { type: 'Polygon', coordinates: { 0: 1 } },
  ];
  for (const content of strange) expect(refusal(JSON.stringify(content))).toMatchObject({ pointer: '/file' });
});

describe('KML and KMZ', () => {
  test('polygons with holes become a boundary, those of a KMZ too', () => {
    const one = read(kmlOf(POLYGON));
    expect(one.warnings).toEqual([]);
    expect(sizeOf(one) / (WHOLE_M2 * 0.96)).toBeCloseTo(1, 2);
    const kmz = zipSync({ 'doc.kml': bytesOf(kmlOf(POLYGON)), 'files/icon.png': bytesOf('x') });
    expect(read(kmz).area).toEqual(one.area);
    const two = `<MultiGeometry>${POLYGON}<Polygon>${ring('outerBoundaryIs', square(8.02, 55, 0.01))}</Polygon></MultiGeometry>`;
    expect(sizeOf(read(kmlOf(two))) / (WHOLE_M2 * 1.96)).toBeCloseTo(1, 2);
  });

  test('points and lines are exclusions with a setback: that of the upload, or their own', () => {
    const near = read(kmlOf(LINE), { use: 'exclusions', setbackM: 100 });
    const length = 1113.2 * 0.5737;
    expect(sizeOf(near, 'outside') / (200 * length + Math.PI * 100 ** 2)).toBeCloseTo(1, 2);
    const own = `<ExtendedData><Data name="Setback_m"><value>50</value></Data></ExtendedData>${POINT}`;
    expect(sizeOf(read(kmlOf(own), { use: 'exclusions' }), 'outside') / (Math.PI * 2500)).toBeCloseTo(1, 2);
    expect(() => read(kmlOf(LINE, POINT), { use: 'exclusions' })).toThrow(
      '2 points and lines of the file have no setback',
    );
    expect(() => read(kmlOf(own.replace('50', '50 m')), { use: 'exclusions' })).toThrow(
      'setback_m of a feature is 50 m',
    );
  });

  test('in a boundary closed lines are polygons; other lines, points and flat rings are skipped with a word', () => {
    const path = `<LineString><coordinates>${coordinates(square(8, 55, 0.01))}</coordinates></LineString>`;
    const flat = `<Polygon>${ring('outerBoundaryIs', [
      [8, 55],
      [8.1, 55.1],
      [8, 55],
      [8, 55],
    ])}</Polygon>`;
    const { area, warnings } = read(kmlOf(path, LINE, POINT, flat, ''));
    expect(area.features).toHaveLength(1);
    expect(warnings.map(({ code, values }) => [code, ...Object.values(values)])).toEqual([
      ['site.features_empty', 1],
      ['site.lines_closed', 1],
      ['site.shapes_skipped', 2, 'no_boundary'],
      ['site.shapes_skipped', 1, 'no_area'],
    ]);
  });

  test('refuses with the reason: other XML, entities, damage, coordinates that are not degrees, links', () => {
    for (const [content, reason] of [
      ['<gpx/>', 'begins with gpx; expected kml'],
      [`<!DOCTYPE kml [<!ENTITY a "b">]>${kmlOf(POLYGON)}`, 'DOCTYPE'],
      [kmlOf(POLYGON).slice(0, 300), 'not well-formed XML'],
      [kmlOf(POLYGON.replaceAll('8.01', '500000')), 'a corner of the file is 500000'],
      [kmlOf(LINE), 'the file has no shape for a boundary'],
      ['<kml><Document><NetworkLink><Link><href>http://x</href></Link></NetworkLink></Document></kml>', 'only links'],
      ['name,x,y', 'none of KML, KMZ, zipped shapefile and GeoJSON'],
    ])
      expect(() => read(content)).toThrow(
        expect.objectContaining({ pointer: '/file', message: expect.stringContaining(reason) }),
      );
    expect(() => read(zipSync({ 'a.txt': bytesOf('x') }))).toThrow('the zip has no .kml, .shp or .geojson');
    expect(() => read(zipSync({ 'a.kml': bytesOf('x') }).slice(0, 40))).toThrow('the zip is damaged');
  });
});

/** Writes a shapefile of polygons, lines or points as ESRI's whitepaper of 1998 describes it. */
function shapesOf(type: 1 | 3 | 5, shapes: readonly (readonly (readonly Corner[])[])[]): Uint8Array {
  const records = shapes.map((parts) => {
    const corners = parts.flat();
    const bytes = type === 1 ? 20 : 44 + 4 * parts.length + 16 * corners.length;
    const view = new DataView(new ArrayBuffer(bytes));
    view.setInt32(0, type, true);
    if (type !== 1) {
      view.setInt32(36, parts.length, true);
      view.setInt32(40, corners.length, true);
      let first = 0;
      for (const [i, part] of parts.entries()) {
        view.setInt32(44 + 4 * i, first, true);
        first += part.length;
      }
    }
    corners.forEach(([x, y], i) => {
      const at = (type === 1 ? 4 : 44 + 4 * parts.length) + 16 * i;
      view.setFloat64(at, x, true);
      view.setFloat64(at + 8, y, true);
    });
    return new Uint8Array(view.buffer);
  });
  const size = 100 + records.reduce((sum, { length }) => sum + 8 + length, 0);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, size / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, type, true);
  let at = 100;
  for (const [i, record] of records.entries()) {
    view.setInt32(at, i + 1);
    view.setInt32(at + 4, record.length / 2);
    file.set(record, at + 8);
    at += 8 + record.length;
  }
  return file;
}

/** Writes the attribute setback_m of each shape. */
function tableOf(setbacks: readonly number[]): Uint8Array {
  const file = new Uint8Array(65 + setbacks.length * 11 + 1);
  const view = new DataView(file.buffer);
  view.setUint8(0, 3);
  view.setUint32(4, setbacks.length, true);
  view.setUint16(8, 65, true);
  view.setUint16(10, 11, true);
  file.set(bytesOf('SETBACK_M'), 32);
  file.set([78], 43);
  file.set([10], 48);
  file.set([13], 64);
  setbacks.forEach((setback, i) => {
    file.set(bytesOf(` ${String(setback).padStart(10)}`), 65 + 11 * i);
  });
  return file;
}

const WGS84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const UTM32 = `PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;
const toUtm32 = ([x, y]: Corner): Corner =>
  proj4('EPSG:4326', '+proj=utm +zone=32 +ellps=WGS84 +units=m +no_defs').forward([x, y]) as [number, number];
const zipOf = (files: Readonly<Record<string, Uint8Array | string>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? bytesOf(data) : data]),
    ),
  );

describe('zipped shapefiles', () => {
  // Outer rings are clockwise, holes the other way.
  const parts = [square(8, 55, 0.01), square(8.004, 55.004, 0.002).toReversed(), square(8.02, 55, 0.01)];
  const wgs84 = zipOf({ 'site/area.shp': shapesOf(5, [parts]), 'site/area.prj': WGS84 });

  test('polygons with holes and several parts are read, in degrees and in UTM', () => {
    const { area, warnings } = read(wgs84);
    expect(warnings).toEqual([]);
    expect(sizeOf({ area, warnings }) / (WHOLE_M2 * 1.96)).toBeCloseTo(1, 2);
    const inUtm = zipOf({ 'AREA.SHP': shapesOf(5, [parts.map((part) => part.map(toUtm32))]), 'AREA.PRJ': UTM32 });
    const cornersOf = (one: typeof area) =>
      JSON.stringify(one.features)
        .match(/-?\d+(\.\d+)?/g)!
        .map(Number);
    const [degrees, metres] = [cornersOf(area), cornersOf(read(inUtm).area)];
    expect(metres).toHaveLength(degrees.length);
    // 1e-7 deg is a centimetre.
    metres.forEach((value, i) => {
      expect(Math.abs(value - degrees[i])).toBeLessThan(1e-7);
    });
  });

  test('lines and points have the setback of their row', () => {
    const houses = zipOf({
      'houses.shp': shapesOf(1, [[[[8, 55]]], [[[8.1, 55]]]]),
      'houses.dbf': tableOf([500, 800]),
      'houses.prj': WGS84,
    });
    const size = sizeOf(read(houses, { use: 'exclusions' }), 'outside');
    expect(size / (Math.PI * (500 ** 2 + 800 ** 2))).toBeCloseTo(1, 2);
    const roads = zipOf({
      'r.shp': shapesOf(3, [
        [
          [
            [8, 55],
            [8.01, 55],
          ],
        ],
      ]),
      'r.prj': WGS84,
    });
    expect(read(roads, { use: 'exclusions', setbackM: 40 }).area).toMatchObject({ setback_m: 40 });
  });

  test('without a .prj, or in a projection that is not known, a file is refused with what to do', () => {
    const bare = zipOf({ 'a.shp': shapesOf(5, [parts]) });
    expect(() => read(bare)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('no .prj beside it'),
        fix: expect.stringContaining('crs, such as EPSG:4326'),
      }),
    );
    expect(read(bare, { crs: 'EPSG:4326' }).area).toEqual(read(wgs84).area);
    expect(() => read(bare, { crs: 'EPSG:31467' })).toThrow('the projection EPSG:31467 is not known here');
    const dhdn = WGS84.replace('D_WGS_1984', 'D_Deutsches_Hauptdreiecksnetz').replace('6378137.0', '6377397.155');
    expect(() => read(zipOf({ 'a.shp': shapesOf(5, [parts]), 'a.prj': dhdn }))).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('how its datum D_Deutsches_Hauptdreiecksnetz lies to WGS 84'),
        fix: expect.stringContaining('WGS 84 (EPSG:4326)'),
      }),
    );
    expect(() => read(zipOf({ 'a.shp': shapesOf(5, [parts]), 'a.prj': 'LOCAL_CS["mine"]' }))).toThrow('a.shp: the ');
    const shifted = dhdn.replace('298.257223563]]', '299.1528128],TOWGS84[598.1,73.7,418.2,0.202,0.045,-2.455,6.7]]');
    const [east] = JSON.stringify(read(zipOf({ 'a.shp': shapesOf(5, [parts]), 'a.prj': shifted })).area)
      .match(/\d+\.\d+/g)!
      .map(Number);
    expect(Math.abs(east - 8)).toBeGreaterThan(0.0005);
  });

  test('a corner outside of the box that its record states is refused', () => {
    const files = unzipSync(new Uint8Array(readFileSync('test/fixtures/areas/farm-25832.zip')));
    const [name, shp] = Object.entries(files).find(([path]) => path.endsWith('.shp'))!;
    const moved = shp.slice();
    const view = new DataView(moved.buffer);
    const firstCorner = 100 + 8 + 44 + 4 * view.getInt32(100 + 8 + 36, true);
    view.setFloat64(firstCorner, view.getFloat64(firstCorner, true) + 100_000, true);
    expect(() => read(zipSync({ ...files, [name]: moved }))).toThrow(
      'record 1 is damaged: a corner is outside of the box',
    );
  });

  test('damaged files are refused', () => {
    const shp = shapesOf(5, [parts, parts]);
    const refused = (files: Record<string, Uint8Array | string>) => () => read(zipOf({ 'a.prj': WGS84, ...files }));
    expect(refused({ 'a.shp': shp.slice(0, shp.length - 20) })).toThrow('a.shp: record 2 is cut off or damaged');
    const backwards = shp.slice();
    new DataView(backwards.buffer).setInt32(104, -40);
    expect(refused({ 'a.shp': backwards })).toThrow('record 1 is cut off or damaged');
    const empty = shp.slice();
    new DataView(empty.buffer).setInt32(100 + 8 + 40, 1_000_000, true);
    expect(refused({ 'a.shp': empty })).toThrow('a.shp: the shapes are damaged');
    expect(refused({ 'a.shp': bytesOf('x'.repeat(200)) })).toThrow('the file is no shapefile');
    expect(refused({ 'a.shp': shp, 'a.dbf': tableOf([1]) })).toThrow('its .dbf has not the 2 rows');
    expect(() => read(shp)).toThrow('a single .shp; expected a zip');
  });
});

describe('files of GDAL (test/fixtures/areas)', () => {
  const fixture = (name: string) => readFileSync(`test/fixtures/areas/${name}`);
  const values = JSON.parse(fixture('values.json').toString());
  const cornersOfFile = (name: string, more: Partial<AreaFileInput> = {}): Corner[][] =>
    read(fixture(name), { use: 'exclusions', ...more }).area.features.flatMap((feature) =>
      (feature as { geometry: { coordinates: Corner[][][] } }).geometry.coordinates.flat(),
    );
  /** Largest distance between corners in any order of the polygons [deg] */
  const farthest = (name: string, expected: Corner[][]) => {
    const rings = cornersOfFile(name);
    expect(rings.map(({ length }) => length).sort()).toEqual(expected.map(({ length }) => length).sort());
    return Math.max(
      ...rings.flat().map(([x, y]) => Math.min(...expected.flat().map((c) => Math.hypot(x - c[0], y - c[1])))),
    );
  };

  test('a shapefile in UTM and a KML file give the corners that PROJ computes, with the setback of their rows', () => {
    // 1e-8 deg is a millimetre.
    expect(farthest('farm-25832.zip', values[25832])).toBeLessThan(1e-8);
    expect(farthest('farm.kml', values[25832])).toBeLessThan(1e-8);
    for (const name of ['farm-25832.zip', 'farm.kml'])
      expect(read(fixture(name), { use: 'exclusions' }).area.features).toMatchObject([
        { properties: { setback_m: 100 } },
      ]);
  });

  test('the British grid is shifted to WGS 84', () => {
    // PROJ without grids of its own shifts by the same seven parameters; 5e-5 deg are 5 m.
    expect(farthest('farm-27700.zip', values[27700])).toBeLessThan(5e-5);
  });
});

describe('GeoJSON', () => {
  test('is read as a file too, in degrees or in the projection that it names', () => {
    const polygon = { type: 'Polygon', coordinates: [square(8, 55, 0.01)] };
    const degrees = read(JSON.stringify(polygon));
    expect(sizeOf(degrees) / WHOLE_M2).toBeCloseTo(1, 2);
    const metres = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
      features: [
        { type: 'Feature', properties: {}, geometry: { ...polygon, coordinates: [square(8, 55, 0.01).map(toUtm32)] } },
        { type: 'Feature', properties: {}, geometry: null },
      ],
    };
    const { area, warnings } = read(JSON.stringify(metres));
    expect(sizeOf({ area, warnings }) / WHOLE_M2).toBeCloseTo(1, 2);
    expect(warnings).toMatchObject([{ code: 'site.features_empty', values: { n_features: 1 } }]);
    expect(() => read('{"type": "Polygon", "coordinates": [[1, 2]]}')).toThrow('a corner of the file is');
    expect(() => read('{"type": "Polygon"')).toThrow('the file is not valid GeoJSON');
  });
});

describe('doubts about areas', () => {
  const area = { type: 'Polygon' as const, coordinates: [square(8, 55, 0.01)] };

  test('features without a geometry are named, and areas far from their site', () => {
    const collection = areaSchema.parse({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', geometry: area },
        { type: 'Feature', geometry: null, properties: { name: 'x' } },
      ],
    });
    expect(areaDoubts(collection, '/boundary', null)).toMatchObject([
      { code: 'site.features_empty', pointer: '/boundary' },
    ]);
    expect(siteDoubts({ latitude_deg: 55, longitude_deg: 8.2, boundary: collection, exclusions: null })).toHaveLength(
      1,
    );
    expect(siteDoubts({ latitude_deg: 8, longitude_deg: 55, boundary: area, exclusions: area })).toMatchObject([
      { code: 'site.area_far', severity: 'severe', pointer: '/boundary' },
      { code: 'site.area_far', pointer: '/exclusions' },
    ]);
    expect(siteDoubts({ latitude_deg: 55, longitude_deg: 8, boundary: null })).toEqual([]);
  });
});
