/** The years of weather that a solar job names. */
import { AppError } from '../../src/contracts/common/app-error.ts';
import type { ComputeDependencies } from '../run-compute.ts';

export const weatherOf = (
  ids: readonly string[],
  orgId: string,
  { weather }: Pick<ComputeDependencies, 'weather'>,
): Promise<{ id: string; data: Uint8Array }[]> =>
  Promise.all(ids.map(async (id) => ({ id, data: await weather.data(orgId, id) }))).catch((cause: unknown) => {
    throw cause instanceof AppError && cause.code === 'request.not_found'
      ? new AppError('solar.invalid_input', 'A weather dataset of this job was deleted', { cause })
      : cause;
  });
