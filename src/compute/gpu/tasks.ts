/** What a process asks its thread about the GPU. */
import type { DeviceDescription, OpenDevice } from '../../lib/device.ts';

export const GPU_TASKS = {
  /** @throws NoGpuError that says what was looked for */
  describeDevice: async (_: null, openDevice: OpenDevice): Promise<DeviceDescription> =>
    (await openDevice()).description,
} as const;
