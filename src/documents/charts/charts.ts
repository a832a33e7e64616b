/**
 * Charts over categories and over numbers. Each one names its units and distinguishes its series in grey print, by hatch and
 * dash.
 */
import { textWidth } from '../fonts.ts';
import type { Mark, Scene } from '../scene.ts';
import { hatch, PALETTE } from '../scene.ts';
import type { Box, Format } from './frame.ts';
import {
  AXIS,
  bar,
  DASHES,
  FILLS,
  GRID,
  LABEL,
  legend,
  linear,
  path,
  SMALL,
  xAxis,
  yAxis,
  yAxisWidth,
} from './frame.ts';

export interface BarSeries {
  readonly name: string;
  readonly values: readonly number[];
}

/** Groups of bars by category, from 0. */
export function barChart(input: {
  readonly width: number;
  readonly height: number;
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  readonly title: string;
  readonly format: Format;
  /** Text on the bars of a single series */
  readonly labels?: readonly string[];
}): Scene {
  const { width, height, categories, series, title, format, labels } = input;
  const values = series.flatMap((one) => one.values);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values) || (low < 0 ? 0 : 1);
  const box: Box = { left: yAxisWidth(low, high, format), top: 20, right: width, bottom: height - 15 };
  const y = linear(low, high, box.bottom, box.top);
  const step = (box.right - box.left) / categories.length;
  const group = Math.min(step * 0.76, 60);
  const each = group / series.length;
  const marks: Mark[] = [...yAxis(box, y, format, title)];
  categories.forEach((category, c) => {
    const middle = box.left + (c + 0.5) * step;
    series.forEach((one, s) => {
      const value = one.values[c];
      const top = y.to(Math.max(value, 0));
      const x = middle - group / 2 + s * each;
      marks.push(...bar(x, top, each - (series.length > 1 ? 0.8 : 0), Math.abs(y.to(value) - y.to(0)), s));
      if (labels && series.length === 1)
        marks.push({ kind: 'text', x: middle, y: top - 3, text: labels[c], size: SMALL, anchor: 'middle' });
    });
    marks.push({ kind: 'text', x: middle, y: box.bottom + 11, text: category, size: SMALL, anchor: 'middle' });
  });
  marks.push({
    kind: 'path',
    d: path([
      [box.left, y.to(0)],
      [box.right, y.to(0)],
    ]),
    stroke: AXIS,
  });
  return { width, height, marks: [...marks, ...seriesLegend(series, 'bar', width)] };
}

/** Returns the names of several series above a chart. */
const seriesLegend = (series: readonly { readonly name: string }[], kind: 'bar' | 'line', width: number): Mark[] =>
  series.length < 2
    ? []
    : legend(
        series.map(({ name }, s) => ({ name, kind, series: s })),
        width,
        8,
      );

