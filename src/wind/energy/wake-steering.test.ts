import { describe, expect, test } from '@jest/globals';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import { steerWakes } from './wake-steering.ts';

const turbine = publicTurbine('nrel_5MW');
const bounds = { minYawDeg: -25, maxYawDeg: 25 };
const row = { xM: [0, 630, 1260], yM: [0, 0, 0], turbines: [turbine] };

describe('wake steering', () => {
  test.each(['floris_gauss', 'floris_gch', 'bastankhah_k00325'])(
    '%s: a row in the wind gains, one across it does not',
    (name) => {
      const input = { farm: row, model: wakeModel(name), directionsDeg: [270, 0], wsMPerS: 8, ti: 0.06, ...bounds };
      const [along, across] = steerWakes(input);
      expect(along.steeredKw / along.alignedKw).toBeGreaterThan(1.03);
      expect(Math.abs(along.yawDeg[0])).toBeGreaterThan(10);
      expect(along.yawDeg[2]).toBe(0);
      // Alone in the wind a yawed rotor only loses; the vortices of GCH reach neighbours too.
      if (name !== 'floris_gch') expect(across.yawDeg).toEqual([0, 0, 0]);
      expect(across.steeredKw).toBeGreaterThanOrEqual(across.alignedKw);
    },
  );

  test('stops between directions, and refuses angles that are no numbers', () => {
    const wind = { directionsDeg: [270, 271, 272], wsMPerS: 8, ti: 0.06 };
    const input = { farm: row, model: wakeModel('floris_gauss'), ...wind, ...bounds };
    let done = 0;
    const hooks = { onProgress: () => done++, shouldStop: () => done >= 2 };
    expect(steerWakes(input, hooks)).toHaveLength(2);
    expect(() => steerWakes({ ...input, maxYawDeg: Number.NaN })).toThrow(
      'max_yaw_deg is NaN; expected a finite number',
    );
  });
});
