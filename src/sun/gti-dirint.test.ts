import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { gtiDirint } from './gti-dirint.ts';

const reference = JSON.parse(readFileSync('test/fixtures/weather/gti_dirint.json', 'utf8'));
const column = (name: string): Float64Array =>
  Float64Array.from(reference[name], (value: number | null) => value ?? Number.NaN);

test('GTI-DIRINT agrees with pvlib to 1e-8, in front of the plane and behind it', () => {
  const parts = gtiDirint(
    {
      poaWm2: column('poaWm2'),
      zenithDeg: column('zenithDeg'),
      azimuthDeg: column('azimuthDeg'),
      timeMs: column('timeMs'),
      dewPointC: column('dewPointC'),
      utcOffsetH: reference.utcOffsetH,
      pressurePa: reference.pressurePa,
    },
    reference.plane,
  );
  for (const name of ['ghiWm2', 'dniWm2', 'dhiWm2'] as const) {
    const expected = column(name);
    const known = [...expected].filter((value) => !Number.isNaN(value));
    expect(known.length).toBeGreaterThan(55);
    for (const [i, value] of expected.entries())
      if (Number.isNaN(value)) expect([name, i, parts[name][i]]).toEqual([name, i, Number.NaN]);
      else expect(Math.abs(parts[name][i] - value)).toBeLessThan(1e-8 * Math.max(1, value));
  }
});
