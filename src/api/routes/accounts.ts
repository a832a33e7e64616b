import { z } from 'zod';
import type { Session } from '../../services/accounts/accounts.ts';
import {
  apiKeyPageSchema,
  cookieSessionSchema,
  loginPageSchema,
  meSchema,
  newApiKeySchema,
  organizationSchema,
  ownOrganizationSchema,
  type planSchema,
  planListSchema,
  sessionSchema,
  memberPageSchema,
  userSchema,
} from '../../contracts/accounts/accounts.schema.ts';
import { normalRange } from '../../contracts/accounts/address-ranges.ts';
import type { Plan } from '../../contracts/common/plans.ts';
import { instantText, ownChoice, sourceOfDefault, withDefault } from '../../contracts/common/fields.schema.ts';
import { ROLES, SCOPES } from '../../contracts/common/scopes.ts';
import type { ApiKeyRow, PlanRow } from '../../adapters/database/tables/accounts.ts';
import { endpoint } from '../endpoint.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';
import { email, language, name, password, presentPassword, proof, role } from './account-fields.ts';
import { featuresOf } from '../features.ts';
import { deviceOf, personOf } from '../middleware/identify.ts';

const expiry = instantText.transform((text) => new Date(text));
const addressRange = z
  .string()
  .max(50)
  .transform((text, context) => {
    const range = normalRange(text);
    if (range !== undefined) return range;
    context.addIssue({
      code: 'custom',
      message: 'expected an address or a range, such as 203.0.113.0/24 or 2001:db8::/32',
    });
    return z.NEVER;
  });
const loginBody = z.strictObject({ email, password: presentPassword, ...proof });
const refreshBody = z.strictObject({ refresh_token: z.string().min(1).max(200) });

const sessionView = (session: Session): z.output<typeof sessionSchema> => ({
  access_token: session.accessToken,
  refresh_token: session.refreshToken,
  token_type: 'Bearer',
  expires_in: session.expiresInS,
  user: session.user,
  organization: session.organization,
});
const keyView = (row: ApiKeyRow) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  created_by: row.created_by,
  parent_key_id: row.parent_key_id,
  replaces_key_id: row.replaces_key_id,
  expires_at: row.expires_at,
  allowed_addresses: row.allowed_addresses,
  is_test: row.is_test,
  created_at: row.created_at,
  last_used_at: row.last_used_at,
  revoked_at: row.revoked_at,
});

const planView = ({
  fairness_weight: _,
  stripe_price_id: _price,
  ...plan
}: Plan & Partial<PlanRow>): z.output<typeof planSchema> => ({
  ...plan,
  features: [...plan.features],
});

