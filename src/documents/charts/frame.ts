/** The parts that charts share: axes with ticks, units and a grid, and legends. */
import { scaleLinear } from 'd3-scale';
import { textWidth } from '../fonts.ts';
import type { Mark, Stroke } from '../scene.ts';
import { at, hatch, PALETTE } from '../scene.ts';

/** The label of a tick; all labels of an axis have the same number of decimals. */
export type Format = (value: number, decimals: number) => string;

export const SMALL = 7;
export const LABEL = 7.5;
export const GRID: Stroke = { color: PALETTE.faint, width: 0.6 };
export const AXIS: Stroke = { color: PALETTE.muted, width: 0.7 };

/** The styles that distinguish series in colour and in grey. */
export const FILLS = [PALETTE.primary, PALETTE.second, PALETTE.third, PALETTE.fourth] as const;
export const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [5, 2.5], [1.5, 1.8], [7, 2, 1.5, 2]];

export const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');

export interface Scale {
  readonly to: (value: number) => number;
  readonly ticks: readonly number[];
  /** Decimals that distinguish the ticks */
  readonly decimals: number;
}

/** Returns the scale from round numbers around the values to positions. */
export function linear(lowest: number, highest: number, from: number, to: number, ticks = 5): Scale {
  const spread = highest > lowest ? [lowest, highest] : [lowest - 0.5, lowest + 0.5];
  const scale = scaleLinear().domain(spread).nice(ticks).range([from, to]);
  const [first, second] = scale.ticks(ticks);
  // Steps are 1, 2 or 5 times a power of ten.
  const decimals = Math.max(0, -Math.floor(Math.log10(second - first) + 1e-9));
  return { to: (value) => scale(value), ticks: scale.ticks(ticks), decimals };
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Returns the width of the labels of a vertical axis: that of the widest tick. */
export const yAxisWidth = (lowest: number, highest: number, format: Format): number => {
  const { ticks, decimals } = linear(lowest, highest, 0, 1);
  return Math.max(...ticks.map((tick) => textWidth(format(tick, decimals), SMALL))) + 8;
};

export function yAxis(box: Box, scale: Scale, format: Format, title: string, side: 'left' | 'right' = 'left'): Mark[] {
  const isLeft = side === 'left';
  const x = isLeft ? box.left : box.right;
  return [
    ...scale.ticks.flatMap((tick): Mark[] => {
      const y = scale.to(tick);
      return [
        ...(isLeft
          ? [
              {
                kind: 'path',
                d: path([
                  [box.left, y],
                  [box.right, y],
                ]),
                stroke: GRID,
              } as const,
            ]
          : []),
        {
          kind: 'text',
          x: isLeft ? x - 4 : x + 4,
          y: y + 2.5,
          text: format(tick, scale.decimals),
          size: SMALL,
          anchor: isLeft ? 'end' : 'start',
          color: PALETTE.muted,
        },
      ];
    }),
    {
      kind: 'text',
      x: isLeft ? 0 : box.right + 34,
      y: 8,
      text: title,
      size: LABEL,
      anchor: isLeft ? 'start' : 'end',
      color: PALETTE.text,
    },
  ];
}

export function xAxis(box: Box, scale: Scale, format: Format, title: string): Mark[] {
  return [
    {
      kind: 'path',
      d: path([
        [box.left, box.bottom],
        [box.right, box.bottom],
      ]),
      stroke: AXIS,
    },
    ...scale.ticks.flatMap((tick): Mark[] => {
      const x = scale.to(tick);
      return [
        {
          kind: 'path',
          d: path([
            [x, box.bottom],
            [x, box.bottom + 3],
          ]),
          stroke: AXIS,
        },
        {
          kind: 'text',
          x,
          y: box.bottom + 11,
          text: format(tick, scale.decimals),
          size: SMALL,
          anchor: 'middle',
          color: PALETTE.muted,
        },
      ];
    }),
    {
      kind: 'text',
      x: box.right,
      y: box.bottom + 22,
      text: title,
      size: LABEL,
      anchor: 'end',
      color: PALETTE.text,
    },
  ];
}

/** Returns a bar in the style of its series: plain, or with a hatch over it. */
export function bar(x: number, y: number, width: number, height: number, series: number): Mark[] {
  const fill = FILLS[series % FILLS.length];
  const plain: Mark = { kind: 'rect', x, y, width, height, fill };
  if (series % 2 === 0) return [plain];
  return [plain, { kind: 'path', d: hatch(x, y, width, height, 3.2), stroke: { color: PALETTE.paper, width: 0.6 } }];
}

export interface LegendEntry {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  readonly series: number;
}

/** Draws the legend in one row from the right, above the plot. */
export function legend(entries: readonly LegendEntry[], right: number, y: number): Mark[] {
  const marks: Mark[] = [];
  let x = right;
  for (const { name, kind, series } of [...entries].reverse()) {
    x -= textWidth(name, SMALL);
    marks.push({ kind: 'text', x, y, text: name, size: SMALL });
    x -= 17;
    if (kind === 'bar') marks.push(...bar(x + 4, y - 6, 10, 6.5, series));
    else
      marks.push({
        kind: 'path',
        d: path([
          [x, y - 2.5],
          [x + 14, y - 2.5],
        ]),
        stroke: { color: FILLS[series % FILLS.length], width: 1.4, dash: DASHES[series % DASHES.length] },
      });
    x -= 9;
  }
  return marks;
}
