/** Charts of the wind and of a farm's layout. */
import { textWidth } from '../fonts.ts';
import type { Mark, Scene, Stroke, Style } from '../scene.ts';
import { at, PALETTE } from '../scene.ts';
import { AXIS, GRID, LABEL, path, SMALL } from './frame.ts';

/** Colours of speed classes, slowest first: lightness 85, 62, 44 and 22 of 100. */
const SPEED_SHADES = ['#c3d9eb', '#6a9dc4', '#2f6a99', '#0d3556'];

/** Draws sectors as wedges as long as their share, in classes of speed; north is up. */
export function windRose(input: {
  readonly size: number;
  readonly sectors: readonly {
    readonly directionDeg: number;
    /** Cumulative share of time of the classes; the last value is that of the sector */
    readonly shares: readonly number[];
    readonly label: string;
  }[];
  /** Names of the classes of speed, slowest first; empty: one class without a name */
  readonly classes: readonly string[];
  /** N, E, S, W */
  readonly compass: readonly [string, string, string, string];
  readonly format: (share: number) => string;
}): Scene {
  const { size, sectors, classes, compass, format } = input;
  const [middle, reach] = [size / 2, size / 2 - 30];
  const most = Math.max(...sectors.flatMap(({ shares }) => shares), 1e-9);
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((one) => most / one <= 5) ?? 1;
  const outer = 1.02 * most;
  const rings = Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step);
  const point = (degrees: number, radius: number): [number, number] => {
    const angle = (degrees * Math.PI) / 180;
    return [middle + radius * Math.sin(angle), middle - radius * Math.cos(angle)];
  };
  const half = (180 / sectors.length) * 0.86;
  const marks: Mark[] = [
    ...rings.map(
      (ring): Mark => ({ kind: 'circle', x: middle, y: middle, radius: (reach * ring) / outer, stroke: GRID }),
    ),
    {
      kind: 'path',
      d:
        path([
          [middle, middle - reach],
          [middle, middle + reach],
        ]) +
        path([
          [middle - reach, middle],
          [middle + reach, middle],
        ]),
      stroke: GRID,
    },
  ];
  const fills = classes.length > 1 ? SPEED_SHADES : [PALETTE.primary];
  for (const { directionDeg, shares, label } of sectors) {
    // The outermost first: what is nearer to the middle lies over it.
    for (const [c, share] of [...shares.entries()].reverse()) {
      const radius = (reach * share) / outer;
      const [a, b] = [point(directionDeg - half, radius), point(directionDeg + half, radius)];
      const d = `M${at(middle)} ${at(middle)}L${a.map(at).join(' ')}A${at(radius)} ${at(radius)} 0 ${half > 90 ? 1 : 0} 1 ${b.map(at).join(' ')}Z`;
      if (sectors.length === 1) marks.push({ kind: 'circle', x: middle, y: middle, radius, fill: fills[c] });
      else marks.push({ kind: 'path', d, fill: fills[c], stroke: { color: PALETTE.paper, width: 0.5 } });
    }
    const [lx, ly] = point(directionDeg, reach + 13);
    if (sectors.length <= 16)
      marks.push({ kind: 'text', x: lx, y: ly + 2.5, text: label, size: SMALL, anchor: 'middle' });
  }
  for (const ring of rings) {
    const [x, y] = point(180 / sectors.length, (reach * ring) / outer);
    marks.push({
      kind: 'text',
      x,
      y: y + 2,
      text: format(ring),
      size: 6,
      anchor: 'middle',
      color: PALETTE.muted,
      halo: true,
    });
  }
  compass.forEach((name, k) => {
    const [x, y] = point(90 * k, reach + 25);
    marks.push({ kind: 'text', x, y: y + 2.7, text: name, size: LABEL, bold: true, anchor: 'middle' });
  });
  if (classes.length === 0) return { width: size, height: size, marks };
  const y = size + 9;
  const widths = classes.map((name) => 12 + textWidth(name, SMALL) + 10);
  let x = middle - (widths.reduce((sum, one) => sum + one, 0) - 10) / 2;
  classes.forEach((name, c) => {
    marks.push(
      { kind: 'rect', x, y: y - 6, width: 8, height: 6.5, fill: fills[c] },
      { kind: 'text', x: x + 12, y, text: name, size: SMALL },
    );
    x += widths[c];
  });
  return { width: size, height: size + 12, marks };
}

