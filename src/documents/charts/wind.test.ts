import { expect, test } from '@jest/globals';
import type { Scene } from '../scene.ts';
import { PALETTE } from '../scene.ts';
import { sceneFile } from '../scene-svg.ts';
import { type FarmMap, layoutMap, windRose } from './wind.ts';

const svgOf = (scene: Scene) => sceneFile(scene, 'A picture');
const MAP: FarmMap = {
  // 8 points around the plot leave 480 for 1200 m: the farm and a rotor at each side.
  width: 496,
  maxHeight: 1000,
  turbines: [
    { x: 0, y: 0, diameterM: 100, isFixed: false },
    { x: 1000, y: 0, diameterM: 100, isFixed: false },
    { x: 1000, y: 500, diameterM: 100, isFixed: true },
  ],
  boundary: [
    {
      rings: [
        [
          [0, 0],
          [1000, 0],
          [1000, 500],
          [0, 500],
        ],
      ],
    },
  ],
  exclusions: [],
  north: 'N',
  scaleLabel: (m) => `${m} m`,
  scaleUnitM: 1000,
  legend: {
    turbine: 'Turbine',
    standing: 'Standing turbine',
    boundary: 'Boundary',
    exclusion: 'Exclusion',
    cable: 'Cable',
    substation: 'Substation',
  },
};

test('a layout is drawn to scale with north up, its boundary, its cables and the places where no turbine may stand', () => {
  const svg = svgOf(
    layoutMap({
      ...MAP,
      exclusions: [{ circle: { x: 500, y: 250, radius: 50 } }],
      cables: [
        [
          [0, 0],
          [1000, 0],
        ],
        [
          [1000, 0],
          [1000, 500],
        ],
      ],
    }),
  );
  // 0.4 points a metre: rotors of 20 points radius; the northern turbine is above the others.
  const rotors = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="20" fill="(#\w+)"/g)].map((m) => m.slice(1));
  expect(rotors).toEqual([
    ['248', '148', '#e3d6d0'],
    ['48', '248', PALETTE.primary],
    ['448', '248', PALETTE.primary],
    ['448', '48', PALETTE.rule],
  ]);
  expect(svg).toContain('M48 248L448 248');
  expect(svg).toContain('M448 248L448 48');
  expect(svg).toMatch(/d="M48 248L448 248L448 48L48 48Z" fill-rule="evenodd"/);
  // The scale is 80 points long.
  expect(svg).toMatch(/<rect [^>]*width="80"/);
  expect(svg).toContain('>200 m</text>');
  for (const name of ['Turbine', 'Standing turbine', 'Boundary', 'Exclusion', 'Cable'])
    expect(svg).toContain(`>${name}</text>`);
});

test('slow air is dark, free air is paper, and rotors stand across the wind', () => {
  const square = (west: number) => [
    [
      [west, 0],
      [west + 100, 0],
      [west + 100, 100],
      [west, 100],
    ] as const,
  ];
  const svg = svgOf(
    layoutMap({
      ...MAP,
      width: 500,
      turbines: [{ x: 500, y: 250, diameterM: 100, isFixed: false }],
      boundary: [],
      flow: {
        area: { minX: 0, maxX: 1000, minY: 0, maxY: 500 },
        contours: [
          { name: 'little', rings: square(600) },
          { name: 'much', rings: square(0) },
        ],
        title: 'Loss',
        directionDeg: 270,
        windName: 'Wind',
      },
    }),
  );
  const areas = [...svg.matchAll(/<path d="([^"]+)" fill-rule="evenodd" fill="(#\w+)"/g)].map((m) => m.slice(1));
  expect(areas).toEqual([
    ['M300 250L350 250L350 200L300 200Z', '#dfe9f3'],
    ['M0 250L50 250L50 200L0 200Z', '#bdd5e9'],
  ]);
  // Wind from the west: the rotor runs south to north, 100 of 1000 m on 500 points.
  expect(svg).toContain('M250 150L250 100');
  expect(svg).toContain('>200 m</text>');
});

test('a wedge of the rose is as long as its wind is frequent', () => {
  const svg = svgOf(
    windRose({
      size: 468,
      sectors: [
        { directionDeg: 0, shares: [0.1], label: '7.0 m/s' },
        { directionDeg: 90, shares: [0.2], label: '8.3 m/s' },
        { directionDeg: 180, shares: [0.3], label: '9.0 m/s' },
        { directionDeg: 270, shares: [0.4], label: '10.0 m/s' },
      ],
      classes: [],
      compass: ['N', 'E', 'S', 'W'],
      format: (share) => `${Math.round(100 * share)} %`,
    }),
  );
  const radii = [...svg.matchAll(/A([\d.]+) /g)].map(([, r]) => Number(r));
  expect(radii).toEqual([50, 100, 150, 200]);
  expect(svg).toContain('8.3 m/s');
  expect(svg).toContain('>40 %</text>');
});

test('a picture has an accessible name, a font, paper and a margin, and escapes what it is given', () => {
  const scene = { width: 10, height: 5, marks: [{ kind: 'text', x: 0, y: 5, text: 'A<b>&"', size: 7 }] } as const;
  const svg = sceneFile(scene, 'Turbines <1> & "2"');
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="-12 -12 34 29" font-family="Noto Sans, sans-serif" role="img" /,
  );
  expect(svg).toContain('aria-labelledby="picture-alt">');
  expect(svg).toContain('<title id="picture-alt">Turbines &lt;1&gt; &amp; &quot;2&quot;</title>');
  expect(svg).toContain(`<rect x="-12" y="-12" width="34" height="29" fill="${PALETTE.paper}"/>`);
  expect(svg).toContain('>A&lt;b&gt;&amp;&quot;</text>');
});

test('one turbine, and a row of turbines, stand in the middle of their map', () => {
  for (const places of [
    [[7, 9]],
    [
      [0, 5],
      [400, 5],
      [800, 5],
    ],
  ]) {
    const { marks, width } = layoutMap({
      width: 300,
      maxHeight: 250,
      turbines: places.map(([x, y]) => ({ x, y, diameterM: 80, isFixed: false })),
      boundary: [],
      exclusions: [],
      north: 'N',
      scaleLabel: String,
      scaleUnitM: 1000,
      legend: { turbine: '', standing: '', boundary: '', exclusion: '', cable: '', substation: '' },
    });
    const [frame, clip] = marks;
    if (frame.kind !== 'rect' || clip.kind !== 'clip') throw new Error('no map');
    const dots = clip.marks.flatMap((mark) => (mark.kind === 'circle' ? [mark] : []));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(dots.map(({ x }) => x))).toBeCloseTo(width / 2, 6);
    expect(mean(dots.map(({ y }) => y))).toBeCloseTo(frame.height / 2, 6);
  }
});
