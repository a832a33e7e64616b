/** Where a job computed, as results state it. */
import type { z } from 'zod';
import type { computedBySchema } from '../../contracts/common/optimizer.schema.ts';
import type { DeviceShare } from '../../lib/device.ts';

/** @param shares what devices did of each part of the job */
export function computedBy(shares: readonly (DeviceShare | null | undefined)[]): z.output<typeof computedBySchema> {
  const used = shares.filter((share) => share !== null && share !== undefined);
  return {
    ran_on: used.length > 0 ? 'gpu' : 'cpu',
    device: used[0]?.name ?? null,
    n_device_evaluations: used.reduce((sum, { evaluations }) => sum + evaluations, 0),
    device_s: used.reduce((sum, { ms }) => sum + ms, 0) / 1000,
  };
}
