/** Curtailment: rules by which turbines stop or run in a mode, and what several of them give together. */
import { windError } from '../check.ts';
import { FIRST_MODE, STOPPED } from '../turbine/farm.ts';
import type { TurbineCurve, TurbineSpec } from '../turbine/turbine.ts';
import { powerKw } from '../turbine/turbine.ts';

/** A point where shadows of rotors must not fall. */
export interface Receptor {
  /** East and north of each turbine [m], by turbine; to true north */
  readonly eastM: readonly number[];
  readonly northM: readonly number[];
  /** Height above the turbines' ground [m] */
  readonly heightM: number;
  /** Hours of a year in which shadows may fall on it */
  readonly budgetH: number;
}

/** Shadows count while the sun is at least this high, of turbines at most this far away. */
export interface ShadowFlicker {
  readonly receptors: readonly Receptor[];
  readonly minSunElevationDeg: number;
  readonly maxDistanceM: number;
}

/** A rule acts while all of its conditions hold. Speeds are free speeds at the hub of each turbine. */
export interface CurtailmentRule {
  /** By own turbine, whether the rule is about it; null: all */
  readonly turbines: readonly boolean[] | null;
  /** Index of the mode; null: turbines stop */
  readonly mode: number | null;
  /** Sectors from [deg] clockwise to before [deg] */
  readonly sectorsDeg?: readonly (readonly [fromDeg: number, toDeg: number])[];
  /** From the first to before the second [m/s] */
  readonly minSpeedMPerS?: number;
  readonly maxSpeedMPerS?: number;
  /** Local time of the day, from the first to before the second [h]; they may enclose midnight */
  readonly hours?: readonly [fromH: number, toH: number];
  /** 1 to 12 */
  readonly months?: readonly number[];
  /** From the first to before the second [degC] */
  readonly minTempC?: number;
  readonly maxTempC?: number;
  /** At most [mm/h] */
  readonly maxPrecipitationMmH?: number;
  /** True elevation of the sun's middle, below this [deg] */
  readonly maxSunElevationDeg?: number;
  readonly shadow?: ShadowFlicker;
}

export interface Curtailment {
  readonly rules: readonly CurtailmentRule[];
  /** Curves by [mode][kind of turbine] */
  readonly modes: readonly (readonly TurbineSpec[])[];
  /** What the steps of a series are; roses have no steps */
  readonly steps?: StepData;
  /** Width of the directions and speeds of a rose, whose cases are the middles of bins; left out: cases are exact */
  readonly directionWidthDeg?: number;
}

export interface StepMeasures {
  /** Start of each step [ms] */
  readonly startMs: ArrayLike<number>;
  /** By step; NaN where missing */
  readonly temperatureC?: ArrayLike<number>;
  readonly precipitationMmH?: ArrayLike<number>;
}

export interface StepData extends StepMeasures {
  /** IANA name; needed for hours, months */
  readonly timeZone: string;
  /** Needed for the sun */
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
}

/** Tells whether a rule depends on the clock or the sun. */
export const isTimed = ({ hours, months, maxSunElevationDeg, shadow }: CurtailmentRule): boolean =>
  hours !== undefined || months !== undefined || needsSun({ maxSunElevationDeg, shadow });

const needsSun = ({ maxSunElevationDeg, shadow }: Pick<CurtailmentRule, 'maxSunElevationDeg' | 'shadow'>): boolean =>
  maxSunElevationDeg !== undefined || shadow !== undefined;

export const NO_PLACE =
  'the farm has no place on the globe; expected places in degrees, a projection, or latitude_deg and longitude_deg of curtailment';

