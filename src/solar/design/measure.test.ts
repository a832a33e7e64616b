import { expect, test } from '@jest/globals';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { GpuDevice } from '../../compute/gpu/device.ts';
import { isDeviceFaster, measureDevice } from './measure.ts';

const gpuTest = testWith('vulkan', hasVulkan);

gpuTest('a device is measured, and its energies are those of the processor', async () => {
  const gpu = await GpuDevice.open();
  const measured = await measureDevice(gpu);
  gpu.release();
  expect(measured.error).toBeLessThan(1e-6);
  for (const ms of [measured.fastMs, measured.wholeMs, measured.callMs + measured.deviceMs])
    expect(ms).toBeGreaterThan(0);
});

test('a device is taken for work that is large enough for what its calls cost', () => {
  const card = { fastMs: 0.3, wholeMs: 6, deviceMs: 0.001, callMs: 2, error: 0 };
  const work = { years: 10_000, calls: 100, isFast: true };
  expect(isDeviceFaster(card, work)).toBe(true);
  expect(isDeviceFaster(card, { ...work, years: 100 })).toBe(false);
  // The same work is larger where the processor has no fast kernel.
  expect(isDeviceFaster(card, { ...work, years: 100, isFast: false })).toBe(true);
  expect(isDeviceFaster({ ...card, deviceMs: 8 }, work)).toBe(false);
});
