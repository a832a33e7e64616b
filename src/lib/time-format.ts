/** The parts of a time format, such as `DD/MM/YYYY HH:mm`, in which requests say how the times of a table are written. */

/** English names of months, shortened */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Patterns of the parts; `MM` is the month and `mm` the minute. Readers add seconds `ss` and the zone `Z`. */
export const TIME_PARTS: Readonly<Record<string, string>> = {
  YYYY: String.raw`(?<year>\d{4})`,
  YY: String.raw`(?<year>\d{2})`,
  MMM: '(?<month>[A-Za-z]{3,9})',
  MM: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  A: '(?<half>[AaPp])[.]?[Mm][.]?',
};
