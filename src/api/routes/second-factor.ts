/** Second factors of people: codes of an authenticator app, and recovery codes. */
import { z } from 'zod';
import {
  newSecondFactorSchema,
  recoveryCodesSchema,
  secondFactorSchema,
} from '../../contracts/accounts/accounts.schema.ts';
import { endpoint } from '../endpoint.ts';
import { personOf } from '../middleware/identify.ts';
import type { Services } from '../services.ts';
import { oneTimeCode, presentPassword, proof } from './account-fields.ts';

const withProof = z.strictObject({ current_password: presentPassword, ...proof });
const example = { current_password: 'correct horse battery', one_time_code: '123456' };

export const secondFactorRoutes = ({ secondFactors }: Services) => [
  endpoint({
    id: 'getSecondFactor',
    method: 'get',
    path: '/v1/auth/second-factor',
    tag: 'Accounts',
    summary: 'Read whether you have a second factor',
    scope: 'any',
    isOpenWithoutSecondFactor: true,
    response: secondFactorSchema,
    errors: ['auth.forbidden'],
    handler: ({ principal }) => secondFactors.status(personOf(principal)),
  }),
  endpoint({
    id: 'beginSecondFactor',
    method: 'post',
    path: '/v1/auth/second-factor',
    tag: 'Accounts',
    summary: 'Begin to set up a second factor: the answer has the secret for your authenticator app',
    description: 'Logins take codes once the first code has confirmed it.',
    scope: 'any',
    isOpenWithoutSecondFactor: true,
    guess: 'password',
    body: z.strictObject({ current_password: presentPassword }),
    response: newSecondFactorSchema,
    errors: ['auth.forbidden', 'request.conflict'],
    example: { current_password: 'correct horse battery' },
    handler: ({ principal, body }) => secondFactors.begin(personOf(principal), body.current_password),
  }),
  endpoint({
    id: 'confirmSecondFactor',
    method: 'post',
    path: '/v1/auth/second-factor/confirm',
    tag: 'Accounts',
    summary: 'Set the second factor up with the first code of your app; only this answer has the recovery codes',
    scope: 'any',
    isOpenWithoutSecondFactor: true,
    guess: 'password',
    body: z.strictObject({ one_time_code: oneTimeCode }),
    response: recoveryCodesSchema,
    errors: ['auth.forbidden', 'request.conflict'],
    example: { one_time_code: '123456' },
    handler: async ({ principal, body }) => ({
      recovery_codes: await secondFactors.confirm(personOf(principal), body.one_time_code),
    }),
  }),
  endpoint({
    id: 'replaceRecoveryCodes',
    method: 'post',
    path: '/v1/auth/second-factor/recovery-codes',
    tag: 'Accounts',
    summary: 'Make new recovery codes; those of before end, and only this answer has the new ones',
    scope: 'any',
    guess: 'password',
    body: withProof,
    response: recoveryCodesSchema,
    errors: ['auth.forbidden', 'auth.second_factor_required', 'request.conflict'],
    example,
    handler: async ({ principal, body: { current_password, ...shown } }) => ({
      recovery_codes: await secondFactors.replaceRecoveryCodes(personOf(principal), current_password, shown),
    }),
  }),
  endpoint({
    id: 'endSecondFactor',
    method: 'post',
    path: '/v1/auth/second-factor/end',
    tag: 'Accounts',
    summary: 'End your second factor: logins take the password only',
    scope: 'any',
    guess: 'password',
    status: 204,
    body: withProof,
    errors: ['auth.forbidden', 'auth.second_factor_required', 'request.conflict'],
    example,
    handler: ({ principal, body: { current_password, ...shown } }) =>
      secondFactors.end(personOf(principal), current_password, shown),
  }),
];
