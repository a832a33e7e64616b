/** Warnings about wind farms and wind resources. */
import { type Warn, type Warning, type WarningCodes, warner } from '../common/warnings.ts';
import { FARM_WARNINGS } from './farm-warnings.ts';
import { RESOURCE_WARNINGS } from './resource-warnings.ts';

export const WIND_WARNINGS = {
  ...FARM_WARNINGS,
  ...RESOURCE_WARNINGS,
} as const satisfies WarningCodes;

export type WindWarningCode = keyof typeof WIND_WARNINGS;
export type WindWarning = Warning<WindWarningCode>;
export const warnWind: Warn<typeof WIND_WARNINGS> = warner(WIND_WARNINGS);
