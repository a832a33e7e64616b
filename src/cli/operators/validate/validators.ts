/** Which validator knows which reference file. */
import { annualValidators } from './annual.ts';
import { cellTemperatureValidators } from './cell-temperature.ts';
import { financeValidators } from './finance.ts';
import { irradianceValidators } from './irradiance.ts';
import { optimizeValidators } from './optimize.ts';
import { solarBifacialValidators } from './solar-bifacial.ts';
import { solarOptimumValidators } from './solar-optimum.ts';
import { solarPositionValidators } from './solar-position.ts';
import { solarSurroundingsValidators } from './solar-surroundings.ts';
import { solarSystemValidators } from './solar-system.ts';
import type { Validator } from './types.ts';
import { windFarmValidators } from './wind-farm.ts';
import { windResourceValidators } from './wind-resource.ts';

export const VALIDATORS: Readonly<Record<string, Validator>> = {
  ...annualValidators,
  ...cellTemperatureValidators,
  ...financeValidators,
  ...irradianceValidators,
  ...optimizeValidators,
  ...solarBifacialValidators,
  ...solarOptimumValidators,
  ...solarPositionValidators,
  ...solarSurroundingsValidators,
  ...solarSystemValidators,
  ...windFarmValidators,
  ...windResourceValidators,
};
