/** Measured wind in the quantities that the classes of IEC 61400-1 limit. */
import type { GumbelFit } from '../../contracts/wind/fits.ts';
import { annualMaxima, returnSpeed, returnSpeedError } from './extreme.ts';
import { representativeStd } from './turbulence.ts';

/** null where the records do not suffice */
export interface WindStrength {
  /** Mean of at least 10 minutes that is exceeded once in 50 years, at the height of the speeds [m/s] */
  readonly extreme50MPerS: number | null;
  /** Its standard error that only the number of years gives [m/s] */
  readonly extreme50ErrorMPerS: number | null;
  /** Complete years whose maxima it comes from */
  readonly nYears: number;
  /** Length of the means [ms] */
  readonly stepMs: number;
  /** Standard deviation that nine of ten 10-minute records at 15 m/s stay below [m/s] */
  readonly std15MPerS: number | null;
}

/** Averaging time of the classes [ms] */
const TEN_MINUTES_MS = 600_000;

/** Records of one length; NaN where a standard deviation is missing */
interface Records {
  readonly wsMPerS: Float64Array;
  readonly timeMs: Float64Array;
  readonly stdMPerS?: Float64Array;
  readonly stepMs: number;
}

/** Returns the strength of measured wind. Means of less than 10 minutes have higher extremes than the classes speak of. */
export function windStrength({ wsMPerS, timeMs, stdMPerS, stepMs }: Records, fit?: GumbelFit): WindStrength {
  const maxima = stepMs < TEN_MINUTES_MS ? [] : annualMaxima(wsMPerS, timeMs, stepMs);
  return {
    extreme50MPerS: returnSpeed(maxima, 50, fit),
    extreme50ErrorMPerS: returnSpeedError(maxima, 50, fit),
    nYears: maxima.length,
    stepMs,
    std15MPerS: stdMPerS && stepMs === TEN_MINUTES_MS ? representativeStd(wsMPerS, stdMPerS, 15) : null,
  };
}
