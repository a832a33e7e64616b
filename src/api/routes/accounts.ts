import { z } from 'zod';
import type { Session } from '../../services/accounts/accounts.ts';
import {
  apiKeyPageSchema,
  meSchema,
  newApiKeySchema,
  organizationSchema,
  sessionSchema,
  userPageSchema,
  userSchema,
} from '../../contracts/accounts/accounts.schema.ts';
import { ownChoice, sourceOfDefault, withDefault } from '../../contracts/common/fields.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { ROLES, SCOPES } from '../../contracts/common/scopes.ts';
import type { ApiKeyRow } from '../../adapters/database/tables/accounts.ts';
import { endpoint } from '../endpoint.ts';
import { linksById } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';

/** RFC 5321, 4.5.3.1.1 */
const MAX_LOCAL_PART = 64;
const email = z
  .email()
  .max(320)
  .refine((text) => text.indexOf('@') <= MAX_LOCAL_PART, `expected at most ${MAX_LOCAL_PART} characters before the @`);
const password = z.string().min(10).max(200);
const name = z.string().min(1).max(200);
const refreshBody = z.strictObject({ refresh_token: z.string().min(1).max(200) });

const sessionView = (session: Session): z.output<typeof sessionSchema> => ({
  access_token: session.accessToken,
  refresh_token: session.refreshToken,
  token_type: 'Bearer',
  expires_in: session.expiresInS,
  user: session.user,
  organization: session.organization,
});
const keyView = ({ key_hash: _hash, org_id: _org, ...shown }: ApiKeyRow) => shown;

