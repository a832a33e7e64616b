/** Estimates the compute time of a wind job, so that a job that cannot end in time is refused before it starts. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WakeModel } from '../../wind/wakes/wake-models.ts';

/**
 * Returns the time of one pair of turbines in one direction at one speed [ns], on one thread, as `npm run bench`
 * measures it for the farm of 80 turbines. A modified model counts as the most expensive one of its kind.
 */
function nsPerPairCase(model: WakeModel): number {
  if (model.kind === 'superposed' && model.blockage) return BLOCKAGE * nsPerPairCase({ ...model, blockage: undefined });
  if (model.kind === 'floris_gauss') return model.transverseVelocities ? 350 : 60;
  if (model.deficit.kind === 'turbo_gaussian') return 3.2;
  if (model.turbulence?.kind === 'crespo_hernandez') return 3;
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
export function evaluationSeconds({ model, turbines, directions, speeds }: Size): number {
  const pairs = 0.5 * turbines * (turbines - 1);
  const plain = plainWakeOf(model);
  const isSmall = model.kind === 'superposed' && directions * speeds * turbines ** 2 < VECTOR_WORK;
  const slow = isSmall ? WITHOUT_VECTORS : 1;
  if (!plain) return 1e-9 * slow * directions * speeds * (NS_PER_TURBINE * turbines + nsPerPairCase(model) * pairs);
  const across = USUAL_SPACING * Math.sqrt(turbines);
  const reached = Math.min(1, plain.baseDiameters / across + plain.growth);
  return (
    1e-9 *
    directions *
    slow *
    (NS_PER_FAR_PAIR * pairs + speeds * (NS_PER_PLAIN_TURBINE * turbines + plain.ns * reached * pairs))
  );
}

/**
 * Wakes without turbulence, for which WebAssembly leaves out pairs that do not meet. Measured for 60 to 1,000 turbines 7 or 8
 * diameters apart, in 72 and 360 directions at 23 speeds: a pair that meets, at one speed [ns]; and the share of pairs that do: wakes
 * begin with a width and grow.
 */
function plainWakeOf(model: WakeModel): { ns: number; baseDiameters: number; growth: number } | null {
  if (model.kind !== 'superposed' || model.blockage || model.turbulence !== null) return null;
  if (model.deficit.kind === 'jensen') return { ns: 3, baseDiameters: 2, growth: 0.02 };
  if (model.deficit.kind === 'gaussian' && model.deficit.rotorAverage === 'centre')
    return { ns: 5.8, baseDiameters: 3, growth: 0.07 };
  return null;
}

/** Distance between turbines that estimates suppose [diameters] */
const USUAL_SPACING = 8;
/** A pair that does not meet, in one direction, and a turbine at one speed [ns] */
const NS_PER_FAR_PAIR = 2;
const NS_PER_PLAIN_TURBINE = 6;
/** Below this many cases of pairs the engine works without WebAssembly, and takes so many times as long; FLORIS's models always do. */
const VECTOR_WORK = 1e6;
const WITHOUT_VECTORS = 2.2;

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
    /** Other ways to lower the time, in words; left out: bins and turbines */
    readonly others?: readonly string[];
  },
): void {
  if (seconds <= limitS) return;
  const { power = 1, constantS = 0, others = ['take wider bins', 'take fewer turbines'] } = lower;
  const share = Math.max(0, limitS - constantS) / (seconds - constantS);
  const most = Math.floor(lower.value * share ** (1 / power));
  throw new AppError('job.too_large', `This needs some ${Math.ceil(seconds)} s of compute time; a job has ${limitS}`, {
    pointer: lower.pointer,
    fix:
      most >= 1
        ? `Lower ${lower.name} from ${lower.value} to at most ${most}, or ${others.join(', or ')}.`
        : `Even ${lower.name} 1 is too much: ${others.join(', or ')}.`,
    details: { estimated_s: Math.ceil(seconds), limit_s: limitS },
  });
}
