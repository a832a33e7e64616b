/** The scenes of time steps: rules that depend on the clock or the sun are decided for each minute of a step. */
import { sunPositions } from '../../sun/spa.ts';
import { type Farm, ownCount } from '../turbine/farm.ts';
import { LocalClock } from './local-clock.ts';
import type { Curtailment, CurtailmentRule, Scene, StepData } from './rules.ts';
import { isAbout, isAtSpeed, isInDirection, isTimed, keyOf, requireStepData } from './rules.ts';
import { ShadowCaster } from './shadow.ts';

const HOUR_MS = 3.6e6;
/** Rules of the clock and the sun are decided each minute. */
const MINUTE_MS = 60_000;
/** A series of at most this many hours is one year, also where its months are of different years. */
const YEAR_H = 8784;

/** What a stopped run needs to continue: hours of shadow so far by receptor of all rules, and the year that they are of. */
export interface FlickerState {
  readonly usedH: Float64Array;
  readonly year: Float64Array;
}

/** Returns the flicker before the first step. */
export const noFlicker = ({ rules }: Curtailment): FlickerState => ({
  usedH: new Float64Array(rules.reduce((sum, { shadow }) => sum + (shadow?.receptors.length ?? 0), 0)),
  year: new Float64Array(1),
});

export class SeriesScenes {
  readonly #rules: readonly CurtailmentRule[];
  readonly #data: StepData;
  readonly #clock: LocalClock;
  readonly #turbines: number;
  readonly #own: number;
  readonly #minutes: number;
  readonly #stepMs: number;
  readonly #isOneYear: boolean;
  readonly #casters: readonly (ShadowCaster | null)[];
  /** Index of the first receptor of each rule among those of all rules */
  readonly #firstReceptor: readonly number[];
  readonly #flicker: FlickerState;
  readonly #wsMPerS: ArrayLike<number>;
  readonly #wdDeg: ArrayLike<number>;
  readonly #needsSun: boolean;
  #sun: { readonly from: number; readonly elevationDeg: Float64Array; readonly azimuthDeg: Float64Array } | null = null;

