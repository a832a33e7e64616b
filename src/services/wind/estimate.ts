/** Estimates the compute time of a wind job, so that a job that cannot end in time is refused before it starts. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WakeModel } from '../../wind/wakes/wake-models.ts';

/**
 * Returns the time of one pair of turbines in one direction at one speed [ns], on one thread, as `npm run bench`
 * measures it for the farm of 80 turbines. A modified model counts as the most expensive one of its kind.
 */
function nsPerPairCase(model: WakeModel): number {
  if (model.kind === 'superposed' && model.blockage) return BLOCKAGE * nsPerPairCase({ ...model, blockage: undefined });
  if (model.kind === 'floris_gauss') return model.transverseVelocities ? 350 : 140;
  if (model.deficit.kind === 'turbo_gaussian') return 9;
  if (model.turbulence !== null) return 8;
  return model.deficit.kind === 'jensen' ? 1 : 2.5;
}

/** Rounds over the farm that blockage takes, and its own work. */
const BLOCKAGE = 20;

/** Time of one turbine in one direction at one speed, in addition to that of its pairs [ns]. */
const NS_PER_TURBINE = 20;

export interface Size {
  readonly model: WakeModel;
  readonly turbines: number;
  readonly directions: number;
  readonly speeds: number;
}

/** Returns the seconds of one evaluation of a farm; a turbine without wakes takes time too. */
export const evaluationSeconds = ({ model, turbines, directions, speeds }: Size): number =>
  1e-9 * directions * speeds * turbines * (NS_PER_TURBINE + nsPerPairCase(model) * 0.5 * (turbines - 1));

/**
 * Checks that a job can end within the time limit.
 * @param lower what to reduce, and how the time grows with it: linearly, or as given, in addition to a constant part
 * @throws AppError `job.too_large` with the estimate and the largest value that fits
 */
export function requireTime(
  seconds: number,
  limitS: number,
  lower: {
    readonly name: string;
    readonly pointer: string;
    readonly value: number;
    readonly power?: number;
    readonly constantS?: number;
  },
): void {
  if (seconds <= limitS) return;
  const { power = 1, constantS = 0 } = lower;
  const share = Math.max(0, limitS - constantS) / (seconds - constantS);
  const most = Math.floor(lower.value * share ** (1 / power));
  throw new AppError('job.too_large', `This needs some ${Math.ceil(seconds)} s of compute time; a job has ${limitS}`, {
    pointer: lower.pointer,
    fix:
      most >= 1
        ? `Lower ${lower.name} from ${lower.value} to at most ${most}, or take wider bins or fewer turbines.`
        : `Even ${lower.name} 1 is too much: take wider bins, fewer turbines or a cheaper wake model.`,
    details: { estimated_s: Math.ceil(seconds), limit_s: limitS },
  });
}
