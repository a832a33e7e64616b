/** Pictures for reports: a layout with its boundary and cables, and a wind rose. */
import { SpanningTree } from '../../wind/layout/cable.ts';
import type { LayoutSite } from '../../wind/layout/layout-site.ts';

const WIDTH = 800;
const MARGIN = 20;
const FOOT = 40;
const at = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

export interface LayoutPicture {
  readonly xM: readonly number[];
  readonly yM: readonly number[];
  /** Rotor diameter of each turbine [m], and whether the turbine existed before */
  readonly diameterM: readonly number[];
  readonly isFixed: readonly boolean[];
  readonly site?: Pick<LayoutSite, 'zones' | 'exclusions'>;
  readonly substations?: readonly (readonly [xM: number, yM: number])[];
}

/**
 * Draws turbines as rotors to scale, new ones dark and existing ones light, and cables as the shortest tree; north is
 * up.
 */
export function layoutSvg(picture: LayoutPicture): string {
  const { xM, yM, diameterM, isFixed, site, substations = [] } = picture;
  const corners = [
    ...xM.map((x, i) => [x, yM[i]] as const),
    ...substations,
    ...(site?.zones ?? []).flatMap((part) =>
      'radiusM' in part
        ? [
            [part.xM - part.radiusM, part.yM - part.radiusM] as const,
            [part.xM + part.radiusM, part.yM + part.radiusM] as const,
          ]
        : part.outer,
    ),
  ];
  const bounds = (axis: 0 | 1) =>
    corners.reduce(([low, high], c) => [Math.min(low, c[axis]), Math.max(high, c[axis])], [Infinity, -Infinity]);
  const [west, east] = bounds(0);
  const [south, north] = bounds(1);
  const extent = Math.max(east - west, (north - south) * 0.8, 2 * Math.max(...diameterM));
  const scale = (WIDTH - 2 * MARGIN) / extent;
  const height = (north - south) * scale + 2 * MARGIN;
  const point = (x: number, y: number): [string, string] => [
    at(MARGIN + (x - west) * scale),
    at(height - MARGIN - (y - south) * scale),
  ];
  const zones = (list: LayoutSite['zones'], fill: string): string[] =>
    list.map((zone) => {
      if ('radiusM' in zone) {
        const [x, y] = point(zone.xM, zone.yM);
        return `<circle cx="${x}" cy="${y}" r="${at(zone.radiusM * scale)}" fill="${fill}" stroke="#666666"/>`;
      }
      const rings = [zone.outer, ...(zone.holes ?? [])];
      const path = rings.map((ring) => `M${ring.map(([x, y]) => point(x, y).join(' ')).join('L')}z`).join('');
      return `<path d="${path}" fill="${fill}" fill-rule="evenodd" stroke="#666666"/>`;
    });
  const places = [...xM.map((x, i) => [x, yM[i]] as const), ...substations];
  const tree = new SpanningTree(xM.length, substations);
  const lengthM = tree.length(xM, yM);
  const cables = tree
    .edges()
    .map(([from, to]) => `M${point(...places[from]).join(' ')}L${point(...places[to]).join(' ')}`)
    .join('');
  const rotors = xM.map((x, i) => {
    const [cx, cy] = point(x, yM[i]);
    const radius = Math.max(3, (diameterM[i] / 2) * scale);
    return `<circle cx="${cx}" cy="${cy}" r="${at(radius)}" fill="${isFixed[i] ? '#bbbbbb' : '#1f5f8b'}"><title>Turbine ${i + 1}</title></circle>`;
  });
  const stations = substations.map(([x, y]) => {
    const [px, py] = point(x, y).map(Number);
    return `<rect x="${at(px - 5)}" y="${at(py - 5)}" width="10" height="10" fill="#c0392b"/>`;
  });
  const power = 10 ** Math.floor(Math.log10(extent / 5));
  const bar = power * ([5, 2, 1].find((step) => step * power <= extent / 5) ?? 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${at(height + FOOT)}" font-family="sans-serif" font-size="13">`,
    `<title>Layout of ${xM.length} turbines, ${(lengthM / 1000).toFixed(2)} km of cables</title>`,
    `<rect width="${WIDTH}" height="${at(height + FOOT)}" fill="#ffffff"/>`,
    ...zones(site?.zones ?? [], '#f3f6ee'),
    ...zones(site?.exclusions ?? [], '#e6d5d0'),
    `<path d="${cables}" stroke="#c0392b" fill="none"/>`,
    ...rotors,
    ...stations,
    `<path d="M${MARGIN} ${at(height + 8)}h${at(bar * scale)}" stroke="#000000" stroke-width="3"/>`,
    `<text x="${MARGIN}" y="${at(height + 26)}">${bar >= 1000 ? `${bar / 1000} km` : `${bar} m`}</text>`,
    `<text x="${WIDTH - MARGIN}" y="${at(height + 26)}" text-anchor="end">${xM.length} turbines, ${(lengthM / 1000).toFixed(2)} km of cables</text>`,
    '</svg>',
    '',
  ].join('\n');
}

export interface RoseSector {
  readonly directionDeg: number;
  readonly frequency: number;
  readonly meanSpeedMPerS: number;
}

/** A wind rose: a wedge for each sector, whose length is the sector's frequency, with its mean speed. */
export function windRoseSvg(sectors: readonly RoseSector[]): string {
  const most = Math.max(...sectors.map(({ frequency }) => frequency), 1e-9);
  const size = 500;
  const middle = size / 2;
  const reach = 190;
  const half = 180 / sectors.length;
  const point = (degrees: number, radius: number): [string, string] => {
    const angle = (degrees * Math.PI) / 180;
    return [at(middle + radius * Math.sin(angle)), at(middle - radius * Math.cos(angle))];
  };
  const ringStep = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((step) => most / step <= 5) ?? 1;
  const rings = Array.from({ length: Math.floor(most / ringStep) }, (_, i) => (i + 1) * ringStep);
  const full = sectors.length === 1;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" font-family="sans-serif" font-size="12">`,
    '<title>Wind rose: share of the time by direction</title>',
    `<rect width="${size}" height="${size}" fill="#ffffff"/>`,
    ...rings.map(
      (ring) => `<circle cx="${middle}" cy="${middle}" r="${at((reach * ring) / most)}" fill="none" stroke="#dddddd"/>`,
    ),
    ...sectors.map(({ directionDeg, frequency }) => {
      const radius = (reach * frequency) / most;
      if (full) return `<circle cx="${middle}" cy="${middle}" r="${at(radius)}" fill="#1f5f8b" fill-opacity="0.75"/>`;
      const [from, to] = [point(directionDeg - half, radius), point(directionDeg + half, radius)];
      const isLarge = half > 90 ? 1 : 0;
      return `<path d="M${middle} ${middle}L${from.join(' ')}A${at(radius)} ${at(radius)} 0 ${isLarge} 1 ${to.join(' ')}z" fill="#1f5f8b" fill-opacity="0.75" stroke="#ffffff"/>`;
    }),
    ...rings.map((ring) => {
      const [x, y] = point(0, (reach * ring) / most);
      return `<text x="${x}" y="${y}" fill="#555555" text-anchor="middle">${Math.round(100 * ring)} %</text>`;
    }),
    ...sectors.map(({ directionDeg, meanSpeedMPerS, frequency }) => {
      const [x, y] = point(directionDeg, reach + 28);
      return frequency > 0
        ? `<text x="${x}" y="${y}" text-anchor="middle">${meanSpeedMPerS.toFixed(1)} m/s</text>`
        : '';
    }),
    '</svg>',
    '',
  ].join('\n');
}