export interface MapZone {
  /** Rings of [x, y] in metres, or a circle */
  readonly rings?: readonly (readonly (readonly [number, number])[])[];
  readonly circle?: { readonly x: number; readonly y: number; readonly radius: number };
}

export interface FarmMap {
  readonly width: number;
  readonly maxHeight: number;
  readonly turbines: readonly {
    readonly x: number;
    readonly y: number;
    readonly diameterM: number;
    readonly isFixed: boolean;
  }[];
  readonly boundary: readonly MapZone[];
  readonly exclusions: readonly MapZone[];
  readonly cables?: readonly (readonly [readonly [number, number], readonly [number, number]])[];
  readonly substations?: readonly (readonly [number, number])[];
  /** Its own frame [m], and the areas of wake loss in it, weakest first; they replace the fill of the zones */
  readonly flow?: {
    readonly area: { readonly minX: number; readonly maxX: number; readonly minY: number; readonly maxY: number };
    readonly contours: readonly { readonly name: string; readonly rings: NonNullable<MapZone['rings']> }[];
    readonly title: string;
    readonly directionDeg: number;
    readonly windName: string;
  };
  readonly north: string;
  readonly scaleLabel: (m: number) => string;
  /** Length of one unit of the scale bar [m]: 1000 or 1609.344 */
  readonly scaleUnitM: number;
  readonly legend: {
    readonly turbine: string;
    readonly standing: string;
    readonly boundary: string;
    readonly exclusion: string;
    readonly cable: string;
    readonly substation: string;
  };
}

/** Colours of the areas of wake loss, weakest first: lightness falls from 92 to 32 of 100. */
const FLOW_SHADES = ['#dfe9f3', '#bdd5e9', '#94bbd9', '#6a9dc4', '#3c75a3', '#16507d'];
const ROW = 11;
/** Width of a map, without its margins, in diameters of the largest rotor: at least this */
const MIN_WIDTH_ROTORS = 10;
/** With more turbines than this their numbers are small, and absent on maps of wakes. */
const MANY_TURBINES = 60;
/** With more turbines than this a layout has no numbers. */
export const MAX_NUMBERED_TURBINES = 200;

/** Draws a farm seen from above, true to scale. */
export function layoutMap(input: FarmMap): Scene {
  const { width, turbines, boundary, exclusions, cables = [], substations = [], flow } = input;
  const frame = frameOf(input);
  const { scale, plotHeight, place } = frame;
  const { length: bar, label: barLabel, x: barX } = barOf(input, frame);
  const legend = legendOf(input, plotHeight, barX - 10);
  // Readers see no more than a tenth of a point of the many points of a flow.
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  const outline = (rings: NonNullable<MapZone['rings']>): string =>
    rings.map((ring) => `${path(ring.map(([x, y]) => place(x, y).map(tenth) as [number, number]))}Z`).join('');
  const zoneMark = (zone: MapZone, style: Style): Mark => {
    if (zone.circle) {
      const [x, y] = place(zone.circle.x, zone.circle.y);
      return { kind: 'circle', x, y, radius: zone.circle.radius * scale, ...style };
    }
    return { kind: 'path', d: outline(zone.rings ?? []), evenOdd: true, ...style };
  };
  const isNumbered = turbines.length <= (flow ? MANY_TURBINES : MAX_NUMBERED_TURBINES);
  return {
    width,
    height: legend.bottom,
    marks: [
      {
        kind: 'rect',
        x: 0,
        y: 0,
        width,
        height: plotHeight,
        fill: PALETTE.paper,
        stroke: { color: PALETTE.rule, width: 0.6 },
      },
      {
        kind: 'clip',
        x: 0,
        y: 0,
        width,
        height: plotHeight,
        marks: [
          ...(flow?.contours ?? []).map(
            ({ rings }, k): Mark => ({ kind: 'path', d: outline(rings), evenOdd: true, fill: FLOW_SHADES[k] }),
          ),
          ...boundary.map((zone) => zoneMark(zone, boundaryStyle(flow))),
          ...exclusions.map((zone) => zoneMark(zone, exclusionStyle(flow))),
          ...cables.map(
            ([a, b]): Mark => ({
              kind: 'path',
              d: path([place(...a), place(...b)]),
              stroke: { color: PALETTE.second, width: 0.9 },
            }),
          ),
          ...turbines.map((turbine) => turbineMark(turbine, frame, flow)),
          ...(isNumbered ? turbines.map((_, i) => numberMark(input, i, frame)) : []),
          ...substations.map(([x, y]): Mark => {
            const [px, py] = place(x, y);
            return { kind: 'rect', x: px - 3.5, y: py - 3.5, width: 7, height: 7, fill: PALETTE.loss };
          }),
        ],
      },
      ...northArrow(...arrowPlace(input, frame), input.north),
      ...(flow
        ? [
            backing(6, 4, 40 + textWidth(flow.windName, LABEL, true), 36),
            ...windArrow(24, 22, flow.directionDeg, flow.windName),
          ]
        : []),
      ...scaleBar(barX, plotHeight + 9, bar * scale, barLabel),
      ...legend.marks,
    ],
  };
}

