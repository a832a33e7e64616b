/**
 * A drawing as data, in points. It is drawn as SVG for screens and by PDF operators for paper, so that both look the
 * same.
 */

export interface Stroke {
  readonly color: string;
  readonly width: number;
  /** Lengths of dashes and gaps */
  readonly dash?: readonly number[];
}

export interface Style {
  readonly fill?: string;
  readonly stroke?: Stroke;
  readonly opacity?: number;
}

/** Land, borders and graticule around a place, from (0, 0); paths are built only when they are drawn, because they are long. */
export interface Region {
  readonly kind: 'region';
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly width: number;
  readonly height: number;
}

/** The half of the globe that has a place at its centre. */
export interface Globe {
  readonly kind: 'globe';
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export type Mark =
  | Region
  | Globe
  /** `d` as in SVG, absolute commands */
  | ({ readonly kind: 'path'; readonly d: string; readonly evenOdd?: boolean } & Style)
  | ({
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    } & Style)
  | ({ readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number } & Style)
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Baseline */
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
      readonly color?: string;
      /** Clockwise around (x, y) [deg] */
      readonly turned?: number;
      /** Whether the letters have a white outline, for text on maps */
      readonly halo?: boolean;
    }
  | {
      readonly kind: 'clip';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly marks: readonly Mark[];
    };

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Colours that differ in grey too: their lightness is 30, 62, 80 and 45 of 100. */
export const PALETTE = {
  text: '#1d2733',
  muted: '#5b6774',
  rule: '#c9d1d9',
  faint: '#eaeef2',
  primary: '#16507d',
  second: '#d98a1f',
  third: '#a9cbe3',
  fourth: '#4f7f52',
  loss: '#b5523b',
  paper: '#ffffff',
} as const;

/** Formats a coordinate with at most two decimals. */
export const at = (value: number): string => {
  const text = value.toFixed(2);
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
};

/** Returns lines at 45 degrees inside a rectangle, `gap` apart: a fill that differs from a plain one in grey print too. */
export function hatch(x: number, y: number, width: number, height: number, gap = 4): string {
  const parts: string[] = [];
  for (let c = gap; c < width + height; c += gap) {
    const [x1, y1] = c <= height ? [0, c] : [c - height, height];
    const [x2, y2] = c <= width ? [c, 0] : [width, c - width];
    parts.push(`M${at(x + x1)} ${at(y + y1)}L${at(x + x2)} ${at(y + y2)}`);
  }
  return parts.join('');
}