/** @throws AppError that names the rule and says what the series lacks */
export function requireStepData(rules: readonly CurtailmentRule[], steps: StepData | undefined): void {
  rules.forEach((rule, r) => {
    const lacks = (what: string) => windError(`rule ${r} cannot be decided: ${what}`, `/curtailment/rules/${r}`);
    const needsTemperature = rule.minTempC !== undefined || rule.maxTempC !== undefined;
    const needsRain = rule.maxPrecipitationMmH !== undefined;
    if ((isTimed(rule) || needsTemperature || needsRain) && !steps)
      throw lacks('the series has no times; expected starts_at of the series, an uploaded series or weather');
    if (needsTemperature && !steps?.temperatureC)
      throw lacks('the series has no temperature; expected temp_air_c beside the wind speeds');
    if (needsRain && !steps?.precipitationMmH)
      throw lacks('the series has no precipitation; expected a resource of type series with precipitation_mm_h');
    if (needsSun(rule) && steps?.latitudeDeg === undefined) throw lacks(NO_PLACE);
  });
}

const isInSector = (directionDeg: number, [fromDeg, toDeg]: readonly [number, number]): boolean => {
  const width = turned(toDeg - fromDeg);
  return turned(directionDeg - fromDeg) < (width === 0 && toDeg !== fromDeg ? 360 : width);
};

/** Returns an angle from 0 to before 360 [deg]. */
export const turned = (deg: number): number => deg - 360 * Math.floor(deg / 360);

export const isAbout = ({ turbines }: CurtailmentRule, turbine: number): boolean =>
  turbines === null || turbines[turbine];

export const isInDirection = ({ sectorsDeg }: CurtailmentRule, directionDeg: number): boolean =>
  !sectorsDeg || sectorsDeg.some((sector) => isInSector(directionDeg, sector));

export const isAtSpeed = (
  { minSpeedMPerS = Number.NEGATIVE_INFINITY, maxSpeedMPerS = Number.POSITIVE_INFINITY }: CurtailmentRule,
  speedMPerS: number,
): boolean => speedMPerS >= minSpeedMPerS && speedMPerS < maxSpeedMPerS;

const LATIN_1 = new TextDecoder('latin1');
/** Returns a text that is equal for equal bytes. */
export const keyOf = (bytes: Uint8Array): string => LATIN_1.decode(bytes);

/** A share of the time of each case in which each rule either acts on a turbine or does not. */
export interface Scene {
  /** Share of the time, by case */
  readonly share: Float64Array;
  /** By rule, 1 where it acts, by [turbine * cases + case] */
  readonly acts: readonly Uint8Array[];
}

/** Decides what several rules give: a stop before modes, the mode with less power before others, whatever their order. */
export class Operations {
  readonly #codes: readonly number[];
  /** By code: larger wins */
  readonly #strength: readonly number[];

  constructor({ rules, modes }: Curtailment) {
    this.#codes = rules.map(({ mode }) => (mode === null ? STOPPED : FIRST_MODE + mode));
    const order = modes.map((_, mode) => mode).sort((a, b) => compareModes(modes[a], modes[b]));
    this.#strength = [0, modes.length + 1, ...modes.map((_, mode) => modes.length - order.indexOf(mode))];
  }

  /** Returns the operation by [turbine * cases + case] that rules give together; null: all turbines run. */
  of({ acts }: Scene, rules: Iterable<number>): Uint8Array | null {
    let operation: Uint8Array | null = null;
    for (const rule of rules) {
      const code = this.#codes[rule];
      const on = acts[rule];
      for (let at = 0; at < on.length; at++) {
        if (on[at] === 0) continue;
        operation ??= new Uint8Array(on.length);
        if (this.#strength[code] > this.#strength[operation[at]]) operation[at] = code;
      }
    }
    return operation;
  }
}

/** Speeds at which modes are compared [m/s] */
const COMPARED_MPERS = Array.from({ length: 60 }, (_, i) => i / 2);

function compareModes(a: readonly TurbineSpec[], b: readonly TurbineSpec[]): number {
  const power = (mode: readonly TurbineSpec[]) =>
    mode.reduce((sum, spec) => sum + COMPARED_MPERS.reduce((kw, speed) => kw + powerKw(spec, speed), 0), 0);
  const text = (mode: readonly { readonly curve: TurbineCurve }[]) => JSON.stringify(mode.map(({ curve }) => curve));
  return power(a) - power(b) || (text(a) < text(b) ? -1 : 1);
}
