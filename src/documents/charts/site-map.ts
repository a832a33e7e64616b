/** Where a site lies: land, borders and graticule of Natural Earth (public domain), no tiles from anywhere. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoDistance, geoGraticule, geoGraticule10, geoMercator, geoOrthographic, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Mark, Scene } from '../scene.ts';
import { INK } from '../scene.ts';
import { SMALL } from './frame.ts';
import { northArrow, scaleBar } from './wind.ts';

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const worlds = new Map<string, World>();
function world(resolution: '50m' | '110m'): World {
  let found = worlds.get(resolution);
  if (!found) {
    const file = createRequire(import.meta.url).resolve(`world-atlas/countries-${resolution}.json`);
    found = JSON.parse(readFileSync(file, 'utf8')) as World;
    worlds.set(resolution, found);
  }
  return found;
}

const SEA = '#e6eff5';
const LAND = '#f6f4ee';
const COAST = { color: '#8494a1', width: 0.5 };
const EARTH_RADIUS_M = 6_371_008.8;

export interface SiteMapInput {
  readonly width: number;
  readonly height: number;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly name: string;
  readonly north: string;
  readonly scaleLabel: (m: number) => string;
  readonly scaleUnitM: number;
  readonly degreeLabel: (value: number, axis: 'latitude' | 'longitude') => string;
}

/** The region around a site in Mercator's projection, some 1,600 km wide, with the globe beside it. */
export function siteMap(input: SiteMapInput): Scene {
  const { width, height, longitudeDeg, latitudeDeg, name, scaleUnitM } = input;
  const globe = Math.min(height, 150);
  const mapWidth = width - globe - 14;
  const latitude = Math.max(-80, Math.min(80, latitudeDeg));
  // Mercator's scale at the site: a map of 1,600 km at its latitude.
  const pointsPerM = mapWidth / 1_600_000;
  const scale = pointsPerM * EARTH_RADIUS_M * Math.cos((latitude * Math.PI) / 180);
  const projection = geoMercator()
    .center([0, latitude])
    .rotate([-longitudeDeg, 0])
    .scale(scale)
    .translate([mapWidth / 2, height / 2])
    .clipExtent([
      [0, 0],
      [mapWidth, height],
    ])
    .precision(0.5);
  const draw = geoPath(projection).digits(1);
  const { objects } = world('50m');
  const land = draw(feature(world('50m'), objects.land)) ?? '';
  const borders = draw(mesh(world('50m'), objects.countries, (a, b) => a !== b)) ?? '';
  const step = latitude > 60 || latitude < -60 ? 10 : 5;
  const lines = draw(geoGraticule().step([step, step])()) ?? '';
  const [x, y] = [mapWidth / 2, height / 2];
  const invert = (px: number, py: number): [number, number] => projection.invert!([px, py]) as [number, number];
  const labels: Mark[] = [];
  const [west] = invert(0, y);
  const [east] = invert(mapWidth, y);
  const span = (east - west + 360) % 360;
  for (let k = Math.ceil(west / step); k * step < west + span; k++) {
    const place = projection([k * step, latitude]);
    const shown = ((k * step + 540) % 360) - 180;
    if (place && place[0] > 18 && place[0] < mapWidth - 18)
      labels.push({
        kind: 'text',
        x: place[0],
        y: height - 3,
        text: input.degreeLabel(shown, 'longitude'),
        size: 6,
        anchor: 'middle',
        color: INK.muted,
        halo: true,
      });
  }
  for (let degree = -80; degree <= 80; degree += step) {
    const place = projection([longitudeDeg, degree]);
    if (place && place[1] > 10 && place[1] < height - 14)
      labels.push({
        kind: 'text',
        x: 3,
        y: place[1] + 2,
        text: input.degreeLabel(degree, 'latitude'),
        size: 6,
        color: INK.muted,
        halo: true,
      });
  }
  const target = 400_000 / scaleUnitM;
  const power = 10 ** Math.floor(Math.log10(target));
  const barM = ([5, 2, 1].map((k) => k * power).find((one) => one <= target) ?? power) * scaleUnitM;
  const barLength = barM * pointsPerM;
  const isRight = x + 60 < mapWidth;
  return {
    width,
    height,
    marks: [
      { kind: 'rect', x: 0, y: 0, width: mapWidth, height, fill: SEA },
      {
        kind: 'clip',
        x: 0,
        y: 0,
        width: mapWidth,
        height,
        marks: [
          { kind: 'path', d: land, fill: LAND, stroke: COAST },
          { kind: 'path', d: borders, stroke: { color: '#9a8f80', width: 0.6, dash: [3, 1.6] } },
          { kind: 'path', d: lines, stroke: { color: '#b7c2cb', width: 0.3 } },
        ],
      },
      ...labels,
      { kind: 'circle', x, y, radius: 4.5, fill: INK.loss, stroke: { color: INK.paper, width: 1.2 } },
      { kind: 'circle', x, y, radius: 8, stroke: { color: INK.loss, width: 1 } },
      {
        kind: 'text',
        x: isRight ? x + 12 : x - 12,
        y: y + 3.5,
        text: name,
        size: 9,
        bold: true,
        anchor: isRight ? 'start' : 'end',
        halo: true,
      },
      {
        kind: 'rect',
        x: mapWidth - barLength - 62,
        y: height - 31,
        width: barLength + 57,
        height: 15,
        fill: INK.paper,
        opacity: 0.85,
      },
      ...scaleBar(mapWidth - barLength - 57, height - 25, barLength, input.scaleLabel(barM)),
      ...northArrow(mapWidth - 12, 8, input.north),
      { kind: 'rect', x: 0, y: 0, width: mapWidth, height, stroke: { color: INK.rule, width: 0.7 } },
      ...globeMarks(input, width - globe / 2, globe / 2, globe / 2 - 2),
    ],
  };
}

function globeMarks({ longitudeDeg, latitudeDeg }: SiteMapInput, x: number, y: number, radius: number): Mark[] {
  const centre: [number, number] = [longitudeDeg, Math.max(-70, Math.min(70, latitudeDeg * 0.7))];
  const projection = geoOrthographic()
    .rotate([-centre[0], -centre[1]])
    .scale(radius)
    .translate([x, y])
    .clipAngle(90)
    .precision(0.6);
  const draw = geoPath(projection).digits(1);
  const coarse = world('110m');
  const place = projection([longitudeDeg, latitudeDeg]);
  const isVisible = place && geoDistance(centre, [longitudeDeg, latitudeDeg]) < Math.PI / 2;
  return [
    { kind: 'circle', x, y, radius, fill: SEA },
    { kind: 'path', d: draw(geoGraticule10()) ?? '', stroke: { color: '#c3ced6', width: 0.3 } },
    {
      kind: 'path',
      d: draw(feature(coarse, coarse.objects.land)) ?? '',
      fill: '#d9d5c8',
      stroke: { color: '#8494a1', width: 0.4 },
    },
    { kind: 'circle', x, y, radius, stroke: { color: '#8494a1', width: 0.6 } },
    ...(isVisible
      ? ([
          {
            kind: 'circle',
            x: place[0],
            y: place[1],
            radius: 3,
            fill: INK.loss,
            stroke: { color: INK.paper, width: 0.8 },
          },
        ] as const)
      : []),
    { kind: 'text', x, y: y + radius + 10, text: 'Natural Earth', size: SMALL - 1, anchor: 'middle', color: INK.muted },
  ];
}