/** Where the places of a farm are on its map. */
interface MapFrame {
  /** Width of the farm on the map [m] */
  readonly wideM: number;
  /** Points a metre */
  readonly scale: number;
  /** Height of the map without its legend */
  readonly plotHeight: number;
  place(x: number, y: number): [number, number];
}

function frameOf({ width, maxHeight, turbines, boundary, substations = [], flow }: FarmMap): MapFrame {
  const zonePoints = (zone: MapZone): (readonly [number, number])[] =>
    zone.circle
      ? [
          [zone.circle.x - zone.circle.radius, zone.circle.y - zone.circle.radius],
          [zone.circle.x + zone.circle.radius, zone.circle.y + zone.circle.radius],
        ]
      : (zone.rings ?? []).flat();
  const corners: (readonly [number, number])[] = flow
    ? [
        [flow.area.minX, flow.area.minY],
        [flow.area.maxX, flow.area.maxY],
      ]
    : [...turbines.map(({ x, y }) => [x, y] as const), ...substations, ...boundary.flatMap(zonePoints)];
  const bounds = (axis: 0 | 1): [number, number] =>
    corners.reduce<[number, number]>(
      ([low, high], c) => [Math.min(low, c[axis]), Math.max(high, c[axis])],
      [Infinity, -Infinity],
    );
  const margin = flow ? 0 : Math.max(...turbines.map(({ diameterM }) => diameterM), 1);
  const [[west, east], [south, north]] = [bounds(0), bounds(1)];
  // A turbine on its own has some land around it: its rotor does not fill the map.
  const leastM = flow ? 0 : MIN_WIDTH_ROTORS * margin;
  const [wideM, tallM] = [Math.max(east - west, leastM) + 2 * margin, Math.max(north - south, margin) + 2 * margin];
  const pad = flow ? 0 : 8;
  // Legends of two rows in narrow figures and of flows.
  const foot = flow || width < 300 ? 32 : 18;
  const scale = Math.min((width - 2 * pad) / wideM, (maxHeight - 2 * pad - foot) / tallM);
  const offsetX = (width - wideM * scale) / 2;
  return {
    wideM,
    scale,
    plotHeight: Math.max(tallM * scale, 60) + 2 * pad,
    place: (x, y) => [
      offsetX + (x - (west + east) / 2 + wideM / 2) * scale,
      pad + ((south + north) / 2 + tallM / 2 - y) * scale,
    ],
  };
}

/** Returns the length of the scale, a round number, and where it begins. */
function barOf(
  { width, scaleUnitM, scaleLabel }: FarmMap,
  { wideM, scale }: MapFrame,
): { readonly length: number; readonly label: string; readonly x: number } {
  const power = (value: number): number => 10 ** Math.floor(Math.log10(value));
  const target = wideM / 5 / scaleUnitM;
  const length = ([5, 2, 1].map((k) => k * power(target)).find((one) => one <= target) ?? power(target)) * scaleUnitM;
  const label = scaleLabel(length);
  return { length, label, x: width - length * scale - textWidth(label, SMALL) - 6 };
}

