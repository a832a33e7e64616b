/** Dates of records. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Says why (year, month, day) is no date; undefined if it is one. Years 1900 to 2100. */
export function dateProblem(year: number, month: number, day: number): string | undefined {
  if (!(year >= 1900 && year <= 2100)) return `year is ${year}; expected 1900 to 2100`;
  if (!(month >= 1 && month <= 12)) return `month is ${month}; expected 1 to 12`;
  if (!(day >= 1 && day <= DAYS[month - 1])) return `day is ${day}; expected 1 to ${DAYS[month - 1]}`;
  if (month === 2 && day === 29 && !isLeapYear(year)) return `29 February does not exist in ${year}`;
  return undefined;
}
