/** Reads the areas of files: KML, KMZ, zipped shapefiles, GeoJSON. */
import type { AppError } from '../../contracts/common/app-error.ts';
import { fileText } from '../../contracts/common/file-text.ts';
import { parseJson } from '../../contracts/common/json-text.ts';
import { type SITE_WARNINGS, type SiteWarning, warnSite } from '../../contracts/sites/warnings.ts';
import { isZip, unzipped, ZipError } from '../../lib/zip.ts';
import { signedAreaM2 } from '../zones.ts';
import { areaError, type FileFeature, type FileGeometry, inDegrees } from './file-feature.ts';
import { projectionOfName, type ToGlobe } from './file-projection.ts';
import { featuresOfKml } from './kml.ts';
import { featuresOfShapefile } from './shapefile.ts';

export interface AreaFileInput {
  readonly bytes: Uint8Array;
  /** What the area is for: the points and lines of a file are no boundary */
  readonly use: 'boundary' | 'exclusions';
  /** Distance kept from the shapes that state none [m] */
  readonly setbackM: number;
  /** Coordinates of a file that names none: `EPSG:25832` */
  readonly crs?: string;
}

/** An area in GeoJSON, in degrees, and what was left out of it. */
export interface AreaOfFile {
  readonly area: {
    readonly type: 'FeatureCollection';
    readonly features: readonly object[];
    readonly setback_m: number;
  };
  readonly warnings: SiteWarning[];
}

const MAX_FILES = 200;
/** Bytes of all files after unpacking */
const MAX_UNPACKED = 32 * 1024 * 1024;
/** More are refused by the schema of areas too. */
const MAX_SHAPES = 20_000;

/**
 * Reads an area.
 * @throws AppError `request.invalid` for other files, for coordinates in an unknown projection, and if no shape is left
 */
export function readAreaFile(input: AreaFileInput): AreaOfFile {
  const features = featuresOfFile(input);
  const sorted = sortShapes(features, input);
  const { setbackM } = input;
  const feature = (geometry: object, setback: number) => ({
    type: 'Feature',
    geometry,
    ...(setback === setbackM ? {} : { properties: { setback_m: setback } }),
  });
  const collected = [...sorted.shapes].flatMap(([setback, { polygons, lines, points }]) => [
    ...(polygons.length > 0 ? [feature({ type: 'MultiPolygon', coordinates: polygons }, setback)] : []),
    ...(lines.length > 0 ? [feature({ type: 'MultiLineString', coordinates: lines }, setback)] : []),
    ...(points.length > 0 ? [feature({ type: 'MultiPoint', coordinates: points }, setback)] : []),
  ]);
  if (collected.length === 0)
    throw areaError(
      `the file has no shape for ${input.use === 'boundary' ? 'a boundary' : 'exclusions'}${sorted.warnings.length > 0 ? `: ${sorted.warnings.map(({ message }) => message).join(' ')}` : ''}`,
    );
  return {
    area: { type: 'FeatureCollection', features: collected, setback_m: setbackM },
    warnings: sorted.warnings,
  };
}

function featuresOfFile({ bytes, crs }: AreaFileInput): FileFeature[] {
  const stated = crs === undefined ? null : projectionOfName(crs, areaError);
  if (isZip(bytes)) return featuresOfZip(bytes, stated);
  if (bytes[0] === 0 && bytes[2] === 0x27 && bytes[3] === 0x0a)
    throw areaError('the file is a single .shp; expected a zip with its .shp, .dbf and .prj');
  const text = fileText(bytes, areaError).replace(/^\uFEFF/, '');
  const first = text.trimStart()[0];
  if (first === '<') return featuresOfKml(text);
  if (first === '{') return featuresOfGeoJson(text, areaError, stated);
  throw areaError('the file is none of KML, KMZ, zipped shapefile and GeoJSON');
}

