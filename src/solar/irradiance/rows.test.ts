import { describe, expect, test } from '@jest/globals';
import { shadedLength } from './rows.ts';

const RAD = Math.PI / 180;

/** Of points along a row, the share whose ray to the sun meets the row before it, by casting rays. */
function castRays(tiltDeg: number, azimuthDeg: number, sun: readonly number[], length: number): number {
  const [sinT, cosT] = [Math.sin(tiltDeg * RAD), Math.cos(tiltDeg * RAD)];
  const [sinA, cosA] = [Math.sin(azimuthDeg * RAD), Math.cos(azimuthDeg * RAD)];
  const across = sun[0] * sinA + sun[1] * cosA;
  const along = sun[0] * cosA - sun[1] * sinA;
  const n = 4000;
  let hits = 0;
  for (let i = 0; i < n; i++) {
    // A point at the foot of the row, whose neighbour stands one pitch nearer to the sun.
    const at = ((i + 0.5) / n) * length;
    // On the neighbour's plane: (across - 1) sinT + up cosT = 0.
    const reach = sinT / (across * sinT + sun[2] * cosT);
    const met = at + along * reach;
    if (met >= 0 && met <= length) hits++;
  }
  return hits / n;
}

describe('ends of rows', () => {
  test.each([
    [30, 180, 250, 10, 5],
    [20, 90, 60, 5, 3],
    [45, 200, 140, 12, 20],
    [30, 180, 180, 10, 2],
  ])(
    'tilt %d, azimuth %d, sun at %d and %d deg, length %d: as rays say',
    (tilt, azimuth, sunAzimuth, height, length) => {
      const [cosH, sinH] = [Math.cos(height * RAD), Math.sin(height * RAD)];
      const sun = [cosH * Math.sin(sunAzimuth * RAD), cosH * Math.cos(sunAzimuth * RAD), sinH];
      const sinT = Math.sin(tilt * RAD);
      const normal = [sinT * Math.sin(azimuth * RAD), sinT * Math.cos(azimuth * RAD), Math.cos(tilt * RAD)];
      const cosine = sun[0] * normal[0] + sun[1] * normal[1] + sun[2] * normal[2];
      const share = shadedLength(
        { east: Float64Array.of(sun[0]), north: Float64Array.of(sun[1]) },
        0,
        { normalEast: normal[0], normalNorth: normal[1] },
        cosine,
        length,
        false,
      );
      expect(Math.abs(share - castRays(tilt, azimuth, sun, length))).toBeLessThan(1e-3);
    },
  );
});
