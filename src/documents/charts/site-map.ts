/** A map of the site: the region around it, and a globe. */
import { geoDistance } from 'd3-geo';
import { textWidth } from '../fonts.ts';
import { globeProjection, graticuleStep, pointsPerM, regionView, SEA } from '../geography.ts';
import type { Globe, Mark, Region, Scene } from '../scene.ts';
import { PALETTE } from '../scene.ts';
import { northArrow, scaleBar } from './wind.ts';

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

const NAME_SIZE = 9;

/** Breaks a name into lines that fit the map; what has no spaces is cut. */
function nameLines(name: string, width: number): string[] {
  const fits = (text: string): boolean => textWidth(text, NAME_SIZE, true) <= width;
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else if (fits(word)) lines.push(word);
    else {
      let cut = word;
      while (cut.length > 1 && !fits(`${cut}\u2026`)) cut = cut.slice(0, -1);
      lines.push(`${cut}\u2026`);
    }
  }
  return lines;
}

/** Labels and signs; coasts and borders are projected where the scene is drawn. */
export function siteMap(input: SiteMapInput): Scene {
  const { width, height, longitudeDeg, latitudeDeg, name, scaleUnitM } = input;
  const diameter = Math.min(height, 170);
  const mapWidth = width - diameter - 14;
  const region: Region = { kind: 'region', longitudeDeg, latitudeDeg, width: mapWidth, height };
  const { projection, latitude, west, east } = regionView(region);
  const step = graticuleStep(region);
  const [x, y] = [mapWidth / 2, height / 2];
  const labels: Mark[] = [];
  for (let k = Math.ceil(west / step); k * step < east; k++) {
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
        color: PALETTE.muted,
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
        color: PALETTE.muted,
        halo: true,
      });
  }
  const target = 400_000 / scaleUnitM;
  const power = 10 ** Math.floor(Math.log10(target));
  const barM = ([5, 2, 1].map((k) => k * power).find((one) => one <= target) ?? power) * scaleUnitM;
  const barLength = barM * pointsPerM(region);
  const lines = nameLines(name, mapWidth - 12);
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
        marks: [region],
      },
      ...labels,
      { kind: 'circle', x, y, radius: 4.5, fill: PALETTE.loss, stroke: { color: PALETTE.paper, width: 1.2 } },
      { kind: 'circle', x, y, radius: 8, stroke: { color: PALETTE.loss, width: 1 } },
      ...lines.map(
        (text, k): Mark => ({
          kind: 'text',
          x,
          y: y + 19 + 11 * k,
          text,
          size: NAME_SIZE,
          bold: true,
          anchor: 'middle',
          halo: true,
        }),
      ),
      {
        kind: 'rect',
        x: mapWidth - barLength - 62,
        y: height - 31,
        width: barLength + 57,
        height: 15,
        fill: PALETTE.paper,
        opacity: 0.85,
      },
      ...scaleBar(mapWidth - barLength - 57, height - 25, barLength, input.scaleLabel(barM)),
      ...northArrow(mapWidth - 12, 8, input.north),
      { kind: 'rect', x: 0, y: 0, width: mapWidth, height, stroke: { color: PALETTE.rule, width: 0.7 } },
      ...globeMarks(input, width - diameter / 2, diameter / 2, diameter / 2 - 2),
    ],
  };
}

function globeMarks({ longitudeDeg, latitudeDeg }: SiteMapInput, x: number, y: number, radius: number): Mark[] {
  const centre: [number, number] = [longitudeDeg, Math.max(-70, Math.min(70, latitudeDeg * 0.7))];
  const globe: Globe = { kind: 'globe', longitudeDeg: centre[0], latitudeDeg: centre[1], x, y, radius };
  const place = globeProjection(globe)([longitudeDeg, latitudeDeg]);
  const isVisible = place && geoDistance(centre, [longitudeDeg, latitudeDeg]) < Math.PI / 2;
  return [
    globe,
    ...(isVisible
      ? ([
          {
            kind: 'circle',
            x: place[0],
            y: place[1],
            radius: 3,
            fill: PALETTE.loss,
            stroke: { color: PALETTE.paper, width: 0.8 },
          },
        ] as const)
      : []),
  ];
}
