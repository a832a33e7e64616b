/** Every public error code: those of the platform, and those that the technologies declare. */
import type { ErrorCode, ErrorCodeInfo } from '../common/error-codes.ts';
import { COMMON_ERROR_CODES } from '../common/error-codes.ts';
import { TECHNOLOGIES } from './kinds.ts';

type OwnCodes<Technology> = Technology extends { readonly errorCodes: infer Codes } ? keyof Codes : never;
type Declared = keyof typeof COMMON_ERROR_CODES | OwnCodes<(typeof TECHNOLOGIES)[number]>;
const declared: { readonly [Code in Declared]: ErrorCodeInfo } = Object.assign(
  {},
  COMMON_ERROR_CODES,
  ...TECHNOLOGIES.map((one) => ('errorCodes' in one ? one.errorCodes : {})),
);

/** The compiler refuses a code in `TechnologyErrorCodes` that no technology declares. */
export const ERROR_CODES: { readonly [Code in ErrorCode]: ErrorCodeInfo } = declared;

const isErrorCode = (name: string): name is ErrorCode => Object.hasOwn(ERROR_CODES, name);
/** @returns the code of this name; `internal` for any other name */
export const errorCodeOf = (name: string): ErrorCode => (isErrorCode(name) ? name : 'internal');
