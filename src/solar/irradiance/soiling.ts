/** Soiling: dust that gathers and is washed off by rain. */
import { AppError } from '../../contracts/common/app-error.ts';

export interface KimberOptions {
  /** Rain within 24 h that cleans [mm] */
  readonly cleaningThresholdMm: number;
  /** Loss gathered in a day [1/day] */
  readonly lossPerDay: number;
  /** Days after cleaning rain in which the ground is damp and no dust settles */
  readonly graceDays: number;
  /** Largest loss [1] */
  readonly maxLoss: number;
  /** Loss at the beginning [1] */
  readonly initialLoss: number;
  /** Steps at which the modules are washed by hand; none by default. */
  readonly washSteps?: readonly number[];
}

/**
 * Returns the loss by soiling in each step.
 * @param rainMm rain of each step [mm], length n, in order
 * @param stepHours [h], above 0 to 24
 * @returns [1], length n, 0 to `maxLoss`
 * @see Kimber, Mitchell, Nogradi and Wenger 2006, doi:10.1109/WCPEC.2006.279690
 */
export function soilingKimber(rainMm: ArrayLike<number>, stepHours: number, options: KimberOptions): Float64Array {
  const { cleaningThresholdMm, lossPerDay, graceDays, maxLoss, initialLoss } = options;
  if (!(stepHours > 0 && stepHours <= 24))
    throw new AppError('solar.invalid_input', `soiling: step_h is ${stepHours}; expected above 0 to 24`);
  const n = rainMm.length;
  const window = Math.round(24 / stepHours);
  const grace = Math.round((graceDays * 24) / stepHours);
  const washed = new Set(options.washSteps);
  const losses = new Float64Array(n);
  let gathered = 0;
  let cleanedAt = 0;
  let rain24h = 0;
  let lastRain = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if (!(rainMm[i] >= 0))
      throw new AppError('solar.invalid_input', `soiling: rain_mm of step ${i} is ${rainMm[i]}; expected 0 or more`);
    gathered = i === 0 ? initialLoss : gathered + (lossPerDay * stepHours) / 24;
    rain24h = 0;
    for (let k = Math.max(0, i - window + 1); k <= i; k++) rain24h += rainMm[k];
    if (rain24h > cleaningThresholdMm) lastRain = i;
    if (i - lastRain < grace || washed.has(i)) cleanedAt = gathered;
    losses[i] = Math.min(gathered - cleanedAt, maxLoss);
  }
  return losses;
}
