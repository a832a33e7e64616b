/** The paths of the sun over the year, with what hides it. */
import type { Mark, Scene } from '../scene.ts';
import { at, PALETTE } from '../scene.ts';
import type { Box, Format } from './frame.ts';
import { FILLS, LABEL, path, SMALL, xAxis, yAxis, yAxisWidth } from './frame.ts';

type Point = readonly [azimuthDeg: number, elevationDeg: number];

/**
 * Draws elevation over azimuth: a line for each day, a line for each hour, the far horizon as an area, and the limit of
 * the rows as a dashed line. Azimuths run clockwise from `fromDeg`, which is opposite of the equator.
 */
export function sunPathChart(input: {
  readonly width: number;
  readonly height: number;
  readonly days: readonly { readonly name: string; readonly points: readonly Point[] }[];
  readonly hours: readonly { readonly name: string; readonly points: readonly Point[] }[];
  /** 0 to 360 degrees; absent for a flat horizon */
  readonly horizon?: { readonly name: string; readonly points: readonly Point[] };
  /** Below it the row in front shades the modules */
  readonly rows?: { readonly name: string; readonly points: readonly Point[] };
  readonly fromDeg: number;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly compass: (azimuthDeg: number) => string;
  readonly format: Format;
}): Scene {
  const { width, height, days, hours, horizon, rows, fromDeg, xTitle, yTitle, compass, format } = input;
  const box: Box = { left: yAxisWidth(0, 90, format), top: 20, right: width - 12, bottom: height - 26 };
  const turned = (azimuthDeg: number): number => (azimuthDeg - fromDeg + 720) % 360;
  const y = {
    to: (degrees: number): number => box.bottom - (degrees / 90) * (box.bottom - box.top),
    ticks: [0, 15, 30, 45, 60, 75, 90],
    decimals: 0,
  };
  const toX = (degrees: number): number => box.left + (degrees / 360) * (box.right - box.left);
  const x = { to: toX, ticks: Array.from({ length: 9 }, (_, k) => 45 * k), decimals: 0 };
  const placed = (points: readonly Point[]) => points.map(([a, e]) => [toX(turned(a)), y.to(e)] as const);
  /** Pieces of a line that does not cross the edge of the chart */
  const pieces = (points: readonly Point[]): string => {
    const parts: (readonly [number, number])[][] = [];
    let last = Number.NaN;
    for (const point of placed(points)) {
      if (!(Math.abs(point[0] - last) < (box.right - box.left) / 2)) parts.push([]);
      parts[parts.length - 1].push(point);
      last = point[0];
    }
    return parts
      .filter(({ length }) => length > 1)
      .map(path)
      .join('');
  };
  const marks: Mark[] = [
    ...yAxis(box, y, format, yTitle),
    ...xAxis(box, x, (value) => compass((fromDeg + value) % 360), xTitle),
  ];
  for (const { points } of hours)
    marks.push({ kind: 'path', d: pieces(points), stroke: { color: PALETTE.rule, width: 0.6, dash: [2, 2] } });
  for (const { points } of days) marks.push({ kind: 'path', d: pieces(points), stroke: { color: FILLS[0], width: 1 } });
  if (horizon) {
    const line = [...placed(horizon.points)].sort(([a], [b]) => a - b);
    const [first, last] = [line[0], line[line.length - 1]];
    const around = [[box.left, first[1]] as const, ...line, [box.right, last[1]] as const];
    const d = `${path(around)}L${at(box.right)} ${at(box.bottom)}L${at(box.left)} ${at(box.bottom)}Z`;
    marks.push({ kind: 'path', d, fill: PALETTE.fourth, opacity: 0.55, stroke: { color: PALETTE.fourth, width: 1 } });
  }
  if (rows)
    marks.push({ kind: 'path', d: pieces(rows.points), stroke: { color: PALETTE.loss, width: 1.4, dash: [5, 2.5] } });
  // Neighbouring days are named at different hours, because their lines are close to each other; hours along the highest day.
  days.forEach(({ name, points }, k) => {
    if (points.length < 8) return;
    const [azimuth, elevation] = points[Math.round((points.length - 1) * [0.5, 0.4, 0.6][k % 3])];
    marks.push(label(toX(turned(azimuth)), y.to(elevation) + 2.5, name, PALETTE.primary));
  });
  for (const { name, points } of hours) {
    const top = points.reduce((high, one) => (one[1] > high[1] ? one : high), points[0] ?? [0, -1]);
    if (top[1] > 2) marks.push(label(toX(turned(top[0])), y.to(top[1]) - 4, name, PALETTE.muted));
  }
  let right = width;
  for (const [one, color] of [
    [rows, PALETTE.loss],
    [horizon, PALETTE.fourth],
  ] as const)
    if (one) {
      marks.push({ kind: 'text', x: right, y: 8, text: one.name, size: LABEL, anchor: 'end', color, bold: true });
      right -= 12 + one.name.length * 4.2;
    }
  return { width, height, marks };
}

const label = (x: number, y: number, text: string, color: string): Mark => ({
  kind: 'text',
  x,
  y,
  text,
  size: SMALL,
  anchor: 'middle',
  color,
  halo: true,
});