function featuresOfZip(bytes: Uint8Array, stated: ToGlobe | null): FileFeature[] {
  const files = filesOfZip(bytes);
  const named = (ending: RegExp) => [...files].filter(([name]) => ending.test(name));
  const kml = named(/\.kml$/i);
  const shapes = named(/\.shp$/i);
  const json = named(/\.(geo)?json$/i);
  if (kml.length + shapes.length + json.length === 0)
    throw areaError(
      `the zip has no .kml, .shp or .geojson; it has ${[...files.keys()].slice(0, 20).join(', ') || 'nothing'}`,
    );
  // A KMZ has one main document; others are what it links to.
  const [main] = kml.sort(([a], [b]) => a.split('/').length - b.split('/').length);
  const errorIn = (name: string) => (reason: string) => areaError(`${name}: ${reason}`);
  return [
    ...(main ? featuresOfKml(fileText(main[1], errorIn(main[0]))) : []),
    ...shapes.flatMap(([name, shp]) => featuresOfShapefile(name, shp, files, stated)),
    ...json.flatMap(([name, data]) => featuresOfGeoJson(fileText(data, errorIn(name)), errorIn(name), stated)),
  ];
}

function filesOfZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const isWanted = (name: string): boolean =>
    !name.startsWith('__MACOSX/') && /\.(kml|shp|dbf|prj|cpg|(geo)?json)$/i.test(name);
  try {
    return unzipped(bytes, { isWanted, maxFiles: MAX_FILES, maxBytes: MAX_UNPACKED });
  } catch (cause) {
    if (cause instanceof ZipError) throw areaError(cause.message);
    throw cause;
  }
}

function featuresOfGeoJson(text: string, error: (reason: string) => AppError, stated: ToGlobe | null): FileFeature[] {
  const json = parseJson(Buffer.from(text), (reason) =>
    error(`the file is not valid GeoJSON: ${reason}`),
  ) as FileGeometry &
    FileFeature & {
      readonly features?: readonly FileFeature[];
      readonly crs?: { readonly properties?: { readonly name?: unknown } };
    };
  const name = json.crs?.properties?.name;
  const toGlobe = stated ?? (name === undefined ? null : projectionOfName(String(name), areaError));
  const features =
    json.type === 'FeatureCollection'
      ? (objects(json.features) as FileFeature[])
      : json.type === 'Feature'
        ? [json]
        : [{ geometry: json }];
  if (!toGlobe) return [...features];
  return features.map(({ geometry, properties }) => ({
    geometry: geometry && inDegrees(geometry, toGlobe),
    properties,
  }));
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): readonly unknown[] =>
  list(value).filter((one) => typeof one === 'object' && one !== null);

type Position = readonly [longitude: number, latitude: number];
interface Shapes {
  readonly polygons: Position[][][];
  readonly lines: Position[][];
  readonly points: Position[];
}

