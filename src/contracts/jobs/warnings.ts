/** Every warning code: those of weather, sites and economics, and those that the technologies declare. */
import { FINANCE_WARNINGS } from '../common/finance-warnings.ts';
import type { Warning, WarningCodeInfo } from '../common/warnings.ts';
import { warningsOf } from '../common/warnings.schema.ts';
import { SITE_WARNINGS } from '../sites/warnings.ts';
import { WEATHER_WARNINGS } from '../weather/warnings.ts';
import { TECHNOLOGIES } from './kinds.ts';

type OwnCodes<Technology> = Technology extends { readonly warnings: infer Codes } ? keyof Codes : never;
export type WarningCode =
  | keyof typeof WEATHER_WARNINGS
  | keyof typeof FINANCE_WARNINGS
  | keyof typeof SITE_WARNINGS
  | OwnCodes<(typeof TECHNOLOGIES)[number]>;
export type JobWarning = Warning<WarningCode>;

export const WARNINGS: { readonly [Code in WarningCode]: WarningCodeInfo } = Object.assign(
  {},
  WEATHER_WARNINGS,
  FINANCE_WARNINGS,
  SITE_WARNINGS,
  ...TECHNOLOGIES.map((one) => ('warnings' in one ? one.warnings : {})),
);

export const jobWarnings = warningsOf(WARNINGS, 'Warning');