type Flow = FarmMap['flow'];
const boundaryStyle = (flow: Flow) => ({
  fill: flow ? undefined : '#f4f7f0',
  stroke: { color: PALETTE.text, width: 1.1, dash: [6, 3] },
});
const exclusionStyle = (flow: Flow) => ({
  fill: flow ? undefined : '#e3d6d0',
  stroke: { color: PALETTE.loss, width: 0.7 },
});
const dotStyle = (isFixed: boolean): Style => ({
  fill: isFixed ? PALETTE.rule : PALETTE.primary,
  stroke: { color: isFixed ? PALETTE.text : PALETTE.paper, width: 0.5 },
});
const rotorStroke = (isFixed: boolean): Stroke => ({ color: isFixed ? PALETTE.text : PALETTE.second, width: 2 });

/** Draws what the marks of the map mean, in rows below it. @param firstEnd where the first row ends: before the scale */
function legendOf(
  { width, turbines, boundary, exclusions, cables = [], substations = [], flow, legend }: FarmMap,
  plotHeight: number,
  firstEnd: number,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const marks: Mark[] = [];
  let [legendX, legendY] = [0, plotHeight + 14];
  const nextRow = (): void => {
    [legendX, legendY] = [0, legendY + ROW];
  };
  const entry = (name: string, symbol: (x: number, y: number) => Mark): void => {
    const wide = 14 + textWidth(name, SMALL);
    if (legendX > 0 && legendX + wide > (legendY < plotHeight + 20 ? firstEnd : width)) nextRow();
    marks.push(symbol(legendX, legendY), { kind: 'text', x: legendX + 14, y: legendY, text: name, size: SMALL });
    legendX += wide + 12;
  };
  const box =
    (style: Style) =>
    (x: number, y: number): Mark => ({ kind: 'rect', x, y: y - 6, width: 10, height: 7, ...style });
  const line =
    (stroke: Style['stroke']) =>
    (x: number, y: number): Mark => ({
      kind: 'path',
      d: path([
        [x, y - 2.5],
        [x + 11, y - 2.5],
      ]),
      stroke,
    });
  const dot =
    (isFixed: boolean) =>
    (x: number, y: number): Mark => ({ kind: 'circle', x: x + 5, y: y - 2.5, radius: 3, ...dotStyle(isFixed) });
  const symbol = (isFixed: boolean) => (flow ? line(rotorStroke(isFixed)) : dot(isFixed));
  if (turbines.some(({ isFixed }) => !isFixed)) entry(legend.turbine, symbol(false));
  if (turbines.some(({ isFixed }) => isFixed)) entry(legend.standing, symbol(true));
  if (boundary.length) entry(legend.boundary, line({ ...boundaryStyle(flow).stroke, dash: [3.5, 2] }));
  if (exclusions.length) entry(legend.exclusion, box(exclusionStyle(flow)));
  if (cables.length) entry(legend.cable, line({ color: PALETTE.second, width: 1.1 }));
  if (substations.length) entry(legend.substation, box({ fill: PALETTE.loss }));
  if (flow) {
    nextRow();
    marks.push({ kind: 'text', x: 0, y: legendY, text: flow.title, size: SMALL, bold: true });
    legendX = textWidth(flow.title, SMALL, true) + 16;
    for (const [k, { name }] of flow.contours.entries()) entry(name, box({ fill: FLOW_SHADES[k] }));
  }
  return { marks, bottom: legendY + 4 };
}

type MapTurbine = FarmMap['turbines'][number];
const radiusOf = ({ diameterM }: MapTurbine, { scale }: MapFrame): number => Math.max(2.2, (diameterM / 2) * scale);