export interface LineSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Draws lines over a numeric axis; `marks` are points with labels. */
export function lineChart(input: {
  readonly width: number;
  readonly height: number;
  readonly series: readonly LineSeries[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xFormat: Format;
  readonly yFormat: Format;
  readonly fromZero?: boolean;
  readonly points?: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}): Scene {
  const { width, height, series, xTitle, yTitle, xFormat, yFormat, fromZero, points = [] } = input;
  const xs = series.flatMap((one) => one.points.map(([x]) => x));
  const ys = series.flatMap((one) => one.points.map(([, y]) => y));
  const [low, high] = [fromZero ? Math.min(0, ...ys) : Math.min(...ys), Math.max(...ys)];
  const box: Box = { left: yAxisWidth(low, high, yFormat), top: 20, right: width - 12, bottom: height - 26 };
  const x = linear(Math.min(...xs), Math.max(...xs), box.left, box.right, Math.max(3, Math.round(width / 70)));
  const y = linear(low, high, box.bottom, box.top);
  const marks: Mark[] = [...yAxis(box, y, yFormat, yTitle), ...xAxis(box, x, xFormat, xTitle)];
  series.forEach((one, s) => {
    marks.push({
      kind: 'path',
      d: path(one.points.map(([px, py]) => [x.to(px), y.to(py)])),
      stroke: { color: FILLS[s % FILLS.length], width: 1.5, dash: DASHES[s % DASHES.length] },
    });
  });
  for (const point of points) {
    const px = x.to(point.x);
    marks.push({
      kind: 'circle',
      x: px,
      y: y.to(point.y),
      radius: 2.4,
      fill: PALETTE.second,
      stroke: { color: PALETTE.paper, width: 0.6 },
    });
    // Below a falling line, where there is room.
    const isLeft = px > box.left + textWidth(point.label, SMALL) + 8;
    marks.push({
      kind: 'text',
      x: px + (isLeft ? -5 : 5),
      y: y.to(point.y) + (isLeft ? 8 : -4),
      text: point.label,
      size: SMALL,
      anchor: isLeft ? 'end' : 'start',
      halo: true,
    });
  }
  return { width, height, marks: [...marks, ...seriesLegend(series, 'line', width)] };
}

/** Draws points over two numeric axes, some of them marked. */
export function scatterChart(input: {
  readonly width: number;
  readonly height: number;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly marked?: { readonly x: number; readonly y: number; readonly label: string };
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xFormat: Format;
  readonly yFormat: Format;
}): Scene {
  const { width, height, points, marked, xTitle, yTitle, xFormat, yFormat } = input;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const box: Box = { left: yAxisWidth(low, high, yFormat), top: 20, right: width - 12, bottom: height - 26 };
  const x = linear(Math.min(...xs), Math.max(...xs), box.left, box.right, Math.max(3, Math.round(width / 70)));
  const y = linear(low, high, box.bottom, box.top);
  const marks: Mark[] = [
    ...yAxis(box, y, yFormat, yTitle),
    ...xAxis(box, x, xFormat, xTitle),
    ...points.map(
      ([px, py]): Mark => ({
        kind: 'circle',
        x: x.to(px),
        y: y.to(py),
        radius: 2.6,
        fill: PALETTE.primary,
        opacity: 0.85,
      }),
    ),
  ];
  if (marked) {
    const [px, py] = [x.to(marked.x), y.to(marked.y)];
    marks.push(
      { kind: 'circle', x: px, y: py, radius: 5, stroke: { color: PALETTE.loss, width: 1.6 } },
      {
        kind: 'text',
        x: px < width / 2 ? px + 8 : px - 8,
        y: py < box.top + 20 ? py + 16 : py > box.bottom - 15 ? py - 9 : py + 14,
        text: marked.label,
        size: LABEL,
        bold: true,
        anchor: px < width / 2 ? 'start' : 'end',
        halo: true,
      },
    );
  }
  return { width, height, marks };
}

export interface WaterfallStep {
  readonly name: string;
  /** Text to the right of the bar */
  readonly label: string;
  readonly change: number;
}

/** Draws a waterfall from a start to an end by gains and losses, one below the other, which leaves room for their names. */
export function waterfallChart(input: {
  readonly width: number;
  readonly start: { readonly name: string; readonly label: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  readonly end: { readonly name: string; readonly label: string };
}): Scene {
  const { width, start, steps, end } = input;
  const row = 14.5;
  const names = [start.name, end.name, ...steps.map(({ name }) => name)];
  const labels = [start.label, end.label, ...steps.map(({ label }) => label)];
  const left = Math.max(...names.map((name) => textWidth(name, LABEL, true))) + 8;
  const labelWidth = Math.max(...labels.map((label) => textWidth(label, LABEL, true)));
  const right = width - labelWidth - 8;
  let level = start.value;
  const levels = [level, ...steps.map(({ change }) => (level += change))];
  // Losses of a few percent would be slivers on an axis from 0: it begins a little below the lowest level.
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  const origin = Math.max(0, lowest - (highest - lowest) * 0.35);
  const x = (value: number): number => left + ((value - origin) / (highest - origin || 1)) * (right - left);
  const marks: Mark[] = [];
  const height = (steps.length + 2) * row + 2;
  marks.push({
    kind: 'path',
    d: path([
      [left, 0],
      [left, height],
    ]),
    stroke: AXIS,
  });
  if (origin > 0)
    // The axis is cut, and the chart says so.
    marks.push({
      kind: 'path',
      d:
        path([
          [left - 2.5, height / 2 + 2],
          [left + 2.5, height / 2 - 1],
        ]) +
        path([
          [left - 2.5, height / 2 + 5],
          [left + 2.5, height / 2 + 2],
        ]),
      stroke: { color: PALETTE.text, width: 0.8 },
    });
  const write = (r: number, name: string, label: string, bold: boolean): void => {
    const y = r * row + row / 2 + 2.7;
    marks.push({ kind: 'text', x: left - 6, y, text: name, size: LABEL, anchor: 'end', bold });
    marks.push({ kind: 'text', x: width, y, text: label, size: LABEL, anchor: 'end', bold });
  };
  const total = (r: number, value: number): void => {
    marks.push({
      kind: 'rect',
      x: left,
      y: r * row + 2,
      width: x(value) - left,
      height: row - 4,
      fill: PALETTE.primary,
    });
  };
  write(0, start.name, start.label, true);
  total(0, start.value);
  steps.forEach(({ name, label, change }, k) => {
    const [a, b] = [x(levels[k]), x(levels[k + 1])].sort((p, q) => p - q);
    const y = (k + 1) * row + 2;
    marks.push({
      kind: 'path',
      d: path([
        [x(levels[k]), y - 4],
        [x(levels[k]), y + row - 4],
      ]),
      stroke: { color: PALETTE.rule, width: 0.6 },
    });
    const wide = Math.max(b - a, 0.7);
    if (change < 0) marks.push({ kind: 'rect', x: a, y, width: wide, height: row - 4, fill: PALETTE.loss });
    else
      marks.push(
        { kind: 'rect', x: a, y, width: wide, height: row - 4, fill: PALETTE.fourth },
        { kind: 'path', d: hatch(a, y, wide, row - 4, 3), stroke: { color: PALETTE.paper, width: 0.6 } },
      );
    write(k + 1, name, label, false);
  });
  write(steps.length + 1, end.name, end.label, true);
  total(steps.length + 1, levels[levels.length - 1]);
  return { width, height, marks };
}

/** Draws a tornado chart: how single changes affect a value, as bars on both sides of its base. */
export function tornadoChart(input: {
  readonly width: number;
  readonly base: number;
  readonly rows: readonly {
    readonly name: string;
    readonly low: number;
    readonly high: number;
    readonly lowLabel: string;
    readonly highLabel: string;
  }[];
  readonly title: string;
  readonly format: Format;
}): Scene {
  const { width, base, rows, title, format } = input;
  const row = 17;
  const left = Math.max(...rows.map(({ name }) => textWidth(name, LABEL))) + 10;
  const values = rows.flatMap(({ low, high }) => [low, high]);
  const labelRoom =
    Math.max(
      ...rows.flatMap(({ lowLabel, highLabel }) => [lowLabel, highLabel]).map((label) => textWidth(label, SMALL)),
    ) + 5;
  const box: Box = { left: left + labelRoom, top: 4, right: width - labelRoom, bottom: rows.length * row + 6 };
  const x = linear(Math.min(base, ...values), Math.max(base, ...values), box.left, box.right, 5);
  const marks: Mark[] = [
    ...x.ticks.map(
      (tick): Mark => ({
        kind: 'path',
        d: path([
          [x.to(tick), box.top],
          [x.to(tick), box.bottom],
        ]),
        stroke: GRID,
      }),
    ),
    ...xAxis(box, x, format, title),
  ];
  rows.forEach(({ name, low, high, lowLabel, highLabel }, r) => {
    const y = box.top + r * row + 3;
    marks.push({ kind: 'text', x: left - 6, y: y + 8.5, text: name, size: LABEL, anchor: 'end' });
    for (const [value, label, series] of [
      [low, lowLabel, 1],
      [high, highLabel, 0],
    ] as const) {
      const [a, b] = [x.to(base), x.to(value)].sort((p, q) => p - q);
      marks.push(...bar(a, y, Math.max(b - a, 0.4), row - 6, series));
      const isLeft = value < base;
      const place = isLeft ? a - 3 : b + 3;
      marks.push({
        kind: 'text',
        x: place,
        y: y + 8.2,
        text: label,
        size: SMALL,
        anchor: isLeft ? 'end' : 'start',
        color: PALETTE.muted,
      });
    }
  });
  marks.push({
    kind: 'path',
    d: path([
      [x.to(base), box.top],
      [x.to(base), box.bottom],
    ]),
    stroke: { color: PALETTE.text, width: 1 },
  });
  return { width, height: box.bottom + 26, marks };
}

/** Draws yearly flows as bars and their running sum as a line, on one axis. */
export function cashFlowChart(input: {
  readonly width: number;
  readonly height: number;
  readonly years: readonly number[];
  readonly flows: readonly number[];
  readonly title: string;
  readonly xTitle: string;
  readonly flowName: string;
  readonly sumName: string;
  readonly format: Format;
}): Scene {
  const { width, height, years, flows, title, xTitle, flowName, sumName, format } = input;
  let total = 0;
  const sums = flows.map((flow) => (total += flow));
  const [low, high] = [Math.min(0, ...flows, ...sums), Math.max(0, ...flows, ...sums)];
  const box: Box = { left: yAxisWidth(low, high, format), top: 20, right: width, bottom: height - 26 };
  const y = linear(low, high, box.bottom, box.top);
  const step = (box.right - box.left) / years.length;
  const marks: Mark[] = [...yAxis(box, y, format, title)];
  years.forEach((year, k) => {
    const middle = box.left + (k + 0.5) * step;
    const wide = step * 0.7;
    marks.push(...bar(middle - wide / 2, y.to(Math.max(flows[k], 0)), wide, Math.abs(y.to(flows[k]) - y.to(0)), 0));
    if (k % Math.ceil(years.length / 26) === 0)
      marks.push({
        kind: 'text',
        x: middle,
        y: box.bottom + 11,
        text: String(year),
        size: SMALL,
        anchor: 'middle',
        color: PALETTE.muted,
      });
  });
  marks.push({
    kind: 'path',
    d: path([
      [box.left, y.to(0)],
      [box.right, y.to(0)],
    ]),
    stroke: AXIS,
  });
  marks.push({
    kind: 'path',
    d: path(sums.map((sum, k) => [box.left + (k + 0.5) * step, y.to(sum)])),
    stroke: { color: PALETTE.second, width: 1.5, dash: DASHES[1] },
  });
  marks.push({ kind: 'text', x: box.right, y: box.bottom + 22, text: xTitle, size: LABEL, anchor: 'end' });
  marks.push(
    ...legend(
      [
        { name: flowName, kind: 'bar', series: 0 },
        { name: sumName, kind: 'line', series: 1 },
      ],
      width,
      8,
    ),
  );
  return { width, height, marks };
}

/** Draws means by month and hour of the day as shades; darker is more. */
export function monthHourChart(input: {
  readonly width: number;
  readonly height: number;
  readonly months: readonly string[];
  /** [12][24] */
  readonly values: readonly (readonly number[])[];
  readonly xTitle: string;
  readonly title: string;
  readonly format: (value: number) => string;
}): Scene {
  const { width, height, months, values, xTitle, title, format } = input;
  const most = Math.max(...values.flat(), 1e-9);
  const left = Math.max(...months.map((month) => textWidth(month, SMALL))) + 6;
  const [top, bottom] = [16, height - 26];
  const scaleRoom = 44;
  const [cell, row] = [(width - left - scaleRoom) / 24, (bottom - top) / 12];
  const shade = (share: number): string => {
    const [from, to] = [
      [247, 250, 252],
      [16, 58, 92],
    ];
    const mixed = from.map((c, k) => Math.round(c + (to[k] - c) * share));
    return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
  };
  const marks: Mark[] = [{ kind: 'text', x: 0, y: 8, text: title, size: LABEL }];
  months.forEach((month, m) => {
    const y = top + m * row;
    marks.push({ kind: 'text', x: left - 5, y: y + row / 2 + 2.5, text: month, size: SMALL, anchor: 'end' });
    for (let hour = 0; hour < 24; hour++)
      marks.push({
        kind: 'rect',
        x: left + hour * cell,
        y,
        width: cell + 0.15,
        height: row + 0.15,
        fill: shade(values[m][hour] / most),
      });
  });
  for (let hour = 0; hour <= 24; hour += 3)
    marks.push({
      kind: 'text',
      x: left + hour * cell,
      y: bottom + 10,
      text: String(hour),
      size: SMALL,
      anchor: 'middle',
      color: PALETTE.muted,
    });
  marks.push({ kind: 'text', x: width - scaleRoom, y: bottom + 21, text: xTitle, size: LABEL, anchor: 'end' });
  const [barX, steps] = [width - scaleRoom + 10, 24];
  for (let k = 0; k < steps; k++) {
    const tall = (bottom - top) / steps;
    marks.push({
      kind: 'rect',
      x: barX,
      y: top + k * tall,
      width: 8,
      height: tall + 0.2,
      fill: shade(1 - (k + 0.5) / steps),
    });
  }
  marks.push(
    { kind: 'text', x: barX + 11, y: top + 5, text: format(most), size: SMALL, color: PALETTE.muted },
    { kind: 'text', x: barX + 11, y: bottom, text: format(0), size: SMALL, color: PALETTE.muted },
  );
  return { width, height, marks };
}
