/**
 * Warnings: doubts about inputs and results that do not stop a computation. Each room declares the codes of its own with their
 * texts; contracts/jobs/warnings.ts has all of them. Each code has its page `docs/warnings/<code>.md`.
 */

/** info: worth knowing; caution: check it; severe: the result is probably wrong */
export const WARNING_SEVERITIES = ['info', 'caution', 'severe'] as const;
export type WarningSeverity = (typeof WARNING_SEVERITIES)[number];

/** Text in the languages of the reports */
export interface Translated {
  readonly en: string;
  readonly de: string;
}
export interface WarningCodeInfo {
  readonly severity: WarningSeverity;
  readonly title: Translated;
  /** Sentences with the numbers in braces: `{n_values} values were filled`. Both languages have the same names. */
  readonly message: Translated;
  /** Words and phrases in values that are texts, in both languages; the keys are those of the values */
  readonly words?: Readonly<Record<string, Translated>>;
}
export type WarningCodes = Readonly<Record<string, WarningCodeInfo>>;

export type WarningValues = Readonly<Record<string, number | string>>;

export interface Warning<Code extends string = string> {
  readonly code: Code;
  readonly severity: WarningSeverity;
  /** English, with the numbers */
  readonly message: string;
  /** The numbers and names of the message */
  readonly values: WarningValues;
  /** JSON pointer of the input; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API: `/docs/warnings/weather.values_filled` */
  readonly page: string;
}

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** Makes warnings of a room; the compiler checks that the values are those that the message names. */
export type Warn<Codes extends WarningCodes> = <Code extends keyof Codes & string>(
  code: Code,
  values: Readonly<Record<NamesIn<Codes[Code]['message']['en']>, number | string>>,
  pointer?: string | null,
) => Warning<Code>;

/** Formats a number with at most four significant digits, and integers with all of theirs. */
function shown(value: number | string, language: keyof Translated): string {
  if (typeof value === 'string') return value;
  const digits = Number.isInteger(value) ? 0 : Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return new Intl.NumberFormat(language, { maximumFractionDigits: Math.min(digits, 20) }).format(value);
}

/** Returns a text with its words in a language. */
function inWords(text: string, words: NonNullable<WarningCodeInfo['words']>, language: keyof Translated): string {
  const phrases = Object.keys(words).sort((a, b) => b.length - a.length);
  return text.replace(new RegExp(`\\b(${phrases.join('|')})\\b`, 'g'), (phrase) => words[phrase][language]);
}

/** Returns the message of a code with its values. @throws if the message names a value that is absent */
export function warningText(
  { message, words }: Pick<WarningCodeInfo, 'message' | 'words'>,
  values: WarningValues,
  language: keyof Translated,
): string {
  return message[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`The warning has no value ${name}`);
    const value = values[name];
    return shown(typeof value === 'string' && words ? inWords(value, words, language) : value, language);
  });
}

/** Tells whether a warning has all values that its message names: those that an earlier version stored may lack some. */
export const hasValues = ({ message }: Pick<WarningCodeInfo, 'message'>, values: WarningValues): boolean =>
  [...message.en.matchAll(/\{(\w+)\}/g)].every(([, name]) => Object.hasOwn(values, name));

/**
 * Returns the function that makes the warnings of a room.
 * @example const warn = warner(WEATHER_WARNINGS); warn('weather.values_filled', { n_values: 3 }, null)
 */
export const warner =
  <Codes extends WarningCodes>(codes: Codes): Warn<Codes> =>
  (code, values, pointer = null) => ({
    code,
    severity: codes[code].severity,
    message: warningText(codes[code], values, 'en'),
    values,
    pointer,
    page: `/docs/warnings/${code}`,
  });

/** Returns the warnings of an input as warnings of what uses it. @param pointer of the input in the request */
export const warningsAt = <Code extends string>(warnings: readonly Warning<Code>[], pointer: string): Warning<Code>[] =>
  warnings.map((warning) => ({ ...warning, pointer }));
