/** Formats numbers for a language, with significant digits only and units of a suitable size. */
import type { ReportLanguage, ReportUnits } from '../../contracts/reports/reports.ts';
import { M_PER_FT, M_PER_MI, toUnit, unitIn } from '../../lib/units.ts';

const LOCALES: Readonly<Record<ReportLanguage, string>> = { en: 'en-GB', de: 'de-DE' };
/** No-break space between a number and its unit. */
const NBSP = '\u00a0';
const MINUS = '\u2212';
const DASH = '\u2013';
const SUPERSCRIPTS = '\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

/** One unit for a whole table or axis. */
export interface Scaled {
  readonly unit: string;
  /** The number in that unit, without the unit */
  readonly of: (value: number) => string;
  /** The number with its unit */
  readonly with: (value: number) => string;
  /** The value in that unit, for axes */
  readonly value: (value: number) => number;
}

export class Formatter {
  readonly language: ReportLanguage;
  readonly units: ReportUnits;
  readonly currency: string;
  readonly #formats = new Map<string, Intl.NumberFormat>();

  constructor(language: ReportLanguage, units: ReportUnits, currency: string) {
    this.language = language;
    this.units = units;
    this.currency = currency;
  }

  get isImperial(): boolean {
    return this.units === 'imperial';
  }

  #format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let format = this.#formats.get(key);
    if (!format) {
      format = new Intl.NumberFormat(LOCALES[this.language], options);
      this.#formats.set(key, format);
    }
    return format;
  }

  #signed(text: string): string {
    return text.replace(/^-/, MINUS);
  }

  /** Formats a number with this number of decimals; a ratio that has no value, such as 0/0, as a dash. */
  fixed(value: number, decimals = 0): string {
    if (!Number.isFinite(value)) return DASH;
    const text = this.#format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
    return this.#signed(/^-[0.,]*$/.test(text) ? text.slice(1) : text);
  }

  /** Formats a number with this number of significant digits; whole numbers keep all digits. */
  digits(value: number, digits = 3): string {
    const before = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
    return this.fixed(value, Math.max(0, Math.min(12, digits - before)));
  }

  /** Formats a number in the shortest exact form, for inputs. */
  plain(value: number): string {
    if (value !== 0 && Math.abs(value) < 1e-6) {
      const [digits, power] = value.toExponential(6).split('e');
      const raised = [...power].map((digit) => SUPERSCRIPTS['-0123456789'.indexOf(digit)]).join('');
      return `${this.plain(Number(digits))}${NBSP}\u00d7${NBSP}10${raised}`;
    }
    return this.#signed(this.#format({ maximumSignificantDigits: 7 }).format(value));
  }

  /** A label of an axis. */
  readonly tick = (value: number, decimals: number): string => this.fixed(value, decimals);

  /** Formats a change with its sign. */
  change(value: number, decimals: number): string {
    const text = this.percent(value, decimals);
    return value > 0 ? `+${text}` : text;
  }

  percent(value: number, decimals = 1): string {
    return Number.isFinite(value) ? `${this.fixed(value, decimals)}${NBSP}%` : DASH;
  }

  unit(value: string, unit: string): string {
    return unit === '' ? value : `${value}${NBSP}${unit}`;
  }

  #scaled(unit: string, per: number, decimals: number): Scaled {
    const of = (value: number): string => this.fixed(value / per, decimals);
    return { unit, of, with: (value) => this.unit(of(value), unit), value: (value) => value / per };
  }

  /** Formats energy in the unit and decimals that give the largest value four digits. @param suffix `/a` for yields */
  energy(mostKwh: number, suffix = ''): Scaled {
    const [unit, per] = mostKwh >= 1e8 ? ['GWh', 1e6] : mostKwh >= 1e5 ? ['MWh', 1e3] : ['kWh', 1];
    return this.#scaled(`${unit}${suffix}`, per, decimalsFor(mostKwh / per));
  }

  power(mostKw: number): Scaled {
    const [unit, per] = mostKw >= 1000 ? ['MW', 1000] : ['kW', 1];
    return this.#scaled(unit, per, decimalsFor(mostKw / per, 3));
  }

  /** Formats money in units of 1, of a thousand or of a million. */
  money(most: number): Scaled {
    const size = Math.abs(most);
    const words = { en: ['', 'thousand ', 'million '], de: ['', 'Tsd. ', 'Mio. '] }[this.language];
    const [word, per] = size >= 2e7 ? [words[2], 1e6] : size >= 2e4 ? [words[1], 1e3] : [words[0], 1];
    return this.#scaled(`${word}${this.currency}`, per, decimalsFor(size / per));
  }

  /** Formats a price of energy per MWh. */
  perMwh(perKwh: number): string {
    return this.unit(this.fixed(perKwh * 1000, 2), `${this.currency}/MWh`);
  }

  lengthM(mostM: number): Scaled {
    const [unit, per] = this.isImperial
      ? mostM >= M_PER_MI
        ? (['mi', M_PER_MI] as const)
        : (['ft', M_PER_FT] as const)
      : mostM >= 3000
        ? (['km', 1000] as const)
        : (['m', 1] as const);
    return this.#scaled(unit, per, decimalsFor(mostM / per, 3));
  }

  /** Heights and diameters stay in metres or feet. */
  heightM(m: number): string {
    return this.isImperial ? this.unit(this.fixed(m / M_PER_FT, 0), 'ft') : this.unit(this.plain(m), 'm');
  }

  areaM2(m2: number): string {
    const unit = unitIn(this.units, 'ha');
    return this.unit(this.digits(toUnit(unit, m2 / 10_000)), unit.name);
  }

  temperature(celsius: number): string {
    const unit = unitIn(this.units, '°C');
    return this.unit(this.fixed(toUnit(unit, celsius), 1), unit.name);
  }

  get speed(): Scaled {
    const { name, per } = unitIn(this.units, 'm/s');
    return this.#scaled(name, per, this.isImperial ? 1 : 2);
  }

  degrees(value: number, axis: 'latitude' | 'longitude', decimals: number): string {
    const names = { latitude: ['N', 'S'], longitude: [{ en: 'E', de: 'O' }[this.language], 'W'] }[axis];
    const rounded = this.fixed(Math.abs(value), decimals);
    return `${rounded}\u00b0${value === 0 ? '' : `${NBSP}${names[value < 0 ? 1 : 0]}`}`;
  }

  date(ms: number): string {
    return new Intl.DateTimeFormat(LOCALES[this.language], { dateStyle: 'long', timeZone: 'UTC' }).format(ms);
  }

  instant(ms: number): string {
    return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  }

  /** Short names of January to December. */
  get months(): string[] {
    const format = new Intl.DateTimeFormat(LOCALES[this.language], { month: 'short', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2021, month, 15)).replace('.', ''));
  }

  /** Returns `a, b and c` */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(LOCALES[this.language], { type: 'conjunction' }).format(items);
  }
}

/** Returns the decimals with which a value has this many digits. */
function decimalsFor(value: number, digits = 4): number {
  const size = Math.abs(value);
  if (!(size > 0)) return 0;
  return Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(size))));
}
