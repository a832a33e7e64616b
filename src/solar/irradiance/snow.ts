/** Snow on modules: Marion's coverage step by step and Townsend's loss month by month. */
import { AppError } from '../../contracts/common/app-error.ts';

const RAD = Math.PI / 180;

export interface MarionOptions {
  /** Depth of snow on the ground at the step's beginning [cm], length n; below 1 cm no snow stays on the modules. */
  readonly snowDepthCm?: ArrayLike<number>;
  /** Share of the slant height covered at the beginning [1]; default 0 */
  readonly initialCoverage?: number;
  /** Snowfall that covers the whole row [cm/h]; default 1 */
  readonly thresholdCmPerH?: number;
}

/** Snow slides where the air is warmer than POA / -80 W/m2/K, 0.197 sin(tilt) of the row an hour. */
const CAN_SLIDE_WM2_PER_K = -80;
const SLIDE_PER_HOUR = 0.197;
const GROUND_THRESHOLD_CM = 1;

/**
 * Returns the share of a row's slant height that snow covers.
 * @param snowfallCm in each step [cm], length n
 * @param poaWm2 [W/m2] @param tempAirC [degC] @param tiltDeg [deg], one for all steps or one for each
 * @returns [1], length n
 * @see Marion, Schaefer, Caine and Sanchez 2013, doi:10.1016/j.solener.2013.07.029; Ryberg and Freeman 2017, NREL/TP-6A20-68705
 */
export function snowCoverageMarion(
  snowfallCm: ArrayLike<number>,
  poaWm2: ArrayLike<number>,
  tempAirC: ArrayLike<number>,
  tiltDeg: number | ArrayLike<number>,
  stepHours: number,
  { snowDepthCm, initialCoverage = 0, thresholdCmPerH = 1 }: MarionOptions = {},
): Float64Array {
  const n = poaWm2.length;
  if (snowfallCm.length !== n)
    throw new AppError('solar.invalid_input', `snow: ${snowfallCm.length} values of snowfall for ${n} steps`);
  const coverage = new Float64Array(n);
  let covered = initialCoverage;
  for (let i = 0; i < n; i++) {
    const bare = snowDepthCm !== undefined && snowDepthCm[i] < GROUND_THRESHOLD_CM;
    const tilt = typeof tiltDeg === 'number' ? tiltDeg : tiltDeg[i];
    if (snowfallCm[i] / stepHours > thresholdCmPerH && !bare) covered = 1;
    else if (bare) covered -= 1;
    else if (i > 0 && tempAirC[i] > poaWm2[i] / CAN_SLIDE_WM2_PER_K)
      covered -= SLIDE_PER_HOUR * Math.sin(tilt * RAD) * stepHours;
    coverage[i] = Math.max(covered, 0);
  }
  return coverage;
}

/**
 * Returns the DC loss of a row that snow covers from below: a string that snow touches gives no power.
 * @param nStringsAlongSlant parallel strings along the slant height, at least 1
 * @returns [1]
 * @see Gilman et al. 2018, NREL/TP-6A20-67399, equation 11.8
 */
export const snowDcLoss = (coverage: number, nStringsAlongSlant: number): number =>
  Math.ceil(coverage * nStringsAlongSlant) / nStringsAlongSlant;

/** A year's snow by months, January first. */
export interface TownsendMonths {
  /** Snow fallen [cm], 12 */
  readonly snowTotalCm: readonly number[];
  /** Days with more than 2.5 cm, 12 */
  readonly snowEvents: readonly number[];
  /** Mean relative humidity [%], 12 */
  readonly relativeHumidityPct: readonly number[];
}

export interface TownsendRow {
  /** Length of the row along its slope [m] */
  readonly slantHeightM: number;
  /** Height of the lower edge above ground [m] */
  readonly lowerEdgeHeightM: number;
  /** 1 with one string along the slant, else 0.75 */
  readonly stringFactor: number;
}

const INCHES_PER_M = 39.37;
const ANGLE_OF_REPOSE_DEG = 40;

/**
 * Returns the loss of DC energy in each month.
 * @param tempAirC monthly means [degC], 12 @param poaKwhM2 monthly plane-of-array insolation [kWh/m2], 12
 * @returns [1], 12
 * @see Townsend and Powers 2011, doi:10.1109/PVSC.2011.6186627
 */
export function snowLossTownsend(
  months: TownsendMonths,
  row: TownsendRow,
  tiltDeg: number,
  tempAirC: ArrayLike<number>,
  poaKwhM2: ArrayLike<number>,
): Float64Array {
  const lists = [
    ['snow_total_cm', months.snowTotalCm],
    ['snow_events', months.snowEvents],
    ['relative_humidity_pct', months.relativeHumidityPct],
  ] as const;
  for (const [name, values] of lists)
    if (values.length !== 12)
      throw new AppError('solar.invalid_input', `snow.${name} has ${values.length} values; expected 12`);
  const effective = months.snowTotalCm.map((total, m) =>
    months.snowEvents[m] > 0 ? 0.5 * (total / 2.54) * (1 + 1 / Math.max(months.snowEvents[m], 1)) : 0,
  );
  const slant = row.slantHeightM * INCHES_PER_M;
  const edge = row.lowerEdgeHeightM * INCHES_PER_M;
  const cosTilt = Math.cos(tiltDeg * RAD);
  return Float64Array.from({ length: 12 }, (_, m) => {
    const weighted = effective[(m + 11) % 12] / 3 + (2 / 3) * effective[m];
    const gap = Math.max(edge ** 2 - weighted ** 2, 0.1);
    const gamma = ((slant * weighted * cosTilt) / gap) * 2 * Math.tan(ANGLE_OF_REPOSE_DEG * RAD);
    const interference = 1 - 0.51 * Math.exp(-gamma);
    const loss =
      (5.7e4 * weighted * cosTilt ** 2 * interference * (months.relativeHumidityPct[m] / 100) * row.stringFactor) /
      (tempAirC[m] + 273.15) ** 2 /
      poaKwhM2[m] ** 0.67;
    // A month without sun has nothing to lose.
    return Number.isFinite(loss) ? Math.min(Math.max(loss, 0), 1) : 0;
  });
}
