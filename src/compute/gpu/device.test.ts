import { afterEach, expect } from '@jest/globals';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { type DeviceCall, DeviceMemoryError, inBatches } from '../../lib/device.ts';
import { GpuDevice } from './device.ts';

const gpuTest = testWith('vulkan', hasVulkan);

const opened: GpuDevice[] = [];
const open = async (...options: Parameters<typeof GpuDevice.open>): Promise<GpuDevice> => {
  const gpu = await GpuDevice.open(...options);
  opened.push(gpu);
  return gpu;
};
afterEach(() => {
  for (const gpu of opened.splice(0)) gpu.release();
});

const LANES = 64;
/** Adds each row of a table: lanes by steps, then in pairs. */
const SUMS = {
  name: 'sums',
  code: `
@group(0) @binding(0) var<storage, read> width: array<u32>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
var<workgroup> lanes: array<f32, ${LANES}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var k = lane; k < width[0]; k += ${LANES}u) { sum += table[group.x * width[0] + k]; }
  lanes[lane] = sum;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { lanes[lane] += lanes[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { sums[group.x] = lanes[0]; }
}`,
};
const table = (rows: number, width: number): Float32Array =>
  Float32Array.from({ length: rows * width }, (_, k) => 1 + Math.sin(k * 0.7));
const sumsOf = (values: Float32Array, width: number): DeviceCall => ({
  program: SUMS,
  constants: [Uint32Array.of(width)],
  inputs: [values],
  outputs: values.length / width,
  workgroups: [values.length / width, 1],
});
const exact = (values: Float32Array, width: number): number[] =>
  Array.from({ length: values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
const worst = (sums: Float32Array, expected: readonly number[]): number =>
  expected.reduce((most, value, i) => Math.max(most, Math.abs(sums[i] / value - 1)), 0);

gpuTest('sums of a year of minutes in pairs are right to 1e-6 on this adapter', async () => {
  const gpu = await open();
  const values = table(3, 525_600);
  expect(worst(await gpu.run(sumsOf(values, 525_600)), exact(values, 525_600))).toBeLessThan(1e-6);
  expect(gpu.description.limits.maxBufferSize).toBeGreaterThan(1e6);
  expect(gpu.busyMs).toBeGreaterThan(0);
});

gpuTest('a lost device is acquired again, also in the middle of a call, with the constants that it held', async () => {
  const gpu = await open();
  const values = table(8, 1000);
  const call = sumsOf(values, 1000);
  const first = await gpu.run(call);
  gpu.release();
  expect(await gpu.run(call)).toEqual(first);
  const running = gpu.run(call);
  gpu.release();
  expect(await running).toEqual(first);
  expect(gpu.losses).toBe(2);
});

gpuTest('buffers are used again, and constants stay', async () => {
  const gpu = await open();
  const call = sumsOf(table(8, 1000), 1000);
  await gpu.run(call);
  const held = gpu.memoryBytes;
  for (let k = 0; k < 5; k++) await gpu.run({ ...call, inputs: [table(8, 1000)] });
  expect(gpu.memoryBytes).toBe(held);
});

gpuTest('work beyond the memory runs in smaller batches, and what does not fit at all is refused', async () => {
  const gpu = await open({ maxMemoryBytes: 200_000 });
  const [rows, width] = [64, 1000];
  const values = table(rows, width);
  await expect(gpu.run(sumsOf(values, width))).rejects.toThrow(DeviceMemoryError);
  const sums = new Float32Array(rows);
  const sizes: number[] = [];
  await inBatches(rows, async (from, to) => {
    sums.set(await gpu.run(sumsOf(values.subarray(from * width, to * width), width)), from);
    sizes.push(to - from);
  });
  expect(Math.max(...sizes)).toBeLessThan(rows);
  expect(worst(sums, exact(values, width))).toBeLessThan(1e-6);
  expect(gpu.memoryBytes).toBeLessThanOrEqual(200_000);
  const huge = { ...sumsOf(table(1, 64), 64), outputs: 2 ** 31 };
  await expect(gpu.run(huge)).rejects.toThrow(/A buffer needs \d+ bytes/);
});

gpuTest('a program that does not compile says why', async () => {
  const gpu = await open();
  const broken = { ...sumsOf(table(1, 64), 64), program: { name: 'broken', code: 'fn main() { nothing(); }' } };
  await expect(gpu.run(broken)).rejects.toThrow(/nothing/);
  // The device still works.
  const values = table(2, 64);
  expect(worst(await gpu.run(sumsOf(values, 64)), exact(values, 64))).toBeLessThan(1e-6);
});
