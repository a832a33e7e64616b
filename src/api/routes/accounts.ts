import { z } from 'zod';
import type { Session } from '../../accounts/accounts.ts';
import { SCOPES } from '../../contracts/scopes.ts';
import type { ApiKeyRow } from '../../database/entities.ts';
import { endpoint } from '../endpoint.ts';
import { page, pageQuery } from '../pages.ts';
import type { Services } from '../services.ts';

const email = z.email().max(320);
const refreshBody = z.strictObject({ refresh_token: z.string().min(1).max(200) });

const sessionView = (session: Session) => ({
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
    method: 'post',
    path: '/v1/auth/register',
    tag: 'Accounts',
    summary: 'Create an organization and its owner',
    scope: 'public',
    status: 201,
    body: z.strictObject({
      email,
      password: z.string().min(10).max(200),
      name: z.string().min(1).max(200),
      organization_name: z.string().min(1).max(200),
    }),
    handler: async ({ body }) =>
      sessionView(await accounts.register({ ...body, organizationName: body.organization_name })),
  }),
  endpoint({
    method: 'post',
    path: '/v1/auth/login',
    tag: 'Accounts',
    summary: 'Log in',
    scope: 'public',
    body: z.strictObject({ email, password: z.string().min(1).max(200) }),
    handler: async ({ body }) => sessionView(await accounts.login(body.email, body.password)),
  }),
  endpoint({
    method: 'post',
    path: '/v1/auth/refresh',
    tag: 'Accounts',
    summary: 'Exchange a refresh token for a new pair; each works once',
    scope: 'public',
    body: refreshBody,
    handler: async ({ body }) => sessionView(await accounts.refresh(body.refresh_token)),
  }),
  endpoint({
    method: 'post',
    path: '/v1/auth/logout',
    tag: 'Accounts',
    summary: 'End a login',
    scope: 'public',
    body: refreshBody,
    handler: ({ body }) => accounts.logout(body.refresh_token),
  }),
  endpoint({
    method: 'get',
    path: '/v1/me',
    tag: 'Accounts',
    summary: 'Who these credentials belong to',
    scope: 'any',
    handler: async ({ principal }) => ({
      kind: principal.kind,
      id: principal.id,
      scopes: [...principal.scopes],
      organization: await accounts.organization(principal.orgId),
    }),
  }),
  endpoint({
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
    handler: async ({ principal, body }) => {
      const { row, key } = await accounts.createKey(principal.orgId, body.name, body.scopes);
      return { ...keyView(row), key };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/api-keys',
    tag: 'API keys',
    summary: 'List API keys, newest first',
    scope: 'keys:read',
    query: pageQuery,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await accounts.listKeys(principal.orgId, limit + 1, cursor), limit, keyView),
  }),
  endpoint({
    method: 'delete',
    path: '/v1/api-keys/:id',
    tag: 'API keys',
    summary: 'Revoke an API key',
    scope: 'keys:write',
    handler: ({ principal, params }) => accounts.revokeKey(principal.orgId, params.id),
  }),
];
