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
/** With more turbines than this their numbers are small, and absent on maps of wakes. */
const MANY_TURBINES = 60;
/** With more turbines than this a layout has no numbers. */
export const MAX_NUMBERED_TURBINES = 200;

/** Draws a farm seen from above, true to scale. */
export function layoutMap(input: FarmMap): Scene {
  const { width, maxHeight, turbines, boundary, exclusions, cables = [], substations = [], flow, scaleUnitM } = input;
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
  const [wideM, tallM] = [Math.max(east - west, margin) + 2 * margin, Math.max(north - south, margin) + 2 * margin];
  const pad = flow ? 0 : 8;
  // Legends of two rows in narrow figures and of flows.
  const foot = flow || width < 300 ? 32 : 18;
  const scale = Math.min((width - 2 * pad) / wideM, (maxHeight - 2 * pad - foot) / tallM);
  const plotHeight = Math.max(tallM * scale, 60) + 2 * pad;
  const offsetX = (width - wideM * scale) / 2;
  const place = (x: number, y: number): [number, number] => [
    offsetX + (x - west + margin) * scale,
    pad + (north + margin - y) * scale,
  ];
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
  const boundaryStyle = {
    fill: flow ? undefined : '#f4f7f0',
    stroke: { color: PALETTE.text, width: 1.1, dash: [6, 3] },
  };
  const exclusionStyle = { fill: flow ? undefined : '#e3d6d0', stroke: { color: PALETTE.loss, width: 0.7 } };
  const dotStyle = (isFixed: boolean): Style => ({
    fill: isFixed ? PALETTE.rule : PALETTE.primary,
    stroke: { color: isFixed ? PALETTE.text : PALETTE.paper, width: 0.5 },
  });
  const rotorStroke = (isFixed: boolean): Stroke => ({ color: isFixed ? PALETTE.text : PALETTE.second, width: 2 });
  const power = (value: number): number => 10 ** Math.floor(Math.log10(value));
  const target = wideM / 5 / scaleUnitM;
  const bar = ([5, 2, 1].map((k) => k * power(target)).find((one) => one <= target) ?? power(target)) * scaleUnitM;
  const barLabel = input.scaleLabel(bar);
  const barX = width - bar * scale - textWidth(barLabel, SMALL) - 6;

  const legendMarks: Mark[] = [];
  let [legendX, legendY] = [0, plotHeight + 14];
  const entry = (name: string, symbol: (x: number, y: number) => Mark): void => {
    const wide = 14 + textWidth(name, SMALL);
    // The scale is at the end of the first row.
    if (legendX > 0 && legendX + wide > (legendY < plotHeight + 20 ? barX - 10 : width)) nextRow();
    legendMarks.push(symbol(legendX, legendY), { kind: 'text', x: legendX + 14, y: legendY, text: name, size: SMALL });
    legendX += wide + 12;
  };
  const nextRow = (): void => {
    [legendX, legendY] = [0, legendY + ROW];
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
  if (turbines.some(({ isFixed }) => !isFixed)) entry(input.legend.turbine, symbol(false));
  if (turbines.some(({ isFixed }) => isFixed)) entry(input.legend.standing, symbol(true));
  if (boundary.length) entry(input.legend.boundary, line({ ...boundaryStyle.stroke, dash: [3.5, 2] }));
  if (exclusions.length) entry(input.legend.exclusion, box(exclusionStyle));
  if (cables.length) entry(input.legend.cable, line({ color: PALETTE.second, width: 1.1 }));
  if (substations.length) entry(input.legend.substation, box({ fill: PALETTE.loss }));
  if (flow) {
    nextRow();
    legendMarks.push({ kind: 'text', x: 0, y: legendY, text: flow.title, size: SMALL, bold: true });
    legendX = textWidth(flow.title, SMALL, true) + 16;
    for (const [k, { name }] of flow.contours.entries()) entry(name, box({ fill: FLOW_SHADES[k] }));
  }

  const names = turbines.length <= (flow ? MANY_TURBINES : MAX_NUMBERED_TURBINES);
  const numberSize = turbines.length > MANY_TURBINES ? 5 : SMALL;
  const radiusOf = (diameterM: number): number => Math.max(2.2, (diameterM / 2) * scale);
  return {
    width,
    height: legendY + 4,
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
          ...boundary.map((zone) => zoneMark(zone, boundaryStyle)),
          ...exclusions.map((zone) => zoneMark(zone, exclusionStyle)),
          ...cables.map(
            ([a, b]): Mark => ({
              kind: 'path',
              d: path([place(...a), place(...b)]),
              stroke: { color: PALETTE.second, width: 0.9 },
            }),
          ),
          ...turbines.map(({ x, y, diameterM, isFixed }): Mark => {
            const [px, py] = place(x, y);
            const radius = radiusOf(diameterM);
            if (!flow) return { kind: 'circle', x: px, y: py, radius, ...dotStyle(isFixed) };
            // Seen from above, the rotor is perpendicular to the wind.
            const angle = (flow.directionDeg * Math.PI) / 180;
            const [dx, dy] = [radius * Math.cos(angle), radius * Math.sin(angle)];
            const d = path([
              [px - dx, py - dy],
              [px + dx, py + dy],
            ]);
            return { kind: 'path', d, stroke: rotorStroke(isFixed) };
          }),
          ...(names
            ? turbines.map(({ x, y, diameterM }, i): Mark => {
                const [px, py] = place(x, y);
                const text = { kind: 'text', text: String(i + 1), size: numberSize, halo: true } as const;
                const radius = radiusOf(diameterM);
                if (flow) {
                  // Ahead of the rotor, where no wake is.
                  const [dx, dy] = [
                    Math.sin((flow.directionDeg * Math.PI) / 180),
                    -Math.cos((flow.directionDeg * Math.PI) / 180),
                  ];
                  const away = radius + 6;
                  return { ...text, x: px + away * dx, y: py + away * dy + 2.5, anchor: 'middle' };
                }
                const isRight = px + radius + 16 < width;
                const side = isRight ? 1 : -1;
                return { ...text, x: px + side * (radius + 1.5), y: py - radius, anchor: isRight ? 'start' : 'end' };
              })
            : []),
          ...substations.map(([x, y]): Mark => {
            const [px, py] = place(x, y);
            return { kind: 'rect', x: px - 3.5, y: py - 3.5, width: 7, height: 7, fill: PALETTE.loss };
          }),
        ],
      },
      ...northArrow(width - 16, 12, input.north),
      ...(flow ? windArrow(24, 22, flow.directionDeg, flow.windName) : []),
      ...scaleBar(barX, plotHeight + 9, bar * scale, barLabel),
      ...legendMarks,
    ],
  };
}