function turbineMark(turbine: MapTurbine, frame: MapFrame, flow: Flow): Mark {
  const { isFixed } = turbine;
  const [px, py] = frame.place(turbine.x, turbine.y);
  const radius = radiusOf(turbine, frame);
  if (!flow) return { kind: 'circle', x: px, y: py, radius, ...dotStyle(isFixed) };
  // Seen from above, the rotor is perpendicular to the wind.
  const angle = (flow.directionDeg * Math.PI) / 180;
  const [dx, dy] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  const d = path([
    [px - dx, py - dy],
    [px + dx, py + dy],
  ]);
  return { kind: 'path', d, stroke: rotorStroke(isFixed) };
}

/** Returns the place of the north arrow: the corner of the map that is farthest from the turbines, the upper right first. */
function arrowPlace({ width, turbines, flow }: FarmMap, { plotHeight, place }: MapFrame): [number, number] {
  const [left, right, top, bottom] = [16, width - 16, 12, plotHeight - 30];
  const corners: [number, number][] = [
    [right, top],
    // The wind's arrow stands in the upper left.
    ...(flow ? [] : [[left, top] as [number, number]]),
    [right, bottom],
    [left, bottom],
  ];
  const points = turbines.map(({ x, y }) => place(x, y));
  const free = ([x, y]: [number, number]): number =>
    Math.min(30, ...points.map(([px, py]) => Math.hypot(px - x, py - (y + 12))));
  return corners.reduce((best, one) => (free(one) > free(best) ? one : best));
}

function numberMark({ turbines, width, flow }: FarmMap, i: number, frame: MapFrame): Mark {
  const [px, py] = frame.place(turbines[i].x, turbines[i].y);
  const size = turbines.length > MANY_TURBINES ? 5 : SMALL;
  const text = { kind: 'text', text: String(i + 1), size, halo: true } as const;
  const radius = radiusOf(turbines[i], frame);
  if (flow) {
    // Ahead of the rotor, where no wake is.
    const [dx, dy] = [Math.sin((flow.directionDeg * Math.PI) / 180), -Math.cos((flow.directionDeg * Math.PI) / 180)];
    const away = radius + 6;
    return { ...text, x: px + away * dx, y: py + away * dy + 2.5, anchor: 'middle' };
  }
  const isRight = px + radius + 16 < width;
  const side = isRight ? 1 : -1;
  return { ...text, x: px + side * (radius + 1.5), y: py - radius, anchor: isRight ? 'start' : 'end' };
}

/** Draws an arrow that points to where the wind blows. */
/** Keeps what lies under the words of a map from being read with them. */
const backing = (x: number, y: number, width: number, height: number): Mark => ({
  kind: 'rect',
  x,
  y,
  width,
  height,
  fill: PALETTE.paper,
  opacity: 0.8,
});

function windArrow(x: number, y: number, fromDeg: number, name: string): Mark[] {
  const angle = ((fromDeg + 180) * Math.PI) / 180;
  // Ahead and to the right of the middle.
  const at = (ahead: number, right: number): [number, number] => [
    x + ahead * Math.sin(angle) + right * Math.cos(angle),
    y - ahead * Math.cos(angle) + right * Math.sin(angle),
  ];
  const corners = [at(14, 0), at(5, 5.5), at(5, 1.6), at(-14, 1.6), at(-14, -1.6), at(5, -1.6), at(5, -5.5)];
  return [
    { kind: 'path', d: `${path(corners)}Z`, fill: PALETTE.loss, stroke: { color: PALETTE.paper, width: 0.8 } },
    { kind: 'text', x: x + 18, y: y + 2.7, text: name, size: LABEL, bold: true, halo: true },
  ];
}

export const northArrow = (x: number, y: number, name: string): Mark[] => [
  {
    kind: 'path',
    d: `${path([
      [x, y],
      [x + 4.5, y + 14],
      [x, y + 11],
      [x - 4.5, y + 14],
    ])}Z`,
    fill: PALETTE.text,
    stroke: { color: PALETTE.paper, width: 0.6 },
  },
  { kind: 'text', x, y: y + 23, text: name, size: LABEL, bold: true, anchor: 'middle', halo: true },
];

