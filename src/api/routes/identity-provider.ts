/** Sign-in by OpenID Connect. */
import { z } from 'zod';
import {
  begunSignInSchema,
  cookieSessionSchema,
  identityProviderSchema,
} from '../../contracts/accounts/accounts.schema.ts';
import { ownChoice, withDefault } from '../../contracts/common/fields.schema.ts';
import { endpoint } from '../endpoint.ts';
import { deviceOf } from '../middleware/identify.ts';
import type { Services } from '../services.ts';

const domain = z
  .string()
  .max(253)
  .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'expected a domain, such as example.com')
  .transform((text) => text.toLowerCase());

export const identityProviderRoutes = ({ identityProviders, cookie, signInCookie }: Services) => [
  endpoint({
    id: 'getIdentityProvider',
    method: 'get',
    path: '/v1/organization/identity-provider',
    tag: 'Accounts',
    summary: 'Read where the people of your organization sign in besides the platform',
    scope: 'organization:read',
    response: identityProviderSchema,
    errors: ['request.not_found'],
    handler: ({ principal }) => identityProviders.read(principal.orgId),
  }),
  endpoint({
    id: 'setIdentityProvider',
    method: 'post',
    path: '/v1/organization/identity-provider',
    tag: 'Accounts',
    summary: 'Let people sign in at an identity provider by OpenID Connect',
    description:
      'It takes the place of the one of before; if the issuer is another one, the logins by it end. Whoever sets it can sign in as everybody in the organization, so only owners may.',
    scope: 'organization:own',
    body: z.strictObject({
      issuer: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .describe('Issuer of the provider, as its metadata states it'),
      client_id: z.string().min(1).max(300).describe('Client id that the provider has for the platform'),
      client_secret: z.string().min(1).max(500).describe('Client secret that belongs to it; no answer shows it'),
      email_domains: withDefault(z.array(domain).max(50), [], ownChoice('the provider knows its people')).describe(
        'Domains of the verified addresses that may sign in; empty: all',
      ),
      is_membership_automatic: withDefault(z.boolean(), false, ownChoice('owners decide who joins')).describe(
        'Whether somebody without an account becomes a viewer of the organization',
      ),
    }),
    response: identityProviderSchema,
    errors: ['auth.unconfirmed'],
    example: {
      issuer: 'https://login.example.com',
      client_id: 'tessellate',
      client_secret: 'a secret of the provider',
      email_domains: ['example.com'],
      is_membership_automatic: true,
    },
    handler: ({ principal, body }) => identityProviders.set(principal, body),
  }),
  endpoint({
    id: 'removeIdentityProvider',
    method: 'delete',
    path: '/v1/organization/identity-provider',
    tag: 'Accounts',
    summary: 'Remove the identity provider; the logins by it end',
    scope: 'organization:own',
    errors: ['request.not_found', 'request.conflict'],
    handler: ({ principal }) => identityProviders.remove(principal),
  }),
  endpoint({
    id: 'beginSignIn',
    method: 'post',
    path: '/v1/auth/sign-in',
    tag: 'Accounts',
    summary: 'Begin to sign in at the identity provider of an organization: the answer has the page to open',
    description: 'Only the browser that sends this request can complete the sign-in, by a cookie of ten minutes.',
    scope: 'public',
    body: z.strictObject({ organization_id: z.string().min(1).max(60).describe('Id of the organization (org_...)') }),
    response: begunSignInSchema,
    errors: ['request.not_found', 'provider.sign_in_failed'],
    example: { organization_id: 'org_01m872er6t4he0cfa9fhkmw3er' },
    handler: async ({ body, response }) => {
      const { url, browserToken, expiresAt } = await identityProviders.begin(body.organization_id);
      signInCookie.set(response, browserToken, expiresAt);
      return { url, expires_at: expiresAt };
    },
  }),
  endpoint({
    id: 'completeSignIn',
    method: 'post',
    path: '/v1/auth/sign-in/complete',
    tag: 'Accounts',
    summary: 'Complete a sign-in at an identity provider: the answer sets the cookie of a session',
    scope: 'public',
    body: z.strictObject({
      url: z.string().min(1).max(8000).describe('Address that the provider has sent the browser to'),
    }),
    response: cookieSessionSchema,
    errors: ['auth.sign_in_refused', 'provider.sign_in_failed', 'organization.suspended', 'auth.email_taken'],
    example: { url: 'https://api.example.com/sign-in?code=a&state=b' },
    handler: async ({ body, request, response }) => {
      const session = await identityProviders.complete(body.url, signInCookie.tokenOf(request), deviceOf(request));
      signInCookie.clear(response);
      cookie.set(response, session.token, session.expiresAt);
      return { user: session.user, organization: session.organization, expires_at: session.expiresAt };
    },
  }),
];