  /** The series has the data of all rules: `requireStepData` */
  constructor(
    { rules, steps }: Curtailment,
    farm: Farm,
    series: { readonly wsMPerS: ArrayLike<number>; readonly wdDeg: ArrayLike<number>; readonly stepHours: number },
    flicker: FlickerState,
  ) {
    requireStepData(rules, steps);
    this.#rules = rules;
    this.#data = steps ?? { startMs: new Float64Array(series.wsMPerS.length), timeZone: 'UTC' };
    this.#clock = new LocalClock(this.#data.timeZone);
    this.#turbines = farm.xM.length;
    this.#own = ownCount(farm);
    this.#stepMs = series.stepHours * HOUR_MS;
    this.#minutes = Math.max(1, Math.round(this.#stepMs / MINUTE_MS));
    this.#isOneYear = series.wsMPerS.length * series.stepHours <= YEAR_H;
    this.#wsMPerS = series.wsMPerS;
    this.#wdDeg = series.wdDeg;
    this.#flicker = flicker;
    this.#needsSun = rules.some(({ maxSunElevationDeg, shadow }) => maxSunElevationDeg !== undefined || shadow);
    this.#casters = rules.map((rule) =>
      rule.shadow
        ? new ShadowCaster(
            rule.shadow,
            Array.from({ length: this.#own }, (_, i) => (isAbout(rule, i) ? farm.turbines[farm.kind?.[i] ?? 0] : null)),
          )
        : null,
    );
    let first = 0;
    this.#firstReceptor = rules.map(({ shadow }) => {
      first += shadow?.receptors.length ?? 0;
      return first - (shadow?.receptors.length ?? 0);
    });
  }

  /** Is called before the steps from `from` to before `to`: computes the positions of the sun of their minutes. */
  prepare(from: number, to: number): void {
    const { latitudeDeg, longitudeDeg } = this.#data;
    if (!this.#needsSun || latitudeDeg === undefined || longitudeDeg === undefined) return;
    const times = Float64Array.from({ length: (to - from) * this.#minutes }, (_, k) =>
      this.#minuteMs(from + Math.floor(k / this.#minutes), k % this.#minutes),
    );
    const { zenithDeg, azimuthDeg } = sunPositions(times, { latitudeDeg, longitudeDeg });
    this.#sun = { from, elevationDeg: zenithDeg.map((zenith) => 90 - zenith), azimuthDeg };
  }

  /** Returns the middle of a minute of a step [ms]. */
  #minuteMs(step: number, minute: number): number {
    return this.#data.startMs[step] + ((minute + 0.5) * this.#stepMs) / this.#minutes;
  }

  /**
   * Returns the scenes of a step, steps one after the other; null where no rule acts.
   * @param factors free speed at each turbine divided by the series'; left out: 1
   */
  of(step: number, factors?: ArrayLike<number>): Scene[] | null {
    const rules = this.#rules;
    const n = this.#turbines;
    // Where a rule would act by the wind and the weather
    const able = rules.map((rule) => this.#ableTurbines(rule, step, factors));
    if (able.every((turbines) => turbines === null)) return null;
    if (!rules.some((rule, r) => able[r] && isTimed(rule)))
      return [{ share: Float64Array.of(1), acts: able.map((turbines) => turbines ?? new Uint8Array(n)) }];
    const patterns = new Map<string, { acts: Uint8Array[]; minutes: number }>();
    for (let minute = 0; minute < this.#minutes; minute++) {
      const acts = rules.map((rule, r) => this.#actingAt(rule, r, able[r], step, minute));
      const key = acts.map((on) => (on ? keyOf(on) : '')).join('|');
      const known = patterns.get(key);
      if (known) known.minutes++;
      else patterns.set(key, { acts: acts.map((on) => on ?? new Uint8Array(n)), minutes: 1 });
    }
    const scenes = [...patterns.values()].map(({ acts, minutes }) => ({
      share: Float64Array.of(minutes / this.#minutes),
      acts,
    }));
    return scenes.some(({ acts }) => acts.some((on) => on.includes(1))) ? scenes : null;
  }

  /** Returns 1 for each turbine where the conditions of wind and weather hold; null if there is none. */
  #ableTurbines(rule: CurtailmentRule, step: number, factors?: ArrayLike<number>): Uint8Array | null {
    if (!isInDirection(rule, this.#wdDeg[step])) return null;
    const { minTempC, maxTempC, maxPrecipitationMmH } = rule;
    const { temperatureC, precipitationMmH } = this.#data;
    // A missing value does not hinder a rule: without a measurement a turbine stands still.
    if (minTempC !== undefined && (temperatureC?.[step] ?? 0) < minTempC) return null;
    if (maxTempC !== undefined && (temperatureC?.[step] ?? 0) >= maxTempC) return null;
    if (maxPrecipitationMmH !== undefined && (precipitationMmH?.[step] ?? 0) > maxPrecipitationMmH) return null;
    let able: Uint8Array | null = null;
    for (let i = 0; i < this.#own; i++)
      if (isAbout(rule, i) && isAtSpeed(rule, this.#wsMPerS[step] * (factors ? factors[i] : 1))) {
        able ??= new Uint8Array(this.#turbines);
        able[i] = 1;
      }
    return able;
  }

  /** Returns the turbines on which a rule acts in a minute of a step; null if there is none. */
  #actingAt(
    rule: CurtailmentRule,
    r: number,
    able: Uint8Array | null,
    step: number,
    minute: number,
  ): Uint8Array | null {
    if (!able || !isTimed(rule)) return able;
    const { hours, months, maxSunElevationDeg } = rule;
    const timeMs = this.#minuteMs(step, minute);
    if (hours || months) {
      const local = this.#clock.at(timeMs);
      if (months && !months.includes(local.month)) return null;
      if (hours && !isInHours(local.hour, hours)) return null;
    }
    const at = this.#sun ? (step - this.#sun.from) * this.#minutes + minute : 0;
    if (maxSunElevationDeg !== undefined && !(this.#sun!.elevationDeg[at] < maxSunElevationDeg)) return null;
    const caster = this.#casters[r];
    return caster ? this.#shadowsAt(caster, rule, r, able, at, timeMs) : able;
  }

  /** Returns the turbines that stop for a shadow, and counts the shadows that may fall. */
  #shadowsAt(
    caster: ShadowCaster,
    { shadow }: CurtailmentRule,
    r: number,
    able: Uint8Array,
    at: number,
    timeMs: number,
  ): Uint8Array | null {
    const { elevationDeg, azimuthDeg } = this.#sun!;
    const casting = new Map<number, number[]>();
    caster.at(azimuthDeg[at], elevationDeg[at], (receptor, turbine) => {
      if (able[turbine] === 1) casting.set(receptor, [...(casting.get(receptor) ?? []), turbine]);
    });
    if (casting.size === 0) return null;
    const { usedH, year } = this.#flicker;
    const now = this.#isOneYear ? 1 : this.#clock.at(timeMs).year;
    if (now !== year[0]) {
      year[0] = now;
      usedH.fill(0);
    }
    const hours = this.#stepMs / this.#minutes / HOUR_MS;
    let stopped: Uint8Array | null = null;
    for (const [receptor, turbines] of casting) {
      const k = this.#firstReceptor[r] + receptor;
      if (usedH[k] + hours <= shadow!.receptors[receptor].budgetH + 1e-9) {
        usedH[k] += hours;
        continue;
      }
      stopped ??= new Uint8Array(this.#turbines);
      for (const turbine of turbines) stopped[turbine] = 1;
    }
    return stopped;
  }
}

const isInHours = (hour: number, [from, to]: readonly [number, number]): boolean =>
  from <= to ? hour >= from && hour < to : hour >= from || hour < to;