/** Draws an arrow that points to where the wind blows. */
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

/** Draws a probability density as bars of a histogram's bins, with fitted curves over it. */
export function densityChart(input: {
  readonly width: number;
  readonly height: number;
  readonly bins: readonly { readonly speed: number; readonly density: number }[];
  readonly curve: readonly (readonly [speed: number, density: number])[];
  readonly xTitle: string;
  readonly title: string;
  readonly format: (value: number) => string;
  readonly names: readonly [bins: string, curve: string];
}): Scene {
  const { width, height, bins, curve, xTitle, title, format, names } = input;
  const most = Math.max(...bins.map(({ density }) => density), ...curve.map(([, density]) => density), 1e-9);
  const [left, top, right, bottom] = [34, 20, width - 6, height - 26];
  const last = Math.max(...curve.map(([speed]) => speed), ...bins.map(({ speed }) => speed));
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
    {
      kind: 'path',
      d: path(curve.map(([speed, density]) => [x(speed), y(density)])),
      stroke: { color: PALETTE.primary, width: 1.6 },
    },
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
  const curveName = names[1];
  lx -= textWidth(curveName, SMALL);
  marks.push(
    { kind: 'text', x: lx, y: 8, text: curveName, size: SMALL },
    {
      kind: 'path',
      d: path([
        [lx - 15, 5.5],
        [lx - 3, 5.5],
      ]),
      stroke: { color: PALETTE.primary, width: 1.6 },
    },
  );
  if (bins.length) {
    lx -= 24 + textWidth(names[0], SMALL);
    marks.push(
      { kind: 'text', x: lx, y: 8, text: names[0], size: SMALL },
      { kind: 'rect', x: lx - 12, y: 2, width: 9, height: 6.5, fill: PALETTE.third },
    );
  }
  return { width, height, marks };
}
