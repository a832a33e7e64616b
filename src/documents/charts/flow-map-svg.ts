/** A flow map as a picture: wind speeds in colours, rotors as lines across the wind, a scale of length and one of speed. */

export interface FlowPicture {
  readonly columns: number;
  readonly rows: number;
  /** Bounds of the map [m] */
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
  /** By [row * columns + column], rows from south to north [m/s] */
  readonly wsMPerS: ArrayLike<number>;
  readonly freeMPerS: number;
  /** Where the wind comes from [deg] */
  readonly directionDeg: number;
  readonly turbines: readonly (readonly [xM: number, yM: number, diameterM: number])[];
}

/** Viridis at equal steps, dark for slow. Smith and van der Walt 2015, matplotlib (CC0) */
const COLOURS = [
  '440154',
  '482475',
  '414487',
  '355f8d',
  '2a788e',
  '21918c',
  '22a884',
  '44bf70',
  '7ad151',
  'bddf26',
  'fde725',
];
const LEVELS = 24;
const WIDTH = 800;
const LEGEND = 60;

function colourOf(share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (COLOURS.length - 1);
  const low = Math.min(Math.floor(place), COLOURS.length - 2);
  const channel = (colour: string, c: number) => Number.parseInt(colour.slice(2 * c, 2 * c + 2), 16);
  const mixed = [0, 1, 2].map((c) => {
    const from = channel(COLOURS[low], c);
    return Math.round(from + (place - low) * (channel(COLOURS[low + 1], c) - from));
  });
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Length of the scale bar: 1, 2 or 5 times a power of ten, about a fifth of the width. */
function roundLength(m: number): number {
  const power = 10 ** Math.floor(Math.log10(m));
  return power * ([5, 2, 1].find((step) => step * power <= m) ?? 1);
}

/** The picture as SVG text; equal neighbours in a row are one rectangle, so that the text stays small. */
export function flowMapSvg(picture: FlowPicture): string {
  const { columns, rows, minX, maxX, minY, maxY, wsMPerS, freeMPerS, directionDeg, turbines } = picture;
  const scale = WIDTH / (maxX - minX);
  const height = Math.round((maxY - minY) * scale);
  const lowest = Array.from(wsMPerS).reduce((low, ws) => Math.min(low, ws), freeMPerS);
  const range = Math.max(freeMPerS - lowest, 1e-9);
  const levelOf = (ws: number) => Math.min(LEVELS - 1, Math.floor(((ws - lowest) / range) * LEVELS));
  const paths = Array.from({ length: LEVELS }, () => [] as string[]);
  const [cellX, cellY] = [WIDTH / columns, height / rows];
  const at = (value: number) => value.toFixed(2).replace(/\.?0+$/, '');
  // Whole units at every edge, so that no gap shows between pieces.
  const left = (column: number) => Math.round(column * cellX);
  const top = (row: number) => Math.round(height - (row + 1) * cellY);
  for (let row = 0; row < rows; row++) {
    const y = top(row);
    const tall = top(row - 1) - y;
    for (let from = 0; from < columns; ) {
      const level = levelOf(wsMPerS[row * columns + from]);
      let to = from + 1;
      while (to < columns && levelOf(wsMPerS[row * columns + to]) === level) to++;
      const wide = left(to) - left(from);
      paths[level].push(`M${left(from)} ${y}h${wide}v${tall}h${-wide}z`);
      from = to;
    }
  }
  const colour = (level: number) => colourOf((level + 0.5) / LEVELS);
  const across = ((directionDeg + 90) * Math.PI) / 180;
  const rotors = turbines.map(([x, y, diameter]) => {
    const [dx, dy] = [(Math.sin(across) * diameter) / 2, (Math.cos(across) * diameter) / 2];
    const point = (px: number, py: number) => `${at((px - minX) * scale)} ${at(height - (py - minY) * scale)}`;
    return `M${point(x - dx, y - dy)}L${point(x + dx, y + dy)}`;
  });
  const lengthM = roundLength((maxX - minX) / 5);
  const step = (WIDTH / 2 - 40) / LEVELS;
  const swatches = paths.map(
    (_, level) =>
      `<rect x="${at(WIDTH / 2 + level * step)}" y="${height + 14}" width="${at(step + 0.5)}" height="14" fill="${colour(level)}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + LEGEND}" font-family="sans-serif" font-size="13">`,
    `<title>Wind speed behind turbines, wind from ${directionDeg} degrees at ${at(freeMPerS)} m/s</title>`,
    `<rect width="${WIDTH}" height="${height + LEGEND}" fill="#ffffff"/>`,
    '<g shape-rendering="crispEdges">',
    ...paths.flatMap((pieces, level) =>
      pieces.length ? [`<path fill="${colour(level)}" d="${pieces.join('')}"/>`] : [],
    ),
    '</g>',
    `<path d="${rotors.join('')}" stroke="#000000" stroke-width="2" fill="none"/>`,
    `<path d="M20 ${height + 28}h${at(lengthM * scale)}" stroke="#000000" stroke-width="3"/>`,
    `<text x="20" y="${height + 46}">${lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM} m`}</text>`,
    ...swatches,
    `<text x="${WIDTH / 2}" y="${height + 46}">${lowest.toFixed(1)}</text>`,
    `<text x="${WIDTH - 40}" y="${height + 46}" text-anchor="end">${freeMPerS.toFixed(1)} m/s</text>`,
    '</svg>',
    '',
  ].join('\n');
}
