import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { superposedModel } from '../../../test/support/wind-runs.ts';
import { GpuDevice } from '../../compute/gpu/device.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import { deviceFlowMap, isDeviceMap } from './device-flow-map.ts';
import { flowMap } from './flow-map.ts';

const gpuTest = testWith('vulkan', hasVulkan);
let gpu: GpuDevice;
beforeAll(async () => {
  if (hasVulkan) gpu = await GpuDevice.open();
});
afterAll(() => gpu?.release());

const input = {
  farm: {
    xM: [500_000, 500_620, 501_300, 500_333, 500_951],
    yM: [6_000_000, 6_000_110, 5_999_871, 6_000_590, 6_000_777],
    turbines: [publicTurbine('v80'), publicTurbine('dtu10mw')],
    kind: [0, 1, 0, 1, 0],
  },
  ...{ directionDeg: 263.1, wsMPerS: 9.3, ti: 0.09, heightM: 77, nX: 97, nY: 73 },
};

for (const name of ['noj_k004', 'bastankhah_k00325', 'bastankhah2014_k004', 'niayifar_crespo', 'turbopark_nygaard2022'])
  gpuTest(`${name}: the speeds of a map are those of the engine to 1e-5`, async () => {
    const model = superposedModel(name);
    for (const superposition of name.startsWith('turbopark')
      ? [model.superposition]
      : [model.superposition, 'max' as const]) {
      const asked = { ...input, model: { ...model, superposition } };
      const exact = flowMap(asked);
      const drawn = await deviceFlowMap(gpu, asked);
      const off = drawn.wsMPerS.filter((u, p) => Math.abs(u - exact.wsMPerS[p]) > 1e-5 * asked.wsMPerS);
      // A top hat has an edge, at which a point lies on one side or on the other.
      expect(off.length).toBeLessThanOrEqual(name === 'noj_k004' ? 3 : 0);
      expect(Math.min(...drawn.wsMPerS)).toBeLessThan(0.8 * asked.wsMPerS);
    }
  });

test('maps with yaw, blockage and models of FLORIS are left to the processor', () => {
  const asked = { ...input, model: superposedModel('bastankhah_k00325') };
  expect(isDeviceMap({ ...asked, yawDeg: [0, 0, 0, 0, 0] })).toBe(true);
  expect(isDeviceMap({ ...asked, yawDeg: [0, 20, 0, 0, 0] })).toBe(false);
  expect(isDeviceMap({ ...asked, model: { ...asked.model, blockage: 'self_similar' } })).toBe(false);
  expect(isDeviceMap({ ...asked, model: wakeModel('floris_gauss') })).toBe(false);
});
