/** The words of reports by language. Keys are those of English; the other dictionaries have the same. */
import type { ReportLanguage } from '../../../contracts/reports/reports.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type TextKey = keyof typeof en;
export const DICTIONARIES: Readonly<Record<ReportLanguage, Readonly<Record<TextKey, string>>>> = { en, de };

export type Text = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

/** Returns a function that looks a text up and puts values in place of `{name}` */
export const textOf =
  (language: ReportLanguage): Text =>
  (key, values = {}) =>
    DICTIONARIES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** Returns a name of an input or result: its term where there is one, else the name itself, readable. */
export function term(text: Text, name: string): string {
  const key = `term.${name}`;
  return key in en ? text(key as TextKey) : name.replaceAll('_', ' ');
}
