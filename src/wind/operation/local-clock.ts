/** Local time of a place, with its daylight saving time. */
import { windError } from '../check.ts';

const DAY_MS = 86_400_000;
/** Offsets change at whole quarters of an hour. */
const QUARTER_MS = 900_000;

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

export interface LocalTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** Hours since midnight, 0 to before 24 */
  readonly hour: number;
}

export class LocalClock {
  readonly #format: Intl.DateTimeFormat;
  /** Offset from UTC by day [ms]; NaN: it changes on this day */
  readonly #offsetOfDay = new Map<number, number>();

  /**
   * @param timeZone IANA name, such as Europe/Berlin
   * @throws AppError `wind.invalid_input` for a name that does not exist
   */
  constructor(timeZone: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
        ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
      });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw windError(
        `time_zone is ${timeZone}; expected an IANA name such as Europe/Berlin or Etc/GMT-1`,
        '/curtailment/time_zone',
      );
    }
  }

  at(timeMs: number): LocalTime {
    const local = new Date(timeMs + this.#offsetMs(timeMs));
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      hour: (local.getTime() - DAY_MS * Math.floor(local.getTime() / DAY_MS)) / 3.6e6,
    };
  }

  #offsetMs(timeMs: number): number {
    const day = Math.floor(timeMs / DAY_MS);
    let offset = this.#offsetOfDay.get(day);
    if (offset === undefined) {
      const [first, last] = [day, day + 1].map((one) => this.#readOffsetMs(one * DAY_MS));
      offset = first === last ? first : Number.NaN;
      this.#offsetOfDay.set(day, offset);
    }
    return Number.isNaN(offset) ? this.#readOffsetMs(QUARTER_MS * Math.floor(timeMs / QUARTER_MS)) : offset;
  }

  /** @param timeMs a whole second */
  #readOffsetMs(timeMs: number): number {
    const parts = this.#format.formatToParts(timeMs);
    const [year, month, day, hour, minute, second] = FIELDS.map((field) =>
      Number(parts.find(({ type }) => type === field)?.value),
    );
    return Date.UTC(year, month - 1, day, hour, minute, second) - timeMs;
  }
}