export const accountRoutes = ({ accounts }: Services) => [
  endpoint({
    id: 'register',
    method: 'post',
    path: '/v1/auth/register',
    tag: 'Accounts',
    summary: 'Create an organization and its owner',
    scope: 'public',
    limit: 'register',
    status: 201,
    body: z.strictObject({
      email,
      password,
      name,
      organization_name: name,
    }),
    response: sessionSchema,
    errors: ['auth.email_taken'],
    example: {
      email: 'ada@example.com',
      password: 'correct horse battery',
      name: 'Ada',
      organization_name: 'Sun Ltd',
    },
    handler: async ({ body }) =>
      sessionView(await accounts.register({ ...body, organizationName: body.organization_name })),
  }),
  endpoint({
    id: 'login',
    method: 'post',
    path: '/v1/auth/login',
    tag: 'Accounts',
    summary: 'Log in',
    scope: 'public',
    limit: 'login',
    body: z.strictObject({ email, password: z.string().min(1).max(200) }),
    response: sessionSchema,
    errors: ['auth.invalid'],
    example: { email: 'ada@example.com', password: 'correct horse battery' },
    handler: async ({ body }) => sessionView(await accounts.login(body.email, body.password)),
  }),
  endpoint({
    id: 'refreshSession',
    method: 'post',
    path: '/v1/auth/refresh',
    tag: 'Accounts',
    summary: 'Exchange a refresh token for a new pair of tokens; each refresh token works once',
    scope: 'public',
    limit: 'refresh',
    body: refreshBody,
    response: sessionSchema,
    errors: ['auth.invalid', 'auth.expired', 'auth.token_reused'],
    handler: async ({ body }) => sessionView(await accounts.refresh(body.refresh_token)),
  }),
  endpoint({
    id: 'logout',
    method: 'post',
    path: '/v1/auth/logout',
    tag: 'Accounts',
    summary: 'End a login',
    scope: 'public',
    body: refreshBody,
    handler: ({ body }) => accounts.logout(body.refresh_token),
  }),
  endpoint({
    id: 'logoutEverywhere',
    method: 'post',
    path: '/v1/auth/logout-everywhere',
    tag: 'Accounts',
    summary: 'End all your logins at once, that of this request too',
    scope: 'any',
    errors: ['auth.forbidden'],
    handler: ({ principal }) => {
      if (principal.kind !== 'user') throw new AppError('auth.forbidden', 'An API key has no logins');
      return accounts.logoutEverywhere(principal.id);
    },
  }),
  endpoint({
    id: 'getMe',
    method: 'get',
    path: '/v1/me',
    tag: 'Accounts',
    summary: 'Read the owner and the scopes of the credentials',
    scope: 'any',
    response: meSchema,
    handler: async ({ principal }) => ({
      kind: principal.kind,
      id: principal.id,
      scopes: SCOPES.filter((scope) => principal.scopes.has(scope)),
      organization: await accounts.organization(principal.orgId),
    }),
  }),
  endpoint({
    id: 'changePassword',
    method: 'post',
    path: '/v1/auth/password',
    tag: 'Accounts',
    summary: 'Change your own password; this ends all your logins and starts a new one',
    scope: 'any',
    limit: 'password',
    body: z.strictObject({ current_password: z.string().min(1).max(200), new_password: password }),
    response: sessionSchema,
    errors: ['auth.forbidden'],
    handler: async ({ principal, body }) => {
      if (principal.kind !== 'user') throw new AppError('auth.forbidden', 'An API key has no password');
      return sessionView(await accounts.changePassword(principal.id, body.current_password, body.new_password));
    },
  }),
  endpoint({
    id: 'getOrganization',
    method: 'get',
    path: '/v1/organization',
    tag: 'Accounts',
    summary: 'Read your organization',
    scope: 'organization:read',
    response: organizationSchema,
    handler: ({ principal }) => accounts.organization(principal.orgId),
  }),
  endpoint({
    id: 'renameOrganization',
    method: 'patch',
    path: '/v1/organization',
    tag: 'Accounts',
    summary: 'Rename your organization',
    scope: 'organization:write',
    body: z.strictObject({ name }),
    response: organizationSchema,
    example: { name: 'Sun and Wind Ltd' },
    handler: ({ principal, body }) => accounts.renameOrganization(principal.orgId, body.name),
  }),
  endpoint({
    id: 'listMembers',
    method: 'get',
    path: '/v1/organization/members',
    tag: 'Accounts',
    summary: 'List the people of your organization, newest first',
    scope: 'organization:read',
    query: pageQuery,
    response: userPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await accounts.members(principal.orgId, limit + 1, cursor), limit, (user) => user),
  }),
  endpoint({
    id: 'addMember',
    method: 'post',
    path: '/v1/organization/members',
    tag: 'Accounts',
    links: linksById('changeRole', 'removeMember'),
    summary: 'Add a person to your organization, with an initial password that the person should change',
    description: 'The role may have no scope that the credentials of the request lack.',
    scope: 'organization:write',
    limit: 'member',
    status: 201,
    body: z.strictObject({
      email,
      name,
      password,
      role: withDefault(z.enum(ROLES), 'member', ownChoice('the fewer rights')),
    }),
    response: userSchema,
    errors: ['auth.email_taken'],
    example: { email: 'grace@example.com', name: 'Grace', password: 'Initial password', role: 'member' },
    handler: ({ principal, body }) => accounts.addMember(principal, body),
  }),
  endpoint({
    id: 'changeRole',
    method: 'patch',
    path: '/v1/organization/members/:id',
    tag: 'Accounts',
    summary: 'Make a member an owner, or an owner a member; the change takes effect at once',
    description:
      'The role may have no scope that the credentials of the request lack. The keys that the person has made lose the scopes that the person loses.',
    scope: 'organization:write',
    body: z.strictObject({ role: z.enum(ROLES) }),
    response: userSchema,
    errors: ['request.conflict'],
    example: { role: 'owner' },
    handler: ({ principal, params, body }) => accounts.changeRole(principal, params.id, body.role),
  }),
  endpoint({
    id: 'removeMember',
    method: 'delete',
    path: '/v1/organization/members/:id',
    tag: 'Accounts',
    summary: 'Remove a person, their logins and the API keys that they made; sites and jobs stay with the organization',
    scope: 'organization:write',
    errors: ['request.conflict'],
    handler: ({ principal, params }) => accounts.removeMember(principal.orgId, params.id),
  }),
  endpoint({
    id: 'createApiKey',
    method: 'post',
    path: '/v1/api-keys',
    tag: 'API keys',
    links: linksById('revokeApiKey'),
    summary: 'Create an API key; only this answer contains the key',
    scope: 'keys:write',
    status: 201,
    body: z.strictObject({
      name: z.string().min(1).max(200),
      scopes: sourceOfDefault(
        z
          .array(z.enum(SCOPES))
          .min(1)
          .optional()
          .describe("Some of the caller's scopes; default: all except those for keys and people"),
        ownChoice('a lost key makes no keys and no people'),
      ),
    }),
    response: newApiKeySchema,
    example: { name: 'nightly runs', scopes: ['jobs:read', 'jobs:write'] },
    handler: async ({ principal, body }) => {
      const { row, key } = await accounts.createKey(principal, body.name, body.scopes);
      return { ...keyView(row), key };
    },
  }),
  endpoint({
    id: 'listApiKeys',
    method: 'get',
    path: '/v1/api-keys',
    tag: 'API keys',
    summary: 'List API keys, newest first',
    scope: 'keys:read',
    query: pageQuery,
    response: apiKeyPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await accounts.listKeys(principal.orgId, limit + 1, cursor), limit, keyView),
  }),
  endpoint({
    id: 'revokeApiKey',
    method: 'delete',
    path: '/v1/api-keys/:id',
    tag: 'API keys',
    summary: 'Revoke an API key and the keys that were made with it',
    scope: 'keys:write',
    handler: ({ principal, params }) => accounts.revokeKey(principal.orgId, params.id),
  }),
];
