/**
 * Fills the columns of a year.
 *
 * Gap policy. A record or value is missing when its row is absent, its cell is empty, or it holds the format's mark for
 * a missing value. A gap of up to `MAX_INTERPOLATED_GAP_MINUTES` is filled linearly between its neighbours (at either
 * end of the year: with the nearest value; wind direction: along the shorter arc) and counted. In a longer gap the
 * irradiance of steps without sun is 0, and temperature and wind are interpolated up to `MAX_STATE_GAP_MINUTES`; both are
 * counted and reported. A gap that is longer still is refused; in an optional column it drops the column, which is
 * reported. A file without temperature or wind gets the defaults of `DEFAULT_VALUES`, which is reported.
 */
import { CALM_WITHOUT_DIRECTION_M_PER_S, fillCalmDirections } from './calms.ts';
import type { Warning } from '../contracts/common/warnings.ts';
import { type WeatherWarningCode, warnWeather } from '../contracts/weather/warnings.ts';
import { snakeName } from '../lib/case.ts';
import type { DecompositionModel } from '../sun/decomposition.ts';
import { pressureAtAltitude } from '../sun/irradiance.ts';
import { type SunPositions, sunPositions } from '../sun/spa.ts';
import { brokenFile, placeText } from './broken.ts';
import { completeIrradiance } from './complete.ts';
import { placeOf, type RawRecords, stampText, two } from './raw-records.ts';
import type { IrradianceQuantity, StateQuantity, WeatherGaps, WeatherQuantity, WeatherYear } from './series.ts';
import {
  DEFAULT_VALUES,
  IRRADIANCE_QUANTITIES,
  MAX_INTERPOLATED_GAP_MINUTES,
  MAX_STATE_GAP_MINUTES,
  OPTIONAL_QUANTITIES,
  QUANTITY_RANGES,
  SURFACE_QUANTITIES,
} from './series.ts';

/** Days before each month, in a year with 29 February. */
export const BEFORE_MONTH = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
export const LEAP_DAY_START = 59 * 1440;

/** Returns the month, 1 to 12, of a minute of a year with 29 February. */
export function monthOf(minuteOfLeapYear: number): number {
  const day = Math.floor(minuteOfLeapYear / 1440);
  let month = 12;
  while (BEFORE_MONTH[month - 1] > day) month--;
  return month;
}

/** A year's time steps (slots) and the records that fill them. */
interface Slots {
  readonly raw: RawRecords;
  /** The year's records, of those of the file */
  readonly from: number;
  readonly to: number;
  /** Record of each slot; -1 where there is none. */
  readonly rowOfSlot: Int32Array;
  /** Instant of the sun in each slot [ms since epoch] */
  readonly timeMs: Float64Array;
  /** [min] */
  readonly step: number;
  readonly keepLeapDay: boolean;
}

interface FillOptions {
  /** Model for a file that has global irradiance only */
  readonly decomposition: DecompositionModel;
  readonly yearsInFile: number;
}

interface FilledYear {
  readonly columns: Pick<WeatherYear, Exclude<WeatherQuantity, 'poaWm2'>>;
  readonly gaps: Omit<WeatherGaps, 'nLeapDayRecordsDropped'>;
  readonly warnings: Warning<WeatherWarningCode>[];
}

/** A column with more than this share of values outside its range has another unit or meaning. */
const MAX_REJECTED_SHARE = 0.01;

/**
 * Returns the columns of a year without gaps, and what was missing, filled, left out or computed.
 * @throws AppError `weather.malformed`, `weather.gap_too_long`, `weather.incomplete_year`
 */