export const scaleBar = (x: number, y: number, length: number, label: string): Mark[] => [
  { kind: 'rect', x, y, width: length / 2, height: 3.2, fill: PALETTE.text },
  {
    kind: 'rect',
    x: x + length / 2,
    y,
    width: length / 2,
    height: 3.2,
    fill: PALETTE.paper,
    stroke: { color: PALETTE.text, width: 0.6 },
  },
  { kind: 'rect', x, y, width: length, height: 3.2, stroke: { color: PALETTE.text, width: 0.6 } },
  { kind: 'text', x: x + length + 5, y: y + 4.5, text: label, size: SMALL },
];

const CURVE = { color: PALETTE.primary, width: 1.6 } as const;

/** Draws a probability density as bars of a histogram's bins, with a fitted curve over it. */
export function densityChart(input: {
  readonly width: number;
  readonly height: number;
  readonly bins: readonly { readonly speed: number; readonly density: number }[];
  /** null if no distribution fits */
  readonly curve: readonly (readonly [speed: number, density: number])[] | null;
  /** The end of the axis */
  readonly maxSpeed: number;
  readonly xTitle: string;
  readonly title: string;
  readonly format: (value: number) => string;
  readonly names: readonly [bins: string, curve: string];
}): Scene {
  const { width, height, bins, curve, maxSpeed: last, xTitle, title, format, names } = input;
  const most = Math.max(...bins.map(({ density }) => density), ...(curve ?? []).map(([, density]) => density), 1e-9);
  const [left, top, right, bottom] = [34, 20, width - 6, height - 26];
  const x = (speed: number): number => left + (speed / last) * (right - left);
  const y = (density: number): number => bottom - (density / (most * 1.08)) * (bottom - top);
  const step = bins.length > 1 ? bins[1].speed - bins[0].speed : 1;
  const tickStep = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((one) => most / one <= 5) ?? 0.5;
  const ticks = Array.from({ length: Math.floor(most / tickStep) + 1 }, (_, k) => k * tickStep);
  const marks: Mark[] = [
    ...ticks.flatMap((tick): Mark[] => [
      {
        kind: 'path',
        d: path([
          [left, y(tick)],
          [right, y(tick)],
        ]),
        stroke: GRID,
      },
      {
        kind: 'text',
        x: left - 4,
        y: y(tick) + 2.5,
        text: format(tick),
        size: SMALL,
        anchor: 'end',
        color: PALETTE.muted,
      },
    ]),
    ...bins.map(
      ({ speed, density }): Mark => ({
        kind: 'rect',
        x: x(Math.max(0, speed - step / 2)) + 0.4,
        y: y(density),
        width: Math.max(0.3, x(speed + step / 2) - x(Math.max(0, speed - step / 2)) - 0.8),
        height: bottom - y(density),
        fill: PALETTE.third,
      }),
    ),
    ...(curve
      ? [
          {
            kind: 'path',
            d: path(curve.map(([speed, density]) => [x(speed), y(density)])),
            stroke: CURVE,
          } as const,
        ]
      : []),
    {
      kind: 'path',
      d: path([
        [left, bottom],
        [right, bottom],
      ]),
      stroke: AXIS,
    },
    { kind: 'text', x: 0, y: 8, text: title, size: LABEL },
    { kind: 'text', x: right, y: bottom + 22, text: xTitle, size: LABEL, anchor: 'end' },
  ];
  for (let speed = 0; speed <= last; speed += last > 40 ? 10 : 5)
    marks.push({
      kind: 'text',
      x: x(speed),
      y: bottom + 11,
      text: String(speed),
      size: SMALL,
      anchor: 'middle',
      color: PALETTE.muted,
    });
  let lx = width;
  if (curve) {
    lx -= textWidth(names[1], SMALL);
    marks.push(
      { kind: 'text', x: lx, y: 8, text: names[1], size: SMALL },
      {
        kind: 'path',
        d: path([
          [lx - 15, 5.5],
          [lx - 3, 5.5],
        ]),
        stroke: CURVE,
      },
    );
    lx -= 24;
  }
  if (bins.length) {
    lx -= textWidth(names[0], SMALL);
    marks.push(
      { kind: 'text', x: lx, y: 8, text: names[0], size: SMALL },
      { kind: 'rect', x: lx - 12, y: 2, width: 9, height: 6.5, fill: PALETTE.third },
    );
  }
  return { width, height, marks };
}
