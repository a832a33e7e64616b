/** Which validator knows which reference file. */
import { financeValidators } from './finance.ts';
import type { Validator } from './types.ts';

export const VALIDATORS: Readonly<Record<string, Validator>> = { ...financeValidators };
