import { z } from 'zod';
import type { Session } from '../../accounts/accounts.ts';
import { SCOPES } from '../../contracts/scopes.ts';
import { apiKeyPageSchema, meSchema, newApiKeySchema, sessionSchema } from '../../contracts/accounts.schema.ts';
import type { ApiKeyRow } from '../../database/entities.ts';
import { endpoint } from '../endpoint.ts';
import { page, pageQuery } from '../pages.ts';
import type { Services } from '../services.ts';

const email = z.email().max(320);
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
      password: z.string().min(10).max(200),
      name: z.string().min(1).max(200),
      organization_name: z.string().min(1).max(200),
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
    summary: 'Exchange a refresh token for a new pair; each works once',
    scope: 'public',
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
    id: 'getMe',
    method: 'get',
    path: '/v1/me',
    tag: 'Accounts',
    summary: 'Who these credentials belong to',
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
    id: 'createApiKey',
    method: 'post',
    path: '/v1/api-keys',
    tag: 'API keys',
    summary: 'Create an API key; the key is shown in this answer alone',
    scope: 'keys:write',
    status: 201,
    body: z.strictObject({
      name: z.string().min(1).max(200),
      scopes: z.array(z.enum(SCOPES)).min(1).optional().describe('Default: everything but keys'),
    }),
    response: newApiKeySchema,
    example: { name: 'nightly runs', scopes: ['jobs:read', 'jobs:write'] },
    handler: async ({ principal, body }) => {
      const { row, key } = await accounts.createKey(principal.orgId, body.name, body.scopes);
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
    summary: 'Revoke an API key',
    scope: 'keys:write',
    handler: ({ principal, params }) => accounts.revokeKey(principal.orgId, params.id),
  }),
];
