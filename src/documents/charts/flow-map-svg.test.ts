import { expect, test } from '@jest/globals';
import { flowMapSvg } from './flow-map-svg.ts';

test('slow air is dark, free air bright, rotors stand across the wind', () => {
  const svg = flowMapSvg({
    columns: 2,
    rows: 2,
    minX: 0,
    maxX: 1000,
    minY: 0,
    maxY: 500,
    wsMPerS: [4, 8, 8, 8],
    freeMPerS: 8,
    directionDeg: 270,
    turbines: [[500, 250, 100]],
  });
  const pieces = [...svg.matchAll(/<path fill="(#\w+)" d="([^"]+)"/g)].map(([, fill, d]) => [fill, d]);
  // South-west is below and left; the north row is one piece.
  expect(pieces).toEqual([
    ['#45085b', 'M0 200h400v200h-400z'],
    [expect.stringMatching(/^#f/), 'M400 200h400v200h-400zM0 0h800v200h-800z'],
  ]);
  // Wind from the west: the rotor runs south to north, 100 of 1000 m on 800 units.
  expect(svg).toContain('M400 240L400 160');
  expect(svg).toContain('>200 m</text>');
});