export const accountRoutes = ({ accounts, config, cookie }: Services) => [
  endpoint({
    id: 'register',
    method: 'post',
    path: '/v1/auth/register',
    tag: 'Accounts',
    summary: 'Create an organization and its owner, who gets a mail with a link that confirms the address',
    scope: 'public',
    limit: 'register',
    status: 201,
    body: z.strictObject({
      email,
      password,
      name,
      organization_name: name,
      language,
    }),
    response: sessionSchema,
    errors: ['auth.email_taken'],
    example: {
      email: 'ada@example.com',
      password: 'correct horse battery',
      name: 'Ada',
      organization_name: 'Sun Ltd',
    },
    handler: async ({ body, request }) =>
      sessionView(await accounts.register({ ...body, organizationName: body.organization_name }, deviceOf(request))),
  }),
  endpoint({
    id: 'login',
    method: 'post',
    path: '/v1/auth/login',
    tag: 'Accounts',
    summary: 'Log in',
    description: 'An account with a second factor takes one_time_code or recovery_code too.',
    scope: 'public',
    guess: 'login',
    body: loginBody,
    response: sessionSchema,
    errors: ['organization.suspended', 'auth.invalid', 'auth.second_factor_required', 'auth.provider_required'],
    example: { email: 'ada@example.com', password: 'correct horse battery' },
    handler: async ({ body, request }) =>
      sessionView(await accounts.login(body.email, body.password, deviceOf(request), body)),
  }),
  endpoint({
    id: 'logInByCookie',
    method: 'post',
    path: '/v1/auth/session',
    tag: 'Accounts',
    summary: 'Log a browser in: the answer sets a cookie, which takes the place of tokens',
    description:
      'Scripts cannot read the cookie. Requests with it that change something are accepted from pages of this site and of ALLOWED_ORIGINS only.',
    scope: 'public',
    guess: 'login',
    body: loginBody,
    response: cookieSessionSchema,
    errors: ['organization.suspended', 'auth.invalid', 'auth.second_factor_required', 'auth.provider_required'],
    example: { email: 'ada@example.com', password: 'correct horse battery' },
    handler: async ({ body, request, response }) => {
      const session = await accounts.loginByCookie(body.email, body.password, deviceOf(request), body);
      cookie.set(response, session.token, session.expiresAt);
      return { user: session.user, organization: session.organization, expires_at: session.expiresAt };
    },
  }),
  endpoint({
    id: 'endThisLogin',
    method: 'delete',
    path: '/v1/auth/session',
    tag: 'Accounts',
    summary: 'End the login of this request, and remove its cookie',
    scope: 'any',
    isOpenWithoutSecondFactor: true,
    errors: ['auth.forbidden', 'request.not_found'],
    handler: async ({ principal, response }) => {
      await accounts.endLogin(personOf(principal), principal.loginId ?? '');
      cookie.clear(response);
    },
  }),
  endpoint({
    id: 'listLogins',
    method: 'get',
    path: '/v1/auth/sessions',
    tag: 'Accounts',
    links: linksOfFirst('endLogin'),
    summary: 'List your logins that have not ended, newest first',
    scope: 'any',
    query: pageQuery('refreshToken'),
    response: loginPageSchema,
    errors: ['auth.forbidden'],
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await accounts.logins(personOf(principal), limit + 1, cursor), limit, (login) => ({
        ...login,
        is_current: login.id === principal.loginId,
      })),
  }),
  endpoint({
    id: 'endLogin',
    method: 'delete',
    path: '/v1/auth/sessions/:id',
    tag: 'Accounts',
    summary: 'End one of your logins; its tokens are refused within a second',
    scope: 'any',
    errors: ['auth.forbidden'],
    handler: ({ principal, params }) => accounts.endLogin(personOf(principal), params.id),
  }),
  endpoint({
    id: 'refreshSession',
    method: 'post',
    path: '/v1/auth/refresh',
    tag: 'Accounts',
    summary: 'Exchange a refresh token for a new pair of tokens; each refresh token works once',
    scope: 'public',
    guess: 'refresh',
    body: refreshBody,
    response: sessionSchema,
    errors: ['auth.invalid', 'auth.expired', 'auth.token_reused', 'organization.suspended', 'auth.provider_required'],
    handler: async ({ body, request }) => sessionView(await accounts.refresh(body.refresh_token, deviceOf(request))),
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
    handler: ({ principal }) => accounts.logoutEverywhere(personOf(principal)),
  }),
  endpoint({
    id: 'getMe',
    method: 'get',
    path: '/v1/me',
    tag: 'Accounts',
    summary: 'Read the owner and the scopes of the credentials',
    scope: 'any',
    isOpenWithoutSecondFactor: true,
    response: meSchema,
    handler: async ({ principal }) => ({
      kind: principal.kind,
      id: principal.id,
      scopes: SCOPES.filter((scope) => principal.scopes.has(scope)),
      is_second_factor_missing: principal.lacksSecondFactor ?? false,
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
    guess: 'password',
    body: z.strictObject({ current_password: presentPassword, new_password: password }),
    response: sessionSchema,
    errors: ['auth.forbidden'],
    handler: async ({ principal, body, request }) =>
      sessionView(
        await accounts.changePassword(personOf(principal), body.current_password, body.new_password, deviceOf(request)),
      ),
  }),
  endpoint({
    id: 'getOrganization',
    method: 'get',
    path: '/v1/organization',
    tag: 'Accounts',
    summary: 'Read your organization, with the limits and features of its plan',
    scope: 'organization:read',
    response: ownOrganizationSchema,
    handler: async ({ principal }) => ({
      ...(await accounts.organization(principal.orgId)),
      is_confirmed: await accounts.isConfirmed(principal.orgId),
      limits: planView(principal.plan),
      features: featuresOf(principal.plan, config),
    }),
  }),
  endpoint({
    id: 'listPlans',
    method: 'get',
    path: '/v1/plans',
    tag: 'Accounts',
    summary: 'List the plans',
    scope: 'any',
    response: planListSchema,
    handler: async () => ({ data: (await accounts.plans()).map(planView) }),
  }),
  endpoint({
    id: 'updateOrganization',
    method: 'patch',
    path: '/v1/organization',
    tag: 'Accounts',
    summary: 'Rename your organization, or decide how its people log in',
    description:
      'While a second factor is required, people without one may do nothing but set one up. While the identity provider is required, logins by password end at once and are refused, except those of owners; to require it, sign in there once yourself. API keys work on. Only owners decide about both.',
    scope: 'organization:write',
    body: z.strictObject({
      name: name.optional(),
      is_second_factor_required: z.boolean().optional(),
      is_identity_provider_required: z.boolean().optional(),
    }),
    response: organizationSchema,
    errors: ['request.conflict'],
    example: { name: 'Sun and Wind Ltd' },
    handler: ({ principal, body }) => accounts.updateOrganization(principal, body),
  }),
  endpoint({
    id: 'listMembers',
    method: 'get',
    path: '/v1/organization/members',
    tag: 'Accounts',
    summary: 'List the people of your organization, newest first',
    scope: 'organization:read',
    query: pageQuery('user'),
    response: memberPageSchema,
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
    guess: 'member',
    status: 201,
    body: z.strictObject({
      email,
      name,
      password,
      role,
      language,
    }),
    response: userSchema,
    errors: ['auth.email_taken', 'auth.unconfirmed'],
    example: { email: 'grace@example.com', name: 'Grace', password: 'Initial password', role: 'member' },
    handler: ({ principal, body }) => accounts.addMember(principal, body),
  }),
  endpoint({
    id: 'changeRole',
    method: 'patch',
    path: '/v1/organization/members/:id',
    tag: 'Accounts',
    summary: 'Change the role of a person; the change takes effect at once',
    description:
      'The role may have no scope that the credentials of the request lack; to make an owner, or to change one, takes organization:own. The keys that the person has made lose the scopes that the person loses.',
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
    description: 'To remove an owner takes organization:own.',
    scope: 'organization:write',
    errors: ['request.conflict'],
    handler: ({ principal, params }) => accounts.removeMember(principal, params.id),
  }),
  endpoint({
    id: 'createApiKey',
    method: 'post',
    path: '/v1/api-keys',
    tag: 'API keys',
    links: linksById('rotateApiKey', 'revokeApiKey'),
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
      expires_at: expiry.describe('When the key ends; without it never, or with the key that makes it').optional(),
      allowed_addresses: z
        .array(addressRange)
        .min(1)
        .max(50)
        .describe(
          'Addresses from which it may be used, IPv4 and IPv6; without it all, or those of the key that makes it',
        )
        .optional(),
      is_test: withDefault(z.boolean(), false, ownChoice('most keys are for work')).describe(
        'Whether it is for tests: its jobs are not billed, their reports are marked as a test, and it mails nobody',
      ),
    }),
    response: newApiKeySchema,
    example: { name: 'nightly runs', scopes: ['jobs:read', 'jobs:write'] },
    handler: async ({ principal, body }) => {
      const { row, key } = await accounts.createKey(principal, body.name, body.scopes, {
        expiresAt: body.expires_at,
        allowedAddresses: body.allowed_addresses,
        isTest: body.is_test,
      });
      return { ...keyView(row), key };
    },
  }),
  endpoint({
    id: 'rotateApiKey',
    method: 'post',
    path: '/v1/api-keys/:id/rotate',
    tag: 'API keys',
    links: linksById('rotateApiKey', 'revokeApiKey'),
    summary: 'Make a key that takes the place of another one; only this answer contains it, and both work for a while',
    description:
      'The new key has the name, scopes and addresses of the old one, and belongs to whoever rotates. Scopes that the credentials of the request lack are refused.',
    scope: 'keys:write',
    status: 201,
    body: z
      .strictObject({
        overlap_h: withDefault(z.number().min(0).max(720), 24, ownChoice('a day to change programs')).describe(
          'How long the old key still works [h]',
        ),
        expires_at: expiry.describe('When the new key ends; without it when the old one would').optional(),
      })
      .prefault({}),
    response: newApiKeySchema,
    errors: ['request.conflict'],
    example: { overlap_h: 24 },
    handler: async ({ principal, params, body }) => {
      const rotation = { keyId: params.id, overlapH: body.overlap_h, expiresAt: body.expires_at };
      const { row, key } = await accounts.rotateKey(principal, rotation);
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
    query: pageQuery('apiKey'),
    response: apiKeyPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await accounts.listKeys(principal.orgId, limit + 1, cursor), limit, keyView),
  }),
  endpoint({
    id: 'revokeApiKey',
    method: 'delete',
    path: '/v1/api-keys/:id',
    tag: 'API keys',
    summary: 'Revoke an API key, the keys that were made with it, and open invitations that were sent with them',
    scope: 'keys:write',
    query: z.strictObject({
      keep_made_keys: withDefault(
        z.enum(['true', 'false']),
        'false',
        ownChoice('who has stolen a key may have made others with it'),
      ).describe('true: the keys that were made with it stay; say so only if you know them'),
    }),
    handler: ({ principal, params, query }) =>
      accounts.revokeKey(principal.orgId, params.id, query.keep_made_keys === 'true'),
  }),
];