export function fillYear(slots: Slots, { decomposition, yearsInFile }: FillOptions): FilledYear {
  const { raw, rowOfSlot, timeMs, step } = slots;
  const { latitudeDeg, longitudeDeg, elevationM } = raw;
  const pressurePa = pressureAtAltitude(elevationM);
  let positions: SunPositions | undefined;
  const sun = (): SunPositions => {
    positions ??= sunPositions(timeMs, { latitudeDeg, longitudeDeg, elevationM, pressurePa });
    return positions;
  };
  const isDark = (slot: number): boolean => sun().zenithDeg[slot] >= 90;
  refuseLongGaps(slots, yearsInFile, isDark);

  const { plane, utcOffsetH } = raw;
  const steps = { timeMs, sun, elevationM, utcOffsetH, plane };
  const filler = new Filler(slots, isDark, (given) => completeIrradiance(given, steps, decomposition));
  const irradiance: Partial<Record<IrradianceQuantity | 'poaWm2', Float64Array>> = {};
  for (const quantity of [...IRRADIANCE_QUANTITIES, 'poaWm2'] as const)
    irradiance[quantity] = filler.irradiance(quantity);
  const tempAirC = filler.state('tempAirC') ?? filler.byDefault('tempAirC');
  const wind = filler.state('windSpeedMPerS');
  const optional: Partial<Record<Exclude<WeatherQuantity, 'poaWm2'>, Float64Array>> = {};
  for (const quantity of OPTIONAL_QUANTITIES) {
    // A direction without a speed serves nobody, and a default speed must not become a wind resource.
    const column =
      quantity === 'windDirectionDeg' ? wind && filler.optional(quantity, wind) : filler.optional(quantity);
    if (column !== undefined) optional[quantity] = column;
  }
  for (const quantity of SURFACE_QUANTITIES) {
    const column = filler.surface(quantity);
    if (column !== undefined) optional[quantity] = column;
  }
  const windSpeedMPerS = wind ?? filler.byDefault('windSpeedMPerS');

  const complete = completeIrradiance(irradiance, { ...steps, dewPointC: optional.dewPointC }, decomposition);
  if (complete === undefined)
    throw brokenFile(
      raw.name,
      { field: 'irradiance' },
      'the file has neither global horizontal irradiance (GHI) nor both direct normal (DNI) and diffuse horizontal (DHI)',
    );
  const { warnings, ...complemented } = complete;
  let nMissingRecords = 0;
  for (const row of rowOfSlot) if (row < 0) nMissingRecords++;
  return {
    columns: { ...complemented, tempAirC, windSpeedMPerS, ...optional },
    gaps: {
      nMissingRecords,
      nMissingValues: filler.nMissingValues,
      nInterpolatedValues: filler.nInterpolatedValues,
      longestGapMinutes: filler.longest * step,
      droppedColumns: filler.droppedColumns,
      nClippedNegatives: raw.outside.nClippedNegatives,
    },
    warnings: [...filler.warnings(), ...warnings],
  };
}

