/** Accounts: who calls, organizations, people, API keys. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { ROLES, SCOPES } from '../common/scopes.ts';

export const organizationSchema = z
  .strictObject({
    id: idOf('organization', 'Id'),
    name: z.string(),
    plan: z.string().describe('free, starter, pro or enterprise'),
    created_at: instant('Created'),
  })
  .meta({ id: 'Organization' });

export const userSchema = z
  .strictObject({
    id: idOf('user', 'Id'),
    email: z.string().describe('In lower case'),
    name: z.string(),
    role: z.enum(ROLES).describe('Members may do everything but the handling of keys and people'),
    created_at: instant('Registered'),
  })
  .meta({ id: 'User' });
export const userPageSchema = pageOf(userSchema, 'UserPage');

export const sessionSchema = z
  .strictObject({
    access_token: z.string().describe('JWT, for Authorization: Bearer'),
    refresh_token: z.string().describe('For POST /v1/auth/refresh; works once'),
    token_type: z.literal('Bearer'),
    expires_in: z.int().describe('Life of the access token [s]'),
    user: userSchema,
    organization: organizationSchema,
  })
  .meta({ id: 'Session', description: 'A login: a token of half an hour, and one that gives the next' });

export const meSchema = z
  .strictObject({
    kind: z.enum(['user', 'api_key']),
    id: z.string().describe('usr_... or key_...'),
    scopes: z.array(z.enum(SCOPES)),
    organization: organizationSchema,
  })
  .meta({ id: 'Me', description: 'Who the credentials belong to, and what they may do' });

export const apiKeySchema = z
  .strictObject({
    id: idOf('apiKey', 'Id'),
    name: z.string(),
    prefix: z.string().describe('Its first characters, by which its owner knows it'),
    scopes: z.array(z.enum(SCOPES)),
    created_at: instant('Created'),
    last_used_at: instant('Last used, to the minute').nullable(),
    revoked_at: instant('Revoked; it is refused from then on').nullable(),
  })
  .meta({ id: 'ApiKey' });
export const newApiKeySchema = z
  .strictObject({ ...apiKeySchema.shape, key: z.string().describe('The key itself, in this answer alone') })
  .meta({ id: 'NewApiKey' });
export const apiKeyPageSchema = pageOf(apiKeySchema, 'ApiKeyPage');