/** Returns the shapes of features by their setback, and doubts about those that are left out. */
function sortShapes(
  features: readonly FileFeature[],
  { use, setbackM }: AreaFileInput,
): { readonly shapes: Map<number, Shapes>; readonly warnings: SiteWarning[] } {
  const shapes = new Map<number, Shapes>();
  const counts = { all: 0, empty: 0, closed: 0, flat: 0, bare: 0, other: 0 };
  const add = (geometry: FileGeometry, own: number): void => {
    if (++counts.all > MAX_SHAPES) throw areaError(`the file has more than ${MAX_SHAPES} shapes; expected fewer`);
    const group = shapes.get(own) ?? { polygons: [], lines: [], points: [] };
    const polygon = (rings: readonly unknown[]): void => {
      const [outer, ...holes] = rings.map(positions);
      if (!hasArea(outer)) counts.flat++;
      else group.polygons.push([closed(outer), ...holes.filter(hasArea).map(closed)]);
      counts.flat += holes.filter((hole) => !hasArea(hole)).length;
    };
    const line = (coordinates: unknown): void => {
      const corners = positions(coordinates);
      if (use === 'boundary' && isClosed(corners) && hasArea(corners)) {
        counts.closed++;
        group.polygons.push([corners]);
      } else if (use === 'boundary') counts.bare++;
      else if (corners.length < 2) counts.flat++;
      else group.lines.push(corners);
    };
    const point = (coordinates: unknown): void => {
      if (use === 'boundary') counts.bare++;
      else group.points.push(...positions([coordinates]));
    };
    const { type, coordinates } = geometry;
    if (type === 'Polygon') polygon(list(coordinates));
    else if (type === 'MultiPolygon') list(coordinates).map(list).forEach(polygon);
    else if (type === 'LineString') line(coordinates);
    else if (type === 'MultiLineString') list(coordinates).forEach(line);
    else if (type === 'Point') point(coordinates);
    else if (type === 'MultiPoint') list(coordinates).forEach(point);
    else if (type === 'GeometryCollection')
      for (const one of objects(geometry.geometries)) add(one as FileGeometry, own);
    else counts.other++;
    if (group.polygons.length + group.lines.length + group.points.length > 0) shapes.set(own, group);
  };
  for (const { geometry, properties } of features) {
    if (!geometry) counts.empty++;
    else add(geometry, setbackOf(properties) ?? setbackM);
  }
  const without = shapes.get(0);
  if (without && without.lines.length + without.points.length > 0)
    throw areaError(
      `${without.lines.length + without.points.length} points and lines of the file have no setback, and no area without one`,
      'Send setback_m with the upload, give each of them an attribute setback_m, or leave them out of the file.',
    );
  const skipped = (n_shapes: number, reason: keyof (typeof SITE_WARNINGS)['site.shapes_skipped']['words']) =>
    n_shapes > 0 ? [warnSite('site.shapes_skipped', { n_shapes, reason })] : [];
  return {
    shapes,
    warnings: [
      ...(counts.empty > 0 ? [warnSite('site.features_empty', { n_features: counts.empty })] : []),
      ...(counts.closed > 0 ? [warnSite('site.lines_closed', { n_lines: counts.closed })] : []),
      ...skipped(counts.bare, 'no_boundary'),
      ...skipped(counts.flat, 'no_area'),
      ...skipped(counts.other, 'other_geometry'),
    ],
  };
}

/** Returns the setback that a feature states in metres, in letters of any case; undefined without. */
function setbackOf(properties: FileFeature['properties']): number | undefined {
  const entry = Object.entries(properties ?? {}).find(([name]) => name.toLowerCase() === 'setback_m');
  if (entry === undefined || entry[1] === null || entry[1] === '') return undefined;
  const value = Number(entry[1]);
  if (Number.isFinite(value) && value >= 0) return value;
  throw areaError(`setback_m of a feature is ${String(entry[1]).slice(0, 40)}; expected a distance in metres`);
}

function positions(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) throw areaError('a shape of the file has no coordinates');
  return coordinates.map((one: unknown): Position => {
    const [longitude, latitude] = Array.isArray(one) ? (one as unknown[]) : [];
    if (
      typeof longitude === 'number' &&
      Math.abs(longitude) <= 180 &&
      typeof latitude === 'number' &&
      Math.abs(latitude) <= 85
    )
      return [longitude, latitude];
    throw areaError(
      `a corner of the file is ${String(longitude)}, ${String(latitude)}; expected longitude -180 to 180 and latitude -85 to 85`,
      'Send coordinates in degrees (WGS 84), or name their projection with crs.',
    );
  });
}

const isClosed = (ring: readonly Position[]): boolean => {
  const last = ring[ring.length - 1];
  return ring.length > 3 && ring[0][0] === last[0] && ring[0][1] === last[1];
};
const closed = (ring: Position[]): Position[] => (isClosed(ring) ? ring : [...ring, ring[0]]);
/** Rings of three equal corners, or of a line there and back, enclose nothing. */
const hasArea = (ring: readonly Position[] | undefined): ring is Position[] =>
  ring !== undefined && ring.length > 2 && Math.abs(signedAreaM2(ring)) > 1e-14;