/** Returns the month, day and time of the start of a slot, for messages. */
function slotText(slot: number, step: number, keepLeapDay: boolean): string {
  let minutes = slot * step;
  if (!keepLeapDay && minutes >= LEAP_DAY_START) minutes += 1440;
  const month = monthOf(minutes);
  const day = Math.floor(minutes / 1440) - BEFORE_MONTH[month - 1] + 1;
  return `${two(month)}-${two(day)} ${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
}

/** Returns the first slot from `slot` on for which the condition does not hold, or `end`. */
function endOfRun(slot: number, end: number, holds: (at: number) => boolean): number {
  let stop = slot;
  while (stop < end && holds(stop)) stop++;
  return stop;
}

/** Refuses gaps of records that are longer than what is filled: in daylight, or longer than a night. */
function refuseLongGaps(
  { raw, rowOfSlot, step, keepLeapDay }: Slots,
  yearsInFile: number,
  isDark: (slot: number) => boolean,
): void {
  const count = rowOfSlot.length;
  const isFillable = (from: number, to: number): boolean => {
    if ((to - from) * step <= MAX_INTERPOLATED_GAP_MINUTES) return true;
    if ((to - from) * step > MAX_STATE_GAP_MINUTES) return false;
    for (let at = from; at < to; at++) {
      const dawn = endOfRun(at, to, isDark);
      const dusk = endOfRun(dawn, to, (slot) => !isDark(slot));
      if ((dusk - dawn) * step > MAX_INTERPOLATED_GAP_MINUTES) return false;
      at = dusk;
    }
    return true;
  };
  for (let slot = 0; slot < count; slot++) {
    if (rowOfSlot[slot] >= 0) continue;
    const stop = endOfRun(slot, count, (at) => rowOfSlot[at] < 0);
    if (!isFillable(slot, stop)) {
      const hours = ((stop - slot) * step) / 60;
      if (slot === 0 || stop === count) {
        const row = slot === 0 ? rowOfSlot[stop] : rowOfSlot[slot - 1];
        throw brokenFile(
          raw.name,
          placeOf(raw, row),
          `the records ${slot === 0 ? 'begin' : 'end'} at ${stampText(raw, row)}, ${hours} h ${slot === 0 ? 'after the start' : 'before the end'} of the year; a whole year is needed${yearsInFile > 1 ? ' of each year in the file' : ''}`,
          'weather.incomplete_year',
        );
      }
      throw brokenFile(
        raw.name,
        placeOf(raw, rowOfSlot[stop]),
        `records are missing from ${slotText(slot, step, keepLeapDay)} on for ${hours} h; expected at most ${MAX_INTERPOLATED_GAP_MINUTES / 60} h in daylight`,
        'weather.gap_too_long',
      );
    }
    slot = stop;
  }
}

const isSurface = (quantity: string): boolean => (SURFACE_QUANTITIES as readonly string[]).includes(quantity);

type Irradiance = Pick<WeatherYear, IrradianceQuantity>;

/** Fills one column after the other, and counts what it does. */
class Filler {
  nMissingValues = 0;
  nInterpolatedValues = 0;
  /** Longest interpolated gap, in slots */
  longest = 0;
  readonly droppedColumns: WeatherQuantity[] = [];
  #nDark = 0;
  /** Missing values of the column that `#inSlots` returned last */
  #nMissing = 0;
  readonly #slots: Slots;
  readonly #isDark: (slot: number) => boolean;
  readonly #complete: (given: Partial<Irradiance>) => Irradiance | undefined;
  readonly #warnings: Warning<WeatherWarningCode>[] = [];

  /** @param complete computes the irradiance that is not given from the other two */
  constructor(
    slots: Slots,
    isDark: (slot: number) => boolean,
    complete: (given: Partial<Irradiance>) => Irradiance | undefined,
  ) {
    this.#slots = slots;
    this.#isDark = isDark;
    this.#complete = complete;
    const { raw } = slots;
    for (const [column, { count, text, place, range }] of raw.outside.rejected) {
      // A request names the columns of a table; of other files nobody may need rain and snow.
      if (isSurface(column) && raw.format !== 'csv') continue;
      this.#warnings.push(
        warnWeather('weather.values_rejected', {
          n_values: count,
          column: snakeName(column),
          range,
          first: text,
          place: placeText(place),
        }),
      );
    }
  }

  /** Returns the column; in long gaps it is 0 without sun, or closed from the other two. Undefined where the file has no value of it. */
  irradiance(quantity: IrradianceQuantity | 'poaWm2'): Float64Array | undefined {
    const column = this.#inSlots(quantity);
    if (column === undefined || this.#nMissing === 0) return column;
    for (const at of this.#slotsOfLongGaps(column))
      if (this.#isDark(at)) {
        column[at] = 0;
        this.#nDark++;
      }
    if (quantity !== 'poaWm2') this.#close(quantity, column);
    return this.#fill(quantity, column, MAX_INTERPOLATED_GAP_MINUTES, 'refuse');
  }

  /** Returns the slots of gaps that are too long to be interpolated. */
  #slotsOfLongGaps(column: Float64Array): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < column.length; slot++) {
      if (!Number.isNaN(column[slot])) continue;
      const stop = endOfRun(slot, column.length, (at) => Number.isNaN(column[at]));
      if ((stop - slot) * this.#slots.step > MAX_INTERPOLATED_GAP_MINUTES)
        for (let at = slot; at < stop; at++) slots.push(at);
      slot = stop;
    }
    return slots;
  }

  /** Fills what is left of long gaps from the other two irradiances, where both were measured. */
  #close(quantity: IrradianceQuantity, column: Float64Array): void {
    const gaps = this.#slotsOfLongGaps(column);
    if (gaps.length === 0) return;
    const others = IRRADIANCE_QUANTITIES.filter((one) => one !== quantity);
    const given = Object.fromEntries(others.map((one) => [one, this.#valuesInSlots(one)])) as Partial<Irradiance>;
    if (others.some((one) => given[one] === undefined)) return;
    const closed = this.#complete(given)![quantity];
    let n_values = 0;
    for (const at of gaps)
      if (!Number.isNaN(closed[at])) {
        column[at] = closed[at];
        n_values++;
      }
    if (n_values > 0)
      this.#warnings.push(
        warnWeather('weather.gaps_closed', {
          n_values,
          column: snakeName(quantity),
          first: snakeName(others[0]),
          second: snakeName(others[1]),
        }),
      );
  }

  /** Returns the column of temperature or wind; undefined where the file has no value of it. */
  state(quantity: StateQuantity): Float64Array | undefined {
    const rejected = this.#slots.raw.outside.rejected.get(quantity);
    if (rejected !== undefined && this.#isOtherUnit(quantity))
      throw brokenFile(
        this.#slots.raw.name,
        rejected.place,
        `${rejected.count} values of ${QUANTITY_RANGES[quantity].name} are not within ${rejected.range}, the first is ${rejected.text}; check the unit`,
      );
    const column = this.#inSlots(quantity);
    const filled = column && this.#fill(quantity, column, MAX_STATE_GAP_MINUTES, 'refuse');
    if (filled?.every((value) => value === filled[0]))
      this.#warnings.push(
        warnWeather('weather.column_constant', {
          column: snakeName(quantity),
          value: filled[0],
          unit: QUANTITY_RANGES[quantity].unit,
        }),
      );
    return filled;
  }

  /**
   * Returns the column; undefined where the file does not have it, or it has a long gap.
   * @param wind speeds beside directions [m/s]: a calm needs no direction
   */
  optional(quantity: WeatherQuantity, wind?: Float64Array): Float64Array | undefined {
    if (this.#slots.raw.values[quantity] === undefined) return undefined;
    const column = this.#isOtherUnit(quantity) ? undefined : this.#inSlots(quantity);
    if (column && wind)
      this.#nMissing -= fillCalmDirections(column, (slot) => wind[slot] < CALM_WITHOUT_DIRECTION_M_PER_S);
    const filled = column && this.#fill(quantity, column, MAX_INTERPOLATED_GAP_MINUTES, 'drop');
    if (filled === undefined) {
      this.droppedColumns.push(quantity);
      // A column without any value is no news: many files of TMY3 have an albedo of 0 throughout.
      if (column !== undefined || this.#isOtherUnit(quantity))
        this.#warnings.push(warnWeather('weather.column_dropped', { column: snakeName(quantity) }));
    }
    return filled;
  }

  /**
   * Returns the column of rain or snow; undefined where the file does not have it, or it has a gap of more than a day. Many formats
   * have such a column and few plants need it, so that its gaps count for nobody else.
   */
  surface(quantity: WeatherQuantity): Float64Array | undefined {
    const { nMissingValues, nInterpolatedValues, longest } = this;
    const column = this.#isOtherUnit(quantity) ? undefined : this.#inSlots(quantity);
    const filled = column && this.#fill(quantity, column, MAX_STATE_GAP_MINUTES, 'drop');
    if (column !== undefined && filled === undefined) this.droppedColumns.push(quantity);
    Object.assign(this, { nMissingValues, nInterpolatedValues, longest });
    return filled;
  }

  /** Returns the default of a column that the file does not have. */
  byDefault(quantity: StateQuantity): Float64Array {
    const value = DEFAULT_VALUES[quantity];
    const { unit } = QUANTITY_RANGES[quantity];
    this.#warnings.push(warnWeather('weather.column_defaulted', { column: snakeName(quantity), value, unit }));
    return new Float64Array(this.#slots.rowOfSlot.length).fill(value);
  }

  warnings(): Warning<WeatherWarningCode>[] {
    const { nInterpolatedValues: n_values, longest } = this;
    const longest_gap_minutes = longest * this.#slots.step;
    return [
      ...(n_values > 0 ? [warnWeather('weather.values_filled', { n_values, longest_gap_minutes })] : []),
      ...(this.#nDark > 0 ? [warnWeather('weather.night_filled', { n_values: this.#nDark })] : []),
      ...this.#warnings,
    ];
  }

  #isOtherUnit(quantity: WeatherQuantity): boolean {
    const { raw } = this.#slots;
    return (raw.outside.rejected.get(quantity)?.count ?? 0) > MAX_REJECTED_SHARE * raw.count;
  }

  /** Returns the values in slot order, NaN where they are missing; undefined where the file has no such column. */
  #valuesInSlots(quantity: WeatherQuantity): Float64Array | undefined {
    const { raw, rowOfSlot } = this.#slots;
    const source = raw.values[quantity];
    return source && Float64Array.from(rowOfSlot, (row) => (row < 0 ? Number.NaN : source[row]));
  }

  /** The same, with its missing values counted; undefined where all are missing. */
  #inSlots(quantity: WeatherQuantity): Float64Array | undefined {
    const column = this.#valuesInSlots(quantity);
    if (column === undefined) return undefined;
    const { rowOfSlot } = this.#slots;
    let missingCells = 0;
    let missing = 0;
    for (let slot = 0; slot < column.length; slot++)
      if (Number.isNaN(column[slot])) {
        missing++;
        if (rowOfSlot[slot] >= 0) missingCells++;
      }
    if (missing === column.length) return undefined;
    this.nMissingValues += missingCells;
    this.#nMissing = missing;
    return column;
  }

  #fill(
    quantity: WeatherQuantity,
    column: Float64Array,
    maxMinutes: number,
    ifLonger: 'refuse' | 'drop',
  ): Float64Array | undefined {
    const { raw, rowOfSlot, step } = this.#slots;
    if (this.#nMissing === 0) return column;
    const count = column.length;
    let filled = 0;
    let longest = 0;
    for (let slot = 0; slot < count; slot++) {
      if (!Number.isNaN(column[slot])) continue;
      const stop = endOfRun(slot, count, (at) => Number.isNaN(column[at]));
      const length = stop - slot;
      if (length * step > maxMinutes) {
        if (ifLonger === 'drop') return undefined;
        let at = slot;
        while (at < count - 1 && rowOfSlot[at] < 0) at++;
        const row = Math.max(rowOfSlot[at], 0);
        throw brokenFile(
          raw.name,
          { ...placeOf(raw, row), field: quantity },
          `${QUANTITY_RANGES[quantity].name} is missing from ${stampText(raw, row)} on for ${(length * step) / 60} h; expected at most ${maxMinutes / 60} h`,
          'weather.gap_too_long',
        );
      }
      filled += length;
      longest = Math.max(longest, length);
      const before = slot === 0 ? column[stop] : column[slot - 1];
      const after = stop === count ? before : column[stop];
      let change = after - before;
      if (quantity === 'windDirectionDeg') change = ((change + 540) % 360) - 180;
      for (let i = slot; i < stop; i++) {
        let value = before + (change * (i - slot + 1)) / (length + 1);
        if (quantity === 'windDirectionDeg') value = (value + 360) % 360;
        column[i] = value;
      }
      slot = stop;
    }
    this.nInterpolatedValues += filled;
    this.longest = Math.max(this.longest, longest);
    if (longest * step > MAX_INTERPOLATED_GAP_MINUTES && !isSurface(quantity))
      this.#warnings.push(
        warnWeather('weather.long_gap_filled', {
          column: snakeName(quantity),
          longest_gap_h: (longest * step) / 60,
          max_gap_h: MAX_INTERPOLATED_GAP_MINUTES / 60,
        }),
      );
    return column;
  }
}
