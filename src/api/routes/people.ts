/** What people do about their own accounts by mail, and invitations. */
import { z } from 'zod';
import { invitationPageSchema, invitationSchema, userSchema } from '../../contracts/accounts/accounts.schema.ts';
import { LANGUAGES } from '../../contracts/common/languages.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { InvitationRow } from '../../adapters/database/tables/accounts.ts';
import { endpoint } from '../endpoint.ts';
import { personOf } from '../middleware/identify.ts';
import type { Services } from '../services.ts';
import { email, language, name, password, presentPassword, role, token } from './account-fields.ts';

const invitationView = (row: InvitationRow): z.output<typeof invitationSchema> => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invited_by: row.invited_by,
  status: row.accepted_at
    ? 'accepted'
    : row.revoked_at
      ? 'revoked'
      : row.expires_at <= new Date()
        ? 'expired'
        : 'pending',
  expires_at: row.expires_at,
  created_at: row.created_at,
});

export const peopleRoutes = ({ people }: Services) => [
  endpoint({
    id: 'updateMe',
    method: 'patch',
    path: '/v1/me',
    tag: 'Accounts',
    summary: 'Change your name or the language of your mails',
    scope: 'any',
    body: z.strictObject({ name: name.optional(), language: z.enum(LANGUAGES).optional() }),
    response: userSchema,
    errors: ['auth.forbidden'],
    example: { language: 'de' },
    handler: ({ principal, body }) => people.updatePerson(personOf(principal), body),
  }),
  endpoint({
    id: 'confirmEmail',
    method: 'post',
    path: '/v1/auth/confirm-email',
    tag: 'Accounts',
    summary: 'Confirm an address with the token of a mail: that of an account, or the one that takes its place',
    status: 204,
    scope: 'public',
    guess: 'link',
    body: z.strictObject({ token }),
    errors: ['auth.link_invalid', 'auth.email_taken'],
    handler: ({ body }) => people.confirmEmail(body.token),
  }),
  endpoint({
    id: 'resendConfirmation',
    method: 'post',
    path: '/v1/auth/confirm-email/resend',
    tag: 'Accounts',
    summary: 'Send another link that confirms your address; the earlier one ends',
    status: 204,
    scope: 'any',
    limit: 'mail',
    errors: ['auth.forbidden'],
    handler: ({ principal }) => people.resendConfirmation(personOf(principal)),
  }),
  endpoint({
    id: 'requestEmailChange',
    method: 'post',
    path: '/v1/auth/email',
    tag: 'Accounts',
    summary: 'Send a link to the address that you want to log in with; the link makes it yours',
    status: 204,
    scope: 'any',
    limit: 'mail',
    guess: 'password',
    body: z.strictObject({ current_password: presentPassword, new_email: email }),
    errors: ['auth.forbidden'],
    example: { current_password: 'correct horse battery', new_email: 'ada.new@example.com' },
    handler: ({ principal, body }) =>
      people.requestEmailChange(personOf(principal), body.current_password, body.new_email),
  }),
  endpoint({
    id: 'requestPasswordReset',
    method: 'post',
    path: '/v1/auth/password/forgot',
    tag: 'Accounts',
    summary: 'Send a link for a new password, if the address has an account; the answer is the same if it has none',
    status: 204,
    scope: 'public',
    limit: 'reset',
    body: z.strictObject({ email }),
    example: { email: 'ada@example.com' },
    handler: ({ body }) => people.requestPasswordReset(body.email),
  }),
  endpoint({
    id: 'resetPassword',
    method: 'post',
    path: '/v1/auth/password/reset',
    tag: 'Accounts',
    summary: 'Choose a new password with the token of a mail; this ends all logins',
    status: 204,
    scope: 'public',
    guess: 'link',
    body: z.strictObject({ token, new_password: password }),
    errors: ['auth.link_invalid'],
    handler: ({ body }) => people.resetPassword(body.token, body.new_password),
  }),
  endpoint({
    id: 'createInvitation',
    method: 'post',
    path: '/v1/organization/invitations',
    tag: 'Accounts',
    links: linksById('revokeInvitation'),
    summary: 'Invite a person by mail; the person chooses the password',
    description: 'The role may have no scope that the credentials of the request lack.',
    scope: 'organization:write',
    limit: 'mail',
    status: 201,
    body: z.strictObject({ email, role, language }),
    response: invitationSchema,
    errors: ['auth.unconfirmed'],
    example: { email: 'grace@example.com', role: 'member', language: 'en' },
    handler: async ({ principal, body }) => invitationView(await people.invite(principal, body)),
  }),
  endpoint({
    id: 'listInvitations',
    method: 'get',
    path: '/v1/organization/invitations',
    tag: 'Accounts',
    links: linksOfFirst('revokeInvitation'),
    summary: 'List invitations, newest first',
    scope: 'organization:read',
    query: pageQuery('invitation'),
    response: invitationPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await people.invitations(principal.orgId, limit + 1, cursor), limit, invitationView),
  }),
  endpoint({
    id: 'revokeInvitation',
    method: 'delete',
    path: '/v1/organization/invitations/:id',
    tag: 'Accounts',
    summary: 'Take an invitation back; its link then no longer works',
    scope: 'organization:write',
    handler: ({ principal, params }) => people.revokeInvitation(principal.orgId, params.id),
  }),
  endpoint({
    id: 'acceptInvitation',
    method: 'post',
    path: '/v1/auth/accept-invitation',
    tag: 'Accounts',
    summary: 'Create your account with the token of an invitation; then log in',
    scope: 'public',
    guess: 'link',
    status: 201,
    body: z.strictObject({ token, name, password, language }),
    response: userSchema,
    errors: ['auth.link_invalid', 'auth.email_taken'],
    handler: ({ body }) => people.acceptInvitation(body.token, body),
  }),
];
