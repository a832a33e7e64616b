/**
 * Land, coasts and borders of Natural Earth (public domain), projected and clipped when a scene is drawn. No map tiles
 * are used.
 */
import { createRequire } from 'node:module';
import type { GeoProjection } from 'd3-geo';
import { geoGraticule, geoGraticule10, geoMercator, geoOrthographic, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Globe, Mark, Region } from './scene.ts';

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
type Line = number[][];

/** A part of a map with its bounds [deg]. */
interface Part<Shape> {
  readonly shape: Shape;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

interface World {
  /** Polygons, the outer ring first */
  readonly land: readonly Part<Line[]>[];
  readonly borders: readonly Part<Line>[];
}

function partOf<Shape>(shape: Shape, outline: Line): Part<Shape> {
  let [west, east, south, north] = [180, -180, 90, -90];
  for (const [longitude, latitude] of outline) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return { shape, west, east, south, north };
}

const worlds = new Map<string, World>();
function world(resolution: '50m' | '110m'): World {
  let cached = worlds.get(resolution);
  if (!cached) {
    const atlas = createRequire(import.meta.url)(`world-atlas/countries-${resolution}.json`) as Atlas;
    const land = feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) =>
      geometry.type === 'MultiPolygon' ? geometry.coordinates : [],
    );
    const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates;
    cached = {
      land: land.map((polygon) => partOf(polygon, polygon[0])),
      borders: borders.map((line) => partOf(line, line)),
    };
    worlds.set(resolution, cached);
  }
  return cached;
}

export const SEA = '#e6eff5';
const LAND = '#f6f4ee';
const COAST = { color: '#8494a1', width: 0.5 };
/** Margin in the search for shapes that reach into a map [deg]: an edge is an arc, which bends beyond the bounds of its ends. */
const MARGIN_DEG = 5;
const EARTH_RADIUS_M = 6_371_008.8;
const REGION_WIDTH_M = 1_600_000;

/** Limits the latitude, because Mercator's projection cannot show the poles. */
const latitudeOf = ({ latitudeDeg }: Region): number => Math.max(-80, Math.min(80, latitudeDeg));

/** Returns the points of the drawing for each metre at the centre of the region. */
export const pointsPerM = ({ width }: Region): number => width / REGION_WIDTH_M;

/** Returns the spacing of meridians and parallels [deg] */
export const graticuleStep = (region: Region): number => (Math.abs(latitudeOf(region)) > 60 ? 10 : 5);

export interface RegionView {
  readonly projection: GeoProjection;
  /** Latitude of the centre, and edges; `east` is beyond 180 where the map crosses the date line [deg] */
  readonly latitude: number;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Returns the region around a place in Mercator's projection, 1,600 km wide at its latitude. */
export function regionView(region: Region): RegionView {
  const { width, height, longitudeDeg } = region;
  const latitude = latitudeOf(region);
  const projection = geoMercator()
    .center([0, latitude])
    .rotate([-longitudeDeg, 0])
    .scale(pointsPerM(region) * EARTH_RADIUS_M * Math.cos((latitude * Math.PI) / 180))
    .translate([width / 2, height / 2])
    .clipExtent([
      [0, 0],
      [width, height],
    ])
    .precision(0.5);
  const invert = (x: number, y: number): [number, number] => projection.invert!([x, y]) as [number, number];
  const [west, north] = invert(0, 0);
  const [east, south] = invert(width, height);
  return { projection, latitude, west, east: west + ((east - west + 360) % 360), south, north };
}

function regionMarks(region: Region): Mark[] {
  const { projection, west, east, south, north } = regionView(region);
  const draw = geoPath(projection).digits(1);
  // Projecting what the map does not show would be nine tenths of the work.
  const near = <Shape>(parts: readonly Part<Shape>[]): Shape[] =>
    parts
      .filter((part) => part.south < north + MARGIN_DEG && part.north > south - MARGIN_DEG)
      .filter((part) =>
        [-360, 0, 360].some((turn) => part.west + turn < east + MARGIN_DEG && part.east + turn > west - MARGIN_DEG),
      )
      .map(({ shape }) => shape);
  const { land, borders } = world('50m');
  const step = graticuleStep(region);
  const paths = {
    land: draw({ type: 'MultiPolygon', coordinates: near(land) }) ?? '',
    borders: draw({ type: 'MultiLineString', coordinates: near(borders) }) ?? '',
    lines: draw(geoGraticule().step([step, step])()) ?? '',
  };
  return [
    { kind: 'path', d: paths.land, fill: LAND, stroke: COAST },
    { kind: 'path', d: paths.borders, stroke: { color: '#9a8f80', width: 0.6, dash: [3, 1.6] } },
    { kind: 'path', d: paths.lines, stroke: { color: '#b7c2cb', width: 0.3 } },
  ];
}

/** Returns the orthographic projection of a globe whose centre shows the place. */
export const globeProjection = ({ longitudeDeg, latitudeDeg, x, y, radius }: Globe): GeoProjection =>
  geoOrthographic().rotate([-longitudeDeg, -latitudeDeg]).scale(radius).translate([x, y]).clipAngle(90).precision(0.6);

function globeMarks(globe: Globe): Mark[] {
  const draw = geoPath(globeProjection(globe)).digits(1);
  const { x, y, radius } = globe;
  const land = world('110m').land.map(({ shape }) => shape);
  return [
    { kind: 'circle', x, y, radius, fill: SEA },
    { kind: 'path', d: draw(geoGraticule10()) ?? '', stroke: { color: '#c3ced6', width: 0.3 } },
    {
      kind: 'path',
      d: draw({ type: 'MultiPolygon', coordinates: land }) ?? '',
      fill: '#d9d5c8',
      stroke: { color: '#8494a1', width: 0.4 },
    },
    { kind: 'circle', x, y, radius, stroke: { color: '#8494a1', width: 0.6 } },
  ];
}

/** Draws the coastlines and borders of a region or a globe. */
export const geographyMarks = (mark: Region | Globe): Mark[] =>
  mark.kind === 'region' ? regionMarks(mark) : globeMarks(mark);
