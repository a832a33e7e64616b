/** Fields of requests about accounts. */
import { z } from 'zod';
import { ownChoice, withDefault } from '../../contracts/common/fields.schema.ts';
import { LANGUAGES } from '../../contracts/common/languages.ts';
import { ROLES } from '../../contracts/common/scopes.ts';

/** RFC 5321, 4.5.3.1.1 */
const MAX_LOCAL_PART = 64;
export const email = z
  .email()
  .max(320)
  .refine((text) => text.indexOf('@') <= MAX_LOCAL_PART, `expected at most ${MAX_LOCAL_PART} characters before the @`);
export const password = z.string().min(10).max(200);
export const presentPassword = z.string().min(1).max(200);
/** What an authenticator app shows, with or without the space in the middle */
export const oneTimeCode = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(' ', ''))
  .describe('Six digits of the authenticator app');
/** What shows that a person has the second factor */
export const proof = {
  one_time_code: oneTimeCode.optional(),
  recovery_code: z.string().max(50).describe('One of the recovery codes, in place of one_time_code').optional(),
};
export const name = z.string().min(1).max(200);
export const language = withDefault(z.enum(LANGUAGES), 'en', ownChoice('English')).describe(
  'Language of mails to the person',
);
export const role = withDefault(z.enum(ROLES), 'member', ownChoice('the fewer rights'));
/** The part of a mail's link behind the # */
export const token = z.string().min(1).max(200).describe('What stands behind the # in the link of the mail');
